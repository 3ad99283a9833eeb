import { BufferAttribute, DynamicDrawUsage, InstancedBufferAttribute, InstancedBufferGeometry, Mesh, type Plane, ShaderMaterial, Vector3 } from 'three'
import type { SiteGrid } from '@/core/site'
import { DIFFERENCE_CLASSES } from './legend.ts'
import { ORDER } from './model-drawing.ts'
import type { FramePair } from './scene-props.ts'

export interface DifferenceDrawing {
  readonly mesh: Mesh
  /** Shows depth of `ours` less depth of `theirs`; null where there is nothing to compare. */
  show(ours: FramePair | null, theirs: FramePair | null): void
  dispose(): void
}

/** A square for each cell in which two runs differ, at the higher of their two surfaces, in the exact colour of its class. */
export function createDifferenceDrawing(grid: SiteGrid, clippingPlanes: Plane[]): DifferenceDrawing {
  const cells = grid.columns * grid.rows
  const geometry = new InstancedBufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(new Float32Array([0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 0]), 3))
  geometry.setIndex([0, 1, 3, 0, 3, 2])
  const place = new InstancedBufferAttribute(new Float32Array(cells * 4), 4)
  place.setUsage(DynamicDrawUsage)
  geometry.setAttribute('aPlace', place)
  geometry.instanceCount = 0
  const material = new ShaderMaterial({
    uniforms: { uOrigin: { value: new Vector3(grid.x0, grid.y0, grid.cell) } },
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    clipping: true,
    clippingPlanes,
    transparent: true,
    depthWrite: false,
    toneMapped: false,
    polygonOffset: true,
    polygonOffsetFactor: -2,
    polygonOffsetUnits: -6,
  })
  const mesh = new Mesh(geometry, material)
  mesh.frustumCulled = false
  mesh.renderOrder = ORDER.water
  return {
    mesh,
    show(ours, theirs) {
      mesh.visible = ours !== null && theirs !== null
      if (!ours || !theirs) return
      const list = place.array as Float32Array
      let count = 0
      for (let k = 0; k < cells; k++) {
        if (!grid.wet[k]) continue
        const a = depthOf(theirs, k)
        const b = depthOf(ours, k)
        const by = b - a
        if (!DIFFERENCE_CLASSES.some(({ from, to }) => by >= from && by < to)) continue
        list[count * 4] = k % grid.columns
        list[count * 4 + 1] = Math.floor(k / grid.columns)
        list[count * 4 + 2] = grid.floor[k] + (a > b ? a : b) + 0.05
        list[count * 4 + 3] = by
        count++
      }
      place.clearUpdateRanges()
      place.addUpdateRange(0, count * 4)
      place.needsUpdate = true
      geometry.instanceCount = count
    },
    dispose() {
      geometry.dispose()
      material.dispose()
    },
  }
}

function depthOf({ before, after, mix }: FramePair, cell: number): number {
  return before.depth[cell] + (after.depth[cell] - before.depth[cell]) * mix
}

const VERTEX = `
attribute vec4 aPlace; // column, row, level, difference
uniform vec3 uOrigin;
flat varying float vBy;
#include <clipping_planes_pars_vertex>
void main() {
  vBy = aPlace.w;
  vec4 mvPosition = viewMatrix * vec4(uOrigin.xy + (aPlace.xy + position.xy) * uOrigin.z, aPlace.z, 1.0);
  gl_Position = projectionMatrix * mvPosition;
  #include <clipping_planes_vertex>
}`

const FRAGMENT = `
flat varying float vBy;
#include <clipping_planes_pars_fragment>
void main() {
  #include <clipping_planes_fragment>
  vec3 color = vec3(0.0);
${DIFFERENCE_CLASSES.map(({ from, color }) => `  ${Number.isFinite(from) ? `if (vBy >= ${from.toFixed(4)}) ` : ''}color = vec3(${color.join('.0, ')}.0) / 255.0;`).join('\n')}
  gl_FragColor = vec4(color, 1.0);
}`
