import type { Contact } from '@/core/decide'
import type { DrainNetwork, FloodCheckpoint, FloodCheckpointEvent, FloodEvent, FloodResult, FloodSetup, FloodStart } from '@/core/flood'
import type { SiteGrid, TaggedElement } from '@/core/site'
import type { KindTypes } from '../contract.ts'
import type { WettingState } from './wetting.ts'

/**
 * A flood rehearsal as the file says it (`scenarios/*.json`). Quantities are text with units ("0.10 m³/s"); unknown keys are errors.
 * Where an object names an `element` (its IFC Tag), place and levels come from the model and need not be repeated.
 */
export interface FloodWritten {
  readonly $schema?: string
  readonly version: 1
  readonly kind: 'flood'
  readonly title: { readonly zh: string; readonly en: string }
  readonly note?: { readonly zh: string; readonly en: string }
  readonly models: readonly { readonly path: string; readonly sha256?: string }[]
  /** Pipes under the site: a SWMM file beside the scenario (the terminal puts its text in), or its text. Inlets and pumps may name its nodes. */
  readonly network?: { readonly path: string; readonly text?: string }
  /** Part of the site that is simulated, project frame; the whole ground by default. */
  readonly area?: { readonly x: readonly [string, string]; readonly y: readonly [string, string] }
  readonly cell: string
  readonly duration: string
  readonly frames?: string
  readonly storm: StormWritten
  readonly surfaces: Readonly<Record<string, { readonly runoff: number; readonly manning: number }>>
  readonly seepage?: readonly { readonly id: string; readonly surface: string; readonly flow: string }[]
  readonly nodes: readonly { readonly id: string; readonly element?: string; readonly at?: readonly [string, string]; readonly capacity: string }[]
  readonly inlets: readonly {
    readonly id: string
    readonly element?: string
    readonly at?: readonly [string, string]
    readonly node: string
    readonly capacity: string
    readonly perimeter?: string
  }[]
  readonly sumps: readonly {
    readonly id: string
    readonly element?: string
    readonly at?: readonly [string, string]
    readonly area?: string
    readonly floor?: string
    readonly rim?: string
  }[]
  readonly panels: readonly {
    readonly id: string
    readonly element?: string
    readonly at?: readonly [string, string]
    readonly critical?: string
    readonly generator?: string
  }[]
  readonly pumps: readonly PumpWritten[]
  readonly barriers?: readonly { readonly id: string; readonly opening: string; readonly crest: string; readonly at: string }[]
  readonly events?: readonly EventWritten[]
  /** A pump or an inlet that passes less for a time, by a share of its flow. */
  readonly clogs?: readonly { readonly pump?: string; readonly inlet?: string; readonly at: string; readonly until?: string; readonly share: string }[]
  readonly rules?: readonly RuleWritten[]
  readonly probes?: readonly { readonly id: string; readonly at: readonly [string, string] }[]
  readonly assets?: readonly { readonly id: string; readonly element?: string; readonly at?: readonly [string, string]; readonly critical?: string }[]
}
export type StormWritten =
  | {
      readonly kind: 'chicago'
      readonly formula: 'beijing-II' | 'beijing-I' | 'beijing-old'
      readonly returnPeriod: string
      readonly duration: string
      readonly peakRatio: number
      readonly step: string
      /** All intensities are multiplied by it; 1 by default. */
      readonly factor?: number
    }
  | {
      readonly kind: 'table'
      readonly rows: readonly { readonly from: string; readonly to: string; readonly rate: string }[]
      readonly source?: string
      readonly factor?: number
    }
export interface PumpWritten {
  readonly id: string
  readonly element?: string
  /** A type of the catalogue (`P100`): rated flow, head, power. */
  readonly type: string
  readonly at?: readonly [string, string]
  readonly sump?: string
  /** Depth of water over the sump's (or the cell's) floor. */
  readonly start: string
  readonly stop: string
  readonly discharge: { readonly node: string } | { readonly at: readonly [string, string] }
  readonly panel: string
  /** Time from a start to full flow. */
  readonly ramp?: string
  /** Least depth of water over its foot: it stops below, however low its stop level. */
  readonly submergence?: string
  /** Only a rule starts it. */
  readonly standby?: boolean
  /** `rated` (default): the rated flow always. Or a hose: the operating point of curve, lift and hose. */
  readonly hose?: 'rated' | { readonly diameter: string; readonly length: string }
}
/** One of sump, node and at; one of above and below; one of start and stop. */
export interface RuleWritten {
  readonly id: string
  readonly sump?: string
  readonly node?: string
  readonly at?: readonly [string, string]
  readonly above?: string
  readonly below?: string
  readonly for?: string
  readonly start?: string
  readonly stop?: string
}
export type EventWritten =
  | { readonly kind: 'pump-fails'; readonly at: string; readonly pump: string; readonly until?: string }
  | { readonly kind: 'power-cut'; readonly at: string; readonly panel: string; readonly until?: string }
  | { readonly kind: 'node-capacity'; readonly at: string; readonly node: string; readonly capacity: string }

/** Parsed: everything in SI, still by id and tag. `FloodSetup` follows once the world is known. */
export interface FloodScenario {
  /** The pipes under the site, null where there are none. */
  readonly network: DrainNetwork | null
  readonly written: FloodWritten
  readonly cell: number
  readonly area: { readonly x: readonly [number, number]; readonly y: readonly [number, number] } | null
}
/** What the models gave: the grid, and where the tagged elements stand. */
export interface FloodWorld {
  readonly grid: SiteGrid
  readonly tagged: Readonly<Record<string, TaggedElement>>
  /** The cells in which water can reach each element. */
  readonly reach: readonly ElementReach[]
}
/** An element and the cells of its plan, with its own bottom and top in each [m]. */
export interface ElementReach {
  readonly model: string
  readonly globalId: string
  readonly class: string
  readonly name: string
  readonly tag: string
  readonly cells: Int32Array
  readonly bottoms: Float32Array
  readonly tops: Float32Array
}
/** What of an element got wet, before its critical level is looked up. */
export type WetElement = Omit<Contact, 'critical_m' | 'margin_m'>
export interface FloodOutcome extends FloodResult {
  readonly wet: readonly WetElement[]
}
export interface FloodReport {
  readonly result: FloodOutcome
  readonly setup: FloodSetup
  /** Level-pool cross-check of the pit [m³ over the openings], or null where it does not apply. */
  readonly levelPool: { readonly volume: number; readonly maxDepth: number } | null
  readonly verdict: {
    readonly kind: 'dry' | 'wet' | 'critical'
    /** The asset that the water reaches first. */
    readonly worstAsset: string | null
    /** What comes in over the openings, and what leaves by them (the gates, onto the street) [m³]. */
    readonly volume: number
    readonly street: number
  }
}
/** What a run yields beside its frames and logs: everything that it could go on from. */
export interface FloodHeldEvent {
  readonly kind: 'checkpoint'
  readonly time: number
  readonly held: FloodHeld
}
export interface FloodHeld {
  readonly checkpoint: FloodCheckpoint
  readonly wetting: WettingState
}
export type FloodRunEvent = Exclude<FloodEvent, FloodCheckpointEvent> | FloodHeldEvent
export interface FloodRunStart extends FloodHeld, Pick<FloodStart, 'series' | 'logs'> {}
export interface FloodTypes extends KindTypes {
  written: FloodWritten
  scenario: FloodScenario
  world: FloodWorld
  event: FloodRunEvent
  start: FloodRunStart
  result: FloodOutcome
  report: FloodReport
}
