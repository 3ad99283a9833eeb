#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { Failure } from '@/core/base/problem'
import { sayProblem } from '@/messages/problems.ts'
import { parseArguments } from './arguments.ts'
import { COMMANDS } from './commands.ts'
import { helpText } from './help.ts'
import type { CliIo } from './io.ts'
import { problemDocument } from './problem-document.ts'

/** Exit statuses: 0 done · 2 bad input · 3 nothing could be loaded · 4 stopped at a budget · 10 a --fail-on holds · 70 a bug · 130 cancelled. */
async function main(argv: readonly string[]): Promise<number> {
  const controller = new AbortController()
  const cancel = () => controller.abort()
  process.once('SIGINT', cancel)
  process.once('SIGTERM', cancel)
  const [name, ...rest] = argv
  const command = COMMANDS.find((candidate) => candidate.name === name)
  const common = parseArguments(rest, { ...(command?.options ?? {}), json: 'flag', quiet: 'flag', lang: 'value', help: 'flag', version: 'flag' })
  const lang =
    common.values.lang === 'en' || (common.values.lang === undefined && !/^zh/i.test(process.env.LC_ALL ?? process.env.LANG ?? 'zh')) ? 'en' : 'zh-CN'
  const io: CliIo = {
    json: common.flags.has('json'),
    lang,
    quiet: common.flags.has('quiet'),
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    signal: controller.signal,
  }
  if (name === '--version' || common.flags.has('version')) {
    io.stdout(`foresite ${(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version}\n`)
    return 0
  }
  if (!command || common.flags.has('help')) {
    const asked = name === undefined || name === 'help' || name === '--help' || common.flags.has('help')
    ;(asked ? io.stdout : io.stderr)(helpText(command, io.lang))
    return asked ? 0 : 2
  }
  try {
    if (common.problems.length > 0) throw new Failure(...common.problems)
    const status = await command.run(common, io)
    return controller.signal.aborted ? 130 : status
  } catch (error) {
    if (controller.signal.aborted) return 130
    if (!(error instanceof Failure)) {
      io.stderr(`${error instanceof Error ? error.stack : String(error)}\n`)
      return 70
    }
    if (io.json) io.stdout(problemDocument(error.problems))
    for (const found of error.problems) io.stderr(`${found.path ? `${found.path}: ` : ''}${sayProblem(found, io.lang)}\n`)
    return 2
  }
}

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
