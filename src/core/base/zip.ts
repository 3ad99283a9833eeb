import { deflateSync, Inflate } from 'fflate'
import { Failure, type Problem, problem } from './problem.ts'

/**
 * Zip archives of unknown origin: everything an archive says of itself is checked against what is really in it, and one lie refuses the
 * whole archive. Sizes are counted while inflating, never believed. No Zip64, no encryption, no other methods than stored and deflated.
 */
export interface ZipEntry {
  /** With `/` between folders; relative, without `..`. */
  readonly name: string
  readonly bytes: Uint8Array
}

declare module './problem.ts' {
  interface ProblemTable {
    'archive.notZip': { name: string }
    'archive.damaged': { entry: string; what: ArchiveFault }
    'archive.tooLarge': { entry: string; limit: string }
    'archive.unsupported': { entry: string; what: string }
    'archive.path': { entry: string }
    'archive.odd': { entry: string }
  }
}
export type ArchiveFault = 'directory' | 'header' | 'size' | 'checksum' | 'stream' | 'duplicate' | 'overlap' | 'seal'

export interface ZipLimits {
  readonly archive: number
  readonly entries: number
  readonly total: number
  /** Greatest size of one entry by its lower-case name [bytes]. */
  readonly entry: (name: string) => number
}
const MB = 1 << 20
export const ZIP_LIMITS: ZipLimits = {
  archive: 200 * MB,
  entries: 10_000,
  total: 512 * MB,
  entry: (name) => (/\.(bcf|bcfv|bcfp|xml|xsd|version)$/.test(name) ? 8 * MB : /\.(png|jpe?g|bmp)$/.test(name) ? 32 * MB : 128 * MB),
}
/** An entry larger than this must not be smaller than a 200th of itself in the archive. */
const RATIO_FROM = MB
const RATIO = 200

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
/** Stands at the end of an archive of our own: CRC-32 of all that is before the comment's eight digits. */
const SEAL = 'foresite crc32 '

export function isZip(bytes: Uint8Array): boolean {
  return bytes.length >= 22 && bytes[0] === 0x50 && bytes[1] === 0x4b && ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6))
}

/** Every file in the archive, folders left out. Throws a Failure with the reason where anything is not as it says. */
export function readZip(bytes: Uint8Array, name = '', limits: ZipLimits = ZIP_LIMITS, tell: (found: Problem) => void = () => {}): ZipEntry[] {
  const fail = (found: Problem): never => {
    throw new Failure(found)
  }
  const damaged = (entry: string, what: ArchiveFault): never => fail(problem('archive.damaged', { entry, what }, name))
  if (bytes.length > limits.archive) fail(problem('archive.tooLarge', { entry: name, limit: size(limits.archive) }, name))
  if (!isZip(bytes)) fail(problem('archive.notZip', { name }, name))
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(view, bytes.length) ?? damaged('', 'directory')
  checkSeal(bytes, end, damaged)
  const count = view.getUint16(end + 10, true)
  const length = view.getUint32(end + 12, true)
  const start = view.getUint32(end + 16, true)
  if (count === 0xffff || start === 0xffffffff) fail(problem('archive.unsupported', { entry: name, what: 'Zip64' }, name))
  if (view.getUint16(end + 4, true) !== 0 || view.getUint16(end + 6, true) !== 0 || view.getUint16(end + 8, true) !== count) damaged('', 'directory')
  if (start + length !== end) damaged('', 'directory')
  if (count > limits.entries) fail(problem('archive.tooLarge', { entry: name, limit: `${limits.entries}` }, name))

  const records: Central[] = []
  const names = new Set<string>()
  let at = start
  for (let k = 0; k < count; k++) {
    const record = centralAt(view, bytes, at, end) ?? damaged('', 'directory')
    at = record.next
    if (!isSafePath(record.name)) fail(problem('archive.path', { entry: shown(record.name) }, name))
    if (record.flags & 1) fail(problem('archive.unsupported', { entry: shown(record.name), what: 'encryption' }, name))
    if (record.method !== 0 && record.method !== 8) fail(problem('archive.unsupported', { entry: shown(record.name), what: `method ${record.method}` }, name))
    if (names.has(record.name.toLowerCase())) damaged(record.name, 'duplicate')
    names.add(record.name.toLowerCase())
    records.push(record)
  }
  if (at !== end) damaged('', 'directory')

  for (const entry of oddOnes(records)) tell(problem('archive.odd', { entry: shown(entry) }, name, 'warning'))

  // Declared sizes are only used to refuse early; what comes out is counted again.
  let total = 0
  for (const { name: entry, size: declared, packed } of records) {
    total += declared
    const most = limits.entry(entry.toLowerCase())
    if (declared > most || total > limits.total || (declared > RATIO_FROM && declared > RATIO * packed))
      fail(problem('archive.tooLarge', { entry: shown(entry), limit: size(Math.min(most, limits.total)) }, name))
  }
  const placed = [...records].sort((a, b) => a.offset - b.offset)
  const found: ZipEntry[] = []
  const data = new Map<Central, Uint8Array>()
  let free = 0
  for (const record of placed) {
    if (record.offset < free) damaged(record.name, 'overlap')
    const from = localAt(view, bytes, record, start) ?? damaged(record.name, 'header')
    free = from + record.packed
    if (free > start) damaged(record.name, 'directory')
    data.set(record, bytes.subarray(from, free))
  }
  for (const record of records) {
    if (record.name.endsWith('/')) {
      if (record.size > 0) damaged(record.name, 'size')
      continue
    }
    const packed = data.get(record) as Uint8Array
    const content = record.method === 0 ? packed.slice() : (inflate(packed, record.size) ?? damaged(record.name, 'stream'))
    if (content.length !== record.size) damaged(record.name, 'size')
    if (crc32(content) !== record.crc) damaged(record.name, 'checksum')
    found.push({ name: record.name, bytes: content })
  }
  return found
}

interface Central {
  readonly name: string
  readonly rawName: Uint8Array
  readonly flags: number
  readonly method: number
  readonly time: number
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly offset: number
  readonly needed: number
  /** Version and attributes, which nothing else vouches for. */
  readonly marks: readonly [number, number]
  readonly next: number
}

/** Entries whose marks are one bit away from those of the others: content is not touched, but the archive is not as it was written. */
function oddOnes(records: readonly Central[]): string[] {
  const files = records.filter(({ name }) => !name.endsWith('/'))
  const counts = new Map<string, number>()
  for (const { marks } of files) counts.set(marks.join(), (counts.get(marks.join()) ?? 0) + 1)
  const usual = files.find(({ marks }) => counts.get(marks.join()) === Math.max(...counts.values()))
  const bits = (value: number) => value.toString(2).replaceAll('0', '').length
  return usual
    ? files.flatMap(({ name, marks }) => (bits((marks[0] ^ usual.marks[0]) >>> 0) + bits((marks[1] ^ usual.marks[1]) >>> 0) === 1 ? [name] : []))
    : []
}

function findEnd(view: DataView, length: number): number | null {
  for (let at = length - 22; at >= Math.max(0, length - 22 - 0xffff); at--)
    if (view.getUint32(at, true) === END && at + 22 + view.getUint16(at + 20, true) === length) return at
  return null
}

function centralAt(view: DataView, bytes: Uint8Array, at: number, end: number): Central | null {
  if (at + 46 > end || view.getUint32(at, true) !== CENTRAL) return null
  const [nameLength, extra, comment] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true)]
  const next = at + 46 + nameLength + extra + comment
  const needed = view.getUint16(at + 6, true)
  // Version, disk and internal attributes have few right values; one that is wrong tells of damage.
  if (next > end || nameLength === 0 || needed > 63 || view.getUint16(at + 34, true) !== 0 || view.getUint16(at + 36, true) > 1) return null
  if (bytes[at + 4] > 63 || bytes[at + 5] > 20 || !wellFormedExtra(view, at + 46 + nameLength, extra)) return null
  const flags = view.getUint16(at + 8, true)
  const rawName = bytes.subarray(at + 46, at + 46 + nameLength)
  const name = decodeName(rawName)
  if (name === null) return null
  return {
    name,
    rawName,
    flags,
    method: view.getUint16(at + 10, true),
    time: view.getUint32(at + 12, true),
    crc: view.getUint32(at + 16, true),
    packed: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    offset: view.getUint32(at + 42, true),
    needed,
    marks: [view.getUint16(at + 4, true), view.getUint32(at + 38, true)],
    next,
  }
}

/** Where the data of an entry begin; null where its own header does not say the same as the directory. */
function localAt(view: DataView, bytes: Uint8Array, record: Central, limit: number): number | null {
  const { offset } = record
  if (offset + 30 > limit || view.getUint32(offset, true) !== LOCAL) return null
  const [nameLength, extra] = [view.getUint16(offset + 26, true), view.getUint16(offset + 28, true)]
  const from = offset + 30 + nameLength + extra
  if (from + record.packed > limit || nameLength !== record.rawName.length) return null
  for (let k = 0; k < nameLength; k++) if (bytes[offset + 30 + k] !== record.rawName[k]) return null
  if (view.getUint16(offset + 4, true) !== record.needed || view.getUint16(offset + 6, true) !== record.flags) return null
  if (view.getUint16(offset + 8, true) !== record.method || view.getUint32(offset + 10, true) !== record.time) return null
  if (!wellFormedExtra(view, offset + 30 + nameLength, extra)) return null
  const same = (at: number, value: number, later: boolean) => view.getUint32(at, true) === value || (later && view.getUint32(at, true) === 0)
  // With bit 3 the sizes follow the data instead.
  const later = (record.flags & 8) !== 0
  if (!same(offset + 14, record.crc, later) || !same(offset + 18, record.packed, later) || !same(offset + 22, record.size, later)) return null
  if (later && !describes(view, from + record.packed, record, limit)) return null
  return from
}
function describes(view: DataView, at: number, record: Central, limit: number): boolean {
  if (at + 12 > limit) return false
  const from = view.getUint32(at, true) === 0x08074b50 ? at + 4 : at
  return (
    from + 12 <= limit &&
    view.getUint32(from, true) === record.crc &&
    view.getUint32(from + 4, true) === record.packed &&
    view.getUint32(from + 8, true) === record.size
  )
}
function wellFormedExtra(view: DataView, at: number, length: number): boolean {
  const end = at + length
  if (end > view.byteLength) return false
  let k = at
  while (k + 4 <= end) k += 4 + view.getUint16(k + 2, true)
  return k === end
}

function decodeName(raw: Uint8Array): string | null {
  try {
    // Old tools write backslashes.
    return new TextDecoder('utf-8', { fatal: true }).decode(raw).replaceAll('\\', '/')
  } catch {
    return new TextDecoder('gb18030').decode(raw).replaceAll('\\', '/')
  }
}
/** Control and format characters (which hide or turn text) are as unsafe as climbing out of the folder. */
export function isSafePath(path: string): boolean {
  if (path.length === 0 || path.length > 1000 || path.startsWith('/') || /^[a-z]:/i.test(path) || /[\p{Cc}\p{Cf}\ufffd\\:*?"<>|]/u.test(path)) return false
  return path
    .replace(/\/$/, '')
    .split('/')
    .every((part) => part !== '' && part !== '.' && part !== '..' && !/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(part))
}

/** Inflates in small helpings and stops as soon as more comes out than was declared. */
function inflate(packed: Uint8Array, declared: number): Uint8Array | null {
  const out = new Uint8Array(declared)
  let filled = 0
  let ended = false
  let over = false
  const stream = new Inflate((piece, last) => {
    if (filled + piece.length > declared) over = true
    else out.set(piece, filled)
    filled += piece.length
    ended ||= last
  })
  const HELPING = 1 << 14
  try {
    for (let k = 0; k < packed.length || k === 0; k += HELPING) {
      stream.push(packed.subarray(k, k + HELPING), k + HELPING >= packed.length)
      if (over) return null
    }
  } catch {
    return null
  }
  return ended && filled === declared ? out : null
}

/** Deflated, without dates of its own, so that the same entries always make the same bytes; sealed against damage. */
export function writeZip(entries: readonly ZipEntry[]): Uint8Array {
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const { name, bytes } of entries) {
    if (!isSafePath(name)) throw new Failure(problem('archive.path', { entry: shown(name) }))
    const rawName = new TextEncoder().encode(name)
    // What is compressed already does not get smaller.
    const deflated = /\.(png|jpe?g)$/i.test(name) ? bytes : deflateSync(bytes, { level: 6 })
    const [method, packed] = deflated.length < bytes.length ? [8, deflated] : [0, bytes]
    const header = record(LOCAL, rawName, method, crc32(bytes), packed.length, bytes.length, null)
    directory.push(record(CENTRAL, rawName, method, crc32(bytes), packed.length, bytes.length, offset))
    parts.push(header, packed)
    offset += header.length + packed.length
  }
  const length = directory.reduce((sum, one) => sum + one.length, 0)
  const comment = new TextEncoder().encode(`${SEAL}00000000`)
  const end = new Uint8Array(22 + comment.length)
  const view = new DataView(end.buffer)
  view.setUint32(0, END, true)
  view.setUint16(8, entries.length, true)
  view.setUint16(10, entries.length, true)
  view.setUint32(12, length, true)
  view.setUint32(16, offset, true)
  view.setUint16(20, comment.length, true)
  end.set(comment, 22)
  const archive = join([...parts, ...directory, end])
  archive.set(new TextEncoder().encode(digits(crc32(archive.subarray(0, archive.length - 8)))), archive.length - 8)
  return archive
}

function record(signature: number, name: Uint8Array, method: number, crc: number, packed: number, length: number, offset: number | null): Uint8Array {
  const central = offset === null ? 0 : 16
  const out = new Uint8Array(30 + central + name.length)
  const view = new DataView(out.buffer)
  let at = 0
  const short = (value: number) => {
    view.setUint16(at, value, true)
    at += 2
  }
  const long = (value: number) => {
    view.setUint32(at, value, true)
    at += 4
  }
  long(signature)
  if (offset !== null) short(20)
  short(20)
  short(0x800) // the name is UTF-8
  short(method)
  short(0)
  short(0x21) // 1980-01-01
  long(crc)
  long(packed)
  long(length)
  short(name.length)
  short(0)
  if (offset !== null) {
    short(0)
    short(0)
    short(0)
    long(0)
    long(offset)
  }
  out.set(name, at)
  return out
}

function checkSeal(bytes: Uint8Array, end: number, damaged: (entry: string, what: ArchiveFault) => never): void {
  const comment = new TextDecoder('latin1').decode(bytes.subarray(end + 22))
  const ours = new TextEncoder().encode(SEAL)
  // A comment as long as ours that reads almost like it is ours, damaged.
  if (comment.length !== SEAL.length + 8) return
  const alike = ours.reduce((sum, code, k) => sum + Number(code === bytes[end + 22 + k]), 0)
  if (alike < SEAL.length - 2) return
  if (comment !== SEAL + digits(crc32(bytes.subarray(0, bytes.length - 8)))) damaged('', 'seal')
}
const digits = (crc: number): string => crc.toString(16).padStart(8, '0')

function join(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}
function size(bytes: number): string {
  return `${Math.round(bytes / MB)} MB`
}
function shown(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}]/gu, '�').slice(0, 120)
}

let table: Uint32Array | null = null
/** CRC-32 as zip and PNG have it (polynomial 0xEDB88320). */
export function crc32(bytes: Uint8Array): number {
  table ??= Uint32Array.from({ length: 256 }, (_, n) => {
    let c = n
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
    return c >>> 0
  })
  let crc = 0xffffffff
  for (let k = 0; k < bytes.length; k++) crc = table[(crc ^ bytes[k]) & 255] ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}
