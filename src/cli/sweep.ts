import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { hashOf, sha256Hex } from '@/core/base/hash'
import { Failure, type Problem, problem } from '@/core/base/problem'
import { findProblems } from '@/core/base/schema'
import { bandsOf, type JsonObject, type RunRecord, worstLight } from '@/core/decide'
import { isCache, isGzip } from '@/core/model'
import { CLI } from '@/messages/cli.ts'
import { sayDifference } from '@/messages/decide-difference.ts'
import { saySweep } from '@/messages/decide-sweep.ts'
import { sayProblem } from '@/messages/problems.ts'
import { type FloodWorld, kinds } from '@/scenarios'
import { runKey } from '@/scenarios/run-case.ts'
import type { CliIo } from './io.ts'
import { loadModels } from './load-models.ts'
import { nodeWorkers } from './node-workers.ts'
import { type PlanCase, type PlanRead, readPlan } from './read-plan.ts'
import { parsedOrThrow, readJson } from './run.ts'
import { DOCUMENTS } from './schema.ts'
import { jobLines, slurmScript } from './sweep-jobs.ts'
import { writeWhole } from './write-whole.ts'

export interface SweepArgs {
  readonly file: string
  readonly out: string | null
  readonly workers: number | null
  readonly job: number | null
  readonly emit: string | null
  readonly collect: string | null
  readonly models: readonly string[]
  readonly kernel: string
}
interface Job extends PlanCase {
  /** Its place in the plan, from 1. */
  readonly job: number
  readonly key: string
  readonly opened: readonly { readonly path: string; readonly sha256: string }[]
}

/**
 * Many runs by a plan. Each leaves one file named by its key, written whole or not at all, so that a job may be run twice, anywhere and in
 * any order; what is told at the end is always read back from those files.
 */
export async function sweep(args: SweepArgs, io: CliIo): Promise<number> {
  const read = await readPlan(args.file)
  const out = args.collect ?? args.out ?? `${args.file.replace(/\.json$/i, '')}.runs`
  if (args.job !== null && args.job > read.cases.length) throw new Failure(problem('decide.job', { got: String(args.job), total: read.cases.length }, '--job'))
  if (args.emit !== null) {
    const made = { program: process.argv[1] ?? 'foresite', plan: resolve(args.file), out: resolve(out), jobs: read.cases.length }
    await writeFile(args.emit, args.emit.endsWith('.sh') ? slurmScript(made) : jobLines(made))
    return 0
  }
  const jobs = await keyed(read, args, io)
  const wanted = args.job === null ? jobs : jobs.filter(({ job }) => job === args.job)
  if (args.collect === null) {
    await mkdir(out, { recursive: true })
    await compute(wanted, out, args, io)
  }
  if (args.job !== null) return 0
  const records: RunRecord[] = []
  let missing = 0
  for (const { key } of jobs) {
    const kept = await readKept(out, key)
    if (kept.record) records.push(kept.record)
    else missing++
  }
  if (missing > 0) throw new Failure(problem('decide.missingRuns', { missing, total: jobs.length }, out))
  const document = collect(read, jobs, records)
  if (io.json) io.stdout(`${JSON.stringify(document)}\n`)
  else io.stdout(`${saySweep(document, io.lang)}\n`)
  return 0
}

/** Every job with its key. Models that are plain IFC need not be opened for it. */
async function keyed({ cases }: PlanRead, args: SweepArgs, io: CliIo): Promise<Job[]> {
  const hashes = new Map<string, readonly { readonly path: string; readonly sha256: string }[]>()
  const hashesOf = async (path: string) => {
    const bytes = await readFile(path).catch(() => {
      throw new Failure(problem('file.notFound', { name: path }, path))
    })
    if (!isGzip(bytes) && !isCache(bytes)) return [{ path, sha256: sha256Hex(bytes) }]
    const loaded = await loadModels([path], io)
    loaded.close()
    return loaded.models.map(({ model }) => ({ path, sha256: model.file.sha256 }))
  }
  const jobs: Job[] = []
  for (const [k, one] of cases.entries()) {
    const paths = args.models.length > 0 ? args.models : one.models
    const opened: { readonly path: string; readonly sha256: string }[] = []
    for (const path of paths) {
      const known = hashes.get(path) ?? (await hashesOf(path))
      hashes.set(path, known)
      // Named as the scenario names it: where a folder lies decides nothing and is nobody's business.
      opened.push(...known.map(({ sha256 }) => ({ path: path.replaceAll('\\', '/').split('/').pop() ?? path, sha256 })))
    }
    jobs.push({ ...one, models: paths, job: k + 1, opened, key: runKey({ kind: 'flood', written: one.written, models: opened, kernel: args.kernel }) })
  }
  return jobs
}

/** Runs what is not there yet, several at a time. */
async function compute(jobs: readonly Job[], out: string, args: SweepArgs, io: CliIo): Promise<void> {
  const queue: Job[] = []
  const queued = new Set<string>()
  let done = 0
  for (const job of jobs) {
    const kept = queued.has(job.key) ? null : await readKept(out, job.key)
    if (kept === null || kept.record) done++
    else {
      queue.push(job)
      queued.add(job.key)
    }
    if (kept?.problem) io.stderr(`${kept.problem.path}: ${sayProblem(kept.problem, io.lang)}\n`)
  }
  const total = jobs.length
  const told = (job?: Job) => {
    if (!io.quiet) io.stderr(`${io.lang === 'zh-CN' ? CLI.runs.zh : CLI.runs.en} ${done} / ${total}${job ? ` · ${nameOf(job)}` : ''}\n`)
  }
  told()
  if (queue.length === 0) return
  const count = Math.min(queue.length, args.workers ?? availableParallelism())
  const workers = nodeWorkers()
  const loaded = await loadModels([...new Set(queue.flatMap(({ models }) => models))], io)
  try {
    if (loaded.problems.length > 0) throw new Failure(...loaded.problems)
    const worldOf = worlds(loaded.models, count)
    const work = async () => {
      const thread = workers.start()
      const stop = () => thread.kill()
      io.signal.addEventListener('abort', stop)
      try {
        for (let job = queue.shift(); job; job = queue.shift()) {
          io.signal.throwIfAborted()
          const run = thread.jobs.runCase({ kind: 'flood', written: job.written, world: worldOf(job), models: job.opened, kernel: args.kernel }, io.signal)
          let step = await run.next()
          while (!step.done) step = await run.next()
          await keep(out, step.value)
          done++
          told(job)
        }
      } finally {
        io.signal.removeEventListener('abort', stop)
        thread.kill()
      }
    }
    const ends = await Promise.allSettled(Array.from({ length: count }, work))
    for (const end of ends) if (end.status === 'rejected') throw end.reason
  } finally {
    loaded.close()
    workers.close()
  }
}

/** Worlds by their ground: the last few are kept, for jobs that share one follow each other. */
function worlds(loaded: Awaited<ReturnType<typeof loadModels>>['models'], count: number): (job: Job) => FloodWorld {
  const kept = new Map<string, FloodWorld>()
  return ({ written, models }) => {
    const scenario = parsedOrThrow(kinds.flood.parse(written))
    const key = hashOf({ ground: kinds.flood.ground(scenario), models })
    const known = kept.get(key)
    if (known) return known
    const world = parsedOrThrow(
      kinds.flood.prepare(
        scenario,
        loaded.filter(({ path }) => models.includes(path)).map(({ model }) => model),
      ),
    )
    kept.set(key, world)
    for (const old of kept.keys()) if (kept.size > count + 1) kept.delete(old)
    return world
  }
}

function fileOf(out: string, key: string): string {
  return join(out, `${key}.json`)
}
async function keep(out: string, record: RunRecord): Promise<void> {
  const plain = JSON.parse(JSON.stringify(record)) as RunRecord
  await writeWhole(fileOf(out, record.key), `${JSON.stringify({ version: 1, recordHash: hashOf(plain), record: plain })}\n`)
}

/** The record kept under a key; what is damaged or another's does not count and is said. */
async function readKept(out: string, key: string): Promise<{ readonly record: RunRecord | null; readonly problem: Problem | null }> {
  const path = fileOf(out, key)
  try {
    const { record, recordHash } = (await readJson(path)) as { readonly record: RunRecord; readonly recordHash: string }
    const sound = findProblems(DOCUMENTS.record, record).length === 0 && record.key === key && hashOf(record) === recordHash
    if (sound) return { record, problem: null }
    return {
      record: null,
      problem: problem('decide.notThisRun', { expected: key.slice(0, 12), got: String(record?.key ?? '–').slice(0, 12) }, path, 'warning'),
    }
  } catch (error) {
    if (error instanceof Failure && error.problems[0]?.key === 'file.notFound') return { record: null, problem: null }
    return { record: null, problem: problem('decide.notThisRun', { expected: key.slice(0, 12), got: '–' }, path, 'warning') }
  }
}

function nameOf({ variant, condition, failure, sample }: Pick<PlanCase, 'variant' | 'condition' | 'failure' | 'sample'>): string {
  return [variant, condition, failure, sample === null ? null : `#${sample}`].filter((part) => part !== null).join(' / ')
}

/** The `sweep` document: the same whoever computed the runs, and in which order. */
function collect({ plan, variants }: PlanRead, jobs: readonly Job[], records: readonly RunRecord[]) {
  const [baseline] = variants
  return {
    version: 1,
    title: plan.title,
    kind: 'flood',
    planHash: hashOf(plan),
    resultHash: hashOf(records.map(({ key, resultHash }) => [key, resultHash])),
    variants: variants.map(({ id, title, written }) => {
      const say = (lang: 'zh-CN' | 'en') => sayDifference(baseline.written as unknown as JsonObject, written as unknown as JsonObject, lang)
      return { id, title, difference: { zh: say('zh-CN'), en: say('en') } }
    }),
    cases: jobs.map(({ job, variant, condition, failure, sample, key }, k) => {
      const { resultHash, measures } = records[k]
      return { job, variant, condition, failure, sample, key, resultHash, light: worstLight(measures), measures }
    }),
    bands: variants.flatMap(({ id }) =>
      bandsOf(records.filter((_, k) => jobs[k].variant === id && jobs[k].sample !== null)).map((band) => ({ variant: id, ...band })),
    ),
  }
}
export type SweepDocument = ReturnType<typeof collect>
