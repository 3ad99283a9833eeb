import type { Job, Progress } from '@/core/base/job'
import type { Parsed } from '@/core/base/problem'
import { findClashes } from '@/core/clash'
import { type LocateEngine, makeEngine, makeReader } from '@/core/ifc'
import { type CachedModel, openCache, type SiteModel } from '@/core/model'
import { type BcfArchive, type BcfRead, type BcfVersion, readBcf as readArchive, writeBcf as writeArchive } from '@/core/review'
import { type FloodReport, type FloodScenario, type FloodTypes, type FloodWorld, kinds } from '@/scenarios'

/** The table of jobs: one set for each thread, because a reader keeps its file and an engine its memory. */
export function makeJobs(locate?: LocateEngine) {
  return { ...makeReader(), ...makeEngine(locate), readCache, findClashes, readBcf, writeBcf, prepareFlood, simulateFlood: kinds.flood.simulate, reportFlood }
}
export type Jobs = ReturnType<typeof makeJobs>

// biome-ignore lint/correctness/useYield: a job with nothing to tell on the way
const readCache: Job<{ readonly bytes: Uint8Array; readonly name: string }, never, readonly CachedModel[]> = async function* ({ bytes, name }) {
  return await openCache(bytes, name)
}

/** Archives of unknown origin are only opened where the thread can be stopped. */
// biome-ignore lint/correctness/useYield: a job with nothing to tell on the way
const readBcf: Job<{ readonly bytes: Uint8Array; readonly name: string }, never, BcfRead> = async function* ({ bytes, name }) {
  return readArchive(bytes, name)
}
// biome-ignore lint/correctness/useYield: a job with nothing to tell on the way
const writeBcf: Job<{ readonly archive: BcfArchive; readonly version: BcfVersion }, never, Uint8Array> = async function* ({ archive, version }) {
  return writeArchive(archive, version)
}

// biome-ignore lint/correctness/useYield: a job with nothing to tell on the way
const prepareFlood: Job<{ readonly scenario: FloodScenario; readonly models: readonly SiteModel[] }, Progress, Parsed<FloodWorld>> = async function* ({
  scenario,
  models,
}) {
  return kinds.flood.prepare(scenario, models)
}

interface Finished {
  readonly scenario: FloodScenario
  readonly world: FloodWorld
  readonly result: FloodTypes['result']
}
// biome-ignore lint/correctness/useYield: a job with nothing to tell on the way
const reportFlood: Job<Finished, never, FloodReport> = async function* ({ scenario, world, result }) {
  return kinds.flood.report(scenario, world, result)
}
