/**
 * Triangles seen from above: what lies at a point, and where a line in plan passes over them. Exact linear interpolation in f64 with
 * + − × ÷ only; the order of the triangles does not matter.
 */
export interface Sheet {
  /** Triangles that have an area in plan: x, y, z of three corners each. */
  readonly flat: Float64Array
  /** Which body each flat triangle belongs to. */
  readonly owner: Int32Array
  /** Plan segments of upright triangles: ax, ay, bx, by each. */
  readonly upright: Float64Array
  readonly min: readonly [number, number, number]
  readonly max: readonly [number, number, number]
  readonly bins: Bins
}
interface Bins {
  readonly columns: number
  readonly rows: number
  readonly width: number
  readonly height: number
  readonly start: Int32Array
  readonly items: Int32Array
}

/** Steeper than this share of plan area to area counts as upright. */
const UPRIGHT = 1e-4
/** Tolerance of the inside test [m²]: a nanometre beside a metre-long edge. */
const INSIDE = 1e-9

export function makeSheet(triangles: Float64Array, owners: Int32Array | null = null): Sheet {
  const count = triangles.length / 9
  const flat: number[] = []
  const owner: number[] = []
  const upright: number[] = []
  const min: [number, number, number] = [Infinity, Infinity, Infinity]
  const max: [number, number, number] = [-Infinity, -Infinity, -Infinity]
  for (let t = 0; t < count; t++) {
    const p = triangles.subarray(t * 9, t * 9 + 9)
    for (let k = 0; k < 9; k++) {
      const axis = k % 3
      if (p[k] < min[axis]) min[axis] = p[k]
      if (p[k] > max[axis]) max[axis] = p[k]
    }
    const [ux, uy, uz] = [p[3] - p[0], p[4] - p[1], p[5] - p[2]]
    const [vx, vy, vz] = [p[6] - p[0], p[7] - p[1], p[8] - p[2]]
    const nx = uy * vz - uz * vy
    const ny = uz * vx - ux * vz
    const nz = ux * vy - uy * vx
    const area = Math.sqrt(nx * nx + ny * ny + nz * nz)
    if (!(area > 0)) continue
    if (Math.abs(nz) > UPRIGHT * area) {
      for (let k = 0; k < 9; k++) flat.push(p[k])
      owner.push(owners ? owners[t] : 0)
    } else upright.push(...longestInPlan(p))
  }
  const sheet = { flat: Float64Array.from(flat), owner: Int32Array.from(owner), upright: Float64Array.from(upright), min, max }
  return { ...sheet, bins: fillBins(sheet.flat, min, max) }
}

/** Level of the highest surface at (x, y), NaN where there is none. */
export function highest(sheet: Sheet, x: number, y: number): number {
  const top = highestTriangle(sheet, x, y)
  return top < 0 ? Number.NaN : levelOn(sheet.flat, top, x, y)
}

/** The flat triangle with the highest surface at (x, y), −1 for none. */
export function highestTriangle(sheet: Sheet, x: number, y: number): number {
  let found = -1
  let level = -Infinity
  const bin = binAt(sheet, x, y)
  if (bin < 0) return -1
  for (let k = sheet.bins.start[bin]; k < sheet.bins.start[bin + 1]; k++) {
    const triangle = sheet.bins.items[k]
    const z = levelOn(sheet.flat, triangle, x, y)
    if (z > level) {
      level = z
      found = triangle
    }
  }
  return found
}

/** Level of the lowest surface at (x, y), NaN where there is none. */
export function lowest(sheet: Sheet, x: number, y: number): number {
  const levels = levelsAt(sheet, x, y)
  return levels.length > 0 ? levels[0] : Number.NaN
}

/** All surfaces at (x, y), from below; those within a micrometre count once. */
export function levelsAt(sheet: Sheet, x: number, y: number): number[] {
  const bin = binAt(sheet, x, y)
  if (bin < 0) return []
  const levels: number[] = []
  for (let k = sheet.bins.start[bin]; k < sheet.bins.start[bin + 1]; k++) {
    const z = levelOn(sheet.flat, sheet.bins.items[k], x, y)
    if (!Number.isNaN(z)) levels.push(z)
  }
  levels.sort((a, b) => a - b)
  return levels.filter((z, k) => k === 0 || z - levels[k - 1] > 1e-6)
}

/** Where the line from a to b passes over the sheet, as disjoint spans of its parameter 0…1 in order. */
export function spansOver(sheet: Sheet, ax: number, ay: number, bx: number, by: number): [number, number][] {
  if (Math.min(ax, bx) > sheet.max[0] || Math.max(ax, bx) < sheet.min[0]) return []
  if (Math.min(ay, by) > sheet.max[1] || Math.max(ay, by) < sheet.min[1]) return []
  const found: [number, number][] = []
  for (const triangle of trianglesNear(sheet, ax, ay, bx, by)) {
    const span = clip(sheet.flat, triangle, ax, ay, bx, by)
    if (span) found.push(span)
  }
  return mergeSpans(found)
}

/** Disjoint spans in order; those that touch within 1e-7 become one. */
export function mergeSpans(spans: [number, number][]): [number, number][] {
  spans.sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const out: [number, number][] = []
  for (const [from, to] of spans) {
    const last = out[out.length - 1]
    if (last && from <= last[1] + 1e-7) {
      if (to > last[1]) last[1] = to
    } else out.push([from, to])
  }
  return out
}

/** z of the plane of a triangle at (x, y), NaN outside it. */
function levelOn(flat: Float64Array, triangle: number, x: number, y: number): number {
  const k = triangle * 9
  const [ax, ay, bx, by, cx, cy] = [flat[k], flat[k + 1], flat[k + 3], flat[k + 4], flat[k + 6], flat[k + 7]]
  let wa = (bx - x) * (cy - y) - (by - y) * (cx - x)
  let wb = (cx - x) * (ay - y) - (cy - y) * (ax - x)
  let wc = (ax - x) * (by - y) - (ay - y) * (bx - x)
  const sum = wa + wb + wc
  if (sum < 0) {
    wa = -wa
    wb = -wb
    wc = -wc
  }
  if (wa < -INSIDE || wb < -INSIDE || wc < -INSIDE) return Number.NaN
  return (wa * flat[k + 2] + wb * flat[k + 5] + wc * flat[k + 8]) / (sum < 0 ? -sum : sum)
}

function clip(flat: Float64Array, triangle: number, ax: number, ay: number, bx: number, by: number): [number, number] | null {
  const k = triangle * 9
  const turn = (flat[k + 3] - flat[k]) * (flat[k + 7] - flat[k + 1]) - (flat[k + 4] - flat[k + 1]) * (flat[k + 6] - flat[k]) < 0 ? -1 : 1
  let from = 0
  let to = 1
  for (let e = 0; e < 3; e++) {
    const i = k + 3 * e
    const j = k + 3 * ((e + 1) % 3)
    const [px, py, dx, dy] = [flat[i], flat[i + 1], flat[j] - flat[i], flat[j + 1] - flat[i + 1]]
    const atA = turn * (dx * (ay - py) - dy * (ax - px))
    const atB = turn * (dx * (by - py) - dy * (bx - px))
    if (atA < 0 && atB < 0) return null
    if (atA < 0) {
      const t = atA / (atA - atB)
      if (t > from) from = t
    } else if (atB < 0) {
      const t = atA / (atA - atB)
      if (t < to) to = t
    }
  }
  return to - from > 1e-9 ? [from, to] : null
}

function longestInPlan(p: Float64Array): [number, number, number, number] {
  let best: [number, number, number, number] = [p[0], p[1], p[3], p[4]]
  let length = -1
  for (let e = 0; e < 3; e++) {
    const i = 3 * e
    const j = 3 * ((e + 1) % 3)
    const dx = p[j] - p[i]
    const dy = p[j + 1] - p[i + 1]
    if (dx * dx + dy * dy > length) {
      length = dx * dx + dy * dy
      best = [p[i], p[i + 1], p[j], p[j + 1]]
    }
  }
  return best
}

function fillBins(flat: Float64Array, min: readonly number[], max: readonly number[]): Bins {
  const count = flat.length / 9
  const [spanX, spanY] = [max[0] - min[0], max[1] - min[1]]
  const size = count > 0 && spanX > 0 && spanY > 0 ? Math.sqrt((spanX * spanY) / count) * 1.5 : 1
  const columns = count > 0 ? clampCount(spanX / size) : 1
  const rows = count > 0 ? clampCount(spanY / size) : 1
  const bins = { columns, rows, width: spanX > 0 ? spanX / columns : 1, height: spanY > 0 ? spanY / rows : 1 }
  const start = new Int32Array(columns * rows + 1)
  const each = (visit: (bin: number, triangle: number) => void) => {
    for (let t = 0; t < count; t++) {
      const k = t * 9
      const [west, east] = [min3(flat[k], flat[k + 3], flat[k + 6]), max3(flat[k], flat[k + 3], flat[k + 6])]
      const [south, north] = [min3(flat[k + 1], flat[k + 4], flat[k + 7]), max3(flat[k + 1], flat[k + 4], flat[k + 7])]
      const [c0, c1] = [binOf(west - 1e-9, min[0], bins.width, columns), binOf(east + 1e-9, min[0], bins.width, columns)]
      const [r0, r1] = [binOf(south - 1e-9, min[1], bins.height, rows), binOf(north + 1e-9, min[1], bins.height, rows)]
      for (let r = r0; r <= r1; r++) for (let c = c0; c <= c1; c++) visit(r * columns + c, t)
    }
  }
  each((bin) => {
    start[bin + 1]++
  })
  for (let b = 0; b < columns * rows; b++) start[b + 1] += start[b]
  const items = new Int32Array(start[columns * rows])
  const next = start.slice()
  each((bin, triangle) => {
    items[next[bin]++] = triangle
  })
  return { ...bins, start, items }
}

function binAt({ bins, min, max }: Sheet, x: number, y: number): number {
  if (x < min[0] - 1e-9 || x > max[0] + 1e-9 || y < min[1] - 1e-9 || y > max[1] + 1e-9) return -1
  return binOf(y, min[1], bins.height, bins.rows) * bins.columns + binOf(x, min[0], bins.width, bins.columns)
}

function trianglesNear({ bins, min }: Sheet, ax: number, ay: number, bx: number, by: number): number[] {
  const [c0, c1] = [binOf(Math.min(ax, bx), min[0], bins.width, bins.columns), binOf(Math.max(ax, bx), min[0], bins.width, bins.columns)]
  const [r0, r1] = [binOf(Math.min(ay, by), min[1], bins.height, bins.rows), binOf(Math.max(ay, by), min[1], bins.height, bins.rows)]
  const found: number[] = []
  for (let r = r0; r <= r1; r++)
    for (let c = c0; c <= c1; c++) {
      const bin = r * bins.columns + c
      for (let k = bins.start[bin]; k < bins.start[bin + 1]; k++) found.push(bins.items[k])
    }
  return found
}

function binOf(value: number, from: number, size: number, count: number): number {
  const bin = Math.floor((value - from) / size)
  return bin < 0 ? 0 : bin >= count ? count - 1 : bin
}
function clampCount(value: number): number {
  const count = Math.ceil(value)
  return count < 1 ? 1 : Math.min(count, 1024)
}
function min3(a: number, b: number, c: number): number {
  return a < b ? Math.min(a, c) : Math.min(b, c)
}
function max3(a: number, b: number, c: number): number {
  return a > b ? Math.max(a, c) : Math.max(b, c)
}
