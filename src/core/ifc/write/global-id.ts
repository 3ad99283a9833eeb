import { sha256Hex } from '@/core/base/hash'

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_$'

/** The GlobalId that belongs to a name: 128 bits of its SHA-256 as a name-based UUID, in the 22 characters of IFC's own base 64. */
export function globalIdOf(name: string): string {
  const hex = sha256Hex(new TextEncoder().encode(`foresite:${name}`))
  const bytes = Array.from({ length: 16 }, (_, k) => Number.parseInt(hex.slice(2 * k, 2 * k + 2), 16))
  bytes[6] = (bytes[6] & 0x0f) | 0x80
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  let id = DIGITS[bytes[0] >> 6] + DIGITS[bytes[0] & 63]
  for (let k = 1; k < 16; k += 3) {
    const bits = (bytes[k] << 16) | (bytes[k + 1] << 8) | bytes[k + 2]
    id += DIGITS[bits >> 18] + DIGITS[(bits >> 12) & 63] + DIGITS[(bits >> 6) & 63] + DIGITS[bits & 63]
  }
  return id
}
