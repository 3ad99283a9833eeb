import type { Vec3 } from '@/core/base/geometry'
import type { Job, Progress } from '@/core/base/job'
import type { Parsed } from '@/core/base/problem'
import type { ClashEvent, ClashInput, ClashReport } from '@/core/clash'
import type { RunRecord } from '@/core/decide'
import type { PropertySet, SiteModel } from '@/core/model'
import type { BcfArchive, BcfRead, BcfVersion } from '@/core/review'
import type { FloodOutcome, FloodReport, FloodRunEvent, FloodRunStart, FloodScenario, FloodWorld } from '@/scenarios/flood/types'
import type { CaseInput } from '@/scenarios/run-case'

/** What the store asks of other threads: the same shape whether it runs in workers or, in tests, inline. */
export interface TwinJobs {
  /** The gzipped cache of the demonstration site, or one a user saved. */
  readonly readCache: Job<{ readonly bytes: Uint8Array }, Progress, readonly SiteModel[]>
  /** IFC bytes → model; models that grow are yielded on the way. */
  readonly importModel: Job<
    { readonly name: string; readonly bytes: Uint8Array; readonly origin: Vec3 | null },
    Progress | { readonly kind: 'model'; readonly model: SiteModel },
    SiteModel
  >
  readonly properties: (model: SiteModel, element: number) => Promise<readonly PropertySet[]>
  /** A model is closed: the thread that holds its file for the properties ends. */
  readonly letGo: (model: SiteModel) => void
  readonly findClashes: Job<ClashInput, ClashEvent, ClashReport>
  /** An archive of unknown origin; ends by itself after a while, whatever is in it. */
  readonly readBcf: Job<{ readonly bytes: Uint8Array; readonly name: string }, never, BcfRead>
  readonly writeBcf: Job<{ readonly archive: BcfArchive; readonly version: BcfVersion }, never, Uint8Array>
  readonly prepareFlood: Job<{ readonly scenario: FloodScenario; readonly models: readonly SiteModel[] }, Progress, Parsed<FloodWorld>>
  readonly simulateFlood: Job<
    {
      readonly scenario: FloodScenario
      readonly world: FloodWorld
      readonly from?: FloodRunStart
      readonly edit?: FloodScenario
      readonly checkpointEvery?: number
    },
    FloodRunEvent,
    FloodOutcome,
    FloodScenario
  >
  readonly reportFlood: (scenario: FloodScenario, world: FloodWorld, result: FloodOutcome) => Promise<FloodReport>
  /** A whole run without its pictures, for tables of many. */
  readonly runCase: Job<CaseInput, Progress, RunRecord>
}
