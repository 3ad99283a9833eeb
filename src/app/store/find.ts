import type { Problem } from '@/core/base/problem'
import { type ElementRef, findElements, type PropertySet, parseSelector, type SiteModel } from '@/core/model'
import { colorsOfValues, type PropertyColors, type Valued } from '@/scene/property-colors'
import type { GetState, Runtime, SetState, Slice } from './state.ts'
import { lookUp } from './view.ts'

export interface FindSlice {
  readonly query: string
  readonly matched: Matched
  readonly sets: readonly SavedSet[]
  /** What colours the elements found, and the property they stand for. */
  readonly painting: (PropertyColors & { readonly by: string }) | null
  find(query: string): Promise<void>
  saveSet(name: string): void
  removeSet(name: string): void
  /** Colours the elements found by a property (`Pset\u0000Property`, `*` for any set), or by what they are (`:class`); '' takes the colours away. */
  colorBy(by: string): Promise<void>
  /** The property sets of the elements found, for a list to choose from: names by set. */
  propertiesFound(): Promise<ReadonlyMap<string, ReadonlySet<string>>>
}
export interface Matched {
  readonly state: 'empty' | 'searching' | 'wrong' | 'done'
  readonly problems: readonly Problem[]
  readonly refs: readonly ElementRef[]
  readonly unclear: readonly ElementRef[]
}
export interface SavedSet {
  readonly name: string
  readonly query: string
}

const NOTHING: Matched = { state: 'empty', problems: [], refs: [], unclear: [] }
const KEY = 'foresite:sets'
/** Property sets asked for at once. */
const BATCH = 256
let searching: AbortController | null = null

export const findSlice: Slice<FindSlice> = (set, get, runtime) => ({
  query: '',
  matched: NOTHING,
  sets: remembered(),
  painting: null,
  async find(query) {
    searching?.abort()
    if (query.trim() === '') return set({ query, matched: NOTHING })
    const parsed = parseSelector(query)
    if (!parsed.ok) return set({ query, matched: { ...NOTHING, state: 'wrong', problems: parsed.problems } })
    const mine = new AbortController()
    searching = mine
    set({ query, matched: { ...get().matched, state: 'searching', problems: [] } })
    try {
      const found = await findElements(parsed.value, get().models, (model, index) => runtime.jobs.properties(model, index), mine.signal)
      if (!mine.signal.aborted) set({ matched: { state: 'done', problems: [], ...found } })
    } catch (error) {
      if (!mine.signal.aborted) throw error
    }
  },
  saveSet(name) {
    const sets = [...get().sets.filter((one) => one.name !== name), { name, query: get().query }]
    set({ sets })
    remember(sets)
  },
  removeSet(name) {
    const sets = get().sets.filter((one) => one.name !== name)
    set({ sets })
    remember(sets)
  },
  async colorBy(by) {
    if (by === '') return set({ painting: null, colors: get().colors === 'property' ? 'material' : get().colors })
    const { models, matched } = get()
    const values = by.startsWith(':') ? ownValues(by.slice(1), models, matched.refs) : await propertyValues(by, matched.refs, get, runtime)
    // The models or the query may be others by now.
    if (get().models === models && get().matched === matched) set({ painting: { ...colorsOfValues(values), by }, colors: 'property' })
  },
  async propertiesFound() {
    const names = new Map<string, Set<string>>()
    await eachSets(get().matched.refs, get, runtime, (_, sets) => {
      for (const { name, properties } of sets) {
        const own = names.get(name) ?? new Set()
        names.set(name, own)
        for (const property of properties) own.add(property.name)
      }
    })
    return names
  },
})

/** When other models are open: what was found is looked for again; colours and measures that name elements go. */
export function findAgain(set: SetState, get: GetState): void {
  set({ painting: null, colors: get().colors === 'property' ? 'material' : get().colors, measures: [], stroke: [] })
  if (get().query) void get().find(get().query)
}

async function propertyValues(by: string, refs: readonly ElementRef[], get: GetState, runtime: Runtime): Promise<Valued[]> {
  const [set, name] = by.split('\u0000')
  const values: Valued[] = []
  await eachSets(refs, get, runtime, (ref, sets) => {
    // As a selector takes it: the element's own value before that of its type.
    const own = [...sets].sort((a, b) => (a.from === b.from ? 0 : a.from === 'occurrence' ? -1 : 1)).filter((one) => set === '*' || one.name === set)
    const row = own.flatMap(({ properties }) => properties).find((property) => property.name === name)
    values.push({ ref, value: row?.value ?? null, unit: row?.unit ?? null })
  })
  return values
}

function ownValues(field: string, models: readonly SiteModel[], refs: readonly ElementRef[]): Valued[] {
  return refs.flatMap((ref): Valued[] => {
    const hit = lookUp(models, ref)
    if (!hit) return []
    const { model, element } = hit
    const value =
      field === 'class'
        ? element.class
        : field === 'type'
          ? element.type || null
          : field === 'storey'
            ? (model.storeys[element.storey]?.name ?? null)
            : (model.systems[element.systems[0]]?.name ?? null)
    return [{ ref, value, unit: null }]
  })
}

async function eachSets(
  refs: readonly ElementRef[],
  get: GetState,
  { jobs }: Runtime,
  take: (ref: ElementRef, sets: readonly PropertySet[]) => void,
): Promise<void> {
  const { models } = get()
  for (let from = 0; from < refs.length; from += BATCH) {
    const batch = refs.slice(from, from + BATCH).flatMap((ref) => {
      const model = models.find(({ id }) => id === ref.model)
      return model ? [{ ref, model }] : []
    })
    const sets = await Promise.all(batch.map(({ ref, model }) => jobs.properties(model, ref.index)))
    batch.forEach(({ ref }, k) => {
      take(ref, sets[k])
    })
  }
}

function remembered(): readonly SavedSet[] {
  try {
    const sets = JSON.parse(localStorage.getItem(KEY) ?? '[]') as unknown
    return Array.isArray(sets) ? sets.filter((one): one is SavedSet => typeof one?.name === 'string' && typeof one?.query === 'string') : []
  } catch {
    return []
  }
}
function remember(sets: readonly SavedSet[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(sets))
  } catch {
    // A browser that keeps nothing forgets them with the page.
  }
}
