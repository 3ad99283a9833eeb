import { hashOf } from '@/core/base/hash'
import { isA } from '@/core/model'
import { type Body, bodyOf } from './body.ts'
import { byDesign } from './by-design.ts'
import { type Comparison, compareBodies, curveOf } from './compare.ts'
import { type Candidate, candidatesOf, inOrder, matches, sideOf } from './select.ts'
import type { Clash, ClashEvent, ClashInput, ClashKind, ClashReport, ClashRule, Clearance } from './types.ts'

/** Boundary of a clearance: this much less than the requirement is not reported [m] (`clash.md` 5.1). */
const BOUNDARY = 1e-6
/** How near two elements of one class must be to be the same one twice [m]. */
const SAME = 1e-3
/** Plan angle under which two runs are parallel: cos 30°. */
const COS_30 = Math.sqrt(3) / 2

interface Pair {
  readonly a: Candidate
  readonly b: Candidate
  readonly rule: string
  readonly find: ReadonlySet<string>
  readonly required: number
  readonly parallel: boolean | null
}

/** Finds clashes: broad phase over boxes, exact comparison of bodies, then what the rules say of it. Yields each as it is found. */
export async function* findClashes(input: ClashInput, signal: AbortSignal): AsyncGenerator<ClashEvent, ClashReport, undefined> {
  const { models, rules, scope, segments } = input
  const tolerance = input.tolerance ?? rules.tolerance
  const candidates = candidatesOf(models)
  const bodies = new Map<Candidate, Body | null>()
  const body = (candidate: Candidate): Body | null => {
    let found = bodies.get(candidate)
    if (found === undefined) {
      const { class: name } = candidate.element
      // Chambers and boards hold things: only runs, struts and the like are filled.
      const fill =
        rules.hollow === 'filled' &&
        (isA(name, 'IfcFlowSegment') ||
          isA(name, 'IfcFlowFitting') ||
          isA(name, 'IfcMember') ||
          isA(name, 'IfcBeam') ||
          isA(name, 'IfcColumn') ||
          isA(name, 'IfcPile') ||
          !isA(name, 'IfcDistributionElement'))
      found = bodyOf(candidate.model, candidate.element, Math.max(48, segments), fill)
      bodies.set(candidate, found)
    }
    return found
  }
  const design = byDesign(models)
  const clearances =
    input.clearance !== null ? [{ a: '*', b: '*', parallel: input.clearance, crossing: input.clearance, among: '', source: '' }] : rules.clearances
  const reach = scope === 'rules' ? clearances.reduce((most, { parallel, crossing }) => Math.max(most, parallel, crossing), 0) : (input.clearance ?? 0)
  const near = nearPairs(candidates, reach + 1e-6)
  const clashes: Clash[] = []
  const ignored: ClashReport['ignored'][number][] = []
  const skipped: ClashReport['skipped'][number][] = []
  const counts = { tested: 0, hard: 0, touch: 0, clearance: 0, duplicate: 0, surface: 0, ignored: 0, notTested: 0 }

  for (let k = 0; k < near.length; k++) {
    if ((k & 15) === 0) {
      signal.throwIfAborted()
      yield { kind: 'progress', what: 'pairs', done: k, total: near.length }
    }
    const pair = scope === 'rules' ? ruled(near[k], rules.rules, clearances, body) : unruled(near[k], scope, input.clearance)
    if (!pair) continue
    const [one, two] = [body(pair.a), body(pair.b)]
    if (!one || !two) {
      counts.notTested++
      continue
    }
    counts.tested++
    const found = compareBodies(one, two, Math.max(pair.required, 0) + 1e-6)
    if (!found) continue
    const same = isSame(pair.a, pair.b, one, two)
    const why = same ? null : design(pair.a, pair.b)
    const kind = classify(found, pair, tolerance, same && pair.find.has('duplicate'))
    if (!kind) continue
    if (why && scope === 'rules') {
      if (kind === 'touch') continue
      ignored.push({ a: sideOf(pair.a), b: sideOf(pair.b), why, depth: found.depth })
      counts.ignored++
      continue
    }
    counts[kind]++
    if (!pair.find.has(kind) && kind !== 'surface') continue
    const clash = toClash(pair, found, kind, kind === 'clearance' ? pair.required : null, one, two)
    clashes.push(clash)
    // What is yielded is given away: the report keeps its own curve.
    yield { kind: 'clash', clash: { ...clash, curve: clash.curve.slice() } }
  }
  for (const candidate of candidates) if (bodies.get(candidate) === null) skipped.push({ side: sideOf(candidate), why: 'no-body' })
  clashes.sort(worstFirst)
  return {
    rules,
    clashes,
    groups: groupsOf(clashes),
    counts,
    ignored,
    skipped,
    // What depends on libraries of the engine (sines of facets) is below the micrometre: the hash speaks of micrometres.
    hash: hashOf(clashes.map(({ id, depth, gap }) => [id, micrometres(depth), micrometres(gap)]).sort((x, y) => (String(x[0]) < String(y[0]) ? -1 : 1))),
  }
}
function micrometres(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1e5)
}

/** Pairs whose boxes come within `reach`, by sweeping along x; each pair in its own fixed order. */
function nearPairs(candidates: readonly Candidate[], reach: number): [Candidate, Candidate][] {
  const boxes = candidates.flatMap((candidate) =>
    candidate.element.bounds ? [{ candidate, min: candidate.element.bounds.min, max: candidate.element.bounds.max }] : [],
  )
  boxes.sort((p, q) => p.min[0] - q.min[0] || (p.candidate.element.globalId < q.candidate.element.globalId ? -1 : 1))
  const pairs: [Candidate, Candidate][] = []
  let active: typeof boxes = []
  for (const box of boxes) {
    active = active.filter((other) => other.max[0] + reach >= box.min[0])
    for (const other of active)
      if (other.min[1] - reach <= box.max[1] && box.min[1] - reach <= other.max[1] && other.min[2] - reach <= box.max[2] && box.min[2] - reach <= other.max[2])
        pairs.push(inOrder(other.candidate, box.candidate))
    active.push(box)
  }
  return pairs
}

function ruled(
  [a, b]: readonly [Candidate, Candidate],
  rules: readonly ClashRule[],
  clearances: readonly Clearance[],
  body: (candidate: Candidate) => Body | null,
): Pair | null {
  const rule = rules.find((one) => (matches(a, one.a) && matches(b, one.b)) || (matches(b, one.a) && matches(a, one.b)))
  if (!rule) return null
  const find = new Set<string>(rule.find)
  if (!find.has('clearance')) return boxGap(a, b) > 0 ? null : { a, b, rule: rule.id, find, required: 0, parallel: null }
  const [one, two] = [body(a), body(b)]
  const parallel = !one?.heading || !two?.heading || Math.abs(one.heading[0] * two.heading[0] + one.heading[1] * two.heading[1]) > COS_30
  const required = requirement(a, b, parallel, clearances)
  return boxGap(a, b) > required ? null : { a, b, rule: rule.id, find, required, parallel }
}

function requirement(a: Candidate, b: Candidate, parallel: boolean, clearances: readonly Clearance[]): number {
  const utility = a.utility || b.utility
  const fits = (type: string, systems: readonly string[]) => type === '*' || systems.includes(type)
  const entry = clearances.find(
    (one) => (one.among !== 'utility' || utility) && ((fits(one.a, a.systems) && fits(one.b, b.systems)) || (fits(one.a, b.systems) && fits(one.b, a.systems))),
  )
  return entry ? (parallel ? entry.parallel : entry.crossing) : 0
}

function unruled([a, b]: readonly [Candidate, Candidate], scope: 'all' | 'self', clearance: number | null): Pair | null {
  if (scope === 'all' && a.model === b.model) return null
  const find = new Set(['hard', 'touch', 'duplicate', 'surface', ...(clearance === null ? [] : ['clearance'])])
  return { a, b, rule: scope, find, required: clearance ?? 0, parallel: null }
}

function boxGap(a: Candidate, b: Candidate): number {
  const [p, q] = [a.element.bounds, b.element.bounds]
  if (!p || !q) return Infinity
  let most = -Infinity
  for (let c = 0; c < 3; c++) most = Math.max(most, p.min[c] - q.max[c], q.min[c] - p.max[c])
  return most
}

function classify(found: Comparison, pair: Pair, tolerance: number, duplicate: boolean): ClashKind | null {
  if (found.depth !== null && found.depth > tolerance) return duplicate ? 'duplicate' : 'hard'
  if (found.gap !== null && found.gap < pair.required - BOUNDARY && pair.find.has('clearance')) return 'clearance'
  return found.depth !== null || found.gap === 0 ? 'touch' : null
}

/** The same thing twice: one class, boxes, middles and volumes alike. */
function isSame(a: Candidate, b: Candidate, one: Body, two: Body): boolean {
  const [p, q] = [a.element.bounds, b.element.bounds]
  if (!p || !q || a.element.class !== b.element.class) return false
  for (let c = 0; c < 3; c++) if (Math.abs(p.min[c] - q.min[c]) > SAME || Math.abs(p.max[c] - q.max[c]) > SAME) return false
  return Math.abs(one.volume - two.volume) <= 1e-3 * Math.max(one.volume, two.volume)
}

function toClash({ a, b, rule, parallel }: Pair, found: Comparison, kind: ClashKind, need: number | null, one: Body, two: Body): Clash {
  const [p, q] = [a.element.bounds, b.element.bounds]
  const curve = kind === 'hard' || kind === 'surface' ? curveOf(one, two) : new Float32Array(0)
  const contact =
    kind === 'clearance' || !p || !q
      ? boxOf(found.points)
      : { min: [0, 1, 2].map((c) => Math.max(p.min[c], q.min[c])), max: [0, 1, 2].map((c) => Math.min(p.max[c], q.max[c])) }
  const host = isA(a.element.class, 'IfcDistributionElement') && !isA(b.element.class, 'IfcDistributionElement') ? b : a
  const run = host === a ? b : a
  return {
    id: hashOf([kind, rule, a.model.id, a.element.globalId, b.model.id, b.element.globalId]).slice(0, 24),
    kind,
    rule,
    a: sideOf(a),
    b: sideOf(b),
    depth: found.depth,
    gap: found.gap,
    required: need,
    parallel,
    points: [point(found.points[0]), point(found.points[1])],
    contact: { min: point(contact.min), max: point(contact.max) },
    curve,
    group: `${runOf(run)} × ${host.element.tag || host.element.globalId}`,
    marks: [
      ...(found.contained ? (['contained'] as const) : []),
      ...(found.open ? (['open'] as const) : []),
      ...(found.estimated ? (['estimated'] as const) : []),
      ...(a.element.state === 'simplified' || b.element.state === 'simplified' ? (['simplified'] as const) : []),
    ],
  }
}
function runOf({ model, element }: Candidate): string {
  const system = element.systems.length > 0 ? model.systems[element.systems[0]] : undefined
  return system?.name || element.tag || element.globalId
}
function boxOf([p, q]: readonly [readonly number[], readonly number[]]): { min: number[]; max: number[] } {
  return { min: [0, 1, 2].map((c) => Math.min(p[c], q[c])), max: [0, 1, 2].map((c) => Math.max(p[c], q[c])) }
}
function point(p: readonly number[]): [number, number, number] {
  return [p[0], p[1], p[2]]
}

const ORDER: readonly ClashKind[] = ['hard', 'surface', 'duplicate', 'clearance', 'touch']
function worstFirst(x: Clash, y: Clash): number {
  if (x.kind !== y.kind) return ORDER.indexOf(x.kind) - ORDER.indexOf(y.kind)
  const byDepth = Math.round(((y.depth ?? 0) - (x.depth ?? 0)) * 1e5)
  const byGap = Math.round(((x.gap ?? 0) - (x.required ?? 0) - ((y.gap ?? 0) - (y.required ?? 0))) * 1e5)
  return byDepth || byGap || (x.id < y.id ? -1 : 1)
}

function groupsOf(clashes: readonly Clash[]): { id: string; clashes: string[] }[] {
  const groups = new Map<string, string[]>()
  for (const { group, id } of clashes) groups.set(group, [...(groups.get(group) ?? []), id])
  return [...groups].map(([id, list]) => ({ id, clashes: list }))
}
