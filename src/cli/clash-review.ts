import { z } from 'zod'
import { Failure, problem } from '@/core/base/problem'
import { findProblems } from '@/core/base/schema'
import type { ClashReport } from '@/core/clash'
import type { SiteModel } from '@/core/model'
import { toCsv, toDocx, toHtml, toXlsx } from '@/core/report'
import { type BcfArchive, clashViewpoint, freshIssue, headerOf, type RunTrace, type TrackedRun, topicOf } from '@/core/review'
import { CLASH } from '@/messages/app-clash.ts'
import { sayClash } from '@/messages/clash.ts'
import type { Language } from '@/messages/language.ts'
import { type Reported, reviewReport, reviewTable } from '@/messages/review-report.ts'
import { readJson } from './run.ts'

const point = z.array(z.number()).length(3).nullable()
const side = z.object({ model: z.string(), globalId: z.string(), class: z.string(), name: z.string(), tag: z.string(), center_m: point, size_m: point }).loose()
/** What of an earlier document a comparison needs. */
const BASELINE = z
  .object({
    version: z.literal(1),
    rules: z.array(z.object({ id: z.string() }).loose()),
    models: z.array(z.object({ id: z.string(), sha256: z.string() }).loose()),
    clashes: z.array(
      z
        .object({
          id: z.string(),
          key: z.string(),
          kind: z.enum(['hard', 'touch', 'clearance', 'duplicate', 'surface']),
          rule: z.string(),
          a: side,
          b: side,
          depth_m: z.number().nullable(),
          gap_m: z.number().nullable(),
          at_m: z.array(z.number()).length(3),
          group: z.string(),
        })
        .loose(),
    ),
    resultHash: z.string(),
  })
  .loose()

export async function readBaseline(path: string): Promise<RunTrace> {
  const json = await readJson(path)
  const problems = findProblems(BASELINE, json).map((one) => ({ ...one, path: one.path ? `${path}: ${one.path}` : path }))
  if (problems.length > 0) throw new Failure(...problems)
  const { models, rules, clashes, resultHash } = json as z.infer<typeof BASELINE>
  const element = ({ model, globalId, class: kind, name, tag, center_m, size_m }: z.infer<typeof side>) => ({
    model,
    globalId,
    class: kind,
    name,
    tag,
    center: center_m as [number, number, number] | null,
    size: size_m as [number, number, number] | null,
  })
  return {
    at: '',
    hash: resultHash,
    models: models.map(({ id, sha256 }) => ({ id, sha256 })),
    rules: rules.map(({ id }) => id),
    clashes: clashes.map(({ id, key, kind, rule, a, b, depth_m, gap_m, at_m, group }) => ({
      id,
      key,
      kind,
      rule,
      a: element(a),
      b: element(b),
      depth: depth_m,
      gap: gap_m,
      required: null,
      at: at_m as [number, number, number],
      group,
    })),
    gone: [],
    elements: [],
    skipped: [],
    ignored: [],
  }
}

export function comparison({ counts, run, by }: TrackedRun): object {
  return {
    counts,
    knownBy: Object.fromEntries(by),
    gone: run.gone.map(({ clash: { key, kind, rule, a, b }, outcome, why }) => ({
      key,
      kind,
      rule,
      outcome,
      why,
      a: { model: a.model, globalId: a.globalId, name: a.name },
      b: { model: b.model, globalId: b.globalId, name: b.name },
    })),
  }
}

/** The clashes as topics, each with a view of the contact. */
export function archiveOf(report: ClashReport, models: readonly SiteModel[], tracked: TrackedRun, language: Language): BcfArchive {
  const zh = language === 'zh-CN'
  const keys = new Map(tracked.run.clashes.map(({ id, key }) => [id, key]))
  return {
    version: '2.1',
    project: null,
    topics: report.clashes.map((clash) => {
      const key = keys.get(clash.id) ?? clash.id
      const sides = [clash.a, clash.b]
      return topicOf(
        { ...freshIssue(key), viewpoints: [clashViewpoint(clash, models, null, null)] },
        {
          type: 'Clash',
          title: sayClash(clash, language),
          description: [
            ...sides.map(({ name, class: kind, model, globalId }) => `${name} · ${kind} · ${model} · ${globalId}`),
            `rule ${clash.rule}`,
            `id ${clash.id}`,
          ].join('\n'),
          labels: [zh ? CLASH.what[clash.kind].zh : CLASH.what[clash.kind].en],
          header: headerOf(
            models,
            sides.map(({ model }) => model),
          ),
          createdAt: tracked.run.at,
          createdBy: 'Foresite',
        },
      )
    }),
    documents: [],
    files: [],
  }
}

/** A report by the ending of its name. */
export function reportFile(path: string, report: ClashReport, models: readonly SiteModel[], tracked: TrackedRun | null, language: Language): Uint8Array {
  const keys = new Map(tracked?.run.clashes.map(({ id, key }) => [id, key]))
  const entries = report.clashes.map((clash): Reported => {
    const key = keys.get(clash.id) ?? clash.id
    return { key, clash, title: sayClash(clash, language), issue: freshIssue(key), outcome: tracked?.outcomes.get(key) ?? null, picture: null }
  })
  const document = reviewReport(
    entries,
    {
      project: models.map(({ id }) => id).join(', '),
      at: new Date().toISOString(),
      by: '',
      models: models.map(({ file }) => ({ name: file.name, sha256: file.sha256 })),
      hash: report.hash,
      tested: report.counts.tested,
      notTested: report.counts.notTested,
      ignored: report.counts.ignored,
      left: 0,
    },
    language,
  )
  const table = reviewTable(entries, language)
  const text = (words: string) => new TextEncoder().encode(words)
  if (/\.html?$/i.test(path)) return text(toHtml(document))
  if (/\.docx$/i.test(path)) return toDocx(document)
  if (/\.xlsx$/i.test(path)) return toXlsx({ ...document, blocks: [table] })
  if (/\.csv$/i.test(path)) return text(toCsv(table))
  throw new Failure(problem('parse.choice', { got: path, expected: '.html, .docx, .xlsx, .csv' }, '--report'))
}
