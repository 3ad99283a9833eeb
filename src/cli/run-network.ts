import { basename } from 'node:path'
import { sha256Hex } from '@/core/base/hash'
import { Failure, type Problem, problem } from '@/core/base/problem'
import { parseQuantity, unitsOf } from '@/core/base/quantity'
import { type DrainEvent, type DrainNetwork, readNetwork, simulateNetwork } from '@/core/flood'
import { CLI } from '@/messages/cli.ts'
import { sayDrainage, sayDrainLog } from '@/messages/network.ts'
import { sayProblem } from '@/messages/problems.ts'
import type { CliIo } from './io.ts'
import { networkDocument, seriesHead, seriesRow } from './network-document.ts'
import { pull } from './pull.ts'
import { readText } from './read-text.ts'
import type { RunArgs } from './run.ts'
import { writeWhole } from './write-whole.ts'

/** Above this share of the water handled the balance is not trusted, and `--fail-on balance` fails. */
const BALANCE_LIMIT = 1e-9
/** Least simulated time between words of progress [s]; a long run speaks twenty times. */
const TELL = 3600

/** Whether a file is a SWMM network by its name. */
export function isNetworkFile(file: string): boolean {
  return /\.inp$/i.test(file)
}

/** A SWMM file runs alone, without a surface: text → network → run → document and series. */
export async function runNetwork(args: RunArgs, io: CliIo): Promise<number> {
  const wrong = Object.entries({ '--model': args.models[0] ?? null, '--cell': args.cell, '--workers': args.workers }).filter(([, given]) => given !== null)
  if (wrong.length > 0) throw new Failure(...wrong.map(([option]) => problem('network.option', { option })))
  const { text, network: whole, problems } = await loadNetwork(args.file, io)
  const network = { ...whole, duration: untilOf(args.until, whole.duration) }
  const begun = performance.now()
  const rows: string[] = [seriesHead(network)]
  const every = Math.max(TELL, network.duration / 20)
  let told = 0
  const tell = (event: DrainEvent) => {
    if (event.kind === 'row') {
      if (args.series) rows.push(seriesRow(network, event))
    } else if (io.quiet) return
    else if (event.kind === 'log') io.stderr(`${sayDrainLog(event, io.lang)}\n`)
    else if (event.done - told >= every) {
      told = Math.floor(event.done / every) * every
      io.stderr(`${io.lang === 'zh-CN' ? CLI.simulated.zh : CLI.simulated.en} ${Math.round(told / 60)} min\n`)
    }
  }
  const result = await pull(simulateNetwork({ network }, io.signal), tell)
  io.signal.throwIfAborted()
  if (args.series) await writeWhole(args.series, rows.join(''))
  const wall = (performance.now() - begun) / 1000
  if (io.json) io.stdout(`${JSON.stringify(networkDocument({ network, result, wall, scenarioHash: sha256Hex(new TextEncoder().encode(text)), problems }))}\n`)
  else io.stdout(`${sayDrainage(result, io.lang)}\n`)
  return args.failOn === 'balance' && Math.abs(result.balance.errorRelative) > BALANCE_LIMIT ? 10 : 0
}

/** Reads a network and says what is wrong with it; with an error there is none. */
export async function loadNetwork(
  file: string,
  io: CliIo,
): Promise<{ readonly text: string; readonly network: DrainNetwork; readonly problems: readonly Problem[] }> {
  const text = await readText(file)
  const read = readNetwork(text, basename(file))
  if (!read.ok) throw new Failure(...read.problems)
  for (const found of read.problems) io.stderr(`${found.path}: ${sayProblem(found, io.lang)}\n`)
  return { text, network: read.value, problems: read.problems }
}

/** `--until` cuts a run and never lengthens it. */
function untilOf(text: string | null, duration: number): number {
  if (text === null) return duration
  const asked = parseQuantity(/^[\d.]+$/.test(text) ? `${text} s` : text, 'time')
  if (asked === null || asked <= 0) throw new Failure(problem('parse.unit', { got: text, expected: unitsOf('time').join(', ') }, '--until'))
  return Math.min(duration, asked)
}
