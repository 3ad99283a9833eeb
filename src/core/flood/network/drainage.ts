import { advanceChannel, type Channel, leavingDepth, makeChannel } from './conduit.ts'
import { makeBasins, makeStore } from './hold.ts'
import { orificeFlow, weirFlow } from './openings.ts'
import { curveFlow, switched } from './pumps.ts'
import { applyRules } from './rules.ts'
import { inflowAt, valueAt } from './tables.ts'
import type { Conduit, DrainBalance, DrainLog, DrainNetwork, DrainPump, DrainRow, DrainState, Orifice, Weir } from './types.ts'

/** Share of the greatest stable step of the waves that is taken. */
const SAFETY = 0.5
/** Sweeps over pumps, orifices and weirs until they agree on the levels between them. */
const SWEEPS = 8
const DAY = 86400

type Law = (DrainPump | Orifice | Weir) & { readonly index: number }

/**
 * A drainage network in time. Volumes stand in nodes (each with the halves of its conduits), flows in links, both in turn: new flows from
 * the levels, then new volumes from the flows. Flows move volume and nothing else does, so that nothing is lost or made; a node gives at most
 * what it holds. Waves are explicit, friction implicit; pumps, orifices and weirs implicit with the levels of their own two nodes.
 * @param open nodes whose shaft goes on above the rim: nothing is lost there, `release` takes it out
 */
export function makeDrainage(network: DrainNetwork, log: (entry: Omit<DrainLog, 'kind'>) => void, open: ReadonlySet<number> = new Set()) {
  const { nodes, links, clock } = network
  const basins = makeBasins(network)
  const stores = nodes.map(makeStore)
  const count = nodes.length
  /** Outfalls: their level is given, and they hold nothing; the outer half of the last conduit belongs to the world outside. */
  const outside = Uint8Array.from(nodes, (node) => (node.kind === 'outfall' ? 1 : 0))
  /** Held when full to the rim [m³]. */
  const rim = Float64Array.from(nodes, (node, n) => (node.kind === 'outfall' ? 0 : basins[n].volumeAt(node.rim)))
  const volume = new Float64Array(count)
  const head = new Float64Array(count)
  const overflow = new Float64Array(count)
  const entering = new Float64Array(count)
  const leaving = new Float64Array(count)
  const arriving = new Float64Array(count)
  const shut = new Uint8Array(count)
  const flooding = new Uint8Array(count)
  const flow = new Float64Array(links.length)
  const setting = new Float64Array(links.length).fill(1)
  const target = new Float64Array(links.length).fill(1)
  /** All that lasts from step to step. */
  const kept = [volume, head, overflow, shut, flooding, flow, setting, target]
  const channels: { readonly channel: Channel; readonly index: number }[] = []
  const laws: Law[] = []
  /** The conduit that ends in an outfall. */
  const mouth = new Map<number, { readonly channel: Channel; readonly towards: 'from' | 'to' }>()
  const totals = { inflow: 0, outfalls: 0, backflow: 0, flooding: 0, down: 0, up: 0 }
  let time = 0

  links.forEach((link, index) => {
    if (link.kind !== 'conduit') {
      laws.push({ ...link, index })
      if (link.kind === 'pump' && !link.on) setting[index] = target[index] = 0
      return
    }
    const channel = makeChannel(link, network.slot, nodes[link.from], nodes[link.to])
    flow[index] = channel.flow
    channels.push({ channel, index })
    if (nodes[link.from].kind === 'outfall') mouth.set(link.from, { channel, towards: 'from' })
    if (nodes[link.to].kind === 'outfall') mouth.set(link.to, { channel, towards: 'to' })
  })
  nodes.forEach((node, n) => {
    const level = node.invert + node.startDepth
    head[n] = level
    volume[n] = basins[n].volumeAt(level)
    if (node.kind !== 'outfall') return
    volume[n] = 0
    head[n] = stageOf(n)
  })
  let storedStart = stored()

  function stored(): number {
    let sum = 0
    for (const held of volume) sum += held
    return sum
  }

  /** Level outside an outfall now: its stage, or where its conduit falls freely the depth with which the water leaves. */
  function stageOf(n: number): number {
    const node = nodes[n]
    if (node.kind !== 'outfall') return head[n]
    const { stage } = node
    const level =
      stage.kind === 'fixed'
        ? stage.level
        : stage.kind === 'series'
          ? valueAt(stage.table, time)
          : stage.kind === 'tide'
            ? valueAt(stage.table, ((clock.second + time) % DAY) / 3600)
            : -Infinity
    const end = mouth.get(n)
    if (!end) return Math.max(node.invert, level)
    const { conduit, section } = end.channel
    const sill = end.towards === 'to' ? conduit.invertTo : conduit.invertFrom
    if (level >= sill + section.full) return level
    const { critical, normal } = leavingDepth(end.channel, end.channel.flow, end.towards)
    const free = sill > node.invert + 1e-6 ? Math.max(node.invert, level) : sill + (stage.kind === 'normal' ? normal : Math.min(critical, normal))
    return Math.max(free, level, node.invert)
  }

  /** Longest step that keeps the waves stable [s]. */
  function stableStep(): number {
    let fastest = 0
    leaving.fill(0)
    for (const { channel } of channels) {
      leaving[channel.conduit.from] += channel.pull
      leaving[channel.conduit.to] += channel.pull
    }
    for (let n = 0; n < count; n++) {
      if (leaving[n] === 0 || outside[n]) continue
      const rate = leaving[n] / basins[n].areaAt(head[n])
      if (rate > fastest) fastest = rate
    }
    return fastest > 0 ? (SAFETY * 2) / Math.sqrt(2 * fastest) : Infinity
  }

  /** Advances by dt [s]; `supply` is volume that comes to a node from elsewhere [m³]. */
  function step(dt: number, supply?: Float64Array): void {
    control(dt)
    time += dt
    for (let n = 0; n < count; n++) {
      entering[n] = supply ? supply[n] : 0
      totals.down += entering[n]
    }
    for (const inflow of network.inflows) {
      const came = inflowAt(inflow, time - dt / 2, clock) * dt
      entering[inflow.node] += came
      totals.inflow += came
    }
    for (let n = 0; n < count; n++) if (outside[n]) head[n] = stageOf(n)
    arriving.fill(0)
    leaving.fill(0)
    for (const { channel, index } of channels) {
      const { conduit } = channel
      flow[index] = setting[index] > 0 ? gated(advanceChannel(channel, network, head[conduit.from], head[conduit.to], dt), conduit) : 0
      if (flow[index] > 0) leaving[conduit.from] += flow[index] * dt
      else leaving[conduit.to] -= flow[index] * dt
    }
    for (let n = 0; n < count; n++) {
      const available = volume[n] + entering[n]
      // Share of what the conduits want that the node can give; the world outside gives all.
      leaving[n] = leaving[n] > available && !outside[n] ? (available > 0 ? available / leaving[n] : 0) : 1
    }
    for (const { channel, index } of channels) {
      const { conduit } = channel
      flow[index] *= flow[index] > 0 ? leaving[conduit.from] : leaving[conduit.to]
      channel.flow = flow[index]
      arriving[conduit.from] -= flow[index] * dt
      arriving[conduit.to] += flow[index] * dt
    }
    passLaws(dt)
    for (let n = 0; n < count; n++) settle(n, entering[n] + arriving[n], dt)
  }

  /** A flap gate at an outfall lets nothing back in. */
  function gated(wanted: number, { from, to }: Conduit): number {
    let passed = wanted
    for (const [n, out] of [
      [to, wanted],
      [from, -wanted],
    ] as const) {
      const node = nodes[n]
      if (node.kind !== 'outfall' || !node.gated) continue
      if (out < 0) passed = 0
      const now = out < 0 ? 1 : out > 0 ? 0 : shut[n]
      if (now !== shut[n]) log({ time, what: now ? 'gate-shuts' : 'gate-opens', subject: node.id, cause: 'level', value: head[n] })
      shut[n] = now
    }
    return passed
  }

  /** Pumps, orifices and weirs: each flow agrees with the levels that it leaves behind it. */
  function passLaws(dt: number): void {
    for (const law of laws) flow[law.index] = 0
    const sweeps = laws.length > 1 ? SWEEPS : 1
    for (let sweep = 0; sweep < sweeps; sweep++) {
      let change = 0
      for (const law of laws) {
        const before = flow[law.index]
        arriving[law.from] += before * dt
        arriving[law.to] -= before * dt
        const now = agree(law, dt)
        arriving[law.from] -= now * dt
        arriving[law.to] += now * dt
        flow[law.index] = now
        const moved = Math.abs(now - before)
        if (moved > change) change = moved
      }
      if (change < 1e-9) break
    }
  }

  function agree(law: Law, dt: number): number {
    const held = (n: number) => volume[n] + entering[n] + arriving[n]
    const [volumeFrom, volumeTo] = [held(law.from), held(law.to)]
    const levelAfter = (n: number, volume: number) => (outside[n] ? head[n] : basins[n].levelAt(volume))
    const at = (q: number) => lawFlow(law, levelAfter(law.from, volumeFrom - q * dt), levelAfter(law.to, volumeTo + q * dt), volumeFrom - q * dt)
    const most = (n: number, there: number) => (outside[n] ? Infinity : Math.max(0, there) / dt)
    if (law.kind === 'pump' && law.curve.type === 'ideal')
      return setting[law.index] > 0 ? Math.min(Math.max(0, (entering[law.from] + arriving[law.from]) / dt), most(law.from, volumeFrom)) : 0
    const first = at(0)
    if (first === 0) return 0
    const sign = first > 0 ? 1 : -1
    const limit = sign > 0 ? most(law.from, volumeFrom) : most(law.to, volumeTo)
    const high = Math.min(Math.abs(first), limit)
    return sign * meet((q) => sign * at(sign * q) - q, Math.abs(first), high)
  }

  function lawFlow(law: Law, from: number, to: number, held: number): number {
    if (law.kind === 'pump') {
      // A curve in steps has no level at which it would settle: what stands at the beginning of the step decides.
      const stepped = law.curve.type === 1 || law.curve.type === 2
      const seen = stepped ? head[law.from] : from
      return curveFlow(law, setting[law.index], { depth: seen - nodes[law.from].invert, volume: stepped ? volume[law.from] : held, lift: to - from })
    }
    const [high, low, sign] = from >= to ? [from, to, 1] : [to, from, -1]
    if (sign < 0 && (law.gated || closes(law.from))) return 0
    if (sign > 0 && closes(law.from)) return 0
    if (sign < 0 && closes(law.to)) return 0
    return sign * (law.kind === 'orifice' ? orificeFlow(law, setting[law.index], high, low) : weirFlow(law, setting[law.index], high, low))
  }

  /** A gated outfall lets nothing in, whatever link ends in it. */
  function closes(n: number): boolean {
    const node = nodes[n]
    return node.kind === 'outfall' && node.gated
  }

  /** A node takes what came; what stands over the rim and may not pond is lost. */
  function settle(n: number, gained: number, dt: number): void {
    const node = nodes[n]
    overflow[n] = 0
    if (node.kind === 'outfall') {
      if (gained > 0) totals.outfalls += gained
      else totals.backflow -= gained
      return
    }
    const rest = volume[n] + gained
    volume[n] = rest > 0 ? rest : 0
    const over = volume[n] - rim[n]
    if (over > 0 && !open.has(n) && !(node.kind === 'junction' && node.pondedArea > 0)) {
      volume[n] = rim[n]
      totals.flooding += over
      overflow[n] = over / dt
    } else if (over > 0 && gained > 0) overflow[n] = Math.min(gained, over) / dt
    if (over > 0 !== (flooding[n] === 1)) {
      flooding[n] = over > 0 ? 1 : 0
      log({ time, what: over > 0 ? 'floods' : 'flood-ends', subject: node.id, cause: 'water', value: node.rim })
    }
    head[n] = basins[n].levelAt(volume[n])
  }

  /** Rules and start and stop depths, then gates on their way. */
  function control(dt: number): void {
    for (const law of laws) {
      if (law.kind !== 'pump') continue
      const depth = head[law.from] - nodes[law.from].invert
      const next = switched(law, setting[law.index], depth)
      if (next !== setting[law.index]) change(law.index, next, 'level', head[law.from])
    }
    if (network.rules.length > 0)
      applyRules(network.rules, look, (link, value, cause) => {
        if (target[link] === value) return
        const kind = links[link].kind
        if (kind === 'pump' || kind === 'conduit') change(link, value, cause, value)
        else {
          target[link] = value
          log({ time, what: 'setting', subject: links[link].id, cause, value })
        }
      })
    for (const law of laws) {
      const gap = target[law.index] - setting[law.index]
      if (gap === 0) continue
      const reach = law.kind === 'orifice' && law.travel > 0 ? dt / law.travel : 1
      setting[law.index] += gap > reach ? reach : gap < -reach ? -reach : gap
    }
  }

  function change(link: number, value: number, cause: string, level: number): void {
    const was = setting[link]
    setting[link] = target[link] = value
    const { kind, id } = links[link]
    if (kind !== 'pump' || (was > 0 && value > 0)) log({ time, what: 'setting', subject: id, cause, value })
    else log({ time, what: value > 0 ? 'pump-start' : 'pump-stop', subject: id, cause, value: level })
  }

  const look = {
    node(n: number, what: 'depth' | 'head' | 'volume' | 'inflow'): number {
      if (what === 'depth') return head[n] - nodes[n].invert
      if (what === 'head') return head[n]
      return what === 'volume' ? (stores[n]?.volumeAt(head[n]) ?? volume[n]) : inflowOf(n)
    },
    link(l: number, what: 'flow' | 'depth' | 'setting'): number {
      if (what === 'flow') return flow[l]
      if (what === 'setting') return setting[l]
      const link = links[l]
      if (link.kind !== 'conduit') return 0
      return (Math.max(0, head[link.from] - link.invertFrom) + Math.max(0, head[link.to] - link.invertTo)) / 2
    },
    time: (what: 'elapsed' | 'clock') => (what === 'elapsed' ? time : (clock.second + time) % DAY),
  }

  function inflowOf(n: number): number {
    let sum = 0
    for (const inflow of network.inflows) if (inflow.node === n) sum += inflowAt(inflow, time, clock)
    return sum + broughtBy(n)
  }
  /** What links brought to a node in the last step [m³/s]. */
  function broughtBy(n: number): number {
    let sum = 0
    links.forEach((link, l) => {
      if (link.to === n && flow[l] > 0) sum += flow[l]
      if (link.from === n && flow[l] < 0) sum -= flow[l]
    })
    return sum
  }

  return {
    step,
    stableStep,
    flow,
    setting,
    head,
    overflow,
    /** The f64 state: volumes, then flows. */
    state(): Float64Array {
      const all = new Float64Array(count + links.length)
      all.set(volume)
      all.set(flow, count)
      return all
    },
    /** What stands above a level comes out [m³]. */
    release(n: number, level: number): number {
      const over = volume[n] - basins[n].volumeAt(level)
      if (!(over > 0)) return 0
      volume[n] -= over
      head[n] = basins[n].levelAt(volume[n])
      totals.up += over
      return over
    },
    /** What a node still takes up to a level [m³]. */
    room: (n: number, level: number) => Math.max(0, basins[n].volumeAt(level) - volume[n]),
    broughtBy,
    time: () => time,
    checkpoint: (): DrainState => ({
      time,
      arrays: kept.map((array) => array.slice()),
      channels: channels.map(({ channel: { flow: q, area, pull } }) => ({ flow: q, area, pull })),
      totals: { ...totals },
      storedStart,
    }),
    restore(held: DrainState): void {
      time = held.time
      held.arrays.forEach((array, k) => void kept[k].set(array))
      held.channels.forEach((state, k) => void Object.assign(channels[k].channel, state))
      Object.assign(totals, held.totals)
      storedStart = held.storedStart
    },
    depthOf: (n: number) => head[n] - nodes[n].invert,
    row(): DrainRow {
      return {
        kind: 'row',
        time,
        depth: Float64Array.from(head, (level, n) => level - nodes[n].invert),
        head: head.slice(),
        volume: Float64Array.from(nodes, (node, n) =>
          node.kind === 'storage' ? (stores[n]?.volumeAt(head[n]) ?? 0) : node.kind === 'junction' && head[n] > node.rim ? volume[n] - rim[n] : 0,
        ),
        overflow: overflow.slice(),
        flow: flow.slice(),
      }
    },
    balance(): DrainBalance {
      const end = stored()
      const { inflow, outfalls, backflow, flooding: lost, down, up } = totals
      const handled = storedStart + inflow + backflow + down
      const error = end - handled + outfalls + lost + up
      return {
        in: { inflow, backflow, surface: down },
        out: { outfalls, flooding: lost, surface: up },
        storedStart,
        storedEnd: end,
        error,
        errorRelative: handled > 0 ? error / handled : 0,
      }
    },
  }
}
export type Drainage = ReturnType<typeof makeDrainage>

/**
 * Where `excess(q)`, falling, becomes zero between 0, where it is `first`, and `high`; `high` where it does not (the node gives all it has).
 * False position after Illinois.
 */
function meet(excess: (q: number) => number, first: number, high: number): number {
  let [a, fa, b] = [0, first, high]
  let fb = excess(b)
  if (fb >= 0) return b
  for (let n = 0, side = 0; n < 60; n++) {
    const c = (fa * b - fb * a) / (fa - fb)
    const fc = excess(c)
    if (Math.abs(fc) < 1e-13 + 1e-12 * first || b - a < 1e-14) return c
    if (fc > 0) {
      a = c
      fa = fc
      if (side === 1) fb /= 2
      side = 1
    } else {
      b = c
      fb = fc
      if (side === -1) fa /= 2
      side = -1
    }
  }
  return a
}
