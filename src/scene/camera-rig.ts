import type { Box, Vec3 } from '@/core/base/geometry'
import { add, dot, length, normalize, scale, sub } from '@/core/base/geometry'
import type { CameraPose, NamedView } from './scene-props.ts'

/**
 * A camera without roll over a Z-up world, in plain numbers. It orbits around any point without jumping (drei's controls turn around their
 * target only, and move the picture when the target is set), pans with the ground under the pointer and dollies to the cursor.
 */
export interface CameraRig {
  readonly position: Vec3
  /** Direction of view. */
  readonly yaw: number
  readonly pitch: number
  /** How far the point looked at is [m]. */
  readonly distance: number
}

/** Vertical field of view of the scene [rad]. */
export const FOV = (36 / 180) * Math.PI
const STEEPEST = (89.5 / 180) * Math.PI

export function rigOf({ position, target }: CameraPose): CameraRig {
  const to = sub(target, position)
  const distance = Math.max(1e-3, length(to))
  return { position, yaw: Math.atan2(to[1], to[0]), pitch: clampPitch(Math.asin(to[2] / distance)), distance }
}
export function poseOf(rig: CameraRig): CameraPose {
  return { position: rig.position, target: add(rig.position, scale(basisOf(rig).forward, rig.distance)) }
}

export function basisOf({ yaw, pitch }: Pick<CameraRig, 'yaw' | 'pitch'>): { readonly right: Vec3; readonly forward: Vec3; readonly up: Vec3 } {
  const cy = Math.cos(yaw)
  const sy = Math.sin(yaw)
  const cp = Math.cos(pitch)
  const sp = Math.sin(pitch)
  return { right: [sy, -cy, 0], forward: [cp * cy, cp * sy, sp], up: [-sp * cy, -sp * sy, cp] }
}

/** Turns the camera around `pivot`, which stays where it is in the picture. */
export function orbit(rig: CameraRig, pivot: Vec3, yaw: number, pitch: number): CameraRig {
  const old = basisOf(rig)
  const offset = sub(rig.position, pivot)
  const turned = { yaw: rig.yaw + yaw, pitch: clampPitch(rig.pitch + pitch) }
  const now = basisOf(turned)
  const position = add(
    add(add(pivot, scale(now.right, dot(offset, old.right))), scale(now.forward, dot(offset, old.forward))),
    scale(now.up, dot(offset, old.up)),
  )
  return { ...rig, ...turned, position }
}

/** Moves in the plane of the picture [m]. */
export function pan(rig: CameraRig, right: number, up: number): CameraRig {
  const basis = basisOf(rig)
  return { ...rig, position: add(rig.position, add(scale(basis.right, right), scale(basis.up, up))) }
}

/** Moves towards `point` (factor > 1 = nearer), never through it. */
export function dolly(rig: CameraRig, point: Vec3, factor: number): CameraRig {
  const away = sub(rig.position, point)
  const reach = length(away)
  const wanted = Math.min(20_000, Math.max(0.15, reach / factor))
  const position = add(point, scale(away, reach > 0 ? wanted / reach : 1))
  return { ...rig, position, distance: Math.max(0.15, (rig.distance * wanted) / (reach || 1)) }
}

/** A pose that frames a box, looking along a direction. `fov` is the vertical one [rad], `fill` the share of the picture the box may take. */
export function framing(box: Box, direction: Vec3, fov: number, aspect: number, fill = 0.8): CameraPose {
  const forward = normalize(direction)
  const rig: CameraRig = { position: [0, 0, 0], yaw: Math.atan2(forward[1], forward[0]), pitch: clampPitch(Math.asin(forward[2])), distance: 1 }
  const basis = basisOf(rig)
  const middle: Vec3 = [(box.min[0] + box.max[0]) / 2, (box.min[1] + box.max[1]) / 2, (box.min[2] + box.max[2]) / 2]
  const tan = Math.tan(fov / 2) * fill
  let distance = 0.3
  for (let corner = 0; corner < 8; corner++) {
    const p = sub([corner & 1 ? box.max[0] : box.min[0], corner & 2 ? box.max[1] : box.min[1], corner & 4 ? box.max[2] : box.min[2]], middle)
    const depth = dot(p, basis.forward)
    distance = Math.max(distance, Math.abs(dot(p, basis.up)) / tan - depth, Math.abs(dot(p, basis.right)) / (tan * aspect) - depth)
  }
  return { position: sub(middle, scale(basis.forward, distance)), target: middle }
}

/** Directions of view of the named views; 'home' looks from the south-east. */
export const VIEW_DIRECTIONS: Readonly<Record<NamedView, Vec3>> = {
  home: [-0.667, 0.606, -0.432],
  top: [0, 1e-3, -1],
  bottom: [0, 1e-3, 1],
  front: [0, 1, 0],
  back: [0, -1, 0],
  left: [1, 0, 0],
  right: [-1, 0, 0],
}

/** On the way from one pose to another, 0 … 1: eased, the distance changing evenly in proportion, never through the target. */
export function flight(from: CameraRig, to: CameraRig, share: number): CameraRig {
  const t = share < 0.5 ? 4 * share ** 3 : 1 - (-2 * share + 2) ** 3 / 2
  const a = poseOf(from).target
  const b = poseOf(to).target
  const target = add(scale(a, 1 - t), scale(b, t))
  let turn = (to.yaw - from.yaw) % (2 * Math.PI)
  if (turn > Math.PI) turn -= 2 * Math.PI
  if (turn < -Math.PI) turn += 2 * Math.PI
  const rig = { yaw: from.yaw + turn * t, pitch: from.pitch + (to.pitch - from.pitch) * t }
  const distance = from.distance ** (1 - t) * to.distance ** t
  return { ...rig, distance, position: sub(target, scale(basisOf(rig).forward, distance)) }
}

function clampPitch(pitch: number): number {
  return Math.min(STEEPEST, Math.max(-STEEPEST, pitch))
}
