import {
  BufferAttribute,
  Color,
  DataTexture,
  DynamicDrawUsage,
  FloatType,
  Group,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  LineSegments,
  Mesh,
  NearestFilter,
  type Plane,
  RGBAFormat,
  RGFormat,
  ShaderMaterial,
  Vector2,
  Vector3,
} from 'three'
import type { Box } from '@/core/base/geometry'
import type { SiteGrid } from '@/core/site'
import { crestLevels, findFalls } from './falls.ts'
import type { WaterLook } from './legend.ts'
import { ORDER } from './model-drawing.ts'
import type { FramePair, WaterFrame } from './scene-props.ts'
import { dataFragment, fallFragment, fallVertex, rainFragment, rainVertex, waterFragment, waterVertex } from './water-shader.ts'

export interface WaterDrawing {
  readonly group: Group
  /** The moment to show; null = nothing to show. Uploads only when another pair of frames is reached. */
  show(pair: FramePair | null): void
  /** Seconds of ripples, and the rain [mm/h]. */
  animate(seconds: number, rain: number): void
  setLook(look: WaterLook, theme: 'light' | 'dark'): void
  /** Which side of `at` [px] is drawn: left (−1), right (1), both (0). */
  setSide(side: -1 | 0 | 1, at: number): void
  dispose(): void
}

/** Thinner water is not worth a square [m]. */
const WET = 0.004
const FALL_STEPS = 14
const DROPS = 2500

export function createWaterDrawing(grid: SiteGrid, site: Box, low: boolean, clippingPlanes: Plane[]): WaterDrawing {
  const group = new Group()
  const cells = grid.columns * grid.rows
  const before = stateTexture(grid)
  const after = stateTexture(grid)
  const uniforms = {
    uBefore: { value: before },
    uAfter: { value: after },
    uFloor: { value: floorTexture(grid) },
    uMix: { value: 0 },
    uSize: { value: { x: grid.columns, y: grid.rows } },
    uOrigin: { value: new Vector3(grid.x0, grid.y0, grid.cell) },
    uTime: { value: 0 },
    uRain: { value: 0 },
    uSun: { value: new Vector3(-0.42, -0.5, 0.85).normalize() },
    uHaze: { value: new Color('#dfe6ea') },
    uZenith: { value: new Color('#9fb8cc') },
    uLight: { value: 1 },
    uCell: { value: grid.cell },
    uSide: { value: new Vector2(0, 0) },
  }
  const shared = { uniforms, vertexShader: waterVertex, clipping: true, clippingPlanes, polygonOffset: true, polygonOffsetFactor: -2, polygonOffsetUnits: -6 }
  const materials: Record<WaterLook, ShaderMaterial> = {
    water: new ShaderMaterial({ ...shared, fragmentShader: waterFragment(low), transparent: true, depthWrite: false }),
    depth: new ShaderMaterial({ ...shared, fragmentShader: dataFragment('depth'), transparent: true, depthWrite: false, toneMapped: false }),
    velocity: new ShaderMaterial({ ...shared, fragmentShader: dataFragment('velocity'), transparent: true, depthWrite: false, toneMapped: false }),
  }
  const list = new InstancedBufferAttribute(new Float32Array(cells), 1)
  list.setUsage(DynamicDrawUsage)
  const surface = mesh(quad(1), materials.water, ORDER.water)
  surface.geometry.setAttribute('aCell', list)

  const falls = mesh(
    quad(FALL_STEPS),
    new ShaderMaterial({
      uniforms,
      vertexShader: fallVertex,
      fragmentShader: fallFragment,
      transparent: true,
      depthWrite: false,
      side: 2,
      clipping: true,
      clippingPlanes,
    }),
    ORDER.falls,
  )
  const rainUniforms = {
    uLow: { value: new Vector3(...site.min) },
    uHigh: { value: new Vector3(...site.max) },
    uTime: uniforms.uTime,
    uRain: uniforms.uRain,
    uColor: { value: new Color('#7f93a3') },
  }
  rainUniforms.uHigh.value.z = Math.max(site.max[2], site.min[2] + 30)
  rainUniforms.uLow.value.z = (grid.floor.find((_, k) => grid.wet[k] === 1) ?? site.min[2]) - 1
  const rain = rainLines(
    new ShaderMaterial({ uniforms: rainUniforms, vertexShader: rainVertex, fragmentShader: rainFragment, transparent: true, depthWrite: false }),
  )
  group.add(surface, falls, rain)
  rain.visible = false

  const crests = crestLevels(grid)
  let shownBefore: WaterFrame | null = null
  let shownAfter: WaterFrame | null = null
  let look: WaterLook = 'water'
  const fill = (texture: DataTexture, frame: WaterFrame) => {
    const data = texture.image.data as Float32Array
    for (let k = 0; k < cells; k++) {
      data[k * 4] = grid.wet[k] ? frame.depth[k] : 0
      data[k * 4 + 1] = frame.u[k]
      data[k * 4 + 2] = frame.v[k]
    }
    texture.needsUpdate = true
  }
  const listWet = () => {
    const wet = list.array as Float32Array
    let count = 0
    const a = shownBefore!.depth
    const b = shownAfter!.depth
    for (let k = 0; k < cells; k++) if (grid.wet[k] && (a[k] > WET || b[k] > WET)) wet[count++] = k
    list.clearUpdateRanges()
    list.addUpdateRange(0, count)
    list.needsUpdate = true
    surface.geometry.instanceCount = count
    surface.visible = count > 0
  }
  const listFalls = () => {
    const found = findFalls(grid, shownAfter!, crests)
    falls.geometry.setAttribute('aEdge', new InstancedBufferAttribute(found.edges, 4))
    falls.geometry.setAttribute('aFlow', new InstancedBufferAttribute(found.flows, 4))
    falls.geometry.instanceCount = found.count
    falls.visible = found.count > 0 && look === 'water'
  }

  return {
    group,
    show(pair) {
      group.visible = pair !== null
      if (!pair) return
      uniforms.uMix.value = pair.mix
      if (pair.before === shownBefore && pair.after === shownAfter) return
      // Played forwards, the later frame becomes the earlier one: it is on the device already.
      if (pair.before === shownAfter && shownBefore !== pair.before) {
        const swap = uniforms.uBefore.value
        uniforms.uBefore.value = uniforms.uAfter.value
        uniforms.uAfter.value = swap
      } else if (pair.before !== shownBefore) fill(uniforms.uBefore.value, pair.before)
      fill(uniforms.uAfter.value, pair.after)
      shownBefore = pair.before
      shownAfter = pair.after
      listWet()
      listFalls()
    },
    animate(seconds, rate) {
      uniforms.uTime.value = seconds
      uniforms.uRain.value = Math.min(1, rate / 80)
      rain.visible = rate > 0.5 && look === 'water' && !low
      rain.geometry.instanceCount = Math.round(DROPS * Math.min(1, 0.25 + rate / 100))
    },
    setLook(next, theme) {
      look = next
      surface.material = materials[next]
      falls.visible = next === 'water' && (falls.geometry.instanceCount ?? 0) > 0
      const dark = theme === 'dark'
      uniforms.uHaze.value.set(dark ? '#3a4450' : '#dfe6ea')
      uniforms.uZenith.value.set(dark ? '#1d2732' : '#9fb8cc')
      uniforms.uLight.value = dark ? 0.7 : 1
    },
    setSide(side, at) {
      uniforms.uSide.value.set(side, at)
      // Rain falls once, on both.
      if (side < 0) rain.visible = false
    },
    dispose() {
      for (const texture of [before, after, uniforms.uFloor.value]) texture.dispose()
      for (const child of [surface, falls, rain]) child.geometry.dispose()
      for (const material of [...Object.values(materials), falls.material, rain.material]) (material as ShaderMaterial).dispose()
    },
  }
}

function mesh(geometry: InstancedBufferGeometry, material: ShaderMaterial, order: number): Mesh<InstancedBufferGeometry, ShaderMaterial> {
  const made = new Mesh(geometry, material)
  made.frustumCulled = false
  made.renderOrder = order
  made.visible = false
  return made
}

/** A unit square, cut along y into so many steps. */
function quad(steps: number): InstancedBufferGeometry {
  const geometry = new InstancedBufferGeometry()
  const positions: number[] = []
  const indices: number[] = []
  for (let k = 0; k <= steps; k++) positions.push(0, k / steps, 0, 1, k / steps, 0)
  for (let k = 0; k < steps; k++) indices.push(2 * k, 2 * k + 1, 2 * k + 3, 2 * k, 2 * k + 3, 2 * k + 2)
  geometry.setAttribute('position', new BufferAttribute(new Float32Array(positions), 3))
  geometry.setIndex(indices)
  geometry.instanceCount = 0
  return geometry
}

function rainLines(material: ShaderMaterial): LineSegments<InstancedBufferGeometry, ShaderMaterial> {
  const geometry = new InstancedBufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(new Float32Array([0, 0, 0, 1, 0, 0]), 3))
  const drops = new Float32Array(DROPS * 3)
  // Golden-ratio sequences spread evenly and are the same every time.
  for (let k = 0; k < DROPS; k++) {
    drops[k * 3] = (k * 0.7548776662) % 1
    drops[k * 3 + 1] = (k * 0.569840291) % 1
    drops[k * 3 + 2] = (k * 0.6180339887) % 1
  }
  geometry.setAttribute('aDrop', new InstancedBufferAttribute(drops, 3))
  geometry.instanceCount = 0
  const lines = new LineSegments(geometry, material)
  lines.frustumCulled = false
  lines.renderOrder = ORDER.ghost
  return lines
}

function stateTexture(grid: SiteGrid): DataTexture {
  const texture = new DataTexture(new Float32Array(grid.columns * grid.rows * 4), grid.columns, grid.rows, RGBAFormat, FloatType)
  texture.minFilter = texture.magFilter = NearestFilter
  texture.needsUpdate = true
  return texture
}
function floorTexture(grid: SiteGrid): DataTexture {
  const data = new Float32Array(grid.columns * grid.rows * 2)
  for (let k = 0; k < grid.wet.length; k++) {
    data[k * 2] = Number.isFinite(grid.floor[k]) ? grid.floor[k] : 0
    data[k * 2 + 1] = grid.wet[k]
  }
  const texture = new DataTexture(data, grid.columns, grid.rows, RGFormat, FloatType)
  texture.minFilter = texture.magFilter = NearestFilter
  texture.needsUpdate = true
  return texture
}
