import type { StoreApi } from 'zustand/vanilla'
import type { FloodLog, Moment } from '@/core/flood'
import type { FrameStore } from '@/scene/frame-store'
import type { SceneHandle } from '@/scene/scene-props'
import type { ClashSlice } from './clash.ts'
import type { Clock } from './clock.ts'
import type { DecideSlice } from './decide.ts'
import type { FindSlice } from './find.ts'
import type { TwinJobs } from './jobs.ts'
import type { Lane } from './lanes.ts'
import type { MeasureSlice } from './measure.ts'
import type { ModelsSlice } from './models.ts'
import type { NoticesSlice } from './notices.ts'
import type { ReviewSlice } from './review.ts'
import type { RunSlice } from './run.ts'
import type { ScenarioSlice } from './scenario.ts'
import type { SessionSlice } from './session.ts'
import type { ViewSlice } from './view.ts'

export type TwinState = ModelsSlice &
  ViewSlice &
  FindSlice &
  MeasureSlice &
  ClashSlice &
  ReviewSlice &
  ScenarioSlice &
  RunSlice &
  DecideSlice &
  SessionSlice &
  NoticesSlice

/** The store and what changes too often to be in it. */
export interface Twin {
  readonly store: StoreApi<TwinState>
  readonly runtime: Runtime
}
export interface Runtime {
  readonly jobs: TwinJobs
  readonly clock: Clock
  readonly frames: FrameStore
  /** Figures of every kept moment and what happened, of the run that is shown; readers look when `run.revision` counts up. */
  readonly series: { moments: Moment[]; logs: FloodLog[] }
  /** Lane A: what the run that is shown is compared with. Empty where there is none. */
  readonly other: Lane
  readonly scene: { current: SceneHandle | null }
}

export type SetState = StoreApi<TwinState>['setState']
export type GetState = StoreApi<TwinState>['getState']
export type Slice<T> = (set: SetState, get: GetState, runtime: Runtime) => T
