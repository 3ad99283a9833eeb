import { parseQuantity } from '@/core/base/quantity'
import type { Moment } from '@/core/flood'
import type { SiteModel } from '@/core/model'
import type { FloodWorld, FloodWritten } from '@/scenarios/flood/types'
import type { Equipment } from '@/scene/scene-props'
import { momentAt } from '../store/run.ts'
import type { Runtime } from '../store/state.ts'
import { cellAt, dischargeSpot, modelledHose, type Spot, spotOf } from './places.ts'

/** What the scenario puts on the site, as the scene draws it. Live looks are read from the moment that the clock shows. */
export function equipmentOf(
  written: FloodWritten,
  models: readonly SiteModel[],
  world: FloodWorld | null,
  { clock, series, scene }: Runtime,
): readonly Equipment[] {
  const moment = (): Moment | null => momentAt(series.moments, clock.now())
  /** On the ground where nothing says how high: the grid's floor, or before there is a grid what the scene shows. */
  const ground = ({ x, y }: Spot) => (world && cellAt(world, x, y)?.floor) ?? scene.current?.groundAt(x, y) ?? 0
  const point = (spot: Spot) => [spot.x, spot.y, Number.isNaN(spot.z) ? ground(spot) : spot.z] as const
  const items: Equipment[] = []
  for (const node of written.nodes) {
    const spot = spotOf(node, models)
    if (!spot) continue
    const live = () => {
      const now = moment()?.nodes.find((candidate) => candidate.id === node.id)
      return now ? { surcharged: now.returned > 0 } : null
    }
    items.push({ kind: 'node', id: node.id, label: node.id, at: point(spot), live, movable: false })
  }
  for (const panel of written.panels) {
    const spot = spotOf(panel, models)
    if (!spot) continue
    const live = () => {
      const pumps = written.pumps.filter((pump) => pump.panel === panel.id).map((pump) => moment()?.pumps.find((now) => now.id === pump.id)?.state)
      return pumps.length && pumps[0] ? ({ state: pumps.includes('tripped') ? 'tripped' : pumps.includes('no-power') ? 'no-power' : 'live' } as const) : null
    }
    items.push({ kind: 'panel', id: panel.id, label: panel.id, at: point(spot), live, movable: true })
  }
  for (const pump of written.pumps) {
    const spot = spotOf(pump, models)
    if (!spot) continue
    const node = 'node' in pump.discharge ? pump.discharge.node : null
    const live = () => {
      const now = moment()
      const mine = now?.pumps.find((candidate) => candidate.id === pump.id)
      return mine ? { state: mine.state, recirculates: (now?.nodes.find((candidate) => candidate.id === node)?.returned ?? 0) > 0 } : null
    }
    const drawn = modelledHose(models, pump)
    const end = dischargeSpot(written, pump, models)
    const hose = drawn.length ? drawn : end ? [point(spot), [end.x, end.y, Number.NaN] as const] : []
    items.push({ kind: 'pump', id: pump.id, label: pump.id, at: point(spot), hose, live, movable: true })
  }
  for (const probe of written.probes ?? []) {
    const spot = spotOf(probe, models)
    if (!spot) continue
    const live = () => moment()?.probes.find((candidate) => candidate.id === probe.id) ?? null
    items.push({ kind: 'probe', id: probe.id, label: probe.id, at: point(spot), live, movable: true })
  }
  for (const board of written.barriers ?? []) {
    const ends = world ? openingEnds(world, board.opening) : null
    const crest = parseQuantity(board.crest, 'length')
    const since = parseQuantity(board.at, 'time')
    if (ends && crest !== null && since !== null) items.push({ kind: 'board', id: board.id, label: board.id, ...ends, crest, since, movable: false })
  }
  return items
}

/** The two ends of an opening at its sill, from its faces in the grid. */
function openingEnds(world: FloodWorld, id: string) {
  const { grid } = world
  const opening = grid.openings.find((candidate) => candidate.id === id)
  if (!opening?.faces.length) return null
  const points = opening.faces.flatMap(({ axis, face }) => {
    const x = grid.x0 + (face % grid.columns) * grid.cell
    const y = grid.y0 + Math.floor(face / grid.columns) * grid.cell
    const c = grid.cell
    return axis === 'x' ? [[x + c, y] as const, [x + c, y + c] as const] : [[x, y + c] as const, [x + c, y + c] as const]
  })
  const along = opening.faces[0].axis === 'x' ? 1 : 0
  const sorted = [...points].sort((a, b) => a[along] - b[along])
  const [from, to] = [sorted[0], sorted[sorted.length - 1]]
  return { from: [from[0], from[1], opening.sill], to: [to[0], to[1], opening.sill] } as const
}
