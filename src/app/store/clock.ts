import type { SceneClock } from '@/scene/scene-props'

/** The rehearsal's clock. Lives outside React; while it plays, `onTick` listeners are called once a display frame. */
export interface Clock extends SceneClock {
  speed(): number
  setSpeed(factor: number): void
  play(): void
  pause(): void
  seek(time: number): void
  /** The clock never runs past what is known. */
  setEnd(time: number): void
  end(): number
  onTick(listener: (time: number) => void): () => void
}

export function createClock(): Clock {
  let time = 0
  let end = 0
  let factor = 120
  let running = false
  let last = 0
  let frame = 0
  const changes = new Set<() => void>()
  const ticks = new Set<(time: number) => void>()
  const changed = () => {
    for (const listener of changes) listener()
    for (const listener of ticks) listener(time)
  }
  const tick = (stamp: number) => {
    frame = requestAnimationFrame(tick)
    // A tab that slept must not leap: at most a tenth of a second of display time passes in one frame.
    const passed = Math.min(0.1, Math.max(0, (stamp - last) / 1000))
    last = stamp
    time = Math.min(end, time + passed * factor)
    for (const listener of ticks) listener(time)
  }
  return {
    now: () => time,
    playing: () => running,
    speed: () => factor,
    end: () => end,
    setSpeed(next) {
      factor = next
      changed()
    },
    play() {
      if (running) return
      running = true
      last = performance.now()
      frame = requestAnimationFrame(tick)
      changed()
    },
    pause() {
      if (!running) return
      running = false
      cancelAnimationFrame(frame)
      changed()
    },
    seek(next) {
      time = Math.min(end, Math.max(0, next))
      changed()
    },
    setEnd(next) {
      end = next
      if (time > end) time = end
      if (!running) changed()
    },
    subscribe(listener) {
      changes.add(listener)
      return () => changes.delete(listener)
    },
    onTick(listener) {
      ticks.add(listener)
      return () => ticks.delete(listener)
    },
  }
}
