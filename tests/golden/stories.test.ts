import { readdirSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { finish } from '@/core/base/job'
import type { SiteModel } from '@/core/model'
import { type FloodReport, type FloodWritten, kinds } from '@/scenarios'
import { importStation } from '../support/station.ts'

const FOLDER = new URL('../../scenarios/', import.meta.url)
const STORIES = readdirSync(FOLDER).filter((name) => name.endsWith('.json'))
const read = (name: string) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as FloodWritten

/** A story through the whole line, on a coarse grid and for the storm only: judged by its ledger and by order. */
async function run(written: FloodWritten, models: readonly SiteModel[]): Promise<FloodReport> {
  const parsed = kinds.flood.parse(written)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  const world = kinds.flood.prepare(parsed.value, models)
  if (!world.ok) throw new Error(JSON.stringify(world.problems))
  expect(kinds.flood.check(parsed.value, world.value).filter(({ severity }) => severity === 'error')).toEqual([])
  const result = await finish(kinds.flood.simulate({ scenario: parsed.value, world: world.value }, new AbortController().signal))
  return kinds.flood.report(parsed.value, world.value, result)
}
const overGap = (report: FloodReport) => report.result.openings.find(({ id }) => id === 'GAP')?.volume ?? Number.NaN

describe('the stories on a coarse grid', () => {
  let models: SiteModel[]
  const reports = new Map<string, FloodReport>()
  beforeAll(async () => {
    models = await importStation()
  })

  it.each(STORIES)('%s closes its ledger', async (name) => {
    const report = await run({ ...read(name), cell: '2 m', duration: '120 min' }, models)
    reports.set(name, report)
    expect(Math.abs(report.result.balance.errorRelative)).toBeLessThan(1e-9)
    const { balance } = report.result
    const [into, out] = [balance.in, balance.out]
    expect(balance.storedStart + into.rain + into.seepage + into.returned - out.inlets - out.pumped - out.boundary - out.losses).toBeCloseTo(balance.stored, 3)
    for (const pump of report.result.pumps) expect(pump.volume).toBeGreaterThan(0)
  })

  it('ranks the layouts D < C < A < B by what comes in over the gap, and tells why', () => {
    const [a, b, c, d] = ['a-planned.json', 'b-more-pumps.json', 'c-moved-station.json', 'd-stop-logs.json'].map((name) => reports.get(name) as FloodReport)
    expect(overGap(d)).toBeLessThan(1)
    expect(overGap(c)).toBeGreaterThan(1)
    expect(overGap(c)).toBeLessThan(0.3 * overGap(a))
    expect(overGap(b)).toBeGreaterThan(1.2 * overGap(a))
    const kept = (report: FloodReport) => report.result.pumps.reduce((sum, pump) => sum + pump.returned + pump.displaced, 0)
    expect(kept(a)).toBeGreaterThan(100)
    expect(kept(b)).toBeGreaterThan(kept(a))
    expect(kept(c)).toBeLessThan(1)
    // Stop-logs cost the street: more leaves over the edge of the site than without them.
    expect(d.result.balance.out.boundary).toBeGreaterThan(a.result.balance.out.boundary + 10)
  })

  it('gives the same bits when it is run again', async () => {
    const written = { ...read('a-planned.json'), cell: '4 m', duration: '60 min' }
    const [one, two] = [await run(written, models), await run(written, [...models].reverse())]
    expect(two.result.hash).toBe(one.result.hash)
  })
})
