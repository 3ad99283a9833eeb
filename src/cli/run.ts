import { dirname, resolve } from 'node:path'
import { Failure, type Parsed, type Problem, problem } from '@/core/base/problem'
import { type Dimension, parseQuantity, unitsOf } from '@/core/base/quantity'
import { parseJson } from '@/core/base/schema'
import { CLI } from '@/messages/cli.ts'
import { sayLog } from '@/messages/flood.ts'
import { sayVerdict } from '@/messages/flood-verdict.ts'
import { sayProblem } from '@/messages/problems.ts'
import { type FloodRunEvent, type FloodScenario, kinds } from '@/scenarios'
import { recordOf } from '@/scenarios/run-case.ts'
import type { CliIo } from './io.ts'
import { loadModels } from './load-models.ts'
import { pull } from './pull.ts'
import { readText } from './read-text.ts'
import { runDocument, seriesCsv } from './run-document.ts'
import { withNetwork } from './with-network.ts'
import { writeWhole } from './write-whole.ts'

export interface RunArgs {
  readonly file: string
  readonly models: readonly string[]
  readonly cell: string | null
  readonly until: string | null
  readonly series: string | null
  readonly kernel: string
  /** Threads that read the models; null for as many as there are processors. */
  readonly workers: number | null
  readonly failOn: string | null
}
/** Above this share of the water handled the ledger is not trusted, and `--fail-on balance` fails. */
const BALANCE_LIMIT = 1e-9

/** The whole line: scenario → models → world → run → report. */
export async function run(args: RunArgs, io: CliIo): Promise<number> {
  const scenario = parsedOrThrow(await readScenario(args))
  const paths = args.models.length > 0 ? args.models : scenario.written.models.map(({ path }) => resolve(dirname(args.file), path))
  const loaded = await loadModels(paths, io, args.workers === null ? {} : { engines: args.workers })
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
    const work = kinds.flood.simulate({ scenario, world, kernel: args.kernel }, io.signal)
    const result = await pull(work, (event) => tell(event, io))
    const report = kinds.flood.report(scenario, world, result)
    const models = loaded.models.map(({ path, model }) => ({ path, sha256: model.file.sha256 }))
    const record = recordOf({ kind: 'flood', written: scenario.written, models, kernel: args.kernel }, kinds.flood.findings(scenario, world, report))
    const document = runDocument({ record, report, wall: (performance.now() - begun) / 1000, problems: found })
    if (args.series) await writeWhole(args.series, seriesCsv(report.result))
    if (io.json) io.stdout(`${JSON.stringify(document)}\n`)
    else io.stdout(`${sayVerdict(report, io.lang)}\n`)
    return args.failOn === 'balance' && Math.abs(report.result.balance.errorRelative) > BALANCE_LIMIT ? 10 : 0
  } finally {
    loaded.close()
  }
}

/** The scenario file with what the command line changes of it, so that the hash and the report tell what was run. */
async function readScenario({ file, cell, until }: RunArgs): Promise<Parsed<FloodScenario>> {
  const value = await withNetwork(await readJson(file), dirname(file))
  const changed = value !== null && typeof value === 'object' && !Array.isArray(value) ? { ...(value as Record<string, unknown>) } : value
  const problems: Problem[] = []
  const change = (key: 'cell' | 'duration', option: string, text: string | null, dimension: Dimension, fallback: string) => {
    if (text === null || changed === null || typeof changed !== 'object') return
    const quantity = /^[\d.]+$/.test(text) ? `${text} ${fallback}` : text
    const asked = parseQuantity(quantity, dimension)
    const before = parseQuantity(String((changed as Record<string, unknown>)[key]), dimension)
    if (asked === null) problems.push(problem('parse.unit', { got: text, expected: unitsOf(dimension).join(', ') }, option))
    // `--until` cuts a run and never lengthens it.
    else if (key === 'cell' || before === null || asked < before) (changed as Record<string, unknown>)[key] = quantity
  }
  change('cell', '--cell', cell, 'length', 'm')
  change('duration', '--until', until, 'time', 's')
  if (problems.length > 0) return { ok: false, problems }
  return kinds.flood.parse(changed)
}

export async function readJson(file: string): Promise<unknown> {
  const text = await readText(file)
  const parsed = parseJson(text)
  if ('problem' in parsed) throw new Failure({ ...parsed.problem, path: file })
  return parsed.value
}

export function parsedOrThrow<T>(parsed: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] }): T {
  if (!parsed.ok) throw new Failure(...parsed.problems)
  return parsed.value
}

function tell(event: FloodRunEvent, io: CliIo): void {
  if (io.quiet) return
  if (event.kind === 'log') io.stderr(`${sayLog(event, io.lang)}\n`)
  else if (event.kind === 'frame' && event.time % 600 === 0) io.stderr(`${io.lang === 'zh-CN' ? CLI.simulated.zh : CLI.simulated.en} ${event.time / 60} min\n`)
}
