import { useThree } from '@react-three/fiber'
import { useEffect, useMemo } from 'react'
import { BackSide, BufferAttribute, BufferGeometry, Color, FrontSide, type Material, MeshLambertMaterial, type Plane, ShaderMaterial, Vector4 } from 'three'
import type { Box } from '@/core/base/geometry'
import { ORDER } from './model-drawing.ts'
import type { Quality } from './scene-props.ts'
import type { SoilBlock } from './soil-block.ts'

interface Props {
  readonly site: Box
  readonly soil: SoilBlock | null
  /** How much the ground hides, 0 … 1. */
  readonly opacity: number
  readonly theme: 'light' | 'dark'
  readonly quality: Quality
  readonly clippingPlanes: Plane[]
}

const TONES = {
  light: { haze: '#e9edf0', zenith: '#a9c3dc', floor: '#dfe3e5', soilTop: '#b3a289', soilDeep: '#8c7f6c', inside: '#b2a898' },
  dark: { haze: '#232a33', zenith: '#0f141b', floor: '#1c222a', soilTop: '#7d7263', soilDeep: '#57504a', inside: '#5d564e' },
} as const

/** Light, sky, the table the site stands on (they meet in haze) and the block of soil under the terrain. */
export function Backdrop({ site, soil, opacity, theme, quality, clippingPlanes }: Props) {
  const tone = TONES[theme]
  const middle = [(site.min[0] + site.max[0]) / 2, (site.min[1] + site.max[1]) / 2] as const
  const radius = Math.max(20, Math.hypot(site.max[0] - site.min[0], site.max[1] - site.min[1]) / 2)
  const floor = soil ? soil.box.min[2] - 0.05 : site.min[2] - Math.max(0.05, radius * 0.002)
  return (
    <>
      <Sky haze={tone.haze} zenith={tone.zenith} />
      <Table center={middle} radius={radius} level={floor} plan={soil?.box ?? site} haze={tone.haze} color={tone.floor} />
      <hemisphereLight
        position={[0, 0, 1]}
        args={[theme === 'light' ? '#f3f7fb' : '#d3dce8', theme === 'light' ? '#b3a894' : '#6f6a64', theme === 'light' ? 2.1 : 1.7]}
      />
      <Sun center={middle} radius={radius} level={(site.min[2] + site.max[2]) / 2} intensity={theme === 'light' ? 2.0 : 1.55} shadows={quality === 'high'} />
      {soil && <Soil soil={soil} opacity={opacity} tone={tone} clippingPlanes={clippingPlanes} />}
    </>
  )
}

/** Late morning light from the south-west: it falls into the pit and leaves its west and south walls in soft shade. */
function Sun({
  center,
  radius,
  level,
  intensity,
  shadows,
}: {
  center: readonly [number, number]
  radius: number
  level: number
  intensity: number
  shadows: boolean
}) {
  const direction = [-0.42, -0.5, 0.85]
  const reach = radius * 2.5
  return (
    <directionalLight
      color="#fff4e2"
      intensity={intensity}
      position={[center[0] + direction[0] * reach, center[1] + direction[1] * reach, level + direction[2] * reach]}
      castShadow={shadows}
      shadow-mapSize={[4096, 4096]}
      shadow-bias={-0.0004}
      shadow-normalBias={0.12}
      shadow-intensity={0.72}
    >
      {/* As an element of its own: numbers set on a camera that is there already would not reach its projection. */}
      <orthographicCamera attach="shadow-camera" args={[-radius, radius, radius, -radius, radius * 0.5, radius * 5]} />
      <object3D attach="target" position={[center[0], center[1], level]} />
    </directionalLight>
  )
}

function Sky({ haze, zenith }: { haze: string; zenith: string }) {
  const material = useDisposed(
    () =>
      new ShaderMaterial({
        uniforms: { uHaze: { value: new Color(haze) }, uZenith: { value: new Color(zenith) } },
        depthTest: false,
        depthWrite: false,
        side: BackSide,
        vertexShader: `
          varying vec3 vDirection;
          void main() {
            vDirection = position;
            gl_Position = (projectionMatrix * vec4(mat3(viewMatrix) * position, 1.0)).xyww;
          }`,
        fragmentShader: `
          uniform vec3 uHaze;
          uniform vec3 uZenith;
          varying vec3 vDirection;
          void main() {
            // The gradient begins below the true horizon: a view from above, too, has its light upper quarter.
            float height = normalize(vDirection).z;
            gl_FragColor = vec4(mix(uHaze, uZenith, smoothstep(-0.26, 0.35, height)), 1.0);
            #include <colorspace_fragment>
          }`,
      }),
    [haze, zenith],
  )
  return (
    <mesh renderOrder={-20} frustumCulled={false} material={material}>
      <sphereGeometry args={[1, 24, 16]} />
    </mesh>
  )
}

function Table({
  center,
  radius,
  level,
  plan,
  haze,
  color,
}: {
  center: readonly [number, number]
  radius: number
  level: number
  plan: Box
  haze: string
  color: string
}) {
  const material = useDisposed(
    () =>
      new ShaderMaterial({
        uniforms: {
          uHaze: { value: new Color(haze) },
          uColor: { value: new Color(color) },
          uPlan: { value: new Vector4(plan.min[0], plan.min[1], plan.max[0], plan.max[1]) },
          uRadius: { value: radius },
        },
        transparent: true,
        depthWrite: false,
        side: FrontSide,
        vertexShader: `
          varying vec2 vPlace;
          void main() {
            vPlace = (modelMatrix * vec4(position, 1.0)).xy;
            gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
          }`,
        fragmentShader: `
          uniform vec3 uHaze;
          uniform vec3 uColor;
          uniform vec4 uPlan;
          uniform float uRadius;
          varying vec2 vPlace;
          void main() {
            vec2 outside = max(max(uPlan.xy - vPlace, vPlace - uPlan.zw), 0.0);
            float away = length(outside) / uRadius;
            float shade = mix(0.8, 1.0, smoothstep(0.0, 0.22, away));
            float fade = 1.0 - smoothstep(0.25, 1.5, away);
            gl_FragColor = vec4(mix(uHaze, uColor * shade, fade), fade);
            #include <colorspace_fragment>
          }`,
      }),
    [haze, color, plan, radius],
  )
  return (
    <mesh renderOrder={-10} position={[center[0], center[1], level]} material={material}>
      <planeGeometry args={[radius * 6, radius * 6]} />
    </mesh>
  )
}

function Soil({ soil, opacity, tone, clippingPlanes }: { soil: SoilBlock; opacity: number; tone: (typeof TONES)['light' | 'dark']; clippingPlanes: Plane[] }) {
  const geometry = useDisposed(() => {
    const geometry = new BufferGeometry()
    geometry.setAttribute('position', new BufferAttribute(soil.positions, 3))
    geometry.setAttribute('normal', new BufferAttribute(soil.normals, 3))
    geometry.setAttribute('color', new BufferAttribute(soilColors(soil, tone.soilTop, tone.soilDeep), 3))
    return geometry
  }, [soil, tone])
  const outside = useDisposed(() => new MeshLambertMaterial({ vertexColors: true, side: FrontSide, clippingPlanes }), [clippingPlanes])
  const inside = useDisposed(
    () => new MeshLambertMaterial({ color: tone.inside, side: BackSide, clippingPlanes, emissive: tone.inside, emissiveIntensity: 0.25 }),
    [tone, clippingPlanes],
  )
  const under = useDisposed(
    () => new MeshLambertMaterial({ color: tone.inside, emissive: tone.inside, emissiveIntensity: 0.25, clippingPlanes }),
    [tone, clippingPlanes],
  )
  const invalidate = useThree((state) => state.invalidate)
  useEffect(() => {
    outside.opacity = Math.min(1, opacity * 1.05)
    outside.transparent = opacity < 0.999
    outside.depthWrite = opacity > 0.35
    outside.needsUpdate = true
    invalidate()
  }, [outside, opacity, invalidate])
  const { min, max } = soil.box
  const clear = opacity < 0.004
  return (
    <group visible={!clear}>
      <mesh geometry={geometry} material={outside} renderOrder={ORDER.soil} receiveShadow />
      <mesh geometry={geometry} material={inside} />
      <mesh position={[(min[0] + max[0]) / 2, (min[1] + max[1]) / 2, min[2]]} material={under}>
        <planeGeometry args={[max[0] - min[0], max[1] - min[1]]} />
      </mesh>
    </group>
  )
}

/** A darker seam of top soil, then slowly deeper tones: no strata, for the file tells of none. */
function soilColors({ depths }: SoilBlock, top: string, deep: string): Float32Array {
  const colors = new Float32Array(depths.length * 3)
  const a = new Color(top)
  const b = new Color(deep)
  const mixed = new Color()
  depths.forEach((depth, k) => {
    mixed
      .copy(a)
      .lerp(b, Math.min(1, depth / 25))
      .toArray(colors, k * 3)
  })
  return colors
}

function useDisposed<T extends Material | BufferGeometry>(make: () => T, inputs: readonly unknown[]): T {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the inputs of `make` are given by the caller
  const made = useMemo(make, inputs)
  useEffect(() => () => made.dispose(), [made])
  return made
}
