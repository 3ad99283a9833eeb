import { type RefObject, useEffect, useRef } from 'react'
import { basisOf } from './camera-rig.ts'
import type { SiteSceneProps } from './scene-props.ts'
import type { Stage } from './stage.ts'
import { walk } from './walk.ts'

/** By the place of the key: forward, right, up. */
const KEYS: Readonly<Record<string, readonly [number, number, number]>> = {
  KeyW: [1, 0, 0],
  KeyS: [-1, 0, 0],
  KeyD: [0, 1, 0],
  KeyA: [0, -1, 0],
  KeyE: [0, 0, 1],
  KeyQ: [0, 0, -1],
}
const SLOWEST = 0.25
const FASTEST = 16

export interface Walker {
  /** Moves on by `seconds`; false when nobody walks or falls. */
  advance(seconds: number): boolean
  /** A turn of the wheel: over 1 = faster. */
  pace(factor: number): void
}

/** Keys → steps, while the walking tool is in hand. It begins on the ground in the middle of the picture, with the view level. */
export function useWalk(latest: RefObject<SiteSceneProps>, stage: Stage, invalidate: () => void): Walker {
  const { tool } = latest.current
  const pressed = useRef(new Set<string>())
  const state = useRef({ pace: 1, flies: false, fast: false })
  useEffect(() => {
    if (tool !== 'walk') return
    const keys = pressed.current
    state.current.flies = false
    const { position, yaw } = stage.motion.rig()
    const { forward } = basisOf({ yaw, pitch: -0.06 })
    const at = stage.standAt(stage.size.width / 2, stage.size.height / 2) ?? position
    const eyes = [at[0], at[1], at[2] + 1.65] as const
    stage.motion.flyTo({ position: eyes, target: [eyes[0] + 5 * forward[0], eyes[1] + 5 * forward[1], eyes[2] + 5 * forward[2]] }, latest.current.view.motion)
    invalidate()
    const down = (event: KeyboardEvent) => {
      state.current.fast = event.shiftKey
      if (!KEYS[event.code] || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || inField(event.target)) return
      if (KEYS[event.code][2]) state.current.flies = true
      keys.add(event.code)
      event.preventDefault()
      invalidate()
    }
    const up = (event: KeyboardEvent) => {
      state.current.fast = event.shiftKey
      keys.delete(event.code)
    }
    const stop = () => keys.clear()
    window.addEventListener('keydown', down)
    window.addEventListener('keyup', up)
    window.addEventListener('blur', stop)
    return () => {
      stop()
      window.removeEventListener('keydown', down)
      window.removeEventListener('keyup', up)
      window.removeEventListener('blur', stop)
    }
  }, [tool, latest, stage, invalidate])
  return {
    advance(seconds) {
      if (latest.current.tool !== 'walk') return false
      const { pace, flies, fast } = state.current
      const [forward, right, up] = [...pressed.current].reduce<readonly number[]>((sum, code) => sum.map((v, k) => v + KEYS[code][k]), [0, 0, 0])
      const before = stage.motion.rig()
      const after = walk(before, { forward, right, up, fast, pace }, seconds, flies, stage.feel)
      stage.motion.step(after)
      return pressed.current.size > 0 || Math.abs(after.position[2] - before.position[2]) > 1e-3
    },
    pace(factor) {
      state.current.pace = Math.min(FASTEST, Math.max(SLOWEST, state.current.pace * factor))
    },
  }
}

function inField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"]') !== null
}
