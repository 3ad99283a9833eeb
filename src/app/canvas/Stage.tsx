import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import type { Vec3 } from '@/core/base/geometry'
import type { SiteModel } from '@/core/model'
import { APP } from '@/messages/app'
import type { Equipment, PlacingTool, SceneHandle, SceneHit, SceneView, SceneWords, WaterView } from '@/scene/scene-props'
import { metres } from '../formats.ts'
import { addBoard, addPanel, addProbe, addPump, freshId, moveTo } from '../rehearse/edits.ts'
import { equipmentOf } from '../rehearse/equipment.ts'
import { mainOpening, sumpAt } from '../rehearse/places.ts'
import { Notices } from '../shell/Notices.tsx'
import { RestoreOffer, Welcome } from '../shell/Welcome.tsx'
import { clashesOf } from '../store/clashes-of.ts'
import { momentAt } from '../store/run.ts'
import { useGet, useRuntime, useTwin } from '../store/use-twin.ts'
import { useWords } from '../words.ts'
import { Chips } from './Chips.tsx'
import { Lanes } from './Lanes.tsx'
import { Legend } from './Legend.tsx'
import { LoadingDemo } from './Loading.tsx'
import { useMeasureDrawings } from './measure-drawings.ts'
import { NoScene } from './NoScene.tsx'
import { SceneGuard } from './SceneGuard.tsx'
import { ToolHint, ToolStrip } from './ToolStrip.tsx'
import { ViewBar } from './ViewBar.tsx'

const SiteScene = lazy(() => import('@/scene/SiteScene').then((module) => ({ default: module.SiteScene })))
const MeasureCard = lazy(() => import('./MeasureCard.tsx').then((module) => ({ default: module.MeasureCard })))
const NO_EQUIPMENT: readonly Equipment[] = []

/** The canvas and what lies on it. */
export function Stage() {
  const t = useWords()
  const runtime = useRuntime()
  const welcome = useTwin((state) => state.welcome && state.offer === null)
  const context = useTwin((state) => state.context)
  const empty = useTwin((state) => state.models.length === 0)
  const measuring = useTwin((state) => state.tool === 'measure' || state.measures.length > 0)
  return (
    <main className="canvas" aria-label={t(APP.canvas)}>
      {context === 'none' ? (
        <NoScene />
      ) : (
        <SceneGuard fallback={(again) => <Interrupted onRestart={again} />}>
          <Scene />
        </SceneGuard>
      )}
      {context === 'lost' ? <Interrupted onRestart={() => runtime.scene.current?.restart()} /> : null}
      {empty ? <LoadingDemo /> : null}
      <div className="float" style={{ top: 12, left: 12, gap: 12, alignItems: 'flex-start', maxWidth: 'calc(100% - 140px)' }}>
        <ToolStrip />
        <div className="stack through">
          <ToolHint />
          {measuring ? (
            <Suspense fallback={null}>
              <MeasureCard />
            </Suspense>
          ) : null}
          <RestoreOffer />
          {welcome ? <Welcome /> : null}
        </div>
      </div>
      <div className="float" style={{ top: 118, right: 12, flexDirection: 'column', alignItems: 'flex-end' }}>
        <ViewBar />
      </div>
      <Legend />
      <Lanes />
      <Chips />
      <Notices />
    </main>
  )
}

function Scene() {
  const t = useWords()
  const get = useGet()
  const runtime = useRuntime()
  const models = useShownModels()
  const view = useSceneView()
  const clash = useFocus()
  const water = useWater()
  const equipment = useEquipment()
  const selectedEquipment = useTwin((state) => state.selectedEquipment)
  const tool = useTwin((state) => state.tool)
  const language = useTwin((state) => state.language)
  const { drawings, from } = useMeasureDrawings()
  const words = useMemo<SceneWords>(
    () => ({
      scene: t(APP.sceneLabel),
      help: t(APP.sceneHelp),
      section: t(APP.sectionHandle),
      distance: (value) => metres(value, language),
      cube: t(APP.cube),
    }),
    [t, language],
  )
  const handle = useCallback(
    (scene: SceneHandle | null) => {
      runtime.scene.current = scene
    },
    [runtime],
  )
  const pick = useCallback(
    (hit: SceneHit | null, additive: boolean) => {
      const state = get()
      if (hit?.equipment) return state.selectEquipment(hit.equipment)
      if (state.selectedEquipment) state.selectEquipment(null)
      state.select(hit?.ref && !hit.ground ? [hit.ref] : [], additive)
    },
    [get],
  )
  const place = useCallback((placing: PlacingTool, point: Vec3) => put(placing, point, get), [get])
  const [dragged, setDragged] = useState<{ readonly id: string; readonly at: Vec3 } | null>(null)
  const move = useCallback(
    (id: string, at: Vec3, phase: 'move' | 'end' | 'cancel') => {
      setDragged(phase === 'move' ? { id, at } : null)
      const { document, models: open, edit, selectEquipment, tell } = get()
      if (phase !== 'end' || !document) return
      edit(moveTo(id, at[0], at[1], sumpAt(document.present, open, at[0], at[1])))
      selectEquipment(id)
      tell({ tone: 'good', note: { kind: 'placed', id, x: at[0], y: at[1] } })
    },
    [get],
  )
  const shownEquipment = useMemo(
    () => (dragged ? equipment.map((item) => (item.id === dragged.id ? draggedTo(item, dragged.at) : item)) : equipment),
    [equipment, dragged],
  )
  const selectEquipment = useCallback((id: string | null) => get().selectEquipment(id), [get])
  return (
    <div className="scene">
      <Suspense fallback={null}>
        <SiteScene
          ref={handle}
          models={models}
          view={view}
          clash={clash}
          water={water}
          equipment={shownEquipment}
          selectedEquipment={selectedEquipment}
          clock={runtime.clock}
          tool={tool}
          words={words}
          measures={drawings}
          measureFrom={from}
          onMeasure={useCallback((snap) => get().takePoint(snap), [get])}
          onPick={pick}
          onPlace={place}
          onMove={move}
          onSelectEquipment={selectEquipment}
          onSection={useCallback((section) => get().setView({ section }), [get])}
          onSectionBox={useCallback((sectionBox) => get().setView({ sectionBox }), [get])}
          onCut={useCallback((openCuts) => get().setView({ openCuts }), [get])}
          onQuality={useCallback((measuredQuality) => get().setView({ measuredQuality }), [get])}
          onCamera={useCallback((camera) => get().setView({ camera }), [get])}
          onContext={useCallback((state) => get().setView({ context: state === 'restored' ? 'ready' : state }), [get])}
          onDrawn={useCallback(() => get().setView({ drawn: true }), [get])}
        />
      </Suspense>
    </div>
  )
}

/** An item under the hand: its hose goes straight to where it ended. */
function draggedTo(item: Equipment, at: Vec3): Equipment {
  if (item.kind === 'board') return item
  if (item.kind !== 'pump' || !item.hose.length) return { ...item, at }
  const [x, y] = item.hose[item.hose.length - 1]
  return { ...item, at, hose: [at, [x, y, Number.NaN]] }
}

function put(tool: PlacingTool, [x, y, z]: Vec3, get: ReturnType<typeof useGet>) {
  const { document, edit, models, world, setView, selectEquipment, tell } = get()
  if (!document) return
  const written = document.present
  if (tool === 'board') {
    const opening = world.state === 'ready' ? mainOpening(world.value) : undefined
    if (!opening) return
    const id = freshId(written, 'barriers', 'SL')
    edit(addBoard(id, opening.id, `${Math.round((opening.sill + 0.344) * 1000) / 1000} m`))
    selectEquipment(id)
  } else {
    const [list, prefix] = tool === 'pump' ? (['pumps', 'P'] as const) : tool === 'panel' ? (['panels', 'DB'] as const) : (['probes', 'G'] as const)
    const id = freshId(written, list, prefix)
    edit(tool === 'pump' ? addPump(id, x, y, sumpAt(written, models, x, y)) : tool === 'panel' ? addPanel(id, x, y, z) : addProbe(id, x, y))
    selectEquipment(id)
    tell({ tone: 'good', note: { kind: 'placed', id, x, y } })
  }
  setView({ tool: 'select' })
}

/** What is open; while the user's first file comes in, what there is of it. */
function useShownModels(): readonly SiteModel[] {
  const models = useTwin((state) => state.models)
  const arriving = useTwin((state) => state.arriving)
  const isDemo = useTwin((state) => state.isDemo)
  return useMemo(() => {
    if (!arriving) return models
    const others = isDemo ? [] : models
    return [...others, others.some((model) => model.id === arriving.id) ? { ...arriving, id: `${arriving.id} …` } : arriving]
  }, [models, arriving, isDemo])
}

function useSceneView(): SceneView {
  const selected = useTwin((state) => state.selection)
  const hidden = useTwin((state) => state.hidden)
  const isolated = useTwin((state) => state.isolated)
  const ghost = useTwin((state) => state.ghost)
  const colors = useTwin((state) => state.colors)
  const painted = useTwin((state) => state.painting?.colorOf ?? null)
  // One walks on the ground, not over what lies in it.
  const soil = useTwin((state) => (state.tool === 'walk' ? 1 : state.soil))
  const section = useTwin((state) => state.section)
  const sectionBox = useTwin((state) => state.sectionBox)
  const quality = useTwin((state) => state.quality)
  const theme = useTwin((state) => state.theme)
  const motion = useTwin((state) => state.motion)
  return useMemo(
    () => ({
      selected,
      hidden,
      isolated,
      ghosted: ghost && selected.length ? 'others' : [],
      colors,
      painted,
      soil,
      section,
      sectionBox,
      quality,
      theme,
      motion,
    }),
    [selected, hidden, isolated, ghost, colors, painted, soil, section, sectionBox, quality, theme, motion],
  )
}

function useFocus() {
  const focus = useTwin((state) => (state.focus === null ? null : (clashesOf(state).find((candidate) => candidate.id === state.focus) ?? null)))
  const mode = useTwin((state) => state.focusMode)
  return useMemo(() => (focus ? { clash: focus, mode } : null), [focus, mode])
}

function useWater(): WaterView | null {
  const { frames, series, other } = useRuntime()
  const grid = useTwin((state) => (state.world.state === 'ready' ? state.world.value.grid : null))
  const shown = useTwin((state) => state.workspace === 'rehearse' && state.run.phase !== 'none' && state.run.phase !== 'preparing')
  const look = useTwin((state) => state.look)
  const mode = useTwin((state) => (state.fork === null || state.compare === 'one' ? null : state.compare))
  const split = useTwin((state) => state.split)
  return useMemo(() => {
    if (!grid || !shown) return null
    const size = other.frames.around(0)?.before.depth.length
    const compared = mode !== null && size === grid.wet.length ? { frames: other.frames, mode, split } : undefined
    return { grid, frames, look, rainAt: (time: number) => momentAt(series.moments, time)?.rainRate ?? 0, ...(compared ? { other: compared } : {}) }
  }, [grid, shown, look, frames, series, other, mode, split])
}

function useEquipment(): readonly Equipment[] {
  const runtime = useRuntime()
  const written = useTwin((state) => (state.workspace === 'rehearse' ? state.document?.present : undefined))
  const models = useTwin((state) => state.models)
  const world = useTwin((state) => (state.world.state === 'ready' ? state.world.value : null))
  return useMemo(() => (written && models.length ? equipmentOf(written, models, world, runtime) : NO_EQUIPMENT), [written, models, world, runtime])
}

function Interrupted({ onRestart }: { readonly onRestart: () => void }) {
  const t = useWords()
  return (
    <div className="centre" role="alert">
      <strong>{t(APP.contextLost)}</strong>
      <button type="button" className="button primary" onClick={onRestart}>
        {t(APP.restart3d)}
      </button>
    </div>
  )
}
