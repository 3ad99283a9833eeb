/**
 * UK Environment Agency 2D benchmark 3 (SC120002), momentum over a bump: 1310 m³ just fill the first hollow; by inertia some goes over the crest
 * (10.00 m, x = 200) into the second. A scheme without inertia leaves the point x = 250 dry. The same water at rest in the first hollow stays there.
 */
import { expect, it } from 'vitest'
import { cellAt, filled, makeGrid } from '../support/flood-grid.ts'
import { makeJudge } from '../support/judge.ts'

const judge = makeJudge('EA test 3', 'SC120002, Néelz & Pender 2013')
function bed(x: number): number {
  if (x < 144) return 10.4876 - 0.005 * x
  if (x < 150) return 10 - 0.25 * Math.cos((Math.PI * (150 - x)) / 50)
  if (x < 250) return 9.875 - 0.125 * Math.cos((2 * Math.PI * (x - 150)) / 100)
  if (x < 275) return 10 - 0.25 * Math.cos((Math.PI * (x - 250)) / 50)
  return 10 + ((x - 275) * Math.PI) / 200
}
const inflow = (t: number) => (t < 5 ? 0 : t < 15 ? 6.55 * (t - 5) : t < 25 ? 65.5 : t < 35 ? 6.55 * (35 - t) : 0)

it.each([5, 2.5])('at cells of %f m', (cell) => {
  const grid = makeGrid({ columns: 300 / cell, cell, floor: bed, manning: 0.01 })
  const run = filled(grid, () => 0)
  const width = cell / 100
  for (let t = 0; t < 900; t += 0.5) run.advance(0.5, 0, new Map(t < 35 ? [[cellAt(grid, 0), inflow(t + 0.25) * width]] : []))
  const depth = (x: number) => run.kernel.depthAt(cellAt(grid, Math.floor(x / cell)))
  judge('volume', `${cell} m`, Math.abs(run.kernel.volume() / (1310 * width) - 1), 1e-12)
  // A band of depth at x = 250: from a few centimetres to a decimetre.
  judge('x = 250 m: depth off the band 0.02 … 0.2 m', `${cell} m`, Math.max(0, 0.02 - depth(250), depth(250) - 0.2), 0)
  judge('x = 150 m: level over the crest', `${cell} m`, Math.max(0, bed(150) + depth(150) - 10), 0)
  const still = filled(grid, (x, _y, z) => (x < 200 ? Math.max(0, 9.999 - z) : 0))
  still.advance(900)
  expect(still.kernel.depthAt(cellAt(grid, Math.floor(250 / cell)))).toBe(0)
})
