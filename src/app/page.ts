import type { Problem } from '@/core/base/problem'
import type { SceneHit } from '@/scene/scene-props'
import type { Twin } from './store/state.ts'

/** What scripts may read of the page: `window.foresite`. The page behaves the same whether or not anyone looks. */
export interface ForesitePage {
  readonly version: string
  readonly state: 'booting' | 'ready' | 'failed'
  readonly language: string
  readonly quality: string
  readonly frames: number
  readonly drawCalls: number
  readonly triangles: number
  readonly models: readonly { readonly id: string; readonly name: string; readonly sha256: string; readonly elements: number; readonly triangles: number }[]
  readonly selection: readonly string[]
  readonly camera: unknown
  readonly clash: { readonly state: string; readonly counts: unknown; readonly focus: string | null; readonly outcomes: unknown; readonly issues: number }
  readonly run: {
    readonly state: string
    readonly time_s: number
    readonly head_s: number
    readonly error_rel: number | null
    readonly resultHash: string | null
    readonly outcomes: readonly unknown[]
    /** Of two lanes: how the shown one came about, and the first moment at which they differ. */
    readonly fork: unknown
  }
  readonly decide: { readonly variants: readonly string[]; readonly running: boolean; readonly records: number }
  readonly saved: { readonly state: string; readonly revision: number }
  readonly problems: readonly Problem[]
  pick(x: number, y: number): { readonly globalId: string | null; readonly equipment: string | null; readonly point: readonly number[] } | null
  screenOf(globalId: string): { readonly x: number; readonly y: number } | null
}
declare global {
  interface Window {
    readonly foresite: ForesitePage
  }
}

export const VERSION = '0.1.0'

/** The canvas in the page: scripts speak of places in the window, as a mouse does. */
function sceneCorner(): { left: number; top: number } {
  return document.querySelector('.scene canvas')?.getBoundingClientRect() ?? { left: 0, top: 0 }
}

export function exposePage({ store, runtime }: Twin): void {
  const get = store.getState
  const globalIdOf = (hit: SceneHit | null) =>
    hit?.ref ? (get().models.find((model) => model.id === hit.ref?.model)?.elements[hit.ref.index]?.globalId ?? null) : null
  const stats = () => runtime.scene.current?.stats()
  const page: ForesitePage = {
    version: VERSION,
    get state() {
      const { demo, drawn, context, models } = get()
      if (models.length && (drawn || context === 'none')) return 'ready'
      return demo.state === 'failed' && !models.length ? 'failed' : 'booting'
    },
    get language() {
      return get().language
    },
    get quality() {
      return get().quality === 'auto' ? get().measuredQuality : get().quality
    },
    get frames() {
      return stats()?.frames ?? 0
    },
    get drawCalls() {
      return stats()?.drawCalls ?? 0
    },
    get triangles() {
      return stats()?.triangles ?? 0
    },
    get models() {
      return get().models.map((model) => ({
        id: model.id,
        name: model.file.name,
        sha256: model.file.sha256,
        elements: model.census.shown + model.census.simplified,
        triangles: model.census.triangles,
      }))
    },
    get selection() {
      const { models, selection } = get()
      return selection.map((ref) => models.find((model) => model.id === ref.model)?.elements[ref.index]?.globalId ?? '')
    },
    get camera() {
      return runtime.scene.current?.camera() ?? null
    },
    get clash() {
      const { clashes, focus, outcomeCounts, review } = get()
      const counts = clashes.state === 'ready' ? clashes.value.counts : null
      return { state: clashes.state, counts, focus, outcomes: outcomeCounts, issues: review.present.issues.size }
    },
    get run() {
      const { run, outcomes, fork } = get()
      return {
        state: run.phase === 'running' && !run.playing ? 'paused' : run.phase,
        time_s: runtime.clock.now(),
        head_s: run.head,
        error_rel: run.balance ? run.balance.errorRelative : null,
        resultHash: run.hash,
        outcomes: outcomes.map(({ volume, returned, displaced, pumped, boundary, verdict }) => ({
          volume_m3: volume,
          returned_m3: returned,
          displaced_m3: displaced,
          pumped_m3: pumped,
          boundary_m3: boundary,
          verdict: verdict.kind,
        })),
        fork: fork && {
          at_s: fork.at,
          from_s: fork.from,
          steps: fork.steps,
          resultHash: fork.hash,
          parentHash: fork.parentHash,
          firstDifference_s: fork.firstDifference,
        },
      }
    },
    get decide() {
      const { variants, queue, records } = get()
      return { variants: variants.map(({ id }) => id), running: queue.running, records: Object.keys(records).length }
    },
    get saved() {
      const { saved, reviewSaved } = get()
      return saved.state === 'saved' ? { ...saved, state: reviewSaved } : saved
    },
    get problems() {
      return [...get().problems, ...get().notices.flatMap((notice) => notice.problems)]
    },
    pick(x, y) {
      const { left, top } = sceneCorner()
      const hit = runtime.scene.current?.pick(x - left, y - top) ?? null
      return hit ? { globalId: globalIdOf(hit), equipment: hit.equipment, point: hit.point } : null
    },
    screenOf(globalId) {
      const { left, top } = sceneCorner()
      const at = runtime.scene.current?.screenOf(globalId)
      return at ? { x: at.x + left, y: at.y + top } : null
    },
  }
  Object.defineProperty(window, 'foresite', { value: Object.freeze(page), writable: false, configurable: false })
  markWhenDrawn({ store, runtime })
}

/** `foresite:painted` after the shell's first frame, `foresite:interactive` when the demonstration site is drawn and a pick would answer. */
function markWhenDrawn({ store }: Twin) {
  requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('foresite:painted')))
  const stop = store.subscribe((state) => {
    if (!state.models.length || !(state.drawn || state.context === 'none')) return
    stop()
    performance.mark('foresite:interactive')
  })
}
