import type { HashBytes } from '@/core/base/hash'
import type { Job, Progress } from '@/core/base/job'
import type { Parsed, Problem } from '@/core/base/problem'
import type { ClashInput, ClashReport, ClashShare, searchClashes as Search } from '@/core/clash'
import { type LocateEngine, makeEngine, makeReader } from '@/core/ifc'
import { type CachedModel, type ModelStore, makeModelStore, openCache, type SiteModel, type StoreKey } from '@/core/model'
import type { BcfArchive, BcfRead, BcfVersion } from '@/core/review'
import type { FloodReport, FloodScenario, FloodTypes, FloodWorld, kinds as Kinds } from '@/scenarios'
import type { runCase as RunCase } from '@/scenarios/run-case.ts'
import { openOpfs } from './opfs.ts'

/**
 * The table of jobs: one set for each thread, because a reader keeps its file and an engine its memory. What a thread may never be asked for
 * (clashes, archives, water) is fetched with the first job that needs it, so that the demonstration site opens from little code.
 */
export function makeJobs({ locate, hash }: { readonly locate?: LocateEngine; readonly hash?: HashBytes } = {}) {
  return {
    ...makeReader(hash),
    ...makeEngine(locate),
    readCache,
    recallModel,
    keepModel,
    searchClashes,
    concludeClashes,
    readBcf,
    writeBcf,
    prepareFlood,
    simulateFlood,
    reportFlood,
    runCase,
  }
}
export type Jobs = ReturnType<typeof makeJobs>

// biome-ignore lint/correctness/useYield: a job with nothing to tell on the way
const readCache: Job<{ readonly bytes: Uint8Array; readonly name: string }, never, readonly CachedModel[]> = async function* ({ bytes, name }) {
  return await openCache(bytes, name)
}

const searchClashes: typeof Search = async function* (input, signal) {
  const clash = await import('@/core/clash')
  return yield* clash.searchClashes(input, signal)
}
// biome-ignore lint/correctness/useYield: a job with nothing to tell on the way
const concludeClashes: Job<{ readonly input: ClashInput; readonly shares: readonly ClashShare[] }, never, ClashReport> = async function* ({ input, shares }) {
  const clash = await import('@/core/clash')
  return clash.concludeClashes(input, shares)
}
const simulateFlood: (typeof Kinds)['flood']['simulate'] = async function* (input, signal) {
  const { kinds } = await import('@/scenarios')
  return yield* kinds.flood.simulate(input, signal)
}
const runCase: typeof RunCase = async function* (input, signal) {
  const scenarios = await import('@/scenarios/run-case.ts')
  return yield* scenarios.runCase(input, signal)
}

/** Archives of unknown origin are only opened where the thread can be stopped. */
// biome-ignore lint/correctness/useYield: a job with nothing to tell on the way
const readBcf: Job<{ readonly bytes: Uint8Array; readonly name: string }, never, BcfRead> = async function* ({ bytes, name }) {
  const review = await import('@/core/review')
  return review.readBcf(bytes, name)
}
// biome-ignore lint/correctness/useYield: a job with nothing to tell on the way
const writeBcf: Job<{ readonly archive: BcfArchive; readonly version: BcfVersion }, never, Uint8Array> = async function* ({ archive, version }) {
  const review = await import('@/core/review')
  return review.writeBcf(archive, version)
}

// biome-ignore lint/correctness/useYield: a job with nothing to tell on the way
const prepareFlood: Job<{ readonly scenario: FloodScenario; readonly models: readonly SiteModel[] }, Progress, Parsed<FloodWorld>> = async function* ({
  scenario,
  models,
}) {
  const { kinds } = await import('@/scenarios')
  return kinds.flood.prepare(scenario, models)
}

interface Finished {
  readonly scenario: FloodScenario
  readonly world: FloodWorld
  readonly result: FloodTypes['result']
}
// biome-ignore lint/correctness/useYield: a job with nothing to tell on the way
const reportFlood: Job<Finished, never, FloodReport> = async function* ({ scenario, world, result }) {
  const { kinds } = await import('@/scenarios')
  return kinds.flood.report(scenario, world, result)
}

/** Bytes of the browser's disk that kept models may take. */
const STORE_LIMIT = 1e9
async function openStore(): Promise<ModelStore | null> {
  const storage = await openOpfs()
  return storage && makeModelStore(storage, STORE_LIMIT)
}
// biome-ignore lint/correctness/useYield: a job of one answer
const recallModel: Job<StoreKey, never, CachedModel | null> = async function* (key) {
  return (await (await openStore())?.recall(key)) ?? null
}
// biome-ignore lint/correctness/useYield: a job of one answer
const keepModel: Job<{ readonly key: StoreKey; readonly cached: CachedModel }, never, Problem | null> = async function* ({ key, cached }) {
  return (await (await openStore())?.keep(key, cached)) ?? null
}
