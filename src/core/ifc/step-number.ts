/** Where reading went on to. */
export interface Cursor {
  at: number
}

/** Powers of ten that a double holds exactly. */
const TENS = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`))
const EXACT_DIGITS = 15

/**
 * The number written at `p`, exactly as `Number` reads it, without making a string of it: up to 15 digits and a power of ten up to 22 are one
 * correctly rounded operation (Clinger 1990). What is longer goes through `Number`; what is no number is NaN. `cursor` ends behind the token.
 */
export function readReal(bytes: Uint8Array, p: number, end: number, cursor: Cursor): number {
  const start = p
  let negative = false
  if (bytes[p] === 45) {
    negative = true
    p++
  } else if (bytes[p] === 43) p++
  let mantissa = 0
  let digits = 0
  let written = 0
  let exponent = 0
  let c = bytes[p]
  while (p < end && c >= 48 && c <= 57) {
    mantissa = mantissa * 10 + c - 48
    if (mantissa > 0) digits++
    written++
    c = bytes[++p]
  }
  if (p < end && c === 46) {
    c = bytes[++p]
    while (p < end && c >= 48 && c <= 57) {
      mantissa = mantissa * 10 + c - 48
      if (mantissa > 0) digits++
      written++
      exponent--
      c = bytes[++p]
    }
  }
  if (p < end && (c === 69 || c === 101) && written > 0) {
    p++
    let down = false
    if (bytes[p] === 45) {
      down = true
      p++
    } else if (bytes[p] === 43) p++
    let power = 0
    let any = false
    while (p < end && bytes[p] >= 48 && bytes[p] <= 57 && power < 10000) {
      power = power * 10 + bytes[p++] - 48
      any = true
    }
    if (!any) written = 0
    exponent += down ? -power : power
  }
  if (p < end && !ends(bytes[p])) {
    while (p < end && !ends(bytes[p])) p++
    cursor.at = p
    return Number(ascii(bytes, start, p))
  }
  cursor.at = p
  if (written === 0) return Number.NaN
  if (digits > EXACT_DIGITS || exponent > 22 || exponent < -22) {
    return Number(ascii(bytes, start, p))
  }
  const value = exponent < 0 ? mantissa / TENS[-exponent] : mantissa * TENS[exponent]
  return negative ? -value : value
}

function ends(c: number): boolean {
  return c === 44 || c === 41 || c === 40 || c <= 32 || c === 47
}

function ascii(bytes: Uint8Array, from: number, to: number): string {
  let text = ''
  for (let q = from; q < to; q++) text += String.fromCharCode(bytes[q])
  return text
}
