import type { Problem } from '@/core/base/problem'
import { parseQuantity } from '@/core/base/quantity'
import type { Balance, FloodFrame, Moment } from '@/core/flood'
import type { FloodOutcome, FloodReport, FloodScenario, FloodWorld, FloodWritten } from '@/scenarios/flood/types'
import { differsAt, type Fork, type Held, type Lane, lastHeld, NO_LANE } from './lanes.ts'
import type { GetState, Runtime, SetState, Slice } from './state.ts'
import { problemsOf } from './task.ts'

export interface RunSlice {
  readonly run: Run
  /** Counts up when the series outside the store has grown; at most five times a second. */
  readonly seriesRevision: number
  readonly report: FloodReport | null
  /** What came of finished runs, the last one last: the answer to "and if we put it there?". */
  readonly outcomes: readonly Outcome[]
  /** Begins again from T+00:00 with the scenario as it is now. */
  startRun(): Promise<void>
  /** Play or pause; starts a run where there is none. */
  togglePlay(): void
  stopRun(): void
  seek(time: number): void
  /** The document changed: a run that is under way takes the change in at its own moment. */
  scenarioEdited(): void
  forgetOutcomes(): void
  /** What the run is compared with, lane A; null where nothing is. */
  readonly fork: Fork | null
  readonly compare: 'one' | 'swipe' | 'difference'
  /** Where lane A ends and lane B begins, as a share of the picture's width. */
  readonly split: number
  /** Branches at the kept moment that is shown: what was computed goes on as lane A, lane B waits there for changes. */
  forkHere(): void
  /** The run as it is becomes lane A; the next one is compared with it. */
  pinLane(): void
  setCompare(change: { readonly compare?: RunSlice['compare']; readonly split?: number }): void
  endCompare(): void
}
export interface Run {
  readonly phase: 'none' | 'preparing' | 'running' | 'done' | 'failed'
  readonly playing: boolean
  /** Computed up to [s]. */
  readonly head: number
  readonly duration: number
  /** Revision of the document that it reflects, from its last edit on. */
  readonly revision: number
  /** Moments at which it was changed while it ran. */
  readonly edits: readonly number[]
  readonly balance: Balance | null
  /** Scenario seconds computed in a second. */
  readonly pace: number
  readonly problems: readonly Problem[]
  readonly hash: string | null
}
export interface Outcome {
  readonly key: number
  readonly written: FloodWritten
  readonly changedWhileRunning: boolean
  readonly duration: number
  /** Over all openings [m³]. */
  readonly volume: number
  readonly first: number | null
  readonly peak: number
  readonly pumped: number
  readonly returned: number
  readonly displaced: number
  /** Left over the edge of the site [m³]. */
  readonly boundary: number
  readonly assetsOver: readonly string[]
  readonly verdict: FloodReport['verdict']
  readonly result: FloodOutcome
}

const NO_RUN: Run = {
  phase: 'none',
  playing: false,
  head: 0,
  duration: 0,
  revision: 0,
  edits: [],
  balance: null,
  pace: 0,
  problems: [],
  hash: null,
}
/** The solver may be this many frames ahead of what is shown, so that an edit takes hold at about the moment one sees. */
const LEAD_FRAMES = 2
/** Scenario time between checkpoints that a run can be forked from [s]. */
const CHECKPOINT = 300

export const runSlice: Slice<RunSlice> = (set, get, runtime) => {
  let live: Live | null = null
  /** The parent of a fork, as long as it still computes. */
  let parent: Live | null = null
  runtime.clock.subscribe(() => {
    const playing = runtime.clock.playing()
    if (playing !== get().run.playing) set({ run: { ...get().run, playing } })
  })
  const stop = () => {
    live?.controller.abort()
    live = null
  }
  const copyToOther = () => {
    const { frames, series, other } = runtime
    other.frames.clear()
    for (const time of [...frames.times]) other.frames.push(frames.around(time)!.before)
    other.series.moments = [...series.moments]
    other.series.logs = [...series.logs]
  }
  return {
    fork: null,
    compare: 'one',
    split: 0.5,
    run: NO_RUN,
    seriesRevision: 0,
    report: null,
    outcomes: [],
    async startRun() {
      stop()
      const { clock, frames, series } = runtime
      const mine: Live = { controller: new AbortController(), edit: null, lane: runtime, held: [], begun: null, until: 0, from: null }
      live = mine
      clock.pause()
      frames.clear()
      series.moments = []
      series.logs = []
      clock.setEnd(0)
      clock.seek(0)
      set({
        run: { ...NO_RUN, phase: 'preparing', revision: get().revision },
        inspector: true,
        selection: [],
        selectedEquipment: null,
        report: null,
        seriesRevision: get().seriesRevision + 1,
        fork: asOwnRun(get().fork),
      })
      const world = await get().ensureWorld()
      if (live !== mine) return
      const { scenario, problems, revision } = get()
      const errors = problems.filter((found) => found.severity === 'error')
      if (!world || !scenario || errors.length) {
        const { world: task } = get()
        set({ run: { ...NO_RUN, phase: 'failed', problems: errors.length ? errors : task.state === 'failed' ? task.problems : [] } })
        return
      }
      set({ run: { ...NO_RUN, phase: 'running', revision, duration: get().duration, playing: true } })
      mine.begun = scenario
      clock.play()
      await drive(scenario, world, mine, set, get, runtime)
    },
    togglePlay() {
      const { clock } = runtime
      const { run } = get()
      if (run.phase === 'preparing') return
      if (run.phase === 'none' || run.phase === 'failed') {
        void get().startRun()
        return
      }
      if (clock.playing()) clock.pause()
      else {
        if (run.phase === 'done' && clock.now() >= clock.end()) clock.seek(0)
        clock.play()
      }
    },
    stopRun() {
      stop()
      const { clock, frames, series } = runtime
      clock.pause()
      frames.clear()
      series.moments = []
      series.logs = []
      clock.setEnd(0)
      set({ run: NO_RUN, report: null, seriesRevision: get().seriesRevision + 1 })
    },
    seek(time) {
      runtime.clock.seek(time)
    },
    scenarioEdited() {
      const { scenario, problems, run, revision } = get()
      if (run.phase !== 'running' || !live || !scenario || problems.some((found) => found.severity === 'error')) return
      live.edit = { scenario, revision }
    },
    forgetOutcomes() {
      set({ outcomes: [] })
    },
    forkHere() {
      const { clock, frames, series, other } = runtime
      const { run, world, scenario, document } = get()
      const begun = live?.begun
      if (!live || !begun || !scenario || !document || world.state !== 'ready' || frames.times.length === 0) return
      clock.pause()
      const at = frames.around(clock.now())!.before.time
      const held = lastHeld(live.held, at)
      get().endCompare()
      copyToOther()
      parent = live
      if (run.phase === 'running') parent.lane = other
      frames.cut(at)
      series.moments = series.moments.filter((moment) => moment.time <= at)
      series.logs = series.logs.filter((log) => log.time <= at)
      clock.setEnd(at)
      clock.seek(at)
      const inForce = held?.scenario ?? begun
      const mine: Live = {
        controller: new AbortController(),
        // A document that was changed since is a change at the fork.
        edit: scenario.written === inForce.written ? null : { scenario, revision: get().revision },
        lane: runtime,
        held: live.held.filter((one) => one.time <= at),
        begun,
        until: at,
        from: held,
      }
      live = mine
      const fork: Fork = {
        at,
        from: held?.time ?? 0,
        written: inForce.written,
        parentHash: run.hash,
        parentDone: run.phase === 'done',
        parentHead: other.frames.times.at(-1) ?? at,
        steps: null,
        hash: null,
        firstDifference: null,
      }
      set({
        fork,
        compare: 'swipe',
        run: { ...run, phase: 'running', head: at, hash: null, edits: run.edits.filter((time) => time <= at), playing: false, revision: get().revision },
        report: null,
        seriesRevision: get().seriesRevision + 1,
      })
      void drive(inForce, world.value, mine, set, get, runtime)
    },
    pinLane() {
      const { run, document } = get()
      if (!document || runtime.frames.times.length === 0) return
      get().endCompare()
      copyToOther()
      const written = live?.held.at(-1)?.scenario.written ?? live?.begun?.written ?? document.present
      const parentHead = runtime.other.frames.times.at(-1) ?? 0
      set({ fork: { ...NO_LANE, written, parentHash: run.hash, parentHead }, compare: 'swipe' })
    },
    setCompare(change) {
      set(change)
    },
    endCompare() {
      if (parent && parent !== live) parent.controller.abort()
      parent = null
      runtime.other.frames.clear()
      runtime.other.series.moments = []
      runtime.other.series.logs = []
      set({ fork: null, compare: 'one' })
    },
  }
}

/** Lane A beside a run that begins anew. */
function asOwnRun(fork: Fork | null): Fork | null {
  return fork && { ...fork, at: 0, from: 0, steps: null, hash: null, firstDifference: null }
}

interface Live {
  readonly controller: AbortController
  edit: { readonly scenario: FloodScenario; readonly revision: number } | null
  /** Where its frames go: what is shown, or lane A when it has become the parent of a fork. */
  lane: Lane
  readonly held: Held[]
  /** The scenario it began with. */
  begun: FloodScenario | null
  /** Up to here it computes again what is known [s]. */
  readonly until: number
  readonly from: Held | null
}
let lastKey = 0

/** Pulls the simulation to its end: at the pace of the clock what is shown, without waiting what is lane A. */
async function drive(scenario: FloodScenario, world: FloodWorld, live: Live, set: SetState, get: GetState, runtime: Runtime) {
  const { clock, series, jobs } = runtime
  const { signal } = live.controller
  const { from, until } = live
  const shown = () => live.lane === runtime
  let current = scenario
  let head = from?.time ?? 0
  let every = parseQuantity(scenario.written.frames ?? '60 s', 'time') ?? 60
  let told = 0
  let pace = 0
  let mark = { at: performance.now(), head: 0 }
  const patch = (change: Partial<Run>) => set({ run: { ...get().run, ...change } })
  const publish = () => {
    told = performance.now()
    if (!shown()) {
      const { fork } = get()
      if (fork) set({ fork: { ...fork, parentHead: head } })
      return
    }
    if (told - mark.at > 1000) {
      pace = (head - mark.head) / ((told - mark.at) / 1000)
      mark = { at: told, head }
    }
    if (head >= until) set({ run: { ...get().run, head, pace, balance: series.moments.at(-1)?.balance ?? null }, seriesRevision: get().seriesRevision + 1 })
  }
  try {
    const start = from && {
      ...from.held,
      series: series.moments.filter((moment) => moment.time <= from.time),
      logs: series.logs.filter((log) => log.time <= from.time),
    }
    // Begun by the first pull, so that what was changed at a fork takes hold there and not a few steps later.
    const begin = (edit: FloodScenario | undefined) =>
      jobs.simulateFlood(
        { scenario, world, checkpointEvery: Math.max(1, Math.round(CHECKPOINT / every)), ...(start ? { from: start } : {}), ...(edit ? { edit } : {}) },
        signal,
      )
    let work: ReturnType<typeof begin> | null = null
    for (;;) {
      const free = () => !shown() || head < until
      while (!signal.aborted && !free() && head - clock.now() > LEAD_FRAMES * every && !document.hidden) await nextWake(runtime, signal)
      while (!signal.aborted && !free() && !clock.playing()) await nextWake(runtime, signal)
      const edit = head >= until ? live.edit : null
      if (edit) live.edit = null
      const first = work === null
      work ??= begin(edit?.scenario)
      const step = await work.next(first ? undefined : edit?.scenario)
      if (signal.aborted) return
      if (edit) {
        current = edit.scenario
        patch({ revision: edit.revision, edits: [...get().run.edits, head] })
        get().tell({ note: { kind: 'edited-live', time: head } })
      }
      if (step.done) {
        publish()
        const { fork } = get()
        if (fork && shown() && until > 0) set({ fork: { ...fork, steps: step.value.steps - (from?.held.checkpoint.steps ?? 0), hash: step.value.hash } })
        if (fork && !shown()) set({ fork: { ...fork, parentDone: true, parentHash: step.value.hash, parentHead: head } })
        await conclude(current, world, step.value, live, set, get, runtime, signal)
        return
      }
      const event = step.value
      if (event.kind === 'frame') {
        if (event.time > head) every = event.time - head
        head = event.time
        if (head > until) {
          keep(event, live.lane)
          markDifference(event.time, set, get, runtime)
          if (shown()) clock.setEnd(head)
        }
      } else if (event.kind === 'log' && event.time > until) live.lane.series.logs.push(event)
      else if (event.kind === 'checkpoint' && event.time >= until) live.held.push({ time: event.time, held: event.held, scenario: current })
      if (performance.now() - told > 200) publish()
    }
  } catch (error) {
    if (signal.aborted) return
    if (!shown()) return get().tell({ tone: 'error', problems: problemsOf(error) })
    clock.pause()
    patch({ phase: 'failed', problems: problemsOf(error), playing: false })
  }
}

function keep(frame: FloodFrame, { frames, series }: Lane) {
  frames.push(frame)
  series.moments.push(frame.moment)
}

/** Once both lanes know a moment: is it the first at which they differ? */
function markDifference(time: number, set: SetState, get: GetState, runtime: Runtime) {
  const { fork } = get()
  if (fork && fork.firstDifference === null && differsAt(time, runtime, runtime.other)) set({ fork: { ...fork, firstDifference: time } })
}

async function conclude(
  scenario: FloodScenario,
  world: FloodWorld,
  result: FloodOutcome,
  live: Live,
  set: SetState,
  get: GetState,
  runtime: Runtime,
  signal: AbortSignal,
) {
  const { jobs } = runtime
  live.lane.series.logs = [...result.events]
  const report = await jobs.reportFlood(scenario, world, result)
  if (signal.aborted) return
  const { run } = get()
  const outcome: Outcome = {
    key: ++lastKey,
    written: scenario.written,
    changedWhileRunning: run.edits.length > 0,
    duration: result.simulated,
    // What comes in: an opening through which water leaves does not make up for one through which it enters.
    volume: sum(result.openings, (opening) => Math.max(0, opening.volume)),
    first: result.openings.reduce<number | null>((first, { first: time }) => (time !== null && (first === null || time < first) ? time : first), null),
    peak: Math.max(0, ...result.openings.map((opening) => opening.peak)),
    pumped: sum(result.pumps, (pump) => pump.volume),
    returned: sum(result.pumps, (pump) => pump.returned),
    displaced: sum(result.pumps, (pump) => pump.displaced),
    boundary: result.balance.out.boundary,
    assetsOver: result.assets.filter((asset) => asset.firstOver !== null).map((asset) => asset.name || asset.id),
    verdict: report.verdict,
    result,
  }
  if (live.lane !== runtime) {
    // The parent of a fork tells before its child.
    const { outcomes, run: child } = get()
    const told = child.phase === 'done' ? outcomes.length - 1 : outcomes.length
    set({
      outcomes: [
        ...outcomes.slice(0, told),
        { ...outcome, changedWhileRunning: live.held.some(({ scenario: held }) => held !== live.begun) },
        ...outcomes.slice(told),
      ].slice(-8),
    })
    return
  }
  set({
    run: { ...run, phase: 'done', head: result.simulated, balance: result.balance, hash: result.hash },
    report,
    outcomes: [...get().outcomes.slice(-7), outcome],
    seriesRevision: get().seriesRevision + 1,
  })
}

/** Until the clock moves or changes, the run is stopped, or a moment has passed. */
function nextWake({ clock }: Runtime, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      offTick()
      offChange()
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, 250)
    const offTick = clock.onTick(done)
    const offChange = clock.subscribe(done)
    signal.addEventListener('abort', done)
  })
}

function sum<T>(list: readonly T[], of: (item: T) => number): number {
  return list.reduce((total, item) => total + of(item), 0)
}

/** The last moment at or before `time`, or the first one. */
export function momentAt(moments: readonly Moment[], time: number): Moment | null {
  let low = 0
  let high = moments.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (moments[middle].time > time) high = middle
    else low = middle + 1
  }
  return moments[Math.max(0, low - 1)] ?? null
}
