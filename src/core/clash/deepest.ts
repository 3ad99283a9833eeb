import type { Piece } from './body.ts'
import { type Bvh, hit, isInside, nearest, nearestTriangle } from './bvh.ts'
import { polish } from './polish.ts'
import { closestOnTriangle } from './triangle.ts'

/** A place in one solid, how far below the surface of the other it lies [m], and the nearest point of that surface. */
export interface Deepest {
  readonly depth: number
  readonly point: readonly [number, number, number]
  readonly foot: readonly [number, number, number]
  /** The search ended at its budget: a place deeper by more than `CLOSE` may exist. */
  readonly estimated: boolean
}

/** How much deeper, as a share, a place may be that the search does not look for. What it reports is then pushed to the exact maximum nearby. */
const CLOSE = 0.001
/** Distances evaluated before a search gives up being sure. */
const BUDGET = { surface: 8_000, inside: 4_000 }

/**
 * Deepest point of solid `of` within solid `into`, by branch and bound. The bound of a cell: the distance to any one triangle of `into`, and
 * every mix λ d₁ + (1 − λ) d₂ of two such distances, is a convex function that is nowhere less than the depth, so that its greatest value at
 * the cell's corners holds for the whole cell. Two opposite faces of a slab give its half thickness at once.
 * First over the surface of `of`, then over its inside. Null where nothing lies deeper than `above` [m].
 */
export function deepestIn(of: Piece, into: Piece, above: number): Deepest | null {
  if (!into.solid) return null
  const best: Best = { depth: above, point: [0, 0, 0], foot: [0, 0, 0], found: false, evaluations: 0, into: into.bvh }
  let sure = searchSurface(of, into, best)
  if (of.solid) sure = searchInside(of, into, best) && sure
  return best.found ? { depth: best.depth, point: best.point, foot: best.foot, estimated: !sure } : null
}

interface Best {
  depth: number
  point: [number, number, number]
  foot: [number, number, number]
  found: boolean
  evaluations: number
  readonly into: Bvh
}

/** Distance of a place to the surface of `into`, and whether it lies inside where that was asked. */
interface Corner {
  readonly x: number
  readonly y: number
  readonly z: number
  readonly d: number
  readonly triangle: number
  /** Known to be outside. */
  readonly outside: boolean
}

/** Evaluates a place of `of`: `feasible` says whether it belongs to `of`. A better place is kept. */
function look(best: Best, x: number, y: number, z: number, hint: number, feasible: (() => boolean) | null): Corner {
  best.evaluations++
  const d = Math.sqrt(nearestTriangle(best.into, x, y, z, hint))
  const { triangle } = hit
  let outside = false
  if (d > best.depth) {
    const [fx, fy, fz] = nearest
    outside = !isInside(best.into, x, y, z)
    if (!outside && (feasible === null || feasible())) {
      best.depth = d
      best.point = [x, y, z]
      best.foot = [fx, fy, fz]
      best.found = true
    }
  }
  return { x, y, z, d, triangle, outside }
}

interface Face {
  readonly bound: number
  readonly corners: readonly [Corner, Corner, Corner]
  /** Triangles of `into` that bounded the face it came from. */
  readonly near: readonly number[]
}

function searchSurface(of: Piece, into: Piece, best: Best): boolean {
  const heap: Face[] = []
  const box = into.bvh.boxes
  const add = (corners: readonly [Corner, Corner, Corner], inherited: readonly number[]): void => {
    for (let k = 0; k < 3; k++) {
      const c = corners[k]
      if (c.outside && c.d >= Math.max(between(c, corners[(k + 1) % 3]), between(c, corners[(k + 2) % 3]))) return
    }
    const near = merge([corners[0].triangle, corners[1].triangle, corners[2].triangle], inherited)
    for (let k = 0; k < 3; k++) put(k, corners[k].x, corners[k].y, corners[k].z)
    const bound = boundOf(into.bvh, 3, near, limitOf(best))
    if (bound > limitOf(best)) insert(heap, { bound, corners, near })
  }
  for (const t of trianglesIn(of.bvh, box)) {
    const polygon = clip(of.bvh.triangles, 9 * t, box)
    if (polygon.length < 9) continue
    const corners: Corner[] = []
    for (let k = 0; k < polygon.length; k += 3) corners.push(look(best, polygon[k], polygon[k + 1], polygon[k + 2], corners[0]?.triangle ?? -1, null))
    for (let k = 1; k + 1 < corners.length; k++) add([corners[0], corners[k], corners[k + 1]], [])
  }
  const push = (): void => {
    if (best.found) polish(of, into, best, true)
  }
  push()
  let polished = best.depth
  let sure = true
  while (heap.length > 0) {
    const face = takeTop(heap)
    if (face.bound <= limitOf(best)) break
    if (best.evaluations > BUDGET.surface) {
      sure = false
      break
    }
    const [a, b, c] = face.corners
    const [ab, bc, ca] = [between(a, b), between(b, c), between(c, a)]
    const [p, q, r] = ab >= bc && ab >= ca ? [a, b, c] : bc >= ca ? [b, c, a] : [c, a, b]
    const m = look(best, (p.x + q.x) / 2, (p.y + q.y) / 2, (p.z + q.z) / 2, p.triangle, null)
    if (best.depth > polished * (1 + CLOSE)) {
      push()
      polished = best.depth
    }
    add([p, m, r], face.near)
    add([m, q, r], face.near)
  }
  push()
  return sure
}

interface Cell {
  readonly bound: number
  /** Lower and upper corner. */
  readonly box: readonly number[]
  readonly near: readonly number[]
}

function searchInside(of: Piece, into: Piece, best: Best): boolean {
  const heap: Cell[] = []
  const limit = best.evaluations + BUDGET.inside
  const add = (box: readonly number[], inherited: readonly number[]): void => {
    const [x, y, z] = [(box[0] + box[3]) / 2, (box[1] + box[4]) / 2, (box[2] + box[5]) / 2]
    const radius = Math.sqrt((box[3] - box[0]) ** 2 + (box[4] - box[1]) ** 2 + (box[5] - box[2]) ** 2) / 2
    const middle = look(best, x, y, z, inherited[0] ?? -1, () => isInside(of.bvh, x, y, z))
    if (middle.d > radius && (middle.outside || !isInside(into.bvh, x, y, z))) return
    if (middle.d + radius <= limitOf(best)) return
    const near = merge([middle.triangle], inherited)
    for (let k = 0; k < 8; k++) put(k, box[k & 1 ? 3 : 0], box[k & 2 ? 4 : 1], box[k & 4 ? 5 : 2])
    const bound = Math.min(boundOf(into.bvh, 8, near, limitOf(best)), middle.d + radius)
    if (bound <= limitOf(best)) return
    // Cells without a point of `of` hold nothing.
    if (Math.sqrt(nearestTriangle(of.bvh, x, y, z, -1)) > radius && !isInside(of.bvh, x, y, z)) return
    insert(heap, { bound, box, near })
  }
  const box = [0, 1, 2].map((c) => Math.max(of.min[c], into.min[c])).concat([0, 1, 2].map((c) => Math.min(of.max[c], into.max[c])))
  add(box, [])
  const before = best.depth
  let sure = true
  while (heap.length > 0) {
    const cell = takeTop(heap)
    if (cell.bound <= limitOf(best)) break
    if (best.evaluations > limit) {
      sure = false
      tryEdges(of, into, best)
      break
    }
    const size = [0, 1, 2].map((c) => cell.box[3 + c] - cell.box[c])
    const axis = size[0] >= size[1] && size[0] >= size[2] ? 0 : size[1] >= size[2] ? 1 : 2
    const middle = (cell.box[axis] + cell.box[3 + axis]) / 2
    const [low, high] = [[...cell.box], [...cell.box]]
    low[3 + axis] = middle
    high[axis] = middle
    add(low, cell.near)
    add(high, cell.near)
  }
  if (best.found && best.depth > before) polish(of, into, best, false)
  return sure
}
/** Places tried one by one where there are too many cells to be sure. */
const TRIES = 96

/**
 * Thin walls have flat ridges, from which a climb does not see that a wall is thicker at its corners: tries places as deep as the best below
 * the middles of edges.
 */
function tryEdges(of: Piece, into: Piece, best: Best): void {
  const t = into.bvh.triangles
  const near = trianglesIn(into.bvh, Float64Array.from([...of.min, ...of.max]))
  const every = Math.max(1, Math.floor((3 * near.length) / TRIES))
  for (let k = 0; k < 3 * near.length; k += every) {
    const i = 9 * near[Math.floor(k / 3)]
    const [p, q] = [i + 3 * (k % 3), i + 3 * ((k + 1) % 3)]
    const [ux, uy, uz] = [t[i + 3] - t[i], t[i + 4] - t[i + 1], t[i + 5] - t[i + 2]]
    const [vx, vy, vz] = [t[i + 6] - t[i], t[i + 7] - t[i + 1], t[i + 8] - t[i + 2]]
    const normal = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx]
    const size = Math.sqrt(normal[0] ** 2 + normal[1] ** 2 + normal[2] ** 2)
    if (!(size > 0)) continue
    for (const side of [-1, 1]) {
      const at = [0, 1, 2].map((c) => (t[p + c] + t[q + c]) / 2 + (side * best.depth * normal[c]) / size) as [number, number, number]
      if (!isInside(into.bvh, ...at) || !isInside(of.bvh, ...at)) continue
      const depth = Math.sqrt(nearestTriangle(into.bvh, ...at, -1))
      const place = { depth, point: at, foot: [nearest[0], nearest[1], nearest[2]] as [number, number, number], evaluations: 0 }
      polish(of, into, place, false)
      if (place.depth <= best.depth) continue
      best.depth = place.depth
      best.point = place.point
      best.foot = place.foot
      best.found = true
    }
  }
}

function put(k: number, x: number, y: number, z: number): void {
  corner[3 * k] = x
  corner[3 * k + 1] = y
  corner[3 * k + 2] = z
}

function limitOf(best: Best): number {
  return best.depth * (1 + CLOSE) + 1e-7
}

function between(p: Corner, q: Corner): number {
  return Math.sqrt((p.x - q.x) ** 2 + (p.y - q.y) ** 2 + (p.z - q.z) ** 2)
}

/** Witnesses kept a cell. */
const KEPT = 5
function merge(own: readonly number[], inherited: readonly number[]): number[] {
  const out: number[] = []
  for (const t of own) if (!out.includes(t)) out.push(t)
  for (const t of inherited) if (out.length < KEPT && !out.includes(t)) out.push(t)
  return out
}

/** Corners of the cell in question, three numbers each, and their distances to each witness. */
const corner = new Float64Array(24)
const table = new Float64Array(8 * (KEPT + 3))

/** The least over the witnesses, and over mixes of two, of the greatest value at the first `n` of `corner`. Stops below `enough`. */
function boundOf(into: Bvh, n: number, near: readonly number[], enough: number): number {
  let least = Infinity
  for (let w = 0; w < near.length; w++) {
    let most = 0
    for (let k = 0; k < n; k++) {
      const d = Math.sqrt(closestOnTriangle(into.triangles, 9 * near[w], corner[3 * k], corner[3 * k + 1], corner[3 * k + 2]))
      table[8 * w + k] = d
      if (d > most) most = d
    }
    if (most < least) least = most
    if (least <= enough) return least
  }
  for (let v = 1; v < near.length; v++)
    for (let w = 0; w < v; w++) {
      const value = mixed(8 * v, 8 * w, n)
      if (value < least) least = value
      if (least <= enough) return least
    }
  return least
}

/** Least over λ of the greatest of λ p + (1 − λ) q at the corners: a convex function of λ, halved between its slopes. */
function mixed(v: number, w: number, n: number): number {
  let low = 0
  let high = 1
  let value = Infinity
  for (let turn = 0; turn < 12; turn++) {
    const mix = (low + high) / 2
    let most = -Infinity
    let slope = 0
    for (let k = 0; k < n; k++) {
      const d = mix * table[v + k] + (1 - mix) * table[w + k]
      if (d > most) {
        most = d
        slope = table[v + k] - table[w + k]
      }
    }
    if (most < value) value = most
    if (slope === 0) break
    if (slope > 0) high = mix
    else low = mix
  }
  return value
}

/** Triangles whose boxes meet a box. */
function trianglesIn({ boxes, first, count, triangles }: Bvh, box: Float64Array): number[] {
  const found: number[] = []
  const waiting = [0]
  const meets = (b: Float64Array, k: number) =>
    b[k] <= box[3] && b[k + 3] >= box[0] && b[k + 1] <= box[4] && b[k + 4] >= box[1] && b[k + 2] <= box[5] && b[k + 5] >= box[2]
  while (waiting.length > 0) {
    const node = waiting.pop() as number
    if (!meets(boxes, 6 * node)) continue
    if (count[node] === 0) waiting.push(first[node], first[node] + 1)
    else
      for (let t = first[node]; t < first[node] + count[node]; t++)
        if (
          [0, 1, 2].every((c) => {
            const [p, q, r] = [triangles[9 * t + c], triangles[9 * t + 3 + c], triangles[9 * t + 6 + c]]
            return Math.min(p, q, r) <= box[3 + c] && Math.max(p, q, r) >= box[c]
          })
        )
          found.push(t)
  }
  return found
}

/** The part of a triangle within a box, as corners of a convex polygon. */
function clip(t: Float64Array, i: number, box: Float64Array): number[] {
  let polygon = Array.from(t.subarray(i, i + 9))
  for (let c = 0; c < 3 && polygon.length > 0; c++)
    for (const [sign, at] of [
      [1, box[c]],
      [-1, box[3 + c]],
    ]) {
      const next: number[] = []
      for (let k = 0; k < polygon.length; k += 3) {
        const l = (k + 3) % polygon.length
        const [p, q] = [sign * (polygon[k + c] - at), sign * (polygon[l + c] - at)]
        if (p >= 0) next.push(polygon[k], polygon[k + 1], polygon[k + 2])
        if (p * q < 0) for (let e = 0; e < 3; e++) next.push(e === c ? at : polygon[k + e] + ((polygon[l + e] - polygon[k + e]) * p) / (p - q))
      }
      polygon = next
    }
  return polygon
}

/** A heap with the greatest bound at its top. */
function insert<T extends { readonly bound: number }>(heap: T[], item: T): void {
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
function takeTop<T extends { readonly bound: number }>(heap: T[]): T {
  const top = heap[0]
  const last = heap.pop() as T
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
