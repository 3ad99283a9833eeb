/**
 * Speed of the water, as ratios of CPU time measured in turns within one run. Peers and targets: `uniform` (one step for all) on the demonstration
 * storm (aim ≥ 3) and on a deep pit in a street (≥ 3); four times the dry land (≤ 1.2). Nothing here passes or fails by time.
 */
import { appendFileSync, mkdirSync } from 'node:fs'
import { cpus } from 'node:os'
import { expect, it } from 'vitest'
import { finish } from '@/core/base/job'
import { simulateFlood } from '@/core/flood'
import { cellAt, filled, makeGrid } from '../support/flood-grid.ts'
import { AS_DESIGNED, formulaSite, formulaStory } from '../support/formula-site.ts'

/** CPU seconds of each run, least of `rounds`, taken in turns. */
async function race(runs: Readonly<Record<string, () => unknown>>, rounds: number): Promise<Record<string, number>> {
  const best: Record<string, number> = {}
  for (let round = 0; round < rounds; round++)
    for (const [name, run] of Object.entries(runs)) {
      const from = process.cpuUsage()
      await run()
      best[name] = Math.min(best[name] ?? Infinity, process.cpuUsage(from).user / 1e6)
    }
  return best
}
function report(what: string, seconds: Record<string, number>, ratio: number): void {
  const line = `${what}: ratio ${ratio.toFixed(2)} (${Object.entries(seconds)
    .map(([name, s]) => `${name} ${s.toFixed(2)} CPU s`)
    .join(', ')})`
  process.stderr.write(`${line}\n`)
  const folder = new URL('../../.cache/bench/', import.meta.url)
  mkdirSync(folder, { recursive: true })
  appendFileSync(new URL('flood.csv', folder), `${new Date().toISOString()},"${cpus()[0].model}","${what}",${ratio.toFixed(3)}\n`)
}

it('the demonstration storm at 1 m, two hours: local steps against one step for all', async () => {
  const grid = formulaSite(AS_DESIGNED)
  const run = (kernel: string) => () => finish(simulateFlood({ grid, setup: formulaStory('A', 100, 120), kernel }, new AbortController().signal))
  const seconds = await race({ cpu: run('cpu'), uniform: run('uniform') }, 1)
  report('demonstration storm, uniform / local', seconds, seconds.uniform / seconds.cpu)
  expect(seconds.cpu).toBeGreaterThan(0)
})

it('a pit of 5 m of water in a street under rain', async () => {
  const grid = makeGrid({
    columns: 250,
    rows: 250,
    cell: 1,
    floor: (x, y) => (Math.abs(x - 125) < 30 && Math.abs(y - 125) < 20 ? -8 : 0.002 * x),
    manning: 0.02,
  })
  const run = (kernel: string) => () => {
    const flood = filled(grid, (_x, _y, z) => (z < -1 ? 5 : 0.002), kernel)
    flood.advance(20, 2e-5)
    return flood.kernel.depthAt(cellAt(grid, 125, 125))
  }
  const seconds = await race({ cpu: run('cpu'), uniform: run('uniform') }, 3)
  report('deep pit in a street, uniform / local', seconds, seconds.uniform / seconds.cpu)
  expect(seconds.cpu).toBeGreaterThan(0)
})

it('four times the dry land round a dam break', async () => {
  const run = (side: number) => () => {
    const grid = makeGrid({ columns: side, rows: side, cell: 1, floor: (x, y) => 0.02 * (x + y), manning: 0.03 })
    const flood = filled(grid, (x, y) => (x < 20 && y < 20 ? 1 : 0))
    const from = process.cpuUsage()
    flood.advance(300)
    return process.cpuUsage(from).user
  }
  const times = { small: Infinity, large: Infinity }
  for (let round = 0; round < 3; round++) {
    times.small = Math.min(times.small, run(128)() / 1e6)
    times.large = Math.min(times.large, run(256)() / 1e6)
  }
  report('four times the dry land, large / small', times, times.large / times.small)
  expect(times.small).toBeGreaterThan(0)
})
