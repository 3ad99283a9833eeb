import { type Bvh, outside2 } from './bvh.ts'
import { crossTriangles, distanceTriangles } from './triangle.ts'

/** Pairs of nodes still to visit, and how far their boxes are apart². */
let nodes = new Int32Array(4096)
let apart = new Float64Array(2048)

function apart2(a: Float64Array, i: number, b: Float64Array, j: number): number {
  return outside2(a[i] - b[j + 3], b[j] - a[i + 3]) + outside2(a[i + 1] - b[j + 4], b[j + 1] - a[i + 4]) + outside2(a[i + 2] - b[j + 5], b[j + 2] - a[i + 5])
}

function boxesMeet(a: Float64Array, i: number, b: Float64Array, j: number): boolean {
  return a[i] <= b[j + 3] && b[j] <= a[i + 3] && a[i + 1] <= b[j + 4] && b[j + 1] <= a[i + 4] && a[i + 2] <= b[j + 5] && b[j + 2] <= a[i + 5]
}

function size(boxes: Float64Array, i: number): number {
  return boxes[i + 3] - boxes[i] + (boxes[i + 4] - boxes[i + 1]) + (boxes[i + 5] - boxes[i + 2])
}

/** Makes room for two more pairs. */
function grow(top: number): void {
  if (top + 2 <= apart.length) return
  const [more, farther] = [new Int32Array(4 * apart.length), new Float64Array(2 * apart.length)]
  more.set(nodes)
  farther.set(apart)
  nodes = more
  apart = farther
}

/** Least distance of two surfaces [m], at most `cutoff` (else Infinity). 0 where triangles cross or touch. `pair` gets the closest points. */
export function surfaceDistance(a: Bvh, b: Bvh, cutoff: number, pair: Float64Array): number {
  let best = cutoff * cutoff + 1e-30
  let found = false
  let top = 0
  nodes[0] = nodes[1] = 0
  apart[top++] = apart2(a.boxes, 0, b.boxes, 0)
  while (top > 0) {
    top--
    if (apart[top] >= best) continue
    const i = nodes[2 * top]
    const j = nodes[2 * top + 1]
    const [countA, countB] = [a.count[i], b.count[j]]
    if (countA > 0 && countB > 0) {
      const [firstA, firstB] = [a.first[i], b.first[j]]
      for (let s = firstA; s < firstA + countA; s++)
        for (let t = firstB; t < firstB + countB; t++) {
          const d = distanceTriangles(a.triangles, 9 * s, b.triangles, 9 * t, best, pair)
          if (d < best) {
            best = d
            found = true
            if (best === 0) return 0
          }
        }
      continue
    }
    grow(top)
    const splitA = countB > 0 || (countA === 0 && size(a.boxes, 6 * i) >= size(b.boxes, 6 * j))
    const [i0, j0] = splitA ? [a.first[i], j] : [i, b.first[j]]
    const [i1, j1] = splitA ? [i0 + 1, j] : [i, j0 + 1]
    const d0 = apart2(a.boxes, 6 * i0, b.boxes, 6 * j0)
    const d1 = apart2(a.boxes, 6 * i1, b.boxes, 6 * j1)
    const nearFirst = d0 <= d1
    // The nearer pair is put last and so taken first.
    top = put(top, nearFirst ? i1 : i0, nearFirst ? j1 : j0, nearFirst ? d1 : d0, best)
    top = put(top, nearFirst ? i0 : i1, nearFirst ? j0 : j1, nearFirst ? d0 : d1, best)
  }
  return found ? Math.sqrt(best) : Infinity
}
function put(top: number, i: number, j: number, d: number, best: number): number {
  if (d >= best) return top
  nodes[2 * top] = i
  nodes[2 * top + 1] = j
  apart[top] = d
  return top + 1
}

/** Visits the pairs of triangles that properly cross, with the points where they do; ends where `visit` says so. */
function crossings(a: Bvh, b: Bvh, points: Float64Array, visit: (count: number) => boolean): void {
  let top = 0
  nodes[0] = nodes[1] = 0
  if (boxesMeet(a.boxes, 0, b.boxes, 0)) top = 1
  while (top > 0) {
    top--
    const i = nodes[2 * top]
    const j = nodes[2 * top + 1]
    const [countA, countB] = [a.count[i], b.count[j]]
    if (countA > 0 && countB > 0) {
      const [firstA, firstB] = [a.first[i], b.first[j]]
      for (let s = firstA; s < firstA + countA; s++)
        for (let t = firstB; t < firstB + countB; t++) {
          const count = crossTriangles(a.triangles, 9 * s, b.triangles, 9 * t, points)
          if (count > 0 && visit(count)) return
        }
      continue
    }
    grow(top)
    const splitA = countB > 0 || (countA === 0 && size(a.boxes, 6 * i) >= size(b.boxes, 6 * j))
    for (let k = 0; k < 2; k++) {
      const [p, q] = splitA ? [a.first[i] + k, j] : [i, b.first[j] + k]
      if (!boxesMeet(a.boxes, 6 * p, b.boxes, 6 * q)) continue
      nodes[2 * top] = p
      nodes[2 * top + 1] = q
      top++
    }
  }
}

/** A point where the surfaces properly cross, written to `at`; false where they do not (they may still touch). */
export function crossingPoint(a: Bvh, b: Bvh, at: Float64Array): boolean {
  let found = false
  crossings(a, b, at, () => {
    found = true
    return true
  })
  return found
}

/** Segments (six numbers each) where two surfaces cross, at most `most` of them. */
export function crossingCurve(a: Bvh, b: Bvh, most: number): number[] {
  const curve: number[] = []
  const points = new Float64Array(6)
  crossings(a, b, points, (count) => {
    if (count === 2) curve.push(...points)
    return curve.length >= 6 * most
  })
  return curve
}
