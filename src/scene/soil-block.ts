import type { Box } from '@/core/base/geometry'
import { transformPoint } from '@/core/base/geometry'
import type { SceneObject } from './scene-objects.ts'

/** Vertical sides under the edges of the terrain, so that the ground reads as a block of soil: 3 numbers a vertex, facing outwards. */
export interface SoilBlock {
  readonly positions: Float32Array
  readonly normals: Float32Array
  /** Depth below the surface [m]. */
  readonly depths: Float32Array
  /** Plan of the block and its underside. */
  readonly box: Box
}

/** Sides at holes (pits) go down so far only: below, the pit has walls of its own [m]. */
const RIM = 2
/** Soil shown below the deepest thing on the site [m]. */
const UNDER = 3

export function soilBlock(terrain: readonly SceneObject[], site: Box): SoilBlock | null {
  const edges = borderEdges(terrain)
  if (!edges.length) return null
  const box = {
    min: [Infinity, Infinity, Infinity] as [number, number, number],
    max: [-Infinity, -Infinity, -Infinity] as [number, number, number],
  }
  for (const edge of edges)
    for (let k = 0; k < 6; k++) {
      box.min[k % 3] = Math.min(box.min[k % 3], edge[k])
      box.max[k % 3] = Math.max(box.max[k % 3], edge[k])
    }
  const bottom = Math.min(site.min[2], box.min[2]) - UNDER
  const near = (value: number, limit: number) => Math.abs(value - limit) < 0.3
  const outer = (e: Edge) =>
    [0, 1].some(
      (axis) => (near(e[axis], box.min[axis]) && near(e[axis + 3], box.min[axis])) || (near(e[axis], box.max[axis]) && near(e[axis + 3], box.max[axis])),
    )

  const positions: number[] = []
  const normals: number[] = []
  const depths: number[] = []
  for (const e of edges) {
    const [ax, ay, az, bx, by, bz] = e
    const length = Math.hypot(bx - ax, by - ay)
    if (length < 1e-6) continue
    const normal = [(by - ay) / length, -(bx - ax) / length, 0]
    const floor = outer(e) ? bottom : Number.NaN
    const push = (x: number, y: number, z: number, depth: number) => {
      positions.push(x, y, z)
      normals.push(...normal)
      depths.push(depth)
    }
    const za = Number.isNaN(floor) ? az - RIM : floor
    const zb = Number.isNaN(floor) ? bz - RIM : floor
    push(ax, ay, az, 0)
    push(ax, ay, za, az - za)
    push(bx, by, bz, 0)
    push(bx, by, bz, 0)
    push(ax, ay, za, az - za)
    push(bx, by, zb, bz - zb)
  }
  return {
    positions: new Float32Array(positions),
    normals: new Float32Array(normals),
    depths: new Float32Array(depths),
    box: { min: [box.min[0], box.min[1], bottom], max: box.max },
  }
}

type Edge = readonly [number, number, number, number, number, number]

/** Edges with one face only, the ground on their left when seen from above. */
function borderEdges(terrain: readonly SceneObject[]): Edge[] {
  const open = new Map<string, Edge>()
  for (const { element, model } of terrain)
    for (const part of element.parts) {
      const { positions, indices } = model.shapes[part.shape]
      for (let f = 0; f < indices.length; f += 3) {
        const p = [0, 1, 2].map((k) => {
          const v = indices[f + k] * 3
          return transformPoint(part.matrix, positions[v], positions[v + 1], positions[v + 2])
        })
        const up = (p[1][0] - p[0][0]) * (p[2][1] - p[0][1]) - (p[1][1] - p[0][1]) * (p[2][0] - p[0][0])
        if (Math.abs(up) < 1e-9) continue
        const ring = up > 0 ? p : [p[0], p[2], p[1]]
        for (let k = 0; k < 3; k++) {
          const a = ring[k]
          const b = ring[(k + 1) % 3]
          const reverse = `${keyOf(b)}|${keyOf(a)}`
          if (open.has(reverse)) open.delete(reverse)
          else open.set(`${keyOf(a)}|${keyOf(b)}`, [a[0], a[1], a[2], b[0], b[1], b[2]])
        }
      }
    }
  return [...open.values()]
}
function keyOf(p: readonly number[]): string {
  return `${Math.round(p[0] * 1000)},${Math.round(p[1] * 1000)},${Math.round(p[2] * 1000)}`
}
