import { useFrame, useThree } from '@react-three/fiber'
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import type { Vec3 } from '@/core/base/geometry'
import { dot, sub } from '@/core/base/geometry'
import { basisOf } from './camera-rig.ts'
import { createHoseDrawing, drape } from './hose-drawing.ts'
import { createIconDrawing, type IconDrawing } from './icon-drawing.ts'
import type { Equipment, SceneClock } from './scene-props.ts'
import type { Stage } from './stage.ts'

interface Props {
  readonly items: readonly Equipment[]
  readonly selected: string | null
  readonly stage: Stage
  readonly clock: SceneClock
  readonly theme: 'light' | 'dark'
  readonly motion: boolean
  /** For hands: what lies under the pointer. */
  readonly icons: RefObject<IconDrawing | null>
}

/** What the scenario puts on the site: icons, hoses, boards. */
export function EquipmentLayer({ items, selected, stage, clock, theme, motion, icons }: Props) {
  const invalidate = useThree((state) => state.invalidate)
  const drawing = useMemo(() => ({ icons: createIconDrawing(), hoses: createHoseDrawing() }), [])
  useEffect(() => {
    icons.current = drawing.icons
    return () => {
      icons.current = null
      drawing.icons.dispose()
      drawing.hoses.dispose()
    }
  }, [drawing, icons])
  const pumps = useMemo(() => items.filter((item) => item.kind === 'pump'), [items])
  useLayoutEffect(() => {
    drawing.icons.set(items, stage.soil()?.box.max[2] ?? Number.NEGATIVE_INFINITY)
    invalidate()
  }, [drawing, items, stage, invalidate])
  const draped = useRef(new WeakMap<readonly Vec3[], Vec3[]>())
  useLayoutEffect(() => {
    // A hose that did not move keeps its points: only the dragged one is laid again.
    const lay = (hose: readonly Vec3[]) => {
      const done = draped.current.get(hose) ?? drape(hose, stage.groundAt)
      draped.current.set(hose, done)
      return done
    }
    drawing.hoses.set(pumps.map((pump) => lay(pump.hose)))
  }, [drawing, pumps, stage])

  const seconds = useRef(0)
  useFrame((_, delta) => {
    const { width, height } = stage.size
    const { position, yaw, pitch } = stage.motion.rig()
    const { forward } = basisOf({ yaw, pitch })
    drawing.icons.update({
      now: clock.now(),
      selected,
      dark: theme === 'dark',
      width,
      height,
      project: (at) => stage.project(at),
      depth: (at) => dot(sub(at, position), forward),
    })
    if (motion && clock.playing()) seconds.current += Math.min(delta, 0.1)
    drawing.hoses.update(
      pumps.map((pump) => pump.live?.() ?? null),
      seconds.current,
      width,
      height,
    )
  })
  return (
    <>
      <primitive object={drawing.hoses.mesh} />
      <primitive object={drawing.icons.leaders} />
      <primitive object={drawing.icons.mesh} />
      {items.map((item) => item.kind === 'board' && <Board key={item.id} board={item} clock={clock} />)}
    </>
  )
}

const PLANK = 0.14

/** Stop logs from the sill to the crest; an outline until their time has come. */
function Board({ board, clock }: { readonly board: Extract<Equipment, { kind: 'board' }>; readonly clock: SceneClock }) {
  const solid = useRef<{ visible: boolean }>(null)
  const outline = useRef<{ visible: boolean }>(null)
  const { from, to, crest, since } = board
  const length = Math.hypot(to[0] - from[0], to[1] - from[1])
  const height = Math.max(0.05, crest - from[2])
  useFrame(() => {
    const stands = clock.now() >= since
    if (solid.current) solid.current.visible = stands
    if (outline.current) outline.current.visible = !stands
  })
  return (
    <group position={[(from[0] + to[0]) / 2, (from[1] + to[1]) / 2, from[2] + height / 2]} rotation={[0, 0, Math.atan2(to[1] - from[1], to[0] - from[0])]}>
      <mesh ref={solid as never} castShadow>
        <boxGeometry args={[length, PLANK, height]} />
        <meshLambertMaterial color="#c9722c" />
      </mesh>
      <mesh ref={outline as never}>
        <boxGeometry args={[length, PLANK, height]} />
        <meshBasicMaterial color="#c9722c" transparent opacity={0.28} depthWrite={false} />
      </mesh>
    </group>
  )
}
