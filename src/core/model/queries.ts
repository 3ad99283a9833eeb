import type { Box } from '@/core/base/geometry'
import { isA } from './classes.ts'
import type { Element, SiteModel } from './site-model.ts'

/** Kinds of model files on a site. */
export const DISCIPLINES = ['site', 'utilities', 'structure', 'temporary', 'architecture', 'services', 'drainage', 'earthworks', 'other'] as const
export type Discipline = (typeof DISCIPLINES)[number]

/** Parts of file names that tell a discipline, as the trade abbreviates them. */
const BY_NAME: readonly (readonly [RegExp, Discipline])[] = [
  [/(^|[-_ .])(utl|util|utilit|管线)/i, 'utilities'],
  [/(^|[-_ .])(drn|drain|排水)/i, 'drainage'],
  [/(^|[-_ .])(tmp|temp|临时)/i, 'temporary'],
  [/(^|[-_ .])(mep|hvac|plumb|elec|sprink|机电|暖通|给排水)/i, 'services'],
  [/(^|[-_ .])(str|struct|constr|staal|steel|结构)/i, 'structure'],
  [/(^|[-_ .])(arch|arc|建筑)/i, 'architecture'],
  [/(^|[-_ .])(site|topo|terrain|场地|地形)/i, 'site'],
  [/(^|[-_ .])(earthwork|tin|土方)/i, 'earthworks'],
]
const BY_CLASS: readonly (readonly [string, Discipline])[] = [
  ['IfcDistributionElement', 'services'],
  ['IfcGeotechnicalElement', 'earthworks'],
  ['IfcEarthworksElement', 'earthworks'],
  ['IfcGeographicElement', 'site'],
  ['IfcBeam', 'structure'],
  ['IfcColumn', 'structure'],
  ['IfcMember', 'structure'],
  ['IfcPile', 'structure'],
  ['IfcFooting', 'structure'],
  ['IfcWall', 'architecture'],
  ['IfcDoor', 'architecture'],
  ['IfcWindow', 'architecture'],
  ['IfcFurnishingElement', 'architecture'],
  ['IfcCovering', 'architecture'],
  ['IfcSlab', 'structure'],
]

/** The discipline a model belongs to: by its file's name, else by what most of its elements are. */
export function disciplineOf(model: SiteModel): Discipline {
  for (const [pattern, discipline] of BY_NAME) if (pattern.test(model.id)) return discipline
  const votes = new Map<Discipline, number>()
  for (const element of model.elements) {
    if (!isDrawn(element)) continue
    const found = BY_CLASS.find(([name]) => isA(element.class, name))
    if (found) votes.set(found[1], (votes.get(found[1]) ?? 0) + 1)
  }
  let best: Discipline = 'other'
  for (const [discipline, count] of votes) if (count > (votes.get(best) ?? 0)) best = discipline
  return best
}

/** Has a body that is shown. */
export function isDrawn(element: Element): boolean {
  return element.state === 'shown' || element.state === 'simplified'
}

/** Box round all that is shown [m], null where nothing is. */
export function boundsOf(model: SiteModel): Box | null {
  const min: [number, number, number] = [Infinity, Infinity, Infinity]
  const max: [number, number, number] = [-Infinity, -Infinity, -Infinity]
  for (const element of model.elements) {
    if (!element.bounds || !isDrawn(element)) continue
    for (let axis = 0; axis < 3; axis++) {
      min[axis] = Math.min(min[axis], element.bounds.min[axis])
      max[axis] = Math.max(max[axis], element.bounds.max[axis])
    }
  }
  return min[0] <= max[0] ? { min, max } : null
}
