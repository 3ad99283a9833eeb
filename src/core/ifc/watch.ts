import { finish } from '@/core/base/job'
import { Failure, type Problem, problem } from '@/core/base/problem'
import type { EngineJobs, MeshEvent, RawPart, RawShape } from './engine.ts'
import type { EnginePool, Killable } from './pool.ts'
import { OTHER_PLACES, type Outline, type ReaderJobs, type ShardOutput, type Work } from './reader.ts'

/** What came of one product. */
export type Settled = Meshed | { readonly kind: 'voided'; readonly id: number } | { readonly kind: 'refused'; readonly id: number; readonly reason: Problem }
export interface Meshed {
  readonly kind: 'meshed'
  readonly id: number
  readonly parts: readonly RawPart[]
  readonly shapes: readonly RawShape[]
  readonly placement: ShardOutput['placements'][number]
  readonly color: ShardOutput['colors'][number]
  /** Openings could not be cut: this is the body without them. */
  readonly uncut: boolean
  /** Share of its skin that is missing after its openings were cut. */
  readonly gap: number
  /** Faces that had to be left out, of how many. */
  readonly skipped: { readonly faces: number; readonly of: number } | null
}

/**
 * A task for an engine. `probe`: does a body that came out empty with its openings exist without them? `moved`: openings again, in another
 * place, for a body that came out with a gap in its skin.
 */
interface Task {
  readonly ids: readonly number[]
  readonly mode: 'normal' | 'moved' | 'uncut' | 'probe'
  /** Which other place, from 1. */
  readonly place?: number
}

/** Products of one shard: enough that opening it costs little, few enough that a fault loses little work. */
const SHARD_COST = 96
/** Products read at once without an engine: few at first, then enough that asking costs little and an abort waits little. */
const FIRST_OWN = 4
const OWN = 128
const LIMITS = { vertices: 3_000_000, placements: 20_000 }
/** Share of a cut body's area that may be missing before it is tried again. */
const MOST_GAP = 1e-4
/** Results are handed on together: at most this many, or what came within this time [ms]. */
const BATCH_SIZE = 256
const BATCH_TIME = 30
/** Fetching and compiling the engine may take this long on a slow line [s]. */
const START_PATIENCE = 120
/** An engine whose memory has grown beyond this is replaced after its shard [bytes]. */
const HEAP_LIMIT = 768 * 2 ** 20
/** Vertices of a whole model after which the rest is refused rather than the page lost. */
const MODEL_VERTICES = 60_000_000

/** Meshes all products of an outline on the pool's engines, in batches as they come, whatever happens to the engines. */
export async function* meshProducts(
  outline: Outline,
  reader: Killable<ReaderJobs>,
  workers: EnginePool,
  segments: number,
  signal: AbortSignal,
): AsyncGenerator<Settled[], void, undefined> {
  const { toMetre } = outline.model.lengthUnit
  const openingsOf = new Map(outline.work.map((w) => [w.id, w.openings]))
  const tasks = splitWork(outline.work.filter((work) => !work.own))
  const ready: Settled[] = []
  /** Bodies that came out with a gap, until a second try. */
  const gapped = new Map<number, { meshed: Meshed; gap: number }>()
  const alive = new Set<Killable<EngineJobs>>()
  let vertices = 0
  let wake: () => void = () => {}
  let failure: unknown = null
  let running = 0
  let lanes = 0
  let yielded = performance.now()

  const abort = (): void => {
    for (const engine of alive) engine.kill()
    wake()
  }
  signal.addEventListener('abort', abort)
  try {
    run(readOwn())
    startLanes()
    for (;;) {
      signal.throwIfAborted()
      if (failure) throw failure
      const due = performance.now() - yielded >= BATCH_TIME || ready.length >= BATCH_SIZE || running === 0
      if (ready.length > 0 && due) {
        yield ready.splice(0)
        yielded = performance.now()
      } else if (running === 0) return
      else
        await new Promise<void>((resolve) => {
          wake = resolve
          if (ready.length > 0) setTimeout(resolve, BATCH_TIME)
        })
    }
  } finally {
    signal.removeEventListener('abort', abort)
    for (const engine of alive) engine.kill()
  }

  function settle(result: Settled): void {
    ready.push(result)
    wake()
  }

  /** Counts a piece of work as running until it ends; its error ends all. */
  function run(work: Promise<void>): void {
    running++
    work
      .catch((error: unknown) => {
        failure ??= error
      })
      .finally(() => {
        running--
        wake()
      })
  }
  function startLanes(): void {
    for (let k = lanes; k < Math.min(workers.engines, lanes + tasks.length); k++) {
      lanes++
      run(lane().finally(() => lanes--))
    }
  }

  /** Bodies that need no engine, a few at first so that something is seen soon. What does need one after all becomes tasks. */
  async function readOwn(): Promise<void> {
    const ids = outline.work.filter((work) => work.own).map((work) => work.id)
    const foreign: number[] = []
    for (let at = 0, size = FIRST_OWN; at < ids.length; at += size, size = OWN) {
      const shard: ShardOutput = await finish(reader.jobs.shard({ ids: ids.slice(at, at + size), cut: true, segments, ownOnly: true }, signal))
      takeDirect(shard, 'normal')
      foreign.push(...shard.foreign)
    }
    if (foreign.length === 0) return
    tasks.push(...splitWork(foreign.map((id) => ({ id, cost: 1 }))))
    startLanes()
  }

  function takeDirect(shard: ShardOutput, mode: Task['mode']): void {
    for (const { id, reason } of shard.refused) settle({ kind: 'refused', id, reason })
    for (const { id, faces, skipped, triangles, parts, shapes, placement, color } of shard.direct) {
      for (const shape of shapes) vertices += shape.positions.length / 3
      if (vertices > MODEL_VERTICES) settle({ kind: 'refused', id, reason: tooMany('vertices', vertices, MODEL_VERTICES, id) })
      else if (triangles === 0)
        settle({
          kind: 'refused',
          id,
          reason: skipped > 0 ? problem('ifc.badTriangles', { skipped, of: faces }, `#${id}`) : problem('ifc.empty', {}, `#${id}`),
        })
      else if (mode === 'probe') settle({ kind: 'voided', id })
      else
        settle({
          kind: 'meshed',
          id,
          parts,
          shapes,
          placement,
          color,
          uncut: mode === 'uncut',
          gap: 0,
          skipped: skipped > 0 ? { faces: skipped, of: faces } : null,
        })
    }
  }

  async function lane(): Promise<void> {
    let engine: Killable<EngineJobs> | null = null
    for (let task = tasks.shift(); task; task = tasks.shift()) {
      signal.throwIfAborted()
      const shard: ShardOutput = await finish(
        reader.jobs.shard(
          { ids: task.ids, cut: task.mode === 'normal' || task.mode === 'moved', segments, ...(task.place ? { place: task.place } : {}) },
          signal,
        ),
      )
      takeDirect(shard, task.mode)
      if (shard.products.length === 0) continue
      if (!engine) {
        engine = workers.startEngine()
        alive.add(engine)
      }
      const healthy = await runShard(engine, task, shard)
      if (!healthy) {
        engine.kill()
        alive.delete(engine)
        engine = null
      }
    }
    if (engine) {
      alive.delete(engine)
      if (workers.release) workers.release(engine)
      else engine.kill()
    }
  }

  /** Runs one shard; false where the engine must not be used again. Whatever is left over becomes new tasks. */
  async function runShard(engine: Killable<EngineJobs>, task: Task, shard: ShardOutput): Promise<boolean> {
    const { bytes, products, original, placements, colors } = shard
    const patience = workers.patience + bytes.length / 2e6
    const open = new Set(products.map((p) => p.id))
    let current = 0
    let ready = false
    const run = engine.jobs.meshShard({ bytes, products, original, toMetre, segments, limits: LIMITS }, signal)
    try {
      for (;;) {
        const step = await within(run.next(), ready ? patience : START_PATIENCE, signal)
        signal.throwIfAborted()
        if (step.done) {
          // An engine that ends without a word on some products has lost them.
          for (const id of open) settle({ kind: 'refused', id, reason: problem('ifc.empty', {}, `#${id}`) })
          return step.value.heap <= HEAP_LIMIT
        }
        const event = step.value
        ready = true
        if (event.kind === 'ready') continue
        current = event.id
        if (event.kind === 'working') continue
        open.delete(event.id)
        const k = products.findIndex((p) => p.id === event.id)
        accept(event, task, { placement: placements[k], color: colors[k], uncut: shard.uncut.includes(event.id) || task.mode === 'uncut' })
      }
    } catch (error) {
      signal.throwIfAborted()
      run.return?.({ heap: 0 }).catch(() => {})
      if (!ready) throw new Failure(problem('ifc.engineStart', { detail: wordOf(error) }))
      blame(task, [...open], open.has(current) ? current : 0, error)
      return false
    }
  }

  function accept(event: Extract<MeshEvent, { kind: 'mesh' | 'refused' }>, task: Task, more: Pick<Meshed, 'placement' | 'color' | 'uncut'>): void {
    const { id } = event
    const before = gapped.get(id)
    if (before && (event.kind === 'refused' || event.triangles === 0)) settle(before.meshed)
    else if (event.kind === 'refused') {
      const { why } = event
      const reason = why.kind === 'numbers' ? problem('ifc.numbers', { what: why.what }, `#${id}`) : tooMany(why.what, why.count, why.limit, id)
      settle({ kind: 'refused', id, reason })
    } else if (event.triangles === 0) {
      if (task.mode === 'normal' && openingsOf.get(id)) tasks.push({ ids: [id], mode: 'probe' })
      else settle({ kind: 'refused', id, reason: problem('ifc.empty', {}, `#${id}`) })
    } else if (task.mode === 'probe') {
      settle({ kind: 'voided', id })
    } else {
      for (const shape of event.shapes) vertices += shape.positions.length / 3
      if (vertices > MODEL_VERTICES) settle({ kind: 'refused', id, reason: tooMany('vertices', vertices, MODEL_VERTICES, id) })
      else {
        const { parts, shapes, gap } = event
        const meshed: Meshed = { kind: 'meshed', id, parts, shapes, gap: gap > MOST_GAP ? gap : 0, skipped: null, ...more }
        const best = before && before.gap <= gap ? before : { meshed, gap }
        const place = (task.place ?? 0) + 1
        if (best.gap <= MOST_GAP || place > OTHER_PLACES || (task.mode !== 'normal' && task.mode !== 'moved')) settle(best.meshed)
        else {
          gapped.set(id, best)
          tasks.push({ ids: [id], mode: 'moved', place })
        }
      }
    }
  }

  /** An engine died or hung. With a known culprit only that one pays; else the shard is halved until one is left. */
  function blame(task: Task, open: readonly number[], culprit: number, error: unknown): void {
    const guilty = culprit || (open.length === 1 ? open[0] : 0)
    if (!guilty) {
      const half = open.length >> 1
      tasks.unshift({ ids: open.slice(0, half), mode: task.mode }, { ids: open.slice(half), mode: task.mode })
      return
    }
    const rest = open.filter((id) => id !== guilty)
    if (rest.length > 0) tasks.unshift({ ids: rest, mode: task.mode })
    const openings = openingsOf.get(guilty) ?? 0
    const before = gapped.get(guilty)
    if (before) settle(before.meshed)
    else if (openings > 0 && task.mode === 'normal') tasks.push({ ids: [guilty], mode: 'uncut' })
    else {
      const reason =
        error instanceof Stalled
          ? problem('ifc.hang', { seconds: Math.round(error.seconds) }, `#${guilty}`)
          : problem('ifc.engine', { detail: wordOf(error) }, `#${guilty}`)
      settle({ kind: 'refused', id: guilty, reason })
    }
  }
}

function tooMany(what: string, count: number, limit: number, id: number): Problem {
  return problem('ifc.tooMany', { what, count, limit }, `#${id}`)
}

/** The engine throws what is not an Error; only its kind is of use. */
function wordOf(error: unknown): string {
  if (error instanceof Error) return error.message.slice(0, 120)
  return typeof error === 'object' && error !== null ? (error.constructor?.name ?? 'exception') : String(error).slice(0, 120)
}

/** Simple products in file order together, those with many openings first and alone: they take longest. */
function splitWork(work: readonly Pick<Work, 'id' | 'cost'>[]): Task[] {
  const tasks: { ids: number[]; cost: number }[] = []
  let current: { ids: number[]; cost: number } | null = null
  for (const { id, cost } of work) {
    if (cost > SHARD_COST) {
      tasks.unshift({ ids: [id], cost })
      continue
    }
    if (!current || current.cost + cost > SHARD_COST) {
      current = { ids: [], cost: 0 }
      tasks.push(current)
    }
    current.ids.push(id)
    current.cost += cost
  }
  return tasks.map(({ ids }) => ({ ids, mode: 'normal' }))
}

class Stalled extends Error {
  readonly seconds: number
  constructor(seconds: number) {
    super(`no sign of life for ${seconds} s`)
    this.seconds = seconds
  }
}

/** The promise, or Stalled after `seconds`, or the signal's reason. */
function within<T>(promise: Promise<T>, seconds: number, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = Number.isFinite(seconds) ? setTimeout(() => reject(new Stalled(seconds)), seconds * 1000) : undefined
    const abort = (): void => reject(signal.reason)
    signal.addEventListener('abort', abort)
    promise.then(resolve, reject).finally(() => {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
    })
  })
}
