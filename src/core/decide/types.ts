import type { Json, JsonObject } from './change.ts'

/** One figure by which variants are judged. `id` is worded by the kind (`messages/`); `subject` is what it is about: an asset, a pump, ''. */
export interface Measure {
  readonly id: string
  readonly subject: string
  /** SI or as `unit` says; null where it did not occur. */
  readonly value: number | null
  readonly unit: string
  readonly light: Light | null
  /** Which way is good; null where neither is. */
  readonly better: 'less' | 'more' | null
}
export type Light = 'green' | 'amber' | 'red'

/** An element of the models that was reached, by its GlobalId: at the kept moments of a run. */
export interface Contact {
  readonly model: string
  readonly globalId: string
  readonly class: string
  readonly name: string
  readonly tag: string
  /** First kept moment at which it was reached [s]. */
  readonly first_s: number
  /** Greatest depth over its own lowest point there [m], and when [s]. */
  readonly depth_m: number
  readonly depthAt_s: number
  /** For how long, in kept moments [s]. */
  readonly duration_s: number
  /** Greatest level [m], its critical level and what is left to it [m]; null where it has none. */
  readonly level_m: number
  readonly critical_m: number | null
  readonly margin_m: number | null
}

/** A figure over time, for charts and reports. */
export interface Line {
  /** Worded by the kind; `subject` as in a measure. */
  readonly id: string
  readonly subject: string
  readonly unit: string
  readonly values: readonly (number | null)[]
}

/** What came of a run, whatever its kind: plain JSON, the same on every machine. */
export interface RunRecord {
  readonly version: 1
  readonly kind: string
  /** Hash of all that decides the result: scenario without its titles, models, kernel. Equal keys are never computed twice. */
  readonly key: string
  readonly title: { readonly zh: string; readonly en: string }
  readonly scenarioHash: string
  readonly models: readonly { readonly path: string; readonly sha256: string }[]
  readonly kernel: string
  readonly cell_m: number
  readonly cells: number
  readonly steps: number
  readonly simulated_s: number
  readonly resultHash: string
  readonly measures: readonly Measure[]
  readonly times_s: readonly number[]
  readonly lines: readonly Line[]
  readonly contacts: readonly Contact[]
  readonly events: readonly { readonly t_s: number; readonly what: string; readonly subject: string; readonly cause: string; readonly value: number | null }[]
  /** The scenario that was run, as it is written. */
  readonly scenario: JsonObject
  /** What the input assumes, as the kind puts it: for the report's basis. */
  readonly basis: { readonly [key: string]: Json }
}
/** What a kind says of a finished run; the rest of the record is the same for all kinds. */
export type RunFindings = Pick<
  RunRecord,
  'cell_m' | 'cells' | 'steps' | 'simulated_s' | 'resultHash' | 'measures' | 'times_s' | 'lines' | 'contacts' | 'events' | 'basis'
>
