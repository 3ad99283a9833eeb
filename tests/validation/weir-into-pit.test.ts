/**
 * A reservoir runs out over a crest into a pit 8 m below. Reservoir 60 m long, level 0.3 m over the crest, which stands 5 m over its floor;
 * critical flow on the crest, q = √g (2H/3)^1.5 = 1.705 H^1.5, and a falling level: L dH/dt = −q, so H(t) = (H₀^−½ + 1.705 t / 2L)^−2.
 * Limits (`flood.md` 4): crest of 2 m 4 %, thin wall 0.5 %.
 */
import { it } from 'vitest'
import { filled, makeGrid } from '../support/flood-grid.ts'
import { makeJudge } from '../support/judge.ts'

const judge = makeJudge('Weir into a pit', 'critical weir on a falling level')

const LENGTH = 60
const weir = Math.sqrt(9.81) * (2 / 3) ** 1.5
const exact = (t: number, length: number) => length * (0.3 - (0.3 ** -0.5 + (weir * t) / (2 * length)) ** -2)

it.each([1, 0.5])('over a crest 2 m long at cells of %f m', (cell) => {
  const floor = (x: number) => (x < LENGTH ? 0 : x < LENGTH + 2 ? 5 : -3)
  const grid = makeGrid({ columns: (LENGTH + 22) / cell, cell, floor })
  const run = filled(grid, (x) => (x < LENGTH ? 5.3 : x < LENGTH + 2 ? 0.2 : 0))
  run.advance(60)
  let inPit = 0
  for (let c = Math.round((LENGTH + 2) / cell); c < (LENGTH + 22) / cell; c++) inPit += run.kernel.depthAt(grid.columns + c + 1) * cell
  judge('crest of 2 m: volume in 60 s', `${cell} m`, Math.abs(inPit / exact(60, LENGTH) - 1), 0.04)
})

it.each([1, 0.5])('over a thin wall at cells of %f m', (cell) => {
  const columns = (LENGTH + 20) / cell
  const face = columns + 2 + LENGTH / cell
  const grid = makeGrid({ columns, cell, floor: (x) => (x < LENGTH ? 0 : -3), crests: [{ axis: 'x', face, level: 5, thin: true, coefficient: 1, source: '' }] })
  const run = filled(grid, (x) => (x < LENGTH ? 5.3 : 0))
  run.advance(60)
  let inPit = 0
  for (let c = LENGTH / cell; c < columns; c++) inPit += run.kernel.depthAt(grid.columns + c + 1) * cell
  judge('thin wall: volume in 60 s', `${cell} m`, Math.abs(inPit / exact(60, LENGTH) - 1), 0.005)
})
