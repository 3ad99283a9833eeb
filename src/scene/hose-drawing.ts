import { BufferAttribute, InstancedBufferAttribute, InstancedBufferGeometry, Mesh, ShaderMaterial, Vector2 } from 'three'
import type { Vec3 } from '@/core/base/geometry'
import { ORDER } from './model-drawing.ts'
import type { PumpLook } from './scene-props.ts'

/** All hoses in one draw call: ribbons that keep a least width on screen, with dashes that run with the water. */
export interface HoseDrawing {
  readonly mesh: Mesh
  set(hoses: readonly (readonly Vec3[])[]): void
  update(looks: readonly (PumpLook | null)[], seconds: number, width: number, height: number): void
  dispose(): void
}

const MOST = 64

export function createHoseDrawing(): HoseDrawing {
  const geometry = new InstancedBufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(new Float32Array([0, -1, 0, 1, -1, 0, 1, 1, 0, 0, 1, 0]), 3))
  geometry.setIndex([0, 1, 2, 0, 2, 3])
  const states = new Float32Array(MOST)
  const material = new ShaderMaterial({
    uniforms: { uScreen: { value: new Vector2(1, 1) }, uState: { value: states }, uSeconds: { value: 0 } },
    transparent: true,
    depthWrite: false,
    toneMapped: false,
    polygonOffset: true,
    polygonOffsetFactor: -3,
    polygonOffsetUnits: -12,
    side: 2,
    vertexShader: `
      attribute vec3 aFrom;
      attribute vec3 aTo;
      attribute vec3 aAlong; // metres from the pump at both ends, number of the hose
      uniform vec2 uScreen;
      uniform float uState[${MOST}];
      varying float vMetre;
      varying float vSide;
      varying float vPixel;
      flat varying float vState;
      void main() {
        vec4 a = projectionMatrix * viewMatrix * vec4(aFrom, 1.0);
        vec4 b = projectionMatrix * viewMatrix * vec4(aTo, 1.0);
        vState = uState[int(aAlong.z + 0.5)];
        // A segment that begins behind the eye is cut at it.
        float near = 0.01;
        if (a.w < near && b.w < near) { gl_Position = vec4(0.0, 0.0, 2.0, 1.0); return; }
        if (a.w < near) a = mix(a, b, (near - a.w) / (b.w - a.w));
        if (b.w < near) b = mix(b, a, (near - b.w) / (a.w - b.w));
        vec2 along = (b.xy / b.w - a.xy / a.w) * uScreen;
        along = length(along) > 1e-4 ? normalize(along) : vec2(1.0, 0.0);
        vec4 p = mix(a, b, position.x);
        float metre = projectionMatrix[1][1] * uScreen.y * 0.5 / p.w; // px
        float half_ = clamp(0.17 * metre, 1.6, 9.0);
        vec2 offset = vec2(-along.y, along.x) * position.y * half_ + along * (position.x * 2.0 - 1.0) * 0.4;
        p.xy += offset * 2.0 / uScreen * p.w;
        vMetre = mix(aAlong.x, aAlong.y, position.x);
        vSide = position.y;
        vPixel = 1.0 / metre;
        gl_Position = p;
      }`,
    fragmentShader: `
      uniform float uSeconds;
      varying float vMetre;
      varying float vSide;
      varying float vPixel;
      flat varying float vState;
      void main() {
        bool running = vState > 0.5 && vState < 2.5;
        vec3 color = vState > 2.5 ? vec3(0.55, 0.25, 0.25) : vState > 1.5 ? vec3(0.82, 0.17, 0.22) : vState > 0.5 ? vec3(0.10, 0.42, 0.86) : vec3(0.36, 0.42, 0.48);
        // Dashes of 2 m, longer where the hose is far, so that they can still be told apart.
        float period = max(2.4, exp2(ceil(log2(vPixel * 14.0))));
        float dash = fract(vMetre / period - uSeconds * 0.8);
        if (running) color = mix(color, vec3(0.93, 0.97, 1.0), smoothstep(0.0, 0.06, dash) * (1.0 - smoothstep(0.40, 0.46, dash)));
        color *= 1.0 - 0.25 * vSide * vSide;
        gl_FragColor = vec4(color, 1.0 - smoothstep(0.82, 1.0, abs(vSide)));
      }`,
  })
  const mesh = new Mesh(geometry, material)
  mesh.frustumCulled = false
  mesh.renderOrder = ORDER.overlay - 1
  return {
    mesh,
    set(hoses) {
      const from: number[] = []
      const to: number[] = []
      const along: number[] = []
      hoses.slice(0, MOST).forEach((hose, n) => {
        let metre = 0
        for (let k = 1; k < hose.length; k++) {
          const a = hose[k - 1]
          const b = hose[k]
          const step = Math.hypot(b[0] - a[0], b[1] - a[1], b[2] - a[2])
          from.push(...a)
          to.push(...b)
          along.push(metre, metre + step, n)
          metre += step
        }
      })
      geometry.setAttribute('aFrom', new InstancedBufferAttribute(new Float32Array(from), 3))
      geometry.setAttribute('aTo', new InstancedBufferAttribute(new Float32Array(to), 3))
      geometry.setAttribute('aAlong', new InstancedBufferAttribute(new Float32Array(along), 3))
      geometry.instanceCount = along.length / 3
      mesh.visible = along.length > 0
    },
    update(looks, seconds, width, height) {
      looks.slice(0, MOST).forEach((look, k) => {
        states[k] = !look || look.state === 'off' ? 0 : look.state === 'on' ? (look.recirculates ? 2 : 1) : 3
      })
      material.uniforms.uSeconds.value = seconds
      material.uniforms.uScreen.value.set(width, height)
    },
    dispose() {
      geometry.dispose()
      material.dispose()
    },
  }
}

/** A hose on the ground: points between its corners every `step` metres where its level is not given. */
export function drape(points: readonly Vec3[], groundAt: (x: number, y: number) => number | null, step = 1.5): Vec3[] {
  const out: Vec3[] = []
  const level = (x: number, y: number, fallback: number) => (groundAt(x, y) ?? fallback) + 0.12
  let last = 0
  points.forEach((b, k) => {
    const a = points[k - 1]
    if (a && Number.isNaN(a[2]) && Number.isNaN(b[2])) {
      const length = Math.hypot(b[0] - a[0], b[1] - a[1])
      const pieces = Math.ceil(length / step)
      for (let n = 1; n < pieces; n++) {
        const x = a[0] + ((b[0] - a[0]) * n) / pieces
        const y = a[1] + ((b[1] - a[1]) * n) / pieces
        last = level(x, y, last)
        out.push([x, y, last])
      }
    }
    last = Number.isNaN(b[2]) ? level(b[0], b[1], last) : b[2]
    out.push([b[0], b[1], last])
  })
  return out
}
