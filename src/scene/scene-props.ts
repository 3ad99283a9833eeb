import type { Box, Vec3 } from '@/core/base/geometry'
import type { Clash } from '@/core/clash'
import type { ElementRef, SiteModel } from '@/core/model'
import type { SiteGrid } from '@/core/site'
import type { WaterLook } from './legend.ts'
import type { PaintedColors } from './property-colors.ts'

/**
 * What the 3D scene is told and what it tells. All coordinates are in the project frame: metres, Z up. Compare by identity: a prop that did
 * not change must be the same object, for the scene redraws only what changed and draws no frame while nothing does.
 */
export interface SiteSceneProps {
  /**
   * Shown in this order. A model that grows while it loads is a new object with the same `id`; elements that keep their `parts` array are
   * not built again, so that batches add to what is drawn.
   */
  readonly models: readonly SiteModel[]
  readonly view: SceneView
  /** The clash in focus, or null. */
  readonly clash: ClashFocus | null
  /** The water to draw, or null. */
  readonly water: WaterView | null
  /** What the scenario puts on the site. */
  readonly equipment: readonly Equipment[]
  readonly selectedEquipment: string | null
  readonly clock: SceneClock
  readonly tool: SceneTool
  /** Measures drawn over the picture. */
  readonly measures: readonly MeasureDrawing[]
  /** The point a measure goes on from: a line follows the pointer from there. */
  readonly measureFrom: Vec3 | null
  readonly words: SceneWords

  /** A click (not a drag) with the select tool; null = nothing there. `additive` with Ctrl, Cmd or Shift. */
  readonly onPick?: (hit: SceneHit | null, additive: boolean) => void
  /** Double click: the scene has already framed the object and set the pivot. */
  readonly onOpen?: (hit: SceneHit) => void
  /** The right button without a drag; screen position in CSS px of the canvas. */
  readonly onContextMenu?: (hit: SceneHit | null, at: ScreenPoint) => void
  /** What the pointer rests on (select tool), at most once a frame; null on leaving. */
  readonly onHover?: (hit: SceneHit | null, at: ScreenPoint) => void
  /** A click with a placing tool, on the ground. */
  readonly onPlace?: (tool: PlacingTool, point: Vec3) => void
  /** An equipment item is dragged over the ground: every frame with 'move', once with 'end'; 'cancel' on Esc. */
  readonly onMove?: (id: string, at: Vec3, phase: 'move' | 'end' | 'cancel') => void
  readonly onSelectEquipment?: (id: string | null) => void
  /** A click with the measuring tool, on the corner, edge or face that the pointer snapped to. */
  readonly onMeasure?: (snap: SnapPoint) => void
  /** The section plane was dragged with its handle. */
  readonly onSection?: (section: SectionPlane) => void
  readonly onSectionBox?: (box: Box) => void
  /** The cut is drawn: bodies that are open there show lines instead of a filled face. */
  readonly onCut?: (open: readonly ElementRef[]) => void
  /** The measured level while `quality` is 'auto'. */
  readonly onQuality?: (quality: Quality) => void
  /** The user moved the camera, and it came to rest: for saved state. */
  readonly onCamera?: (camera: CameraPose) => void
  /** 'none': no WebGL2, nothing will be drawn. 'lost' and 'restored' may come many times. */
  readonly onContext?: (state: 'ready' | 'lost' | 'restored' | 'none') => void
  /** After the first frame that shows the models, and a pick would answer. */
  readonly onDrawn?: () => void
}

export interface SceneView {
  readonly selected: readonly ElementRef[]
  readonly hidden: readonly ElementRef[]
  /** Only these are shown; null = all. */
  readonly isolated: readonly ElementRef[] | null
  /** Drawn as a faint shell, never picked. 'others' = all that is not selected. */
  readonly ghosted: readonly ElementRef[] | 'others'
  readonly colors: ColorMode
  /** Colours of the mode 'property'. */
  readonly painted: PaintedColors | null
  /** How much the ground hides, 0 (gone) … 1 (opaque). */
  readonly soil: number
  readonly section: SectionPlane | null
  /** Only what is inside is shown. */
  readonly sectionBox: Box | null
  readonly quality: Quality | 'auto'
  readonly theme: 'light' | 'dark'
  /** false: no camera flights, ripples, drift or moving dashes (`prefers-reduced-motion`, `?motion=off`). */
  readonly motion: boolean
}
export type ColorMode = 'material' | 'system' | 'storey' | 'discipline' | 'property'
export type Quality = 'low' | 'medium' | 'high'
/** Shown is the side that `normal` points away from: a point p is cut off where normal · p > offset. `normal` has length 1. */
export interface SectionPlane {
  readonly normal: Vec3
  readonly offset: number
}

export interface ClashFocus {
  readonly clash: Clash
  /** How the rest of the site is shown. */
  readonly mode: 'ghost' | 'highlight' | 'isolate'
}

export interface WaterView {
  readonly grid: SiteGrid
  readonly frames: FrameSource
  readonly look: WaterLook
  /** For ripples where it rains, and the rain itself [m/s]; read every frame. */
  readonly rainAt?: (time: number) => number
  /** Another run of the same grid, seen beside this one. */
  readonly other?: WaterComparison
}
/** `swipe`: the other run left of `split`, this one right of it. `difference`: depth of this run less that of the other. */
export interface WaterComparison {
  readonly frames: FrameSource
  readonly mode: 'swipe' | 'difference'
  /** Share of the picture's width. */
  readonly split: number
}
/** Frames by time; read in the frame loop. `frame-store.ts` has one ready to use. */
export interface FrameSource {
  /** The kept frames round a moment, `mix` of the way from the one to the other; null when there is none yet. */
  around(time: number): FramePair | null
  /** Called when frames come or go, so that an idle scene draws again. Returns its undoing. */
  subscribe(listener: () => void): () => void
}
export interface FramePair {
  readonly before: WaterFrame
  readonly after: WaterFrame
  readonly mix: number
}
/** As `FloodFrame`: per cell depth [m] and velocity [m/s]. */
export interface WaterFrame {
  readonly time: number
  readonly depth: Float32Array
  readonly u: Float32Array
  readonly v: Float32Array
}

/** The rehearsal's clock lives outside React. */
export interface SceneClock {
  /** Scenario time [s]. */
  now(): number
  playing(): boolean
  /** Called when the time jumps or play starts or stops (not for every tick of play). */
  subscribe(listener: () => void): () => void
}

/** `at` is where its icon stands; z on the ground unless it stands in a sump. */
export type Equipment =
  | {
      readonly kind: 'pump'
      readonly id: string
      readonly label: string
      readonly at: Vec3
      /** From the pump to its discharge point; drawn on the ground where z is NaN. */
      readonly hose: readonly Vec3[]
      /** Read every frame; null before the first moment. */
      readonly live: (() => PumpLook | null) | null
      readonly movable: boolean
    }
  | {
      readonly kind: 'panel'
      readonly id: string
      readonly label: string
      readonly at: Vec3
      readonly live: (() => PanelLook | null) | null
      readonly movable: boolean
    }
  | {
      readonly kind: 'board'
      readonly id: string
      readonly label: string
      /** Left and right end at the sill. */
      readonly from: Vec3
      readonly to: Vec3
      readonly crest: number /* m */
      /** From then on it stands [s]; before, it is drawn as an outline. */
      readonly since: number
      readonly movable: false
    }
  | {
      readonly kind: 'probe'
      readonly id: string
      readonly label: string
      readonly at: Vec3
      readonly live: (() => { readonly depth: number } | null) | null
      readonly movable: boolean
    }
  | {
      readonly kind: 'node'
      readonly id: string
      readonly label: string
      readonly at: Vec3
      readonly live: (() => { readonly surcharged: boolean } | null) | null
      readonly movable: boolean
    }
export interface PumpLook {
  readonly state: 'off' | 'on' | 'failed' | 'no-power' | 'tripped'
  /** What it pumps comes back (its node surcharges): its hose turns red. */
  readonly recirculates: boolean
}
export interface PanelLook {
  readonly state: 'live' | 'tripped' | 'no-power'
}

export type PlacingTool = 'pump' | 'panel' | 'board' | 'probe'
export type SceneTool = 'select' | 'section' | 'measure' | 'walk' | PlacingTool

export interface SnapPoint {
  readonly kind: 'vertex' | 'edge' | 'face'
  readonly point: Vec3
  readonly ref: ElementRef
}
export interface MeasureDrawing {
  readonly id: string
  readonly lines: readonly (readonly Vec3[])[]
  readonly points: readonly Vec3[]
  readonly labels: readonly { readonly at: Vec3; readonly text: string }[]
  readonly filled: boolean
  readonly active: boolean
}

export interface SceneHit {
  readonly ref: ElementRef | null
  readonly equipment: string | null
  readonly point: Vec3
  /** Outward, length 1. */
  readonly normal: Vec3
  /** The element is the ground. */
  readonly ground: boolean
}
export interface ScreenPoint {
  readonly x: number
  readonly y: number
}
export interface CameraPose {
  readonly position: Vec3
  /** What it looks at and orbits around. */
  readonly target: Vec3
}
export type NamedView = 'home' | 'top' | 'bottom' | 'front' | 'back' | 'left' | 'right'

/** Words the scene draws itself, in the language of the moment. */
export interface SceneWords {
  /** For screen readers: what this is and how to move in it. */
  readonly scene: string
  readonly help: string
  /** A grip of the section plane or box. */
  readonly section: string
  /** A length [m] as it is shown while one measures. */
  readonly distance: (metres: number) => string
  /** Faces of the view cube: six words. */
  readonly cube: { readonly [face in 'top' | 'bottom' | 'front' | 'back' | 'left' | 'right']: string }
}

/** Commands for the scene: `ref` of `SiteScene`. Distances and boxes in the project frame. */
export interface SceneHandle {
  fit(what: Box | readonly ElementRef[] | 'all' | 'selection'): void
  view(name: NamedView): void
  /** To a clash or any small place, from a side where it can be seen. */
  flyTo(box: Box): void
  orbit(yaw: number, pitch: number): void
  pan(right: number, up: number): void
  /** Over 1 = nearer. */
  zoom(factor: number): void
  camera(): CameraPose
  setCamera(pose: CameraPose, animate?: boolean): void
  /** CSS px of the canvas → what is drawn there. */
  pick(x: number, y: number): SceneHit | null
  /** Ground (or what one stands on) under a point in plan; null outside. */
  groundAt(x: number, y: number): number | null
  /** Where a visible point of the element is drawn, CSS px of the canvas; null when out of view or hidden. */
  screenOf(globalId: string): ScreenPoint | null
  project(point: Vec3): ScreenPoint | null
  stats(): SceneStats
  /** The picture as a PNG data URL. */
  snapshot(): string
  /** Ask the browser for the context again after a loss. */
  restart(): void
}
export interface SceneStats {
  /** Drawn since the start. */
  readonly frames: number
  readonly drawCalls: number
  readonly triangles: number
  readonly quality: Quality
  /** Last frames, middle value [ms]. */
  readonly frameTime: number
}
