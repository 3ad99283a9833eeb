import type { Candidate } from '../select.ts'
import type { Check, Finding } from '../types.ts'
import { type CheckedWorld, finding, middle, select } from './world.ts'

/** Bottoms nearer in height than this lie on one floor [m]. */
const FLOOR = 1.5

/**
 * Neighbours farther apart than they may be. Neighbours: no third one is nearer to both than they are to each other (Toussaint 1980), which
 * joins rows and their ends, never the diagonals between rows.
 */
export function checkSpacing(check: Extract<Check, { kind: 'spacing' }>, world: CheckedWorld): Finding[] {
  const all = select(world, check.of)
  return all.flatMap((a, k) =>
    all.slice(k + 1).flatMap((b) => {
      const distance = planDistance(a, b)
      if (distance <= check.most || !onOneFloor(a, b)) return []
      if (all.some((c) => c !== a && c !== b && onOneFloor(a, c) && Math.max(planDistance(a, c), planDistance(b, c)) < distance)) return []
      const [one, two] = a.element.globalId < b.element.globalId ? [a, b] : [b, a]
      const figures = { distance_m: distance, most_m: check.most }
      return [finding(check, 'rule', one, two, { figures, points: [middle(one.bounds), middle(two.bounds)], group: check.id })]
    }),
  )
}

function planDistance(a: Candidate, b: Candidate): number {
  const [p, q] = [middle(a.bounds), middle(b.bounds)]
  return Math.sqrt((p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2)
}
function onOneFloor(a: Candidate, b: Candidate): boolean {
  return a.model === b.model && Math.abs(a.bounds.min[2] - b.bounds.min[2]) < FLOOR
}
