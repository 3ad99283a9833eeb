import type { Job } from '@/core/base/job'
import type { Parsed, Problem } from '@/core/base/problem'
import type { Named, RunFindings } from '@/core/decide'
import type { SiteModel } from '@/core/model'
import type { FloodTypes } from './flood/types.ts'

/** One line per kind of rehearsal. */
export interface ScenarioTypes {
  flood: FloodTypes
}
export type KindName = keyof ScenarioTypes
/** The types that a kind brings. */
export interface KindTypes {
  /** As the file says it: JSON with quantities as text with units. What forms edit and what is saved. */
  written: { readonly kind: string }
  /** As the simulation wants it: SI. */
  scenario: unknown
  /** What of the models the simulation needs, prepared once. */
  world: unknown
  event: unknown
  /** What a run goes on from: held at a checkpoint of another. */
  start: unknown
  result: unknown
  report: unknown
}

/**
 * A kind of rehearsal, headless. The contract knows nothing of water: parse what is written, prepare the world from the models, place
 * the scenario in it (problems by path), simulate as a job that takes edited scenarios while it runs, report.
 */
export interface ScenarioKind<K extends KindName> {
  readonly name: K
  /** JSON Schema of the written form. */
  schema(): object
  parse(json: unknown): Parsed<ScenarioTypes[K]['scenario']>
  /** Models → world; also the problems the models have with this kind (unknown units, nothing to stand on). */
  prepare(scenario: ScenarioTypes[K]['scenario'], models: readonly SiteModel[]): Parsed<ScenarioTypes[K]['world']>
  /** Checks a scenario against its world: ids that do not exist, things outside. */
  check(scenario: ScenarioTypes[K]['scenario'], world: ScenarioTypes[K]['world']): readonly Problem[]
  readonly simulate: Job<
    {
      readonly scenario: ScenarioTypes[K]['scenario']
      readonly world: ScenarioTypes[K]['world']
      readonly kernel?: string
      /** Goes on from a checkpoint; the scenario is the one that was in force there. */
      readonly from?: ScenarioTypes[K]['start']
      /** Takes hold before the first step: what is changed at a fork. */
      readonly edit?: ScenarioTypes[K]['scenario']
      /** Yields a checkpoint at every so many kept moments, and after every edit. */
      readonly checkpointEvery?: number
    },
    ScenarioTypes[K]['event'],
    ScenarioTypes[K]['result'],
    ScenarioTypes[K]['scenario']
  >
  report(scenario: ScenarioTypes[K]['scenario'], world: ScenarioTypes[K]['world'], result: ScenarioTypes[K]['result']): ScenarioTypes[K]['report']
  /** Counted up when the same scenario comes to give another result: kept runs of an older revision do not count. */
  readonly revision: number
  /** What of a scenario its world is made from: scenarios with an equal ground share a world. */
  ground(scenario: ScenarioTypes[K]['scenario']): unknown
  /** The figures, lines and reached elements that decisions are made by. */
  findings(scenario: ScenarioTypes[K]['scenario'], world: ScenarioTypes[K]['world'], report: ScenarioTypes[K]['report']): RunFindings
  /** The ladder of severities, that of the scenario itself first. */
  conditions(written: ScenarioTypes[K]['written']): readonly Named[]
  /** Any one thing out. */
  failures(written: ScenarioTypes[K]['written']): readonly Named[]
}
