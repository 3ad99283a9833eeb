import type { Vec3 } from '@/core/base/geometry'
import type { Clash, ClashInput, ClashKind, ClashReport, ClashSide } from '@/core/clash'
import type { SiteModel } from '@/core/model'
import { type ElementTrace, type MatchedBy, matchElements, traceOf, tracesOf } from './match-elements.ts'

/** What of a clash is kept to know it again in a later run. World coordinates [m]. */
export interface ClashTrace {
  /** Of this run. */
  readonly id: string
  /** Of the clash through all runs: the id of the run that found it first. */
  readonly key: string
  readonly kind: ClashKind
  readonly rule: string
  readonly a: ElementTrace
  readonly b: ElementTrace
  readonly depth: number | null
  readonly gap: number | null
  readonly required: number | null
  /** Middle of the contact. */
  readonly at: Vec3
  readonly group: string
}
/** A run as the next one will need it. */
export interface RunTrace {
  readonly at: string
  readonly hash: string
  readonly models: readonly { readonly id: string; readonly sha256: string }[]
  readonly rules: readonly string[]
  readonly clashes: readonly ClashTrace[]
  /** Clashes of former runs that this one did not find: resolved, or not tested. They are never forgotten. */
  readonly gone: readonly GoneClash[]
  /** All elements; empty where only those of clashes are known. */
  readonly elements: readonly ElementTrace[]
  /** Elements that could not be tested: `model globalId`. */
  readonly skipped: readonly string[]
  /** Pairs that a rule or an accepted pattern takes out: two times `model globalId`, in order. */
  readonly ignored: readonly string[]
}
export interface GoneClash {
  readonly clash: ClashTrace
  readonly outcome: 'resolved' | 'notTested'
  readonly why: GoneReason
}
/** `apart`: both are there and were tested. The others tell why nothing can be said, or which element is no more. */
export type GoneReason = 'apart' | 'removed' | 'modelMissing' | 'ruleMissing' | 'skipped' | 'setAside'
/** What a run says of a clash. `again`: it was resolved and is back. */
export type Outcome = 'new' | 'still' | 'moved' | 'worse' | 'again' | 'resolved' | 'notTested'
export interface TrackedRun {
  readonly run: RunTrace
  readonly outcomes: ReadonlyMap<string, Outcome>
  /** By key, how a clash was known again; absent for new ones. */
  readonly by: ReadonlyMap<string, MatchedBy | 'place'>
  readonly counts: Readonly<Record<Outcome, number>>
}

/** An overlap that grew, or a gap that shrank, by more than this is worse [m] (`clash.md` 5.3). */
const WORSE = 0.01
/** A contact that is further away than this has moved [m]. */
const MOVED = 0.05
/** A clash whose elements are not known again is looked for within this [m]. */
const PLACE = 0.25
/** A model goes on under another name where at least this share of its elements is found in one other. */
const GOES_ON = 0.25

/** The trace of a report. `at` is the time of the run. Keys are those of a first run until `trackRun` has seen them. */
export function traceRun(report: ClashReport, models: readonly SiteModel[], at: string, scope: ClashInput['scope'] = 'rules'): RunTrace {
  const byId = new Map(models.map((model) => [model.id, model]))
  const side = (one: ClashSide): ElementTrace => {
    const model = byId.get(one.model)
    return model?.elements[one.index]
      ? traceOf(model, one.index)
      : { model: one.model, globalId: one.globalId, class: one.class, name: one.name, tag: one.tag, center: null, size: null }
  }
  const origin = models[0]?.frame.origin ?? [0, 0, 0]
  return {
    at,
    hash: report.hash,
    models: models.map((model) => ({ id: model.id, sha256: model.file.sha256 })),
    // Without rules every pair is tested, whatever rule found it before.
    rules: scope === 'rules' ? report.rules.rules.map(({ id }) => id) : ['*', scope],
    clashes: report.clashes.map((clash) => traceClash(clash, side(clash.a), side(clash.b), origin)),
    gone: [],
    elements: tracesOf(models),
    skipped: report.skipped.map(({ side: one }) => nameOf(one)),
    ignored: report.ignored.map(({ a, b }) => pairKey(nameOf(a), nameOf(b))),
  }
}
function traceClash({ id, kind, rule, depth, gap, required, points: [p, q], group }: Clash, a: ElementTrace, b: ElementTrace, origin: Vec3): ClashTrace {
  const middle = (axis: number) => (p[axis] + q[axis]) / 2 + origin[axis]
  return { id, key: id, kind, rule, a, b, depth, gap, required, at: [middle(0), middle(1), middle(2)], group }
}

/**
 * What became of the clashes of the run before: known again by their two elements (`matchElements`), else by place and group. A clash that
 * is not found counts as resolved only where both elements were there to be tested under its rule, or one of them is gone for good;
 * otherwise it is *not tested*, and stays as it was.
 */
export function trackRun(before: RunTrace | null, now: RunTrace): TrackedRun {
  const outcomes = new Map<string, Outcome>()
  const by = new Map<string, MatchedBy | 'place'>()
  if (before === null) {
    for (const { key } of now.clashes) outcomes.set(key, 'new')
    return { run: now, outcomes, by, counts: count(outcomes) }
  }
  const known = [
    ...before.clashes.map((clash) => ({ clash, gone: false })),
    ...before.gone.map(({ clash, outcome }) => ({ clash, gone: outcome === 'resolved' })),
  ]
  const old = oldElements(
    before,
    known.map(({ clash }) => clash),
  )
  const fresh = now.elements.length > 0 ? now.elements : uniqueElements(now.clashes)
  const matches = matchElements(old, fresh)
  const slot = new Map(old.map((trace, k) => [elementKey(trace), k]))
  const seenAs = (trace: ElementTrace) => {
    const k = slot.get(elementKey(trace))
    return k === undefined ? null : matches[k]
  }
  const places = new Map<string, ClashTrace[]>()
  for (const clash of now.clashes) push(places, pairKey(elementKey(clash.a), elementKey(clash.b)), clash)

  const heir = new Map<string, { readonly clash: ClashTrace; readonly gone: boolean; readonly by: MatchedBy | 'place' }>()
  const left: { clash: ClashTrace; gone: boolean }[] = []
  for (const one of known) {
    const [a, b] = [seenAs(one.clash.a), seenAs(one.clash.b)]
    const there = a && b ? places.get(pairKey(elementKey(fresh[a.now]), elementKey(fresh[b.now]))) : undefined
    const found =
      there?.find((candidate) => !heir.has(candidate.id) && candidate.rule === one.clash.rule) ?? there?.find((candidate) => !heir.has(candidate.id))
    if (found && a && b) heir.set(found.id, { ...one, by: least(a.by, b.by) })
    else left.push(one)
  }
  const orphans = now.clashes.filter(({ id }) => !heir.has(id))
  const still = left.filter((one) => {
    // Only where an element is not known again: a pair that was tested and is apart is resolved, whatever lies beside it.
    if (seenAs(one.clash.a) && seenAs(one.clash.b)) return true
    const near = orphans.filter((clash) => !heir.has(clash.id) && sameGroup(clash, one.clash) && distance(clash.at, one.clash.at) <= PLACE)
    near.sort((x, y) => distance(x.at, one.clash.at) - distance(y.at, one.clash.at))
    if (near.length === 0) return true
    heir.set(near[0].id, { ...one, by: 'place' })
    return false
  })

  const clashes = now.clashes.map((clash) => {
    const from = heir.get(clash.id)
    const key = from?.clash.key ?? clash.key
    outcomes.set(key, from ? (from.gone ? 'again' : change(from.clash, clash)) : 'new')
    if (from) by.set(key, from.by)
    return key === clash.key ? clash : { ...clash, key }
  })
  const ignored = new Set(now.ignored)
  const goesOn = modelsThatGoOn(old, fresh, matches, now)
  const gone = still.map(({ clash, gone: was }): GoneClash => {
    const why = whyGone(clash, now, seenAs, fresh, goesOn, ignored)
    const outcome = why === 'apart' || why === 'removed' || was ? 'resolved' : 'notTested'
    outcomes.set(clash.key, outcome)
    return { clash, outcome, why }
  })
  return { run: { ...now, clashes, gone }, outcomes, by, counts: count(outcomes) }
}

function change(old: ClashTrace, now: ClashTrace): Outcome {
  if (isWorse(old, now)) return 'worse'
  return distance(old.at, now.at) > MOVED ? 'moved' : 'still'
}
/** A gap that became an overlap, an overlap that grew, a gap that shrank. */
function isWorse(old: ClashTrace, now: ClashTrace): boolean {
  const overlaps = ({ kind }: ClashTrace) => kind === 'hard' || kind === 'duplicate' || kind === 'surface'
  if (overlaps(now) !== overlaps(old)) return overlaps(now)
  if (overlaps(now)) return (now.depth ?? 0) - (old.depth ?? 0) > WORSE
  return (old.gap ?? 0) - (now.gap ?? 0) > WORSE
}

type Seen = (trace: ElementTrace) => { readonly now: number } | null

function whyGone(
  { a, b, rule }: ClashTrace,
  now: RunTrace,
  seenAs: Seen,
  fresh: readonly ElementTrace[],
  goesOn: ReadonlySet<string>,
  ignored: ReadonlySet<string>,
): GoneReason {
  if (!now.rules.includes(rule) && !now.rules.includes('*')) return 'ruleMissing'
  const sides = [a, b].map((trace) => ({ trace, match: seenAs(trace) }))
  if (sides.some(({ trace, match }) => !match && !goesOn.has(trace.model))) return 'modelMissing'
  if (sides.some(({ match }) => match && now.skipped.includes(nameOf(fresh[match.now])))) return 'skipped'
  const [one, two] = sides.map(({ match }) => (match ? nameOf(fresh[match.now]) : ''))
  if (ignored.has(pairKey(one, two))) return 'setAside'
  return sides.every(({ match }) => match) ? 'apart' : 'removed'
}

/** Old models that are still there: by their id, or because enough of their elements are in another. */
function modelsThatGoOn(
  old: readonly ElementTrace[],
  fresh: readonly ElementTrace[],
  matches: readonly ({ readonly now: number } | null)[],
  now: RunTrace,
): Set<string> {
  const goesOn = new Set(now.models.map(({ id }) => id))
  const all = new Map<string, number>()
  const into = new Map<string, number>()
  old.forEach(({ model }, k) => {
    all.set(model, (all.get(model) ?? 0) + 1)
    const match = matches[k]
    if (match) into.set(`${model}\u0000${fresh[match.now].model}`, (into.get(`${model}\u0000${fresh[match.now].model}`) ?? 0) + 1)
  })
  for (const [key, n] of into) {
    const [model] = key.split('\u0000')
    if (n >= GOES_ON * (all.get(model) ?? 1)) goesOn.add(model)
  }
  return goesOn
}

function oldElements(before: RunTrace, clashes: readonly ClashTrace[]): ElementTrace[] {
  const list = new Map([...before.elements, ...uniqueElements(clashes)].map((trace) => [elementKey(trace), trace]))
  return [...list.values()]
}
function uniqueElements(clashes: readonly ClashTrace[]): ElementTrace[] {
  return [...new Map(clashes.flatMap(({ a, b }) => [a, b]).map((trace) => [elementKey(trace), trace])).values()]
}
/** GlobalIds may stand twice in a file: the place tells them apart. */
function elementKey({ model, globalId, center }: ElementTrace): string {
  return `${model} ${globalId} ${center ? center.map((at) => Math.round(at * 1e3)).join(' ') : ''}`
}
function nameOf({ model, globalId }: Pick<ElementTrace, 'model' | 'globalId'>): string {
  return `${model} ${globalId}`
}
function pairKey(a: string, b: string): string {
  return a < b ? `${a}|${b}` : `${b}|${a}`
}
function sameGroup(a: ClashTrace, b: ClashTrace): boolean {
  const classes = ({ a: one, b: two }: ClashTrace) => [one.class, two.class].sort().join()
  return a.rule === b.rule && (a.group === b.group || classes(a) === classes(b))
}
const SURENESS: readonly MatchedBy[] = ['globalId', 'tag', 'geometry']
function least(a: MatchedBy, b: MatchedBy): MatchedBy {
  return SURENESS[Math.max(SURENESS.indexOf(a), SURENESS.indexOf(b))]
}
function distance(a: Vec3, b: Vec3): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}
function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
function count(outcomes: ReadonlyMap<string, Outcome>): Record<Outcome, number> {
  const counts = { new: 0, still: 0, moved: 0, worse: 0, again: 0, resolved: 0, notTested: 0 }
  for (const outcome of outcomes.values()) counts[outcome]++
  return counts
}
