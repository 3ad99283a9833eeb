import type { Shape } from '@/core/model'

/** A shape ready to draw: normals smooth over round surfaces and sharp over edges, and the edges that the eye reads a solid by. */
export interface DrawShape {
  readonly positions: Float32Array
  /** 4 per vertex (the last one pads), −127…127. */
  readonly normals: Int8Array
  readonly indices: Uint32Array
  /** Line segments, 6 numbers each. */
  readonly edges: Float32Array
}

/** Faces that meet at less than this are one surface (30°). */
const CREASE = Math.cos((30 * Math.PI) / 180)
/** Corners nearer than this are one [m]. */
const WELD = 1e-4
/** A vertex with more faces than this is the hub of a fan (a cap, a terrain): its faces keep their own normals. */
const HUB = 96

const prepared = new WeakMap<Shape, DrawShape>()

export function prepareShape(shape: Shape): DrawShape {
  let result = prepared.get(shape)
  if (!result) {
    result = build(shape)
    prepared.set(shape, result)
  }
  return result
}

function build({ positions, indices }: Shape): DrawShape {
  const weld = weldVertices(positions)
  const faces = indices.length / 3
  const unit = new Float32Array(faces * 3)
  const area = new Float32Array(faces)
  for (let f = 0; f < faces; f++) faceNormal(positions, indices, f, unit, area)

  const { start, corners } = cornersByVertex(indices, weld)
  const outIndex = new Uint32Array(indices.length)
  const outPosition: number[] = []
  const outNormal: number[] = []
  const made = new Map<number, number>()
  for (let k = 0; k < indices.length; k++) {
    const f = (k / 3) | 0
    const vertex = weld[indices[k]]
    const from = start[vertex]
    const to = start[vertex + 1]
    let x = unit[f * 3] * area[f]
    let y = unit[f * 3 + 1] * area[f]
    let z = unit[f * 3 + 2] * area[f]
    if (to - from <= HUB) {
      x = y = z = 0
      for (let c = from; c < to; c++) {
        const g = (corners[c] / 3) | 0
        const along = unit[f * 3] * unit[g * 3] + unit[f * 3 + 1] * unit[g * 3 + 1] + unit[f * 3 + 2] * unit[g * 3 + 2]
        if (along < CREASE) continue
        x += unit[g * 3] * area[g]
        y += unit[g * 3 + 1] * area[g]
        z += unit[g * 3 + 2] * area[g]
      }
    }
    const length = Math.hypot(x, y, z) || 1
    const nx = Math.round((x / length) * 127)
    const ny = Math.round((y / length) * 127)
    const nz = Math.round((z / length) * 127)
    const key = ((vertex * 256 + (nx + 128)) * 256 + (ny + 128)) * 256 + (nz + 128)
    let out = made.get(key)
    if (out === undefined) {
      out = outPosition.length / 3
      made.set(key, out)
      const p = indices[k] * 3
      outPosition.push(positions[p], positions[p + 1], positions[p + 2])
      outNormal.push(nx, ny, nz, 0)
    }
    outIndex[k] = out
  }
  return {
    positions: new Float32Array(outPosition),
    normals: new Int8Array(outNormal),
    indices: outIndex,
    edges: creaseEdges(positions, indices, weld, unit, area),
  }
}

function faceNormal(p: Float32Array, indices: Uint32Array, f: number, unit: Float32Array, area: Float32Array): void {
  const a = indices[f * 3] * 3
  const b = indices[f * 3 + 1] * 3
  const c = indices[f * 3 + 2] * 3
  const ux = p[b] - p[a]
  const uy = p[b + 1] - p[a + 1]
  const uz = p[b + 2] - p[a + 2]
  const vx = p[c] - p[a]
  const vy = p[c + 1] - p[a + 1]
  const vz = p[c + 2] - p[a + 2]
  const x = uy * vz - uz * vy
  const y = uz * vx - ux * vz
  const z = ux * vy - uy * vx
  const length = Math.hypot(x, y, z)
  area[f] = length
  if (length > 0) {
    unit[f * 3] = x / length
    unit[f * 3 + 1] = y / length
    unit[f * 3 + 2] = z / length
  }
}

/** For each vertex the first vertex at the same place. */
function weldVertices(positions: Float32Array): Uint32Array {
  const count = positions.length / 3
  const weld = new Uint32Array(count)
  const size = 1 << Math.ceil(Math.log2(Math.max(4, count * 2)))
  const table = new Int32Array(size).fill(-1)
  const cell = (k: number) => Math.round(positions[k] / WELD)
  for (let v = 0; v < count; v++) {
    const x = cell(v * 3)
    const y = cell(v * 3 + 1)
    const z = cell(v * 3 + 2)
    let slot = (Math.imul(x, 73856093) ^ Math.imul(y, 19349663) ^ Math.imul(z, 83492791)) & (size - 1)
    for (;;) {
      const other = table[slot]
      if (other < 0) {
        table[slot] = v
        weld[v] = v
        break
      }
      if (cell(other * 3) === x && cell(other * 3 + 1) === y && cell(other * 3 + 2) === z) {
        weld[v] = other
        break
      }
      slot = (slot + 1) & (size - 1)
    }
  }
  return weld
}

function cornersByVertex(indices: Uint32Array, weld: Uint32Array): { start: Uint32Array; corners: Uint32Array } {
  const start = new Uint32Array(weld.length + 1)
  for (let k = 0; k < indices.length; k++) start[weld[indices[k]] + 1]++
  for (let v = 0; v < weld.length; v++) start[v + 1] += start[v]
  const next = start.slice()
  const corners = new Uint32Array(indices.length)
  for (let k = 0; k < indices.length; k++) corners[next[weld[indices[k]]]++] = k
  return { start, corners }
}

/** Edges where faces meet at more than the crease, and borders of open sheets. */
function creaseEdges(positions: Float32Array, indices: Uint32Array, weld: Uint32Array, unit: Float32Array, area: Float32Array): Float32Array {
  const first = new Map<number, number>()
  const settled = new Map<number, boolean>()
  const count = weld.length
  for (let f = 0; f < indices.length / 3; f++) {
    if (area[f] === 0) continue
    for (let e = 0; e < 3; e++) {
      const a = weld[indices[f * 3 + e]]
      const b = weld[indices[f * 3 + ((e + 1) % 3)]]
      if (a === b) continue
      const key = a < b ? a * count + b : b * count + a
      const g = first.get(key)
      if (g === undefined) {
        first.set(key, f)
        continue
      }
      const along = unit[f * 3] * unit[g * 3] + unit[f * 3 + 1] * unit[g * 3 + 1] + unit[f * 3 + 2] * unit[g * 3 + 2]
      settled.set(key, settled.get(key) === true || Math.abs(along) < CREASE)
    }
  }
  const out: number[] = []
  for (const key of first.keys()) {
    if (settled.get(key) === false) continue
    const a = Math.floor(key / count) * 3
    const b = (key % count) * 3
    out.push(positions[a], positions[a + 1], positions[a + 2], positions[b], positions[b + 1], positions[b + 2])
  }
  return new Float32Array(out)
}
