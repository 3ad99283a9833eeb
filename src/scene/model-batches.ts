import type { Mat4 } from '@/core/base/geometry'
import type { Part, Shape } from '@/core/model'
import { materialColor } from './palette.ts'
import type { SceneObject } from './scene-objects.ts'
import { type DrawShape, prepareShape } from './shape-geometry.ts'

/** What is drawn in one call. Colours are sRGB bytes with opacity; ids are those of `SceneObject`. */
export type Batch = MergedBatch | InstancedBatch
export type BatchKind = 'solid' | 'glass' | 'ground'
export interface MergedBatch {
  readonly form: 'merged'
  readonly kind: BatchKind
  readonly positions: Float32Array
  readonly normals: Int8Array
  readonly colors: Uint8Array
  readonly ids: Float32Array
  readonly indices: Uint32Array
  readonly edges: Float32Array
  readonly edgeIds: Float32Array
}
export interface InstancedBatch {
  readonly form: 'instanced'
  readonly kind: BatchKind
  readonly shape: DrawShape
  readonly matrices: Float32Array
  readonly colors: Uint8Array
  readonly ids: Float32Array
}

/** A shape placed at least so often, and with so many triangles, is drawn as instances. */
const INSTANCES = 8
const INSTANCED_TRIANGLES = 50
/** Every instanced shape costs a draw call: only those that save most. */
const INSTANCED_SHAPES = 32
/** A merged batch is closed when it has so many. */
const CHUNK_TRIANGLES = 60_000

interface Placed {
  readonly object: SceneObject
  readonly shape: Shape
  readonly matrix: Mat4
  readonly color: readonly [number, number, number, number]
  readonly kind: BatchKind
}

/** Yields null after every piece of work, so that the caller can stop for a frame, and a batch when one is ready. */
export function* buildBatches(objects: readonly SceneObject[]): Generator<Batch | null> {
  const placed = objects.flatMap(placeParts)
  placed.sort((a, b) => a.kind.localeCompare(b.kind) || tileOf(a.object) - tileOf(b.object))
  yield null
  const instanced = chooseInstanced(placed)
  const open = new Map<BatchKind, Chunk>()
  const instances = new Map<string, Placed[]>()
  for (const part of placed) {
    const draw = prepareShape(part.shape)
    const chunk = open.get(part.kind) ?? emptyChunk(part.kind)
    open.set(part.kind, chunk)
    addEdges(chunk, part, draw)
    if (instanced.has(part.shape) && !mirrors(part.matrix)) {
      const key = `${part.kind}:${instanced.get(part.shape)}`
      const list = instances.get(key) ?? []
      list.push(part)
      instances.set(key, list)
    } else addFaces(chunk, part, draw)
    if (chunk.triangles >= CHUNK_TRIANGLES) {
      open.delete(part.kind)
      yield close(chunk)
    } else yield null
  }
  for (const chunk of open.values()) if (chunk.indexCount || chunk.edgeCount) yield close(chunk)
  for (const list of instances.values()) yield instancesOf(list)
}

function placeParts(object: SceneObject): Placed[] {
  return object.element.parts.map((part) => {
    const color = partColor(object, part)
    const kind = object.ground ? 'ground' : color[3] < 242 ? 'glass' : 'solid'
    return { object, shape: object.model.shapes[part.shape], matrix: part.matrix, color, kind }
  })
}

/** sRGB bytes and opacity: as the file says, else the quiet colour of its kind. */
export function partColor({ model, element }: SceneObject, { color }: Part): [number, number, number, number] {
  if (color) return [srgb(color[0]), srgb(color[1]), srgb(color[2]), Math.round(color[3] * 255)]
  const [r, g, b] = materialColor(model, element)
  return [r, g, b, 255]
}

/** 40 m tiles, row by row: what is near lies in one batch, so that batches out of view are not drawn. */
function tileOf({ element }: SceneObject): number {
  const box = element.bounds
  if (!box) return 0
  return Math.floor((box.min[1] + box.max[1]) / 80) * 4096 + Math.floor((box.min[0] + box.max[0]) / 80)
}

function chooseInstanced(placed: readonly Placed[]): Map<Shape, number> {
  const uses = new Map<Shape, number>()
  for (const { shape } of placed) uses.set(shape, (uses.get(shape) ?? 0) + 1)
  const saved = (shape: Shape) => (uses.get(shape)! - 1) * shape.indices.length
  const good = [...uses].filter(([shape, count]) => count >= INSTANCES && shape.indices.length / 3 > INSTANCED_TRIANGLES).map(([shape]) => shape)
  good.sort((a, b) => saved(b) - saved(a))
  return new Map(good.slice(0, INSTANCED_SHAPES).map((shape, k) => [shape, k]))
}

interface Chunk {
  readonly kind: BatchKind
  readonly parts: { part: Placed; draw: DrawShape }[]
  readonly edges: { part: Placed; draw: DrawShape }[]
  triangles: number
  vertexCount: number
  indexCount: number
  edgeCount: number
}
function emptyChunk(kind: BatchKind): Chunk {
  return { kind, parts: [], edges: [], triangles: 0, vertexCount: 0, indexCount: 0, edgeCount: 0 }
}
function addFaces(chunk: Chunk, part: Placed, draw: DrawShape): void {
  chunk.parts.push({ part, draw })
  chunk.triangles += draw.indices.length / 3
  chunk.vertexCount += draw.positions.length / 3
  chunk.indexCount += draw.indices.length
}
function addEdges(chunk: Chunk, part: Placed, draw: DrawShape): void {
  chunk.edges.push({ part, draw })
  chunk.edgeCount += draw.edges.length / 3
}

function close(chunk: Chunk): MergedBatch {
  const positions = new Float32Array(chunk.vertexCount * 3)
  const normals = new Int8Array(chunk.vertexCount * 4)
  const colors = new Uint8Array(chunk.vertexCount * 4)
  const ids = new Float32Array(chunk.vertexCount)
  const indices = new Uint32Array(chunk.indexCount)
  let vertex = 0
  let index = 0
  for (const { part, draw } of chunk.parts) {
    const count = draw.positions.length / 3
    placePoints(part.matrix, draw.positions, positions, vertex * 3)
    placeNormals(part.matrix, draw.normals, normals, vertex * 4)
    for (let k = 0; k < count; k++) {
      colors.set(part.color, (vertex + k) * 4)
      ids[vertex + k] = part.object.id
    }
    const flip = mirrors(part.matrix)
    for (let k = 0; k < draw.indices.length; k += 3) {
      indices[index + k] = draw.indices[k] + vertex
      indices[index + k + 1] = draw.indices[flip ? k + 2 : k + 1] + vertex
      indices[index + k + 2] = draw.indices[flip ? k + 1 : k + 2] + vertex
    }
    vertex += count
    index += draw.indices.length
  }
  const edges = new Float32Array(chunk.edgeCount * 3)
  const edgeIds = new Float32Array(chunk.edgeCount)
  let edge = 0
  for (const { part, draw } of chunk.edges) {
    placePoints(part.matrix, draw.edges, edges, edge * 3)
    edgeIds.fill(part.object.id, edge, edge + draw.edges.length / 3)
    edge += draw.edges.length / 3
  }
  return { form: 'merged', kind: chunk.kind, positions, normals, colors, ids, indices, edges, edgeIds }
}

function instancesOf(list: readonly Placed[]): InstancedBatch {
  const matrices = new Float32Array(list.length * 16)
  const colors = new Uint8Array(list.length * 4)
  const ids = new Float32Array(list.length)
  list.forEach((part, k) => {
    matrices.set(part.matrix, k * 16)
    colors.set(part.color, k * 4)
    ids[k] = part.object.id
  })
  return { form: 'instanced', kind: list[0].kind, shape: prepareShape(list[0].shape), matrices, colors, ids }
}

function placePoints(m: Mat4, from: Float32Array, to: Float32Array, at: number): void {
  for (let k = 0; k < from.length; k += 3) {
    const x = from[k]
    const y = from[k + 1]
    const z = from[k + 2]
    to[at + k] = m[0] * x + m[4] * y + m[8] * z + m[12]
    to[at + k + 1] = m[1] * x + m[5] * y + m[9] * z + m[13]
    to[at + k + 2] = m[2] * x + m[6] * y + m[10] * z + m[14]
  }
}

/** By the cofactors of the matrix, which keep normals right under uneven scale. */
function placeNormals(m: Mat4, from: Int8Array, to: Int8Array, at: number): void {
  const sign = mirrors(m) ? -1 : 1
  const a = [m[5] * m[10] - m[6] * m[9], m[6] * m[8] - m[4] * m[10], m[4] * m[9] - m[5] * m[8]]
  const b = [m[9] * m[2] - m[10] * m[1], m[10] * m[0] - m[8] * m[2], m[8] * m[1] - m[9] * m[0]]
  const c = [m[1] * m[6] - m[2] * m[5], m[2] * m[4] - m[0] * m[6], m[0] * m[5] - m[1] * m[4]]
  for (let k = 0; k < from.length; k += 4) {
    const x = a[0] * from[k] + b[0] * from[k + 1] + c[0] * from[k + 2]
    const y = a[1] * from[k] + b[1] * from[k + 1] + c[1] * from[k + 2]
    const z = a[2] * from[k] + b[2] * from[k + 1] + c[2] * from[k + 2]
    const scale = (127 * sign) / (Math.hypot(x, y, z) || 1)
    to[at + k] = Math.round(x * scale)
    to[at + k + 1] = Math.round(y * scale)
    to[at + k + 2] = Math.round(z * scale)
  }
}

function mirrors(m: Mat4): boolean {
  return m[0] * (m[5] * m[10] - m[6] * m[9]) - m[4] * (m[1] * m[10] - m[2] * m[9]) + m[8] * (m[1] * m[6] - m[2] * m[5]) < 0
}

function srgb(linear: number): number {
  const c = Math.min(1, Math.max(0, linear))
  return Math.round(255 * (c <= 0.0031308 ? c * 12.92 : 1.055 * c ** (1 / 2.4) - 0.055))
}
