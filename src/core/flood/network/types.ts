import type { Progress } from '@/core/base/job'
import type { Slot } from './sections.ts'

/** A drainage network in SI: nodes that store, links that carry, and what comes in from outside. Nodes and links are named by place in their list. */
export interface DrainNetwork {
  readonly title: string
  readonly nodes: readonly DrainNode[]
  readonly links: readonly DrainLink[]
  readonly inflows: readonly DrainInflow[]
  readonly rules: readonly DrainRule[]
  readonly duration: number /* s */
  /** Time between rows that are kept, and the time of the first row [s]. */
  readonly reportEvery: number
  readonly reportFrom: number
  /** Longest step [s]. */
  readonly step: number
  /** Clock at the start: seconds since midnight, day of the week (0 Sunday) and month (0 January), for patterns, tides and rules. */
  readonly clock: { readonly second: number; readonly weekday: number; readonly month: number }
  /** Least plan area of a junction [m²]: its chamber. */
  readonly leastArea: number
  readonly forceMain: 'hazen-williams' | 'darcy-weisbach'
  readonly normalFlow: 'slope' | 'froude' | 'both' | 'none'
  readonly slot: Slot
  /** How much of the convective terms is kept: all, less the nearer the flow is to critical, or none. */
  readonly inertia: 'whole' | 'subcritical' | 'none'
}

interface NodeBase {
  readonly id: string
  /** Level of the bottom [m]. */
  readonly invert: number
  readonly startDepth: number /* m */
}
export type DrainNode =
  /** Above `rim` [m] water is lost, or stands on `pondedArea` [m²] and comes back. */
  | (NodeBase & { readonly kind: 'junction'; readonly rim: number; readonly pondedArea: number })
  | (NodeBase & { readonly kind: 'storage'; readonly rim: number; readonly shape: StorageShape })
  | (NodeBase & { readonly kind: 'outfall'; readonly stage: Stage; readonly gated: boolean })

/** Plan area [m²] by depth [m]: a + b dⁿ, a + b d + c d², or a table. */
export type StorageShape =
  | { readonly kind: 'power'; readonly constant: number; readonly factor: number; readonly exponent: number }
  | { readonly kind: 'quadratic'; readonly a: number; readonly b: number; readonly c: number }
  | { readonly kind: 'table'; readonly table: Table }

/** Level outside an outfall [m]. `free`: critical or normal depth, the lower; `normal`: normal depth; `tide`: by hour of the day; `series`: by time [s]. */
export type Stage =
  | { readonly kind: 'free' | 'normal' }
  | { readonly kind: 'fixed'; readonly level: number }
  | { readonly kind: 'tide' | 'series'; readonly table: Table }

/** Points in order of x. */
export interface Table {
  readonly x: Float64Array
  readonly y: Float64Array
}

interface LinkBase {
  readonly id: string
  /** From node, to node. */
  readonly from: number
  readonly to: number
}
export type DrainLink = Conduit | DrainPump | Orifice | Weir
export interface Conduit extends LinkBase {
  readonly kind: 'conduit'
  readonly length: number
  readonly manning: number
  /** Levels of its invert at the two ends [m]. */
  readonly invertFrom: number
  readonly invertTo: number
  readonly section: SectionShape
  readonly barrels: number
  readonly losses: { readonly entry: number; readonly exit: number; readonly along: number }
  readonly flap: boolean
  readonly startFlow: number
  /** Never carries more than this [m³/s]. */
  readonly mostFlow: number
}
export type SectionShape =
  | { readonly kind: 'circular'; readonly diameter: number }
  /** A pressure main: when full, its friction is by `roughness` (Hazen–Williams C, or Darcy–Weisbach height [m]). */
  | { readonly kind: 'force-main'; readonly diameter: number; readonly roughness: number }
  | { readonly kind: 'box'; readonly height: number; readonly width: number }
  /** Open above; sides rise 1 in `left` and `right` (run over rise). A rectangle has both 0, a triangle a bottom of 0. */
  | { readonly kind: 'trapezoid'; readonly height: number; readonly bottom: number; readonly left: number; readonly right: number }
export interface DrainPump extends LinkBase {
  readonly kind: 'pump'
  /** Type 1: flow by volume in steps; 2: by depth in steps; 3: by head; 4: by depth; 5: as 3 at another speed; `ideal`: what comes in. */
  readonly curve: { readonly type: 1 | 2 | 3 | 4 | 5; readonly table: Table } | { readonly type: 'ideal' }
  readonly on: boolean
  /** Depths in its node at which it starts and stops [m]; 0: never by depth. */
  readonly start: number
  readonly stop: number
}
export interface Orifice extends LinkBase {
  readonly kind: 'orifice'
  readonly side: boolean
  /** Level of its sill [m]. */
  readonly sill: number
  readonly coefficient: number
  readonly opening: { readonly kind: 'circle'; readonly height: number } | { readonly kind: 'box'; readonly height: number; readonly width: number }
  readonly gated: boolean
  /** Time to open or close fully [s]. */
  readonly travel: number
}
export interface Weir extends LinkBase {
  readonly kind: 'weir'
  readonly type: 'transverse' | 'side-flow' | 'v-notch' | 'trapezoidal'
  readonly sill: number
  readonly height: number
  readonly length: number
  /** Run over rise of its sloped sides. */
  readonly slope: number
  readonly coefficient: number
  readonly endCoefficient: number
  readonly contractions: number
  readonly gated: boolean
  /** Acts as an orifice when its opening is full. */
  readonly surcharges: boolean
}

/** flow = pattern · (average) + baseline · pattern + scale · series, each optional [m³/s]. */
export interface DrainInflow {
  readonly node: number
  readonly baseline: number
  readonly patterns: readonly DrainPattern[]
  readonly series: Table | null
  readonly scale: number
}
export interface DrainPattern {
  readonly kind: 'monthly' | 'daily' | 'hourly' | 'weekend'
  readonly factors: readonly number[]
}

/** IF all or any premises hold THEN actions ELSE others; where two set one link, the higher priority wins. */
export interface DrainRule {
  readonly id: string
  /** Alternatives, each a list of premises that must all hold. */
  readonly premises: readonly (readonly DrainPremise[])[]
  readonly actions: readonly DrainAction[]
  readonly otherwise: readonly DrainAction[]
  readonly priority: number
}
export interface DrainPremise {
  readonly of:
    | { readonly kind: 'node'; readonly node: number; readonly what: 'depth' | 'head' | 'volume' | 'inflow' }
    | { readonly kind: 'link'; readonly link: number; readonly what: 'flow' | 'depth' | 'setting' }
    | { readonly kind: 'time'; readonly what: 'elapsed' | 'clock' }
  readonly relation: '=' | '<>' | '<' | '<=' | '>' | '>='
  readonly value: number
}
export interface DrainAction {
  readonly link: number
  readonly setting: number
}

export type DrainEvent = Progress | DrainRow | DrainLog
/** One moment. Node values stand as depth, head, volume, overflow; then a flow per link. */
export interface DrainRow {
  readonly kind: 'row'
  readonly time: number
  readonly depth: Float64Array
  readonly head: Float64Array
  /** Stores: what they hold. Junctions: what stands above the rim [m³]. */
  readonly volume: Float64Array
  /** Rising over the rim [m³/s]. */
  readonly overflow: Float64Array
  readonly flow: Float64Array
}
export interface DrainLog {
  readonly kind: 'log'
  readonly time: number
  readonly what: 'pump-start' | 'pump-stop' | 'floods' | 'flood-ends' | 'gate-shuts' | 'gate-opens' | 'setting'
  readonly subject: string
  /** `level`, `water`, or the id of a rule. */
  readonly cause: string
  readonly value: number
}
/** Volumes since the start [m³]: error = storedEnd − storedStart − Σ in + Σ out, against what was handled (storedStart + Σ in). */
export interface DrainBalance {
  /** `surface`: from a street above, and back up to it; nothing where the network runs alone. */
  readonly in: { readonly inflow: number; readonly backflow: number; readonly surface: number }
  readonly out: { readonly outfalls: number; readonly flooding: number; readonly surface: number }
  readonly storedStart: number
  readonly storedEnd: number
  readonly error: number
  readonly errorRelative: number
}
/** What a network holds between two steps. */
export interface DrainState {
  readonly time: number
  readonly arrays: readonly (Float64Array | Uint8Array)[]
  readonly channels: readonly { readonly flow: number; readonly area: number; readonly pull: number }[]
  readonly totals: {
    readonly inflow: number
    readonly outfalls: number
    readonly backflow: number
    readonly flooding: number
    readonly down: number
    readonly up: number
  }
  readonly storedStart: number
}
export interface DrainResult {
  readonly simulated: number
  readonly steps: number
  readonly balance: DrainBalance
  readonly nodes: readonly {
    readonly id: string
    readonly kind: DrainNode['kind']
    readonly maxDepth: number
    readonly maxAt: number
    readonly maxLevel: number
    readonly flooded: number /* m³ lost over the rim */
    readonly firstFlood: number | null
  }[]
  readonly links: readonly {
    readonly id: string
    readonly kind: DrainLink['kind']
    readonly volume: number /* m³, net in the drawn direction */
    readonly peak: number /* m³/s, greatest size */
    readonly peakAt: number
  }[]
  readonly pumps: readonly { readonly id: string; readonly starts: number; readonly hours: number; readonly volume: number }[]
  readonly events: readonly DrainLog[]
  /** SHA-256 of the final volumes and flows: equal on every machine. */
  readonly hash: string
}
