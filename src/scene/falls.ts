import type { SiteGrid } from '@/core/site'
import type { WaterFrame } from './scene-props.ts'

/** A face over which water falls: four numbers each for the shader. */
export interface Falls {
  readonly count: number
  /** x, y of the face's middle, level of the water above and below [m]. */
  readonly edges: Float32Array
  /** Direction of the fall in plan, speed [m/s], depth of the sheet [m]. */
  readonly flows: Float32Array
}

/** Lower steps are slopes, not falls [m]. */
const LEAST_DROP = 1
/** Thinner sheets are a wet wall [m]. */
const LEAST_DEPTH = 0.006
const LEAST_SPEED = 0.03

/** Finds where the water of a frame falls: neighbouring cells whose surfaces stand more than a metre apart and no crest between holds it back. */
export function findFalls(grid: SiteGrid, frame: WaterFrame, crests: ReadonlyMap<number, number>): Falls {
  const edges: number[] = []
  const flows: number[] = []
  const { columns, rows, cell, x0, y0, floor, wet } = grid
  const tryFace = (from: number, to: number, dx: number, dy: number, face: number, axis: 0 | 1) => {
    const depth = frame.depth[from]
    if (!(depth > LEAST_DEPTH) || !wet[from] || !wet[to]) return
    const top = floor[from] + depth
    const bottom = floor[to] + Math.max(0, frame.depth[to])
    if (top - bottom < LEAST_DROP) return
    const crest = crests.get(face * 2 + axis) ?? -Infinity
    const sheet = top - Math.max(crest, floor[from])
    const speed = frame.u[from] * dx + frame.v[from] * dy
    if (!(sheet > LEAST_DEPTH) || !(speed > LEAST_SPEED)) return
    const c = from % columns
    const r = (from - c) / columns
    edges.push(x0 + (c + 0.5 + dx / 2) * cell, y0 + (r + 0.5 + dy / 2) * cell, Math.max(crest, floor[from]) + sheet * 0.7, bottom)
    flows.push(dx, dy, Math.max(speed, Math.sqrt(9.81 * sheet) * 0.6), sheet)
  }
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) {
      const k = r * columns + c
      if (c + 1 < columns) {
        tryFace(k, k + 1, 1, 0, k, 0)
        tryFace(k + 1, k, -1, 0, k, 0)
      }
      if (r + 1 < rows) {
        tryFace(k, k + columns, 0, 1, k, 1)
        tryFace(k + columns, k, 0, -1, k, 1)
      }
    }
  return { count: edges.length / 4, edges: new Float32Array(edges), flows: new Float32Array(flows) }
}

/** Level of the crest by face · 2 + axis. */
export function crestLevels(grid: SiteGrid): Map<number, number> {
  return new Map(grid.crests.map(({ axis, face, level }) => [face * 2 + (axis === 'x' ? 0 : 1), level]))
}
