import { type LocateEngine, makeMeshShard, makeReader } from '@/core/ifc'

/** The table of jobs: one set for each thread, because a reader keeps its file and an engine its memory. */
export function makeJobs(locate?: LocateEngine) {
  return { ...makeReader(), meshShard: makeMeshShard(locate) }
}
export type Jobs = ReturnType<typeof makeJobs>
