import { type Cursor, readReal } from './step-number.ts'
import { type ScanFaults, type StepScan, scanStep } from './step-scan.ts'
import { type Encoding, makeDecoder, sniffEncoding, unescapeStep } from './step-text.ts'

/** A value of an argument list: `$` is null, `*` is undefined. */
export type Value = null | undefined | number | string | Ref | Enumerated | Typed | readonly Value[]
export interface Ref {
  readonly ref: number
}
export interface Enumerated {
  readonly enum: string
}
export interface Typed {
  readonly type: string
  readonly value: Value
}
export type Args = readonly Value[]

/** A STEP file in memory: entities by id and by type, arguments parsed when asked for. The first entity of an id counts. */
export interface StepFile {
  readonly scan: StepScan
  readonly encoding: Encoding
  readonly faults: ScanFaults
  /** Ids that occur more than once. */
  readonly duplicates: readonly number[]
  readonly header: { readonly description: Args; readonly name: Args; readonly schema: string }
  has(id: number): boolean
  /** Place of an entity in the scan, −1 where there is none. */
  placeOf(id: number): number
  /** Number of a type in the scan, −1 where the file has none of it. */
  codeOf(type: string): number
  /** Type in capitals, '' where there is no such entity. */
  typeOf(id: number): string
  /** Empty where there is no such entity or its arguments cannot be read. */
  argsOf(id: number): Args
  /** Ids of all entities of these types, in file order. */
  idsOf(...types: readonly string[]): number[]
  /** Raw bytes of the arguments with their brackets. */
  rawOf(id: number): Uint8Array
  /** Ids that the arguments of this entity refer to, without parsing them. */
  refsOf(id: number): number[]
  /** The same of a stretch of bytes. */
  refsAt(from: number, to: number): number[]
  typesPresent(): ReadonlyMap<string, number>
}

const DEEPEST = 64
/** Arguments of so many entities are kept for the next to ask, unless they are long [bytes]. */
const KEPT = 8192
const KEPT_LENGTH = 512

export function openStep(bytes: Uint8Array): StepFile {
  const scan = scanStep(bytes)
  const encoding = sniffEncoding(bytes)
  const decode = makeDecoder(encoding)
  const { place, duplicates } = indexIds(scan)
  const kept: Args[] = []
  const keptAt = new Int32Array(KEPT).fill(-1)
  const codes = new Map(scan.types.map((type, code) => [type, code]))
  const { order, firsts } = sortByType(scan)
  const counts = new Map<string, number>()
  for (const [code, type] of scan.types.entries()) if (firsts[code + 1] > firsts[code]) counts.set(type, firsts[code + 1] - firsts[code])

  function idsOfType(type: string): number[] {
    const code = codes.get(type)
    if (code === undefined) return []
    const ids: number[] = []
    for (let at = firsts[code]; at < firsts[code + 1]; at++) {
      const k = order[at]
      if (duplicates.length === 0 || place(scan.ids[k]) === k) ids.push(scan.ids[k])
    }
    return ids
  }
  function rawOf(id: number): Uint8Array {
    const k = place(id)
    return k < 0 ? new Uint8Array(0) : bytes.subarray(scan.starts[k], scan.ends[k])
  }
  return {
    scan,
    encoding,
    faults: scan.faults,
    duplicates,
    header: readHeader(bytes, scan, decode),
    has: (id) => place(id) >= 0,
    placeOf: place,
    codeOf: (type) => codes.get(type) ?? -1,
    typeOf: (id) => {
      const k = place(id)
      return k < 0 ? '' : scan.types[scan.codes[k]]
    },
    argsOf: (id) => {
      const k = place(id)
      if (k < 0) return []
      const slot = k & (KEPT - 1)
      if (keptAt[slot] === k) return kept[slot]
      const args = parseList(bytes, scan.starts[k], scan.ends[k], decode)?.value ?? []
      if (scan.ends[k] - scan.starts[k] < KEPT_LENGTH) {
        keptAt[slot] = k
        kept[slot] = args
      }
      return args
    },
    idsOf: (...types) => (types.length === 1 ? idsOfType(types[0]) : types.flatMap(idsOfType)),
    rawOf,
    refsOf: (id) => {
      const k = place(id)
      return k < 0 ? [] : scanRefs(bytes, scan.starts[k], scan.ends[k])
    },
    refsAt: (from, to) => scanRefs(bytes, from, to),
    typesPresent: () => counts,
  }
}

/** Places in the scan by type, in file order: those of type t from `firsts[t]` on. */
function sortByType({ count, codes, types }: StepScan): { order: Uint32Array; firsts: Uint32Array } {
  const firsts = new Uint32Array(types.length + 1)
  for (let k = 0; k < count; k++) firsts[codes[k] + 1]++
  for (let t = 0; t < types.length; t++) firsts[t + 1] += firsts[t]
  const next = firsts.slice()
  const order = new Uint32Array(count)
  for (let k = 0; k < count; k++) order[next[codes[k]]++] = k
  return { order, firsts }
}

/** Finds the place of an id in the scan: a table where ids are dense, a map where they are not. */
function indexIds(scan: StepScan): { place: (id: number) => number; duplicates: number[] } {
  let max = 0
  for (let k = 0; k < scan.count; k++) if (scan.ids[k] > max) max = scan.ids[k]
  const duplicates: number[] = []
  if (max <= scan.count * 16 + 100000) {
    const table = new Int32Array(max + 1).fill(-1)
    for (let k = 0; k < scan.count; k++) {
      if (table[scan.ids[k]] >= 0) duplicates.push(scan.ids[k])
      else table[scan.ids[k]] = k
    }
    return { place: (id) => (id <= max ? (table[id] ?? -1) : -1), duplicates }
  }
  const map = new Map<number, number>()
  for (let k = 0; k < scan.count; k++) {
    if (map.has(scan.ids[k])) duplicates.push(scan.ids[k])
    else map.set(scan.ids[k], k)
  }
  return { place: (id) => map.get(id) ?? -1, duplicates }
}

function readHeader(bytes: Uint8Array, scan: StepScan, decode: (bytes: Uint8Array) => string): StepFile['header'] {
  const found: Record<string, Args> = {}
  const text = new TextDecoder('windows-1252').decode(bytes.subarray(scan.header.start, scan.header.end)).toUpperCase()
  for (const key of ['FILE_DESCRIPTION', 'FILE_NAME', 'FILE_SCHEMA']) {
    const at = text.indexOf(key)
    if (at < 0) continue
    const open = text.indexOf('(', at)
    if (open < 0) continue
    found[key] = parseList(bytes, scan.header.start + open, scan.header.end, decode)?.value ?? []
  }
  const schemas = found.FILE_SCHEMA?.[0]
  const schema = Array.isArray(schemas) && typeof schemas[0] === 'string' ? schemas[0].trim().toUpperCase() : ''
  return { description: found.FILE_DESCRIPTION ?? [], name: found.FILE_NAME ?? [], schema }
}

function scanRefs(bytes: Uint8Array, from: number, to: number): number[] {
  const out: number[] = []
  for (let q = from; q < to; q++) {
    const c = bytes[q]
    if (c === 39) for (q++; q < to && bytes[q] !== 39; ) q++
    else if (c === 35) {
      let id = 0
      let d = q + 1
      while (d < to && bytes[d] >= 48 && bytes[d] <= 57) id = id * 10 + bytes[d++] - 48
      if (d > q + 1) out.push(id)
      q = d - 1
    }
  }
  return out
}

/** Parses the bracket at `start`; undefined where it is damaged or nested too deep. Iterative: the file decides the depth, not the stack. */
export function parseList(bytes: Uint8Array, start: number, end: number, decode: (bytes: Uint8Array) => string): { value: Value[]; next: number } | undefined {
  const stack: { items: Value[]; type: string | null }[] = []
  let p = start
  let typeName: string | null = null
  // Whether a value was just read: between two values stands a comma, and never two commas.
  let after = false
  const cursor: Cursor = { at: p }
  while (p < end) {
    const c = bytes[p]
    if (c <= 32) {
      p++
      continue
    }
    if (c === 47 && bytes[p + 1] === 42) {
      p += 2
      while (p < end && !(bytes[p] === 42 && bytes[p + 1] === 47)) p++
      p += 2
      continue
    }
    if (c === 44) {
      if (!after) return undefined
      after = false
      p++
      continue
    }
    if (after && c !== 41) return undefined
    after = true
    if (c === 40) {
      after = false
      if (stack.length >= DEEPEST) return undefined
      stack.push({ items: [], type: typeName })
      typeName = null
      p++
    } else if (c === 41) {
      const done = stack.pop()
      if (!done) return undefined
      p++
      const parent = stack[stack.length - 1]
      if (!parent) return { value: done.items, next: p }
      parent.items.push(done.type === null ? done.items : { type: done.type, value: done.items.length === 1 ? done.items[0] : done.items })
    } else {
      const top = stack[stack.length - 1]
      if (!top) return undefined
      if (c === 39) {
        let q = p + 1
        while (q < end && !(bytes[q] === 39 && bytes[q + 1] !== 39)) q += bytes[q] === 39 ? 2 : 1
        if (q >= end) return undefined
        top.items.push(unescapeStep(decode(bytes.subarray(p + 1, q))))
        p = q + 1
      } else if (c === 36) {
        top.items.push(null)
        p++
      } else if (c === 42) {
        top.items.push(undefined)
        p++
      } else if (c === 35) {
        let id = 0
        let q = p + 1
        while (q < end && bytes[q] >= 48 && bytes[q] <= 57) id = id * 10 + bytes[q++] - 48
        top.items.push({ ref: q > p + 1 ? id : -1 })
        p = q
      } else if (c === 46 && !(bytes[p + 1] >= 48 && bytes[p + 1] <= 57)) {
        let q = p + 1
        while (q < end && bytes[q] !== 46 && bytes[q] !== 44 && bytes[q] !== 41) q++
        top.items.push({
          enum: asciiOf(bytes, p + 1, q)
            .trim()
            .toUpperCase(),
        })
        p = bytes[q] === 46 ? q + 1 : q
      } else if (c === 34) {
        let q = p + 1
        while (q < end && bytes[q] !== 34) q++
        top.items.push(asciiOf(bytes, p + 1, q))
        p = q + 1
      } else if ((c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95) {
        let q = p
        while (q < end && ((bytes[q] >= 48 && bytes[q] <= 57) || (bytes[q] >= 65 && bytes[q] <= 90) || (bytes[q] >= 97 && bytes[q] <= 122) || bytes[q] === 95))
          q++
        const word = asciiOf(bytes, p, q).toUpperCase()
        while (q < end && bytes[q] <= 32) q++
        if (bytes[q] === 40) {
          typeName = word
          after = false
        } else top.items.push({ enum: word })
        p = q
      } else {
        const value = readReal(bytes, p, end, cursor)
        if (cursor.at === p) return undefined
        top.items.push(value)
        p = cursor.at
      }
    }
  }
  return undefined
}

function asciiOf(bytes: Uint8Array, from: number, to: number): string {
  if (to - from < 64) return String.fromCharCode.apply(null, bytes.subarray(from, to) as unknown as number[])
  let text = ''
  for (let q = from; q < to; q++) text += String.fromCharCode(bytes[q])
  return text
}

/** The id of a reference, or 0. */
export function refOf(value: Value): number {
  return typeof value === 'object' && value !== null && 'ref' in value ? value.ref : 0
}
export function refsOf(value: Value): number[] {
  if (!Array.isArray(value)) return refOf(value) > 0 ? [refOf(value)] : []
  return value.map(refOf).filter((id) => id > 0)
}
export function textOf(value: Value): string {
  if (typeof value === 'string') return value
  if (isTyped(value)) return textOf(value.value)
  return ''
}
export function enumOf(value: Value): string {
  return typeof value === 'object' && value !== null && 'enum' in value ? value.enum : ''
}
/** A number, also inside a typed value; NaN otherwise. */
export function numberOf(value: Value): number {
  if (typeof value === 'number') return value
  if (isTyped(value)) return numberOf(value.value)
  return Number.NaN
}
export function numbersOf(value: Value): number[] {
  return Array.isArray(value) ? value.map(numberOf) : []
}
export function isTyped(value: Value): value is Typed {
  return typeof value === 'object' && value !== null && 'type' in value
}
export function typeIs(step: StepFile, id: number, type: string): boolean {
  return step.typeOf(id) === type
}
