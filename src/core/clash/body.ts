import earcut from 'earcut'
import { type Mat4, transformPoint, type Vec3 } from '@/core/base/geometry'
import type { Element, SiteModel, Solid } from '@/core/model'
import { type Bvh, buildBvh, raysAgree } from './bvh.ts'
import type { Planes } from './convex.ts'

/** One connected piece of an element's body, in project coordinates, double precision. */
export interface Piece {
  readonly bvh: Bvh
  /** Planes where the piece is convex: its depths are exact. */
  readonly planes: Planes | null
  /** Bounds a solid: every edge has an even number of faces, or rays agree on what is inside of a torn shell. */
  readonly solid: boolean
  /** A point of its surface. */
  readonly seed: readonly [number, number, number]
  readonly min: readonly number[]
  readonly max: readonly number[]
}
export interface Body {
  readonly pieces: readonly Piece[]
  /** Direction in plan of a long straight body, null for chambers, risers and the like. */
  readonly heading: readonly [number, number] | null
  readonly volume: number
}

/** Facets of a filled hollow among meshes. */
const FACETS = 96

export interface BodyOptions {
  /** Facets of a full circle where profiles are exact; null takes the meshes as the file's import made them. */
  readonly segments: number | null
  /** Hollow profiles count as filled: what lies in a duct is no free space for another service. */
  readonly fill: boolean
  /** Added to the model's coordinates, so that models of different origins share one frame [m]. */
  readonly shift: Vec3
}

/** The body of an element as clash sees it: exact profiles where the file has them, else its triangles. Null without a body. */
export function bodyOf(model: SiteModel, element: Element, { segments, fill, shift }: BodyOptions): Body | null {
  const solids = element.solids ?? []
  const exact = solids.length > 0 && (segments !== null || (fill && solids.some((solid) => solid.kind !== 'polygon' && solid.thickness !== null)))
  const soups = exact ? solids.map((solid) => meshSolid(solid, segments ?? FACETS, fill)) : [collect(model, element)]
  if (shift.some((v) => v !== 0)) for (const soup of soups) for (let k = 0; k < soup.length; k++) soup[k] += shift[k % 3]
  const pieces = soups.flatMap(split).map(makePiece)
  if (pieces.length === 0) return null
  return { pieces, heading: headingOf(element, pieces), volume: pieces.reduce((sum, piece) => sum + volumeOf(piece.bvh.triangles), 0) }
}

/** The body of a triangle soup, nine numbers a triangle. */
export function bodyOfSoup(soup: Float64Array): Body {
  const pieces = split(soup).map(makePiece)
  return { pieces, heading: null, volume: pieces.reduce((sum, piece) => sum + volumeOf(piece.bvh.triangles), 0) }
}

function collect(model: SiteModel, element: Element): Float64Array {
  let count = 0
  for (const part of element.parts) count += model.shapes[part.shape]?.indices.length ?? 0
  const out = new Float64Array(3 * count)
  let at = 0
  for (const { shape, matrix } of element.parts) {
    const mesh = model.shapes[shape]
    if (!mesh) continue
    for (let k = 0; k < mesh.indices.length; k++) {
      const v = 3 * mesh.indices[k]
      out.set(transformPoint(matrix, mesh.positions[v], mesh.positions[v + 1], mesh.positions[v + 2]), at)
      at += 3
    }
  }
  return out
}

/** Triangles of an exact solid. */
export function meshSolid(solid: Solid, segments: number, fill: boolean): Float64Array {
  const outline: [number, number][] =
    solid.kind === 'circle'
      ? ring(solid.radius, segments)
      : solid.kind === 'rectangle'
        ? [
            [-solid.width / 2, -solid.height / 2],
            [solid.width / 2, -solid.height / 2],
            [solid.width / 2, solid.height / 2],
            [-solid.width / 2, solid.height / 2],
          ]
        : solid.outline.map(([x, y]) => [x, y])
  let hole: [number, number][] = []
  if (!fill && solid.kind === 'circle' && solid.thickness) hole = ring(solid.radius - solid.thickness, segments)
  if (!fill && solid.kind === 'rectangle' && solid.thickness) {
    const [w, h] = [solid.width / 2 - solid.thickness, solid.height / 2 - solid.thickness]
    hole = [
      [-w, -h],
      [w, -h],
      [w, h],
      [-w, h],
    ]
  }
  const flat = [...outline, ...hole].flat()
  const caps = earcut(flat, hole.length > 0 ? [outline.length] : undefined, 2)
  const triangles: number[] = []
  const put = (x: number, y: number, z: number) => triangles.push(...transformPoint(solid.matrix as Mat4, x, y, z))
  for (let k = 0; k < caps.length; k += 3) {
    for (const v of [caps[k + 2], caps[k + 1], caps[k]]) put(flat[2 * v], flat[2 * v + 1], 0)
    for (const v of [caps[k], caps[k + 1], caps[k + 2]]) put(flat[2 * v], flat[2 * v + 1], solid.length)
  }
  for (const loop of [outline, hole])
    for (let k = 0; k < loop.length; k++) {
      const [a, b] = [loop[k], loop[(k + 1) % loop.length]]
      put(a[0], a[1], 0)
      put(b[0], b[1], 0)
      put(b[0], b[1], solid.length)
      put(a[0], a[1], 0)
      put(b[0], b[1], solid.length)
      put(a[0], a[1], solid.length)
    }
  return Float64Array.from(triangles)
}
function ring(radius: number, segments: number): [number, number][] {
  return Array.from({ length: segments }, (_, k) => [radius * Math.cos((2 * Math.PI * k) / segments), radius * Math.sin((2 * Math.PI * k) / segments)])
}

/** Connected pieces of a triangle soup; vertices within a micrometre are one. Degenerate triangles stay: they close shells. */
function split(soup: Float64Array): Float64Array[] {
  const n = soup.length / 9
  if (n === 0) return []
  const ids = weld(soup)
  const parent = Int32Array.from({ length: 3 * n }, (_, k) => k)
  const root = (k: number): number => {
    let r = k
    while (parent[r] !== r) r = parent[r]
    while (parent[k] !== r) [parent[k], k] = [r, parent[k]]
    return r
  }
  for (let t = 0; t < n; t++) {
    parent[root(ids[3 * t + 1])] = root(ids[3 * t])
    parent[root(ids[3 * t + 2])] = root(ids[3 * t])
  }
  const groups = new Map<number, number[]>()
  for (let t = 0; t < n; t++) {
    const r = root(ids[3 * t])
    const list = groups.get(r)
    if (list) list.push(t)
    else groups.set(r, [t])
  }
  if (groups.size === 1) return [soup]
  return [...groups.values()].map((list) => {
    const out = new Float64Array(9 * list.length)
    list.forEach((t, k) => void out.set(soup.subarray(9 * t, 9 * t + 9), 9 * k))
    return out
  })
}

function weld(soup: Float64Array): Int32Array {
  const seen = new Map<string, number>()
  const ids = new Int32Array(soup.length / 3)
  const [ox, oy, oz] = soup
  for (let k = 0; k < ids.length; k++) {
    const key = `${Math.round((soup[3 * k] - ox) * 1e6)},${Math.round((soup[3 * k + 1] - oy) * 1e6)},${Math.round((soup[3 * k + 2] - oz) * 1e6)}`
    const known = seen.get(key)
    if (known === undefined) seen.set(key, k)
    ids[k] = known ?? k
  }
  return ids
}

function makePiece(triangles: Float64Array): Piece {
  const bvh = buildBvh(triangles)
  const planes = convexPlanes(triangles)
  return {
    bvh,
    planes,
    solid: planes !== null || isClosed(triangles) || looksSolid(bvh),
    seed: [triangles[0], triangles[1], triangles[2]],
    min: Array.from(bvh.boxes.subarray(0, 3)),
    max: Array.from(bvh.boxes.subarray(3, 6)),
  }
}

function isClosed(triangles: Float64Array): boolean {
  const ids = weld(triangles)
  const edges = new Map<number, number>()
  for (let t = 0; t < ids.length; t += 3)
    for (let k = 0; k < 3; k++) {
      const [a, b] = [ids[t + k], ids[t + ((k + 1) % 3)]]
      const key = a < b ? a * ids.length + b : b * ids.length + a
      edges.set(key, (edges.get(key) ?? 0) + 1)
    }
  for (const count of edges.values()) if (count % 2 === 1) return false
  return true
}

/** A torn shell still bounds a solid where rays of different directions agree at 95 % of the points of a lattice in its box. */
function looksSolid(bvh: Bvh): boolean {
  const [x0, y0, z0, x1, y1, z1] = bvh.boxes
  let [agree, inside] = [0, 0]
  for (let k = 0; k < 64; k++) {
    const [x, y, z] = [
      x0 + ((x1 - x0) * ((k % 4) + 0.53)) / 4,
      y0 + ((y1 - y0) * ((Math.floor(k / 4) % 4) + 0.47)) / 4,
      z0 + ((z1 - z0) * (Math.floor(k / 16) + 0.51)) / 4,
    ]
    if (raysAgree(bvh, x, y, z)) agree++
    inside++
  }
  return agree >= 0.95 * inside && Math.min(x1 - x0, y1 - y0, z1 - z0) > 1e-6
}

/** The planes of a closed convex piece, or null. A face's plane must have every vertex on one side, within a micrometre. */
function convexPlanes(t: Float64Array): Planes | null {
  const n = t.length / 9
  if (n < 4 || n > 1200 || !isClosed(t)) return null
  const planes: number[] = []
  const known = new Set<string>()
  for (let i = 0; i < t.length; i += 9) {
    const [ux, uy, uz] = [t[i + 3] - t[i], t[i + 4] - t[i + 1], t[i + 5] - t[i + 2]]
    const [vx, vy, vz] = [t[i + 6] - t[i], t[i + 7] - t[i + 1], t[i + 8] - t[i + 2]]
    let [nx, ny, nz] = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx]
    const size = Math.sqrt(nx * nx + ny * ny + nz * nz)
    if (size < 1e-12) continue
    nx /= size
    ny /= size
    nz /= size
    let [low, high] = [0, 0]
    for (let k = 0; k < t.length; k += 3) {
      const d = nx * (t[k] - t[i]) + ny * (t[k + 1] - t[i + 1]) + nz * (t[k + 2] - t[i + 2])
      if (d < low) low = d
      if (d > high) high = d
      if (low < -1e-6 && high > 1e-6) return null
    }
    const s = high > -low ? -1 : 1
    const d = s * (nx * t[i] + ny * t[i + 1] + nz * t[i + 2])
    const key = `${Math.round(s * nx * 1e6)},${Math.round(s * ny * 1e6)},${Math.round(s * nz * 1e6)},${Math.round(d * 1e5)}`
    if (known.has(key)) continue
    known.add(key)
    planes.push(s * nx, s * ny, s * nz, d)
  }
  return planes.length >= 16 ? Float64Array.from(planes) : null
}

function headingOf(element: Element, pieces: readonly Piece[]): [number, number] | null {
  const solid = element.solids?.length === 1 ? element.solids[0] : undefined
  if (solid && (solid.kind === 'circle' ? solid.length > 2 * solid.radius : solid.kind === 'rectangle' && solid.length > Math.max(solid.width, solid.height))) {
    const [x, y, z] = [solid.matrix[8], solid.matrix[9], solid.matrix[10]]
    const flat = Math.sqrt(x * x + y * y)
    return flat > 0.17 * Math.abs(z) && flat > 1e-9 ? [x / flat, y / flat] : null
  }
  const size = [0, 1].map((c) => Math.max(...pieces.map((p) => p.max[c])) - Math.min(...pieces.map((p) => p.min[c])))
  if (size[0] > 2 * size[1]) return [1, 0]
  return size[1] > 2 * size[0] ? [0, 1] : null
}

function volumeOf(t: Float64Array): number {
  let sum = 0
  const [ox, oy, oz] = t
  for (let i = 0; i < t.length; i += 9) {
    const [ax, ay, az, bx, by, bz, cx, cy, cz] = [
      t[i] - ox,
      t[i + 1] - oy,
      t[i + 2] - oz,
      t[i + 3] - ox,
      t[i + 4] - oy,
      t[i + 5] - oz,
      t[i + 6] - ox,
      t[i + 7] - oy,
      t[i + 8] - oz,
    ]
    sum += ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx)
  }
  return Math.abs(sum) / 6
}
