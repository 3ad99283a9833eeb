import { availableParallelism } from 'node:os'
import { findClashesIn } from '@/compute/find-clashes.ts'
import { Failure, problem } from '@/core/base/problem'
import { parseQuantity } from '@/core/base/quantity'
import { type Clash, type ClashReport, type ClashRules, type ClashSide, DEFAULT_RULES, type Finding, parseRules } from '@/core/clash'
import type { BcfVersion, ClashTrace, ElementTrace, TrackedRun } from '@/core/review'
import { traceRun, trackRun, writeBcf } from '@/core/review'
import { sayClash } from '@/messages/clash.ts'
import { sayEmpty, sayFinding } from '@/messages/clash-rules.ts'
import { sayProblem } from '@/messages/problems.ts'
import { REVIEW } from '@/messages/review.ts'
import { archiveOf, comparison, readBaseline, reportFile } from './clash-review.ts'
import type { CliIo } from './io.ts'
import { loadModels } from './load-models.ts'
import { nodeWorkers } from './node-workers.ts'
import { problemDocument, problemEntry } from './problem-document.ts'
import { pull } from './pull.ts'
import { parsedOrThrow, readJson } from './run.ts'
import { writeWhole } from './write-whole.ts'

/** Facets of exact round profiles where nothing else is asked for. */
const FACETS = 96

export interface ClashArgs {
  readonly files: readonly string[]
  readonly rules: string | null
  readonly all: boolean
  readonly self: boolean
  readonly tolerance: string | null
  readonly clearance: string | null
  readonly segments: string | null
  readonly hollow: string | null
  /** A document of an earlier run. */
  readonly baseline: string | null
  readonly bcf: string | null
  readonly bcfVersion: BcfVersion
  readonly report: string | null
  readonly failOn: string | null
}

/** Clashes of these files, compared with an earlier run where one is named. Exit 10 where what `--fail-on` asks for is there. */
export async function clash(args: ClashArgs, io: CliIo): Promise<number> {
  const rules: ClashRules = args.rules === null ? DEFAULT_RULES : parsedOrThrow(parseRules(await readJson(args.rules)))
  const tolerance = distance(args.tolerance, '--tolerance')
  const clearance = distance(args.clearance, '--clearance')
  const segments = args.segments === null ? null : Number(args.segments)
  if (segments !== null && (!Number.isInteger(segments) || segments < 6 || segments > 720))
    throw new Failure(problem('parse.range', { expected: '6 … 720', got: args.segments ?? '' }, '--segments'))
  if (args.failOn !== null && args.failOn !== 'hard' && args.baseline === null) throw new Failure(problem('parse.missing', { key: '--baseline' }, '--fail-on'))
  const before = args.baseline === null ? null : await readBaseline(args.baseline)
  // Each file in its own frame: some lie at map coordinates and some at the base point of their map conversion. N as web-ifc counts it: N − 1 facets.
  const loaded = await loadModels(args.files, io, { apart: true, ...(segments === null ? {} : { segments: segments - 1 }) })
  const workers = nodeWorkers({ engines: availableParallelism() })
  try {
    for (const found of loaded.problems) io.stderr(`${found.path}: ${sayProblem(found, io.lang)}\n`)
    if (loaded.models.length === 0) {
      if (io.json) io.stdout(problemDocument(loaded.problems))
      return 2
    }
    const begun = performance.now()
    const scope = args.self ? 'self' : args.all ? 'all' : 'rules'
    const work = findClashesIn(
      workers,
      {
        models: loaded.models.map(({ model }) => model),
        rules: args.hollow === null ? rules : { ...rules, hollow: args.hollow as ClashRules['hollow'] },
        scope,
        tolerance,
        clearance,
        segments: segments === null ? FACETS : null,
      },
      io.signal,
    )
    let last = performance.now()
    const report = await pull(work, (event) => {
      if (event.kind !== 'progress' || io.quiet || performance.now() - last < 1000) return
      last = performance.now()
      io.stderr(`${event.done} / ${event.total}\n`)
    })
    const models = loaded.models.map(({ model }) => model)
    const tracked = trackRun(before, traceRun(report, models, new Date().toISOString(), scope))
    const traces = new Map(tracked.run.clashes.map((trace) => [trace.id, trace]))
    if (args.bcf !== null) await writeWhole(args.bcf, writeBcf(archiveOf(report, models, tracked, io.lang), args.bcfVersion))
    if (args.report !== null) await writeWhole(args.report, reportFile(args.report, report, models, before === null ? null : tracked, io.lang))
    const document = {
      version: 1,
      rules: report.rules.rules,
      clearances: report.rules.clearances.map(({ a, b, parallel, crossing, among, source }) => ({
        a,
        b,
        parallel_m: parallel,
        crossing_m: crossing,
        among,
        source,
      })),
      tolerance_m: tolerance ?? report.rules.tolerance,
      scope,
      models: loaded.models.map(({ path, model }) => ({ path, id: model.id, sha256: model.file.sha256 })),
      checks: report.rules.checks,
      counts: report.counts,
      clashes: [...report.clashes.map((found) => entry(found, traces.get(found.id), before === null ? null : tracked)), ...report.findings.map(findingEntry)],
      ...(before === null ? {} : { baseline: comparison(tracked) }),
      groups: report.groups,
      groupings: report.groupings,
      ignored: report.ignored.map(({ a, b, why, pattern, depth }) => ({ a: side(a), b: side(b), why, ...(pattern ? { pattern } : {}), depth_m: depth })),
      emptySelectors: report.empty,
      skipped: report.skipped.map(({ side: of, why }) => ({ ...side(of), why })),
      resultHash: report.hash,
      timing_s: { load: loaded.models.reduce((sum, { timing }) => sum + timing.total, 0), clash: Math.round(performance.now() - begun) / 1000 },
      ...(loaded.problems.length > 0 ? { problems: loaded.problems.map(problemEntry) } : {}),
    }
    if (io.json) io.stdout(`${JSON.stringify(document)}\n`)
    else io.stdout(inWords(report, io, before === null ? null : tracked))
    if (loaded.problems.length > 0) return 2
    const failing = {
      hard: report.counts.hard + report.counts.duplicate,
      new: tracked.counts.new,
      worse: tracked.counts.worse + tracked.counts.again + tracked.counts.new,
    }
    return args.failOn !== null && failing[args.failOn as keyof typeof failing] > 0 ? 10 : 0
  } finally {
    workers.close()
    loaded.close()
  }
}

function entry(found: Clash, trace: ClashTrace | undefined, tracked: TrackedRun | null): object {
  return {
    id: found.id,
    key: trace?.key ?? found.id,
    at_m: trace?.at ?? null,
    kind: found.kind,
    rule: found.rule,
    a: { ...side(found.a), ...(trace ? placed(trace.a) : {}) },
    b: { ...side(found.b), ...(trace ? placed(trace.b) : {}) },
    depth_m: found.depth,
    gap_m: found.gap,
    figures: { required_m: found.required, parallel: found.parallel },
    points: found.points,
    group: found.group,
    place: found.place && { storey: found.place.storey, grid: found.place.grid, cell: found.place.cell, elevation_m: found.place.elevation },
    status: tracked?.outcomes.get(trace?.key ?? found.id) ?? 'new',
    marks: found.marks,
    sentence: { zh: sayClash(found, 'zh-CN'), en: sayClash(found, 'en') },
  }
}
function findingEntry(found: Finding): object {
  return {
    id: found.id,
    kind: found.kind,
    rule: found.rule,
    a: side(found.a),
    b: found.b && side(found.b),
    depth_m: null,
    gap_m: null,
    figures: found.figures,
    points: found.points,
    group: found.group,
    status: 'new',
    marks: [],
    sentence: { zh: sayFinding(found, 'zh-CN'), en: sayFinding(found, 'en') },
  }
}
function side({ model, globalId, class: name, name: called, tag }: ClashSide): object {
  return { model, globalId, class: name, name: called, tag }
}

/** What lets a later run know the element again where its id does not survive; world coordinates. */
function placed({ center, size }: ElementTrace): object {
  return { center_m: center, size_m: size }
}

function inWords({ clashes, findings, counts, empty }: ClashReport, io: CliIo, tracked: TrackedRun | null): string {
  const zh = io.lang === 'zh-CN'
  const head = zh
    ? `检查 ${counts.tested} 对：硬碰撞 ${counts.hard}，间隙 ${counts.clearance}，重复 ${counts.duplicate}；规则 ${counts.rule}，净空 ${counts.soft}；按规则不计 ${counts.ignored}，未检查 ${counts.notTested}`
    : `${counts.tested} pairs tested: ${counts.hard} hard, ${counts.clearance} clearance, ${counts.duplicate} duplicate; ${counts.rule} rules, ${counts.soft} spaces; ${counts.ignored} set aside by design, ${counts.notTested} not tested`
  const t = <Z, E>(pair: { readonly zh: Z; readonly en: E }) => (zh ? pair.zh : pair.en)
  const outcome = new Map(tracked?.run.clashes.map(({ id, key }) => [id, tracked.outcomes.get(key) ?? 'new']))
  const lines = clashes.map((found) => {
    const what = outcome.get(found.id)
    return `  ${what ? `[${t(REVIEW.outcomes[what])}] ` : ''}${sayClash(found, io.lang)}`
  })
  const gone = (tracked?.run.gone ?? []).map(
    ({ clash: { a, b }, outcome: what, why }) => `  [${t(REVIEW.outcomes[what])}] ${a.name || a.tag} × ${b.name || b.tag}: ${t(REVIEW.why[why])}`,
  )
  const told = [
    ...empty.map(({ rule, side: of }) => `  ${sayEmpty(rule, of, io.lang)}`),
    ...lines,
    ...findings.map((found) => `  ${sayFinding(found, io.lang)}`),
  ]
  return `${[head, ...told, ...gone].join('\n')}\n`
}

function distance(text: string | null, option: string): number | null {
  if (text === null) return null
  const value = parseQuantity(text, 'length')
  if (value === null || value < 0) throw new Failure(problem('parse.unit', { got: text, expected: 'm, mm, cm' }, option))
  return value
}
