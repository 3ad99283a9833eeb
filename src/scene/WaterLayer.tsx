import { useFrame, useThree } from '@react-three/fiber'
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import type { Plane } from 'three'
import type { Box } from '@/core/base/geometry'
import { createDifferenceDrawing } from './difference-drawing.ts'
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

/** The water of the moment, of one run or of two. React mounts it; the frame loop reads the clock and moves it. */
export function WaterLayer({ water, clock, site, level, theme, motion, clippingPlanes }: Props) {
  const { grid, frames, look, rainAt, other } = water
  const invalidate = useThree((state) => state.invalidate)
  const low = level === 'low'
  const own = useMemo(() => createWaterDrawing(grid, site, low, clippingPlanes), [grid, site, low, clippingPlanes])
  const swiping = other?.mode === 'swipe'
  const differing = other?.mode === 'difference'
  const theirs = useMemo(() => (swiping ? createWaterDrawing(grid, site, low, clippingPlanes) : null), [swiping, grid, site, low, clippingPlanes])
  const difference = useMemo(() => (differing ? createDifferenceDrawing(grid, clippingPlanes) : null), [differing, grid, clippingPlanes])
  const seconds = useRef(0)
  useEffect(() => () => own.dispose(), [own])
  useEffect(() => () => theirs?.dispose(), [theirs])
  useEffect(() => () => difference?.dispose(), [difference])
  useEffect(() => frames.subscribe(invalidate), [frames, invalidate])
  useEffect(() => {
    invalidate()
    return other?.frames.subscribe(invalidate)
  }, [other, invalidate])
  useLayoutEffect(() => {
    own.setLook(look, theme)
    theirs?.setLook(look, theme)
    invalidate()
  }, [own, theirs, look, theme, invalidate])
  useFrame(({ gl }, delta) => {
    const now = clock.now()
    const mine = frames.around(now)
    own.show(difference ? null : mine)
    // Ripples run in the time of the watcher, not in that of the storm, which plays a hundred times faster.
    if (motion && clock.playing()) seconds.current += Math.min(delta, 0.1)
    const rain = motion ? (rainAt?.(now) ?? 0) * 3.6e6 : 0
    own.animate(seconds.current, rain)
    const at = other && theirs ? other.split * gl.domElement.width : 0
    own.setSide(theirs ? 1 : 0, at)
    if (!other) return
    const beside = other.frames.around(now)
    difference?.show(mine, beside)
    theirs?.show(beside)
    theirs?.animate(seconds.current, rain)
    theirs?.setSide(-1, at)
  })
  return (
    <>
      <primitive object={own.group} />
      {theirs ? <primitive object={theirs.group} /> : null}
      {difference ? <primitive object={difference.mesh} /> : null}
    </>
  )
}
