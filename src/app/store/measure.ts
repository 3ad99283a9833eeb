import type { Vec3 } from '@/core/base/geometry'
import { length, sub } from '@/core/base/geometry'
import { type ClashInput, DEFAULT_RULES } from '@/core/clash'
import type { Element, ElementRef, SiteModel } from '@/core/model'
import type { SnapPoint } from '@/scene/scene-props'
import type { Runtime, Slice } from './state.ts'
import { IDLE, runTask, type Task } from './task.ts'
import { lookUp, refKey } from './view.ts'

export type MeasureKind = 'distance' | 'angle' | 'area' | 'gap' | 'point'
/** What was measured, in the project frame [m]. */
export type Measure =
  | { readonly id: string; readonly kind: 'distance' | 'angle' | 'area' | 'point'; readonly points: readonly Vec3[]; readonly model: string }
  | { readonly id: string; readonly kind: 'gap'; readonly a: ElementRef; readonly b: ElementRef; readonly gap: Gap }
/** `meet`: they touch or overlap, `depth` deep. `none`: one of the two has no body that can be compared. */
export type Gap =
  | { readonly kind: 'apart'; readonly distance: number; readonly points: readonly [Vec3, Vec3] }
  | { readonly kind: 'meet'; readonly depth: number | null; readonly points: readonly [Vec3, Vec3]; readonly estimated: boolean }
  | { readonly kind: 'none' }

export interface MeasureSlice {
  readonly measureKind: MeasureKind
  /** Taken so far of the measure in hand. */
  readonly stroke: readonly SnapPoint[]
  readonly measures: readonly Measure[]
  readonly gap: Task<Gap>
  setMeasureKind(kind: MeasureKind): void
  takePoint(snap: SnapPoint): void
  /** Closes an area. */
  finishMeasure(): void
  dropPoint(): void
  measureGap(a: ElementRef, b: ElementRef): Promise<void>
  forgetMeasure(id: string): void
  forgetMeasures(): void
}

const WANTED = { distance: 2, angle: 3, area: Infinity, gap: 2, point: 1 } as const
let last = 0

export const measureSlice: Slice<MeasureSlice> = (set, get, runtime) => {
  const finish = (kind: 'distance' | 'angle' | 'area' | 'point', stroke: readonly SnapPoint[]) =>
    set({
      stroke: [],
      measures: [...get().measures, { id: `m${++last}`, kind, points: stroke.map(({ point }) => point), model: stroke[stroke.length - 1].ref.model }],
    })
  return {
    measureKind: 'distance',
    stroke: [],
    measures: [],
    gap: IDLE,
    setMeasureKind(measureKind) {
      set({ measureKind, stroke: [] })
    },
    takePoint(snap) {
      const { stroke, measureKind } = get()
      const same = (other: SnapPoint | undefined) => other !== undefined && length(sub(other.point, snap.point)) < 1e-6
      if (measureKind === 'gap') {
        if (stroke.some(({ ref }) => refKey(ref) === refKey(snap.ref))) return
      } else {
        if (measureKind === 'area' && stroke.length > 2 && same(stroke[0])) return get().finishMeasure()
        if (same(stroke.at(-1))) return
      }
      const next = [...stroke, snap]
      // The elements whose gap is asked for are lit, so that one sees what was taken.
      set({ stroke: next, ...(measureKind === 'gap' ? { selection: next.map(({ ref }) => ref) } : {}) })
      if (next.length < WANTED[measureKind]) return
      if (measureKind === 'gap') void get().measureGap(next[0].ref, next[1].ref)
      else finish(measureKind, next)
    },
    finishMeasure() {
      const { stroke, measureKind } = get()
      if (measureKind === 'area' && stroke.length > 2) finish('area', stroke)
    },
    dropPoint() {
      set({ stroke: get().stroke.slice(0, -1) })
    },
    async measureGap(a, b) {
      set({ stroke: [] })
      const { models } = get()
      const gap = await runTask(
        (signal) => closest(runtime, models, a, b, signal),
        (task) => set({ gap: task }),
      )
      if (gap && get().models === models) set({ measures: [...get().measures, { id: `m${++last}`, kind: 'gap', a, b, gap }] })
    },
    forgetMeasure(id) {
      set({ measures: get().measures.filter((one) => one.id !== id) })
    },
    forgetMeasures() {
      set({ measures: [], stroke: [] })
    },
  }
}

/** Facets of a full circle in the bodies compared: the error of a round surface is below 4e-5 of its radius. */
const SEGMENTS = 360

/** The least distance of two elements by the exact comparison of the clash search, on a thread of its own. Hollows stay as modelled. */
async function closest({ jobs }: Runtime, models: readonly SiteModel[], a: ElementRef, b: ElementRef, signal: AbortSignal): Promise<Gap> {
  const [one, two] = [lookUp(models, a), lookUp(models, b)]
  const [p, q] = [one?.element.bounds, two?.element.bounds]
  if (!one || !two || !p || !q) return { kind: 'none' }
  // No two points of them are farther apart than this.
  const reach = 1 + Math.hypot(...[0, 1, 2].map((k) => Math.max(p.max[k], q.max[k]) - Math.min(p.min[k], q.min[k])))
  const input: ClashInput = {
    models: one.model === two.model ? [alone(one.model, [one.element, two.element])] : [alone(one.model, [one.element]), alone(two.model, [two.element])],
    rules: { ...DEFAULT_RULES, hollow: 'modelled' },
    scope: 'self',
    tolerance: 0,
    clearance: reach,
    segments: SEGMENTS,
  }
  const work = jobs.findClashes(input, signal)
  for (;;) {
    const step = await work.next(undefined)
    if (!step.done) continue
    const [found] = step.value.clashes
    if (!found) return { kind: 'none' }
    if (found.kind === 'clearance' && found.gap) return { kind: 'apart', distance: found.gap, points: found.points }
    return { kind: 'meet', depth: found.depth, points: found.points, estimated: found.marks.includes('estimated') }
  }
}

/** The model with these elements only, so that little crosses to the other thread. */
function alone(model: SiteModel, elements: readonly Element[]): SiteModel {
  const used = [...new Set(elements.flatMap(({ parts }) => parts.map(({ shape }) => shape)))]
  return {
    ...model,
    elements: elements.map((element, index) => ({
      ...element,
      index,
      host: -1,
      fills: -1,
      parts: element.parts.map((part) => ({ ...part, shape: used.indexOf(part.shape) })),
    })),
    shapes: used.map((shape) => model.shapes[shape]),
    joints: [],
    tree: { ...model.tree, children: [], elements: [] },
    findings: [],
  }
}
