import type { Problem } from '@/core/base/problem'
import type { Balance, FloodFrame, Moment } from '@/core/flood'
import type { FloodOutcome, FloodReport, FloodScenario, FloodWorld, FloodWritten } from '@/scenarios/flood/types'
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

export const runSlice: Slice<RunSlice> = (set, get, runtime) => {
  let live: Live | null = null
  runtime.clock.subscribe(() => {
    const playing = runtime.clock.playing()
    if (playing !== get().run.playing) set({ run: { ...get().run, playing } })
  })
  const stop = () => {
    live?.controller.abort()
    live = null
  }
  return {
    run: NO_RUN,
    seriesRevision: 0,
    report: null,
    outcomes: [],
    async startRun() {
      stop()
      const { clock, frames, series } = runtime
      const controller = new AbortController()
      const mine: Live = { controller, edit: null }
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
  }
}

interface Live {
  readonly controller: AbortController
  edit: { readonly scenario: FloodScenario; readonly revision: number } | null
}
let lastKey = 0

/** Pulls the simulation, at the pace of the clock, to its end. */
async function drive(scenario: FloodScenario, world: FloodWorld, live: Live, set: SetState, get: GetState, runtime: Runtime) {
  const { clock, series, jobs } = runtime
  const { signal } = live.controller
  let current = scenario
  let head = 0
  let every = 60
  let told = 0
  let pace = 0
  let mark = { at: performance.now(), head: 0 }
  const patch = (change: Partial<Run>) => set({ run: { ...get().run, ...change } })
  const publish = () => {
    told = performance.now()
    if (told - mark.at > 1000) {
      pace = (head - mark.head) / ((told - mark.at) / 1000)
      mark = { at: told, head }
    }
    set({ run: { ...get().run, head, pace, balance: series.moments.at(-1)?.balance ?? null }, seriesRevision: get().seriesRevision + 1 })
  }
  try {
    const work = jobs.simulateFlood({ scenario, world }, signal)
    for (;;) {
      while (!signal.aborted && head - clock.now() > LEAD_FRAMES * every && !document.hidden) await nextWake(runtime, signal)
      while (!signal.aborted && !clock.playing()) await nextWake(runtime, signal)
      const edit = live.edit
      live.edit = null
      const step = await work.next(edit?.scenario)
      if (signal.aborted) return
      if (edit) {
        current = edit.scenario
        patch({ revision: edit.revision, edits: [...get().run.edits, head] })
        get().tell({ note: { kind: 'edited-live', time: head } })
      }
      if (step.done) {
        publish()
        await conclude(current, world, step.value, set, get, runtime, signal)
        return
      }
      const event = step.value
      if (event.kind === 'frame') {
        if (event.time > head) every = event.time - head
        head = event.time
        keep(event, runtime)
        clock.setEnd(head)
      } else if (event.kind === 'log') series.logs.push(event)
      if (performance.now() - told > 200) publish()
    }
  } catch (error) {
    if (signal.aborted) return
    clock.pause()
    patch({ phase: 'failed', problems: problemsOf(error), playing: false })
  }
}

function keep(frame: FloodFrame, { frames, series }: Runtime) {
  frames.push(frame)
  series.moments.push(frame.moment)
}

async function conclude(
  scenario: FloodScenario,
  world: FloodWorld,
  result: FloodOutcome,
  set: SetState,
  get: GetState,
  { jobs, series }: Runtime,
  signal: AbortSignal,
) {
  series.logs = [...result.events]
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
