/**
 * A thin wall at 45° to the grid: on raster faces it is √2 too long, so its coefficient is 1/√2. A reservoir, level 0.3 m over the crest, runs out
 * into a pit: A dH/dt = −1.705 √2 N Δx H^1.5. Limit (`flood.md` 4): volume after 15 s 3 %; without the coefficient it is 14 % too much.
 */
import { expect, it } from 'vitest'
import type { Crest } from '@/core/site'
import { cellAt, filled, makeGrid } from '../support/flood-grid.ts'
import { makeJudge } from '../support/judge.ts'

const judge = makeJudge('Diagonal wall', 'weir on a falling level')
const weir = Math.sqrt(9.81) * (2 / 3) ** 1.5

it.each([1, 0.5])('at cells of %f m', (cell) => {
  const n = 40 / cell
  const pass = (coefficient: number) => {
    const crests: Crest[] = []
    for (let c = 0; c < n; c++) {
      const k = (n - 1 - c + 1) * (n + 2) + c + 1
      if (c < n - 1) crests.push({ axis: 'x', face: k, level: 3, thin: true, coefficient, source: '' })
      if (c > 0) crests.push({ axis: 'y', face: k, level: 3, thin: true, coefficient, source: '' })
    }
    const grid = makeGrid({ columns: n, rows: n, cell, floor: (x, y) => (x / cell + y / cell < n + 0.5 ? 0 : -6), crests })
    const run = filled(grid, (_x, _y, z) => (z === 0 ? 3.3 : 0))
    run.advance(15)
    let volume = 0
    for (let r = 0; r < n; r++) for (let c = 0; c < n; c++) if (c + r > n - 1) volume += run.kernel.depthAt(cellAt(grid, c, r)) * cell * cell
    return volume
  }
  const area = ((n * (n + 1)) / 2) * cell * cell
  // Faces: 2 (n − 1); a wall through their middles is that many half diagonals long.
  const length = Math.SQRT2 * (n - 1) * cell
  const exact = area * (0.3 - (0.3 ** -0.5 + (weir * length * 15) / (2 * area)) ** -2)
  judge('volume over it in 15 s', `${cell} m`, Math.abs(pass(Math.SQRT1_2) / exact - 1), 0.03)
  expect(pass(1) / exact).toBeGreaterThan(1.1)
})
