/**
 * A street over a drainage network: rain goes down at a grate and out by the pipe, a river that stands higher than the street comes up through
 * the manhole until both stand level, and what a pump delivers into a sewer that cannot pass it comes back at its grates.
 * Limits: volume 1e-9 of the water handled, above and below; standing water within 5 mm of the river; a run that goes on from a checkpoint is
 * the same to the last bit.
 */
import { describe, expect, it } from 'vitest'
import { finish } from '@/core/base/job'
import { type FloodCheckpointEvent, type FloodSetup, readNetwork, simulateFlood } from '@/core/flood'
import { EMPTY_SETUP, makeGrid } from '../support/flood-grid.ts'

/** 30 m of street at 0, with a dip of 0.2 m in its middle. */
const grid = makeGrid({ columns: 15, rows: 3, cell: 2, floor: (x) => (Math.abs(x - 15) < 3 ? -0.2 : 0), manning: 0.02 })
function sewer(outfall: string, more = '') {
  const read = readNetwork(
    `[OPTIONS]\nFLOW_UNITS CMS\nMIN_SURFAREA 1.2\n[JUNCTIONS]\nM1 -2.5 2.3\nM2 -2.4 2.4\n[OUTFALLS]\nO -2.8 ${outfall}\n[CONDUITS]\nC1 M2 M1 12 0.013 0 0\nC2 M1 O 40 0.013 0 0\n[XSECTIONS]\nC1 CIRCULAR 0.4 0 0 0 1\nC2 CIRCULAR 0.3 0 0 0 1\n${more}`,
    'sewer.inp',
  )
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.value
}
const inlets = [
  { id: 'G1', node: 'M1', x: 15, y: 3, capacity: 0.05, perimeter: 1.6 },
  { id: 'G2', node: 'M2', x: 5, y: 3, capacity: 0.05, perimeter: 1.6 },
]
async function run(more: Partial<FloodSetup>, options: { checkpointEvery?: number } = {}) {
  const setup: FloodSetup = { ...EMPTY_SETUP, duration: 3600, frameEvery: 60, inlets, ...more }
  const checkpoints: FloodCheckpointEvent[] = []
  const result = await finish(simulateFlood({ grid, setup, kernel: 'cpu', ...options }, new AbortController().signal), (event) => {
    if (event.kind === 'checkpoint') checkpoints.push(event)
  })
  const last = result.series[result.series.length - 1]
  expect(Math.abs(result.balance.errorRelative)).toBeLessThan(1e-9)
  expect(Math.abs(last.drainage?.errorRelative ?? 1)).toBeLessThan(1e-9)
  return { setup, result, last, checkpoints, below: last.drainage as NonNullable<typeof last.drainage> }
}

describe('a street over a sewer', () => {
  it('drains its rain through the grates and out by the pipe', async () => {
    const { result, below } = await run({ drainage: sewer('FREE'), duration: 7200, rain: { from: [0, 1800], rate: [2e-5] } })
    const rain = 15 * 3 * 4 * 2e-5 * 1800
    expect(result.balance.in.rain).toBeCloseTo(rain, 9)
    expect(below.in.surface).toBeCloseTo(result.balance.out.inlets, 9)
    expect(below.out.outfalls).toBeGreaterThan(0.9 * rain)
    expect(below.out.outfalls + result.balance.stored + below.storedEnd).toBeCloseTo(rain, 9)
    expect(below.out.surface).toBeLessThan(0.02 * rain)
  })

  it('lets a river up through its manholes until both stand level', async () => {
    const drainage = sewer('TIMESERIES R', '[TIMESERIES]\nR 0:00 -3\nR 0:10 0.3\nR 4:00 0.3\n')
    const { result, last, below } = await run({ drainage, duration: 9000, probes: [{ id: 'dip', x: 15, y: 3 }] })
    expect(Math.abs(last.probes[0].level - 0.3)).toBeLessThan(5e-3)
    expect(result.balance.in.returned - result.balance.out.inlets).toBeCloseTo(result.balance.stored, 9)
    expect(below.in.backflow).toBeGreaterThan(result.balance.stored)
    expect(result.events.some(({ what, subject }) => what === 'floods' && subject === 'M1')).toBe(true)
  })

  it('keeps a river out behind a flap gate, and gives back what pumps bring', async () => {
    const pump = {
      id: 'P',
      x: 29,
      y: 3,
      sump: null,
      start: 0.02,
      stop: 0.005,
      discharge: { kind: 'node' as const, node: 'M2' },
      panel: null,
      curve: { kind: 'rated' as const, flow: 0.03 },
      power: 1000,
    }
    const { result, below } = await run({ drainage: sewer('FIXED 1.5 YES'), rain: { from: [0, 1200], rate: [2e-4] }, pumps: [pump] })
    expect(below.in.backflow).toBe(0)
    expect(below.out.outfalls).toBe(0)
    expect(result.pumps[0].volume).toBeGreaterThan(5)
    // The sewer holds a few cubic metres; the rest is on the street again, some of it pumped more than once.
    expect(below.out.surface).toBeCloseTo(below.in.surface - (below.storedEnd - below.storedStart), 9)
    expect(result.pumps[0].returned).toBeGreaterThan(0.5 * result.pumps[0].volume)
    expect(result.pumps[0].returned).toBeLessThanOrEqual(result.balance.in.returned)
  })

  it('goes on from a checkpoint as if it had never stopped', async () => {
    const whole = await run({ drainage: sewer('FIXED -1'), rain: { from: [0, 1800], rate: [3e-5] } }, { checkpointEvery: 10 })
    const at = whole.checkpoints[1]
    const series = whole.result.series.filter(({ time }) => time <= at.time)
    const from = { checkpoint: at.checkpoint, series, logs: whole.result.events.filter(({ time }) => time <= at.time) }
    const rest = await finish(simulateFlood({ grid, setup: whole.setup, kernel: 'cpu', from }, new AbortController().signal))
    expect(rest.hash).toBe(whole.result.hash)
    expect(rest.series[rest.series.length - 1].nodes).toEqual(whole.last.nodes)
  })
})
