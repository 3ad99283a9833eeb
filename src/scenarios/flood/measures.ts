import type { Light, Measure } from '@/core/decide'
import type { FloodReport, FloodWorld } from './types.ts'

/** A pump that starts more often in an hour wears out (`domain.md` 3.1: limit 10–15 /h). */
const STARTS = { amber: 10, red: 15 }
/** Water that is not worth a word [m³]: what counts as "first water". */
const A_LITTLE = 1
/** Freeboard that is kept for what a model does not know [m]. */
const FREEBOARD = 0.1
/** Depth in the working area [m]: knee-deep halves the pace, above half a metre nobody works (`domain.md` 3.1, 3.3). */
const DEPTH = { amber: 0.15, red: 0.5 }
/** Share of the water handled that may be lost or made (`architecture.md`, Settled). */
const ERROR = { amber: 1e-6, red: 1e-3 }

/** The figures that variants of a flood rehearsal are judged by (`domain.md` 3.1), in the order of the table. */
export function measuresOf({ result, setup, verdict }: FloodReport, world: FloodWorld): Measure[] {
  const sum = (list: readonly number[]) => list.reduce((total, value) => total + value, 0)
  const firsts = result.openings.flatMap(({ first }) => (first === null ? [] : [first]))
  const kept = sum(result.pumps.map(({ returned, displaced }) => returned + displaced))
  const pumped = sum(result.pumps.map(({ volume }) => volume))
  const energy = sum(result.pumps.map((pump) => pump.energy)) / 3.6e6
  const reds = result.assets.some(({ firstOver }) => firstOver !== null)
  const one = (id: string, value: number | null, unit: string, better: Measure['better'], light: Light | null = null, subject = ''): Measure => ({
    id,
    subject,
    value,
    unit,
    light,
    better,
  })
  const above = (value: number, { amber, red }: { amber: number; red: number }): Light => (value > red ? 'red' : value > amber ? 'amber' : 'green')
  return [
    one('inflow', verdict.volume, 'm³', 'less', verdict.volume <= A_LITTLE ? 'green' : reds ? 'red' : 'amber'),
    one('firstWater', firsts.length > 0 ? Math.min(...firsts) : null, 's', 'more'),
    one('peakInflow', Math.max(0, ...result.openings.map(({ peak }) => peak)), 'm³/s', 'less'),
    ...result.assets.map(({ id, critical, max }) => {
      const margin = max === null ? null : critical - max
      return one('freeboard', margin, 'm', 'more', margin === null || margin >= FREEBOARD ? 'green' : margin > 0 ? 'amber' : 'red', id)
    }),
    ...result.probes.map(({ id, maxDepth }) => one('depth', maxDepth, 'm', 'less', above(maxDepth, DEPTH), id)),
    ...(['pit', 'yard'] as const).flatMap((kind) => {
      const area = areaDeeper(world, result.maxDepth, kind, DEPTH.amber)
      return area === null ? [] : [one('area', area, 'm²', 'less', null, kind)]
    }),
    one('street', verdict.street, 'm³', 'less', verdict.street <= A_LITTLE ? 'green' : 'amber'),
    one('keptByPumps', kept, 'm³', 'less', kept <= A_LITTLE ? 'green' : 'amber'),
    one('pumped', pumped, 'm³', null),
    one('pumps', setup.pumps.length, '', 'less'),
    one('pumpHours', sum(result.pumps.map(({ hours }) => hours)), 'h', 'less'),
    one('starts', mostStarts(result.pumps, result.simulated), '1/h', 'less', above(mostStarts(result.pumps, result.simulated), STARTS)),
    one('energy', energy, 'kWh', 'less'),
    one('specificEnergy', pumped > A_LITTLE ? energy / pumped : null, 'kWh/m³', 'less'),
    one('error', Math.abs(result.balance.errorRelative), '', 'less', above(Math.abs(result.balance.errorRelative), ERROR)),
  ]
}

/** Of the pump that starts most often. */
function mostStarts(pumps: FloodReport['result']['pumps'], seconds: number): number {
  return seconds > 0 ? Math.max(0, ...pumps.map(({ starts }) => (starts * 3600) / seconds)) : 0
}

/** Plan area that stood deeper at some time [m²]; null where the site has no such surface. */
function areaDeeper({ grid }: FloodWorld, depths: Float32Array, kind: string, depth: number): number | null {
  const kinds = new Set(grid.surfaces.flatMap((surface, k) => (surface.id === kind ? [k] : [])))
  if (kinds.size === 0) return null
  let cells = 0
  for (let c = 0; c < depths.length; c++) if (grid.wet[c] === 1 && kinds.has(grid.surface[c]) && depths[c] > depth) cells += grid.porosity[c]
  return cells * grid.cell * grid.cell
}
