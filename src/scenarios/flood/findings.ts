import type { Contact, Json, Line, RunFindings } from '@/core/decide'
import { measuresOf } from './measures.ts'
import type { FloodReport, FloodScenario, FloodWorld } from './types.ts'

/** A finished flood as what decisions are made by. */
export function findingsOf({ written }: FloodScenario, world: FloodWorld, report: FloodReport): RunFindings {
  const { result, setup, levelPool } = report
  const critical = new Map(setup.assets.map((asset) => [asset.globalId, asset.critical]))
  return {
    cell_m: world.grid.cell,
    cells: world.grid.wet.reduce((sum, wet) => sum + wet, 0),
    steps: result.steps,
    simulated_s: result.simulated,
    resultHash: result.hash,
    measures: measuresOf(report, world),
    times_s: result.series.map(({ time }) => time),
    lines: linesOf(report),
    contacts: result.wet.map((wet): Contact => {
      const limit = critical.get(wet.globalId) ?? null
      return { ...wet, critical_m: limit, margin_m: limit === null ? null : limit - wet.level_m }
    }),
    events: result.events.map(({ time, what, subject, cause, value }) => ({ t_s: time, what, subject, cause, value })),
    basis: {
      storm: written.storm as unknown as Json,
      surfaces: written.surfaces as unknown as Json,
      seepage: (written.seepage ?? []) as unknown as Json,
      nodes: written.nodes.map(({ id, capacity }) => ({ id, capacity })),
      duration: written.duration,
      rain_mm: result.series.length > 0 ? setup.rain.rate.reduce((sum, rate, k) => sum + rate * (setup.rain.from[k + 1] - setup.rain.from[k]), 0) * 1000 : 0,
      balance: result.balance as unknown as Json,
      levelPool: levelPool && { volume_m3: levelPool.volume, maxDepth_m: levelPool.maxDepth },
    },
  }
}

function linesOf({ result: { series }, setup }: FloodReport): Line[] {
  const first = series[0]
  if (!first) return []
  const line = (id: string, subject: string, unit: string, of: (moment: (typeof series)[number]) => number | null): Line => ({
    id,
    subject,
    unit,
    values: series.map(of),
  })
  return [
    line('rain', '', 'mm/h', ({ rainRate }) => rainRate * 3.6e6),
    ...first.openings.map(({ id }) => line('inflow', id, 'm³/s', ({ openings }) => openings.find((opening) => opening.id === id)?.flow ?? null)),
    ...setup.probes.map(({ id }) => line('depth', id, 'm', ({ probes }) => probes.find((probe) => probe.id === id)?.depth ?? null)),
    line('pumped', '', 'm³/h', ({ pumps }) => pumps.reduce((sum, pump) => sum + pump.flow, 0) * 3600),
    ...first.nodes.map(({ id }) => line('returned', id, 'm³/h', ({ nodes }) => (nodes.find((node) => node.id === id)?.returned ?? 0) * 3600)),
  ]
}
