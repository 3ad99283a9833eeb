import type { Problem } from '@/core/base/problem'
import type { RunRecord } from '@/core/decide'
import type { FloodResult } from '@/core/flood'
import type { FloodReport } from '@/scenarios'
import { problemEntry } from './problem-document.ts'

export interface RunFacts {
  readonly record: RunRecord
  readonly report: FloodReport
  readonly wall: number
  readonly problems: readonly Problem[]
}

/** The `run` document (`foresite schema run`): the record of the run and what only a flood has. SI units in the keys, finite numbers or null. */
export function runDocument({ record, report, wall, problems }: RunFacts): object {
  const { result, levelPool, verdict } = report
  const { balance } = result
  return {
    ...record,
    workers: 1,
    wall_s: Math.round(wall * 1000) / 1000,
    balance: {
      in: { rain: balance.in.rain, seepage: balance.in.seepage, returned: balance.in.returned },
      out: { inlets: balance.out.inlets, pumped: balance.out.pumped, boundary: balance.out.boundary, losses: balance.out.losses },
      storedStart_m3: balance.storedStart,
      storedEnd_m3: balance.stored,
      error_m3: balance.error,
      error_rel: balance.errorRelative,
    },
    openings: result.openings.map(({ id, volume, first, peak }) => ({ id, volume_m3: volume, first_s: first, peak_m3s: peak })),
    pumps: result.pumps.map(({ id, volume, returned, displaced, starts, hours, energy, stops }) => ({
      id,
      volume_m3: volume,
      returned_m3: returned,
      displaced_m3: displaced,
      starts,
      hours,
      energy_kWh: energy / 3.6e6,
      stops: stops.map(({ time, cause }) => ({ t_s: time, cause })),
    })),
    probes: result.probes.map(({ id, maxDepth, maxAt }) => ({ id, maxDepth_m: maxDepth, maxAt_s: maxAt })),
    assets: result.assets.map(({ id, globalId, name, critical, max, firstOver }) => ({
      id,
      globalId,
      name,
      critical_m: critical,
      max_m: max,
      firstOver_s: firstOver,
    })),
    network: networkOf(report),
    levelPool: levelPool && { volume_m3: levelPool.volume, maxDepth_m: levelPool.maxDepth },
    verdict: { kind: verdict.kind, worstAsset: verdict.worstAsset, volume_m3: verdict.volume, street_m3: verdict.street },
    problems: problems.map(problemEntry),
  }
}

/** The pipes below at the end: their own balance, and how high each node stood. Null where there are none. */
function networkOf({ result: { series } }: FloodReport): object | null {
  const last = series.at(-1)
  if (!last?.drainage) return null
  const { in: into, out, storedStart, storedEnd, error, errorRelative } = last.drainage
  return {
    balance: { in: into, out, storedStart_m3: storedStart, storedEnd_m3: storedEnd, error_m3: error, error_rel: errorRelative },
    nodes: last.nodes.flatMap(({ id, level }) =>
      level === undefined ? [] : [{ id, maxLevel_m: Math.max(...series.map((moment) => moment.nodes.find((node) => node.id === id)?.level ?? level)) }],
    ),
  }
}

/** One row a kept moment, SI units, for spreadsheets. */
export function seriesCsv({ series }: FloodResult): string {
  const first = series[0]
  if (!first) return 'time_s\n'
  const head = [
    'time_s',
    'rain_m_per_s',
    'error_rel',
    ...first.openings.flatMap(({ id }) => [`${id}_flow_m3s`, `${id}_volume_m3`]),
    ...first.probes.flatMap(({ id }) => [`${id}_depth_m`, `${id}_level_m`]),
    ...first.pumps.flatMap(({ id }) => [`${id}_flow_m3s`, `${id}_volume_m3`]),
    ...first.nodes.flatMap(({ id, level }) => [
      `${id}_fromPumps_m3s`,
      `${id}_fromInlets_m3s`,
      `${id}_returned_m3s`,
      ...(level === undefined ? [] : [`${id}_level_m`]),
    ]),
  ]
  const rows = series.map((moment) =>
    [
      moment.time,
      moment.rainRate,
      moment.balance.errorRelative,
      ...moment.openings.flatMap(({ flow, volume }) => [flow, volume]),
      ...moment.probes.flatMap(({ depth, level }) => [depth, level]),
      ...moment.pumps.flatMap(({ flow, volume }) => [flow, volume]),
      ...moment.nodes.flatMap(({ fromPumps, fromInlets, returned, level }) => [fromPumps, fromInlets, returned, ...(level === undefined ? [] : [level])]),
    ].join(','),
  )
  return `${[head.join(','), ...rows].join('\n')}\n`
}
