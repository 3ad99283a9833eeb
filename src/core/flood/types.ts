import type { Progress } from '@/core/base/job'
import type { Problem } from '@/core/base/problem'
import type { SiteGrid } from '@/core/site'
import type { KernelState } from './kernels/types.ts'
import type { LedgerState } from './ledger.ts'
import type { DrainBalance, DrainNetwork } from './network/types.ts'
import type { NetworkState } from './network.ts'

/** Everything a run needs, in SI, ids resolved to positions. What a scenario file says becomes this after parsing and placing. */
export interface FloodSetup {
  readonly duration: number /* s */
  /** Time between frames that are kept [s]. */
  readonly frameEvery: number
  readonly rain: Hyetograph
  readonly seepage: readonly {
    readonly id: string
    readonly x: number
    readonly y: number
    readonly flow: number /* m³/s, spread over the pit surface `surface` */
    readonly surface: string
  }[]
  readonly nodes: readonly SewerNode[]
  readonly inlets: readonly Inlet[]
  /** Pipes under the site, when the scenario has them: inlets and pumps may name its nodes too. */
  readonly drainage?: DrainNetwork | undefined
  readonly sumps: readonly Sump[]
  readonly panels: readonly Panel[]
  readonly pumps: readonly Pump[]
  readonly barriers: readonly Barrier[]
  /** Pumps and inlets that pass less for a time: by `share` of their flow [–]. */
  readonly clogs?: readonly Clog[] | undefined
  readonly rules?: readonly FloodRule[] | undefined
  readonly events: readonly FloodEventSpec[]
  readonly probes: readonly { readonly id: string; readonly x: number; readonly y: number }[]
  /** What must stay dry: watched at (x, y) against `critical` [m]. */
  readonly assets: readonly {
    readonly id: string
    readonly globalId: string
    readonly name: string
    readonly x: number
    readonly y: number
    readonly critical: number
  }[]
}

/** Steps of constant intensity: `from[k]` … `from[k+1]` falls with `rate[k]` [m/s]; before and after: none. `from` has one more entry. */
export interface Hyetograph {
  readonly from: readonly number[]
  readonly rate: readonly number[]
}

/** A sewer node that takes at most `capacity` [m³/s] from pumps (first) and from its inlets; what exceeds it comes up at its inlets, in equal parts. */
export interface SewerNode {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly capacity: number
}
/** A gully: takes surface water into its node, at most `capacity` [m³/s] and no more than a weir round its rim lets in. */
export interface Inlet {
  readonly id: string
  readonly node: string
  readonly x: number
  readonly y: number
  readonly capacity: number
  /** Perimeter of the grate for the weir law [m]. */
  readonly perimeter: number
}
/** A sump: a store of `area` [m²] from `floor` up to the pit floor, filled by the surface water of its cell, emptied by pumps. */
export interface Sump {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly area: number
  readonly floor: number
  readonly rim: number
}
/** Trips (and stops its pumps for good) when the water at (x, y) reaches `critical` [m]. */
export interface Panel {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly critical: number
  /** A generator takes over this long after its feeder is cut [s]. */
  readonly generator?: number | undefined
}
/** From `at` to `until` [s] (null: to the end) the pump or inlet `subject` passes less by `share` [–]. */
export interface Clog {
  readonly subject: string
  readonly at: number
  readonly until: number | null
  readonly share: number
}
/** While the level watched stays above (below) `level` [m] for at least `hold` [s], `pump` is started (held still). */
export interface FloodRule {
  readonly id: string
  readonly watch:
    | { readonly kind: 'sump'; readonly sump: string }
    | { readonly kind: 'place'; readonly x: number; readonly y: number }
    | { readonly kind: 'node'; readonly node: string }
  readonly beyond: 'above' | 'below'
  readonly level: number
  readonly hold: number
  readonly action: 'start' | 'stop'
  readonly pump: string
}
export interface Pump {
  readonly id: string
  readonly x: number
  readonly y: number
  /** Sump it stands in, or null: it draws from the surface cell at (x, y). */
  readonly sump: string | null
  /** Water levels [m] at which it starts and stops. */
  readonly start: number
  readonly stop: number
  readonly discharge: Discharge
  readonly panel: string | null
  readonly curve: PumpCurve
  /** Electric power at rated flow [W]. */
  readonly power: number
  /** Time from a start to full flow [s]. */
  readonly ramp?: number | undefined
  /** Does not start by its level: only a rule starts it. */
  readonly standby?: boolean | undefined
}
/** Where pumped water goes: a sewer node, or back onto the surface of the cell at (x, y). */
export type Discharge = { readonly kind: 'node'; readonly node: string } | { readonly kind: 'cell'; readonly x: number; readonly y: number }
/**
 * `rated`: always `flow`. `head`: H(Q) = 4/3·Hd − 1/3·Hd·(Q/Qd)² [m] (shut-off 4/3 Hd, Qmax 2 Qd: EPANET one-point curve) against lift and
 * hose loss K·Q², K = (f L/D + Σk) / (2 g A²).
 */
export type PumpCurve =
  | { readonly kind: 'rated'; readonly flow: number }
  | {
      readonly kind: 'head'
      readonly flow: number
      readonly head: number
      readonly outlet: number /* m, level of the hose end or crest, whichever is higher */
      readonly hose: { readonly diameter: number; readonly length: number; readonly losses: number }
    }
/** A board or gate at an opening of the grid: from `at` [s] on its crest stands at `crest` [m]. */
export interface Barrier {
  readonly id: string
  readonly opening: string
  readonly crest: number
  readonly at: number
}
export type FloodEventSpec =
  | { readonly kind: 'pump-fails'; readonly at: number; readonly pump: string; readonly until: number | null }
  | { readonly kind: 'power-cut'; readonly at: number; readonly panel: string; readonly until: number | null }
  | { readonly kind: 'node-capacity'; readonly at: number; readonly node: string; readonly capacity: number }

export interface FloodInput {
  readonly grid: SiteGrid
  readonly setup: FloodSetup
  /** Name of the kernel: `cpu` is the oracle and the record. */
  readonly kernel: string
  /** Goes on from here instead of from dry ground; `setup` must be the one that was in force there. */
  readonly from?: FloodStart
  /** Takes hold before the first step, as an edit does: what is changed at a fork. */
  readonly edit?: FloodSetup
  /** Yields a checkpoint at every so many frames, and after every edit; 0 or absent: none. */
  readonly checkpointEvery?: number
}
export interface FloodStart {
  readonly checkpoint: FloodCheckpoint
  /** What had been kept and logged up to there: the result tells the whole run. */
  readonly series: readonly Moment[]
  readonly logs: readonly FloodLog[]
}
/** Everything that a run's future depends on, at a moment between two steps. Plain data that crosses threads. */
export interface FloodCheckpoint {
  readonly time: number
  readonly steps: number
  readonly nextTrack: number
  readonly kernel: KernelState
  readonly network: NetworkState
  readonly ledger: LedgerState
  readonly maxDepth: Float32Array
  readonly arrival: Float32Array
  readonly openings: readonly { readonly volume: number; readonly first: number | null; readonly peak: number; readonly flow: number }[]
  readonly probes: readonly (readonly [string, { readonly cell: number; readonly maxDepth: number; readonly maxAt: number }])[]
  readonly assets: readonly (readonly [string, { readonly cell: number; readonly max: number | null; readonly firstOver: number | null }])[]
  readonly events: readonly FloodEventSpec[]
  readonly placed: readonly string[]
}
export interface FloodCheckpointEvent {
  readonly kind: 'checkpoint'
  readonly time: number
  readonly checkpoint: FloodCheckpoint
}

/** What a run yields. A live edit is handed in with `next(setup)`; it takes hold at the current moment. */
export type FloodEvent = Progress | FloodFrame | FloodLog | FloodCheckpointEvent
/** One moment: per cell depth [m] and velocity of the cell centre [m/s], plus the figures of the moment. Buffers are given away. */
export interface FloodFrame {
  readonly kind: 'frame'
  readonly time: number
  readonly depth: Float32Array
  readonly u: Float32Array
  readonly v: Float32Array
  readonly moment: Moment
}
export interface Moment {
  readonly time: number
  readonly rainRate: number /* m/s */
  readonly balance: Balance
  readonly openings: readonly { readonly id: string; readonly flow: number /* m³/s */; readonly volume: number /* m³ */ }[]
  readonly pumps: readonly {
    readonly id: string
    readonly running: boolean
    readonly flow: number
    readonly volume: number
    readonly level: number /* m, at its inlet */
    readonly state: 'off' | 'on' | 'failed' | 'no-power' | 'tripped'
  }[]
  readonly nodes: readonly {
    readonly id: string
    readonly fromPumps: number
    readonly fromInlets: number
    readonly returned: number /* m³/s coming up */
    /** Level in a node of the pipes below [m]. */
    readonly level?: number
  }[]
  /** Balance of the pipes below, where there are any. */
  readonly drainage?: DrainBalance
  readonly probes: readonly { readonly id: string; readonly depth: number; readonly level: number }[]
  readonly steps: number
}
export interface FloodLog {
  readonly kind: 'log'
  readonly time: number
  readonly what:
    | 'pump-start'
    | 'pump-stop'
    | 'pump-fails'
    | 'pump-restored'
    | 'panel-trips'
    | 'power-cut'
    | 'power-back'
    | 'barrier-placed'
    | 'node-capacity'
    | 'first-water'
    | 'asset-over'
    | 'node-surcharges'
    | 'floods'
    | 'flood-ends'
    | 'gate-shuts'
    | 'gate-opens'
    | 'setting'
    | 'clogs'
    | 'clears'
    | 'generator-starts'
    | 'rule-fires'
    | 'edit'
  /** Id of the pump, panel, opening, asset, node … */
  readonly subject: string
  /** Id of what caused it, or ''. */
  readonly cause: string
  readonly value: number | null
}
/** Volumes [m³] since the start. error = stored − storedStart − Σin + Σout; relative to the water handled (Σin + storedStart). */
export interface Balance {
  readonly in: { readonly rain: number; readonly seepage: number; readonly returned: number }
  readonly out: { readonly inlets: number; readonly pumped: number; readonly boundary: number; readonly losses: number }
  readonly storedStart: number
  readonly stored: number
  readonly error: number
  readonly errorRelative: number
}
export interface FloodResult {
  readonly simulated: number /* s */
  readonly steps: number
  readonly balance: Balance
  readonly openings: readonly {
    readonly id: string
    readonly volume: number
    readonly first: number | null /* s, when the volume passes 1 m³ */
    readonly peak: number /* m³/s */
  }[]
  readonly pumps: readonly {
    readonly id: string
    readonly volume: number
    /** Came up again at the gullies of its node. */
    readonly returned: number
    /** What the inlets of its node would have taken with the pumps off, less what they took, shared by discharge. */
    readonly displaced: number
    readonly starts: number
    readonly hours: number
    readonly energy: number /* J */
    readonly stops: readonly { readonly time: number; readonly cause: string }[]
  }[]
  readonly probes: readonly { readonly id: string; readonly maxDepth: number; readonly maxAt: number }[]
  readonly assets: readonly {
    readonly id: string
    readonly globalId: string
    readonly name: string
    readonly critical: number
    readonly max: number | null
    readonly firstOver: number | null
  }[]
  readonly events: readonly FloodLog[]
  readonly series: readonly Moment[]
  /** Greatest depth [m] of each cell, time of it [s], first time over 0.05 m [s] (−1 never). */
  readonly maxDepth: Float32Array
  readonly arrival: Float32Array
  readonly findings: readonly Problem[]
  /** SHA-256 of the final f64 state: equal on every machine. */
  readonly hash: string
}
