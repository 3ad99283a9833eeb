/**
 * Local time steps (`cpu`) against one step for all (`uniform`): the same scheme, so results differ only by what a shorter step changes. `flood.md`
 * 5 measured 2.5e-4 in depth for a front into a film with a buffer of one tile, and 2.3e-2 without: the limits here fail without it.
 */
import { describe, expect, it } from 'vitest'
import { finish } from '@/core/base/job'
import { simulateFlood } from '@/core/flood'
import type { Crest, SiteGrid } from '@/core/site'
import { cellAt, filled, l1, makeGrid } from '../support/flood-grid.ts'
import { AS_DESIGNED, formulaSite, formulaStory } from '../support/formula-site.ts'
import { seeded } from '../support/seeded.ts'

/** Rough ground with a pit, walls and solid blocks, water standing in places. */
function randomSite(seed: number): { grid: SiteGrid; water: (x: number, y: number, z: number) => number } {
  const random = seeded(seed)
  const [columns, rows] = [50 + Math.floor(random() * 30), 40 + Math.floor(random() * 20)]
  const [tilt, lean] = [random() * 0.02, random() * 0.02]
  const pit = { x: 10 + random() * 20, y: 8 + random() * 15, w: 8 + random() * 12, h: 6 + random() * 10, depth: 2 + random() * 8 }
  const bumps = Array.from({ length: 4 }, () => ({ x: random() * columns, y: random() * rows, r: 4 + random() * 8, z: random() - 0.5 }))
  const inPit = (x: number, y: number) => x > pit.x && x < pit.x + pit.w && y > pit.y && y < pit.y + pit.h
  const floor = (x: number, y: number) => {
    if (inPit(x, y)) return -pit.depth
    let z = tilt * x + lean * y
    for (const bump of bumps) {
      const d2 = ((x - bump.x) ** 2 + (y - bump.y) ** 2) / bump.r ** 2
      if (d2 < 1) z += bump.z * (1 - d2) ** 2
    }
    return z
  }
  const crests: Crest[] = []
  for (let k = 0; k < 60; k++) {
    const face = (1 + Math.floor(random() * (rows - 1))) * (columns + 2) + 1 + Math.floor(random() * (columns - 1))
    crests.push({ axis: random() < 0.5 ? 'x' : 'y', face, level: random() * 1.5, thin: true, coefficient: 1, source: '' })
  }
  const blocks = Array.from({ length: 3 }, () => [Math.floor(random() * columns), Math.floor(random() * rows), 2 + Math.floor(random() * 6)] as const)
  const wet = (c: number, r: number) => !blocks.some(([bc, br, size]) => c >= bc && c < bc + size && r >= br && r < br + size)
  const [dam, level] = [columns * (0.6 + 0.2 * random()), 1 + random()]
  return {
    grid: makeGrid({ columns, rows, cell: 1, floor, manning: 0.01 + random() * 0.04, wet, crests }),
    water: (x, _y, z) => (x > dam ? level - z : 0),
  }
}

describe('local steps agree with one step for all', () => {
  it.each([1, 2, 3, 4, 5, 6])('on random ground %i', (seed) => {
    const { grid, water } = randomSite(seed)
    const [local, uniform] = ['cpu', 'uniform'].map((kernel) => filled(grid, water, kernel))
    const before = local.kernel.volume()
    const source = new Map([[cellAt(grid, 2, 2), 0.05]])
    for (const run of [local, uniform]) {
      run.advance(30, 2e-5, source)
      run.advance(10)
    }
    const open = grid.wet.reduce((sum, wet) => sum + wet, 0)
    const handled = before + 30 * (2e-5 * open + (grid.wet[cellAt(grid, 2, 2)] === 1 ? 0.05 : 0))
    for (const { kernel } of [local, uniform]) {
      expect(Math.abs(kernel.volume() - handled) / handled).toBeLessThan(1e-13)
      for (const depth of kernel.state()) expect(depth).toBeGreaterThanOrEqual(0)
    }
    expect(l1(local.depths(), uniform.depths())).toBeLessThan(4e-3)
    // Deep water everywhere: nothing to gain, little to lose.
    expect(local.kernel.cellSteps()).toBeLessThan(1.15 * uniform.kernel.cellSteps())
  })

  it('and cost a third where a deep pit lies in a street under rain', () => {
    const grid = makeGrid({
      columns: 160,
      rows: 160,
      cell: 1,
      floor: (x, y) => (Math.abs(x - 80) < 12 && Math.abs(y - 80) < 12 ? -6 : 0.002 * x),
      manning: 0.02,
    })
    const [local, uniform] = ['cpu', 'uniform'].map((kernel) => {
      const run = filled(grid, (_x, _y, z) => (z < -1 ? 5 : 0.002), kernel)
      run.advance(20, 2e-5)
      return run
    })
    const pit = ({ kernel }: typeof local) => Array.from({ length: 24 }, (_, r) => kernel.depthAt(cellAt(grid, 80, 68 + r))).reduce((a, b) => a + b)
    expect(Math.abs(pit(local) / pit(uniform) - 1)).toBeLessThan(1e-4)
    expect(local.kernel.cellSteps()).toBeLessThan(uniform.kernel.cellSteps() / 3)
  })

  it('gives the same bits when it is run again', () => {
    const { grid, water } = randomSite(7)
    const [one, two] = [0, 1].map(() => {
      const run = filled(grid, water)
      run.advance(20, 1e-5)
      return run.depths()
    })
    expect(two).toEqual(one)
  })

  it('lets a bore of 3 m into a film of 3 mm arrive in time', () => {
    const grid = makeGrid({ columns: 200, rows: 4, cell: 1, floor: () => 0, manning: 0.02 })
    const [local, uniform] = ['cpu', 'uniform'].map((kernel) => {
      const run = filled(grid, (x) => (x < 60 ? 3 : 0.003), kernel)
      run.advance(14)
      return run
    })
    expect(l1(local.depths(), uniform.depths())).toBeLessThan(1e-3)
  })

  it('in what comes over the gap in the demonstration storm', async () => {
    const grid = formulaSite({ ...AS_DESIGNED, cell: 2 })
    const [local, uniform] = await Promise.all(
      ['cpu', 'uniform'].map((kernel) => finish(simulateFlood({ grid, setup: formulaStory('A', 100, 60), kernel }, new AbortController().signal))),
    )
    const gap = ({ openings }: typeof local) => openings.find(({ id }) => id === 'GAP')?.volume ?? Number.NaN
    expect(gap(uniform)).toBeGreaterThan(80)
    expect(Math.abs(gap(local) / gap(uniform) - 1)).toBeLessThan(1e-3)
    for (const run of [local, uniform]) expect(Math.abs(run.balance.errorRelative)).toBeLessThan(1e-13)
  }, 600_000)
})

describe('what does not move costs nothing', () => {
  /** A dam breaks in a corner of a dry plain. */
  function plain(columns: number, rows: number) {
    const grid = makeGrid({ columns, rows, cell: 1, floor: (x, y) => 0.02 * (x + y), manning: 0.03 })
    const run = filled(grid, (x, y) => (x < 20 && y < 20 ? 1 : 0))
    run.advance(120)
    return run
  }

  it('four times the dry land', () => {
    const [small, large] = [plain(96, 96), plain(192, 192)]
    expect(large.kernel.volume()).toBeCloseTo(small.kernel.volume(), 9)
    expect(large.kernel.cellSteps()).toBeLessThan(1.2 * small.kernel.cellSteps())
  })

  it('a pond at rest, until a board is lowered', () => {
    const crests: Crest[] = Array.from({ length: 8 }, (_, r) => ({
      axis: 'x' as const,
      face: (r + 1) * 66 + 32,
      level: 0,
      thin: true,
      coefficient: 1,
      source: '',
    }))
    const grid = makeGrid({ columns: 64, rows: 8, cell: 1, floor: () => -1, manning: 0.02, crests })
    const pond = filled(grid, (x) => (x < 32 ? 1.5 : 0))
    for (const { axis, face } of crests) pond.kernel.setCrest(axis, face, 1)
    pond.advance(60)
    const asleep = pond.kernel.cellSteps()
    pond.advance(600)
    expect(pond.kernel.cellSteps()).toBe(asleep)
    expect(pond.kernel.depthAt(cellAt(grid, 40, 4))).toBe(0)
    for (const { axis, face } of crests) pond.kernel.setCrest(axis, face, Number.NEGATIVE_INFINITY)
    pond.advance(60)
    expect(pond.kernel.depthAt(cellAt(grid, 40, 4))).toBeGreaterThan(0.1)
    expect(pond.kernel.passedAt('x', crests[4].face)).toBeGreaterThan(1)
  })
})
