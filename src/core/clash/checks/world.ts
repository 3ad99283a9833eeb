import type { Box, Vec3 } from '@/core/base/geometry'
import { hashOf } from '@/core/base/hash'
import type { SiteModel } from '@/core/model'
import type { Body } from '../body.ts'
import { type Candidate, matches, sideOf } from '../select.ts'
import type { Check, Clash, Finding, Selector } from '../types.ts'

/** What checks look at: everything with a body, zones and terrain too, and what the search has found. */
export interface CheckedWorld {
  readonly models: readonly SiteModel[]
  readonly everything: readonly Candidate[]
  readonly clashes: readonly Clash[]
  body(candidate: Candidate): Body | null
  /** Name of the run that an element belongs to. */
  runOf(candidate: Candidate): string
}

export function select({ everything }: CheckedWorld, selector: Selector): Candidate[] {
  return everything.filter((candidate) => matches(candidate, selector))
}

export function finding(
  check: Check,
  kind: Finding['kind'],
  a: Candidate,
  b: Candidate | null,
  rest: { readonly figures: Finding['figures']; readonly points: Finding['points']; readonly group: string; readonly more?: string },
): Finding {
  const { figures, points, group, more = '' } = rest
  const id = hashOf([check.id, a.model.id, a.element.globalId, b?.model.id ?? '', b?.element.globalId ?? '', more]).slice(0, 24)
  return { id, kind, check: check.kind, rule: check.id, a: sideOf(a), b: b && sideOf(b), figures, points, group }
}

export function middle({ min, max }: Box): Vec3 {
  return [(min[0] + max[0]) / 2, (min[1] + max[1]) / 2, (min[2] + max[2]) / 2]
}

/** Axis of a straight body as the file draws it: from where it is extruded to where that ends, in the common frame. */
export function axisOf({ element, shift }: Candidate): { from: Vec3; to: Vec3 } | null {
  const solid = element.solids?.length === 1 ? element.solids[0] : undefined
  if (!solid) return null
  const { matrix: m, length } = solid
  const from: Vec3 = [m[12] + shift[0], m[13] + shift[1], m[14] + shift[2]]
  return { from, to: [from[0] + m[8] * length, from[1] + m[9] * length, from[2] + m[10] * length] }
}
