import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { hashOf } from '@/core/base/hash'
import { Failure, type Problem, problem } from '@/core/base/problem'
import { parseQuantity } from '@/core/base/quantity'
import { parseJson } from '@/core/base/schema'
import type { FloodEvent } from '@/core/flood'
import { sayLog, sayVerdict } from '@/messages/flood.ts'
import { sayProblem } from '@/messages/problems.ts'
import { kinds } from '@/scenarios'
import type { CliIo } from './io.ts'
import { loadModels } from './load-models.ts'
import { runDocument, seriesCsv } from './run-document.ts'

export interface RunArgs {
  readonly file: string
  readonly models: readonly string[]
  readonly cell: string | null
  readonly kernel: string | null
  readonly series: string | null
  readonly until: string | null
  readonly failOn: string | null
}
/** Above this share of the water handled the ledger is not trusted, and `--fail-on balance` fails. */
const BALANCE_LIMIT = 1e-9

/** The whole line: scenario → models → world → run → report. */
export async function run(args: RunArgs, io: CliIo): Promise<number> {
  const written = await readScenario(args)
  const scenario = parsedOrThrow(kinds.flood.parse(written))
  const paths = args.models.length > 0 ? args.models : scenario.written.models.map(({ path }) => resolve(dirname(args.file), path))
  const loaded = await loadModels(paths, io)
  try {
    if (loaded.problems.length > 0) throw new Failure(...loaded.problems)
    const prepared = kinds.flood.prepare(
      scenario,
      loaded.models.map(({ model }) => model),
    )
    const world = parsedOrThrow(prepared)
    const found = [...prepared.problems, ...kinds.flood.check(scenario, world)]
    for (const p of found) if (p.severity !== 'info' || !io.quiet) io.stderr(`${p.path ? `${p.path}: ` : ''}${sayProblem(p, io.lang)}\n`)
    if (found.some(({ severity }) => severity === 'error')) throw new Failure(...found.filter(({ severity }) => severity === 'error'))

    const begun = performance.now()
    const work = kinds.flood.simulate({ scenario, world, ...(args.kernel ? { kernel: args.kernel } : {}) }, io.signal)
    let step = await work.next()
    for (; !step.done; step = await work.next()) tell(step.value, io)
    const report = kinds.flood.report(scenario, world, step.value)
    const document = runDocument({
      scenario,
      world,
      report,
      models: loaded.models.map(({ path, model }) => ({ path, sha256: model.file.sha256 })),
      kernel: args.kernel ?? 'cpu',
      wall: (performance.now() - begun) / 1000,
      scenarioHash: hashOf(scenario.written),
      problems: found,
    })
    if (args.series) await writeWhole(args.series, seriesCsv(report.result))
    if (io.json) io.stdout(`${JSON.stringify(document)}\n`)
    else io.stdout(`${sayVerdict(report, io.lang)}\n`)
    return args.failOn === 'balance' && Math.abs(report.result.balance.errorRelative) > BALANCE_LIMIT ? 10 : 0
  } finally {
    loaded.close()
  }
}

/** The scenario file with what the command line changes of it, so that the hash and the report tell what was run. */
async function readScenario({ file, cell, until }: RunArgs): Promise<unknown> {
  const value = await readJson(file)
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  const changed: Record<string, unknown> = { ...value }
  if (cell !== null) changed.cell = unit(cell, 'm')
  if (until !== null) {
    const seconds = parseQuantity(unit(until, 's'), 'time')
    if (seconds === null) throw new Failure(problem('parse.unit', { got: until, expected: 's, min, h' }, '--until'))
    changed.duration = `${seconds} s`
  }
  return changed
}
function unit(text: string, fallback: string): string {
  return /^[\d.]+$/.test(text) ? `${text} ${fallback}` : text
}

export async function readJson(file: string): Promise<unknown> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch {
    throw new Failure(problem('file.notFound', { name: file }, file))
  }
  if (text.trim() === '') throw new Failure(problem('file.empty', { name: basename(file) }, file))
  const parsed = parseJson(text)
  if ('problem' in parsed) throw new Failure({ ...parsed.problem, path: file })
  return parsed.value
}

export function parsedOrThrow<T>(parsed: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] }): T {
  if (!parsed.ok) throw new Failure(...parsed.problems)
  return parsed.value
}

function tell(event: FloodEvent, io: CliIo): void {
  if (io.quiet) return
  if (event.kind === 'log') io.stderr(`${sayLog(event, io.lang)}\n`)
  else if (event.kind === 'frame' && event.time % 600 === 0) io.stderr(`${(event.time / 60).toFixed(0)} min\n`)
}

/** Written beside its place first: a stop in the middle leaves nothing half-written. */
async function writeWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}.part`
  try {
    await writeFile(draft, text)
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}
