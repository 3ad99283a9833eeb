import type { Body } from './body.ts'
import { type Candidate, inOrder, matches } from './select.ts'
import type { ClashInput, Clearance, Selector } from './types.ts'

/** Two elements to compare, in their fixed order, and what is asked of them. */
export interface Pair {
  readonly a: Candidate
  readonly b: Candidate
  readonly rule: string
  readonly find: ReadonlySet<string>
  readonly tolerance: number
  /** Required gap [m], 0 for none. */
  readonly required: number
  readonly parallel: boolean | null
}
/** Plan angle under which two runs are parallel: cos 30°. */
const COS_30 = Math.sqrt(3) / 2
/** Boxes come from rounded coordinates: what touches may be this far apart [m]. */
const SLACK = 1e-6

/** Pairs whose boxes come near enough for any rule, worst overlap of boxes first. */
export function nearPairs(candidates: readonly Candidate[], { scope, rules, clearance }: ClashInput): [Candidate, Candidate][] {
  const reach = scope === 'rules' && clearance === null ? farthest(rules) : (clearance ?? 0)
  const sorted = [...candidates].sort((p, q) => p.bounds.min[0] - q.bounds.min[0])
  const boxes = new Float64Array(6 * sorted.length)
  sorted.forEach(({ bounds: { min, max } }, k) => {
    for (let c = 0; c < 3; c++) {
      boxes[6 * k + c] = min[c]
      boxes[6 * k + 3 + c] = max[c]
    }
  })
  const most = reach + SLACK
  const pairs: { pair: [Candidate, Candidate]; gap: number }[] = []
  for (let i = 0, p = 0; i < sorted.length; i++, p += 6)
    for (let j = i + 1, q = p + 6; j < sorted.length && boxes[q] <= boxes[p + 3] + most; j++, q += 6) {
      if (boxes[p + 1] > boxes[q + 4] + most || boxes[q + 1] > boxes[p + 4] + most || boxes[p + 2] > boxes[q + 5] + most || boxes[q + 2] > boxes[p + 5] + most)
        continue
      if (scope === 'all' && sorted[i].model === sorted[j].model) continue
      pairs.push({ pair: inOrder(sorted[i], sorted[j]), gap: boxGap(sorted[i], sorted[j]) })
    }
  // For equal gaps the order of the sweep holds: sorting is stable.
  return pairs.sort((p, q) => p.gap - q.gap).map(({ pair }) => pair)
}

function farthest({ rules, clearances }: ClashInput['rules']): number {
  const most = clearances.reduce((far, { parallel, crossing }) => Math.max(far, parallel, crossing), 0)
  return rules.reduce((far, rule) => Math.max(far, rule.clearance ?? 0), most)
}

/** What is asked of a pair: the first rule that fits both, or everything where no rules hold. Null where nothing is. */
export function askOf([a, b]: readonly [Candidate, Candidate], input: ClashInput, body: (candidate: Candidate) => Body | null): Pair | null {
  const { rules, scope, clearance } = input
  const general = input.tolerance ?? rules.tolerance
  if (scope !== 'rules') {
    const find = new Set(['hard', 'touch', 'duplicate', 'surface', ...(clearance === null ? [] : ['clearance'])])
    return { a, b, rule: scope, find, tolerance: general, required: clearance ?? 0, parallel: null }
  }
  const rule = rules.rules.find((one) => fitsBoth(a, b, one.a, one.b))
  if (!rule) return null
  const find = new Set<string>(rule.find)
  const tolerance = input.tolerance ?? rule.tolerance ?? general
  if (!find.has('clearance')) return boxGap(a, b) > SLACK ? null : { a, b, rule: rule.id, find, tolerance, required: 0, parallel: null }
  const [one, two] = [body(a), body(b)]
  const parallel = !one?.heading || !two?.heading || Math.abs(one.heading[0] * two.heading[0] + one.heading[1] * two.heading[1]) > COS_30
  const required = clearance ?? rule.clearance ?? requirement(a, b, parallel, rules.clearances)
  return boxGap(a, b) > required + SLACK ? null : { a, b, rule: rule.id, find, tolerance, required, parallel }
}

/** Does one of the two fit each selector? */
export function fitsBoth(one: Candidate, two: Candidate, a: Selector, b: Selector): boolean {
  return (matches(one, a) && matches(two, b)) || (matches(two, a) && matches(one, b))
}

function requirement(a: Candidate, b: Candidate, parallel: boolean, clearances: readonly Clearance[]): number {
  const utility = a.utility || b.utility
  const meets = (type: string, systems: readonly string[]) => type === '*' || systems.includes(type)
  const entry = clearances.find(
    (one) =>
      (one.among !== 'utility' || utility) && ((meets(one.a, a.systems) && meets(one.b, b.systems)) || (meets(one.a, b.systems) && meets(one.b, a.systems))),
  )
  return entry ? (parallel ? entry.parallel : entry.crossing) : 0
}

/** How far two boxes are apart along the axis where they are most; negative where they overlap [m]. */
function boxGap({ bounds: p }: Candidate, { bounds: q }: Candidate): number {
  return Math.max(p.min[0] - q.max[0], q.min[0] - p.max[0], p.min[1] - q.max[1], q.min[1] - p.max[1], p.min[2] - q.max[2], q.min[2] - p.max[2])
}
