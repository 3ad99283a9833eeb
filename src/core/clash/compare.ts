import type { Body, Piece } from './body.ts'
import { isInside } from './bvh.ts'
import { deepestConvex, nearestPlane, shiftPlanes } from './convex.ts'
import { deepestIn } from './deepest.ts'
import { crossingCurve, crossingPoint, surfaceDistance } from './surfaces.ts'

/** Two bodies compared. `depth` where they overlap, else `gap` up to the cut-off (null beyond it). */
export interface Comparison {
  readonly depth: number | null
  readonly gap: number | null
  /** On (or in) a, then b. */
  readonly points: readonly [readonly number[], readonly number[]]
  readonly contained: boolean
  /** An open shell takes part. */
  readonly open: boolean
  /** Two open shells cross: neither bounds anything, so that there is no depth. */
  readonly unbounded: boolean
  readonly estimated: boolean
}
type Point = [number, number, number]
/** Below this two surfaces touch [m]. */
const CONTACT = 1e-7
/** Depths below this share of the tolerance are not searched for: flush faces touch. */
const SHALLOW = 0.25

/** Depth and gap after `clash.md` 5.1: depth is the deepest point of one in the other below its surface, the larger of both ways. */
export function compareBodies(a: Body, b: Body, cutoff: number, tolerance = 0.002): Comparison | null {
  let best: Comparison | null = null
  for (const p of a.pieces)
    for (const q of b.pieces) {
      if (boxGap(p, q) > cutoff) continue
      const found = comparePieces(p, q, cutoff, tolerance * SHALLOW)
      if (found && (best === null || worse(found, best))) best = found
    }
  return best
}
function worse(x: Comparison, y: Comparison): boolean {
  if ((x.depth ?? -1) !== (y.depth ?? -1)) return (x.depth ?? -1) > (y.depth ?? -1)
  return (x.gap ?? Infinity) < (y.gap ?? Infinity)
}

function comparePieces(p: Piece, q: Piece, cutoff: number, shallow: number): Comparison | null {
  const open = !p.solid || !q.solid
  const overlap = boxGap(p, q) <= 0
  if (overlap && p.planes && q.planes) {
    const exact = convexDepth(p, q)
    if (exact) return exact
  }
  const pair = new Float64Array(6)
  const gap = surfaceDistance(p.bvh, q.bvh, cutoff, pair)
  const points: [Point, Point] = [
    [pair[0], pair[1], pair[2]],
    [pair[3], pair[4], pair[5]],
  ]
  if (overlap && !(p.planes && q.planes)) {
    const contained = gap > CONTACT && ((q.solid && isInside(q.bvh, ...p.seed)) || (p.solid && isInside(p.bvh, ...q.seed)))
    if (contained || gap <= CONTACT) {
      const one = deepestIn(p, q, shallow)
      const two = deepestIn(q, p, one?.depth ?? shallow)
      const deepest = two ?? one
      if (deepest)
        return {
          depth: deepest.depth,
          gap: 0,
          points: two ? [deepest.foot, deepest.point] : [deepest.point, deepest.foot],
          contained,
          open,
          unbounded: false,
          estimated: deepest.estimated,
        }
      if (gap <= CONTACT) {
        const unbounded = !p.solid && !q.solid && crossingPoint(p.bvh, q.bvh, new Float64Array(6))
        return { depth: 0, gap: 0, points, contained: false, open, unbounded, estimated: false }
      }
    }
  }
  if (gap === Infinity) return null
  return { depth: gap <= CONTACT ? 0 : null, gap: gap <= CONTACT ? 0 : gap, points, contained: false, open, unbounded: false, estimated: false }
}

/** Both convex: exact by linear programming, both ways; null where they do not overlap. */
function convexDepth(p: Piece, q: Piece): Comparison | null {
  const origin = [0, 1, 2].map((c) => (Math.max(p.min[c], q.min[c]) + Math.min(p.max[c], q.max[c])) / 2)
  const [P, Q] = [shiftPlanes(p.planes as Float64Array, origin), shiftPlanes(q.planes as Float64Array, origin)]
  const inQ = deepestConvex(P, Q)
  const inP = deepestConvex(Q, P)
  if (!inQ || !inP || Math.max(inQ.depth, inP.depth) <= CONTACT || Math.min(inQ.depth, inP.depth) < -CONTACT) return null
  const ours = inQ.depth >= inP.depth
  const { depth, point } = ours ? inQ : inP
  const planes = ours ? Q : P
  const n = 4 * nearestPlane(planes, point)
  const at: Point = [point[0] + origin[0], point[1] + origin[1], point[2] + origin[2]]
  const foot: Point = [at[0] + planes[n] * depth, at[1] + planes[n + 1] * depth, at[2] + planes[n + 2] * depth]
  const contained = surfacesApart(p, q)
  return { depth, gap: 0, points: ours ? [at, foot] : [foot, at], contained, open: false, unbounded: false, estimated: false }
}
function surfacesApart(p: Piece, q: Piece): boolean {
  const within = (inner: Piece, outer: Piece) => [0, 1, 2].every((c) => inner.min[c] > outer.min[c] && inner.max[c] < outer.max[c])
  return (within(p, q) || within(q, p)) && surfaceDistance(p.bvh, q.bvh, Infinity, new Float64Array(6)) > CONTACT
}

function boxGap(p: Piece, q: Piece): number {
  let sum = 0
  let inside = true
  for (let c = 0; c < 3; c++) {
    const d = Math.max(p.min[c] - q.max[c], q.min[c] - p.max[c])
    if (d > 0) {
      sum += d * d
      inside = false
    }
  }
  return inside ? 0 : Math.sqrt(sum)
}

/** Where the surfaces of two bodies cross, as segments of six numbers. */
export function curveOf(a: Body, b: Body): Float32Array {
  const curve = a.pieces.flatMap((p) => b.pieces.flatMap((q) => (boxGap(p, q) <= 0 ? crossingCurve(p.bvh, q.bvh, 2000) : [])))
  return Float32Array.from(curve)
}
