import type { FramePair, FrameSource, WaterFrame } from './scene-props.ts'

export interface FrameStore extends FrameSource {
  /** Frames come in rising time; one that goes back in time drops those at or after it first (a live edit forks there). */
  push(frame: WaterFrame): void
  clear(): void
  /** Drops what comes after this time [s]. */
  cut(time: number): void
  /** Times of the kept frames [s]. */
  readonly times: readonly number[]
}

/** Keeps frames by time, found by bisection. */
export function createFrameStore(): FrameStore {
  const frames: WaterFrame[] = []
  const times: number[] = []
  const listeners = new Set<() => void>()
  const changed = () => {
    for (const listener of listeners) listener()
  }
  return {
    times,
    push(frame) {
      while (times.length && times[times.length - 1] >= frame.time) {
        frames.pop()
        times.pop()
      }
      frames.push(frame)
      times.push(frame.time)
      changed()
    },
    clear() {
      frames.length = 0
      times.length = 0
      changed()
    },
    cut(time) {
      const kept = firstAfter(times, time)
      frames.length = kept
      times.length = kept
      changed()
    },
    around(time): FramePair | null {
      if (!frames.length) return null
      const next = firstAfter(times, time)
      const before = frames[Math.max(0, next - 1)]
      const after = frames[Math.min(frames.length - 1, next)]
      const span = after.time - before.time
      return { before, after, mix: span > 0 ? Math.min(1, Math.max(0, (time - before.time) / span)) : 0 }
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}

/** Index of the first entry > value. */
function firstAfter(sorted: readonly number[], value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle] > value) high = middle
    else low = middle + 1
  }
  return low
}
