import type { Body, Piece } from './body.ts'
import { crossingCurve, isInside, pointDistance, surfaceDistance } from './bvh.ts'
import { deepestConvex, nearestPlane, shiftPlanes } from './convex.ts'

/** Two bodies compared. `depth` where they overlap, else `gap` up to the cut-off (null beyond it). */
export interface Comparison {
  readonly depth: number | null
  readonly gap: number | null
  /** On (or in) a, then b. */
  readonly points: readonly [readonly number[], readonly number[]]
  readonly contained: boolean
  readonly open: boolean
  readonly estimated: boolean
}
type Point = [number, number, number]
/** Below this two surfaces touch [m]. */
const CONTACT = 1e-7
/** Accuracy of a depth found by search: this, or this share of the depth. */
const ACCURACY = { absolute: 2.5e-4, relative: 0.01, evaluations: 12_000 }

/** Depth and gap after `clash.md` 5.1: depth is the deepest point of one in the other below its surface, the larger of both ways. */
export function compareBodies(a: Body, b: Body, cutoff: number): Comparison | null {
  let best: Comparison | null = null
  for (const p of a.pieces)
    for (const q of b.pieces) {
      if (boxGap(p, q) > cutoff) continue
      const found = comparePieces(p, q, cutoff)
      if (found && (best === null || worse(found, best))) best = found
    }
  return best
}
function worse(x: Comparison, y: Comparison): boolean {
  if ((x.depth ?? -1) !== (y.depth ?? -1)) return (x.depth ?? -1) > (y.depth ?? -1)
  return (x.gap ?? Infinity) < (y.gap ?? Infinity)
}

function comparePieces(p: Piece, q: Piece, cutoff: number): Comparison | null {
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
      const [one, two] = [searchDepth(p, q), searchDepth(q, p)]
      const ours = two === null || (one !== null && one.depth >= two.depth)
      const deepest = ours ? one : two
      if (deepest && deepest.depth > CONTACT)
        return {
          depth: deepest.depth,
          gap: 0,
          points: ours ? [deepest.point, deepest.foot] : [deepest.foot, deepest.point],
          contained,
          open,
          estimated: deepest.estimated,
        }
      if (gap <= CONTACT) return { depth: 0, gap: 0, points, contained: false, open, estimated: false }
    }
  }
  if (gap === Infinity) return null
  return { depth: gap <= CONTACT ? 0 : null, gap: gap <= CONTACT ? 0 : gap, points, contained: false, open, estimated: false }
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
  return { depth, gap: 0, points: ours ? [at, foot] : [foot, at], contained, open: false, estimated: false }
}
function surfacesApart(p: Piece, q: Piece): boolean {
  const within = (inner: Piece, outer: Piece) => [0, 1, 2].every((c) => inner.min[c] > outer.min[c] && inner.max[c] < outer.max[c])
  return (within(p, q) || within(q, p)) && surfaceDistance(p.bvh, q.bvh, Infinity, new Float64Array(6)) > CONTACT
}

/**
 * Deepest point of `of`'s surface (and of what lies inside it) within solid `into`, by branch and bound over triangles: the signed depth
 * changes no faster than the place, so a triangle of radius r about its centre c holds nothing deeper than depth(c) + r.
 */
function searchDepth(of: Piece, into: Piece): { depth: number; point: Point; foot: Point; estimated: boolean } | null {
  if (!into.solid) return null
  const foot = new Float64Array(3)
  let best = 0
  let at: Point = [0, 0, 0]
  let nearest: Point = [0, 0, 0]
  let evaluations = 0
  const depthAt = (x: number, y: number, z: number): number => {
    evaluations++
    const d = pointDistance(into.bvh, x, y, z, foot)
    if (d <= CONTACT || !isInside(into.bvh, x, y, z)) return -d
    if (d > best) {
      best = d
      at = [x, y, z]
      nearest = [foot[0], foot[1], foot[2]]
    }
    return d
  }
  const queue: Bounded[] = []
  const push = (t: number[]) => {
    const c = [0, 1, 2].map((k) => (t[k] + t[3 + k] + t[6 + k]) / 3)
    const r = Math.sqrt(Math.max(...[0, 3, 6].map((v) => (t[v] - c[0]) ** 2 + (t[v + 1] - c[1]) ** 2 + (t[v + 2] - c[2]) ** 2)))
    if (![0, 1, 2].every((k) => c[k] + r >= into.min[k] && c[k] - r <= into.max[k])) return
    const bound = depthAt(c[0], c[1], c[2]) + r
    if (bound > limit()) insert(queue, { bound, t })
  }
  const limit = () => best + Math.max(ACCURACY.absolute, ACCURACY.relative * best)
  const { triangles } = of.bvh
  for (let i = 0; i < triangles.length; i += 9) push(Array.from(triangles.subarray(i, i + 9)))
  // What lies inside of `of` can be deeper than its surface: climb from the deepest places found, while staying inside.
  climb(of, at, best, depthAt)
  while (queue.length > 0 && evaluations < ACCURACY.evaluations) {
    const { bound, t } = takeTop(queue)
    if (bound <= limit()) break
    const [ab, bc, ca] = [middle(t, 0, 3), middle(t, 3, 6), middle(t, 6, 0)]
    const [a, b, c] = [t.slice(0, 3), t.slice(3, 6), t.slice(6, 9)]
    for (const child of [
      [...a, ...ab, ...ca],
      [...ab, ...b, ...bc],
      [...ca, ...bc, ...c],
      [...ab, ...bc, ...ca],
    ])
      push(child)
  }
  climb(of, at, best, depthAt)
  const left = queue[0]?.bound ?? 0
  return best > 0 ? { depth: best, point: at, foot: nearest, estimated: left > limit() && evaluations >= ACCURACY.evaluations } : null
}

interface Bounded {
  readonly bound: number
  readonly t: number[]
}
/** A heap with the greatest bound at its top. */
function insert(heap: Bounded[], item: Bounded): void {
  let k = heap.length
  heap.push(item)
  while (k > 0) {
    const parent = (k - 1) >> 1
    if (heap[parent].bound >= item.bound) break
    heap[k] = heap[parent]
    k = parent
  }
  heap[k] = item
}
function takeTop(heap: Bounded[]): Bounded {
  const top = heap[0]
  const last = heap.pop() as Bounded
  if (heap.length === 0) return top
  let k = 0
  for (;;) {
    let child = 2 * k + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && heap[child + 1].bound > heap[child].bound) child++
    if (heap[child].bound <= last.bound) break
    heap[k] = heap[child]
    k = child
  }
  heap[k] = last
  return top
}

/** Walks away from the nearest surface in shrinking steps while the point stays in `of`. */
function climb(of: Piece, from: Point, depth: number, depthAt: (x: number, y: number, z: number) => number): void {
  if (depth <= 0 || !of.solid) return
  let here = from
  let best = depth
  const size = Math.max(...[0, 1, 2].map((c) => of.max[c] - of.min[c]))
  const directions = [
    [1, 0, 0],
    [-1, 0, 0],
    [0, 1, 0],
    [0, -1, 0],
    [0, 0, 1],
    [0, 0, -1],
  ]
  for (let step = size / 4; step > ACCURACY.absolute / 4; step /= 2)
    for (let again = true; again; ) {
      again = false
      for (const [dx, dy, dz] of directions) {
        const next: Point = [here[0] + dx * step, here[1] + dy * step, here[2] + dz * step]
        if (!isInside(of.bvh, ...next)) continue
        const d = depthAt(...next)
        if (d <= best + 1e-9) continue
        best = d
        here = next
        again = true
      }
    }
}

function middle(t: readonly number[], i: number, j: number): Point {
  return [(t[i] + t[j]) / 2, (t[i + 1] + t[j + 1]) / 2, (t[i + 2] + t[j + 2]) / 2]
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
