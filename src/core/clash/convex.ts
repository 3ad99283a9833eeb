/** Half-spaces n · p ≤ d of a convex body, four numbers each (n of length 1). */
export type Planes = Float64Array

/**
 * How deep can a point of convex body `within` lie below the surface of convex body `of`? Largest t with n·p + t ≤ d over the planes of
 * `of` and m·p ≤ e over those of `within`: a linear program in (p, t), exact for polyhedra. Negative where the bodies are apart.
 * Solved through its dual, min d·λ + e·μ subject to Σ nλ + Σ mμ = 0, Σλ = 1, λ, μ ≥ 0, by the revised simplex method on 4 × 4 bases with
 * Bland's rule; the point is read from the multipliers.
 */
export function deepestConvex(within: Planes, of: Planes): { depth: number; point: [number, number, number] } | null {
  const k = of.length / 4
  const l = within.length / 4
  // Offsets relative to a middle keep large coordinates out of the arithmetic.
  const columns = k + l
  const column = (j: number): [number, number, number, number] =>
    j < k ? [of[4 * j], of[4 * j + 1], of[4 * j + 2], 1] : [within[4 * (j - k)], within[4 * (j - k) + 1], within[4 * (j - k) + 2], 0]
  const cost = (j: number) => (j < k ? of[4 * j + 3] : within[4 * (j - k) + 3])
  const rhs = [0, 0, 0, 1]
  // Phase 1 with artificial variables columns … columns + 3 (unit columns), phase 2 keeps them out.
  const basis = [columns, columns + 1, columns + 2, columns + 3]
  let inverse = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]
  const at = (j: number): number[] => (j < columns ? column(j) : [0, 1, 2, 3].map((r) => (r === j - columns ? 1 : 0)))
  const solve = (v: readonly number[]) =>
    [0, 1, 2, 3].map((r) => inverse[4 * r] * v[0] + inverse[4 * r + 1] * v[1] + inverse[4 * r + 2] * v[2] + inverse[4 * r + 3] * v[3])
  const multipliers = (c: readonly number[]) =>
    [0, 1, 2, 3].map((j) => c[0] * inverse[j] + c[1] * inverse[4 + j] + c[2] * inverse[8 + j] + c[3] * inverse[12 + j])
  for (const phase of [1, 2]) {
    const price = (j: number) => (phase === 1 ? (j >= columns ? 1 : 0) : j >= columns ? 0 : cost(j))
    for (let turn = 0; turn < 2000; turn++) {
      const y = multipliers(basis.map(price))
      let enter = -1
      let least = -1e-11
      for (let j = 0; j < columns; j++) {
        const a = column(j)
        const reduced = price(j) - (y[0] * a[0] + y[1] * a[1] + y[2] * a[2] + y[3] * a[3])
        // Steepest first, then the first that helps, which cannot cycle.
        if (reduced < least) {
          enter = j
          if (turn > 200) break
          least = reduced
        }
      }
      if (enter < 0) break
      const direction = solve(at(enter))
      const value = solve(rhs)
      let leave = -1
      let ratio = Infinity
      for (let r = 0; r < 4; r++) {
        const stuck = phase === 2 && basis[r] >= columns && Math.abs(direction[r]) > 1e-9
        if (direction[r] <= 1e-12 && !stuck) continue
        const q = stuck ? 0 : value[r] / direction[r]
        if (q < ratio - 1e-14 || (q <= ratio + 1e-14 && leave >= 0 && basis[r] < basis[leave])) {
          ratio = q
          leave = r
        }
      }
      if (leave < 0) return null
      basis[leave] = enter
      const next = invert(basis.map(at))
      if (!next) return null
      inverse = next
    }
  }
  const y = multipliers(basis.map((j) => (j >= columns ? 0 : cost(j))))
  return { depth: y[3], point: [y[0], y[1], y[2]] }
}

/** Inverse of the 4 × 4 matrix with these columns, row by row; null where it is singular. */
function invert(columns: readonly (readonly number[])[]): number[] | null {
  const m = [0, 1, 2, 3].map((r) => [...columns.map((c) => c[r]), ...[0, 1, 2, 3].map((c) => (c === r ? 1 : 0))])
  for (let c = 0; c < 4; c++) {
    let p = c
    for (let r = c + 1; r < 4; r++) if (Math.abs(m[r][c]) > Math.abs(m[p][c])) p = r
    if (Math.abs(m[p][c]) < 1e-13) return null
    ;[m[c], m[p]] = [m[p], m[c]]
    const d = m[c][c]
    for (let k = 0; k < 8; k++) m[c][k] /= d
    for (let r = 0; r < 4; r++) {
      if (r === c) continue
      const f = m[r][c]
      if (f !== 0) for (let k = 0; k < 8; k++) m[r][k] -= f * m[c][k]
    }
  }
  return m.flatMap((row) => row.slice(4))
}

/** The same planes seen from an origin o: n · (p − o) ≤ d − n · o. */
export function shiftPlanes(planes: Planes, o: readonly number[]): Planes {
  const out = planes.slice()
  for (let i = 0; i < out.length; i += 4) out[i + 3] -= out[i] * o[0] + out[i + 1] * o[1] + out[i + 2] * o[2]
  return out
}

/** Index of the plane that a point inside is nearest to. */
export function nearestPlane(planes: Planes, [x, y, z]: readonly number[]): number {
  let best = 0
  let least = Infinity
  for (let i = 0; i < planes.length; i += 4) {
    const d = planes[i + 3] - (planes[i] * x + planes[i + 1] * y + planes[i + 2] * z)
    if (d < least) {
      least = d
      best = i / 4
    }
  }
  return best
}
