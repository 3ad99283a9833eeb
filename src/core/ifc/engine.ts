import type { Mat4 } from '@/core/base/geometry'
import type { Job } from '@/core/base/job'
import type { ShardMember } from './shard.ts'
import { closedness, weld } from './weld.ts'

/** What an engine worker gets: a shard's bytes, the products in it by their number there, and limits. */
export interface MeshInput {
  readonly bytes: Uint8Array
  readonly products: readonly ShardMember[]
  /** Express id in the user's file by number in the shard: names shapes across shards. */
  readonly original: Uint32Array
  readonly toMetre: number
  /** Facets of a full circle. */
  readonly segments: number
  readonly limits: MeshLimits
}
export interface MeshLimits {
  /** Vertices of one product before welding. */
  readonly vertices: number
  /** Placed shapes of one product. */
  readonly placements: number
}
/** `gap`: of a body that openings cut, how much of its skin is missing (0 for none): the part of its area that no other side faces. */
export type MeshEvent =
  /** The engine is loaded; from here on silence means that it hangs. */
  | { readonly kind: 'ready' }
  /** About to work on this product: if nothing follows, it is the one that hangs. */
  | { readonly kind: 'working'; readonly id: number }
  | {
      readonly kind: 'mesh'
      readonly id: number
      readonly parts: readonly RawPart[]
      readonly shapes: readonly RawShape[]
      readonly triangles: number
      readonly gap: number
    }
  | { readonly kind: 'refused'; readonly id: number; readonly why: Refusal }
/** `numbers`: what is not finite or absurd. `budget`: what there is too much of. */
export type Refusal =
  | { readonly kind: 'numbers'; readonly what: 'placement' | 'vertices' }
  | { readonly kind: 'budget'; readonly what: 'items' | 'vertices'; readonly count: number; readonly limit: number }
export interface RawShape {
  /** Same key, same shape, within a model. */
  readonly key: string
  readonly positions: Float32Array
  readonly indices: Uint32Array
  readonly closed: boolean
}
export interface RawPart {
  readonly key: string
  /** Shape to the product's own axes [m], Z up. */
  readonly matrix: Mat4
  /** As the file's styles say it, sRGB; null for the engine's default. */
  readonly color: readonly [number, number, number, number] | null
}
export interface MeshResult {
  /** Bytes of the engine's memory, which never shrinks: the host replaces an engine that has grown. */
  readonly heap: number
}
export type LocateEngine = (path: string, prefix: string) => string

/** Greatest local coordinate that is believed [m]; shapes are centred, so this is half their size. */
const FARTHEST = 1e6

type Engine = import('web-ifc').IfcAPI

export interface EngineJobs {
  readonly meshShard: Job<MeshInput, MeshEvent, MeshResult>
  /** Fetches and compiles the engine before there is work for it. */
  readonly wakeEngine: Job<null, never, null>
}

/** The IFC engine as jobs. One instance lives as long as its worker; it is loaded when first asked for. */
export function makeEngine(locate?: LocateEngine): EngineJobs {
  let engine: Promise<Engine> | null = null
  return {
    // biome-ignore lint/correctness/useYield: a job of one answer
    async *wakeEngine() {
      engine ??= startEngine(locate)
      await engine
      return null
    },
    async *meshShard(input, signal) {
      engine ??= startEngine(locate)
      const api = await engine
      yield { kind: 'ready' }
      signal.throwIfAborted()
      const model = api.OpenModel(input.bytes, {
        TAPE_SIZE: 1 << 20,
        COORDINATE_TO_ORIGIN: false,
        CIRCLE_SEGMENTS: input.segments + 1,
      })
      if (model < 0) throw new Error('the engine did not open the shard')
      try {
        const sent = new Map<string, number>()
        for (const product of input.products) {
          signal.throwIfAborted()
          yield { kind: 'working', id: product.id }
          yield meshProduct(api, model, product, input, sent)
        }
      } finally {
        api.CloseModel(model)
      }
      return { heap: heapOf(api) }
    },
  }
}

async function startEngine(locate?: LocateEngine): Promise<Engine> {
  const { IfcAPI, LogLevel } = await import('web-ifc')
  const api = new IfcAPI()
  await api.Init(locate, true)
  api.SetLogLevel(LogLevel.LOG_LEVEL_OFF)
  return api
}

/**
 * The engine's binary for browsers (0.0.78) takes three arguments here, the one for Node four, and its own wrapper always passes four. Left
 * out, the fourth is `true` in both: lengths come in the file's unit scaled to metres.
 */
function streamMeshes(api: Engine, model: number, ids: number[], take: Parameters<Engine['StreamMeshes']>[2]): void {
  try {
    api.StreamMeshes(model, ids, take)
  } catch (error) {
    if (!/called with 4 arguments, expected 3/.test(String(error))) throw error
    const { wasmModule } = api as unknown as { wasmModule: { StreamMeshes(model: number, ids: number[], take: unknown): void } }
    wasmModule.StreamMeshes(model, ids, take)
  }
}

function heapOf(api: Engine): number {
  const module = (api as unknown as { wasmModule?: { HEAPU8?: Uint8Array } }).wasmModule
  return module?.HEAPU8?.byteLength ?? 0
}

function meshProduct(api: Engine, model: number, product: ShardMember, input: MeshInput, sent: Map<string, number>): MeshEvent {
  const { toMetre, limits, original } = input
  const parts: RawPart[] = []
  const shapes: RawShape[] = []
  let refusal: Refusal | null = null
  let vertices = 0
  let triangles = 0
  streamMeshes(api, model, [product.local], (mesh) => {
    const count = mesh.geometries.size()
    if (count > limits.placements) {
      refusal ??= { kind: 'budget', what: 'items', count, limit: limits.placements }
      return
    }
    for (let k = 0; k < count; k++) {
      if (refusal) break
      const placed = mesh.geometries.get(k)
      const matrix = toZUp(placed.flatTransformation, toMetre)
      if (!matrix.every(Number.isFinite)) {
        refusal = { kind: 'numbers', what: 'placement' }
        break
      }
      // A body that openings cut is its own shape, though the engine calls it by the item that others share uncut.
      const source = product.cut ? 0 : (original[placed.geometryExpressID] ?? 0)
      const key = source ? `${source}` : `${product.id}/${k}`
      const { x, y, z, w } = placed.color
      parts.push({ key, matrix, color: x === 1 && y === 1 && z === 1 && w === 1 ? null : [x, y, z, w] })
      const known = sent.get(key)
      if (known !== undefined) {
        triangles += known
        continue
      }
      const geometry = api.GetGeometry(model, placed.geometryExpressID)
      try {
        const size = geometry.GetVertexDataSize()
        vertices += size / 6
        if (vertices > limits.vertices) {
          refusal = { kind: 'budget', what: 'vertices', count: vertices, limit: limits.vertices }
          break
        }
        const raw = api.GetVertexArray(geometry.GetVertexData(), size)
        const indices = api.GetIndexArray(geometry.GetIndexData(), geometry.GetIndexDataSize())
        const shape = weld(raw, 6, indices, toMetre, FARTHEST)
        if (!shape) {
          refusal = { kind: 'numbers', what: 'vertices' }
          break
        }
        sent.set(key, shape.indices.length / 3)
        triangles += shape.indices.length / 3
        shapes.push({ key, ...shape, closed: closedness(shape.indices) })
      } finally {
        geometry.delete()
      }
    }
  })
  if (refusal) {
    for (const shape of shapes) sent.delete(shape.key)
    return { kind: 'refused', id: product.id, why: refusal }
  }
  return { kind: 'mesh', id: product.id, parts, shapes, triangles, gap: product.cut ? gapOf(shapes) : 0 }
}

/** The area vectors of a whole skin add up to nothing, however it is triangulated. */
function gapOf(shapes: readonly RawShape[]): number {
  let [x, y, z, area] = [0, 0, 0, 0]
  for (const { positions: p, indices } of shapes)
    for (let t = 0; t < indices.length; t += 3) {
      const [a, b, c] = [indices[t] * 3, indices[t + 1] * 3, indices[t + 2] * 3]
      const u = [p[b] - p[a], p[b + 1] - p[a + 1], p[b + 2] - p[a + 2]]
      const v = [p[c] - p[a], p[c + 1] - p[a + 1], p[c + 2] - p[a + 2]]
      const n = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]]
      x += n[0]
      y += n[1]
      z += n[2]
      area += Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2])
    }
  return area > 0 ? Math.sqrt(x * x + y * y + z * z) / area : 0
}

/** The engine hands out Y up, with the file's length unit in the matrix: back to Z up, unit taken over into the shape. */
function toZUp(m: readonly number[], toMetre: number): Float64Array {
  const out = new Float64Array(16)
  for (let c = 0; c < 4; c++) {
    const s = c < 3 ? 1 / toMetre : 1
    out[c * 4] = m[c * 4] * s
    out[c * 4 + 1] = -m[c * 4 + 2] * s
    out[c * 4 + 2] = m[c * 4 + 1] * s
    out[c * 4 + 3] = c === 3 ? 1 : 0
  }
  return out
}
