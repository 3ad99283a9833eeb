import type { Shape } from '@/core/model'
import { prepareShape } from './shape-geometry.ts'

/** Corners nearer than this are one [m]. */
const WELD = 1e-4
/** Pieces that turn less than this go on straight (0.2°). */
const STRAIGHT = Math.cos((0.2 * Math.PI) / 180)
/** A run may leave the line of its two ends by so much [m]. */
const OFF = 5e-4

const known = new WeakMap<Shape, Float64Array>()

/**
 * True edges of a shape in its own frame, six numbers each: where triangles cut a straight edge into pieces (0.2 + 1.8 m), the whole one
 * (2 m). Its ends are the corners that one snaps to.
 */
export function trueEdges(shape: Shape): Float64Array {
  let edges = known.get(shape)
  if (!edges) {
    edges = mergeRuns(prepareShape(shape).edges)
    known.set(shape, edges)
  }
  return edges
}

export function mergeRuns(pieces: ArrayLike<number>): Float64Array {
  const count = pieces.length / 6
  const corners = new Map<string, number[]>()
  const corner = (k: number, end: 0 | 1) => [0, 1, 2].map((a) => Math.round(pieces[k * 6 + end * 3 + a] / WELD)).join()
  for (let k = 0; k < count; k++)
    for (const end of [0, 1] as const) {
      const key = corner(k, end)
      const list = corners.get(key)
      if (list) list.push(k)
      else corners.set(key, [k])
    }
  const taken = new Uint8Array(count)
  const made = new Set<string>()
  const out: number[] = []
  const at = (k: number, end: 0 | 1) => [pieces[k * 6 + end * 3], pieces[k * 6 + end * 3 + 1], pieces[k * 6 + end * 3 + 2]]
  /** From an end of a piece onwards, as far as it goes straight; returns the last point. */
  const follow = (first: number, end: 0 | 1): number[] => {
    const start = at(first, end === 1 ? 0 : 1)
    let [piece, side] = [first, end]
    let tip = at(piece, side)
    for (;;) {
      const next = (corners.get(corner(piece, side)) ?? []).find((other) => {
        if (taken[other] || other === piece) return false
        const far = at(other, corner(other, 0) === corner(piece, side) ? 1 : 0)
        return goesStraight(start, tip, far)
      })
      if (next === undefined) return tip
      taken[next] = 1
      side = corner(next, 0) === corner(piece, side) ? 1 : 0
      piece = next
      tip = at(piece, side)
    }
  }
  for (let k = 0; k < count; k++) {
    if (taken[k]) continue
    taken[k] = 1
    const to = follow(k, 1)
    const from = follow(k, 0)
    // Two faces may each bring the same edge, cut in different places.
    const ends = [from, to].map((p) => p.map((v) => Math.round(v / WELD)).join()).sort()
    const key = ends.join('|')
    if (ends[0] === ends[1] || made.has(key)) continue
    made.add(key)
    out.push(...from, ...to)
  }
  return Float64Array.from(out)
}

function goesStraight(start: number[], tip: number[], far: number[]): boolean {
  const u = [0, 1, 2].map((a) => tip[a] - start[a])
  const v = [0, 1, 2].map((a) => far[a] - tip[a])
  const [lu, lv] = [Math.hypot(...u), Math.hypot(...v)]
  const along = u[0] * v[0] + u[1] * v[1] + u[2] * v[2]
  if (lu === 0 || lv === 0 || along < STRAIGHT * lu * lv) return false
  const w = [0, 1, 2].map((a) => far[a] - start[a])
  const lw = Math.hypot(...w)
  const off = Math.hypot(u[1] * w[2] - u[2] * w[1], u[2] * w[0] - u[0] * w[2], u[0] * w[1] - u[1] * w[0]) / lw
  return off < OFF
}
