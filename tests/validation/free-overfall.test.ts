/**
 * Free overfall: q = 0.05 m²/s runs down a mild channel (n 0.015, S 0.001) and falls 8 m into a pit. Upstream the depth follows the
 * gradually varied profile from the critical depth h_c = (q²/g)^⅓ at the brink: dh/dx = (S − n² q² h^(−10/3)) / (1 − q²/(g h³)).
 * Limits (`flood.md` 4): depth 10 m upstream 3.5 / 2.5 %, velocity on the edge's face 1 % of critical, cells of 1 / 0.5 m.
 */
import { it } from 'vitest'
import { cellAt, filled, makeGrid } from '../support/flood-grid.ts'
import { makeJudge } from '../support/judge.ts'

const judge = makeJudge('Free overfall', 'gradually varied profile from critical depth')

const [q, n, S, g] = [0.05, 0.015, 0.001, 9.81]
const critical = ((q * q) / g) ** (1 / 3)
/** Depth at a distance upstream of the brink, by the inverse profile dx/dh (it is regular at the critical depth). */
function profile(distance: number): number {
  let [h, x] = [critical, 0]
  const slope = (depth: number) => (1 - (q * q) / (g * depth ** 3)) / (S - n * n * q * q * depth ** (-10 / 3))
  const dh = 1e-7
  while (x > -distance) {
    x += slope(h + dh / 2) * dh
    h += dh
  }
  return h
}

it.each([
  [1, 0.035],
  [0.5, 0.025],
])('at cells of %f m', (cell, limit) => {
  const channel = 60 / cell
  const grid = makeGrid({ columns: channel + 10 / cell, cell, floor: (x) => (x < 60 ? (60 - x) * S : -8), manning: n })
  const run = filled(grid, (x) => (x < 60 ? 0.08 : 0))
  run.advance(240, 0, new Map([[cellAt(grid, 0), q * cell]]))
  const at = 10 - cell / 4
  const column = Math.floor((60 - at) / cell)
  const measured = run.kernel.depthAt(cellAt(grid, column))
  judge('depth 10 m upstream', `${cell} m`, Math.abs(measured / profile(60 - (column + 0.5) * cell) - 1), limit)
  const flow = run.kernel.flowAt('x', cellAt(grid, channel - 1)) / cell
  judge('discharge over the edge', `${cell} m`, Math.abs(flow / q - 1), 0.01)
})
