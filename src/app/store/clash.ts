import { type Clash, type ClashKind, type ClashReport, DEFAULT_RULES } from '@/core/clash'
import { clashesOf } from './clashes-of.ts'
import { reviewList } from './review-rows.ts'
import type { Slice } from './state.ts'
import { IDLE, runTask, type Task } from './task.ts'

export interface ClashSlice {
  readonly clashes: Task<ClashReport>
  /** The report belongs to models that are no longer the open ones. */
  readonly clashesStale: boolean
  /** Found so far, while it runs. */
  readonly found: readonly Clash[]
  /** Id of the clash in focus. */
  readonly focus: string | null
  readonly focusMode: 'ghost' | 'highlight' | 'isolate'
  /** Kinds that the list shows. */
  readonly kinds: readonly ClashKind[]
  findClashes(): Promise<void>
  /** `fly`: to where it can be seen (by default). */
  setFocus(id: string | null, fly?: boolean): void
  nextClash(by: 1 | -1): void
  setFocusMode(mode: ClashSlice['focusMode']): void
  toggleKind(kind: ClashKind): void
}

export const clashSlice: Slice<ClashSlice> = (set, get, { jobs, scene }) => ({
  clashes: IDLE,
  clashesStale: false,
  found: [],
  focus: null,
  focusMode: 'ghost',
  kinds: ['hard', 'clearance', 'duplicate', 'surface'],
  async findClashes() {
    const before = get().clashes
    if (before.state === 'running' || get().models.length === 0) return
    set({ found: [], focus: null })
    const report = await runTask<ClashReport>(
      async (signal, tell) => {
        const input = { models: get().models, rules: DEFAULT_RULES, scope: 'rules', tolerance: null, clearance: null, segments: 48 } as const
        const work = jobs.findClashes(input, signal)
        let told = 0
        const found: Clash[] = []
        for (;;) {
          const step = await work.next(undefined)
          if (step.done) return step.value
          if (step.value.kind === 'progress') tell(step.value)
          else found.push(step.value.clash)
          if (found.length > get().found.length && performance.now() - told > 200) {
            told = performance.now()
            set({ found: [...found] })
          }
        }
      },
      (clashes) => set({ clashes: clashes.state === 'idle' && before.state === 'ready' ? before : clashes }),
    )
    if (!report) return
    set({ found: [], clashesStale: false })
    get().trackReport(report)
    const listed = reviewList(get()).clashes[0]
    const first = report.clashes.includes(listed) ? listed : report.clashes.find(({ kind }) => get().kinds.includes(kind))
    if (first) get().setFocus(first.id)
  },
  setFocus(id, fly = true) {
    const clash = id === null ? null : (clashesOf(get()).find((candidate) => candidate.id === id) ?? null)
    set({ focus: clash?.id ?? null, ...(clash ? { selection: [], inspector: true, topic: null } : {}) })
    if (clash && fly) scene.current?.flyTo(clash.contact)
  },
  nextClash(by) {
    const shown = reviewList(get()).clashes
    if (!shown.length) return
    const now = shown.findIndex((clash) => clash.id === get().focus)
    const next = now < 0 ? (by > 0 ? 0 : shown.length - 1) : (now + by + shown.length) % shown.length
    get().setFocus(shown[next].id)
  },
  setFocusMode(focusMode) {
    set({ focusMode })
  },
  toggleKind(kind) {
    const { kinds } = get()
    set({ kinds: kinds.includes(kind) ? kinds.filter((candidate) => candidate !== kind) : [...kinds, kind] })
  },
})
