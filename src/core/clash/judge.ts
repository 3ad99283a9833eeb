import { hashOf } from '@/core/base/hash'
import type { Body } from './body.ts'
import { type Comparison, compareBodies, curveOf } from './compare.ts'
import type { Pair } from './pairs.ts'
import { sideOf } from './select.ts'
import type { Clash, ClashKind } from './types.ts'

/** Boundary of a clearance: this much less than the requirement is not reported [m] (`clash.md` 5.1). */
const BOUNDARY = 1e-6
/** How near two elements of one class must be to be the same one twice [m]. */
const SAME = 1e-3

export interface Judged {
  readonly kind: ClashKind
  readonly found: Comparison
  readonly duplicate: boolean
}

/** What the two bodies do to each other after `clash.md` 5.1; null where nothing that matters. */
export function judge(pair: Pair, one: Body, two: Body): Judged | null {
  const found = compareBodies(one, two, Math.max(pair.required, 0) + BOUNDARY, pair.tolerance)
  if (!found) return null
  const same = isSame(pair, one, two)
  const kind = classify(found, pair, same && pair.find.has('duplicate'))
  return kind ? { kind, found, duplicate: same } : null
}

function classify(found: Comparison, { required, tolerance, find }: Pair, duplicate: boolean): ClashKind | null {
  if (found.depth !== null && found.depth > tolerance) return duplicate ? 'duplicate' : 'hard'
  if (found.unbounded) return 'surface'
  if (found.gap !== null && found.gap < required - BOUNDARY && find.has('clearance')) return 'clearance'
  return found.depth !== null || found.gap === 0 ? 'touch' : null
}

/** The same thing twice: one class, boxes, middles and volumes alike. */
function isSame({ a, b }: Pair, one: Body, two: Body): boolean {
  const [p, q] = [a.bounds, b.bounds]
  if (a.element.class !== b.element.class) return false
  for (let c = 0; c < 3; c++) if (Math.abs(p.min[c] - q.min[c]) > SAME || Math.abs(p.max[c] - q.max[c]) > SAME) return false
  return Math.abs(one.volume - two.volume) <= 1e-3 * Math.max(one.volume, two.volume)
}

export function toClash({ a, b, rule, parallel, required }: Pair, { kind, found }: Judged, one: Body, two: Body): Clash {
  const [p, q] = [a.bounds, b.bounds]
  const curve = kind === 'hard' || kind === 'surface' ? curveOf(one, two) : new Float32Array(0)
  const contact =
    kind === 'clearance'
      ? boxOf(found.points)
      : { min: [0, 1, 2].map((c) => Math.max(p.min[c], q.min[c])), max: [0, 1, 2].map((c) => Math.min(p.max[c], q.max[c])) }
  return {
    id: hashOf([kind, rule, a.model.id, a.element.globalId, b.model.id, b.element.globalId]).slice(0, 24),
    kind,
    rule,
    a: sideOf(a),
    b: sideOf(b),
    depth: found.depth,
    gap: found.gap,
    required: kind === 'clearance' ? required : null,
    parallel,
    points: [point(found.points[0]), point(found.points[1])],
    contact: { min: point(contact.min), max: point(contact.max) },
    curve,
    group: '',
    marks: [
      ...(found.contained ? (['contained'] as const) : []),
      ...(found.open ? (['open'] as const) : []),
      ...(found.estimated ? (['estimated'] as const) : []),
      ...(a.element.state === 'simplified' || b.element.state === 'simplified' ? (['simplified'] as const) : []),
    ],
  }
}

function boxOf([p, q]: readonly [readonly number[], readonly number[]]): { min: number[]; max: number[] } {
  return { min: [0, 1, 2].map((c) => Math.min(p[c], q[c])), max: [0, 1, 2].map((c) => Math.max(p[c], q[c])) }
}
function point(p: readonly number[]): [number, number, number] {
  return [p[0], p[1], p[2]]
}
