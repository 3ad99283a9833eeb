import './problems.ts'
import type { Vec3 } from '@/core/base/geometry'
import { type Problem, problem } from '@/core/base/problem'
import type { Element, SiteModel } from '@/core/model'

/** Where an element that people know by its Tag stands, in the frame of the grid. */
export interface TaggedElement {
  readonly model: string
  readonly globalId: string
  readonly class: string
  readonly name: string
  /** Middle of the element's box in plan, its bottom and top [m]. */
  readonly x: number
  readonly y: number
  readonly bottom: number
  readonly top: number
  /** Plan area of its box [m²]. */
  readonly area: number
}

/** Elements with a Tag and a box. Where a Tag stands twice, the first by model and GlobalId counts, and that is said. */
export function tagElements(models: readonly SiteModel[]): { tagged: Readonly<Record<string, TaggedElement>>; findings: readonly Problem[] } {
  const byTag = new Map<string, TaggedElement[]>()
  const sorted = [...models].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  const origin = sorted[0]?.frame.origin ?? [0, 0, 0]
  for (const model of sorted) {
    const [dx, dy, dz] = [model.frame.origin[0] - origin[0], model.frame.origin[1] - origin[1], model.frame.origin[2] - origin[2]]
    for (const element of model.elements) {
      if (element.tag === '' || !element.bounds || element.state === 'opening') continue
      const list = byTag.get(element.tag)
      const place = placeOf(model, element, [dx, dy, dz])
      if (list) list.push(place)
      else byTag.set(element.tag, [place])
    }
  }
  const tagged: Record<string, TaggedElement> = {}
  const findings: Problem[] = []
  for (const [tag, list] of [...byTag].sort((a, b) => (a[0] < b[0] ? -1 : 1))) {
    list.sort((a, b) => (a.model === b.model ? (a.globalId < b.globalId ? -1 : 1) : a.model < b.model ? -1 : 1))
    tagged[tag] = list[0]
    if (list.length > 1) findings.push(problem('site.tagTwice', { tag, count: list.length }, '', 'info'))
  }
  return { tagged, findings }
}

function placeOf(model: SiteModel, element: Element, [dx, dy, dz]: Vec3): TaggedElement {
  const { min, max } = element.bounds!
  return {
    model: model.id,
    globalId: element.globalId,
    class: element.class,
    name: element.name,
    x: (min[0] + max[0]) / 2 + dx,
    y: (min[1] + max[1]) / 2 + dy,
    bottom: min[2] + dz,
    top: max[2] + dz,
    area: (max[0] - min[0]) * (max[1] - min[1]),
  }
}
