import { closestOnTriangle, foot } from './triangle.ts'

/** A flat tree of boxes over triangles: node k has box 6k…, and either children `first`, `first + 1` or `count` triangles from `first` on. */
export interface Bvh {
  /** Nine numbers a triangle, in the order of the leaves. */
  readonly triangles: Float64Array
  readonly boxes: Float64Array
  readonly first: Int32Array
  /** 0 for inner nodes. */
  readonly count: Int32Array
}
const LEAF = 2
/** Deep enough for 2³² triangles: halves are equal. */
const stack = new Int32Array(128)

export function buildBvh(soup: Float64Array): Bvh {
  const n = soup.length / 9
  const order = new Int32Array(n)
  const centres = new Float64Array(3 * n)
  for (let k = 0; k < n; k++) {
    order[k] = k
    for (let c = 0; c < 3; c++) centres[3 * k + c] = soup[9 * k + c] + soup[9 * k + 3 + c] + soup[9 * k + 6 + c]
  }
  // Leaves of one and two: at most two thirds as many leaves as triangles.
  const nodes = Math.ceil((4 * n) / 3) + 1
  const boxes = new Float64Array(6 * nodes)
  const first = new Int32Array(nodes)
  const count = new Int32Array(nodes)
  let used = 1
  const waiting = [0, 0, n]
  while (waiting.length > 0) {
    const to = waiting.pop() as number
    const from = waiting.pop() as number
    const node = waiting.pop() as number
    boxOfTriangles(soup, order, from, to, boxes, 6 * node)
    first[node] = from
    if (to - from <= LEAF) {
      count[node] = to - from
      continue
    }
    const b = 6 * node
    const [x, y, z] = [boxes[b + 3] - boxes[b], boxes[b + 4] - boxes[b + 1], boxes[b + 5] - boxes[b + 2]]
    const middle = (from + to) >> 1
    select(order, centres, x >= y && x >= z ? 0 : y >= z ? 1 : 2, from, to - 1, middle)
    first[node] = used
    waiting.push(used, from, middle, used + 1, middle, to)
    used += 2
  }
  const triangles = new Float64Array(soup.length)
  for (let k = 0; k < n; k++) for (let v = 0; v < 9; v++) triangles[9 * k + v] = soup[9 * order[k] + v]
  return { triangles, boxes, first, count }
}

function boxOfTriangles(soup: Float64Array, order: Int32Array, from: number, to: number, boxes: Float64Array, b: number): void {
  let [x0, y0, z0, x1, y1, z1] = [Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity]
  for (let k = from; k < to; k++)
    for (let v = 9 * order[k], end = v + 9; v < end; v += 3) {
      const x = soup[v]
      const y = soup[v + 1]
      const z = soup[v + 2]
      if (x < x0) x0 = x
      if (x > x1) x1 = x
      if (y < y0) y0 = y
      if (y > y1) y1 = y
      if (z < z0) z0 = z
      if (z > z1) z1 = z
    }
  boxes[b] = x0
  boxes[b + 1] = y0
  boxes[b + 2] = z0
  boxes[b + 3] = x1
  boxes[b + 4] = y1
  boxes[b + 5] = z1
}

/** Puts the `wanted`-th by centre in its place, smaller before, larger behind; equal centres are told apart by number. */
function select(order: Int32Array, centres: Float64Array, axis: number, low: number, high: number, wanted: number): void {
  while (low < high) {
    const pivot = order[(low + high) >> 1]
    const value = centres[3 * pivot + axis]
    let i = low
    let j = high
    while (i <= j) {
      while (before(order[i], value, pivot)) i++
      while (after(order[j], value, pivot)) j--
      if (i <= j) {
        const swap = order[i]
        order[i++] = order[j]
        order[j--] = swap
      }
    }
    if (wanted <= j) high = j
    else if (wanted >= i) low = i
    else return
  }
  function before(k: number, value: number, pivot: number): boolean {
    const c = centres[3 * k + axis]
    return c < value || (c === value && k < pivot)
  }
  function after(k: number, value: number, pivot: number): boolean {
    const c = centres[3 * k + axis]
    return c > value || (c === value && k > pivot)
  }
}

/** The point found by `nearestTriangle`. */
export const nearest = new Float64Array(3)

/** Distance² from a point to the surface, as far as it is less than `best`; leaves the nearest point in `nearest` and returns the triangle in `hit`. */
export function nearestTriangle({ triangles, boxes, first, count }: Bvh, x: number, y: number, z: number, hint: number): number {
  let best = Infinity
  let found = 0
  if (hint >= 0) {
    best = closestOnTriangle(triangles, 9 * hint, x, y, z)
    found = hint
    nearest[0] = foot[0]
    nearest[1] = foot[1]
    nearest[2] = foot[2]
  }
  let top = 0
  stack[top++] = 0
  while (top > 0) {
    const node = stack[--top]
    if (reach(boxes, 6 * node, x, y, z) >= best) continue
    const many = count[node]
    const at = first[node]
    if (many > 0) {
      for (let t = at; t < at + many; t++) {
        const d = closestOnTriangle(triangles, 9 * t, x, y, z)
        if (d < best) {
          best = d
          found = t
          nearest[0] = foot[0]
          nearest[1] = foot[1]
          nearest[2] = foot[2]
        }
      }
      continue
    }
    const l = reach(boxes, 6 * at, x, y, z)
    const r = reach(boxes, 6 * at + 6, x, y, z)
    if (l < r) {
      if (r < best) stack[top++] = at + 1
      stack[top++] = at
    } else {
      if (l < best) stack[top++] = at
      if (r < best) stack[top++] = at + 1
    }
  }
  hit.triangle = found
  return best
}
export const hit = { triangle: 0 }

function reach(boxes: Float64Array, b: number, x: number, y: number, z: number): number {
  return outside2(boxes[b] - x, x - boxes[b + 3]) + outside2(boxes[b + 1] - y, y - boxes[b + 4]) + outside2(boxes[b + 2] - z, z - boxes[b + 5])
}
/** Square of how far something is outside of a range, by how far it is below and above. */
export function outside2(below: number, above: number): number {
  const d = below > above ? below : above
  return d > 0 ? d * d : 0
}

/** Triangles within `radius` of a point, at most `most`, as their numbers. */
export function trianglesNear({ triangles, boxes, first, count }: Bvh, x: number, y: number, z: number, radius: number, most: number): number[] {
  const found: number[] = []
  const limit = radius * radius
  let top = 0
  stack[top++] = 0
  while (top > 0 && found.length < most) {
    const node = stack[--top]
    if (reach(boxes, 6 * node, x, y, z) > limit) continue
    if (count[node] === 0) {
      stack[top++] = first[node]
      stack[top++] = first[node] + 1
      continue
    }
    for (let t = first[node]; t < first[node] + count[node]; t++) if (closestOnTriangle(triangles, 9 * t, x, y, z) <= limit) found.push(t)
  }
  return found
}

/** Directions without a round number among them, so that rays miss edges of buildings. */
const RAYS = Float64Array.of(0.5773, 0.2113, 0.7886, -0.3511, 0.8642, 0.3601, 0.1237, -0.6419, 0.7567)

/** Is a point inside? Parity of crossings along rays, two of three: works for inside-out and slightly torn shells. */
export function isInside(bvh: Bvh, x: number, y: number, z: number): boolean {
  const { boxes } = bvh
  if (x < boxes[0] || y < boxes[1] || z < boxes[2] || x > boxes[3] || y > boxes[4] || z > boxes[5]) return false
  const one = parity(bvh, x, y, z, 0)
  return one === parity(bvh, x, y, z, 3) ? one === 1 : parity(bvh, x, y, z, 6) === 1
}
/** Do all rays agree? A measure of how much a torn shell still bounds a solid. */
export function raysAgree(bvh: Bvh, x: number, y: number, z: number): boolean {
  const one = parity(bvh, x, y, z, 0)
  return one === parity(bvh, x, y, z, 3) && one === parity(bvh, x, y, z, 6)
}

function parity({ triangles, boxes, first, count }: Bvh, x: number, y: number, z: number, ray: number): number {
  const dx = RAYS[ray]
  const dy = RAYS[ray + 1]
  const dz = RAYS[ray + 2]
  const ix = 1 / dx
  const iy = 1 / dy
  const iz = 1 / dz
  let hits = 0
  let top = 0
  stack[top++] = 0
  while (top > 0) {
    const node = stack[--top]
    const b = 6 * node
    let near = -1e-9
    let far = Infinity
    let p = (boxes[b] - x) * ix
    let q = (boxes[b + 3] - x) * ix
    if (p > q) {
      const swap = p
      p = q
      q = swap
    }
    if (p > near) near = p
    if (q < far) far = q
    p = (boxes[b + 1] - y) * iy
    q = (boxes[b + 4] - y) * iy
    if (p > q) {
      const swap = p
      p = q
      q = swap
    }
    if (p > near) near = p
    if (q < far) far = q
    p = (boxes[b + 2] - z) * iz
    q = (boxes[b + 5] - z) * iz
    if (p > q) {
      const swap = p
      p = q
      q = swap
    }
    if (p > near) near = p
    if (q < far) far = q
    if (near > far + 2e-9) continue
    const at = first[node]
    if (count[node] === 0) {
      stack[top++] = at
      stack[top++] = at + 1
      continue
    }
    for (let t = at; t < at + count[node]; t++) if (rayHits(triangles, 9 * t, x, y, z, dx, dy, dz)) hits++
  }
  return hits & 1
}

/** Möller–Trumbore. */
function rayHits(t: Float64Array, i: number, x: number, y: number, z: number, dx: number, dy: number, dz: number): boolean {
  const ax = t[i]
  const ay = t[i + 1]
  const az = t[i + 2]
  const e1x = t[i + 3] - ax
  const e1y = t[i + 4] - ay
  const e1z = t[i + 5] - az
  const e2x = t[i + 6] - ax
  const e2y = t[i + 7] - ay
  const e2z = t[i + 8] - az
  const px = dy * e2z - dz * e2y
  const py = dz * e2x - dx * e2z
  const pz = dx * e2y - dy * e2x
  const det = e1x * px + e1y * py + e1z * pz
  if (det === 0) return false
  const tx = x - ax
  const ty = y - ay
  const tz = z - az
  const u = (tx * px + ty * py + tz * pz) / det
  if (u < 0 || u > 1) return false
  const qx = ty * e1z - tz * e1y
  const qy = tz * e1x - tx * e1z
  const qz = tx * e1y - ty * e1x
  const v = (dx * qx + dy * qy + dz * qz) / det
  if (v < 0 || u + v > 1) return false
  return (e2x * qx + e2y * qy + e2z * qz) / det > 0
}
