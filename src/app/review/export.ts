import { canonicalJson } from '@/core/base/hash'
import { finish } from '@/core/base/job'
import type { Clash } from '@/core/clash'
import { toCsv, toDocx, toHtml, toXlsx } from '@/core/report'
import { clashViewpoint, freshIssue, headerOf, type Issue, type Topic, topicOf } from '@/core/review'
import { APP } from '@/messages/app'
import { CLASH } from '@/messages/app-clash'
import { sayClash } from '@/messages/clash'
import { REVIEW } from '@/messages/review'
import { type Reported, reviewReport, reviewTable, titleOf } from '@/messages/review-report'
import { clashesOf } from '../store/clashes-of.ts'
import { reviewList } from '../store/review-rows.ts'
import { download } from '../store/scenario.ts'
import type { Runtime, TwinState } from '../store/state.ts'
import { wordsIn } from '../words.ts'
import { captureClashes } from './capture.ts'
import { selectionOf } from './selection.ts'

export type Format = keyof typeof REVIEW.formats
const TYPES: Readonly<Record<string, string>> = {
  bcf: 'application/octet-stream',
  html: 'text/html',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv',
  json: 'application/json',
}

/** Writes what is selected to a file of the user's. Pictures that are missing are taken first, as far as that is asked. */
export async function exportReview(format: Format, get: () => TwinState, runtime: Runtime, tell: (done: number, total: number) => void): Promise<void> {
  const { keys } = selectionOf(get())
  const byKey = new Map(clashesOf(get()).map((clash) => [get().keys.get(clash.id) ?? clash.id, clash]))
  const entries = keys.map((key) => ({ key, clash: byKey.get(key) ?? null, issue: get().review.present.issues.get(key) ?? freshIssue(key) }))
  if (format !== 'csv' && format !== 'xlsx' && format !== 'json') {
    const bare = entries.flatMap(({ key, clash, issue }) => (clash && !issue.viewpoints.some(({ snapshot }) => snapshot) ? [{ key, clash }] : []))
    const views = await captureClashes(bare, get, runtime, (done) => tell(done, bare.length))
    for (const entry of entries) {
      const view = views.get(entry.key)
      if (view) entry.issue = { ...entry.issue, viewpoints: [view, ...entry.issue.viewpoints] }
    }
  }
  const name = `foresite-${get().language === 'en' ? 'review' : '审查'}-${new Date().toISOString().slice(0, 10)}`
  if (format === 'bcf-2.1' || format === 'bcf-3.0') {
    const version = format === 'bcf-3.0' ? '3.0' : '2.1'
    const archive = {
      version,
      project: { id: '', name: wordsIn(get().language)(get().isDemo ? APP.demoSite : APP.name) },
      topics: entries.map((entry) => topic(entry, get())),
      documents: [],
      files: [],
    } as const
    const bytes = await finish(runtime.jobs.writeBcf({ archive, version }, new AbortController().signal))
    return save(`${name}.bcf`, bytes, get)
  }
  const reported = entries.map((entry) => reportedOf(entry, get()))
  const report = () => reviewReport(reported, factsOf(get(), reported.length), get().language)
  const table = () => reviewTable(reported, get().language)
  if (format === 'html') save(`${name}.html`, new TextEncoder().encode(toHtml(report())), get)
  else if (format === 'docx') save(`${name}.docx`, toDocx(report()), get)
  else if (format === 'xlsx') save(`${name}.xlsx`, toXlsx({ ...report(), blocks: [table()] }), get)
  else if (format === 'csv') save(`${name}.csv`, new TextEncoder().encode(toCsv(table())), get)
  else save(`${name}.json`, new TextEncoder().encode(jsonOf(reported, get())), get)
}

interface Entry {
  readonly key: string
  readonly clash: Clash | null
  issue: Issue
}

function topic({ clash, issue }: Entry, state: TwinState): Topic {
  const { language, models, reviewer, lastRun } = state
  const t = wordsIn(language)
  const sides = clash ? [clash.a, ...(clash.b ? [clash.b] : [])] : []
  const whole: Issue = issue.viewpoints.length || !clash ? issue : { ...issue, viewpoints: [clashViewpoint(clash, models, null, null)] }
  return topicOf(whole, {
    type: 'Clash',
    title: titleOf(clash, issue, language),
    description: clash
      ? [
          sayClash(clash, language),
          ...sides.map(({ name, class: kind, model, globalId }) => `${name} · ${kind} · ${model} · ${globalId}`),
          `${t(CLASH.rule)}: ${clash.rule}`,
          `id ${clash.id}`,
        ].join('\n')
      : '',
    labels: clash ? [t(CLASH.what[clash.kind])] : [],
    header: headerOf(
      models,
      sides.map(({ model }) => model),
    ),
    createdAt: issue.history[0]?.at ?? lastRun?.at ?? new Date().toISOString(),
    createdBy: issue.history.find(({ by }) => by)?.by || reviewer || t(REVIEW.unsigned),
  })
}

function reportedOf({ key, clash, issue }: Entry, state: TwinState): Reported {
  return {
    key,
    clash,
    issue,
    title: titleOf(clash, issue, state.language),
    outcome: state.outcomeCounts ? (state.clashOutcomes.get(key) ?? null) : null,
    picture: issue.viewpoints.find(({ snapshot }) => snapshot)?.snapshot?.bytes ?? null,
  }
}

function factsOf(state: TwinState, entries: number) {
  const { clashes, models, reviewer, isDemo, language } = state
  const report = clashes.state === 'ready' ? clashes.value : null
  return {
    project: isDemo ? wordsIn(language)(APP.demoSite) : models.map(({ id }) => id).join(', '),
    at: new Date().toISOString(),
    by: reviewer,
    models: models.map(({ file }) => ({ name: file.name, sha256: file.sha256 })),
    hash: report?.hash ?? null,
    tested: report?.counts.tested ?? null,
    notTested: report?.counts.notTested ?? null,
    ignored: report?.counts.ignored ?? null,
    left: Math.max(0, reviewList(state).keys.length - entries),
  }
}

function jsonOf(reported: readonly Reported[], state: TwinState): string {
  const facts = factsOf(state, reported.length)
  const entries = reported.map(({ key, clash, title, issue, outcome }) => ({
    key,
    title,
    kind: clash?.kind ?? null,
    a: clash?.a.globalId ?? null,
    b: clash?.b?.globalId ?? null,
    depth_m: clash?.depth ?? null,
    gap_m: clash?.gap ?? null,
    outcome,
    status: issue.status,
    assignee: issue.assignee,
    due: issue.due,
    comments: issue.comments.map(({ at, by, text }) => ({ at, by, text })),
    history: issue.history,
  }))
  return `${JSON.stringify(JSON.parse(canonicalJson({ version: 1, ...facts, entries })), null, 2)}\n`
}

function save(name: string, bytes: Uint8Array, get: () => TwinState): void {
  download(name, bytes, TYPES[name.slice(name.lastIndexOf('.') + 1)])
  get().tell({ tone: 'good', note: { kind: 'saved', name } })
}
