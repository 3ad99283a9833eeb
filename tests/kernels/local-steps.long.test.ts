import { describe, expect, it } from 'vitest'
import { simulateFlood } from '@/core/flood'
import { AS_DESIGNED, formulaSite, formulaStory } from '../support/formula-site.ts'

describe('steps that change', () => {
  it('feed no checkerboard in the shallow water of the pit', async () => {
    const grid = formulaSite(AS_DESIGNED)
    const setup = { ...formulaStory('A', 100, 22), frameEvery: 5 }
    let [rough, last] = [0, 0]
    const run = simulateFlood({ grid, setup, kernel: 'cpu' }, new AbortController().signal)
    for (;;) {
      const { value, done } = await run.next()
      if (done) break
      if (value.kind !== 'frame' || value.time < 1230) continue
      const depth = value.moment.probes.find(({ id }) => id === 'PIT-E')?.depth ?? 0
      if (last > 0) rough = Math.max(rough, Math.abs(depth - last))
      last = depth
    }
    expect(last).toBeGreaterThan(0.02)
    expect(rough).toBeLessThan(0.002)
  })
})
