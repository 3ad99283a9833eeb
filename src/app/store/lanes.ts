import type { FloodLog, Moment } from '@/core/flood'
import type { FloodHeld, FloodScenario, FloodWritten } from '@/scenarios/flood/types'
import type { FrameStore } from '@/scene/frame-store'

/** One of the two runs that play in step. */
export interface Lane {
  readonly frames: FrameStore
  readonly series: { moments: Moment[]; logs: FloodLog[] }
}
/** A moment that a run can go on from, with the scenario that was in force. */
export interface Held {
  readonly time: number
  readonly held: FloodHeld
  readonly scenario: FloodScenario
}
/** How the lane that is shown, B, came out of lane A. */
export interface Fork {
  /** Moment of the fork [s]; 0 where the lanes are two runs of their own. */
  readonly at: number
  /** Checkpoint that lane B was computed from [s], and the steps it took since then. */
  readonly from: number
  readonly steps: number | null
  readonly hash: string | null
  /** Of lane A. */
  readonly written: FloodWritten
  readonly parentHash: string | null
  readonly parentDone: boolean
  readonly parentHead: number
  /** First kept moment at which the lanes differ by more than a millimetre somewhere [s]. */
  readonly firstDifference: number | null
}
export const NO_LANE: Omit<Fork, 'written'> = {
  at: 0,
  from: 0,
  steps: null,
  hash: null,
  parentHash: null,
  parentDone: true,
  parentHead: 0,
  firstDifference: null,
}

/** [m] */
const SAME = 1e-3

export function lastHeld(held: readonly Held[], at: number): Held | null {
  return held.filter(({ time }) => time <= at).at(-1) ?? null
}

/** Both lanes know this moment, and differ in it. */
export function differsAt(time: number, a: Lane, b: Lane): boolean {
  const [one, two] = [a.frames.around(time)?.before, b.frames.around(time)?.before]
  if (one?.time !== time || two?.time !== time || one.depth.length !== two.depth.length) return false
  for (let k = 0; k < one.depth.length; k++) if (Math.abs(one.depth[k] - two.depth[k]) > SAME) return true
  return false
}
