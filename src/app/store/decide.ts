import { hashOf } from '@/core/base/hash'
import type { Problem } from '@/core/base/problem'
import { type Case, differences, type JsonObject, type Named, type Plan, type RunRecord } from '@/core/decide'
import type { FloodWorld, FloodWritten } from '@/scenarios/flood/types'
import { keptRuns } from './kept-runs.ts'
import { download, STORIES } from './scenario.ts'
import type { GetState, Runtime, SetState, Slice } from './state.ts'
import { problemsOf } from './task.ts'

/** Variants of a rehearsal, the runs that compare them, and what came of those. The first variant is the baseline. */
export interface DecideSlice {
  readonly variants: readonly Variant[]
  readonly ladder: boolean
  readonly failures: boolean
  /** Edge of the cells for all runs, or null: as each scenario says. */
  readonly runCell: string | null
  /** Finished runs by their key. */
  readonly records: Readonly<Record<string, RunRecord>>
  readonly queue: Queue
  keepVariant(): void
  addStories(): Promise<void>
  removeVariant(id: string): void
  makeBaseline(id: string): void
  openVariant(id: string): Promise<void>
  setDecide(change: Partial<Pick<DecideSlice, 'ladder' | 'failures' | 'runCell'>>): void
  /** All runs of the present choice, with the key that their result is kept under. */
  cases(): Promise<readonly KeyedCase[]>
  runCases(): Promise<void>
  cancelRuns(): void
  savePlan(): void
  /** The report of the reference runs of all variants that have one, or of the run that is shown where there are none. */
  saveReport(format: 'html' | 'docx'): Promise<void>
  openPlan(plan: unknown): Promise<void>
}
export interface Variant {
  readonly id: string
  readonly title: FloodWritten['title']
  readonly written: FloodWritten
}
export interface KeyedCase extends Omit<Case, 'written'> {
  readonly written: FloodWritten
  readonly key: string
  readonly conditionTitle: Named['title'] | null
  readonly failureTitle: Named['title'] | null
}
export interface Queue {
  readonly running: boolean
  readonly done: number
  readonly total: number
  /** Runs done, and the parts of those under way. */
  readonly share: number
  readonly problems: readonly { readonly name: string; readonly problems: readonly Problem[] }[]
}
const IDLE_QUEUE: Queue = { running: false, done: 0, total: 0, share: 0, problems: [] }

export const decideSlice: Slice<DecideSlice> = (set, get, runtime) => {
  const store = keptRuns()
  let controller: AbortController | null = null
  return {
    variants: [],
    ladder: false,
    failures: false,
    runCell: null,
    records: {},
    queue: IDLE_QUEUE,
    keepVariant() {
      const written = get().document?.present
      if (written) add(set, get, written.title, written)
    },
    async addStories() {
      for (const story of STORIES.slice(0, 4)) {
        const response = await fetch(`./demo/${story}.json`)
        if (!response.ok) continue
        const written = (await response.json()) as FloodWritten
        add(set, get, written.title, written)
      }
    },
    removeVariant(id) {
      set({ variants: get().variants.filter((variant) => variant.id !== id) })
    },
    makeBaseline(id) {
      const { variants } = get()
      set({ variants: [...variants.filter((variant) => variant.id === id), ...variants.filter((variant) => variant.id !== id)] })
    },
    async openVariant(id) {
      const variant = get().variants.find((candidate) => candidate.id === id)
      if (variant) await get().openWritten({ ...variant.written, title: variant.title }, null)
    },
    setDecide(change) {
      set(change)
    },
    async cases() {
      const { spread } = await import('./decide-cases.ts')
      return spread(get())
    },
    async runCases() {
      if (get().queue.running || get().models.length === 0) return
      const mine = new AbortController()
      controller = mine
      set({ queue: { ...IDLE_QUEUE, running: true } })
      try {
        await runAll(await get().cases(), mine.signal, store, set, get, runtime)
      } catch (error) {
        if (!mine.signal.aborted) set({ queue: { ...get().queue, problems: [...get().queue.problems, { name: '', problems: problemsOf(error) }] } })
      } finally {
        set({ queue: { ...get().queue, running: false } })
      }
    },
    cancelRuns() {
      controller?.abort()
    },
    savePlan() {
      const { variants, ladder, failures, runCell } = get()
      const [base] = variants
      if (!base) return
      const plan: Plan = {
        version: 1,
        title: base.title,
        base: base.written as unknown as JsonObject,
        ...(runCell ? { common: [{ path: 'cell', to: runCell }] } : {}),
        variants: variants.map(({ id, title, written }) => ({
          id,
          title,
          changes: differences(base.written as unknown as JsonObject, written as unknown as JsonObject),
        })),
        ...(ladder || failures ? { fill: [...(ladder ? (['conditions'] as const) : []), ...(failures ? (['failures'] as const) : [])] } : {}),
      }
      download('plan.json', `${JSON.stringify(plan, null, 2)}\n`)
      get().tell({ tone: 'good', note: { kind: 'saved', name: 'plan.json' } })
    },
    async saveReport(format) {
      const { makeReport } = await import('./decide-report.ts')
      const made = await makeReport(get, runtime)
      if (!made) return
      const { toDocx, toHtml } = await import('@/core/report')
      const name = `${get().language === 'en' ? 'rehearsal-report' : '预演报告'}.${format}`
      if (format === 'html') download(name, toHtml(made), 'text/html')
      else download(name, toDocx(made), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document')
      get().tell({ tone: 'good', note: { kind: 'saved', name } })
    },
    async openPlan(json) {
      const { readVariants } = await import('./decide-cases.ts')
      set({ ...readVariants(json), queue: IDLE_QUEUE })
      set({ panel: 'variants' })
    },
  }
}

function add(set: SetState, get: GetState, title: FloodWritten['title'], written: FloodWritten): void {
  const { variants } = get()
  const used = new Set(variants.map(({ id }) => id))
  let n = variants.length
  const name = () => (n < 26 ? String.fromCharCode(65 + n) : `V${n + 1}`)
  while (used.has(name())) n++
  set({ variants: [...variants, { id: name(), title, written }] })
}

/** The cases that have no result yet, several at a time; what is finished stays, whatever becomes of the rest. */
async function runAll(
  cases: readonly KeyedCase[],
  signal: AbortSignal,
  store: ReturnType<typeof keptRuns>,
  set: SetState,
  get: GetState,
  runtime: Runtime,
): Promise<void> {
  const keys = [...new Set(cases.map(({ key }) => key))]
  for (const key of keys) {
    if (get().records[key]) continue
    const kept = await store.read(key)
    if (kept) set({ records: { ...get().records, [key]: kept } })
  }
  const waiting = keys.filter((key) => !get().records[key]).map((key) => cases.find((candidate) => candidate.key === key) as KeyedCase)
  const parts = new Map<string, number>()
  let told = 0
  const tell = (now = false) => {
    if (!now && performance.now() - told < 200) return
    told = performance.now()
    const done = keys.filter((key) => get().records[key]).length
    const under = [...parts.values()].reduce((sum, part) => sum + part, 0)
    set({ queue: { ...get().queue, running: true, done, total: keys.length, share: (done + under) / Math.max(1, keys.length) } })
  }
  tell(true)
  const worldOf = worlds(get, runtime, signal)
  const models = get().models.map(({ file: { name, sha256 } }) => ({ path: name, sha256 }))
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      signal.throwIfAborted()
      try {
        const world = await worldOf(next.written)
        const run = runtime.jobs.runCase({ kind: 'flood', written: next.written, world, models, kernel: 'cpu' }, signal)
        for (;;) {
          const step = await run.next(undefined)
          if (step.done) {
            parts.delete(next.key)
            set({ records: { ...get().records, [step.value.key]: step.value } })
            await store.write(step.value)
            tell(true)
            break
          }
          parts.set(next.key, step.value.done / step.value.total)
          tell()
        }
      } catch (error) {
        parts.delete(next.key)
        if (signal.aborted) return
        const name = [next.variant, next.condition, next.failure].filter(Boolean).join(' / ')
        set({ queue: { ...get().queue, problems: [...get().queue.problems, { name, problems: problemsOf(error) }] } })
      }
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, Math.min(6, (navigator.hardwareConcurrency || 2) - 1)) }, work))
  if (!signal.aborted) tell(true)
}

/** Worlds by their ground; the one of the open scenario is taken where it fits. */
function worlds(get: GetState, { jobs }: Runtime, signal: AbortSignal) {
  const made = new Map<string, Promise<FloodWorld>>()
  return async (written: FloodWritten): Promise<FloodWorld> => {
    const { kinds } = await import('@/scenarios')
    const parsed = kinds.flood.parse(written)
    if (!parsed.ok) throw { problems: parsed.problems }
    const key = hashOf(kinds.flood.ground(parsed.value))
    const known = made.get(key)
    if (known) return known
    const make = async () => {
      const { scenario, world, models } = get()
      if (scenario && world.state === 'ready' && hashOf(kinds.flood.ground(scenario)) === key) return world.value
      const work = jobs.prepareFlood({ scenario: parsed.value, models }, signal)
      for (;;) {
        const step = await work.next(undefined)
        if (!step.done) continue
        if (!step.value.ok) throw { problems: step.value.problems }
        return step.value.value
      }
    }
    const world = make()
    made.set(key, world)
    return world
  }
}
