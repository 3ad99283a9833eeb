import { Failure, problem } from '@/core/base/problem'
import type { Arguments, OptionKind } from './arguments.ts'
import { check } from './check.ts'
import { clash } from './clash.ts'
import { convert } from './convert.ts'
import { inspect } from './inspect.ts'
import type { CliIo } from './io.ts'
import { run } from './run.ts'
import { SCHEMA_NAMES, schemaOf } from './schema.ts'

export interface Command {
  readonly name: string
  readonly usage: string
  readonly zh: string
  readonly en: string
  readonly options: Readonly<Record<string, OptionKind>>
  run(args: Arguments, io: CliIo): Promise<number>
}

export const COMMANDS: readonly Command[] = [
  {
    name: 'inspect',
    usage: 'inspect <ifc…|cache…> [--elements]',
    zh: '清点、单位、坐标系、载入报告',
    en: 'census, units, frame, load report',
    options: { elements: 'flag' },
    run: ({ words, flags }, io) => inspect({ files: some(words, '<ifc…>'), elements: flags.has('elements') }, io),
  },
  {
    name: 'clash',
    usage: 'clash <ifc…> [--rules FILE] [--all] [--self] [--tolerance 2mm] [--clearance 50mm] [--segments N] [--hollow filled|modelled] [--fail-on hard]',
    zh: '碰撞检测；默认规则，--all 为不同文件间全部构件',
    en: 'clashes by the default rules; --all: every pair of elements of different files',
    options: { rules: 'value', all: 'flag', self: 'flag', tolerance: 'value', clearance: 'value', segments: 'value', hollow: 'value', 'fail-on': 'value' },
    run: (args, io) => clash(clashArgs(args), io),
  },
  {
    name: 'run',
    usage: 'run <scenario.json> [--model IFC…] [--cell 1m] [--kernel NAME] [--series FILE.csv] [--until T] [--fail-on balance]',
    zh: '运行预演；模型在情景文件旁查找',
    en: 'simulates a rehearsal; its models are found beside it',
    options: { model: 'list', cell: 'value', kernel: 'value', series: 'value', until: 'value', 'fail-on': 'value' },
    run: ({ words, lists, values }, io) =>
      run(
        {
          file: some(words, '<scenario.json>')[0],
          models: lists.model ?? [],
          cell: values.cell ?? null,
          kernel: values.kernel ?? null,
          series: values.series ?? null,
          until: values.until ?? null,
          failOn: choice(values, 'fail-on', ['balance']),
        },
        io,
      ),
  },
  {
    name: 'check',
    usage: 'check <scenario.json> [--model IFC…]',
    zh: '检查情景文件，列出全部问题，不运行',
    en: 'says every problem of a scenario; nothing runs',
    options: { model: 'list' },
    run: ({ words, lists }, io) => check({ file: some(words, '<scenario.json>')[0], models: lists.model ?? [] }, io),
  },
  {
    name: 'schema',
    usage: `schema <${SCHEMA_NAMES.join('|')}>`,
    zh: '输出文档的 JSON Schema',
    en: 'prints the JSON Schema of a document',
    options: {},
    async run({ words }, io) {
      const name = SCHEMA_NAMES.find((candidate) => candidate === words[0])
      if (!name) throw new Failure(problem('parse.choice', { got: words[0] ?? '–', expected: SCHEMA_NAMES.join(', ') }))
      io.stdout(`${JSON.stringify(schemaOf(name), null, 2)}\n`)
      return 0
    },
  },
  {
    name: 'convert',
    usage: 'convert <ifc…> <cache>',
    zh: '把 IFC 写成一个缓存文件',
    en: 'writes IFC files as one cache file',
    options: {},
    run({ words }, io) {
      if (words.length < 2) throw new Failure(problem('parse.missing', { key: '<ifc…> <cache>' }))
      return convert({ files: words.slice(0, -1), out: words[words.length - 1] }, io)
    },
  },
]

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
    failOn: choice(values, 'fail-on', ['hard']),
  }
}
