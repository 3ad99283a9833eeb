import { useFrame, useThree } from '@react-three/fiber'
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import type { PerspectiveCamera } from 'three'
import type { Vec3 } from '@/core/base/geometry'
import { add, dot, length, scale, sub } from '@/core/base/geometry'
import { Backdrop } from './Backdrop.tsx'
import { ClashLayer } from './ClashLayer.tsx'
import { listenToHands } from './camera-input.ts'
import { basisOf, type CameraRig, poseOf } from './camera-rig.ts'
import type { FrameMeter } from './device.ts'
import { EquipmentLayer } from './EquipmentLayer.tsx'
import type { IconDrawing } from './icon-drawing.ts'
import { layOutMeasures } from './MeasureLayer.tsx'
import { placeHandles } from './SectionHandle.tsx'
import { SectionLayer } from './SectionLayer.tsx'
import type { Quality, SceneHit, SceneStats, SceneTool, SectionPlane, SiteSceneProps, SnapPoint } from './scene-props.ts'
import { gripsOf } from './section-outline.ts'
import { FOV, type Stage } from './stage.ts'
import { useWalk, type Walker } from './use-walk.ts'
import { cubeTransform } from './ViewCube.tsx'
import { WaterLayer } from './WaterLayer.tsx'

/** What the contents need of the page around the canvas. */
export interface Surroundings {
  readonly cube: RefObject<HTMLDivElement | null>
  readonly pivot: RefObject<HTMLDivElement | null>
  readonly handles: RefObject<HTMLDivElement | null>
  readonly measures: RefObject<SVGSVGElement | null>
}
/** Set by the contents for the handle: it needs the live renderer. */
export interface Live {
  stats(): SceneStats
  snapshot(): string
  invalidate(): void
}

interface Props extends SiteSceneProps {
  readonly stage: Stage
  readonly around: Surroundings
  readonly level: Quality
  readonly meter: FrameMeter
  readonly live: { current: Live | null }
  readonly counter: { frames: number }
  readonly onSlow: (quality: Quality) => void
}

/** A frame longer than this is felt [ms]. */
const SLOW = 32
/** Below so many triangles the picture is left whole: edges that come and go disturb more than they cost. */
const HEAVY = 400_000

/** Time given to building models in one frame [ms]: under what a person feels as a stutter. */
const BUILD_BUDGET = 24

export function SceneContents(props: Props) {
  const { stage, models, view, clash, level, meter, counter } = props
  const { gl, scene, camera, invalidate, size } = useThree()
  const latest = useRef(props)
  latest.current = props
  /** What the camera was brought to, and how it then stood. */
  const placed = useRef<{ readonly ids: ReadonlySet<string>; readonly rig: CameraRig | null }>({ ids: new Set(), rig: null })
  const drawn = useRef(false)

  useLayoutEffect(() => {
    stage.size.width = size.width
    stage.size.height = size.height
    invalidate()
  }, [stage, size, invalidate])

  const stood = useMemo(() => stage.setModels(models), [stage, models])
  useLayoutEffect(() => {
    const ids = new Set(models.filter((model) => model.elements.some((element) => element.parts.length)).map((model) => model.id))
    if (!ids.size) return
    const { ids: before, rig } = placed.current
    // Another site brings the camera along, and so does one that grows while nobody has moved the camera; else it stays where the user put it.
    const another = before.size > 0 && ![...ids].some((id) => before.has(id))
    const follows = another || (before.size > 0 ? stage.motion.rig() === rig : !stage.motion.touched())
    if (follows) stage.motion.set(stage.viewPose('home'))
    placed.current = { ids, rig: follows ? stage.motion.rig() : null }
  }, [stage, models])
  const groundShown = useMemo(() => {
    stage.setView(models, view, clash)
    return stage.drawing.groundShown()
  }, [stage, models, view, clash])
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever changes what is drawn asks for a frame
  useLayoutEffect(() => {
    gl.localClippingEnabled = view.section !== null || view.sectionBox !== null
    gl.shadowMap.needsUpdate = true
    invalidate()
  }, [stage, gl, models, view, clash, invalidate])

  useEffect(() => {
    // While nobody waits: the first pick is then as quick as the hundredth.
    let timer = 0
    const warm = () => {
      timer = stage.warm(6) ? window.setTimeout(warm, 20) : 0
    }
    if (models.length) timer = window.setTimeout(warm, 400)
    return () => window.clearTimeout(timer)
  }, [stage, models])
  useEffect(() => props.clock.subscribe(invalidate), [props.clock, invalidate])
  useEffect(() => {
    gl.shadowMap.autoUpdate = false
    gl.shadowMap.needsUpdate = true
  }, [gl])

  useEffect(() => {
    const live: Live = {
      stats: () => ({
        frames: counter.frames,
        drawCalls: gl.info.render.calls,
        triangles: gl.info.render.triangles,
        quality: latest.current.level,
        frameTime: meter.middle(),
      }),
      snapshot() {
        gl.render(scene, camera)
        return gl.domElement.toDataURL('image/png')
      },
      invalidate,
    }
    latest.current.live.current = live
    return () => {
      latest.current.live.current = null
    }
  }, [gl, scene, camera, invalidate, counter, meter])

  const icons = useRef<IconDrawing>(null)
  const snap = useRef<SnapPoint | null>(null)
  const walker = useWalk(latest, stage, invalidate)
  const walking = useRef(walker)
  walking.current = walker
  useHands(latest, stage, icons, snap, walking, gl.domElement, invalidate)
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever is measured asks for a frame
  useLayoutEffect(() => {
    if (props.tool !== 'measure') snap.current = null
    invalidate()
  }, [props.measures, props.measureFrom, props.tool, invalidate])

  const last = useRef(0)
  const running = useRef(false)
  const moving = useRef(false)
  useFrame(() => {
    const now = performance.now()
    const elapsed = running.current ? Math.min(0.1, (now - last.current) / 1000) : 1 / 60
    if (running.current && drawn.current) {
      meter.add(now - last.current)
      const slower = latest.current.view.quality === 'auto' ? meter.advice(level) : null
      if (slower) latest.current.onSlow(slower)
    }
    last.current = now
    counter.frames++
    const building = stage.drawing.work(BUILD_BUDGET)
    if (building) gl.shadowMap.needsUpdate = true
    const carried = stage.motion.advance(elapsed, view.motion)
    const flying = carried || walker.advance(elapsed)
    stage.applyCamera(camera as PerspectiveCamera)
    const heavy = flying && !props.clock.playing() && meter.middle() > SLOW && stage.drawing.triangles() > HEAVY
    stage.drawing.lighten(heavy ? stage.motion.rig().position : null, stage.size.height / (2 * Math.tan(FOV / 2)))
    const { right, up, forward } = basisOf(stage.motion.rig())
    if (latest.current.around.cube.current) latest.current.around.cube.current.style.transform = cubeTransform(right, up, forward)
    const handles = latest.current.around.handles.current
    if (handles) placeHandles(handles, gripsOf(view, stage.bounds()), stage)
    const svg = latest.current.around.measures.current
    if (svg) layOutMeasures(svg, latest.current.measures, latest.current.measureFrom, snap.current, latest.current.words, stage)
    if (moving.current && !flying) latest.current.onCamera?.(poseOf(stage.motion.rig()))
    moving.current = flying
    running.current = building || flying || props.clock.playing()
    if (running.current) invalidate()
    else if (!drawn.current && placed.current) {
      drawn.current = true
      gl.shadowMap.needsUpdate = true
      invalidate()
      requestAnimationFrame(() => requestAnimationFrame(() => latest.current.onDrawn?.()))
    }
  }, -1)

  return (
    <>
      <Backdrop
        site={stood.bounds}
        soil={stood.soil}
        opacity={groundShown ? view.soil : 0}
        theme={view.theme}
        quality={level}
        clippingPlanes={stage.clippingPlanes}
      />
      <primitive object={stage.drawing.group} />
      {props.water && (
        <WaterLayer
          water={props.water}
          clock={props.clock}
          site={stood.bounds}
          level={level}
          theme={view.theme}
          motion={view.motion}
          clippingPlanes={stage.clippingPlanes}
        />
      )}
      {clash && <ClashLayer clash={clash.clash} />}
      {(view.section || view.sectionBox) && <SectionLayer view={view} models={models} site={stood.bounds} stage={stage} onCut={props.onCut} />}
      <EquipmentLayer
        items={props.equipment}
        selected={props.selectedEquipment}
        stage={stage}
        clock={props.clock}
        theme={view.theme}
        motion={view.motion}
        icons={icons}
      />
    </>
  )
}

const PLACING: readonly SceneTool[] = ['pump', 'panel', 'board', 'probe']

/** The plane of the face that was clicked, just behind it; nearly level or upright faces are taken as such. */
function sectionThrough({ point, normal }: SceneHit): SectionPlane {
  const axis = normal.findIndex((n) => Math.abs(n) > 0.97)
  const straight: Vec3 =
    axis < 0 ? normal : [axis === 0 ? Math.sign(normal[0]) : 0, axis === 1 ? Math.sign(normal[1]) : 0, axis === 2 ? Math.sign(normal[2]) : 0]
  return { normal: straight, offset: dot(straight, point) - 0.02 }
}

/** Hands on the canvas → camera, picks, tools. */
function useHands(
  latest: RefObject<Props>,
  stage: Stage,
  icons: RefObject<IconDrawing | null>,
  snap: RefObject<SnapPoint | null>,
  walker: RefObject<Walker>,
  canvas: HTMLCanvasElement,
  invalidate: () => void,
) {
  useEffect(() => {
    let pivot: Vec3 | null = null
    let depth = 10
    let aim: { x: number; y: number; at: number; point: Vec3 } | null = null
    let hovering = 0
    let taken: { id: string; movable: boolean; at: Vec3 | null; dx: number; dy: number } | null = null
    const cancel = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !taken) return
      event.stopPropagation()
      latest.current.onMove?.(taken.id, taken.at ?? [0, 0, 0], 'cancel')
      taken = null
      canvas.style.cursor = ''
    }
    window.addEventListener('keydown', cancel, true)
    // What the pointer means: an icon before what lies behind it.
    const pickAll = (x: number, y: number): SceneHit | null => {
      const id = icons.current?.hit(x, y)?.id
      const hit = stage.pick(x, y)
      const item = id ? latest.current.equipment.find((one) => one.id === id) : undefined
      if (!item) return hit
      return { ref: null, equipment: item.id, point: item.kind === 'board' ? item.from : item.at, normal: [0, 0, 1], ground: false }
    }
    stage.pickAll = pickAll
    const showPivot = () => {
      const mark = latest.current.around.pivot.current
      if (!mark) return
      const at = pivot && stage.project(pivot)
      mark.style.display = at ? 'block' : 'none'
      if (at) mark.style.transform = `translate(${at.x.toFixed(1)}px, ${at.y.toFixed(1)}px)`
    }
    const pointAt = (x: number, y: number): Vec3 => {
      const hit = stage.pick(x, y)
      if (hit) return hit.point
      const { origin, direction } = stage.rayAt(x, y)
      return add(origin, scale(direction, stage.motion.rig().distance))
    }
    const stop = listenToHands(canvas, {
      press(x, y) {
        const { tool, equipment } = latest.current
        const hit = tool === 'select' ? icons.current?.hit(x, y) : null
        if (!hit) return false
        // The pin keeps its place under the hand that took it anywhere on its icon.
        taken = { id: hit.id, movable: equipment.find((item) => item.id === hit.id)?.movable ?? false, at: null, dx: hit.tip.x - x, dy: hit.tip.y - y }
        return true
      },
      drag(x, y) {
        if (!taken?.movable) return
        const at = stage.standAt(x + taken.dx, y + taken.dy)
        if (!at) return
        taken.at = at
        canvas.style.cursor = 'grabbing'
        latest.current.onMove?.(taken.id, at, 'move')
        invalidate()
      },
      release(_x, _y, moved) {
        canvas.style.cursor = ''
        if (!taken) return
        const { id, at } = taken
        taken = null
        if (!moved) latest.current.onSelectEquipment?.(id)
        else if (at) latest.current.onMove?.(id, at, 'end')
      },
      orbitStart(x, y) {
        if (latest.current.tool === 'walk') return
        const hit = stage.pick(x, y)
        pivot = hit?.point ?? poseOf(stage.motion.rig()).target
        showPivot()
        invalidate()
      },
      orbit(dx, dy) {
        if (latest.current.tool === 'walk') {
          const { height } = stage.size
          stage.motion.look((-dx / height) * 1.6, (-dy / height) * 1.6)
          return invalidate()
        }
        if (!pivot) return
        stage.motion.orbit(pivot, (-dx / stage.size.height) * Math.PI * 1.1, (-dy / stage.size.height) * Math.PI * 1.1)
        invalidate()
        requestAnimationFrame(showPivot)
      },
      panStart(x, y) {
        const to = sub(pointAt(x, y), stage.motion.rig().position)
        const { forward } = basisOf(stage.motion.rig())
        depth = Math.max(0.5, to[0] * forward[0] + to[1] * forward[1] + to[2] * forward[2])
      },
      pan(dx, dy) {
        const metre = (2 * depth * Math.tan(FOV / 2)) / stage.size.height
        stage.motion.pan(-dx * metre, dy * metre)
        invalidate()
      },
      end() {
        pivot = null
        showPivot()
        invalidate()
      },
      dolly(x, y, factor) {
        if (latest.current.tool === 'walk') return walker.current.pace(factor)
        // A wheel turned on is one gesture: it keeps going to the point it began with.
        const now = performance.now()
        if (!aim || now - aim.at > 300 || Math.hypot(aim.x - x, aim.y - y) > 8) aim = { x, y, at: now, point: pointAt(x, y) }
        aim.at = now
        stage.motion.dolly(aim.point, factor)
        invalidate()
      },
      hover(x, y) {
        if (latest.current.tool === 'measure' && !hovering)
          hovering = requestAnimationFrame(() => {
            hovering = 0
            snap.current = stage.snap(x, y)
            invalidate()
          })
        if (!latest.current.onHover || latest.current.tool !== 'select' || hovering) return
        hovering = requestAnimationFrame(() => {
          hovering = 0
          const hit = pickAll(x, y)
          if (!taken) canvas.style.cursor = hit?.equipment ? 'grab' : ''
          latest.current.onHover?.(hit, { x, y })
        })
      },
      leave() {
        if (snap.current) invalidate()
        snap.current = null
        latest.current.onHover?.(null, { x: 0, y: 0 })
      },
      click(x, y, event) {
        const { tool, onPlace, onPick, onSection } = latest.current
        if (PLACING.includes(tool)) {
          const at = stage.standAt(x, y)
          if (at) onPlace?.(tool as 'pump', at)
        } else if (tool === 'measure') {
          const found = stage.snap(x, y)
          if (found) latest.current.onMeasure?.(found)
        } else if (tool === 'section') {
          const hit = stage.pick(x, y)
          if (hit) onSection?.(sectionThrough(hit))
        } else if (tool !== 'walk') onPick?.(stage.pick(x, y), event.ctrlKey || event.metaKey || event.shiftKey)
      },
      doubleClick(x, y) {
        if (latest.current.tool === 'measure' || latest.current.tool === 'walk') return
        const hit = stage.pick(x, y)
        if (!hit) return
        const box = hit.ref && !hit.ground ? stage.boundsOf([hit.ref]) : null
        const near = length(sub(hit.point, stage.motion.rig().position)) * 0.25
        const pose = stage.frame(box ?? { min: sub(hit.point, [near, near, near]), max: add(hit.point, [near, near, near]) })
        stage.motion.flyTo(pose, latest.current.view.motion)
        invalidate()
        latest.current.onOpen?.(hit)
      },
      menu: (x, y) => latest.current.onContextMenu?.(pickAll(x, y), { x, y }),
    })
    return () => {
      stop()
      window.removeEventListener('keydown', cancel, true)
    }
  }, [latest, stage, icons, snap, walker, canvas, invalidate])
}
