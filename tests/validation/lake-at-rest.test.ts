/**
 * Lake at rest: still water over any bed stays still, u = 0 and level = constant, exactly (bit for bit).
 * Bed with bump: z = 0.2 − 0.05 (x − 10)², 8 < x < 12, L = 25 m, level 0.5 (immersed) or 0.1 (emerged); SWASHES (Delestre et al. 2013).
 */
import { expect, it } from 'vitest'
import { cellAt, filled, makeGrid } from '../support/flood-grid.ts'
import { makeJudge } from '../support/judge.ts'

const judge = makeJudge('Lake at rest', 'SWASHES; pits, stairs and drowned walls of our own')

const bump = (x: number) => (x > 8 && x < 12 ? 0.2 - 0.05 * (x - 10) ** 2 : 0)

it.each([0.5, 0.1])('stays still over a bump at level %f', (level) => {
  const grid = makeGrid({ columns: 100, cell: 0.25, floor: bump, manning: 0.02 })
  const lake = filled(grid, (_x, _y, z) => level - z)
  const before = lake.depths()
  lake.advance(60)
  // The level is a sum z + h of rounded numbers: still to the last bit of it.
  const after = lake.depths()
  let worst = 0
  for (let k = 0; k < before.length; k++) worst = Math.max(worst, Math.abs(after[k] - before[k]))
  judge(`bump, level ${level}: depth moved [m]`, '0.25 m', worst, 1e-15)
})

it('stays still below the edge of a pit 20 m deep, over a drowned wall and on a stair', () => {
  const floor = (x: number, y: number) => (x > 10 && x < 20 && y > 3 && y < 9 ? -20 : x >= 20 ? (Math.floor((x - 20) / 2) + 1) * 0.25 : 0)
  const wall = Array.from({ length: 12 }, (_, r) => ({ axis: 'x' as const, face: (r + 1) * 34 + 6, level: 0.5, thin: true, coefficient: 1, source: '' }))
  for (const level of [-1, 0.875]) {
    const grid = makeGrid({ columns: 32, rows: 12, cell: 1, floor, manning: 0.03, crests: wall })
    const lake = filled(grid, (_x, _y, z) => level - z)
    const before = lake.depths()
    const steps = lake.advance(120)
    expect(steps).toBeGreaterThan(100)
    const after = lake.depths()
    let worst = 0
    for (let k = 0; k < before.length; k++) worst = Math.max(worst, Math.abs(after[k] - before[k]))
    judge(`pit, wall and stair, level ${level}: depth moved [m]`, '1 m', worst, 0)
    expect(Math.abs(lake.kernel.flowAt('x', cellAt(grid, 9, 5)))).toBe(0)
  }
})
