import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import type { SiteModel } from '@/core/model'
import { locate } from '@/core/site'
import { type FloodHeld, type FloodOutcome, type FloodRunStart, type FloodScenario, type FloodWorld, type FloodWritten, kinds } from '@/scenarios'
import { importStation } from '../support/station.ts'

const STORY = JSON.parse(readFileSync(new URL('../../scenarios/a-planned.json', import.meta.url), 'utf8')) as FloodWritten
const written: FloodWritten = { ...STORY, cell: '4 m', duration: '60 min' }
const scenarioOf = (json: FloodWritten): FloodScenario => {
  const parsed = kinds.flood.parse(json)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.value
}
const planned = scenarioOf(written)
/** A pump added in the pit, and one that fails: a change of what the run is in the middle of. */
const edited = scenarioOf({ ...written, pumps: written.pumps.slice(1), events: [{ kind: 'power-cut', at: '40 min', panel: 'DB2', until: '52 min' }] })
const moved = scenarioOf({ ...written, pumps: written.pumps.map((pump) => ({ ...pump, discharge: { at: ['60 m', '-30 m'] as const } })) })

interface Told {
  readonly result: FloodOutcome
  readonly held: { readonly time: number; readonly held: FloodHeld }[]
  readonly frames: Map<number, Float32Array>
}
async function run(
  world: FloodWorld,
  scenario: FloodScenario,
  from?: FloodRunStart,
  edit?: { readonly at: number; readonly scenario: FloodScenario },
): Promise<Told> {
  const atStart = from && edit?.at === from.checkpoint.time ? { edit: edit.scenario } : {}
  const input = { scenario, world, checkpointEvery: 5, ...(from ? { from } : {}), ...atStart }
  const work = kinds.flood.simulate(input, new AbortController().signal)
  const held: Told['held'] = []
  const frames: Told['frames'] = new Map()
  let next: FloodScenario | undefined
  for (;;) {
    const step = await work.next(next)
    next = undefined
    if (step.done) return { result: step.value, held, frames }
    const event = step.value
    if (event.kind === 'frame') frames.set(event.time, event.depth)
    if (event.kind === 'frame' && event.time === edit?.at) next = edit.scenario
    // As another thread hands it over.
    if (event.kind === 'checkpoint') held.push({ time: event.time, held: structuredClone(event.held) })
  }
}
const startAt = ({ held, result }: Told, time: number): FloodRunStart => {
  const last = held.filter((one) => one.time <= time).at(-1)
  if (!last) throw new Error('no checkpoint')
  return {
    ...last.held,
    series: result.series.filter((moment) => moment.time <= last.time),
    logs: result.events.filter((log) => log.time <= last.time),
  }
}

describe('a run forked in its middle', () => {
  let world: FloodWorld
  let parent: Told
  let models: SiteModel[]
  beforeAll(async () => {
    models = await importStation()
    const made = kinds.flood.prepare(planned, models)
    if (!made.ok) throw new Error(JSON.stringify(made.problems))
    world = made.value
    parent = await run(world, planned, undefined, { at: 1200, scenario: edited })
  })

  it('has checkpoints at every fifth moment and after each edit', () => {
    expect(parent.held.map(({ time }) => time)).toEqual([300, 600, 900, 1200, 1500, 1800, 2100, 2400, 2700, 3000, 3300])
  })

  it.each([1200, 2700])('goes on from %i s to the same end, computing only the rest', async (time) => {
    const fork = await run(world, edited, startAt(parent, time))
    expect(fork.result.hash).toBe(parent.result.hash)
    expect(fork.result).toEqual(parent.result)
    expect([...fork.frames.keys()][0]).toBe(time + 60)
    const computed = fork.result.steps - startAt(parent, time).checkpoint.steps
    expect(computed).toBeGreaterThan(100)
    expect(computed).toBeLessThan(parent.result.steps)
    for (const [at, depth] of fork.frames) expect(depth).toEqual(parent.frames.get(at))
  })

  it('differs only after the moment at which it was changed', async () => {
    const [fork, atOnce] = [
      await run(world, edited, startAt(parent, 2700), { at: 2820, scenario: moved }),
      await run(world, edited, startAt(parent, 2700), { at: 2700, scenario: moved }),
    ]
    expect(atOnce.result.hash).not.toBe(fork.result.hash)
    expect(atOnce.result.events.find(({ what, time }) => what === 'edit' && time === 2700)).toBeDefined()
    expect(fork.result.hash).not.toBe(parent.result.hash)
    for (const [at, depth] of fork.frames) {
      if (at <= 2820) expect(depth).toEqual(parent.frames.get(at))
    }
    expect([...fork.frames].some(([at, depth]) => depth.some((value, k) => value !== parent.frames.get(at)?.[k]))).toBe(true)
    expect(Math.abs(fork.result.balance.errorRelative)).toBeLessThan(1e-9)
  })

  it('knows when each element met water: as the depth at its base says, within one kept moment', () => {
    const { grid, reach } = world
    const wet = new Map(parent.result.wet.map((one) => [one.globalId, one]))
    const times = [...parent.frames.keys()].sort((a, b) => a - b)
    let [checked, met] = [0, 0]
    // Elements that stand in one open cell: their base is the bottom of their box, found without the footprint that the run follows.
    for (const element of models.flatMap((model) => model.elements)) {
      if (!element.bounds || checked >= 200) continue
      const one = reach.find(({ globalId }) => globalId === element.globalId)
      const { min, max } = element.bounds
      const corners = [locate(grid, min[0], min[1]), locate(grid, max[0], max[1])]
      if (one?.cells.length !== 1 || corners[0] !== corners[1] || grid.wet[corners[0]] !== 1) continue
      const [cell] = corners
      const reached = (time: number) => {
        const depth = parent.frames.get(time)?.[cell] ?? 0
        return depth > 0.01 && grid.floor[cell] + depth > min[2] && grid.floor[cell] <= max[2] + 0.05
      }
      const first = times.find(reached) ?? null
      const told = wet.get(element.globalId)?.first_s ?? null
      checked++
      if (first !== null) met++
      expect(told === null ? -1 : told, element.tag).toBe(first === null ? -1 : first)
    }
    expect(checked).toBeGreaterThan(100)
    expect(met).toBeGreaterThan(5)
    for (const one of parent.result.wet) expect(one.depth_m).toBeGreaterThan(0)
  })
})
