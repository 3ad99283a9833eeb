import { z } from 'zod'
import type { Problem } from '@/core/base/problem'
import type { DrainNetwork, DrainResult, DrainRow } from '@/core/flood'
import { problemEntry } from './problem-document.ts'

const number = z.number()
const maybe = z.number().nullable()

/** What `run network.inp --json` prints: a run document of kind `network`. */
export const networkRun = z
  .object({
    version: z.literal(1),
    kind: z.literal('network'),
    title: z.object({ zh: z.string(), en: z.string() }),
    scenarioHash: z.string(),
    models: z.array(z.object({ path: z.string(), sha256: z.string() }).loose()),
    kernel: z.string(),
    workers: number,
    steps: number,
    simulated_s: number,
    wall_s: number,
    resultHash: z.string(),
    balance: z.object({
      in: z.object({ inflow: number, backflow: number }),
      out: z.object({ outfalls: number, flooding: number }),
      storedStart_m3: number,
      storedEnd_m3: number,
      error_m3: number,
      error_rel: number,
    }),
    nodes: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(['junction', 'storage', 'outfall']),
        maxDepth_m: number,
        maxLevel_m: number,
        maxAt_s: number,
        flooded_m3: number,
        firstFlood_s: maybe,
      }),
    ),
    links: z.array(z.object({ id: z.string(), kind: z.enum(['conduit', 'pump', 'orifice', 'weir']), volume_m3: number, peak_m3s: number, peakAt_s: number })),
    pumps: z.array(z.object({ id: z.string(), volume_m3: number, starts: number, hours: number })),
    events: z.array(z.object({ t_s: number, what: z.string(), subject: z.string(), cause: z.string(), value: maybe })),
    problems: z.array(
      z.object({ key: z.string(), path: z.string(), facts: z.record(z.string(), z.unknown()), message: z.object({ zh: z.string(), en: z.string() }) }).loose(),
    ),
  })
  .loose()

export interface NetworkRunFacts {
  readonly network: DrainNetwork
  readonly result: DrainResult
  readonly wall: number
  readonly scenarioHash: string
  readonly problems: readonly Problem[]
}

export function networkDocument({ network, result, wall, scenarioHash, problems }: NetworkRunFacts): z.infer<typeof networkRun> {
  const { balance } = result
  return {
    version: 1,
    kind: 'network',
    title: { zh: network.title, en: network.title },
    scenarioHash,
    models: [],
    kernel: 'cpu',
    workers: 1,
    steps: result.steps,
    simulated_s: result.simulated,
    wall_s: Math.round(wall * 1000) / 1000,
    resultHash: result.hash,
    balance: {
      in: { inflow: balance.in.inflow, backflow: balance.in.backflow },
      out: { outfalls: balance.out.outfalls, flooding: balance.out.flooding },
      storedStart_m3: balance.storedStart,
      storedEnd_m3: balance.storedEnd,
      error_m3: balance.error,
      error_rel: balance.errorRelative,
    },
    nodes: result.nodes.map(({ id, kind, maxDepth, maxLevel, maxAt, flooded, firstFlood }) => ({
      id,
      kind,
      maxDepth_m: maxDepth,
      maxLevel_m: maxLevel,
      maxAt_s: maxAt,
      flooded_m3: flooded,
      firstFlood_s: firstFlood,
    })),
    links: result.links.map(({ id, kind, volume, peak, peakAt }) => ({ id, kind, volume_m3: volume, peak_m3s: peak, peakAt_s: peakAt })),
    pumps: result.pumps.map(({ id, volume, starts, hours }) => ({ id, volume_m3: volume, starts, hours })),
    events: result.events.map(({ time, what, subject, cause, value }) => ({ t_s: time, what, subject, cause, value })),
    problems: problems.map((found) => problemEntry(found)) as z.infer<typeof networkRun>['problems'],
  }
}

/**
 * The series as SWMM's twins have it: `t_s`, then by node depth, level, volume and what rises over its rim (under both of its usual names),
 * and a flow by link, positive in the drawn direction. SI.
 */
export function seriesHead({ nodes, links }: DrainNetwork): string {
  const names = nodes.flatMap(({ id, kind }) =>
    ['depth', 'head', ...(kind === 'outfall' ? [] : ['volume', 'overflow', 'flooding'])].map((what) => `${id}_${what}`),
  )
  return `${['t_s', ...names, ...links.map(({ id }) => `${id}_flow`)].map(quoted).join(',')}\n`
}
export function seriesRow({ nodes }: DrainNetwork, { time, depth, head, volume, overflow, flow }: DrainRow): string {
  const values = nodes.flatMap(({ kind }, n) => [depth[n], head[n], ...(kind === 'outfall' ? [] : [volume[n], overflow[n], overflow[n]])])
  return `${[time, ...values, ...flow].map((value) => Number(value.toPrecision(10))).join(',')}\n`
}
function quoted(name: string): string {
  return /[",\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name
}
