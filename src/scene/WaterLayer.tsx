import { useFrame, useThree } from '@react-three/fiber'
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import type { Plane } from 'three'
import type { Box } from '@/core/base/geometry'
import type { Quality, SceneClock, WaterView } from './scene-props.ts'
import { createWaterDrawing } from './water-drawing.ts'

interface Props {
  readonly water: WaterView
  readonly clock: SceneClock
  readonly site: Box
  readonly level: Quality
  readonly theme: 'light' | 'dark'
  readonly motion: boolean
  readonly clippingPlanes: Plane[]
}

/** The water of the moment. React mounts it; the frame loop reads the clock and moves it. */
export function WaterLayer({ water, clock, site, level, theme, motion, clippingPlanes }: Props) {
  const { grid, frames, look, rainAt } = water
  const invalidate = useThree((state) => state.invalidate)
  const drawing = useMemo(() => createWaterDrawing(grid, site, level === 'low', clippingPlanes), [grid, site, level, clippingPlanes])
  const seconds = useRef(0)
  useEffect(() => () => drawing.dispose(), [drawing])
  useEffect(() => frames.subscribe(invalidate), [frames, invalidate])
  useLayoutEffect(() => {
    drawing.setLook(look, theme)
    invalidate()
  }, [drawing, look, theme, invalidate])
  useFrame((_, delta) => {
    const now = clock.now()
    drawing.show(frames.around(now))
    // Ripples run in the time of the watcher, not in that of the storm, which plays a hundred times faster.
    if (motion && clock.playing()) seconds.current += Math.min(delta, 0.1)
    drawing.animate(seconds.current, motion ? (rainAt?.(now) ?? 0) * 3.6e6 : 0)
  })
  return <primitive object={drawing.group} />
}
