import { locate, type SiteGrid } from '@/core/site'
import type { Exchange, FloodKernel } from './kernels/types.ts'
import { type Mouth, makeUnderground, type UndergroundState } from './network/underground.ts'
import { pumpFlow } from './pump-curve.ts'
import { makePumpRules, type Order, type RuleState } from './pump-rules.ts'
import type { Clog, FloodLog, FloodRule, FloodSetup, Inlet, Moment, Panel, Pump, SewerNode, Sump } from './types.ts'

/** Free weir round a grate [m³/s per m of rim]: q = 1.7 h^1.5, broad crest in SI (`domain.md` 2.3). */
const WEIR = 1.7

export interface PumpState {
  pump: Pump
  cell: number
  state: 'off' | 'on' | 'failed' | 'no-power' | 'tripped'
  flow: number
  volume: number
  returned: number
  displaced: number
  starts: number
  seconds: number
  energy: number
  stops: { time: number; cause: string }[]
  failed: boolean
  /** On its way through a hose that ends on the ground [m³]. */
  held: number
  /** When it last started [s]. */
  since: number
}
interface NodeState {
  node: SewerNode
  capacity: number
  inlets: { inlet: Inlet; cell: number; slot: number; wanted: number }[]
  /** Delivered by pumps and not yet disposed of [m³], by pump. */
  pending: Map<string, number>
  fromPumps: number
  fromInlets: number
  returned: number
  surcharging: boolean
}

interface SumpState {
  sump: Sump
  cell: number
  stored: number
  slot: number
}
interface PanelState {
  panel: Panel
  cell: number
  tripped: boolean
  power: boolean
  /** When its feeder was cut [s], and whether its generator runs. */
  cut: number
  generating: boolean
}
interface Spill {
  cell: number
  volume: number
  slot: number
}
/** What the parts of a network hold, in their order. */
export interface NetworkState {
  readonly sumps: readonly SumpState[]
  readonly panels: readonly PanelState[]
  readonly pumps: readonly PumpState[]
  readonly nodes: readonly NodeState[]
  readonly retired: readonly PumpState[]
  readonly spilling: readonly Spill[]
  readonly totals: { readonly pumped: number; readonly returned: number; readonly inlets: number; readonly toSurface: number }
  readonly underground: UndergroundState | undefined
  readonly rules: readonly (readonly [string, RuleState])[]
  readonly clogged: readonly string[]
  readonly now: number
}

/**
 * Sumps, pumps, sewer nodes and panels over one run. Everything is a store or a transfer, so that no drop is lost: a pump takes from its
 * sump (or its surface cell) into what is pending at its node; the node passes on at most its capacity, pumps first, and the rest comes up
 * at its inlets, in equal parts; what capacity is left is shared by the inlets.
 */
export function makeNetwork(grid: SiteGrid, kernel: FloodKernel, first: FloodSetup, log: (entry: Omit<FloodLog, 'kind' | 'time'>) => void) {
  let setup = first
  const sumps = new Map<string, SumpState>()
  const pumps = new Map<string, PumpState>()
  const nodes = new Map<string, NodeState>()
  const panels = new Map<string, PanelState>()
  const retired: PumpState[] = []
  const spilling: Spill[] = []
  const totals = { pumped: 0, returned: 0, inlets: 0, toSurface: 0 }
  /** The pipes below, where the scenario has them: the same from beginning to end, whatever is edited above. */
  const underground = first.drainage && makeUnderground(first.drainage, ({ what, subject, cause, value }) => log({ what, subject, cause, value }))
  let mouths: Mouth[] = []
  const rules = makePumpRules(log)
  let orders: ReadonlyMap<string, Order> = new Map()
  /** Clogs that are told of, by what they are. */
  let clogged = new Set<string>()
  let now = 0
  let exchange: Exchange = room(0)
  let pumpSlots: { state: PumpState; slot: number }[] = []
  let cellDischarges: { state: PumpState; slot: number }[] = []

  apply(first)

  /** Takes a setup: what persists by id keeps its state. */
  function apply(next: FloodSetup): void {
    setup = next
    keep(
      sumps,
      next.sumps,
      (sump) => ({ sump, cell: at(sump.x, sump.y), stored: 0, slot: 0 }),
      (state, sump) => Object.assign(state, { sump, cell: at(sump.x, sump.y) }),
      (state) => state.stored <= 0,
    )
    keep(
      panels,
      next.panels,
      (panel) => ({ panel, cell: at(panel.x, panel.y), tripped: false, power: true, cut: 0, generating: false }),
      (state, panel) => Object.assign(state, { panel, cell: at(panel.x, panel.y) }),
    )
    keep(
      pumps,
      next.pumps,
      (pump) => ({
        pump,
        cell: at(pump.x, pump.y),
        state: 'off' as const,
        flow: 0,
        volume: 0,
        returned: 0,
        displaced: 0,
        starts: 0,
        seconds: 0,
        energy: 0,
        stops: [],
        failed: false,
        held: 0,
        since: 0,
      }),
      (state, pump) => Object.assign(state, { pump, cell: at(pump.x, pump.y) }),
      (state) => {
        state.flow = 0
        if (state.held > 0 && state.pump.discharge.kind === 'cell')
          spilling.push({ cell: at(state.pump.discharge.x, state.pump.discharge.y), volume: state.held, slot: 0 })
        state.held = 0
        retired.push(state)
        return true
      },
    )
    keep(
      nodes,
      next.nodes,
      (node) => ({ node, capacity: node.capacity, inlets: [], pending: new Map(), fromPumps: 0, fromInlets: 0, returned: 0, surcharging: false }),
      (state, node) => {
        if (node.capacity !== state.node.capacity) state.capacity = node.capacity
        state.node = node
      },
      (state) => state.pending.size === 0,
    )
    let slots = 0
    for (const state of sumps.values()) state.slot = slots++
    for (const state of nodes.values())
      state.inlets = next.inlets
        .filter((inlet) => inlet.node === state.node.id)
        .map((inlet) => ({ inlet, cell: at(inlet.x, inlet.y), slot: slots++, wanted: 0 }))
    pumpSlots = [...pumps.values()].filter((state) => state.pump.sump === null).map((state) => ({ state, slot: slots++ }))
    cellDischarges = [...pumps.values()].filter((state) => state.pump.discharge.kind === 'cell').map((state) => ({ state, slot: slots++ }))
    for (const spill of spilling) spill.slot = slots++
    mouths = next.inlets.flatMap((inlet): Mouth[] => {
      const node = nodes.has(inlet.node) ? undefined : underground?.indexOf(inlet.node)
      const cell = at(inlet.x, inlet.y)
      return node === undefined
        ? []
        : [{ id: inlet.id, node, cell, ground: grid.floor[cell], capacity: inlet.capacity, perimeter: inlet.perimeter, slot: slots++ }]
    })
    underground?.connect(mouths)
    exchange = room(slots)
    for (const { cell, slot } of spilling) exchange.cell[slot] = cell
    for (const state of sumps.values()) {
      exchange.cell[state.slot] = state.cell
      exchange.greedy[state.slot] = 1
    }
    for (const state of nodes.values()) for (const { cell, slot } of state.inlets) exchange.cell[slot] = cell
    for (const { cell, slot } of mouths) exchange.cell[slot] = cell
    for (const { state, slot } of pumpSlots) exchange.cell[slot] = state.cell
    for (const { state, slot } of cellDischarges)
      if (state.pump.discharge.kind === 'cell') exchange.cell[slot] = at(state.pump.discharge.x, state.pump.discharge.y)
  }

  function at(x: number, y: number): number {
    const cell = locate(grid, x, y)
    return cell < 0 ? 0 : cell
  }
  function levelIn(state: PumpState): number {
    const sump = state.pump.sump === null ? undefined : sumps.get(state.pump.sump)
    return sump ? levelInSump(sump) : levelOf(state.cell)
  }
  function levelInSump({ sump, stored, cell }: SumpState): number {
    const inside = sump.floor + stored / sump.area
    const outside = levelOf(cell)
    return inside >= sump.rim - 1e-9 && outside > inside ? outside : inside
  }
  function levelOf(cell: number): number {
    return grid.floor[cell] + kernel.depthAt(cell)
  }

  /** Before the kernel's step: switches pumps and writes what each cell shall give and get in dt [s]. */
  function before(time: number, dt: number): Exchange {
    now = time
    exchange.demand.fill(0)
    exchange.supply.fill(0)
    tellClogs()
    orders = rules.judge(setup.rules ?? [], levelAt, time)
    for (const state of panels.values()) {
      if (!state.power && !state.generating && state.panel.generator !== undefined && time - state.cut >= state.panel.generator - 1e-9) {
        state.generating = true
        log({ what: 'generator-starts', subject: state.panel.id, cause: 'power-cut', value: null })
      }
      const depth = kernel.depthAt(state.cell)
      if (!state.tripped && depth > 1e-6 && grid.floor[state.cell] + depth >= state.panel.critical) {
        state.tripped = true
        log({ what: 'panel-trips', subject: state.panel.id, cause: 'water', value: grid.floor[state.cell] + depth })
      }
    }
    for (const state of pumps.values()) {
      switchPump(state, time)
      state.flow = 0
      if (state.state !== 'on') continue
      const rated = pumpFlow(state.pump.curve, levelIn(state)) * rampOf(state, dt) * passing(state.pump.id)
      const sump = state.pump.sump === null ? undefined : sumps.get(state.pump.sump)
      if (!sump) {
        const slot = pumpSlots.find((entry) => entry.state === state)
        if (slot) exchange.demand[slot.slot] = rated * dt
        continue
      }
      const taken = rated * dt < sump.stored ? rated * dt : sump.stored
      sump.stored -= taken
      deliver(state, taken, dt)
    }
    for (const state of nodes.values()) dispose(state, dt)
    totals.returned +=
      underground?.before(dt, kernel.depthAt, passing, exchange, (id, volume) => {
        const pump = pumps.get(id) ?? retired.find((entry) => entry.pump.id === id)
        if (pump) pump.returned += volume
      }) ?? 0
    for (const { state, slot } of cellDischarges) {
      exchange.supply[slot] = state.held
      totals.toSurface += state.held
      state.held = 0
    }
    for (const spill of spilling) {
      exchange.supply[spill.slot] = spill.volume
      totals.toSurface += spill.volume
      spill.volume = 0
    }
    for (const { sump, stored, slot } of sumps.values()) {
      const free = (sump.rim - sump.floor) * sump.area - stored
      if (free > 0) exchange.demand[slot] = free
    }
    return exchange
  }

  /** After the step: what was really taken is now in sumps, sewers and hoses. */
  function after(dt: number): void {
    for (const state of sumps.values()) state.stored += exchange.taken[state.slot]
    for (const state of nodes.values()) {
      let taken = 0
      for (const { slot } of state.inlets) taken += exchange.taken[slot]
      totals.inlets += taken
      state.fromInlets = taken / dt
    }
    for (const { state, slot } of pumpSlots) if (exchange.taken[slot] > 0) deliver(state, exchange.taken[slot], dt)
    totals.inlets += underground?.after(dt, exchange) ?? 0
  }

  function deliver(state: PumpState, volume: number, dt: number): void {
    state.flow = volume / dt
    state.volume += volume
    state.seconds += dt
    state.energy += state.pump.power * dt
    totals.pumped += volume
    const { discharge } = state.pump
    if (discharge.kind === 'cell') {
      state.held += volume
      return
    }
    const node = nodes.get(discharge.node)
    const below = underground?.indexOf(discharge.node)
    if (!node && below !== undefined) underground?.deliver(below, state.pump.id, volume)
    node?.pending.set(state.pump.id, (node.pending.get(state.pump.id) ?? 0) + volume)
  }

  function dispose(state: NodeState, dt: number): void {
    let arriving = 0
    for (const volume of state.pending.values()) arriving += volume
    const capacity = state.capacity * dt
    const passed = arriving < capacity ? arriving : capacity
    const excess = state.inlets.length > 0 ? arriving - passed : 0
    let wanted = 0
    for (const entry of state.inlets) {
      const head = kernel.depthAt(entry.cell)
      const weir = WEIR * entry.inlet.perimeter * head * Math.sqrt(head)
      const open = passing(entry.inlet.id)
      const grate = open * weir
      const most = open * entry.inlet.capacity
      entry.wanted = (grate < most ? grate : most) * dt
      wanted += entry.wanted
    }
    const spare = capacity - passed
    const given = wanted < spare ? wanted : spare
    const alone = wanted < capacity ? wanted : capacity
    for (const entry of state.inlets) {
      exchange.demand[entry.slot] = wanted > 0 ? (entry.wanted * given) / wanted : 0
      exchange.supply[entry.slot] = excess / state.inlets.length
    }
    if (arriving > 0)
      for (const [id, volume] of state.pending) {
        const pump = pumps.get(id) ?? retired.find((entry) => entry.pump.id === id)
        if (!pump) continue
        pump.returned += (excess * volume) / arriving
        pump.displaced += ((alone - given) * volume) / arriving
      }
    // A node without inlets has nowhere to come up: what it cannot pass stays in the hoses.
    if (excess > 0 || passed === arriving) state.pending.clear()
    else for (const [id, volume] of state.pending) state.pending.set(id, volume - (passed * volume) / arriving)
    totals.returned += excess
    state.fromPumps = passed / dt
    state.returned = excess / dt
    const surcharging = excess > 1e-9
    if (surcharging && !state.surcharging) log({ what: 'node-surcharges', subject: state.node.id, cause: 'pumps', value: state.returned })
    state.surcharging = surcharging
  }

  /** Level of what a rule watches [m]. */
  function levelAt(watch: FloodRule['watch']): number {
    if (watch.kind === 'place') return levelOf(at(watch.x, watch.y))
    if (watch.kind === 'node') return underground?.levelOf(watch.node) ?? -Infinity
    const state = sumps.get(watch.sump)
    return state ? levelInSump(state) : -Infinity
  }

  /** A pump comes up to its flow evenly after a start; the share at the middle of the step. */
  function rampOf({ pump: { ramp }, since }: PumpState, dt: number): number {
    if (!ramp) return 1
    const share = (now + dt / 2 - since) / ramp
    return share < 1 ? share : 1
  }

  /** What clogs leave of the flow of a pump or an inlet [–]. */
  function passing(subject: string): number {
    let share = 1
    for (const clog of setup.clogs ?? []) if (clog.subject === subject && isNow(clog)) share *= 1 - clog.share
    return share
  }
  function isNow({ at: from, until }: Clog): boolean {
    return from <= now + 1e-9 && (until === null || now < until - 1e-9)
  }
  function tellClogs(): void {
    const standing = new Set<string>()
    for (const clog of setup.clogs ?? []) {
      const key = `${clog.subject} ${clog.at}`
      if (!isNow(clog)) continue
      standing.add(key)
      if (!clogged.has(key)) log({ what: 'clogs', subject: clog.subject, cause: 'event', value: clog.share })
    }
    for (const key of clogged) if (!standing.has(key)) log({ what: 'clears', subject: key.slice(0, key.lastIndexOf(' ')), cause: 'event', value: null })
    clogged = standing
  }

  function switchPump(state: PumpState, time: number): void {
    const panel = state.pump.panel === null ? undefined : panels.get(state.pump.panel)
    const level = levelIn(state)
    const was = state.state
    const barred = state.failed ? 'failed' : panel?.tripped ? 'tripped' : panel && !panel.power && !panel.generating ? 'no-power' : null
    const order = orders.get(state.pump.id)
    if (barred) state.state = barred
    else if (order?.action === 'stop') state.state = 'off'
    else if (was === 'on') state.state = level <= state.pump.stop ? 'off' : 'on'
    else if (order) state.state = level > state.pump.stop ? 'on' : 'off'
    else state.state = !state.pump.standby && level >= state.pump.start ? 'on' : 'off'
    if (state.state === was) return
    if (state.state === 'on') {
      state.starts++
      state.since = time
      log({ what: 'pump-start', subject: state.pump.id, cause: order?.rule ?? 'level', value: level })
    } else if (was === 'on') {
      const cause = barred === 'tripped' || barred === 'no-power' ? (state.pump.panel ?? barred) : (barred ?? order?.rule ?? 'level')
      state.stops.push({ time, cause })
      log({ what: 'pump-stop', subject: state.pump.id, cause, value: level })
    }
  }

  return {
    apply,
    before,
    after,
    totals,
    pumps: () => [...pumps.values(), ...retired.filter((state) => !pumps.has(state.pump.id))],
    /**
     * Water in sumps [m³]. What is in hoses has been pumped and not yet come back; what is in the pipes below has been taken. Should those
     * lose or make a drop, it is added here, so that the ledger tells.
     */
    stored(): number {
      let sum = underground?.balance().error ?? 0
      for (const state of sumps.values()) sum += state.stored
      return sum
    },
    setFailed(pump: string, failed: boolean) {
      const state = pumps.get(pump)
      if (state) state.failed = failed
    },
    setPower(panel: string, power: boolean) {
      const state = panels.get(panel)
      if (!state) return
      state.power = power
      state.cut = now
      state.generating = false
    },
    setCapacity(node: string, capacity: number) {
      const state = nodes.get(node)
      if (state) state.capacity = capacity
    },
    checkpoint: (): NetworkState => ({
      sumps: [...sumps.values()].map((state) => ({ ...state })),
      panels: [...panels.values()].map((state) => ({ ...state })),
      pumps: [...pumps.values()].map((state) => ({ ...state, stops: [...state.stops] })),
      nodes: [...nodes.values()].map((state) => ({ ...state, inlets: [], pending: new Map(state.pending) })),
      retired: retired.map((state) => ({ ...state, stops: [...state.stops] })),
      spilling: spilling.map((spill) => ({ ...spill })),
      totals: { ...totals },
      underground: underground?.checkpoint(),
      rules: rules.checkpoint(),
      clogged: [...clogged],
      now,
    }),
    /** Takes what a network of the same setup held, also the order of its parts: sums are made in it. */
    restore(held: NetworkState): void {
      for (const states of [sumps, panels, pumps, nodes]) states.clear()
      for (const state of held.sumps) sumps.set(state.sump.id, { ...state })
      for (const state of held.panels) panels.set(state.panel.id, { ...state })
      for (const state of held.pumps) pumps.set(state.pump.id, { ...state, stops: [...state.stops] })
      for (const state of held.nodes) nodes.set(state.node.id, { ...state, pending: new Map(state.pending) })
      retired.push(...held.retired.map((state) => ({ ...state, stops: [...state.stops] })))
      spilling.push(...held.spilling.map((spill) => ({ ...spill })))
      Object.assign(totals, held.totals)
      if (held.underground) underground?.restore(held.underground)
      rules.restore(held.rules)
      clogged = new Set(held.clogged)
      now = held.now
      apply(setup)
    },
    moment(): Pick<Moment, 'pumps' | 'nodes' | 'drainage'> {
      return {
        pumps: setup.pumps.map(({ id }) => {
          const state = pumps.get(id) as PumpState
          return { id, running: state.state === 'on', flow: state.flow, volume: state.volume, level: levelIn(state), state: state.state }
        }),
        nodes: [
          ...[...nodes.values()].map(({ node: { id }, fromPumps, fromInlets, returned }) => ({ id, fromPumps, fromInlets, returned })),
          ...(underground?.moment() ?? []),
        ],
        ...(underground ? { drainage: underground.balance() } : {}),
      }
    },
  }
}
export type Network = ReturnType<typeof makeNetwork>
/** Brings a table of states by id in line with a list: known ids are updated, new ones made, others dropped where `drop` allows. */
function keep<S, T extends { readonly id: string }>(
  states: Map<string, S>,
  list: readonly T[],
  make: (item: T) => S,
  update: (state: S, item: T) => void,
  drop: (state: S) => boolean = () => true,
): void {
  const wanted = new Set(list.map((item) => item.id))
  for (const [id, state] of states) if (!wanted.has(id) && drop(state)) states.delete(id)
  for (const item of list) {
    const state = states.get(item.id)
    if (state) update(state, item)
    else states.set(item.id, make(item))
  }
}

function room(count: number): Exchange {
  return {
    count,
    cell: new Int32Array(count),
    demand: new Float64Array(count),
    greedy: new Uint8Array(count),
    supply: new Float64Array(count),
    taken: new Float64Array(count),
  }
}
