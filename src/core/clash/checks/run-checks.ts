import type { Check, Finding } from '../types.ts'
import { checkEdgeHeight } from './edge-height.ts'
import { checkHeadroom } from './headroom.ts'
import { checkOpening } from './opening.ts'
import { checkSlope } from './slope.ts'
import { checkSpaceTime } from './space-time.ts'
import { checkSpacing } from './spacing.ts'
import type { CheckedWorld } from './world.ts'

/** All checks of the rules, in their order; what one finds is in a fixed order too. */
export function runChecks(checks: readonly Check[], world: CheckedWorld): Finding[] {
  return checks.flatMap((check) => run(check, world).sort((p, q) => (p.id < q.id ? -1 : 1)))
}

function run(check: Check, world: CheckedWorld): Finding[] {
  switch (check.kind) {
    case 'slope':
      return checkSlope(check, world)
    case 'headroom':
      return checkHeadroom(check, world)
    case 'space-time':
      return checkSpaceTime(check, world)
    case 'edge-height':
      return checkEdgeHeight(check, world)
    case 'spacing':
      return checkSpacing(check, world)
    case 'opening':
      return checkOpening(check, world)
  }
}
