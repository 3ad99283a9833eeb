import { type Parsed, type Problem, problem } from '@/core/base/problem'
import type { DrainNetwork, FloodSetup } from '@/core/flood'
import { locate } from '@/core/site'
import './problems.ts'
import { placeIn } from './place.ts'
import { pumpType } from './pump-catalogue.ts'
import { hyetographOf, si } from './storm.ts'
import type { FloodWorld, FloodWritten } from './types.ts'

/** Grate of a common gully, 0.45 × 0.75 m, kerb side closed (`domain.md` 2.5: 16–20 L/s single) [m]. */
const GRATE_PERIMETER = 1.6
/** A panel trips when water stands this far over its bottom (`domain.md` 3.1) [m]. */
const PANEL_MARGIN = 0.1
/** Bends, check valve and exit of a pump's hose, as a sum of loss coefficients [–] (`domain.md` 2.4). */
const HOSE_LOSSES = 3
/** A manhole whose rim is this far off the ground is told [m]. */
const RIM_OFF = 0.5
/** Moments that a run may keep: each holds the state of every pump and probe. */
const MOST_FRAMES = 20_000

/** What is written, placed in the world: ids to cells, tags to levels. Every problem carries its path; with errors there is no setup. */
export function resolveSetup(written: FloodWritten, world: FloodWorld, network: DrainNetwork | null = null): Parsed<FloodSetup> {
  const { grid } = world
  const problems: Problem[] = []
  const fail = (found: Problem) => void problems.push(found)
  const { tag, anywhere, inWater } = placeIn(world, fail)
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
    const { x, y } = anywhere(node, `nodes[${k}]`)
    return { id: node.id, x, y, capacity: si(node.capacity, 'flow') }
  })
  /** Sewer nodes of the scenario, and what may be reached of the pipes below. */
  const below = network?.nodes ?? []
  const reachable = [...written.nodes, ...below.filter(({ kind }) => kind !== 'outfall')]
  const underground = (id: string) => (written.nodes.some((node) => node.id === id) ? undefined : below.find((node) => node.id === id))
  const needNode = (entry: string, id: string, path: string) => {
    if (underground(id)?.kind === 'outfall') fail(problem('scenario.outfall', { id: entry, node: id }, path))
    else need('node', reachable, id, path)
  }
  written.nodes.forEach((node, k) => {
    if (below.some(({ id }) => id === node.id)) fail(problem('scenario.twice', { id: node.id }, `nodes[${k}].id`))
  })
  const inlets = written.inlets.map((inlet, k) => {
    const { x, y, cell } = inWater(inlet, `inlets[${k}]`)
    needNode(inlet.id, inlet.node, `inlets[${k}].node`)
    const manhole = underground(inlet.node)
    if (manhole && manhole.kind !== 'outfall' && cell >= 0 && Math.abs(manhole.rim - grid.floor[cell]) > RIM_OFF)
      fail(problem('scenario.rim', { id: inlet.id, node: manhole.id, rim: manhole.rim, ground: grid.floor[cell] }, `inlets[${k}].node`, 'warning'))
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
    return { id: panel.id, x, y, critical: critical ?? 0, generator: panel.generator === undefined ? undefined : si(panel.generator, 'time') }
  })
  const pumps = written.pumps.map((pump, k) => {
    const path = `pumps[${k}]`
    need('panel', written.panels, pump.panel, `${path}.panel`)
    const sump = pump.sump === undefined ? undefined : sumps.find((entry) => entry.id === pump.sump)
    if (pump.sump !== undefined) need('sump', written.sumps, pump.sump, `${path}.sump`)
    const place = sump && !pump.at && !tag(pump) ? { x: sump.x, y: sump.y, cell: locate(grid, sump.x, sump.y) } : inWater(pump, path)
    const base = sump ? sump.floor : place.cell >= 0 ? grid.floor[place.cell] : 0
    // It draws air below its least submergence, whatever its stop level says.
    const [start, stop] = [si(pump.start, 'depth'), Math.max(si(pump.stop, 'depth'), pump.submergence ? si(pump.submergence, 'depth') : 0)]
    if (start <= stop) fail(problem('scenario.startStop', { id: pump.id, start: pump.start, stop: `${stop} m` }, `${path}.start`))
    const type = pumpType(pump.type)
    let discharge: FloodSetup['pumps'][number]['discharge'] = { kind: 'node', node: '' }
    let outlet = 0
    if ('node' in pump.discharge && pump.discharge.node !== undefined) {
      const { node } = pump.discharge
      needNode(pump.id, node, `${path}.discharge.node`)
      if (underground(node)) fail(problem('scenario.displaced', { id: pump.id, node }, `${path}.discharge.node`, 'info'))
      discharge = { kind: 'node', node }
      const at = nodes.find((entry) => entry.id === node)
      const cell = at ? locate(grid, at.x, at.y) : -1
      const manhole = underground(node)
      outlet = manhole && manhole.kind !== 'outfall' ? manhole.rim : cell >= 0 ? grid.floor[cell] : 0
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
      ramp: pump.ramp === undefined ? undefined : si(pump.ramp, 'time'),
      standby: pump.standby,
    }
  })
  const barriers = (written.barriers ?? []).map((barrier, k) => {
    const opening = grid.openings.find((entry) => entry.id === barrier.opening)
    if (!opening) fail(problem('scenario.unknown', { what: 'opening', id: barrier.opening, known: known(grid.openings) }, `barriers[${k}].opening`))
    else if (si(barrier.crest, 'length') <= opening.sill)
      fail(problem('scenario.crest', { id: barrier.id, crest: barrier.crest, sill: `${opening.sill.toFixed(3)} m` }, `barriers[${k}].crest`, 'warning'))
    return { id: barrier.id, opening: barrier.opening, crest: si(barrier.crest, 'length'), at: si(barrier.at, 'time') }
  })
  const until = ({ at, until: text }: { readonly at: string; readonly until?: string }, path: string) => {
    if (text === undefined) return null
    if (si(text, 'time') <= si(at, 'time')) fail(problem('scenario.until', { at, until: text }, `${path}.until`))
    return si(text, 'time')
  }
  const events = (written.events ?? []).map((event, k): FloodSetup['events'][number] => {
    const at = si(event.at, 'time')
    if (event.kind === 'pump-fails') {
      need('pump', written.pumps, event.pump, `events[${k}].pump`)
      return { kind: event.kind, at, pump: event.pump, until: until(event, `events[${k}]`) }
    }
    if (event.kind === 'power-cut') {
      need('panel', written.panels, event.panel, `events[${k}].panel`)
      return { kind: event.kind, at, panel: event.panel, until: until(event, `events[${k}]`) }
    }
    need('node', written.nodes, event.node, `events[${k}].node`)
    return { kind: event.kind, at, node: event.node, capacity: si(event.capacity, 'flow') }
  })
  const clogs = (written.clogs ?? []).map((clog, k) => {
    const path = `clogs[${k}]`
    if (clog.pump !== undefined) need('pump', written.pumps, clog.pump, `${path}.pump`)
    else if (clog.inlet !== undefined) need('inlet', written.inlets, clog.inlet, `${path}.inlet`)
    return { subject: clog.pump ?? clog.inlet ?? '', at: si(clog.at, 'time'), until: until(clog, path), share: si(clog.share, 'ratio') }
  })
  const rules = (written.rules ?? []).map((rule, k): NonNullable<FloodSetup['rules']>[number] => {
    const path = `rules[${k}]`
    const pump = rule.start ?? rule.stop ?? ''
    need('pump', written.pumps, pump, `${path}.${rule.start === undefined ? 'stop' : 'start'}`)
    if (rule.sump !== undefined) need('sump', written.sumps, rule.sump, `${path}.sump`)
    if (rule.node !== undefined) need('node', below, rule.node, `${path}.node`)
    const place = rule.at ? inWater({ id: rule.id, at: rule.at }, path) : { x: 0, y: 0 }
    const watch =
      rule.sump !== undefined
        ? { kind: 'sump' as const, sump: rule.sump }
        : rule.node !== undefined
          ? { kind: 'node' as const, node: rule.node }
          : { kind: 'place' as const, x: place.x, y: place.y }
    return {
      id: rule.id,
      watch,
      beyond: rule.above === undefined ? 'below' : 'above',
      level: si(rule.above ?? rule.below ?? '0 m', 'length'),
      hold: rule.for === undefined ? 0 : si(rule.for, 'time'),
      action: rule.start === undefined ? 'stop' : 'start',
      pump,
    }
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
  const duration = si(written.duration, 'time')
  const frameEvery = written.frames ? si(written.frames, 'time') : 60
  if (duration / frameEvery > MOST_FRAMES)
    fail(problem('parse.range', { expected: `≥ ${Math.ceil(duration / MOST_FRAMES)} s`, got: written.frames ?? `${frameEvery} s` }, 'frames'))
  if (problems.some((found) => found.severity === 'error')) return { ok: false, problems }
  const setup: FloodSetup = {
    duration,
    frameEvery,
    rain: hyetographOf(written.storm),
    seepage: (written.seepage ?? []).map(({ id, surface, flow }) => ({ id, x: 0, y: 0, surface, flow: si(flow, 'flow') })),
    nodes,
    inlets,
    drainage: network ?? undefined,
    sumps,
    panels,
    pumps,
    barriers,
    events,
    clogs,
    rules,
    probes,
    assets,
  }
  return { ok: true, value: setup, problems }
}
