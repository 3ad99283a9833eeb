/**
 * What keeps pumps from their rated flow, against the exact course of a basin of 100 m² with a steady inflow of 0.02 m³/s: it rises 0.2 mm/s
 * and passes 1 m at 5000 s. A ramp gives half of what it lasts, a clog its share, a generator its delay, a rule its patience.
 * Limits: times one step (2 s), volumes 1 % , ledger 1e-9; a run that goes on from a checkpoint in the middle of all this is the same.
 */
import { describe, expect, it } from 'vitest'
import { finish } from '@/core/base/job'
import { type FloodCheckpointEvent, type FloodSetup, simulateFlood } from '@/core/flood'
import { EMPTY_SETUP, makeGrid } from '../support/flood-grid.ts'

const grid = makeGrid({ columns: 1, cell: 10, floor: () => 0 })
const pump = {
  id: 'P',
  x: 5,
  y: 5,
  sump: null,
  start: 1,
  stop: 0.2,
  discharge: { kind: 'node' as const, node: 'out' },
  panel: 'DB',
  curve: { kind: 'rated' as const, flow: 0.05 },
  power: 1000,
}
const panel = { id: 'DB', x: 5, y: 5, critical: 50 }
async function run(more: Partial<FloodSetup>, checkpointEvery = 0) {
  const setup: FloodSetup = {
    ...EMPTY_SETUP,
    duration: 7200,
    frameEvery: 20,
    seepage: [{ id: 'in', x: 5, y: 5, surface: 'pit', flow: 0.02 }],
    nodes: [{ id: 'out', x: 5, y: 5, capacity: 10 }],
    panels: [panel],
    pumps: [pump],
    ...more,
  }
  const checkpoints: FloodCheckpointEvent[] = []
  const result = await finish(simulateFlood({ grid, setup, kernel: 'cpu', checkpointEvery }, new AbortController().signal), (event) => {
    if (event.kind === 'checkpoint') checkpoints.push(event)
  })
  expect(Math.abs(result.balance.errorRelative)).toBeLessThan(1e-9)
  const at = (what: string, subject = 'P') => result.events.filter((event) => event.what === what && event.subject === subject).map(({ time }) => time)
  return { setup, result, at, checkpoints }
}

describe('a pump on duty', () => {
  it('comes up to its flow over its ramp', async () => {
    const { result, at } = await run({ pumps: [{ ...pump, ramp: 400 }] })
    const [start] = at('pump-start')
    expect(Math.abs(start - 5000)).toBeLessThanOrEqual(2)
    const volume = (time: number) => result.series.find((moment) => moment.time >= time)?.pumps[0].volume ?? 0
    const asked = Math.ceil(start / 20) * 20 + 400
    expect(Math.abs(volume(asked) / (0.05 * (asked - start - 200)) - 1)).toBeLessThan(0.01)
    expect(Math.abs(volume(asked - 200) / ((0.05 * (asked - 200 - start) ** 2) / 800) - 1)).toBeLessThan(0.02)
  })

  it('passes less while it is clogged', async () => {
    const { result, at } = await run({ clogs: [{ subject: 'P', at: 5200, until: 5600, share: 0.4 }] })
    const flow = (time: number) => result.series.find((moment) => moment.time >= time)?.pumps[0].flow ?? 0
    expect([flow(5100), flow(5400), flow(5700)].map((value) => value.toFixed(4))).toEqual(['0.0500', '0.0300', '0.0500'])
    expect(Math.abs(at('clogs')[0] - 5200)).toBeLessThanOrEqual(2)
    expect(Math.abs(at('clears')[0] - 5600)).toBeLessThanOrEqual(2)
  })

  it('stands until its generator runs', async () => {
    const events = [{ kind: 'power-cut' as const, at: 5100, panel: 'DB', until: 6500 }]
    const with180 = await run({ panels: [{ ...panel, generator: 180 }], events })
    expect(Math.abs(with180.at('pump-stop')[0] - 5100)).toBeLessThanOrEqual(2)
    expect(Math.abs(with180.at('generator-starts', 'DB')[0] - 5280)).toBeLessThanOrEqual(2)
    const without = await run({ events })
    expect(without.at('generator-starts', 'DB')).toEqual([])
    expect(without.result.pumps[0].volume).toBeLessThan(with180.result.pumps[0].volume)
  })

  it('starts when a rule has waited long enough, and is held while another says so', async () => {
    const standby = { ...pump, standby: true }
    const rule = { id: 'R1', watch: { kind: 'place' as const, x: 5, y: 5 }, beyond: 'above' as const, level: 1, hold: 120, action: 'start' as const, pump: 'P' }
    const { result, at } = await run({ pumps: [standby], rules: [rule] })
    expect(Math.abs(at('rule-fires', 'R1')[0] - 5120)).toBeLessThanOrEqual(2)
    expect(result.events.find(({ what }) => what === 'pump-start')).toMatchObject({ subject: 'P', cause: 'R1' })
    expect((await run({ pumps: [standby] })).at('pump-start')).toEqual([])
    const held = await run({ rules: [{ ...rule, id: 'R2', level: 0.9, hold: 0, action: 'stop' as const }] })
    expect(held.at('pump-start')).toEqual([])
  })

  it('goes on from a checkpoint as if it had never stopped', async () => {
    const rule = {
      id: 'R1',
      watch: { kind: 'place' as const, x: 5, y: 5 },
      beyond: 'above' as const,
      level: 0.3,
      hold: 600,
      action: 'start' as const,
      pump: 'P',
    }
    const whole = await run(
      { pumps: [{ ...pump, standby: true, ramp: 900 }], rules: [rule], clogs: [{ subject: 'P', at: 2300, until: 4000, share: 0.3 }] },
      120,
    )
    const { time, checkpoint } = whole.checkpoints[0]
    expect(time).toBe(2400)
    const from = {
      checkpoint,
      series: whole.result.series.filter((moment) => moment.time <= time),
      logs: whole.result.events.filter((event) => event.time <= time),
    }
    const rest = await finish(simulateFlood({ grid, setup: whole.setup, kernel: 'cpu', from }, new AbortController().signal))
    expect(rest.hash).toBe(whole.result.hash)
    expect(rest.events).toEqual(whole.result.events)
  })
})
