import { z } from 'zod'
import { Failure, type Parsed, type Problem, problem } from '@/core/base/problem'
import { findProblems } from '@/core/base/schema'
import { type DrainNetwork, type FloodSetup, kernels, levelPool, readNetwork, simulateFlood } from '@/core/flood'
import type { SiteModel } from '@/core/model'
import { rasterizeSite, tagElements } from '@/core/site'
import type { ScenarioKind } from '../contract.ts'
import { findingsOf } from './findings.ts'
import { reachOf } from './reach.ts'
import { resolveSetup } from './resolve.ts'
import { floodSchema } from './schema.ts'
import { si } from './storm.ts'
import type { FloodOutcome, FloodReport, FloodRunEvent, FloodScenario, FloodWorld, FloodWritten } from './types.ts'
import { singleFailures, stormLadder } from './variations.ts'
import { followWetting } from './wetting.ts'
import './problems.ts'

export { PUMP_CATALOGUE, type PumpType, pumpType } from './pump-catalogue.ts'
export { resolveSetup } from './resolve.ts'
export { hyetographOf } from './storm.ts'

export const flood: ScenarioKind<'flood'> = {
  name: 'flood',

  schema: () => z.toJSONSchema(floodSchema, { io: 'input' }),

  parse(json: unknown): Parsed<FloodScenario> {
    const problems = findProblems(floodSchema, json)
    if (problems.length > 0) return { ok: false, problems }
    const written = json as FloodWritten
    const area = written.area && {
      x: [si(written.area.x[0], 'length'), si(written.area.x[1], 'length')] as const,
      y: [si(written.area.y[0], 'length'), si(written.area.y[1], 'length')] as const,
    }
    if (area && !(area.x[0] < area.x[1] && area.y[0] < area.y[1]))
      return { ok: false, problems: [problem('parse.range', { expected: 'from < to', got: JSON.stringify(written.area) }, 'area')] }
    const network = written.network ? readUnderground(written.network) : null
    if (network && !network.ok) return network
    return {
      ok: true,
      value: { written, cell: si(written.cell, 'length'), area: area ?? null, network: network?.value ?? null },
      problems: network?.problems ?? [],
    }
  },

  prepare({ written, cell, area }: FloodScenario, models: readonly SiteModel[]): Parsed<FloodWorld> {
    const problems = checkModels(written, models)
    if (problems.some((found) => found.severity === 'error')) return { ok: false, problems }
    const surfaces = Object.fromEntries(Object.entries(written.surfaces).filter(([, value]) => value !== undefined))
    const grid = rasterizeSite({ models, cell, area: area && { x: [area.x[0], area.x[1]], y: [area.y[0], area.y[1]] }, surfaces })
    if (!grid.ok) return { ok: false, problems: [...problems, ...grid.problems] }
    const { tagged, findings } = tagElements(models)
    return {
      ok: true,
      value: { grid: grid.value, tagged, reach: reachOf(models, grid.value) },
      problems: [...problems, ...grid.problems, ...findings],
    }
  },

  check: ({ written, network }: FloodScenario, world: FloodWorld): readonly Problem[] => resolveSetup(written, world, network).problems,

  async *simulate(
    { scenario, world, kernel, from, edit, checkpointEvery = 0 },
    signal,
  ): AsyncGenerator<FloodRunEvent, FloodOutcome, FloodScenario | undefined> {
    const setup = setupOf(scenario, world)
    const run = simulateFlood(
      { grid: world.grid, setup, kernel: knownKernel(kernel), checkpointEvery, ...(from ? { from } : {}), ...(edit ? { edit: setupOf(edit, world) } : {}) },
      signal,
    )
    const wetting = followWetting(world.grid, world.reach, from?.wetting)
    let edited: FloodSetup | undefined
    try {
      for (;;) {
        const step = await run.next(edited)
        if (step.done) return { ...step.value, wet: wetting.wet() }
        const event = step.value
        if (event.kind === 'frame') wetting.see(event.time, event.depth)
        const next = yield event.kind === 'checkpoint'
          ? { kind: 'checkpoint', time: event.time, held: { checkpoint: event.checkpoint, wetting: wetting.state() } }
          : event
        edited = next && setupOf(next, world)
      }
    } finally {
      await run.return(undefined as never)
    }
  },

  report(scenario: FloodScenario, world: FloodWorld, result: FloodOutcome): FloodReport {
    const setup = setupOf(scenario, world)
    const over = result.assets.filter((asset) => asset.firstOver !== null)
    const inward = result.openings.filter((opening) => opening.volume > 1)
    const volume = result.openings.reduce((sum, opening) => sum + Math.max(0, opening.volume), 0)
    const street = result.openings.reduce((sum, opening) => sum + Math.max(0, -opening.volume), 0)
    over.sort((a, b) => (a.firstOver ?? 0) - (b.firstOver ?? 0))
    return {
      result,
      setup,
      levelPool: levelPool(world.grid, setup),
      verdict: { kind: over.length > 0 ? 'critical' : inward.length > 0 ? 'wet' : 'dry', worstAsset: over[0]?.id ?? null, volume, street },
    }
  },

  revision: 2,
  ground: ({ written, cell, area }: FloodScenario) => ({ cell, area, surfaces: written.surfaces }),
  findings: findingsOf,
  conditions: stormLadder,
  failures: singleFailures,
}

function setupOf({ written, network }: FloodScenario, world: FloodWorld): FloodSetup {
  const setup = resolveSetup(written, world, network)
  if (!setup.ok) throw new Failure(...setup.problems)
  return setup.value
}

/** What was asked for is what runs: no other kernel steps in. */
function knownKernel(name = 'cpu'): string {
  if (!Object.hasOwn(kernels, name)) throw new Failure(problem('scenario.kernel', { got: name, known: Object.keys(kernels).join(', ') }))
  return name
}

/** The text of a network file → the network; its problems name the file and the line. */
function readUnderground({ path, text }: NonNullable<FloodWritten['network']>): Parsed<DrainNetwork> {
  if (text === undefined) return { ok: false, problems: [problem('scenario.network', { path }, 'network.path')] }
  return readNetwork(text, path.split(/[\\/]/).pop() ?? path)
}

/** Every model that the scenario names is there, and is the one it was made for. */
function checkModels(written: FloodWritten, models: readonly SiteModel[]): Problem[] {
  return written.models.flatMap(({ path, sha256 }, k): Problem[] => {
    const name = path.split(/[\\/]/).pop() ?? path
    const model = models.find((candidate) => candidate.file.name === name)
    if (!model) return [problem('scenario.model', { path }, `models[${k}].path`)]
    if (sha256 !== undefined && sha256 !== model.file.sha256)
      return [problem('scenario.hash', { path, expected: sha256.slice(0, 12), got: model.file.sha256.slice(0, 12) }, `models[${k}].sha256`, 'warning')]
    return []
  })
}
