/**
 * Thacker's paraboloid, frictionless, moving shore: z = −h₀ (1 − r²/a²), a 1, h₀ 0.1, L 4 m (Thacker 1981; SWASHES). Planar: η 0.5,
 * ω = √(2 g h₀)/a, h = η h₀/a² (2 x cos ωt + 2 y sin ωt − η) − z. Radial: r₀ 0.8, A = (a² − r₀²)/(a² + r₀²), ω = √(8 g h₀)/a. Order 1 spreads the
 * shore: limits at 100 cells 22 and 9 % (`flood.md` 4), judged after three periods; half the cells, 40 and 17 %.
 */
import { it } from 'vitest'
import { cellAt, filled, l1, makeGrid } from '../support/flood-grid.ts'
import { makeJudge } from '../support/judge.ts'

const judge = makeJudge('Thacker', 'Thacker 1981; SWASHES')
const g = 9.81
const [a, h0, L] = [1, 0.1, 4]
const bed = (x: number, y: number) => -h0 * (1 - (x * x + y * y) / (a * a))
const A = (a * a - 0.64) / (a * a + 0.64)
const radialOmega = Math.sqrt(8 * g * h0) / a
const radial = (x: number, y: number, t: number) => {
  const c = 1 - A * Math.cos(radialOmega * t)
  return h0 * (Math.sqrt(1 - A * A) / c - 1 - ((x * x + y * y) / (a * a)) * ((1 - A * A) / (c * c) - 1)) - bed(x, y)
}

it.each([
  [50, 0.17],
  [100, 0.09],
])('radial, at %i cells', (n, limit) => {
  const cell = L / n
  const grid = makeGrid({ columns: n, rows: n, cell, floor: (x, y) => bed(x - 2, y - 2) })
  const run = filled(grid, (x, y) => radial(x - 2, y - 2, 0))
  const period = (2 * Math.PI) / radialOmega
  run.advance(3 * period)
  const [ours, exact]: [number[], number[]] = [[], []]
  for (let r = 0; r < n; r++)
    for (let c = 0; c < n; c++) {
      ours.push(run.kernel.depthAt(cellAt(grid, c, r)))
      exact.push(Math.max(0, radial((c + 0.5) * cell - 2, (r + 0.5) * cell - 2, 3 * period)))
    }
  judge('radial, depth L1 after 3 periods', `${n} cells`, l1(ours, exact), limit)
})
