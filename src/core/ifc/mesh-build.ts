/** A shape being put together from points in double precision; buffers are used again for the next one. */
export interface MeshBuild {
  begin(): void
  /** Number of a point for `triangle` and `edge` [file's unit]. */
  point(x: number, y: number, z: number): number
  readonly x: (k: number) => number
  readonly y: (k: number) => number
  readonly z: (k: number) => number
  triangle(a: number, b: number, c: number): void
  /** A side of a face as the file gives it: where every side has an even number of faces, the body is closed. */
  edge(a: number, b: number): void
  readonly points: number
  /** Centred on the middle of its box, points at one place being one. Null where a point is no number or absurdly far from the middle. */
  finish(toMetre: number): Built | null
}
export interface Built {
  readonly positions: Float32Array
  readonly indices: Uint32Array
  readonly closed: boolean
  /** What was taken off all points [m]. */
  readonly middle: readonly [number, number, number]
}

/** Greatest distance of a point from the middle of its shape that is believed [m]. */
const FARTHEST = 1e6

export function makeMeshBuild(): MeshBuild {
  let points = new Float64Array(3 * 1024)
  let count = 0
  let corners = new Uint32Array(3 * 1024)
  let used = 0
  let sides = new Uint32Array(2 * 1024)
  let sideCount = 0
  let table = new Int32Array(0)
  let places = new Uint32Array(0)

  return {
    begin() {
      count = 0
      used = 0
      sideCount = 0
    },
    point(x, y, z) {
      const at = count * 3
      if (at + 3 > points.length) points = grown(points, new Float64Array(points.length * 2))
      points[at] = x
      points[at + 1] = y
      points[at + 2] = z
      return count++
    },
    x: (k) => points[k * 3],
    y: (k) => points[k * 3 + 1],
    z: (k) => points[k * 3 + 2],
    triangle(a, b, c) {
      if (used + 3 > corners.length) corners = grown(corners, new Uint32Array(corners.length * 2))
      corners[used] = a
      corners[used + 1] = b
      corners[used + 2] = c
      used += 3
    },
    edge(a, b) {
      if (sideCount + 2 > sides.length) sides = grown(sides, new Uint32Array(sides.length * 2))
      sides[sideCount] = a
      sides[sideCount + 1] = b
      sideCount += 2
    },
    get points() {
      return count
    },
    finish,
  }

  function finish(toMetre: number): Built | null {
    const middle = middleOf(toMetre)
    if (!middle) return null
    const positions = new Float32Array(count * 3)
    const bits = new Int32Array(positions.buffer)
    let size = 16
    while (size < count * 2) size *= 2
    if (table.length < size) table = new Int32Array(size)
    table.fill(-1, 0, size)
    if (places.length < count) places = new Uint32Array(count * 2)
    let kept = 0
    for (let k = 0; k < count; k++) {
      const at = kept * 3
      // Adding 0 makes −0 a 0, so that equal places have equal bits.
      positions[at] = points[k * 3] * toMetre - middle[0] + 0
      positions[at + 1] = points[k * 3 + 1] * toMetre - middle[1] + 0
      positions[at + 2] = points[k * 3 + 2] * toMetre - middle[2] + 0
      const [i, j, l] = [bits[at], bits[at + 1], bits[at + 2]]
      let slot = mixed(i, j, l) & (size - 1)
      while (table[slot] >= 0) {
        const other = table[slot] * 3
        if (bits[other] === i && bits[other + 1] === j && bits[other + 2] === l) break
        slot = (slot + 1) & (size - 1)
      }
      if (table[slot] < 0) table[slot] = kept++
      places[k] = table[slot]
    }
    const indices = new Uint32Array(used)
    let written = 0
    for (let t = 0; t < used; t += 3) {
      const a = places[corners[t]]
      const b = places[corners[t + 1]]
      const c = places[corners[t + 2]]
      if (a === b || b === c || c === a) continue
      indices[written++] = a
      indices[written++] = b
      indices[written++] = c
    }
    return {
      positions: kept === count ? positions : positions.slice(0, kept * 3),
      indices: written === used ? indices : indices.slice(0, written),
      closed: written > 0 && (sideCount > 0 ? evenEdges(sides, sideCount, 2, places) : evenEdges(indices, written, 3, null)),
      middle,
    }
  }

  function middleOf(toMetre: number): [number, number, number] | null {
    const middle: [number, number, number] = [0, 0, 0]
    if (count === 0) return middle
    for (let c = 0; c < 3; c++) {
      let min = Infinity
      let max = -Infinity
      for (let k = c; k < count * 3; k += 3) {
        const value = points[k]
        if (!(value - value === 0)) return null
        if (value < min) min = value
        if (value > max) max = value
      }
      if ((max - min) * toMetre > 2 * FARTHEST) return null
      middle[c] = ((min + max) / 2) * toMetre
    }
    return middle
  }
}

/**
 * Whether every edge occurs an even number of times: the exclusive or of a 64-bit hash of all of them is then 0, and otherwise is not, but for
 * one case in 2⁶⁴.
 */
export function evenEdges(corners: Uint32Array, count: number, sides: 2 | 3, places: Uint32Array | null): boolean {
  let low = 0
  let high = 0
  for (let t = 0; t < count; t += sides)
    for (let k = 0; k < (sides === 2 ? 1 : 3); k++) {
      let a = corners[t + k]
      let b = corners[t + (k + 1 === sides ? 0 : k + 1)]
      if (places) {
        a = places[a]
        b = places[b]
      }
      if (a === b) continue
      const first = a < b ? a : b
      const second = a < b ? b : a
      low ^= mixed(first, second, 0x9e3779b9)
      high ^= mixed(second, first, 0x51ed270b)
    }
  return low === 0 && high === 0
}

/** Three words to one (Murmur3's steps and end). */
function mixed(a: number, b: number, c: number): number {
  let h = Math.imul(a, 0xcc9e2d51)
  h = Math.imul((h << 15) | (h >>> 17), 0x1b873593)
  let k = Math.imul(b, 0xcc9e2d51)
  k = Math.imul((k << 15) | (k >>> 17), 0x1b873593)
  h = (Math.imul(((h ^ k) << 13) | ((h ^ k) >>> 19), 5) + 0xe6546b64) | 0
  k = Math.imul(c, 0xcc9e2d51)
  k = Math.imul((k << 15) | (k >>> 17), 0x1b873593)
  h ^= k
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

function grown<T extends Float64Array | Uint32Array>(from: T, to: T): T {
  to.set(from)
  return to
}
