import type { Vec3 } from '@/core/base/geometry'
import { add, scale } from '@/core/base/geometry'
import { basisOf, type CameraRig } from './camera-rig.ts'

/** Height of the eyes over what one stands on [m]. */
const EYES = 1.65
/** What one steps up without a stair [m]; higher is a wall. */
const STEP = 0.6
/** Nothing comes nearer than this to the body [m]. */
const BODY = 0.35
/** Walking, and with Shift [m/s]. */
const PACE = 1.6
const FAST = 3.2
/** How quickly one falls or is lifted to the height of the eyes [m/s]. */
const FALL = 6

/** Distance along a ray to something solid, or null. */
export type Feel = (origin: Vec3, direction: Vec3, far: number) => number | null

export interface Step {
  /** Along the view in plan, to the right, upwards: −1 … 1 each. */
  readonly forward: number
  readonly right: number
  readonly up: number
  readonly fast: boolean
  /** 1 is a walk. */
  readonly pace: number
}

/**
 * One step of `seconds`: level with the view, stopped by what is in the way at knee or chest, sliding along it, and back to the height of
 * the eyes over what lies below. Going up or down takes the feet off the ground: `flies` stays until one walks anew.
 */
export function walk(rig: CameraRig, { forward, right, up, fast, pace }: Step, seconds: number, flies: boolean, feel: Feel): CameraRig {
  const ahead: Vec3 = [Math.cos(rig.yaw), Math.sin(rig.yaw), 0]
  const aside = basisOf(rig).right
  const way: Vec3 = [ahead[0] * forward + aside[0] * right, ahead[1] * forward + aside[1] * right, 0]
  const length = Math.hypot(way[0], way[1])
  const reach = seconds * pace * PACE * (fast ? FAST : 1)
  let position = rig.position
  if (length > 0) {
    const along: Vec3 = [way[0] / length, way[1] / length, 0]
    if (flies || free(position, along, reach, feel)) position = add(position, scale(along, reach))
    else
      for (const slide of [[along[0], 0, 0] as Vec3, [0, along[1], 0] as Vec3]) {
        const part = Math.abs(slide[0] + slide[1])
        if (part < 0.05) continue
        const straight = scale(slide, 1 / part)
        if (!free(position, straight, reach * part, feel)) continue
        position = add(position, scale(straight, reach * part))
        break
      }
  }
  if (flies) return { ...rig, position: add(position, [0, 0, up * reach]) }
  const below = feel(position, [0, 0, -1], 200)
  if (below === null) return { ...rig, position }
  const wanted = position[2] - below + EYES
  const lift = Math.max(-FALL * seconds, Math.min(FALL * seconds, wanted - position[2]))
  return { ...rig, position: [position[0], position[1], position[2] + lift] }
}

/** Nothing at the chest, nor at the height that one cannot step over. */
function free(eyes: Vec3, along: Vec3, reach: number, feel: Feel): boolean {
  return [0.2, EYES - STEP].every((down) => feel([eyes[0], eyes[1], eyes[2] - down], along, reach + BODY) === null)
}
