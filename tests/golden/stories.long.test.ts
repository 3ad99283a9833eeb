import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { finish } from '@/core/base/job'
import type { FloodResult } from '@/core/flood'
import type { SiteModel } from '@/core/model'
import { type FloodWritten, kinds } from '@/scenarios'
import { importStation } from '../support/station.ts'

/** The stories at 1 m, judged by the bands of the design note (an independent two-dimensional prototype; volumes over the gap, 0–120 min). */
describe('the stories in full', () => {
  let models: SiteModel[]
  beforeAll(async () => {
    models = await importStation()
  })
  async function run(story: string, change: (written: FloodWritten) => FloodWritten = (written) => written): Promise<FloodResult> {
    const written = change(JSON.parse(readFileSync(new URL(`../../scenarios/${story}.json`, import.meta.url), 'utf8')) as FloodWritten)
    const parsed = kinds.flood.parse({ ...written, duration: written.storm.kind === 'table' ? written.duration : '120 min' })
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
    const world = kinds.flood.prepare(parsed.value, models)
    if (!world.ok) throw new Error(JSON.stringify(world.problems))
    const result = await finish(kinds.flood.simulate({ scenario: parsed.value, world: world.value }, new AbortController().signal))
    expect(Math.abs(result.balance.errorRelative)).toBeLessThan(1e-9)
    return result
  }
  const gap = (result: FloodResult) => result.openings.find(({ id }) => id === 'GAP')
  const deepest = (result: FloodResult) => result.probes.find(({ id }) => id === 'PIT-E')?.maxDepth ?? Number.NaN

  it('lands in the bands at P = 100', async () => {
    const [a, b, c, d] = [await run('a-planned'), await run('b-more-pumps'), await run('c-moved-station'), await run('d-stop-logs')]
    const over = [a, b, c, d].map((result) => gap(result)?.volume ?? Number.NaN)
    expect(Math.abs(over[0] / 1190 - 1)).toBeLessThan(0.15)
    expect(over[1] / over[0]).toBeGreaterThan(1.25)
    expect(over[1] / over[0]).toBeLessThan(1.42)
    expect(over[2] / over[0]).toBeGreaterThan(0.07)
    expect(over[2] / over[0]).toBeLessThan(0.18)
    expect(over[3]).toBeLessThan(1)
    const first = (gap(a)?.first ?? 0) / 60
    expect(first).toBeGreaterThan(47)
    expect(first).toBeLessThan(53)
    expect(deepest(a)).toBeGreaterThan(0.47)
    expect(deepest(a)).toBeLessThan(0.54)
    expect(deepest(a) - deepest(b)).toBeGreaterThan(0.01)
    expect(deepest(a) - deepest(b)).toBeLessThan(0.05)
    expect(deepest(d)).toBeGreaterThan(0.15)
    expect(deepest(d)).toBeLessThan(0.25)
    const yard = d.assets.find(({ id }) => id === 'DB0')?.max ?? Number.NaN
    expect(yard).toBeGreaterThan(-0.13)
    expect(yard).toBeLessThan(-0.09)
    // The design note's row of D is of the 100th minute; by the 120th about twice as much has left.
    const gate = d.series.find(({ time }) => time === 6000)?.openings.find(({ id }) => id === 'GATE-E')?.volume ?? Number.NaN
    expect(Math.abs(gate / -115 - 1)).toBeLessThan(0.15)
  })

  const onR1 = (written: FloodWritten): FloodWritten => ({
    ...written,
    nodes: [...written.nodes, { id: 'RM5', element: 'RM5', capacity: '2.28 m³/s' }],
    pumps: written.pumps.map((pump) => ({ ...pump, discharge: { node: 'RM5' } })),
  })
  const blocked = (written: FloodWritten): FloodWritten => ({
    ...written,
    nodes: written.nodes.map((node) => (node.id === 'J3' ? { ...node, capacity: '0.02 m³/s' } : node)),
  })
  const every = (returnPeriod: string) => (written: FloodWritten) => ({ ...written, storm: { ...written.storm, returnPeriod } }) as FloodWritten
  const same = (written: FloodWritten) => written
  it.each([
    ['no pumps at all', 'a-planned', 1158, (written: FloodWritten) => ({ ...written, pumps: [] })],
    ['A on the main sewer', 'a-planned', 1158, onR1],
    ['A', 'a-planned', 1571, same],
    ['A with the weak sewer blocked', 'a-planned', 1994, blocked],
    ['B', 'b-more-pumps', 1967, same],
    ['C', 'c-moved-station', 366, same],
    ['A every 5 years', 'a-planned', 576, every('5 a')],
    ['A every 20 years', 'a-planned', 1031, every('20 a')],
    ['A every 50 years', 'a-planned', 1342, every('50 a')],
  ] as const)('%s at a run-off coefficient of 0.85, within 25 % without retuning', async (_what, story, expected, change) => {
    const result = await run(story, (written) =>
      change({
        ...written,
        surfaces: {
          ...written.surfaces,
          yard: { runoff: 0.85, manning: 0.025 },
          building: { runoff: 0.85, manning: 0.025 },
          ground: { runoff: 0.85, manning: 0.025 },
        },
      }),
    )
    expect(Math.abs((gap(result)?.volume ?? 0) / expected - 1)).toBeLessThan(0.25)
  })

  it('takes the Zhengzhou block within 30 % of the level pool', async () => {
    const result = await run('z-zhengzhou')
    expect(Math.abs((gap(result)?.volume ?? 0) / 4321 - 1)).toBeLessThan(0.3)
  })
})
