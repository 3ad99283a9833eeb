/**
 * Text of a STEP file. Standard: ISO 10303-21, escapes `\X2\…\X0\` (UTF-16), `\X4\…\X0\` (UTF-32), `\X\hh` and `\S\c` (ISO 8859-1).
 * Real files also hold raw UTF-8 or GBK bytes, and lowercase `\x2\` and hex digits.
 */
export type Encoding = 'ascii' | 'utf-8' | 'gb18030' | 'latin1'

/** UTF-8 where the bytes are valid UTF-8, else GB 18030 where they decode without a gap, else ISO 8859-1. */
export function sniffEncoding(bytes: Uint8Array): Encoding {
  const first = firstHigh(bytes)
  if (first < 0) return 'ascii'
  for (const encoding of ['utf-8', 'gb18030'] as const) if (decodes(bytes, first, encoding)) return encoding
  return 'latin1'
}

/** Place of the first byte above 127, −1 for none; four at a time. */
function firstHigh(bytes: Uint8Array): number {
  const lead = Math.min(bytes.length, (4 - (bytes.byteOffset % 4)) % 4)
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset + lead, (bytes.length - lead) >> 2)
  for (let i = 0; i < lead; i++) if (bytes[i] > 127) return i
  let w = 0
  while (w < words.length && (words[w] & 0x80808080) === 0) w++
  for (let i = lead + w * 4; i < bytes.length; i++) if (bytes[i] > 127) return i
  return -1
}

/** Piece by piece, so that a large file does not become one large text. */
function decodes(bytes: Uint8Array, from: number, encoding: string): boolean {
  const decoder = new TextDecoder(encoding, { fatal: true })
  const piece = 1 << 20
  try {
    for (let at = from; at < bytes.length; at += piece) decoder.decode(bytes.subarray(at, at + piece), { stream: true })
    decoder.decode()
    return true
  } catch {
    return false
  }
}

export function makeDecoder(encoding: Encoding): (bytes: Uint8Array) => string {
  const decoder = new TextDecoder(encoding === 'ascii' || encoding === 'latin1' ? 'windows-1252' : encoding)
  // Most strings are short and plain: a decoder call costs more than they do.
  return (bytes) => {
    if (bytes.length > 64) return decoder.decode(bytes)
    for (let k = 0; k < bytes.length; k++) if (bytes[k] > 127) return decoder.decode(bytes)
    return String.fromCharCode.apply(null, bytes as unknown as number[])
  }
}

const LONGEST = 65536

/** The inside of a quoted STEP string (already decoded to text, quotes still doubled) as plain text. */
export function unescapeStep(text: string): string {
  const plain = text.includes("''") ? text.replaceAll("''", "'") : text
  if (!plain.includes('\\')) return plain
  let out = ''
  let i = 0
  while (i < plain.length) {
    const c = plain[i]
    if (c !== '\\') {
      out += c
      i++
      continue
    }
    const code = plain[i + 1]?.toUpperCase()
    if (code === 'X' && (plain[i + 2] === '2' || plain[i + 2] === '4') && plain[i + 3] === '\\') {
      const size = plain[i + 2] === '2' ? 4 : 8
      let q = i + 4
      while (isHex(plain, q, size)) {
        out += fromHex(plain.slice(q, q + size))
        q += size
      }
      i = plain[q] === '\\' && plain[q + 1]?.toUpperCase() === 'X' && plain[q + 2] === '0' && plain[q + 3] === '\\' ? q + 4 : q
    } else if (code === 'X' && plain[i + 2] === '\\' && isHex(plain, i + 3, 2)) {
      out += String.fromCharCode(Number.parseInt(plain.slice(i + 3, i + 5), 16))
      i += 5
    } else if (code === 'S' && plain[i + 2] === '\\' && i + 3 < plain.length) {
      out += String.fromCharCode(plain.charCodeAt(i + 3) + 128)
      i += 4
    } else if (code === 'P' && plain[i + 3] === '\\') {
      i += 4
    } else {
      out += '\\'
      i += code === '\\' ? 2 : 1
    }
    if (out.length > LONGEST * 4) return out
  }
  return out
}

function isHex(text: string, at: number, count: number): boolean {
  if (at + count > text.length) return false
  for (let i = at; i < at + count; i++) {
    const c = text.charCodeAt(i)
    if (!((c >= 48 && c <= 57) || (c >= 65 && c <= 70) || (c >= 97 && c <= 102))) return false
  }
  return true
}

function fromHex(hex: string): string {
  const code = Number.parseInt(hex, 16)
  if (hex.length === 4) return String.fromCharCode(code)
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd'
}
