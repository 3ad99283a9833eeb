import type { Vec3 } from '@/core/base/geometry'
import type { Progress } from '@/core/base/job'
import { alike, type Match, type MatchedBy, matchElements, SAME_LENGTH, type Seen, seeElements } from './match-elements.ts'
import type { PropertyReader, PropertySet, SiteModel } from './site-model.ts'

/** One version of a model. */
export interface Version {
  readonly model: SiteModel
  readonly properties: PropertyReader
}
/** One element in both versions, by its index in each. */
export interface ElementChange {
  readonly before: number
  readonly after: number
  readonly matchedBy: MatchedBy
  /** By how much its middle moved [m]; null where it stands where it stood. */
  readonly moved: Vec3 | null
  /** Sizes of its box [m], area [m²] and volume [m³], before and after; null where its shape is the same. */
  readonly reshaped: Reshaped | null
  readonly properties: readonly PropertyChange[]
}
export interface Reshaped {
  readonly size: readonly [before: Vec3 | null, after: Vec3 | null]
  readonly area: readonly [before: number, after: number]
  readonly volume: readonly [before: number, after: number]
}
type Value = string | number | boolean | null
export interface PropertyChange {
  /** Name of the set; '' for what the element itself says: class, type, name, tag, storey, systems. */
  readonly set: string
  readonly name: string
  readonly before: Value
  readonly after: Value
}
export interface ModelComparison {
  readonly added: readonly number[]
  readonly removed: readonly number[]
  /** Elements that are in both and differ. */
  readonly changed: readonly ElementChange[]
  readonly unchanged: number
  /** How the elements in both were recognised. */
  readonly matchedBy: Readonly<Record<MatchedBy, number>>
}

/** What became of every element (openings apart) from one version of a model to the next. */
export async function* compareModels(before: Version, after: Version, signal: AbortSignal): AsyncGenerator<Progress, ModelComparison, undefined> {
  const { matches, removed, added } = matchElements(seeElements(before.model), seeElements(after.model))
  const matchedBy = { globalId: 0, tag: 0, geometry: 0 }
  const changed: ElementChange[] = []
  let done = 0
  for (const match of matches) {
    signal.throwIfAborted()
    matchedBy[match.by]++
    const change = await changeOf(match, before, after)
    if (change.moved || change.reshaped || change.properties.length > 0) changed.push(change)
    if (++done % 256 === 0) yield { kind: 'progress', what: 'elements', done, total: matches.length }
  }
  const indices = (list: readonly Seen[]): number[] => list.map((seen) => seen.element.index).sort((a, b) => a - b)
  return {
    added: indices(added),
    removed: indices(removed),
    changed: changed.sort((a, b) => a.after - b.after),
    unchanged: matches.length - changed.length,
    matchedBy,
  }
}

async function changeOf({ before, after, by }: Match, old: Version, young: Version): Promise<ElementChange> {
  const same = alike(before, after) || (!before.box && !after.box)
  return {
    before: before.element.index,
    after: after.element.index,
    matchedBy: by,
    moved: movement(before, after),
    reshaped: same ? null : { size: [before.size, after.size], area: [before.area, after.area], volume: [before.volume, after.volume] },
    properties: [
      ...differences([attributes(before, old.model)], [attributes(after, young.model)]),
      ...differences(await old.properties(before.element.index), await young.properties(after.element.index)),
    ],
  }
}

function movement(before: Seen, after: Seen): Vec3 | null {
  if (!before.centre || !after.centre) return null
  const way: Vec3 = [after.centre[0] - before.centre[0], after.centre[1] - before.centre[1], after.centre[2] - before.centre[2]]
  return way.some((v) => Math.abs(v) > SAME_LENGTH) ? way : null
}

function attributes({ element }: Seen, model: SiteModel): PropertySet {
  const values = {
    class: element.class,
    type: element.type,
    name: element.name,
    tag: element.tag,
    storey: element.storey < 0 ? '' : model.storeys[element.storey].name,
    systems: element.systems.map((k) => model.systems[k].name).join(', '),
  }
  return { name: '', kind: 'properties', from: 'occurrence', properties: Object.entries(values).map(([name, value]) => ({ name, value, unit: null })) }
}

function differences(before: readonly PropertySet[], after: readonly PropertySet[]): PropertyChange[] {
  const [old, young] = [flat(before), flat(after)]
  return [...new Set([...old.keys(), ...young.keys()])].flatMap((key): PropertyChange[] => {
    const [a, b] = [old.get(key), young.get(key)]
    if (a && b && equal(a.value, b.value)) return []
    const { set, name } = (a ?? b) as Flat
    return [{ set, name, before: a?.value ?? null, after: b?.value ?? null }]
  })
}
interface Flat {
  readonly set: string
  readonly name: string
  readonly value: Value
}
/** By set and name; of two alike the first, as an occurrence overrides its type. */
function flat(sets: readonly PropertySet[]): Map<string, Flat> {
  const out = new Map<string, Flat>()
  for (const set of sets)
    for (const { name, value } of set.properties) {
      const key = `${set.name}\n${name}`
      if (!out.has(key)) out.set(key, { set: set.name, name, value })
    }
  return out
}
function equal(a: Value, b: Value): boolean {
  return a === b || (typeof a === 'number' && typeof b === 'number' && Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b)))
}
