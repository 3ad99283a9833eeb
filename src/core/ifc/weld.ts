/**
 * The engine's triangle soup as indexed positions: equal vertices become one, triangles without area go. Null where a number or an index is
 * not sane.
 */
export function weld(
  vertices: Float32Array,
  stride: number,
  indices: Uint32Array,
  scale: number,
  farthest: number,
): { positions: Float32Array; indices: Uint32Array } | null {
  const count = Math.floor(vertices.length / stride)
  const size = tableSize(count)
  const table = new Int32Array(size).fill(-1)
  const positions = new Float32Array(count * 3)
  const bits = new Int32Array(positions.buffer)
  const remap = new Int32Array(count).fill(-1)
  const out = new Uint32Array(indices.length)
  let used = 0
  let written = 0
  for (let t = 0; t + 2 < indices.length; t += 3) {
    for (let k = 0; k < 3; k++) {
      const v = indices[t + k]
      if (v >= count) return null
      if (remap[v] >= 0) continue
      const at = used * 3
      for (let c = 0; c < 3; c++) {
        const value = vertices[v * stride + c] * scale
        if (!(value > -farthest && value < farthest)) return null
        positions[at + c] = value + 0
      }
      let slot = (Math.imul(bits[at], 73856093) ^ Math.imul(bits[at + 1], 19349663) ^ Math.imul(bits[at + 2], 83492791)) & (size - 1)
      while (table[slot] >= 0) {
        const other = table[slot] * 3
        if (bits[other] === bits[at] && bits[other + 1] === bits[at + 1] && bits[other + 2] === bits[at + 2]) break
        slot = (slot + 1) & (size - 1)
      }
      if (table[slot] < 0) table[slot] = used++
      remap[v] = table[slot]
    }
    const a = remap[indices[t]]
    const b = remap[indices[t + 1]]
    const c = remap[indices[t + 2]]
    if (a === b || b === c || c === a) continue
    out[written++] = a
    out[written++] = b
    out[written++] = c
  }
  return { positions: positions.slice(0, used * 3), indices: out.slice(0, written) }
}

/** Every edge has an even number of faces. */
export function closedness(indices: Uint32Array): boolean {
  if (indices.length === 0) return false
  const odd = new Set<number>()
  for (let t = 0; t < indices.length; t += 3)
    for (let k = 0; k < 3; k++) {
      const a = indices[t + k]
      const b = indices[t + ((k + 1) % 3)]
      const key = a < b ? a * 67108864 + b : b * 67108864 + a
      if (!odd.delete(key)) odd.add(key)
    }
  return odd.size === 0
}

function tableSize(count: number): number {
  let size = 16
  while (size < count * 2) size *= 2
  return size
}
