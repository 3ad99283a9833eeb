import { useEffect, useRef, useState } from 'react'
import type { Moment } from '@/core/flood'
import { momentAt } from '../store/run.ts'
import { useRuntime, useTwin } from '../store/use-twin.ts'

/** The moment that the clock shows, four times a second at most: figures that change faster cannot be read. */
export function useMoment(): Moment | null {
  const { clock, series } = useRuntime()
  useTwin((state) => state.seriesRevision)
  const [, draw] = useState(0)
  useEffect(() => {
    let last = 0
    let timer: ReturnType<typeof setTimeout> | null = null
    const look = () => {
      const wait = 250 - (performance.now() - last)
      if (wait <= 0) {
        last = performance.now()
        draw((n) => n + 1)
      } else
        timer ??= setTimeout(() => {
          timer = null
          look()
        }, wait)
    }
    const off = clock.onTick(look)
    return () => {
      off()
      if (timer) clearTimeout(timer)
    }
  }, [clock])
  return momentAt(series.moments, clock.now())
}

/** Calls `move` with the clock's time at every display frame of play and at every jump, without React. */
export function useClock(move: (time: number) => void): void {
  const { clock } = useRuntime()
  const latest = useRef(move)
  latest.current = move
  useEffect(() => {
    latest.current(clock.now())
    return clock.onTick((time) => latest.current(time))
  }, [clock])
}
