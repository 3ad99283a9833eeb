import type { HashBytes } from '@/core/base/hash'
import { type EngineJobs, type LocateEngine, makeEngine } from './engine.ts'
import { makeReader, type ReaderJobs } from './reader.ts'

/** Something that works and can be stopped in the middle of it. What was asked of it then fails. */
export interface Killable<J> {
  readonly jobs: J
  kill(): void
}

/** Where a model is read: workers of a browser, threads of Node, or (for tests and scripts) this very thread. */
export interface EnginePool {
  /** How many engines run at once. */
  readonly engines: number
  /** Seconds without a sign of life after which an engine is stopped; what grows with the size of a shard is added. */
  readonly patience: number
  startReader(): Killable<ReaderJobs>
  startEngine(): Killable<EngineJobs>
  /** Gets an engine ready while the file is still being read. */
  warm?(): void
  /** Gives an engine back for the next model; absent: it is killed. */
  release?(engine: Killable<EngineJobs>): void
}

/** Everything in this thread: no cancel inside a shape and no watchdog, for files that are trusted. */
export function inlinePool(locate?: LocateEngine, hash?: HashBytes): EnginePool {
  let idle: Killable<EngineJobs> | null = null
  return {
    engines: 1,
    patience: Number.POSITIVE_INFINITY,
    startReader: () => ({ jobs: makeReader(hash), kill() {} }),
    startEngine() {
      const engine = idle ?? { jobs: makeEngine(locate), kill() {} }
      idle = null
      return engine
    },
    release(engine) {
      idle = engine
    },
  }
}
