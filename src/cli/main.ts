#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { Failure, type ProblemKey, problem } from '@/core/base/problem'
import type { Language } from '@/messages/language.ts'
import { sayProblem } from '@/messages/problems.ts'
import { parseArguments } from './arguments.ts'
import { COMMANDS, choice } from './commands.ts'
import { helpText } from './help.ts'
import type { CliIo } from './io.ts'
import { problemDocument } from './problem-document.ts'

/** Problems that say: more than this program takes on, whatever is right or wrong with it. */
const BUDGETS: ReadonlySet<string> = new Set<ProblemKey>(['ifc.tooLarge', 'site.tooManyCells'])

/** Exit statuses: 0 done · 2 bad input · 3 nothing could be loaded · 4 stopped at a budget · 10 a --fail-on holds · 70 a bug · 130 cancelled. */
async function main(argv: readonly string[]): Promise<number> {
  const controller = new AbortController()
  const cancel = () => controller.abort()
  // Once: who presses Ctrl+C again is not kept waiting.
  process.once('SIGINT', cancel)
  process.once('SIGTERM', cancel)
  const [name, ...rest] = argv
  const command = COMMANDS.find((candidate) => candidate.name === name)
  const options = { ...command?.options, json: 'flag', quiet: 'flag', lang: 'value', help: 'flag', version: 'flag' } as const
  const args = parseArguments(command || name === undefined ? rest : argv, options)
  const io: CliIo = {
    json: args.flags.has('json'),
    lang: languageOf(args.values.lang),
    quiet: args.flags.has('quiet'),
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    signal: controller.signal,
  }
  try {
    if (args.flags.has('version')) {
      io.stdout(`foresite ${versionOfProgram()}\n`)
      return 0
    }
    if (name === undefined || name === 'help' || args.flags.has('help')) {
      io.stdout(helpText(command ?? COMMANDS.find((candidate) => name === 'help' && candidate.name === args.words[1]), io.lang))
      return 0
    }
    if (args.values.lang !== undefined) choice(args.values, 'lang', ['zh-CN', 'en'])
    if (!command && args.problems.length === 0)
      throw new Failure(problem('parse.choice', { got: name, expected: COMMANDS.map((candidate) => candidate.name).join(', ') }))
    if (!command || args.problems.length > 0) throw new Failure(...args.problems)
    const status = await command.run(args, io)
    return controller.signal.aborted ? 130 : status
  } catch (error) {
    if (controller.signal.aborted) return 130
    if (!(error instanceof Failure)) {
      io.stderr(`${error instanceof Error ? error.stack : String(error)}\n`)
      return 70
    }
    if (io.json) io.stdout(problemDocument(error.problems))
    for (const found of error.problems) io.stderr(`${found.path ? `${found.path}: ` : ''}${sayProblem(found, io.lang)}\n`)
    return error.problems.some(({ key }) => BUDGETS.has(key)) ? 4 : 2
  }
}

function languageOf(asked: string | undefined): Language {
  if (asked === 'zh-CN' || asked === 'en') return asked
  return /^zh/i.test(process.env.LC_ALL || process.env.LANG || 'zh') ? 'zh-CN' : 'en'
}

function versionOfProgram(): string {
  return (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version
}

// Who reads only the head of what is written has what they wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 70))

// Output may be a pipe: leave by the exit code, once everything is written.
main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status
    process.stdout.write('', () => process.exit(status))
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    process.exit(70)
  },
)
