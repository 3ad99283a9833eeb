import { stat } from 'node:fs/promises'
import type { z } from 'zod'
import { Failure, type Problem, problem } from '@/core/base/problem'
import { findProblems } from '@/core/base/schema'
import type { RunRecord } from '@/core/decide'
import { toDocx, toHtml } from '@/core/report'
import { rehearsalReport } from '@/messages/decide-report.ts'
import { type Layout, sayComparison } from '@/messages/flood-verdict.ts'
import { sayProblem } from '@/messages/problems.ts'
import type { CliIo } from './io.ts'
import { problemEntry } from './problem-document.ts'
import { readJson } from './run.ts'
import { floodRun } from './schema.ts'
import { writeWhole } from './write-whole.ts'

type RunDocument = z.infer<typeof floodRun>
interface Told extends Layout {
  readonly path: string
  readonly document: RunDocument
}

/** Compares documents of `run --json`: which layout lets least in and keeps every asset dry, and what it costs the street. */
export async function report(
  { files, html, docx }: { readonly files: readonly string[]; readonly html: string | null; readonly docx: string | null },
  io: CliIo,
): Promise<number> {
  const problems: Problem[] = []
  const runs: Told[] = []
  for (const path of files) {
    const json = await readJson(path)
    const found = findProblems(floodRun, json).map((one) => ({ ...one, path: one.path ? `${path}: ${one.path}` : path }))
    if (found.length > 0) problems.push(...found)
    else runs.push(toldBy(path, json as RunDocument))
  }
  if (problems.length > 0) throw new Failure(...problems)
  if (html !== null || docx !== null) {
    // The time is that of the newest run's file, not of this moment: the same runs give the same report.
    const at = new Date(Math.max(...(await Promise.all(files.map(async (path) => (await stat(path)).mtimeMs))))).toISOString()
    const made = rehearsalReport(
      runs.map(({ document }) => document as unknown as RunRecord),
      { at, pictures: [] },
      io.lang,
    )
    if (html !== null) await writeWhole(html, toHtml(made))
    if (docx !== null) await writeWhole(docx, toDocx(made))
  }
  const best = [...runs].sort(better)[0]
  const differences = differ(runs)
  if (io.json) {
    const document = {
      version: 1,
      runs: runs.map(({ path, title, over, first, street, assetsOver, document: { scenarioHash, resultHash, pumps, balance } }) => ({
        path,
        title,
        scenarioHash,
        resultHash,
        over_m3: over,
        first_s: first,
        street_m3: street,
        returned_m3: pumps.reduce((sum, pump) => sum + pump.returned_m3, 0),
        displaced_m3: pumps.reduce((sum, pump) => sum + pump.displaced_m3, 0),
        assetsOver,
        error_rel: balance.error_rel,
      })),
      best: best.path,
      sentence: { zh: sayComparison(runs, best, 'zh-CN'), en: sayComparison(runs, best, 'en') },
      problems: differences.map(problemEntry),
    }
    io.stdout(`${JSON.stringify(document)}\n`)
  } else io.stdout(`${sayComparison(runs, best, io.lang)}\n`)
  for (const found of differences) io.stderr(`${found.path}: ${sayProblem(found, io.lang)}\n`)
  return 0
}

function toldBy(path: string, document: RunDocument): Told {
  const { title, verdict, openings, pumps, assets } = document
  const first = openings.flatMap(({ first_s }) => (first_s === null ? [] : [first_s]))
  return {
    path,
    document,
    title,
    over: verdict.volume_m3,
    street: verdict.street_m3,
    kept: pumps.reduce((sum, pump) => sum + pump.returned_m3 + pump.displaced_m3, 0),
    first: first.length > 0 ? Math.min(...first) : null,
    assetsOver: assets.flatMap(({ id, firstOver_s }) => (firstOver_s === null ? [] : [id])),
  }
}

/** Assets first, then what comes in, then the street. */
function better(a: Told, b: Told): number {
  return Number(a.assetsOver.length > 0) - Number(b.assetsOver.length > 0) || a.over - b.over || a.street - b.street
}

/** Layouts compare where rain, time, cell and models are the same: what is not is said. */
function differ(runs: readonly Told[]): Problem[] {
  const [{ document: first }] = runs
  const hashes = ({ models }: RunDocument) => models.map(({ sha256 }) => sha256).join()
  return runs.flatMap(({ path, document }) => {
    const what = [
      ...(document.simulated_s === first.simulated_s ? [] : ['time']),
      ...(document.cell_m === first.cell_m ? [] : ['cell']),
      ...(hashes(document) === hashes(first) ? [] : ['models']),
      ...(document.cell_m !== first.cell_m || Math.abs(document.balance.in.rain - first.balance.in.rain) <= 1e-6 * first.balance.in.rain ? [] : ['rain']),
    ]
    return what.length > 0 ? [problem('scenario.differs', { what: what.join(' ') }, path, 'warning')] : []
  })
}
