import type { EngineJobs, EnginePool, Killable } from '@/core/ifc'
import type { Jobs } from './jobs.ts'
import { LINK, PATIENCE, WARM_ENGINES } from './links.ts'
import { connect } from './rpc.ts'

/** Threads that know all jobs, and the pool of engines made of them. */
export interface Workers extends EnginePool {
  /** A fresh thread for a job of its own, such as a search or a run. */
  start(): Killable<Jobs>
  /** Stops idle engines. */
  close(): void
}
export interface Thread<J> extends Killable<J> {
  readonly dead: boolean
}

export interface WorkerSettings {
  readonly engines?: number
  /** Seconds without a heartbeat. */
  readonly patience?: number
}

/** Workers of the browser. The engine is fetched by the first of them that needs it. */
export function browserWorkers(settings: WorkerSettings = {}): Workers {
  const cores = navigator.hardwareConcurrency || 2
  return makeWorkers(startBrowserWorker, { engines: Math.max(1, Math.min(6, cores - 1)), ...settings })
}

/** A pool over any way to start a thread. */
export function makeWorkers(begin: () => Thread<Jobs>, settings: WorkerSettings): Workers {
  const idle: Thread<Jobs>[] = []
  return {
    engines: settings.engines ?? 1,
    patience: settings.patience ?? PATIENCE,
    start: begin,
    startReader: begin,
    warm() {
      if (idle.length > 0) return
      const thread = begin()
      idle.push(thread)
      // Whatever goes wrong here goes wrong again when there is work, and is told then.
      thread.jobs
        .wakeEngine(null, new AbortController().signal)
        .next()
        .catch(() => {})
    },
    startEngine() {
      for (let warm = idle.pop(); warm; warm = idle.pop()) if (!warm.dead) return warm
      return begin()
    },
    release(engine: Killable<EngineJobs>) {
      const thread = engine as Thread<Jobs>
      if (idle.length < WARM_ENGINES && !thread.dead) idle.push(thread)
      else engine.kill()
    },
    close() {
      for (const thread of idle.splice(0)) thread.kill()
    },
  }
}

function startBrowserWorker(): Thread<Jobs> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'foresite' })
  const link = connect<Jobs>(
    {
      post: (message, transfer) => worker.postMessage(message, [...transfer]),
      listen: (onMessage) => {
        worker.onmessage = (event) => onMessage(event.data)
      },
    },
    LINK,
  )
  let dead = false
  const end = (why: string): void => {
    dead = true
    worker.terminate()
    link.fail(why)
  }
  worker.onerror = (event) => {
    event.preventDefault()
    end(event.message || 'the worker failed to start')
  }
  worker.onmessageerror = () => end('a message of the worker could not be read')
  return {
    jobs: link.jobs,
    kill: () => end('stopped'),
    get dead() {
      return dead
    },
  }
}
