import { add, type Box, type Vec3 } from '@/core/base/geometry'
import { type Element, isA, type Match, matcherOf, parseSelector, type SiteModel } from '@/core/model'
import type { ClashSide, Selector } from './types.ts'

export interface Candidate {
  readonly model: SiteModel
  readonly element: Element
  /** Types of the systems it belongs to; `['']` where none. */
  readonly systems: readonly string[]
  /** Belongs to a model of buried utilities. */
  readonly utility: boolean
  readonly surroundings: boolean
  /** In the common frame [m]. */
  readonly bounds: Box
  /** From the model's frame to the common one [m]. */
  readonly shift: Vec3
}

/** Service types that lie in streets; a model is one of buried utilities where most of its systems are of these. */
const BURIED = new Set(['WATERSUPPLY', 'GAS', 'ELECTRICAL', 'COMMUNICATION', 'HEATING', 'STORMWATER', 'SEWAGE'])

/** A model with terrain shows the surroundings where less than this share of it are services. */
const SURROUNDINGS = 0.1

/** What has a body and is nothing that is built. */
const IMMATERIAL = ['IfcSpace', 'IfcAnnotation', 'IfcGrid', 'IfcVirtualElement', 'IfcSite', 'IfcSpatialZone', 'IfcFeatureElement', 'IfcPort']

/** Every element with a body, zones, spaces and terrain too. The common frame is that of the first model. */
export function everythingOf(models: readonly SiteModel[]): Candidate[] {
  return models.flatMap((model) => {
    const from = models[0].frame.origin
    const to = model.frame.origin
    const shift: Vec3 = [to[0] - from[0], to[1] - from[1], to[2] - from[2]]
    const buried = model.systems.filter((system) => BURIED.has(system.type)).length
    const utility = model.systems.length > 0 && buried > model.systems.length / 2
    const terrain = model.elements.some(({ class: name, parts }) => parts.length > 0 && (isA(name, 'IfcGeographicElement') || isA(name, 'IfcSite')))
    const drawn = model.elements.filter((element) => element.parts.length > 0)
    const services = drawn.filter((element) => isA(element.class, 'IfcDistributionElement')).length
    const surroundings = terrain && services < SURROUNDINGS * drawn.length
    return model.elements.flatMap((element): Candidate[] => {
      const { bounds, state } = element
      if (!bounds || (state !== 'shown' && state !== 'simplified')) return []
      return [
        {
          model,
          element,
          systems: element.systems.length > 0 ? element.systems.map((k) => model.systems[k]?.type ?? '') : [''],
          utility,
          surroundings,
          bounds: { min: add(bounds.min, shift), max: add(bounds.max, shift) },
          shift,
        },
      ]
    })
  })
}

/** Can it clash? By rules: elements without openings and terrain. Otherwise whatever is material, parts of roads and other facilities among it. */
export function canClash({ element: { class: name } }: Candidate, ruled: boolean): boolean {
  if (IMMATERIAL.some((one) => isA(name, one))) return false
  return !ruled || (isA(name, 'IfcElement') && !isA(name, 'IfcGeographicElement'))
}

export function matches(candidate: Candidate, { where, classes, notClasses, systems, types, notTypes, models, surroundings }: Selector): boolean {
  const { element, model } = candidate
  if (where !== undefined && matcher(where, model)(element, null) !== true) return false
  if (surroundings === false && candidate.surroundings) return false
  if (classes && !classes.some((name) => isA(element.class, name))) return false
  if (notClasses?.some((name) => isA(element.class, name))) return false
  if ((types && !types.includes(element.type)) || notTypes?.includes(element.type)) return false
  if (systems && !systems.some((type) => candidate.systems.includes(type))) return false
  return !models || models.some((id) => model.id === id || model.file.name === id)
}

const matchers = new WeakMap<SiteModel, Map<string, Match>>()
function matcher(where: string, model: SiteModel): Match {
  const known = matchers.get(model) ?? new Map<string, Match>()
  matchers.set(model, known)
  const parsed = known.has(where) ? null : parseSelector(where)
  if (parsed) known.set(where, parsed.ok ? matcherOf(parsed.value, model) : () => false)
  return known.get(where) as Match
}

export function sideOf({ model, element }: Candidate): ClashSide {
  return { model: model.id, index: element.index, globalId: element.globalId, class: element.class, name: element.name, tag: element.tag }
}

/** One order for the two of a pair, whatever order they came in: the service first. */
export function inOrder(a: Candidate, b: Candidate): [Candidate, Candidate] {
  const key = ({ model, element }: Candidate) =>
    `${isA(element.class, 'IfcDistributionElement') ? 0 : 1}${model.id}\u0000${element.globalId}\u0000${element.tag}`
  return key(a) <= key(b) ? [a, b] : [b, a]
}
