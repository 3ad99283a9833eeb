import type { Job } from '@/core/base/job'
import { type LocateEngine, makeEngine, makeReader } from '@/core/ifc'
import { type CachedModel, openCache } from '@/core/model'

/** The table of jobs: one set for each thread, because a reader keeps its file and an engine its memory. */
export function makeJobs(locate?: LocateEngine) {
  return { ...makeReader(), ...makeEngine(locate), readCache }
}
export type Jobs = ReturnType<typeof makeJobs>

// biome-ignore lint/correctness/useYield: a job with nothing to tell on the way
const readCache: Job<{ readonly bytes: Uint8Array; readonly name: string }, never, readonly CachedModel[]> = async function* ({ bytes, name }) {
  return await openCache(bytes, name)
}
