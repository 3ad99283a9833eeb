import type { Vec3 } from '@/core/base/geometry'
import { hashOf } from '@/core/base/hash'
import { isA } from '@/core/model'
import { type Body, bodyOf } from './body.ts'
import { byDesign } from './by-design.ts'
import { runChecks } from './checks/run-checks.ts'
import { countGroupings, groupByRunAndHost, type Placed } from './group.ts'
import { type Judged, judge, toClash } from './judge.ts'
import { askOf, fitsBoth, nearPairs, type Pair } from './pairs.ts'
import { axesOf, placeOf } from './place.ts'
import { type Runs, runsOf } from './runs.ts'
import { type Candidate, canClash, everythingOf, matches, sideOf } from './select.ts'
import type { Clash, ClashEvent, ClashInput, ClashKind, ClashReport, ClashRules, ClashSide, Finding, IgnoreReason } from './types.ts'

/** What one share of the pairs gave, before the whole is known. Plain data: it crosses threads. */
export interface ClashShare {
  readonly clashes: readonly Clash[]
  readonly ignored: ClashReport['ignored']
  readonly skipped: ClashReport['skipped']
  readonly counts: Omit<ClashReport['counts'], 'rule' | 'soft'>
}
/** The `index`-th of `of` threads takes every `of`-th pair. */
export interface ShareInput {
  readonly input: ClashInput
  readonly index: number
  readonly of: number
}

/** Finds clashes: broad phase over boxes, exact comparison of bodies, then what the rules say of it. Yields each as it is found. */
export async function* findClashes(input: ClashInput, signal: AbortSignal): AsyncGenerator<ClashEvent, ClashReport, undefined> {
  const world = openWorld(input)
  return conclude(input, world, [yield* search(input, world, 0, 1, signal)])
}

/** One thread's share of a search. */
export async function* searchClashes({ input, index, of }: ShareInput, signal: AbortSignal): AsyncGenerator<ClashEvent, ClashShare, undefined> {
  return yield* search(input, openWorld(input), index, of, signal)
}

/** Puts the shares together. The report is the same for any number of them. */
export function concludeClashes(input: ClashInput, shares: readonly ClashShare[]): ClashReport {
  return conclude(input, openWorld(input), shares)
}

interface World {
  readonly everything: readonly Candidate[]
  readonly candidates: readonly Candidate[]
  readonly runs: Runs
  body(candidate: Candidate): Body | null
  /** Asked for and found to be none. */
  bodyless(): Candidate[]
}

function openWorld({ models, rules, scope, segments }: ClashInput): World {
  const everything = everythingOf(models)
  const candidates = everything.filter((candidate) => canClash(candidate, scope === 'rules'))
  const bodies = new Map<Candidate, Body | null>()
  return {
    everything,
    candidates,
    runs: runsOf(candidates),
    body(candidate) {
      let found = bodies.get(candidate)
      if (found === undefined) {
        found = bodyOf(candidate.model, candidate.element, { segments, fill: fills(candidate, rules), shift: candidate.shift })
        bodies.set(candidate, found)
      }
      return found
    },
    bodyless: () => candidates.filter((candidate) => bodies.get(candidate) === null),
  }
}

async function* search(input: ClashInput, world: World, index: number, of: number, signal: AbortSignal): AsyncGenerator<ClashEvent, ClashShare, undefined> {
  const { models, rules, scope } = input
  const { candidates, runs, body } = world
  const design = byDesign(models)
  const setAside = (pair: Pair, { kind, duplicate }: Judged): { why: IgnoreReason; pattern?: string } | null => {
    const why = duplicate ? null : design(pair.a, pair.b)
    if (why && rules.byDesign.includes(why)) return { why }
    const pattern = rules.accepted.find(({ a, b, kinds }) => (!kinds || kinds.includes(kind)) && fitsBoth(pair.a, pair.b, a, b))
    return pattern ? { why: 'accepted', pattern: pattern.id } : null
  }
  const near = nearPairs(candidates, input).filter((_, k) => k % of === index)
  const axes = axesOf(models)
  const clashes: Clash[] = []
  const ignored: ClashReport['ignored'][number][] = []
  const counts = { tested: 0, hard: 0, touch: 0, clearance: 0, duplicate: 0, surface: 0, ignored: 0, notTested: 0 }

  for (let k = 0; k < near.length; k++) {
    if ((k & 15) === 0) {
      signal.throwIfAborted()
      yield { kind: 'progress', what: 'pairs', done: k, total: near.length }
    }
    const pair = askOf(near[k], input, body)
    if (!pair) continue
    const [one, two] = [body(pair.a), body(pair.b)]
    if (!one || !two) {
      counts.notTested++
      continue
    }
    counts.tested++
    const judged = judge(pair, one, two)
    if (!judged) continue
    const aside = scope === 'rules' ? setAside(pair, judged) : null
    if (aside) {
      if (judged.kind === 'touch') continue
      ignored.push({ a: sideOf(pair.a), b: sideOf(pair.b), ...aside, depth: judged.found.depth })
      counts.ignored++
      continue
    }
    counts[judged.kind]++
    if (!pair.find.has(judged.kind) && judged.kind !== 'surface') continue
    const found = toClash(pair, judged, one, two)
    const clash = { ...found, place: placeOf(middleOf(found), [pair.b, pair.a], axes) }
    clashes.push(clash)
    // What is yielded is given away: the share keeps its own curve.
    yield { kind: 'clash', clash: { ...clash, curve: clash.curve.slice(), group: `${runs.nameOf(pair.a)} × ${runs.nameOf(pair.b)}` } }
  }
  yield { kind: 'progress', what: 'pairs', done: near.length, total: near.length }
  return { clashes, ignored, skipped: world.bodyless().map((candidate) => ({ side: sideOf(candidate), why: 'no-body' })), counts }
}

function conclude({ models, rules, scope }: ClashInput, { everything, candidates, runs, body }: World, shares: readonly ClashShare[]): ClashReport {
  const sides = new Map(candidates.map((candidate) => [keyOf(sideOf(candidate)), candidate]))
  const placed = shares
    .flatMap((share) => share.clashes)
    .map((clash): Placed => ({ clash, a: sides.get(keyOf(clash.a)) as Candidate, b: sides.get(keyOf(clash.b)) as Candidate }))
    .sort((x, y) => worstFirst(x.clash, y.clash))
  const { groups, groupOf } = groupByRunAndHost(placed, runs)
  const clashes = placed.map(({ clash }): Clash => ({ ...clash, group: groupOf.get(clash.id) ?? '' }))
  const findings = runChecks(scope === 'rules' ? rules.checks : [], { models, everything, clashes, body, runOf: runs.nameOf })
  const sum = (key: keyof ClashShare['counts']) => shares.reduce((total, { counts }) => total + counts[key], 0)
  const skipped = new Map(shares.flatMap((share) => share.skipped.map((one) => [keyOf(one.side), one] as const)))
  const pairKey = ({ a, b }: ClashReport['ignored'][number]) => `${keyOf(a)} ${keyOf(b)}`
  return {
    rules,
    clashes,
    findings,
    empty: scope === 'rules' ? emptySelectors(rules, everything) : [],
    groups,
    groupings: countGroupings(placed, groups.length),
    counts: {
      tested: sum('tested'),
      hard: sum('hard'),
      touch: sum('touch'),
      clearance: sum('clearance'),
      duplicate: sum('duplicate'),
      surface: sum('surface'),
      rule: findings.filter(({ kind }) => kind === 'rule').length,
      soft: findings.filter(({ kind }) => kind === 'soft').length,
      ignored: sum('ignored'),
      notTested: sum('notTested'),
    },
    ignored: shares.flatMap((share) => share.ignored).sort((p, q) => (pairKey(p) < pairKey(q) ? -1 : 1)),
    skipped: [...skipped.values()],
    hash: hashOfResult(clashes, findings),
  }
}

function keyOf({ model, index }: ClashSide): string {
  return `${model}/${index}`
}

/** What depends on libraries of the engine (sines of facets) is below the micrometre: the hash speaks of hundredths of a millimetre. */
function hashOfResult(clashes: readonly Clash[], findings: readonly Finding[]): string {
  const rows = [
    ...clashes.map(({ id, depth, gap }) => [id, rounded(depth), rounded(gap)]),
    ...findings.map(({ id, figures }) => [
      id,
      ...Object.keys(figures)
        .sort()
        .map((key) => rounded(figures[key])),
    ]),
  ]
  return hashOf(rows.sort((x, y) => (String(x[0]) < String(y[0]) ? -1 : 1)))
}
function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1e5)
}

/** Selectors that nothing fits: a rule that tests nothing must not read as one that found nothing. */
function emptySelectors({ rules, accepted, checks }: ClashRules, everything: readonly Candidate[]): ClashReport['empty'] {
  const sides = [
    ...[...rules, ...accepted].flatMap(({ id, a, b }) => [
      { rule: id, side: 'a' as const, selector: a },
      { rule: id, side: 'b' as const, selector: b },
    ]),
    ...checks.flatMap((check) => {
      const first = check.kind === 'space-time' ? [] : [{ rule: check.id, side: 'a' as const, selector: check.of }]
      const second = check.kind === 'headroom' || check.kind === 'space-time' ? check.zones : check.kind === 'opening' ? check.through : null
      return second ? [...first, { rule: check.id, side: 'b' as const, selector: second }] : first
    }),
  ]
  return sides.flatMap(({ rule, side, selector }) => (everything.some((candidate) => matches(candidate, selector)) ? [] : [{ rule, side }]))
}

/** Chambers and boards hold things: of services, only runs are filled. */
function fills({ element: { class: name } }: Candidate, { hollow }: ClashRules): boolean {
  return hollow === 'filled' && (isA(name, 'IfcFlowSegment') || isA(name, 'IfcFlowFitting') || !isA(name, 'IfcDistributionElement'))
}

function middleOf({ contact: { min, max } }: Clash): Vec3 {
  return [(min[0] + max[0]) / 2, (min[1] + max[1]) / 2, (min[2] + max[2]) / 2]
}

const ORDER: readonly ClashKind[] = ['hard', 'surface', 'duplicate', 'clearance', 'touch']
function worstFirst(x: Clash, y: Clash): number {
  if (x.kind !== y.kind) return ORDER.indexOf(x.kind) - ORDER.indexOf(y.kind)
  const byDepth = Math.round(((y.depth ?? 0) - (x.depth ?? 0)) * 1e5)
  const byGap = Math.round(((x.gap ?? 0) - (x.required ?? 0) - ((y.gap ?? 0) - (y.required ?? 0))) * 1e5)
  return byDepth || byGap || (x.id < y.id ? -1 : 1)
}
