import { Failure, problem } from '@/core/base/problem'
import { makeDrainage } from './drainage.ts'
import type { DrainBalance, DrainLog, DrainNetwork, DrainState } from './types.ts'

/** Free weir round a grate [m³/s per m of rim]: q = 1.7 h^1.5, broad crest in SI (`domain.md` 2.3). */
const WEIR = 1.7
/** A grate as an orifice: Cd over the square that its rim encloses (`domain.md` 2.5). */
const ORIFICE = 0.6
const G = 9.81
/** Below this a network would take for ever [s]. */
const SHORTEST = 1e-6

/** Where the street meets a node: a grate or a cover at a place on the ground. */
export interface Mouth {
  readonly id: string
  /** Node of the network, by place. */
  readonly node: number
  readonly cell: number
  /** Level of the ground there [m]. */
  readonly ground: number
  /** Takes at most this [m³/s]; nothing for a closed cover, which still lets water up. */
  readonly capacity: number
  readonly perimeter: number
  /** Its place in the exchange with the surface. */
  slot: number
}
interface ExchangeOf {
  readonly demand: Float64Array
  readonly supply: Float64Array
  readonly taken: Float64Array
}
/** Volume [m³] that pumps brought to a node in one step, by pump. */
type Brought = Map<number, Map<string, number>>
export interface UndergroundState {
  readonly drainage: DrainState
  readonly brought: Brought
  readonly lastStep: number
}

/**
 * A drainage network under a street. Down: a grate takes as a weir round its rim, then as an orifice, at most its capacity, and no more than
 * the node still holds below the water above it. Up: what the conduits press above the street comes out at the lowest mouth of the node at
 * once. Each volume leaves one side in the step in which it reaches the other.
 */
export function makeUnderground(network: DrainNetwork, log: (entry: Omit<DrainLog, 'kind'>) => void) {
  let mouths: readonly Mouth[] = []
  const open = new Set<number>()
  const drainage = makeDrainage(network, log, open)
  const index = new Map(network.nodes.map((node, n) => [node.id, n]))
  const count = network.nodes.length
  const supply = new Float64Array(count)
  const part = new Float64Array(count)
  const [returned, fromMouths, fromPumps] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)]
  let arriving: Brought = new Map()
  let brought: Brought = new Map()
  let lastStep = 0

  /** What comes up in a node is of its pumps in the share in which they filled it in the last step. */
  function share(node: number, up: number, cameBack: (pump: string, volume: number) => void): void {
    const of = brought.get(node)
    if (!of) return
    const all = (fromPumps[node] + fromMouths[node] + drainage.broughtBy(node)) * lastStep
    if (all > 0) for (const [pump, volume] of of) cameBack(pump, (up * volume) / all)
  }

  return {
    indexOf: (id: string) => index.get(id),
    levelOf: (id: string) => drainage.head[index.get(id) ?? -1] ?? -Infinity,
    /** The mouths from now on: their nodes are open above. */
    connect(next: readonly Mouth[]): void {
      mouths = next
      open.clear()
      for (const { node } of mouths) open.add(node)
    },
    /** Water that a pump delivers into a node in this step. */
    deliver(node: number, pump: string, volume: number): void {
      const of = arriving.get(node) ?? new Map<string, number>()
      arriving.set(node, of.set(pump, (of.get(pump) ?? 0) + volume))
      supply[node] += volume
    },
    /** Writes what each mouth wants and gives in dt [s] and returns what comes up; `passing` is what clogs leave of a grate, `cameBack` hears what of it pumps had brought. */
    before(
      dt: number,
      depthAt: (cell: number) => number,
      passing: (id: string) => number,
      exchange: ExchangeOf,
      cameBack: (pump: string, volume: number) => void,
    ): number {
      let all = 0
      returned.fill(0)
      for (const node of open) {
        const here = mouths.filter((mouth) => mouth.node === node)
        const level = (mouth: Mouth) => mouth.ground + depthAt(mouth.cell)
        const lowest = here.reduce((low, mouth) => (level(mouth) < level(low) ? mouth : low))
        const up = drainage.release(node, level(lowest))
        if (up > 0) share(node, up, cameBack)
        exchange.supply[lowest.slot] += up
        returned[node] = up / dt
        all += up
        let wanted = 0
        for (const mouth of here) {
          const demand = up > 0 ? 0 : Math.min(passing(mouth.id) * grate(mouth, depthAt(mouth.cell)) * dt, drainage.room(node, level(mouth)))
          exchange.demand[mouth.slot] = demand
          wanted += demand
        }
        const room = drainage.room(node, Math.max(...here.map(level)))
        if (wanted > room) for (const mouth of here) exchange.demand[mouth.slot] *= room / wanted
      }
      return all
    },
    /** Takes what was really there, goes on by dt [s] in steps of its own, and returns what was taken. */
    after(dt: number, exchange: ExchangeOf): number {
      let all = 0
      fromMouths.fill(0)
      fromPumps.fill(0)
      for (const { node, slot } of mouths) {
        supply[node] += exchange.taken[slot]
        fromMouths[node] += exchange.taken[slot] / dt
        all += exchange.taken[slot]
      }
      for (const [node, of] of arriving) for (const volume of of.values()) fromPumps[node] += volume / dt
      brought = arriving
      arriving = new Map()
      lastStep = dt
      for (let rest = dt; rest > 0; ) {
        const wanted = Math.min(network.step, drainage.stableStep())
        if (!(wanted > SHORTEST)) throw new Failure(problem('network.unstable', { time: drainage.time(), id: '' }))
        const parts = Math.ceil(rest / wanted - 1e-9)
        const step = rest / parts
        for (let n = 0; n < count; n++) {
          part[n] = supply[n] / parts
          supply[n] -= part[n]
        }
        drainage.step(step, part)
        rest = parts === 1 ? 0 : rest - step
      }
      return all
    },
    balance: (): DrainBalance => drainage.balance(),
    moment: () =>
      network.nodes.map((node, n) => ({
        id: node.id,
        level: drainage.head[n],
        fromPumps: fromPumps[n],
        fromInlets: fromMouths[n],
        returned: returned[n],
      })),
    checkpoint: (): UndergroundState => ({ drainage: drainage.checkpoint(), brought: new Map(brought), lastStep }),
    restore(held: UndergroundState): void {
      drainage.restore(held.drainage)
      brought = new Map(held.brought)
      lastStep = held.lastStep
    },
  }
}
export type Underground = ReturnType<typeof makeUnderground>

/** What a grate lets in under a depth of water [m³/s]. */
function grate({ perimeter, capacity }: Mouth, depth: number): number {
  if (depth <= 0) return 0
  const side = perimeter / 4
  const weir = WEIR * perimeter * depth * Math.sqrt(depth)
  const orifice = ORIFICE * side * side * Math.sqrt(2 * G * depth)
  return Math.min(weir, orifice, capacity)
}
