import type { Clash } from '@/core/clash'
import type { Block, Cell, Report, Table } from '@/core/report'
import type { Issue, Outcome } from '@/core/review'
import { CLASH } from './app-clash.ts'
import { sayClash } from './clash.ts'
import type { Language } from './language.ts'
import { REVIEW } from './review.ts'

/** What a report tells of one clash or topic. */
export interface Reported {
  readonly key: string
  readonly clash: Clash | null
  readonly title: string
  readonly issue: Issue
  readonly outcome: Outcome | null
  readonly picture: Uint8Array | null
}
export interface ReportFacts {
  readonly project: string
  /** ISO 8601. */
  readonly at: string
  readonly by: string
  readonly models: readonly { readonly name: string; readonly sha256: string }[]
  readonly hash: string | null
  readonly tested: number | null
  readonly notTested: number | null
  readonly ignored: number | null
  /** How many the list has beside these. */
  readonly left: number
}

const R = {
  title: { zh: '碰撞审查报告', en: 'Clash review report' },
  basis: { zh: '依据', en: 'Basis' },
  models: { zh: '模型', en: 'Models' },
  result: { zh: '检测结果标识', en: 'Result hash' },
  counts: { zh: '汇总', en: 'Summary' },
  tested: { zh: '检查对数', en: 'Pairs tested' },
  notTested: { zh: '未能检查', en: 'Not tested' },
  ignored: { zh: '按规则不计', en: 'Set aside by rule' },
  listed: { zh: '本报告条目', en: 'Entries here' },
  left: { zh: '清单中未列入', en: 'Not in this report' },
  list: { zh: '清单', en: 'List' },
  details: { zh: '逐条说明', en: 'In detail' },
  limits: { zh: '说明与限度', en: 'Limits' },
  limitsText: {
    zh: [
      '深度是重叠区内最深点到对方表面的距离；净距是最近距离，接触为 0。',
      '净距要求取自 GB 50289 类表格，仅作参考，未逐条核对。',
      '未能检查的构件不代表没有碰撞；结论只对所列模型文件有效。',
    ],
    en: [
      'Depth is the distance of the deepest point of the overlap from the other’s surface; gap is the least distance, 0 where they touch.',
      'Required gaps follow a GB 50289 type of table; they are references, not verified clauses.',
      'What could not be tested is not free of clashes; the findings hold for the model files named here only.',
    ],
  },
  sign: { zh: ['编制', '审核', '批准'], en: ['Prepared', 'Checked', 'Approved'] },
  columns: {
    no: { zh: '序号', en: 'No.' },
    finding: { zh: '问题', en: 'Finding' },
    kind: { zh: '类型', en: 'Kind' },
    a: { zh: '甲', en: 'A' },
    b: { zh: '乙', en: 'B' },
    depth: { zh: '深度 (m)', en: 'Depth (m)' },
    gap: { zh: '净距 (m)', en: 'Gap (m)' },
    required: { zh: '要求 (m)', en: 'Required (m)' },
    outcome: { zh: '与上次相比', en: 'Against last run' },
    x: { zh: 'X (m)', en: 'X (m)' },
    y: { zh: 'Y (m)', en: 'Y (m)' },
    z: { zh: 'Z (m)', en: 'Z (m)' },
    comments: { zh: '评论', en: 'Comments' },
    idA: { zh: '甲 GlobalId', en: 'A GlobalId' },
    idB: { zh: '乙 GlobalId', en: 'B GlobalId' },
    key: { zh: '标识', en: 'Id' },
  },
  footer: {
    zh: (hash: string) => `工地预演 Foresite · 检测结果 ${hash} · 供审查用，不替代设计复核`,
    en: (hash: string) => `Foresite · result ${hash} · for review; no substitute for design checks`,
  },
} as const

/** The report of a review: the same document for the page, Word and the sheets. */
export function reviewReport(entries: readonly Reported[], facts: ReportFacts, language: Language): Report {
  const t = <Z, E>(pair: { readonly zh: Z; readonly en: E }): Z | E => (language === 'en' ? pair.en : pair.zh)
  const count = (test: (entry: Reported) => boolean) => String(entries.filter(test).length)
  const statuses = (Object.keys(REVIEW.statuses) as Issue['status'][]).map(
    (status) => [t(REVIEW.statuses[status]), count(({ issue }) => issue.status === status)] as const,
  )
  const blocks: Block[] = [
    { kind: 'heading', level: 1, text: t(R.basis) },
    {
      kind: 'facts',
      items: [
        ...facts.models.map(({ name, sha256 }) => [name, `SHA-256 ${sha256}`] as const),
        [t(R.result), facts.hash ?? '–'],
        ...(facts.tested === null ? [] : [[t(R.tested), String(facts.tested)] as const]),
        ...(facts.ignored === null ? [] : [[t(R.ignored), String(facts.ignored)] as const]),
        ...(facts.notTested === null ? [] : [[t(R.notTested), String(facts.notTested)] as const]),
      ],
    },
    ...(facts.notTested ? [{ kind: 'paragraph', tone: 'warning', text: t(CLASH.notTestedWarn)(facts.notTested) } as const] : []),
    { kind: 'heading', level: 1, text: t(R.counts) },
    { kind: 'facts', items: [[t(R.listed), String(entries.length)], ...(facts.left > 0 ? [[t(R.left), String(facts.left)] as const] : []), ...statuses] },
    { kind: 'heading', level: 1, text: t(R.list) },
    shortTable(entries, language),
    { kind: 'heading', level: 1, text: t(R.details) },
    ...entries.flatMap((entry, k) => detail(entry, k + 1, language)),
    { kind: 'heading', level: 1, text: t(R.limits) },
    { kind: 'list', items: t(R.limitsText) },
    { kind: 'signatures', names: t(R.sign) },
  ]
  return {
    title: t(R.title),
    language,
    lead: [facts.project, facts.at.slice(0, 16).replace('T', ' ') + (facts.at.endsWith('Z') ? ' UTC' : ''), facts.by].filter(Boolean).join(' · '),
    blocks,
    footer: t(R.footer)(facts.hash?.slice(0, 16) ?? '–'),
  }
}

function shortTable(entries: readonly Reported[], language: Language): Table {
  const t = <Z, E>(pair: { readonly zh: Z; readonly en: E }): Z | E => (language === 'en' ? pair.en : pair.zh)
  return {
    kind: 'table',
    name: t(R.list),
    columns: [
      { name: t(R.columns.no), share: 0.6 },
      { name: t(R.columns.finding), share: 4 },
      { name: t(R.columns.depth), share: 1, digits: 3 },
      { name: t(R.columns.gap), share: 1, digits: 3 },
      { name: t(REVIEW.status), share: 1 },
      { name: t(REVIEW.assignee), share: 1.2 },
      { name: t(REVIEW.due), share: 1.3 },
    ],
    rows: entries.map(({ title, clash, issue }, k): Cell[] => [
      k + 1,
      title,
      depthOf(clash),
      gapOf(clash),
      t(REVIEW.statuses[issue.status]),
      issue.assignee || null,
      issue.due || null,
    ]),
  }
}

/** Everything that is known of each, a row each: for sheets. */
export function reviewTable(entries: readonly Reported[], language: Language): Table {
  const t = <Z, E>(pair: { readonly zh: Z; readonly en: E }): Z | E => (language === 'en' ? pair.en : pair.zh)
  const c = R.columns
  return {
    kind: 'table',
    name: t(R.list),
    columns: [
      { name: t(c.no), share: 0.5 },
      { name: t(c.kind), share: 1 },
      { name: t(c.finding), share: 5 },
      { name: t(c.a), share: 2 },
      { name: t(c.b), share: 2 },
      { name: t(c.depth), digits: 4 },
      { name: t(c.gap), digits: 4 },
      { name: t(c.required), digits: 3 },
      { name: t(c.x), digits: 3 },
      { name: t(c.y), digits: 3 },
      { name: t(c.z), digits: 3 },
      { name: t(REVIEW.status) },
      { name: t(c.outcome) },
      { name: t(REVIEW.assignee), share: 1.5 },
      { name: t(REVIEW.due), share: 1.2 },
      { name: t(c.comments), share: 4 },
      { name: t(c.idA), share: 2.5 },
      { name: t(c.idB), share: 2.5 },
      { name: t(c.key), share: 2.5 },
    ],
    rows: entries.map(({ key, clash, title, issue, outcome }, k): Cell[] => [
      k + 1,
      clash ? t(CLASH.what[clash.kind]) : (issue.topic?.type ?? null),
      title,
      clash ? clash.a.name || clash.a.tag : null,
      clash?.b ? clash.b.name || clash.b.tag : null,
      depthOf(clash),
      gapOf(clash),
      clash?.required ?? null,
      clash ? clash.points[0][0] : null,
      clash ? clash.points[0][1] : null,
      clash ? clash.points[0][2] : null,
      t(REVIEW.statuses[issue.status]),
      outcome ? t(REVIEW.outcomes[outcome]) : null,
      issue.assignee || null,
      issue.due || null,
      issue.comments.map(({ by, text }) => `${by || t(REVIEW.unsigned)}: ${text}`).join('\n') || null,
      clash?.a.globalId ?? null,
      clash?.b?.globalId ?? null,
      key,
    ]),
  }
}

function detail({ clash, title, issue, outcome, picture }: Reported, k: number, language: Language): Block[] {
  const t = <Z, E>(pair: { readonly zh: Z; readonly en: E }): Z | E => (language === 'en' ? pair.en : pair.zh)
  const side = (one: Clash['a']) => `${one.name || one.tag || one.class} · ${one.class} · ${one.model} · ${one.globalId}`
  return [
    { kind: 'heading', level: 2, text: `${k}. ${title}` },
    ...(picture ? [{ kind: 'picture', bytes: picture, alt: title } as const] : []),
    {
      kind: 'facts',
      items: [
        ...(clash
          ? ([
              [t(R.columns.kind), t(CLASH.what[clash.kind])],
              [t(R.columns.a), side(clash.a)],
              ...(clash.b ? [[t(R.columns.b), side(clash.b)] as const] : []),
              [t(CLASH.at), clash.points[0].map((at) => `${at.toFixed(2)} m`).join(', ')],
              ...(clash.marks.length ? [[t(CLASH.marks), clash.marks.map((mark) => t(CLASH.mark[mark])).join('; ')] as const] : []),
            ] as const)
          : []),
        [t(REVIEW.status), `${t(REVIEW.statuses[issue.status])}${outcome ? ` (${t(REVIEW.outcomes[outcome])})` : ''}`],
        ...(issue.assignee ? [[t(REVIEW.assignee), issue.assignee] as const] : []),
        ...(issue.due ? [[t(REVIEW.due), issue.due] as const] : []),
      ],
    },
    ...issue.comments.map(({ by, at, text }) => ({ kind: 'paragraph', text: `${by || t(REVIEW.unsigned)}, ${at.slice(0, 10)}: ${text}` }) as const),
  ]
}

/** The title of an entry: the sentence of its clash, or what the topic is called. */
export function titleOf(clash: Clash | null, issue: Issue, language: Language): string {
  return issue.title || issue.topic?.title || (clash ? sayClash(clash, language) : '') || (language === 'en' ? REVIEW.untitled.en : REVIEW.untitled.zh)
}
function depthOf(clash: Clash | null): number | null {
  return clash && clash.kind !== 'duplicate' && clash.kind !== 'clearance' ? clash.depth : null
}
function gapOf(clash: Clash | null): number | null {
  return clash?.kind === 'clearance' ? clash.gap : null
}
