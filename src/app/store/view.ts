import { type Box, unite } from '@/core/base/geometry'
import type { ElementRef, SiteModel } from '@/core/model'
import type { Language } from '@/messages/language'
import type { WaterLook } from '@/scene/legend'
import type { CameraPose, ColorMode, Quality, SceneTool, SectionPlane } from '@/scene/scene-props'
import type { Slice } from './state.ts'

export type Workspace = 'review' | 'rehearse'
export type Panel = 'models' | 'find' | 'clashes' | 'scenario' | 'variants'

export interface ViewSlice {
  readonly workspace: Workspace
  readonly panel: Panel | null
  readonly inspector: boolean
  readonly charts: boolean
  readonly language: Language
  readonly theme: 'light' | 'dark'
  readonly quality: Quality | 'auto'
  readonly measuredQuality: Quality
  readonly motion: boolean
  readonly tool: SceneTool
  readonly look: WaterLook
  readonly selection: readonly ElementRef[]
  readonly hidden: readonly ElementRef[]
  readonly isolated: readonly ElementRef[] | null
  readonly ghost: boolean
  readonly colors: ColorMode
  readonly soil: number
  readonly section: SectionPlane | null
  readonly sectionBox: Box | null
  /** Bodies that are open where a section cuts them. */
  readonly openCuts: readonly ElementRef[]
  readonly camera: CameraPose | null
  readonly context: 'waiting' | 'ready' | 'lost' | 'none'
  readonly drawn: boolean
  readonly dialog: 'keys' | 'limits' | 'loadReport' | 'stories' | 'matrix' | 'wet' | null
  readonly welcome: boolean
  showWorkspace(workspace: Workspace): void
  togglePanel(panel: Panel): void
  setView(change: Partial<ViewFields>): void
  select(refs: readonly ElementRef[], additive?: boolean): void
  hideSelection(): void
  isolateSelection(): void
  isolate(refs: readonly ElementRef[]): void
  showAll(): void
  /** Puts the section box round what is selected, else round what is open; takes it away where there is one. */
  toggleSectionBox(): void
  setVisibility(hidden: readonly ElementRef[], isolated: readonly ElementRef[] | null): void
  /** Shows or hides many at once (a storey, a discipline, a model). */
  setVisible(refs: readonly ElementRef[], visible: boolean): void
}
export type ViewFields = Pick<
  ViewSlice,
  | 'panel'
  | 'inspector'
  | 'charts'
  | 'language'
  | 'theme'
  | 'quality'
  | 'measuredQuality'
  | 'tool'
  | 'look'
  | 'ghost'
  | 'colors'
  | 'soil'
  | 'section'
  | 'sectionBox'
  | 'openCuts'
  | 'camera'
  | 'context'
  | 'drawn'
  | 'dialog'
  | 'welcome'
>

export const viewSlice: Slice<ViewSlice> = (set, get, { scene }) => ({
  workspace: 'review',
  panel: null,
  inspector: false,
  charts: false,
  language: 'zh-CN',
  theme: 'light',
  quality: 'auto',
  measuredQuality: 'medium',
  motion: true,
  tool: 'select',
  look: 'water',
  selection: [],
  hidden: [],
  isolated: null,
  ghost: false,
  colors: 'material',
  soil: 0.55,
  section: null,
  sectionBox: null,
  openCuts: [],
  camera: null,
  context: 'waiting',
  drawn: false,
  dialog: null,
  welcome: true,
  showWorkspace(workspace) {
    if (get().workspace === workspace) return
    const panel = get().panel
    const other: Panel = workspace === 'review' ? 'clashes' : 'scenario'
    const stays = panel === null || panel === 'models' || panel === 'find' || (panel === 'variants' && workspace === 'rehearse')
    set({ workspace, welcome: false, tool: 'select', panel: stays ? panel : other })
    if (workspace !== 'rehearse' || get().focus === null) return
    // From the contact of a clash no water can be seen.
    get().setFocus(null)
    scene.current?.view('home')
  },
  togglePanel(panel) {
    set({ panel: get().panel === panel ? null : panel, welcome: false })
  },
  setView(change) {
    set(change)
  },
  select(refs, additive = false) {
    const before = get().selection
    if (!additive) {
      if (refs.length || before.length) set({ selection: refs, ...(refs.length ? { inspector: true, welcome: false } : {}) })
      return
    }
    const known = new Set(refs.map(refKey))
    const kept = before.filter((ref) => !known.has(refKey(ref)))
    set({ selection: kept.length < before.length ? kept : [...before, ...refs], inspector: true })
  },
  hideSelection() {
    const { selection, hidden } = get()
    if (selection.length) set({ hidden: [...hidden, ...selection], selection: [] })
  },
  isolateSelection() {
    const { selection } = get()
    if (selection.length) set({ isolated: selection })
  },
  isolate(refs) {
    set({ isolated: refs, hidden: [] })
  },
  showAll() {
    set({ hidden: [], isolated: null })
  },
  toggleSectionBox() {
    const { sectionBox, selection, models } = get()
    if (sectionBox) return set({ sectionBox: null, openCuts: [] })
    const refs = selection.length ? selection : models.flatMap((model) => model.elements.map(({ index }) => ({ model: model.id, index })))
    const boxes = refs.flatMap((ref) => lookUp(models, ref)?.element.bounds ?? [])
    if (boxes.length) set({ sectionBox: grownBy(boxes.reduce(unite), selection.length ? 1 : 0.1) })
  },
  setVisibility(hidden, isolated) {
    set({ hidden, isolated })
  },
  setVisible(refs, visible) {
    const keys = new Set(refs.map(refKey))
    const others = get().hidden.filter((ref) => !keys.has(refKey(ref)))
    set({ hidden: visible ? others : [...others, ...refs] })
  },
})

export function refKey(ref: ElementRef): string {
  return `${ref.model}:${ref.index}`
}

/** The element and its model behind a reference, or null when the model is closed. */
export function lookUp(models: readonly SiteModel[], ref: ElementRef) {
  const model = models.find((candidate) => candidate.id === ref.model)
  const element = model?.elements[ref.index]
  return model && element ? { model, element } : null
}

/** With so much room on every side [m]. */
function grownBy({ min, max }: Box, by: number): Box {
  return { min: [min[0] - by, min[1] - by, min[2] - by], max: [max[0] + by, max[1] + by, max[2] + by] }
}
