import { stepAt, valueAt } from './tables.ts'
import type { DrainPump } from './types.ts'

export interface PumpSeen {
  /** Depth in its node, and what that holds. */
  readonly depth: number
  readonly volume: number
  /** Level where it delivers over the level where it takes [m]. */
  readonly lift: number
}

/** Flow of a pump at a speed of `setting` [m³/s]. An ideal pump has none of its own: it passes on what comes in. */
export function curveFlow({ curve }: DrainPump, setting: number, { depth, volume, lift }: PumpSeen): number {
  if (setting <= 0 || curve.type === 'ideal') return 0
  const head = lift > 0 ? lift : 0
  switch (curve.type) {
    case 1:
      return setting * stepAt(curve.table, volume)
    case 2:
      return setting * stepAt(curve.table, depth)
    case 3:
      return setting * valueAt(curve.table, head)
    case 4:
      return setting * valueAt(curve.table, depth)
    case 5:
      // Laws of affinity: head with the square of the speed, flow with the speed.
      return setting * valueAt(curve.table, head / (setting * setting))
  }
}

/** What a pump shall do by the depth in its node: starts above `start`, stops below `stop`, otherwise goes on as it is. */
export function switched({ start, stop }: DrainPump, setting: number, depth: number): number {
  if (stop > 0 && setting > 0 && depth < stop) return 0
  if (start > 0 && setting === 0 && depth > start) return 1
  return setting
}
