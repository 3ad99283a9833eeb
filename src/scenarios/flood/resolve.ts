import { type Parsed, type Problem, problem } from '@/core/base/problem'
import { type Dimension, parseQuantity } from '@/core/base/quantity'
import { chicagoStorm, type FloodSetup, type Hyetograph } from '@/core/flood'
import { locate, type TaggedElement } from '@/core/site'
import './problems.ts'
import { pumpType } from './pump-catalogue.ts'
import type { FloodWorld, FloodWritten, StormWritten } from './types.ts'

/** Grate of a common gully, 0.45 × 0.75 m, kerb side closed (`domain.md` 2.5: 16–20 L/s single) [m]. */
const GRATE_PERIMETER = 1.6
/** A panel trips when water stands this far over its bottom (`domain.md` 3.1) [m]. */
const PANEL_MARGIN = 0.1
/** Bends, check valve and exit of a pump's hose, as a sum of loss coefficients [–] (`domain.md` 2.4). */
const HOSE_LOSSES = 3

/** SI value of a checked quantity. */
export function si(text: string, dimension: Dimension): number {
  const value = parseQuantity(text, dimension)
  if (value === null) throw new Error(`unchecked quantity ${text}`)
  return value
}

export function hyetographOf(storm: StormWritten): Hyetograph {
  if (storm.kind === 'chicago')
    return chicagoStorm(storm.formula, si(storm.returnPeriod, 'returnPeriod'), si(storm.duration, 'time'), storm.peakRatio, si(storm.step, 'time'))
  const from: number[] = []
  const rate: number[] = []
  for (const row of storm.rows) {
    const start = si(row.from, 'time')
    if (from.length > 0 && start > from[from.length - 1]) rate.push(0)
    else from.pop()
    from.push(start)
    rate.push(si(row.rate, 'rain'))
    from.push(si(row.to, 'time'))
  }
  return { from, rate }
}

/** What is written, placed in the world: ids to cells, tags to levels. Every problem carries its path; with errors there is no setup. */
export function resolveSetup(written: FloodWritten, world: FloodWorld): Parsed<FloodSetup> {
  const { grid, tagged } = world
  const problems: Problem[] = []
  const fail = (found: Problem) => problems.push(found)

  type Placed = { readonly id: string; readonly element?: string | undefined; readonly at?: readonly [string, string] | undefined }
  function find(entry: Placed, path: string): { x: number; y: number; element: TaggedElement | undefined; cell: number } {
    const element = tagged[entry.element ?? entry.id]
    if (entry.element !== undefined && !element) fail(problem('scenario.element', { tag: entry.element }, `${path}.element`))
    if (!entry.at && !element) {
      if (entry.element === undefined) fail(problem('scenario.place', { id: entry.id }, path))
      return { x: 0, y: 0, element: undefined, cell: -1 }
    }
    const [x, y] = entry.at ? [si(entry.at[0], 'length'), si(entry.at[1], 'length')] : [(element as TaggedElement).x, (element as TaggedElement).y]
    return { x, y, element, cell: locate(grid, x, y) }
  }
  /** As `find`, and the place must be on the grid where water can stand. */
  function inWater(entry: Placed, path: string) {
    const found = find(entry, path)
    if (!entry.at && !found.element) return found
    const where = entry.at ? `${path}.at` : path
    const level = entry.at ? undefined : found.element
    if (found.cell < 0) fail(problem('scenario.outside', { id: entry.id, x: found.x, y: found.y }, where))
    else if (!fits(found.cell, level)) {
      const near = nearest(found.cell, level)
      if (near < 0) fail(problem('scenario.dry', { id: entry.id, x: found.x, y: found.y }, where))
      else return { ...found, ...centre(near), cell: near }
    }
    return found
  }
  /** Water can stand in the cell, and its floor is where the element stands: a panel at the pit's wall belongs to the pit, not to the yard above. */
  function fits(cell: number, element: TaggedElement | undefined): boolean {
    if (grid.wet[cell] !== 1) return false
    return !element || (grid.floor[cell] >= element.bottom - 2 && grid.floor[cell] <= element.top + 0.5)
  }
  /** The nearest cell that fits, at most two cells (or 2 m) away; −1 for none. */
  function nearest(cell: number, element: TaggedElement | undefined): number {
    const column = cell % grid.columns
    const row = (cell - column) / grid.columns
    for (let reach = 1; reach <= 2 || reach * grid.cell <= 2; reach++)
      for (let dr = -reach; dr <= reach; dr++)
        for (let dc = -reach; dc <= reach; dc++) {
          const [r, c] = [row + dr, column + dc]
          if (r < 0 || c < 0 || r >= grid.rows || c >= grid.columns || (Math.abs(dr) !== reach && Math.abs(dc) !== reach)) continue
          if (fits(r * grid.columns + c, element)) return r * grid.columns + c
        }
    return -1
  }
  function centre(cell: number): { x: number; y: number } {
    const column = cell % grid.columns
    return { x: grid.x0 + (column + 0.5) * grid.cell, y: grid.y0 + ((cell - column) / grid.columns + 0.5) * grid.cell }
  }
  const known = (list: readonly { readonly id: string }[]) => list.map((entry) => entry.id).join(', ')
  const need = (what: string, list: readonly { readonly id: string }[], id: string, path: string) => {
    if (!list.some((entry) => entry.id === id)) fail(problem('scenario.unknown', { what, id, known: known(list) }, path))
  }

  if (written.storm.kind === 'table')
    written.storm.rows.forEach((row, k) => {
      const before = k > 0 && written.storm.kind === 'table' ? si(written.storm.rows[k - 1].to, 'time') : 0
      if (si(row.to, 'time') <= si(row.from, 'time') || si(row.from, 'time') < before) fail(problem('scenario.table', { row: k + 1 }, `storm.rows[${k}]`))
    })

  const nodes = written.nodes.map((node, k) => {
    const { x, y } = find(node, `nodes[${k}]`)
    return { id: node.id, x, y, capacity: si(node.capacity, 'flow') }
  })
  const inlets = written.inlets.map((inlet, k) => {
    const { x, y } = inWater(inlet, `inlets[${k}]`)
    need('node', written.nodes, inlet.node, `inlets[${k}].node`)
    return {
      id: inlet.id,
      node: inlet.node,
      x,
      y,
      capacity: si(inlet.capacity, 'flow'),
      perimeter: inlet.perimeter ? si(inlet.perimeter, 'length') : GRATE_PERIMETER,
    }
  })
  const sumps = written.sumps.map((sump, k) => {
    const { x, y, element, cell } = inWater(sump, `sumps[${k}]`)
    const ground = cell >= 0 ? grid.floor[cell] : 0
    const floor = sump.floor ? si(sump.floor, 'length') : element?.bottom
    const rim = sump.rim ? si(sump.rim, 'length') : ground
    const area = sump.area ? si(sump.area, 'area') : element?.area
    if (floor === undefined || floor >= rim) fail(problem('scenario.level', { id: sump.id, what: 'floor' }, `sumps[${k}].floor`))
    if (area === undefined) fail(problem('scenario.level', { id: sump.id, what: 'area' }, `sumps[${k}].area`))
    return { id: sump.id, x, y, area: area ?? 1, floor: floor ?? rim - 1, rim }
  })
  const panels = written.panels.map((panel, k) => {
    const { x, y, element } = inWater(panel, `panels[${k}]`)
    const critical = panel.critical ? si(panel.critical, 'length') : element && element.bottom + PANEL_MARGIN
    if (critical === undefined) fail(problem('scenario.level', { id: panel.id, what: 'critical' }, `panels[${k}].critical`))
    return { id: panel.id, x, y, critical: critical ?? 0 }
  })
  const pumps = written.pumps.map((pump, k) => {
    const path = `pumps[${k}]`
    need('panel', written.panels, pump.panel, `${path}.panel`)
    const sump = pump.sump === undefined ? undefined : sumps.find((entry) => entry.id === pump.sump)
    if (pump.sump !== undefined) need('sump', written.sumps, pump.sump, `${path}.sump`)
    const place = sump && !pump.at && !tagged[pump.element ?? pump.id] ? { x: sump.x, y: sump.y, cell: locate(grid, sump.x, sump.y) } : inWater(pump, path)
    const base = sump ? sump.floor : place.cell >= 0 ? grid.floor[place.cell] : 0
    const [start, stop] = [si(pump.start, 'depth'), si(pump.stop, 'depth')]
    if (start <= stop) fail(problem('scenario.startStop', { id: pump.id, start: pump.start, stop: pump.stop }, `${path}.start`))
    const type = pumpType(pump.type)
    let discharge: FloodSetup['pumps'][number]['discharge'] = { kind: 'node', node: '' }
    let outlet = 0
    if ('node' in pump.discharge && pump.discharge.node !== undefined) {
      const { node } = pump.discharge
      need('node', written.nodes, node, `${path}.discharge.node`)
      discharge = { kind: 'node', node }
      const at = nodes.find((entry) => entry.id === node)
      const cell = at ? locate(grid, at.x, at.y) : -1
      outlet = cell >= 0 ? grid.floor[cell] : 0
    } else if ('at' in pump.discharge && pump.discharge.at !== undefined) {
      const end = inWater({ id: pump.id, at: pump.discharge.at }, `${path}.discharge`)
      discharge = { kind: 'cell', x: end.x, y: end.y }
      outlet = end.cell >= 0 ? grid.floor[end.cell] : 0
    }
    const flow = type?.flow ?? 0
    const curve: FloodSetup['pumps'][number]['curve'] =
      pump.hose === undefined || pump.hose === 'rated'
        ? { kind: 'rated', flow }
        : {
            kind: 'head',
            flow,
            head: type?.head ?? 0,
            outlet,
            hose: { diameter: si(pump.hose.diameter, 'length'), length: si(pump.hose.length, 'length'), losses: HOSE_LOSSES },
          }
    return {
      id: pump.id,
      x: place.x,
      y: place.y,
      sump: sump?.id ?? null,
      start: base + start,
      stop: base + stop,
      discharge,
      panel: pump.panel,
      curve,
      power: type?.power ?? 0,
    }
  })
  const barriers = (written.barriers ?? []).map((barrier, k) => {
    const opening = grid.openings.find((entry) => entry.id === barrier.opening)
    if (!opening) fail(problem('scenario.unknown', { what: 'opening', id: barrier.opening, known: known(grid.openings) }, `barriers[${k}].opening`))
    else if (si(barrier.crest, 'length') <= opening.sill)
      fail(problem('scenario.crest', { id: barrier.id, crest: barrier.crest, sill: `${opening.sill.toFixed(3)} m` }, `barriers[${k}].crest`, 'warning'))
    return { id: barrier.id, opening: barrier.opening, crest: si(barrier.crest, 'length'), at: si(barrier.at, 'time') }
  })
  const until = (text: string | undefined) => (text === undefined ? null : si(text, 'time'))
  const events = (written.events ?? []).map((event, k): FloodSetup['events'][number] => {
    const at = si(event.at, 'time')
    if (event.kind === 'pump-fails') {
      need('pump', written.pumps, event.pump, `events[${k}].pump`)
      return { kind: event.kind, at, pump: event.pump, until: until(event.until) }
    }
    if (event.kind === 'power-cut') {
      need('panel', written.panels, event.panel, `events[${k}].panel`)
      return { kind: event.kind, at, panel: event.panel, until: until(event.until) }
    }
    need('node', written.nodes, event.node, `events[${k}].node`)
    return { kind: event.kind, at, node: event.node, capacity: si(event.capacity, 'flow') }
  })
  const probes = (written.probes ?? []).map((probe, k) => {
    const { x, y } = inWater(probe, `probes[${k}]`)
    return { id: probe.id, x, y }
  })
  const assets = (written.assets ?? []).map((asset, k) => {
    const { x, y, element } = inWater(asset, `assets[${k}]`)
    const critical = asset.critical ? si(asset.critical, 'length') : element && element.bottom + PANEL_MARGIN
    if (critical === undefined) fail(problem('scenario.level', { id: asset.id, what: 'critical' }, `assets[${k}].critical`))
    return { id: asset.id, globalId: element?.globalId ?? '', name: element?.name ?? asset.id, x, y, critical: critical ?? 0 }
  })
  if (problems.some((found) => found.severity === 'error')) return { ok: false, problems }
  const setup: FloodSetup = {
    duration: si(written.duration, 'time'),
    frameEvery: written.frames ? si(written.frames, 'time') : 60,
    rain: hyetographOf(written.storm),
    seepage: (written.seepage ?? []).map(({ id, surface, flow }) => ({ id, x: 0, y: 0, surface, flow: si(flow, 'flow') })),
    nodes,
    inlets,
    sumps,
    panels,
    pumps,
    barriers,
    events,
    probes,
    assets,
  }
  return { ok: true, value: setup, problems }
}
