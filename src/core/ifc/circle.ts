const known = new Map<number, readonly (readonly [number, number])[]>()

/**
 * Corners of a regular polygon in the unit circle, from +X counter-clockwise. By series, because `Math.cos` differs in its last bit between
 * engines, and models must not.
 */
export function unitCircle(corners: number): readonly (readonly [number, number])[] {
  const cached = known.get(corners)
  if (cached) return cached
  const out = Array.from({ length: corners }, (_, k): [number, number] => {
    // In eighths of a turn: symmetric corners are exactly symmetric.
    const eighths = (8 * k) / corners
    const octant = Math.floor(eighths)
    const turn = ((octant % 2 === 0 ? eighths - octant : 1 - (eighths - octant)) * Math.PI) / 4
    const [c, s] = [series(turn, 0), series(turn, 1)]
    const quarter = octant % 2 === 0 ? [c, s] : [s, c]
    if (octant < 2) return [quarter[0], quarter[1]]
    if (octant < 4) return [0 - quarter[1], quarter[0]]
    if (octant < 6) return [0 - quarter[0], 0 - quarter[1]]
    return [quarter[1], 0 - quarter[0]]
  })
  if (known.size < 64) known.set(corners, out)
  return out
}

/** Taylor series of the cosine (from 0) or sine (from 1) for angles up to π/4. */
function series(x: number, from: 0 | 1): number {
  let term = from === 0 ? 1 : x
  let sum = term
  for (let n = from + 1; n < 24; n += 2) {
    term *= (-x * x) / (n * (n + 1))
    sum += term
  }
  return sum
}
