import { closestOnTriangle, crossTriangles, distanceTriangles, foot } from './triangle.ts'

/** A flat tree of boxes over triangles: node k has box 6k…, and either children `left`, `left + 1` or the triangles order[first…first+count). */
export interface Bvh {
  readonly triangles: Float64Array
  readonly boxes: Float64Array
  readonly first: Int32Array
  readonly count: Int32Array
  readonly order: Int32Array
}
const LEAF = 4

export function buildBvh(triangles: Float64Array): Bvh {
  const n = triangles.length / 9
  const order = Int32Array.from({ length: n }, (_, k) => k)
  const centres = new Float64Array(3 * n)
  for (let k = 0; k < n; k++) for (let c = 0; c < 3; c++) centres[3 * k + c] = (triangles[9 * k + c] + triangles[9 * k + 3 + c] + triangles[9 * k + 6 + c]) / 3
  const nodes = Math.max(1, 2 * n)
  const boxes = new Float64Array(6 * nodes)
  const first = new Int32Array(nodes)
  const count = new Int32Array(nodes)
  let used = 1
  const stack: [number, number, number][] = [[0, 0, n]]
  while (stack.length > 0) {
    const [node, from, to] = stack.pop() as [number, number, number]
    const b = 6 * node
    for (let c = 0; c < 3; c++) {
      boxes[b + c] = Infinity
      boxes[b + 3 + c] = -Infinity
    }
    for (let k = from; k < to; k++)
      for (let v = 0; v < 9; v++) {
        const x = triangles[9 * order[k] + v]
        const c = v % 3
        if (x < boxes[b + c]) boxes[b + c] = x
        if (x > boxes[b + 3 + c]) boxes[b + 3 + c] = x
      }
    first[node] = from
    if (to - from <= LEAF) {
      count[node] = to - from
      continue
    }
    const size = [boxes[b + 3] - boxes[b], boxes[b + 4] - boxes[b + 1], boxes[b + 5] - boxes[b + 2]]
    const axis = size[0] >= size[1] && size[0] >= size[2] ? 0 : size[1] >= size[2] ? 1 : 2
    // Sorted by centre and, for equal centres, by number: the tree does not depend on the engine's sort.
    const part = Array.from(order.subarray(from, to)).sort((p, q) => centres[3 * p + axis] - centres[3 * q + axis] || p - q)
    order.set(part, from)
    const middle = (from + to) >> 1
    first[node] = used
    count[node] = 0
    stack.push([used, from, middle], [used + 1, middle, to])
    used += 2
  }
  return { triangles, boxes, first, count, order }
}

function apart2(a: Float64Array, i: number, b: Float64Array, j: number): number {
  let sum = 0
  for (let c = 0; c < 3; c++) {
    const d = a[i + c] - b[j + 3 + c] > b[j + c] - a[i + 3 + c] ? a[i + c] - b[j + 3 + c] : b[j + c] - a[i + 3 + c]
    if (d > 0) sum += d * d
  }
  return sum
}

/**
 * Least distance of two surfaces [m], at most `cutoff` (else Infinity). 0 where triangles cross or touch. `pair` gets the closest points.
 */
export function surfaceDistance(a: Bvh, b: Bvh, cutoff: number, pair: Float64Array): number {
  let best = cutoff * cutoff + 1e-30
  let found = false
  const points = new Float64Array(6)
  const stack: number[] = [0, 0]
  while (stack.length > 0) {
    const j = stack.pop() as number
    const i = stack.pop() as number
    if (apart2(a.boxes, 6 * i, b.boxes, 6 * j) >= best) continue
    const leafA = a.count[i] > 0
    const leafB = b.count[j] > 0
    if (leafA && leafB) {
      for (let k = 0; k < a.count[i]; k++)
        for (let l = 0; l < b.count[j]; l++) {
          const s = 9 * a.order[a.first[i] + k]
          const t = 9 * b.order[b.first[j] + l]
          if (crossTriangles(a.triangles, s, b.triangles, t, points) > 0) {
            for (let c = 0; c < 3; c++) pair[c] = pair[3 + c] = points[c]
            return 0
          }
          const d = distanceTriangles(a.triangles, s, b.triangles, t, best, pair)
          if (d < best) {
            best = d
            found = true
            if (best === 0) return 0
          }
        }
      continue
    }
    const splitA = leafB || (!leafA && volume(a.boxes, 6 * i) >= volume(b.boxes, 6 * j))
    const [near, far] = splitA
      ? [
          [a.first[i], j],
          [a.first[i] + 1, j],
        ]
      : [
          [i, b.first[j]],
          [i, b.first[j] + 1],
        ]
    const swap = apart2(a.boxes, 6 * near[0], b.boxes, 6 * near[1]) > apart2(a.boxes, 6 * far[0], b.boxes, 6 * far[1])
    stack.push(...(swap ? near : far), ...(swap ? far : near))
  }
  return found ? Math.sqrt(best) : Infinity
}
function volume(boxes: Float64Array, i: number): number {
  return boxes[i + 3] - boxes[i] + (boxes[i + 4] - boxes[i + 1]) + (boxes[i + 5] - boxes[i + 2])
}

/** Segments (six numbers each) where two surfaces cross, at most `most` of them. */
export function crossingCurve(a: Bvh, b: Bvh, most: number): number[] {
  const curve: number[] = []
  const points = new Float64Array(6)
  const stack: number[] = [0, 0]
  while (stack.length > 0 && curve.length < 6 * most) {
    const j = stack.pop() as number
    const i = stack.pop() as number
    if (apart2(a.boxes, 6 * i, b.boxes, 6 * j) > 0) continue
    if (a.count[i] > 0 && b.count[j] > 0) {
      for (let k = 0; k < a.count[i]; k++)
        for (let l = 0; l < b.count[j]; l++)
          if (crossTriangles(a.triangles, 9 * a.order[a.first[i] + k], b.triangles, 9 * b.order[b.first[j] + l], points) === 2) curve.push(...points)
    } else if (b.count[j] > 0 || (a.count[i] === 0 && volume(a.boxes, 6 * i) >= volume(b.boxes, 6 * j))) stack.push(a.first[i], j, a.first[i] + 1, j)
    else stack.push(i, b.first[j], i, b.first[j] + 1)
  }
  return curve
}

/** Distance from a point to a surface [m]; the nearest point is written to `nearest`. */
export function pointDistance(
  { triangles, boxes, first, count, order }: Bvh,
  x: number,
  y: number,
  z: number,
  nearest: Float64Array,
  cutoff = Infinity,
): number {
  let best = cutoff * cutoff
  const reach = (node: number) => {
    let sum = 0
    const b = 6 * node
    const p = [x, y, z]
    for (let c = 0; c < 3; c++) {
      const d = boxes[b + c] - p[c] > p[c] - boxes[b + 3 + c] ? boxes[b + c] - p[c] : p[c] - boxes[b + 3 + c]
      if (d > 0) sum += d * d
    }
    return sum
  }
  const stack = [0]
  while (stack.length > 0) {
    const node = stack.pop() as number
    if (reach(node) >= best) continue
    if (count[node] > 0) {
      for (let k = 0; k < count[node]; k++) {
        const d = closestOnTriangle(triangles, 9 * order[first[node] + k], x, y, z)
        if (d < best) {
          best = d
          nearest.set(foot)
        }
      }
      continue
    }
    const [l, r] = [first[node], first[node] + 1]
    if (reach(l) < reach(r)) stack.push(r, l)
    else stack.push(l, r)
  }
  return Math.sqrt(best)
}

/** Three directions without a round number among them, so that rays miss edges of buildings. */
const RAYS = [
  [0.5773, 0.2113, 0.7886],
  [-0.3511, 0.8642, 0.3601],
  [0.1237, -0.6419, 0.7567],
]

/** Is a point inside? Parity of crossings along three rays, by majority: works for inside-out and slightly torn shells. */
export function isInside(bvh: Bvh, x: number, y: number, z: number): boolean {
  let votes = 0
  for (const ray of RAYS) votes += parity(bvh, x, y, z, ray)
  return votes >= 2
}
/** Do all rays agree? A measure of how much a torn shell still bounds a solid. */
export function raysAgree(bvh: Bvh, x: number, y: number, z: number): boolean {
  const votes = RAYS.map((ray) => parity(bvh, x, y, z, ray))
  return votes.every((vote) => vote === votes[0])
}

function parity({ triangles, boxes, first, count, order }: Bvh, x: number, y: number, z: number, [dx, dy, dz]: readonly number[]): number {
  let hits = 0
  const stack = [0]
  const o = [x, y, z]
  const d = [dx, dy, dz]
  while (stack.length > 0) {
    const node = stack.pop() as number
    let [near, far] = [0, Infinity]
    for (let c = 0; c < 3; c++) {
      const one = (boxes[6 * node + c] - o[c]) / d[c]
      const two = (boxes[6 * node + 3 + c] - o[c]) / d[c]
      near = Math.max(near, Math.min(one, two) - 1e-9)
      far = Math.min(far, Math.max(one, two) + 1e-9)
    }
    if (near > far) continue
    if (count[node] === 0) {
      stack.push(first[node], first[node] + 1)
      continue
    }
    for (let k = 0; k < count[node]; k++) if (rayHits(triangles, 9 * order[first[node] + k], x, y, z, dx, dy, dz)) hits++
  }
  return hits & 1
}

/** Möller–Trumbore. */
function rayHits(t: Float64Array, i: number, x: number, y: number, z: number, dx: number, dy: number, dz: number): boolean {
  const [e1x, e1y, e1z] = [t[i + 3] - t[i], t[i + 4] - t[i + 1], t[i + 5] - t[i + 2]]
  const [e2x, e2y, e2z] = [t[i + 6] - t[i], t[i + 7] - t[i + 1], t[i + 8] - t[i + 2]]
  const [px, py, pz] = [dy * e2z - dz * e2y, dz * e2x - dx * e2z, dx * e2y - dy * e2x]
  const det = e1x * px + e1y * py + e1z * pz
  if (det === 0) return false
  const [tx, ty, tz] = [x - t[i], y - t[i + 1], z - t[i + 2]]
  const u = (tx * px + ty * py + tz * pz) / det
  if (u < 0 || u > 1) return false
  const [qx, qy, qz] = [ty * e1z - tz * e1y, tz * e1x - tx * e1z, tx * e1y - ty * e1x]
  const v = (dx * qx + dy * qy + dz * qz) / det
  if (v < 0 || u + v > 1) return false
  return (e2x * qx + e2y * qy + e2z * qz) / det > 0
}
