import { problem } from '@/core/base/problem'
import type { ClashReport } from '@/core/clash'
import {
  applyOp,
  EMPTY_REVIEW,
  type GoneClash,
  type Issue,
  type Outcome,
  type Review,
  type ReviewOp,
  type RunTrace,
  runOp,
  type Topic,
  traceRun,
  trackRun,
  type Viewpoint,
} from '@/core/review'
import { begin, type History, record, redo, undo } from './history.ts'
import { appendLog, type LogEntry, readReview, writeBase } from './review-file.ts'
import type { GetState, SetState, Slice } from './state.ts'
import { IDLE, runTask, type Task } from './task.ts'

/** What people say of clashes and topics, kept over runs and sessions. */
export interface ReviewSlice {
  /** Since the last run or import; a run cannot be taken back, what people do can. */
  readonly review: History<Review>
  readonly reviewSaved: 'saved' | 'unsaved' | 'failed'
  /** The last run, as the next one will be compared with it. */
  readonly lastRun: RunTrace | null
  /** Keys of the clashes of the report that is shown, by their id in it. */
  readonly keys: ReadonlyMap<string, string>
  readonly clashOutcomes: ReadonlyMap<string, Outcome>
  readonly outcomeCounts: Readonly<Record<Outcome, number>> | null
  readonly gone: readonly GoneClash[]
  readonly filter: ReviewFilter
  /** Counts long lists that were made in the background. */
  readonly lists: number
  readonly collapsed: ReadonlySet<string>
  /** Keys that a change in the bar is for. */
  readonly chosen: ReadonlySet<string>
  /** Key of the topic in hand: one that no clash of the report stands for. */
  readonly topic: string | null
  readonly reviewer: string
  readonly importing: Task<number>
  readonly exporting: { readonly done: number; readonly total: number } | null
  trackReport(report: ClashReport): void
  changeIssues(keys: readonly string[], patch: Extract<ReviewOp, { op: 'change' }>['patch']): void
  comment(keys: readonly string[], text: string, viewpoint: Viewpoint | null): void
  keepView(key: string, viewpoint: Viewpoint): void
  importBcf(file: File): Promise<void>
  undoReview(): void
  redoReview(): void
  setFilter(change: Partial<ReviewFilter>): void
  toggleGroup(id: string): void
  choose(keys: readonly string[], chosen: boolean): void
  setTopic(key: string | null): void
  setReviewer(name: string): void
  restoreReview(): Promise<void>
}
export interface ReviewFilter {
  readonly text: string
  readonly status: Issue['status'] | ''
  readonly outcome: Outcome | ''
  readonly groupBy: GroupBy
}
export type GroupBy = 'pair' | 'status' | 'assignee' | 'model' | 'none'
export const NO_FILTER: ReviewFilter = { text: '', status: '', outcome: '', groupBy: 'pair' }

/** Changes that are made in one task. */
const BATCH = 4000
const NONE = new Set<string>()
const NAME = 'foresite:reviewer'

export const reviewSlice: Slice<ReviewSlice> = (set, get, { jobs }) => {
  const disk = createDisk(set, get)
  const now = () => new Date().toISOString()
  const apply = (op: ReviewOp, merge = false) => {
    const { review } = get()
    set({ review: record(review, applyOp(review.present, op), merge) })
    disk.append(merge ? { ...op, merge } : op)
  }
  return {
    review: begin(EMPTY_REVIEW),
    reviewSaved: 'saved',
    lastRun: null,
    keys: new Map(),
    clashOutcomes: new Map(),
    outcomeCounts: null,
    gone: [],
    filter: NO_FILTER,
    lists: 0,
    collapsed: NONE,
    chosen: NONE,
    topic: null,
    reviewer: remembered(),
    importing: IDLE,
    exporting: null,
    trackReport(report) {
      const { models, lastRun, review } = get()
      const tracked = trackRun(lastRun, traceRun(report, models, now()))
      const joined = joinTopics(review.present, tracked.run)
      set({
        lastRun: tracked.run,
        review: begin(applyOp(joined, runOp(tracked))),
        keys: new Map(tracked.run.clashes.map(({ id, key }) => [id, key])),
        clashOutcomes: tracked.outcomes,
        outcomeCounts: lastRun ? tracked.counts : null,
        gone: tracked.run.gone,
        chosen: NONE,
        topic: null,
      })
      disk.rebase()
    },
    changeIssues(keys, patch) {
      const [at, by] = [now(), get().reviewer]
      // Thousands at once are one step of undo, but not one task of the page.
      const from = (start: number) => {
        apply({ op: 'change', keys: keys.slice(start, start + BATCH), patch, at, by }, start > 0)
        if (start + BATCH < keys.length) setTimeout(() => from(start + BATCH))
      }
      if (keys.length) from(0)
    },
    comment(keys, text, viewpoint) {
      if (keys.length && text.trim()) apply({ op: 'comment', keys, text: text.trim(), viewpoint, at: now(), by: get().reviewer })
    },
    keepView(key, viewpoint) {
      apply({ op: 'view', key, viewpoint, at: now(), by: get().reviewer })
    },
    async importBcf(file) {
      set({ panel: 'clashes', welcome: false })
      const read = await runTask(
        async (signal) => {
          if (file.size === 0) throw { problems: [problem('file.empty', { name: file.name }, file.name)] }
          const work = jobs.readBcf({ bytes: new Uint8Array(await file.arrayBuffer()), name: file.name }, signal)
          const step = await work.next(undefined)
          if (!step.done) throw new Error('a reader with nothing to tell told something')
          return step.value
        },
        (task) => {
          set({ importing: task.state === 'running' ? task : IDLE })
          if (task.state === 'failed') get().tell({ tone: 'error', problems: task.problems, subject: file.name })
        },
      )
      if (!read) return
      const { review, lastRun } = get()
      const topics = read.archive.topics.map((topic) => ({ key: keyOf(topic, review.present, lastRun), topic }))
      set({ review: begin(applyOp(review.present, { op: 'topics', topics, at: now(), by: get().reviewer })) })
      disk.rebase()
      get().tell({
        tone: read.refused > 0 || read.problems.some(({ severity }) => severity !== 'info') ? 'warning' : 'good',
        note: { kind: 'topics', name: file.name, topics: topics.length },
        problems: read.problems,
        subject: file.name,
      })
    },
    undoReview() {
      const { review } = get()
      if (!review.past.length) return
      set({ review: undo(review) })
      disk.append({ op: 'undo' })
    },
    redoReview() {
      const { review } = get()
      if (!review.future.length) return
      set({ review: redo(review) })
      disk.append({ op: 'redo' })
    },
    setFilter(change) {
      set({ filter: { ...get().filter, ...change } })
    },
    toggleGroup(id) {
      const collapsed = new Set(get().collapsed)
      if (!collapsed.delete(id)) collapsed.add(id)
      set({ collapsed })
    },
    choose(keys, chosen) {
      const next = new Set(get().chosen)
      for (const key of keys) chosen ? next.add(key) : next.delete(key)
      set({ chosen: next })
    },
    setTopic(topic) {
      set({ topic, ...(topic ? { inspector: true, selection: [], focus: null } : {}) })
    },
    setReviewer(reviewer) {
      set({ reviewer })
      try {
        localStorage.setItem(NAME, reviewer)
      } catch {
        // A browser that keeps nothing asks again next time.
      }
    },
    async restoreReview() {
      try {
        const found = await readReview()
        if (!found || get().review.present.issues.size || get().lastRun) return
        const { saved, log } = found
        let review = begin<Review>({ issues: new Map(saved.issues.map((issue) => [issue.key, issue])) })
        for (const entry of saved.log) review = replay(review, entry)
        disk.continueWith(log)
        set({ review, lastRun: saved.run, gone: saved.run?.gone ?? [] })
        if (review.present.issues.size) get().tell({ tone: 'info', note: { kind: 'review-restored', issues: review.present.issues.size } })
      } catch {
        // What cannot be read is not offered; it is not overwritten either until there is something new.
      }
    },
  }
}

function replay(review: History<Review>, entry: LogEntry): History<Review> {
  if (entry.op === 'undo') return undo(review)
  if (entry.op === 'redo') return redo(review)
  return record(review, applyOp(review.present, entry), entry.merge)
}

/** One thing at a time goes to disk, in the order it was done. */
function createDisk(set: SetState, get: GetState) {
  let log: string | null = null
  let waiting: LogEntry[] = []
  let base = false
  let busy = false
  const work = async () => {
    busy = true
    while (base || waiting.length) {
      try {
        if (base || log === null) {
          base = false
          waiting = []
          const { lastRun, review } = get()
          log = await writeBase(lastRun, review.present)
        } else {
          const entries = waiting
          waiting = []
          await appendLog(log, entries)
        }
        if (!base && !waiting.length) set({ reviewSaved: 'saved' })
      } catch (error) {
        set({ reviewSaved: 'failed' })
        get().tell({ tone: 'warning', problems: [problem('app.storage', { detail: error instanceof Error ? error.message : String(error) }, '', 'warning')] })
        // The next change tries the whole again.
        log = null
        waiting = []
        break
      }
    }
    busy = false
  }
  const start = () => {
    set({ reviewSaved: 'unsaved' })
    if (!busy) void work()
  }
  return {
    append(entry: LogEntry) {
      waiting.push(entry)
      start()
    },
    rebase() {
      base = true
      start()
    },
    continueWith(name: string) {
      log = name
    },
  }
}
/** The clash that a topic is of: its own GUID if it went out from here, else the pair of elements that its view selects. */
function keyOf(topic: Topic, review: Review, run: RunTrace | null): string {
  for (const issue of review.issues.values()) if (issue.topic?.guid === topic.guid || issue.key === topic.guid) return issue.key
  return (run && clashOf(topic, pairsOf(run))) || topic.guid
}
function pairsOf(run: RunTrace): Map<string, string> {
  return new Map(run.clashes.map(({ a, b, key }) => [[a.globalId, b.globalId].sort().join(' '), key]))
}
function clashOf(topic: Topic, pairs: ReadonlyMap<string, string>): string | null {
  for (const { selection } of topic.viewpoints) {
    const ids = [...new Set(selection.map(({ globalId }) => globalId))]
    const key = ids.length === 2 ? pairs.get(ids.sort().join(' ')) : undefined
    if (key !== undefined) return key
  }
  return null
}
/** Topics that came before there was a run find their clash in it. */
function joinTopics(review: Review, run: RunTrace): Review {
  const free = [...review.issues.values()].filter(({ key, topic }) => topic?.guid === key)
  if (!free.length) return review
  const pairs = pairsOf(run)
  const issues = new Map(review.issues)
  for (const issue of free) {
    const key = issue.topic && clashOf(issue.topic, pairs)
    if (!key || issues.has(key)) continue
    issues.delete(issue.key)
    issues.set(key, { ...issue, key })
  }
  return { issues }
}

function remembered(): string {
  try {
    return localStorage.getItem(NAME) ?? ''
  } catch {
    return ''
  }
}
