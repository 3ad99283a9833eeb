/** Seeded random numbers in [0, 1): the same on every machine (32-bit integer arithmetic only; sfc32 after Doty-Humphrey). */
export function seededRandom(seed: number): () => number {
  let [a, b, c, d] = [0x9e3779b9, 0x243f6a88, seed | 0, 1]
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    c |= 0
    return (t >>> 0) / 4294967296
  }
  for (let k = 0; k < 15; k++) next()
  return next
}
