/**
 * Long runs of numbers as bytes that compress well and come back exactly: floating-point numbers by planes (all first bytes, then all
 * second …, so that equal exponents stand together), indices as differences of variable length.
 */
export function planes(numbers: Float32Array | Float64Array): Uint8Array {
  const size = numbers.BYTES_PER_ELEMENT
  const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength)
  const out = new Uint8Array(bytes.length)
  const count = numbers.length
  for (let plane = 0; plane < size; plane++) for (let k = 0; k < count; k++) out[plane * count + k] = bytes[k * size + plane]
  return out
}

function joined(bytes: Uint8Array, size: number): ArrayBuffer {
  const count = bytes.length / size
  const out = new Uint8Array(bytes.length)
  for (let plane = 0; plane < size; plane++) for (let k = 0; k < count; k++) out[k * size + plane] = bytes[plane * count + k]
  return out.buffer
}
export function floats(bytes: Uint8Array): Float32Array {
  return new Float32Array(joined(bytes, 4))
}
export function doubles(bytes: Uint8Array): Float64Array {
  return new Float64Array(joined(bytes, 8))
}

/** Differences between neighbours, zigzag, seven bits a byte. */
export function differences(numbers: Uint32Array): Uint8Array {
  const out = new Uint8Array(numbers.length * 5)
  let at = 0
  let last = 0
  for (const number of numbers) {
    const step = number - last
    let rest = step < 0 ? -step * 2 - 1 : step * 2
    while (rest > 127) {
      out[at++] = (rest % 128) + 128
      rest = Math.floor(rest / 128)
    }
    out[at++] = rest
    last = number
  }
  return out.slice(0, at)
}
export function undifferenced(bytes: Uint8Array, count: number): Uint32Array {
  const out = new Uint32Array(count)
  let at = 0
  let last = 0
  for (let k = 0; k < count; k++) {
    let value = 0
    let weight = 1
    for (;;) {
      const byte = bytes[at++]
      value += (byte & 127) * weight
      if (byte < 128) break
      weight *= 128
    }
    last += value % 2 === 1 ? -(value + 1) / 2 : value / 2
    out[k] = last
  }
  return out
}
