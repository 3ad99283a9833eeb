import type { Vec3 } from '@/core/base/geometry'
import { type CameraRig, dolly, flight, orbit, pan, poseOf, rigOf } from './camera-rig.ts'
import type { CameraPose } from './scene-props.ts'

/** The camera in time: flights, and hands whose movements are spread over a few frames. */
export interface CameraMotion {
  rig(): CameraRig
  /** The camera was put somewhere since the start. */
  touched(): boolean
  set(pose: CameraPose): void
  flyTo(pose: CameraPose, animate: boolean): void
  orbit(pivot: Vec3, yaw: number, pitch: number): void
  /** Turns the head, at once. */
  look(yaw: number, pitch: number): void
  /** Puts the camera there, at once, while somebody walks. */
  step(rig: CameraRig): void
  pan(right: number, up: number): void
  dolly(point: Vec3, factor: number): void
  /** Moves on by `seconds`; false when at rest. */
  advance(seconds: number, smooth: boolean): boolean
}

/** Share of a pending movement that is left after a second: about 60 ms to half of it. */
const EASE = 14
const FLIGHT = 0.9

export function createCameraMotion(start: CameraPose): CameraMotion {
  let rig = rigOf(start)
  let flying: { from: CameraRig; to: CameraRig; at: number } | null = null
  let pivot: Vec3 = start.target
  let yaw = 0
  let pitch = 0
  let right = 0
  let up = 0
  let toward: Vec3 = start.target
  let zoom = 0
  let touched = false
  const stop = () => {
    touched = true
    yaw = pitch = right = up = zoom = 0
  }
  return {
    rig: () => rig,
    touched: () => touched,
    set(pose) {
      flying = null
      stop()
      rig = rigOf(pose)
    },
    flyTo(pose, animate) {
      stop()
      const to = rigOf(pose)
      if (!animate) {
        flying = null
        rig = to
        return
      }
      flying = { from: rig, to, at: 0 }
    },
    orbit(around, dyaw, dpitch) {
      flying = null
      pivot = around
      yaw += dyaw
      pitch += dpitch
    },
    look(dyaw, dpitch) {
      flying = null
      rig = orbit(rig, rig.position, dyaw, dpitch)
    },
    step(next) {
      rig = next
    },
    pan(dright, dup) {
      flying = null
      right += dright
      up += dup
    },
    dolly(point, factor) {
      flying = null
      toward = point
      zoom += Math.log(factor)
    },
    advance(seconds, smooth) {
      if (flying) {
        flying.at = smooth ? flying.at + seconds / FLIGHT : 1
        rig = flying.at >= 1 ? flying.to : flight(flying.from, flying.to, flying.at)
        if (flying.at < 1) return true
        rig = rigOf(poseOf(flying.to))
        flying = null
        return false
      }
      const rest = Math.abs(yaw) + Math.abs(pitch) < 2e-4 && Math.abs(right) + Math.abs(up) < rig.distance * 1e-4 && Math.abs(zoom) < 1e-3
      const share = smooth && !rest ? 1 - Math.exp(-EASE * seconds) : 1
      if (yaw || pitch) rig = orbit(rig, pivot, yaw * share, pitch * share)
      if (right || up) rig = pan(rig, right * share, up * share)
      if (zoom) rig = dolly(rig, toward, Math.exp(zoom * share))
      yaw *= 1 - share
      pitch *= 1 - share
      right *= 1 - share
      up *= 1 - share
      zoom *= 1 - share
      return share < 1
    },
  }
}
