import { Failure, problem } from '@/core/base/problem'
import { kernels } from '@/core/flood'
import type { CommandName } from '@/messages/cli.ts'
import type { Arguments, OptionKind } from './arguments.ts'
import { check } from './check.ts'
import { clash } from './clash.ts'
import { compare } from './compare.ts'
import { convert } from './convert.ts'
import { inspect } from './inspect.ts'
import type { CliIo } from './io.ts'
import { report } from './report.ts'
import { type RunArgs, run } from './run.ts'
import { isNetworkFile, runNetwork } from './run-network.ts'
import { SCHEMA_NAMES, schemaOf } from './schema.ts'
import { sweep } from './sweep.ts'

export interface Command {
  readonly name: CommandName
  readonly usage: string
  readonly options: Readonly<Record<string, OptionKind>>
  run(args: Arguments, io: CliIo): Promise<number>
}

export const COMMANDS: readonly Command[] = [
  {
    name: 'inspect',
    usage: 'inspect <ifc…|cache…> [--elements] [--where QUERY]',
    options: { elements: 'flag', where: 'value' },
    run: ({ words, flags, values }, io) => inspect({ files: some(words, '<ifc…>'), elements: flags.has('elements'), where: values.where ?? null }, io),
  },
  {
    name: 'clash',
    usage:
      'clash <ifc…> [--rules FILE] [--all] [--self] [--tolerance 2mm] [--clearance 50mm] [--segments N] [--hollow filled|modelled] [--baseline FILE] [--bcf FILE] [--bcf-version 2.1|3.0] [--report FILE] [--fail-on hard|new|worse]',
    options: {
      rules: 'value',
      all: 'flag',
      self: 'flag',
      tolerance: 'value',
      clearance: 'value',
      segments: 'value',
      hollow: 'value',
      baseline: 'value',
      bcf: 'value',
      'bcf-version': 'value',
      report: 'value',
      'fail-on': 'value',
    },
    run: (args, io) => clash(clashArgs(args), io),
  },
  {
    name: 'run',
    usage: 'run <scenario.json|network.inp> [--model IFC…] [--cell 1m] [--until T] [--series FILE.csv] [--kernel NAME] [--workers N] [--fail-on balance]',
    options: { model: 'list', cell: 'value', until: 'value', series: 'value', kernel: 'value', workers: 'value', 'fail-on': 'value' },
    run({ words, lists, values }, io) {
      const args: RunArgs = {
        file: one(words, '<scenario.json|network.inp>'),
        models: lists.model ?? [],
        cell: values.cell ?? null,
        until: values.until ?? null,
        series: values.series ?? null,
        kernel: choice(values, 'kernel', Object.keys(kernels)) ?? 'cpu',
        workers: count(values, 'workers', 64),
        failOn: choice(values, 'fail-on', ['balance']),
      }
      return isNetworkFile(args.file) ? runNetwork(args, io) : run(args, io)
    },
  },
  {
    name: 'sweep',
    usage: 'sweep <plan.json> [--out DIR] [--workers N] [--job K] [--emit jobs.txt|slurm.sh] [--collect DIR] [--model IFC…] [--kernel NAME]',
    options: { out: 'value', workers: 'value', job: 'value', emit: 'value', collect: 'value', model: 'list', kernel: 'value' },
    run: ({ words, lists, values }, io) =>
      sweep(
        {
          file: one(words, '<plan.json>'),
          out: values.out ?? null,
          workers: count(values, 'workers', 64),
          job: count(values, 'job', 1_000_000),
          emit: values.emit ?? null,
          collect: values.collect ?? null,
          models: lists.model ?? [],
          kernel: choice(values, 'kernel', Object.keys(kernels)) ?? 'cpu',
        },
        io,
      ),
  },
  {
    name: 'report',
    usage: 'report <run.json…> [--html FILE] [--docx FILE]',
    options: { html: 'value', docx: 'value' },
    run: ({ words, values }, io) => report({ files: some(words, '<run.json…>'), html: values.html ?? null, docx: values.docx ?? null }, io),
  },
  {
    name: 'check',
    usage: 'check <scenario.json|network.inp> [--model IFC…]',
    options: { model: 'list' },
    run: ({ words, lists }, io) => check({ file: one(words, '<scenario.json>'), models: lists.model ?? [] }, io),
  },
  {
    name: 'schema',
    usage: `schema <${SCHEMA_NAMES.join('|')}>`,
    options: {},
    async run({ words }, io) {
      const name = SCHEMA_NAMES.find((candidate) => candidate === words[0])
      if (!name) throw new Failure(problem('parse.choice', { got: words[0] ?? '–', expected: SCHEMA_NAMES.join(', ') }))
      io.stdout(`${JSON.stringify(schemaOf(name), null, 2)}\n`)
      return 0
    },
  },
  {
    name: 'compare',
    usage: 'compare <old.ifc> <new.ifc> [--fail-on changes]',
    options: { 'fail-on': 'value' },
    run({ words, values }, io) {
      if (words.length !== 2) throw new Failure(problem('parse.missing', { key: '<old.ifc> <new.ifc>' }))
      return compare({ before: words[0], after: words[1], failOn: choice(values, 'fail-on', ['changes']) }, io)
    },
  },
  {
    name: 'convert',
    usage: 'convert <ifc…> <cache>',
    options: {},
    run({ words }, io) {
      if (words.length < 2) throw new Failure(problem('parse.missing', { key: '<ifc…> <cache>' }))
      return convert({ files: words.slice(0, -1), out: words[words.length - 1] }, io)
    },
  },
]

function one(words: readonly string[], key: string): string {
  const [first, second] = some(words, key)
  if (second !== undefined) throw new Failure(problem('parse.choice', { got: second, expected: key }))
  return first
}

function some(words: readonly string[], key: string): readonly string[] {
  if (words.length === 0) throw new Failure(problem('parse.missing', { key }))
  return words
}

export function choice(values: Readonly<Record<string, string>>, name: string, known: readonly string[]): string | null {
  const got = values[name]
  if (got === undefined) return null
  if (!known.includes(got)) throw new Failure(problem('parse.choice', { got, expected: known.join(', ') }, `--${name}`))
  return got
}

function count(values: Readonly<Record<string, string>>, name: string, most: number): number | null {
  const got = values[name]
  if (got === undefined) return null
  const number = Number(got)
  if (!Number.isInteger(number) || number < 1 || number > most) throw new Failure(problem('parse.range', { expected: `1 … ${most}`, got }, `--${name}`))
  return number
}

function clashArgs({ words, flags, values }: Arguments) {
  return {
    files: some(words, '<ifc…>'),
    all: flags.has('all'),
    self: flags.has('self'),
    rules: values.rules ?? null,
    tolerance: values.tolerance ?? null,
    clearance: values.clearance ?? null,
    segments: values.segments ?? null,
    hollow: choice(values, 'hollow', ['filled', 'modelled']),
    baseline: values.baseline ?? null,
    bcf: values.bcf ?? null,
    bcfVersion: choice(values, 'bcf-version', ['2.1', '3.0']) === '3.0' ? ('3.0' as const) : ('2.1' as const),
    report: values.report ?? null,
    failOn: choice(values, 'fail-on', ['hard', 'new', 'worse']),
  }
}
