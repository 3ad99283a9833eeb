/**
 * A square dam break over a symmetric bed stays eightfold symmetric, bit for bit, and a rotated site gives the rotated flood. Local steps
 * do so where the tiles lie symmetrically, to rounding.
 */
import { it } from 'vitest'
import { cellAt, filled, makeGrid } from '../support/flood-grid.ts'
import { makeJudge } from '../support/judge.ts'
import { seeded } from '../support/seeded.ts'

const judge = makeJudge('Symmetry', 'the equations have no preferred direction')

it.each([
  ['uniform', 40],
  ['cpu', 62],
])('eightfold, %s', (kernel, n) => {
  const bed = (x: number, y: number) => {
    const [dx, dy] = [Math.abs(x - n / 2), Math.abs(y - n / 2)]
    return dx < 4 && dy < 4 ? -3 : 0.01 * (dx * dx + dy * dy) ** 0.5
  }
  const grid = makeGrid({ columns: n, rows: n, cell: 1, floor: bed, manning: 0.02 })
  const run = filled(grid, (x, y) => (Math.abs(x - n / 2) < 9 && Math.abs(y - n / 2) < 9 ? 1 : 0), kernel)
  run.advance(20, 1e-5)
  let worst = 0
  const at = (c: number, r: number) => run.kernel.depthAt(cellAt(grid, c, r))
  for (let r = 0; r < n; r++)
    for (let c = 0; c < n; c++) for (const other of [at(n - 1 - c, r), at(c, n - 1 - r), at(r, c)]) worst = Math.max(worst, Math.abs(at(c, r) - other))
  judge(`eightfold, ${kernel}`, `${n} cells`, worst, kernel === 'uniform' ? 0 : 1e-12)
})

it('rotated by 90°', () => {
  const n = 32
  const random = seeded(11)
  const heights = Array.from({ length: n * n }, () => random())
  const bed = (c: number, r: number) => heights[r * n + c] * 0.4
  const run = (turn: boolean) => {
    const at = (x: number, y: number): [number, number] => [Math.min(n - 1, Math.max(0, Math.floor(x))), Math.min(n - 1, Math.max(0, Math.floor(y)))]
    const place = (x: number, y: number) => {
      const [c, r] = at(x, y)
      return turn ? ([r, n - 1 - c] as const) : ([c, r] as const)
    }
    const grid = makeGrid({ columns: n, rows: n, cell: 1, floor: (x, y) => bed(...place(x, y)), manning: 0.03 })
    const flood = filled(grid, (x, y) => (place(x, y)[0] < 10 ? 1 : 0), 'uniform')
    flood.advance(15, 2e-5)
    return (c: number, r: number) => flood.kernel.depthAt(cellAt(grid, c, r))
  }
  const [plain, turned] = [run(false), run(true)]
  let worst = 0
  for (let r = 0; r < n; r++) for (let c = 0; c < n; c++) worst = Math.max(worst, Math.abs(turned(n - 1 - r, c) - plain(c, r)))
  judge('rotated by 90°', `${n} cells`, worst, 1e-12)
})
