import { isA, type SiteModel } from '@/core/model'
import type { Candidate } from './select.ts'
import type { DesignReason } from './types.ts'

/** How many joints apart two parts of one run may be and still belong together: the two pipes that meet in a fitting are two apart. */
const NEAR = 2

/**
 * What touches or overlaps by design and is no finding: parts of one run joined by ports (directly or through one part between them), an
 * element and its own opening or assembly. Returns a test that names the reason.
 */
export function byDesign(models: readonly SiteModel[]): (a: Candidate, b: Candidate) => DesignReason | null {
  const neighbours = new Map<string, Set<string>>()
  const key = (model: string, index: number) => `${model}\u0000${index}`
  for (const model of models)
    for (const [a, b] of model.joints) {
      const [one, two] = [key(model.id, a), key(model.id, b)]
      if (!neighbours.has(one)) neighbours.set(one, new Set())
      if (!neighbours.has(two)) neighbours.set(two, new Set())
      neighbours.get(one)?.add(two)
      neighbours.get(two)?.add(one)
    }
  const joined = (from: string, to: string) => {
    let ring = new Set([from])
    for (let step = 0; step < NEAR; step++) {
      const next = new Set<string>()
      for (const place of ring) for (const neighbour of neighbours.get(place) ?? []) next.add(neighbour)
      if (next.has(to)) return true
      ring = next
    }
    return false
  }
  return (a, b) => {
    if (a.model !== b.model) return null
    if (
      a.element.host === b.element.index ||
      b.element.host === a.element.index ||
      (a.element.host >= 0 && a.element.host === b.element.host && isA(a.model.elements[a.element.host].class, 'IfcElementAssembly'))
    )
      return 'aggregate'
    if (joined(key(a.model.id, a.element.index), key(b.model.id, b.element.index)))
      return isA(a.element.class, 'IfcPump') || isA(b.element.class, 'IfcPump') ? 'pump-set' : 'same-run'
    return null
  }
}
