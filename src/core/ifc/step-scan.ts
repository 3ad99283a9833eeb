/**
 * One pass over the bytes of a STEP file: where each entity lies and which type it has. Knows nothing of IFC and never recurses, so that
 * no file can make it hang or overflow. Offsets point behind `TYPE` at its opening bracket.
 */
export interface StepScan {
  readonly bytes: Uint8Array
  readonly count: number
  /** Per entity in file order. */
  readonly ids: Uint32Array
  /** Offset of the opening bracket of the arguments. */
  readonly starts: Uint32Array
  /** Offset behind the closing bracket. */
  readonly ends: Uint32Array
  /** Index into `types`; type 0 is the complex entity `(A()B())`. */
  readonly codes: Uint16Array
  /** Type names in capitals. */
  readonly types: readonly string[]
  /** Text of the header section. */
  readonly header: { readonly start: number; readonly end: number }
  readonly faults: ScanFaults
}
export interface ScanFaults {
  /** No `ISO-10303-21` at the start. */
  readonly notStep: boolean
  /** The trailer `END-ISO-10303-21` is missing: the file is cut off. */
  readonly truncated: boolean
  /** Statements that could not be read, as line numbers are unknown: offsets of the first few, and how many. */
  readonly damaged: readonly number[]
  readonly damagedCount: number
  /** Ids over 2³² − 1. */
  readonly oversizeIds: number
  readonly dataSections: number
  readonly lowercase: boolean
}

const QUOTE = 39
const OPEN = 40
const CLOSE = 41
const STAR = 42
const SLASH = 47
const SEMICOLON = 59
const EQUALS = 61
const HASH = 35
const NEWLINE = 10
const RETURN = 13
/** 1 for bytes that mean something to the end of a statement. */
const SPECIAL = new Uint8Array(256)
for (const c of [QUOTE, SEMICOLON, SLASH, NEWLINE, RETURN]) SPECIAL[c] = 1
const MAX_ID = 4294967295
const KEPT_FAULTS = 20

export function scanStep(bytes: Uint8Array): StepScan {
  const n = bytes.length
  let capacity = Math.max(64, n >> 5)
  let ids = new Uint32Array(capacity)
  let starts = new Uint32Array(capacity)
  let ends = new Uint32Array(capacity)
  let codes = new Uint16Array(capacity)
  let count = 0
  const types: string[] = ['']
  const known = makeCodes()
  const damaged: number[] = []
  let damagedCount = 0
  let oversizeIds = 0
  let dataSections = 0
  let lowercase = false
  let trailer = false
  let header = { start: 0, end: 0 }
  let section: 'none' | 'header' | 'data' = 'none'
  // Of the statement that `findEnd` looked at last: its end, where reading goes on, and whether it has its `;`.
  let endAt = 0
  let endNext = 0
  let endComplete = false

  let p = skipBlank(0)
  const notStep = !startsWith('ISO-10303-21', p)
  if (!notStep)
    while (p < n) {
      p = skipBlank(p)
      if (p >= n) break
      const start = p
      if (bytes[p] === HASH) {
        const next = readEntity(p)
        p = next
        continue
      }
      findEnd(p)
      const word = keyword(start)
      if (word === 'HEADER') {
        section = 'header'
        header = { start: Math.min(endNext, n), end: n }
      } else if (word === 'ENDSEC') {
        if (section === 'header') header = { start: header.start, end: start }
        section = 'none'
      } else if (word === 'DATA') {
        section = 'data'
        dataSections++
      } else if (word === 'END-ISO-10303-21') {
        trailer = true
      } else if (section === 'data') fault(start)
      p = Math.max(endNext, p + 1)
    }
  if (header.end === n && n > 0) header = { start: header.start, end: Math.min(n, header.start + 65536) }
  return {
    bytes,
    count,
    ids: ids.subarray(0, count),
    starts: starts.subarray(0, count),
    ends: ends.subarray(0, count),
    codes: codes.subarray(0, count),
    types,
    header,
    faults: { notStep, truncated: !notStep && !trailer, damaged, damagedCount, oversizeIds, dataSections, lowercase },
  }

  function fault(offset: number): void {
    if (damaged.length < KEPT_FAULTS) damaged.push(offset)
    damagedCount++
  }

  /** Reads `#12=TYPE(…);` at p and gives the offset behind it. */
  function readEntity(begin: number): number {
    let q = begin + 1
    let id = 0
    const digits = q
    while (q < n && bytes[q] >= 48 && bytes[q] <= 57) id = id * 10 + bytes[q++] - 48
    const hasId = q > digits
    q = skipBlank(q)
    if (!hasId || bytes[q] !== EQUALS) {
      fault(begin)
      findEnd(begin)
      return Math.max(endNext, begin + 1)
    }
    q = skipBlank(q + 1)
    let hash = 2166136261 | 0
    const nameStart = q
    while (q < n) {
      let c = bytes[q]
      if (c >= 97 && c <= 122) {
        c -= 32
        lowercase = true
      }
      if (!((c >= 65 && c <= 90) || (c >= 48 && c <= 57) || c === 95)) break
      hash = Math.imul(hash ^ c, 16777619)
      q++
    }
    const nameEnd = q
    q = skipBlank(q)
    findEnd(q)
    const closing = bytes[q] === OPEN ? lastClose(q, endAt) : -1
    if (closing < 0 || !endComplete || nameEnd - nameStart > 80) {
      fault(begin)
      return Math.max(endNext, begin + 1)
    }
    if (id > MAX_ID) {
      oversizeIds++
      return endNext
    }
    let code = nameEnd === nameStart ? 0 : known.get(hash)
    if (code < 0) {
      if (types.length >= 60000) {
        fault(begin)
        return endNext
      }
      code = types.length
      types.push(ascii(nameStart, nameEnd).toUpperCase())
      known.set(hash, code)
    }
    if (count === capacity) grow()
    ids[count] = id
    starts[count] = q
    ends[count] = closing + 1
    codes[count] = code
    count++
    return endNext
  }

  /**
   * Finds the `;` that ends the statement at `from`, outside strings and comments, and leaves its place in `endAt`. A new line that begins with
   * `#12=` before the `;` means that this statement lost its end; reading goes on there.
   */
  function findEnd(from: number): void {
    let q = from
    endComplete = false
    for (;;) {
      while (q < n && SPECIAL[bytes[q]] === 0) q++
      const c = q < n ? bytes[q] : SEMICOLON
      if (c === SEMICOLON) {
        endComplete = q < n
        break
      }
      if (c === QUOTE) {
        q++
        while (q < n && bytes[q] !== QUOTE && !(isBreak(bytes[q]) && beginsEntity(q + 1))) q++
        if (q < n && bytes[q] !== QUOTE) break
      } else if (c === SLASH) {
        if (bytes[q + 1] === STAR) q = commentEnd(q) - 1
      } else if (q > from && beginsEntity(q + 1)) break
      q++
    }
    endAt = Math.min(q, n)
    endNext = Math.min(q + 1, n)
  }

  /** Whether a line at q reads `#12=` and then a letter or bracket. */
  function beginsEntity(from: number): boolean {
    let q = from
    while (q < n && (bytes[q] === 32 || bytes[q] === 9)) q++
    if (bytes[q] !== HASH) return false
    const digits = ++q
    while (q < n && bytes[q] >= 48 && bytes[q] <= 57) q++
    if (q === digits) return false
    while (q < n && (bytes[q] === 32 || bytes[q] === 9)) q++
    return bytes[q] === EQUALS
  }

  function lastClose(open: number, end: number): number {
    let q = end - 1
    while (q > open && bytes[q] <= 32) q--
    if (bytes[q] === SLASH && bytes[q - 1] === STAR) {
      q -= 2
      while (q > open && !(bytes[q] === SLASH && bytes[q + 1] === STAR)) q--
      q--
      while (q > open && bytes[q] <= 32) q--
    }
    return q > open && bytes[q] === CLOSE ? q : -1
  }

  function skipBlank(from: number): number {
    let q = from
    for (;;) {
      while (q < n && (bytes[q] <= 32 || (q < 3 && (bytes[q] === 0xef || bytes[q] === 0xbb || bytes[q] === 0xbf)))) q++
      if (bytes[q] === SLASH && bytes[q + 1] === STAR) q = commentEnd(q)
      else return q
    }
  }

  function commentEnd(from: number): number {
    let q = from + 2
    while (q < n && !(bytes[q] === STAR && bytes[q + 1] === SLASH)) q++
    return Math.min(n, q + 2)
  }

  function keyword(from: number): string {
    let q = from
    while (q < n && q - from < 24 && bytes[q] !== SEMICOLON && bytes[q] !== OPEN && bytes[q] > 32) q++
    return ascii(from, q).toUpperCase()
  }

  function startsWith(text: string, from: number): boolean {
    return ascii(from, from + text.length).toUpperCase() === text
  }

  function ascii(from: number, to: number): string {
    let text = ''
    for (let q = from; q < Math.min(to, n); q++) text += String.fromCharCode(bytes[q])
    return text
  }

  function grow(): void {
    capacity *= 2
    ids = enlarged(ids, new Uint32Array(capacity))
    starts = enlarged(starts, new Uint32Array(capacity))
    ends = enlarged(ends, new Uint32Array(capacity))
    codes = enlarged(codes, new Uint16Array(capacity))
  }
}

/** Numbers of types by the hash of their name; −1 where there is none yet. */
function makeCodes(): { get(hash: number): number; set(hash: number, code: number): void } {
  const size = 1 << 17
  const hashes = new Int32Array(size)
  const numbers = new Int32Array(size).fill(-1)
  const slotOf = (hash: number): number => {
    let slot = (hash ^ (hash >>> 15)) & (size - 1)
    while (numbers[slot] >= 0 && hashes[slot] !== hash) slot = (slot + 1) & (size - 1)
    return slot
  }
  return {
    get: (hash) => numbers[slotOf(hash)],
    set(hash, code) {
      const slot = slotOf(hash)
      hashes[slot] = hash
      numbers[slot] = code
    },
  }
}

function isBreak(c: number): boolean {
  return c === NEWLINE || c === RETURN
}

function enlarged<T extends Uint32Array | Uint16Array>(from: T, to: T): T {
  to.set(from)
  return to
}
