import type { Mat4 } from '@/core/base/geometry'
import { sha256Hex } from '@/core/base/hash'
import { Failure, problem } from '@/core/base/problem'
import { differences, doubles, floats, planes, undifferenced } from './blocks.ts'
import type { Element, Part, PropertySet, Shape, SiteModel, Solid } from './site-model.ts'

/** A model with all its property sets: what lies in a cache. */
export interface CachedModel {
  readonly model: SiteModel
  /** Per element. */
  readonly properties: readonly (readonly PropertySet[])[]
}

declare module '@/core/base/problem' {
  interface ProblemTable {
    'cache.notCache': { name: string }
    'cache.version': { found: number; expected: number }
    'cache.damaged': { name: string }
  }
}

/** Raised whenever the layout or the meaning of what is stored changes: an old cache is made anew from its IFC files. */
export const CACHE_VERSION = 1
const MAGIC = 'FSCACHE\n'
const HEAD = MAGIC.length + 4 + 64

/**
 * Models as bytes, without loss: what is read back equals what was written, so that a run on the cache has the same hash as one on the IFC
 * files. Layout: magic, version, SHA-256 of the rest in hexadecimal, then sections of a length and bytes: JSON, doubles, floats, indices.
 */
export function writeCache(models: readonly CachedModel[]): Uint8Array {
  const numbers: number[] = []
  const shapes = models.flatMap((cached) => cached.model.shapes)
  const header = { models: models.map((cached) => pack(cached, numbers)) }
  const positions = new Float32Array(total(shapes, (s) => s.positions.length))
  const indices = new Uint32Array(total(shapes, (s) => s.indices.length))
  let p = 0
  let i = 0
  for (const shape of shapes) {
    positions.set(shape.positions, p)
    indices.set(shape.indices, i)
    p += shape.positions.length
    i += shape.indices.length
  }
  const sections = [new TextEncoder().encode(JSON.stringify(header)), planes(Float64Array.from(numbers)), planes(positions), differences(indices)]
  const bytes = new Uint8Array(HEAD + total(sections, (s) => s.length + 4))
  const view = new DataView(bytes.buffer)
  let at = HEAD
  for (const section of sections) {
    view.setUint32(at, section.length, true)
    bytes.set(section, at + 4)
    at += section.length + 4
  }
  for (let k = 0; k < MAGIC.length; k++) bytes[k] = MAGIC.charCodeAt(k)
  view.setUint32(MAGIC.length, CACHE_VERSION, true)
  const hash = sha256Hex(bytes.subarray(HEAD))
  for (let k = 0; k < 64; k++) bytes[MAGIC.length + 4 + k] = hash.charCodeAt(k)
  return bytes
}

/** Throws Failure where the bytes are no cache, of another version, or not what was written. */
export function readCache(bytes: Uint8Array, name = ''): CachedModel[] {
  if (!isCache(bytes)) throw new Failure(problem('cache.notCache', { name }, name))
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const version = view.getUint32(MAGIC.length, true)
  if (version !== CACHE_VERSION) throw new Failure(problem('cache.version', { found: version, expected: CACHE_VERSION }, name))
  const written = String.fromCharCode(...bytes.subarray(MAGIC.length + 4, HEAD))
  if (sha256Hex(bytes.subarray(HEAD)) !== written) throw new Failure(problem('cache.damaged', { name }, name))
  const sections: Uint8Array[] = []
  for (let at = HEAD; at + 4 <= bytes.length; ) {
    const length = view.getUint32(at, true)
    sections.push(bytes.subarray(at + 4, at + 4 + length))
    at += length + 4
  }
  const header = JSON.parse(new TextDecoder().decode(sections[0])) as { models: PackedModel[] }
  const source: Source = {
    numbers: doubles(sections[1]),
    positions: floats(sections[2]),
    indices: undifferenced(
      sections[3],
      header.models.reduce((sum, m) => sum + total(m.shapes, (s) => s[1]), 0),
    ),
    number: 0,
    position: 0,
    index: 0,
  }
  return header.models.map((packed) => unpack(packed, source))
}

export function isCache(bytes: Uint8Array): boolean {
  if (bytes.length < HEAD) return false
  for (let k = 0; k < MAGIC.length; k++) if (bytes[k] !== MAGIC.charCodeAt(k)) return false
  return true
}

/** The cache as it is stored and sent: gzipped. */
export async function packCache(models: readonly CachedModel[]): Promise<Uint8Array> {
  return through(writeCache(models), new CompressionStream('gzip'), Number.POSITIVE_INFINITY)
}

/** No cache unpacks to more than this [bytes]: a bomb is stopped while it inflates. */
const LARGEST = 2 ** 30

/** Reads a cache, gzipped or not. */
export async function openCache(bytes: Uint8Array, name = ''): Promise<CachedModel[]> {
  if (!isGzip(bytes)) return readCache(bytes, name)
  const raw = await through(bytes, new DecompressionStream('gzip'), LARGEST).catch(() => {
    throw new Failure(problem('cache.damaged', { name }, name))
  })
  return readCache(raw, name)
}

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

async function through(bytes: Uint8Array, stream: CompressionStream | DecompressionStream, limit: number): Promise<Uint8Array> {
  const writer = stream.writable.getWriter()
  const writing = writer.write(bytes as Uint8Array<ArrayBuffer>).then(() => writer.close())
  writing.catch(() => {})
  const reader = stream.readable.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    chunks.push(step.value)
    size += step.value.length
    if (size > limit) {
      await reader.cancel()
      throw new Error('too large')
    }
  }
  await writing
  const out = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    out.set(chunk, at)
    at += chunk.length
  }
  return out
}

/** Element without what lies among the numbers: matrices, boxes, solids, colours. */
type PackedElement = Omit<Element, 'index' | 'parts' | 'solids' | 'bounds'> & {
  readonly parts: readonly (readonly [shape: number, colored: 0 | 1])[]
  readonly solids: readonly PackedSolid[] | null
  readonly bounded: 0 | 1
}
type PackedSolid = readonly ['c' | 'r', hollow: 0 | 1] | readonly ['p', corners: number]
interface PackedModel {
  readonly rest: Omit<SiteModel, 'elements' | 'shapes'>
  readonly elements: readonly PackedElement[]
  /** Lengths of positions and indices, and whether the shape is closed. */
  readonly shapes: readonly (readonly [positions: number, indices: number, closed: 0 | 1])[]
  /** Each set once; elements name them. */
  readonly sets: readonly PropertySet[]
  readonly setsOf: readonly (readonly number[])[]
}

function pack({ model, properties }: CachedModel, numbers: number[]): PackedModel {
  const { elements, shapes, ...rest } = model
  const sets: PropertySet[] = []
  const placeOf = new Map<string, number>()
  const setsOf = elements.map((_, k) =>
    (properties[k] ?? []).map((set) => {
      const key = JSON.stringify(set)
      const known = placeOf.get(key)
      if (known !== undefined) return known
      placeOf.set(key, sets.length)
      return sets.push(set) - 1
    }),
  )
  return {
    rest,
    elements: elements.map((element) => packElement(element, numbers)),
    shapes: shapes.map((s) => [s.positions.length, s.indices.length, s.closed ? 1 : 0]),
    sets,
    setsOf,
  }
}

function packElement(element: Element, numbers: number[]): PackedElement {
  const { index: _, parts, solids, bounds, ...rest } = element
  const put = (values: ArrayLike<number>): void => {
    for (let k = 0; k < values.length; k++) numbers.push(values[k])
  }
  const packedParts = parts.map((part): readonly [number, 0 | 1] => {
    put(part.matrix)
    if (part.color) put(part.color)
    return [part.shape, part.color ? 1 : 0]
  })
  const packedSolids = solids?.map((solid): PackedSolid => {
    put(solid.matrix)
    numbers.push(solid.length)
    if (solid.kind === 'polygon') {
      for (const corner of solid.outline) put(corner)
      return ['p', solid.outline.length]
    }
    put(solid.kind === 'circle' ? [solid.radius] : [solid.width, solid.height])
    if (solid.thickness !== null) numbers.push(solid.thickness)
    return [solid.kind === 'circle' ? 'c' : 'r', solid.thickness === null ? 0 : 1]
  })
  if (bounds) {
    put(bounds.min)
    put(bounds.max)
  }
  return { ...rest, parts: packedParts, solids: packedSolids ?? null, bounded: bounds ? 1 : 0 }
}

interface Source {
  readonly numbers: Float64Array
  readonly positions: Float32Array
  readonly indices: Uint32Array
  number: number
  position: number
  index: number
}

function unpack(packed: PackedModel, source: Source): CachedModel {
  const elements = packed.elements.map((element, index) => unpackElement(element, index, source))
  const shapes = packed.shapes.map(([positions, indices, closed]): Shape => {
    const shape = {
      positions: source.positions.slice(source.position, source.position + positions),
      indices: source.indices.slice(source.index, source.index + indices),
      closed: closed === 1,
    }
    source.position += positions
    source.index += indices
    return shape
  })
  return { model: { ...packed.rest, elements, shapes }, properties: packed.setsOf.map((sets) => sets.map((k) => packed.sets[k])) }
}

function unpackElement(packed: PackedElement, index: number, source: Source): Element {
  const { parts, solids, bounded, ...rest } = packed
  const take = (): number => source.numbers[source.number++]
  const matrix = (): Mat4 => {
    source.number += 16
    return source.numbers.slice(source.number - 16, source.number)
  }
  const triple = (): [number, number, number] => [take(), take(), take()]
  const unpackedParts = parts.map(([shape, colored]): Part => ({ shape, matrix: matrix(), color: colored ? [take(), take(), take(), take()] : null }))
  const unpackedSolids = solids?.map((solid): Solid => {
    const base = { matrix: matrix(), length: take() }
    if (solid[0] === 'p') return { kind: 'polygon', ...base, outline: Array.from({ length: solid[1] }, () => [take(), take()] as const) }
    if (solid[0] === 'c') return { kind: 'circle', ...base, radius: take(), thickness: solid[1] ? take() : null }
    return { kind: 'rectangle', ...base, width: take(), height: take(), thickness: solid[1] ? take() : null }
  })
  const bounds = bounded ? { min: triple(), max: triple() } : null
  return { ...rest, index, parts: unpackedParts, solids: unpackedSolids ?? null, bounds }
}

function total<T>(items: readonly T[], size: (item: T) => number): number {
  return items.reduce((sum, item) => sum + size(item), 0)
}
