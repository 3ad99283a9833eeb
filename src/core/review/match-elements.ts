import type { Vec3 } from '@/core/base/geometry'
import type { SiteModel } from '@/core/model'

/** What of an element outlives a re-export: its ids where they survive, else its class, size and place. World coordinates [m]. */
export interface ElementTrace {
  readonly model: string
  readonly globalId: string
  readonly class: string
  readonly name: string
  readonly tag: string
  /** Of its box; null without a body. */
  readonly center: Vec3 | null
  readonly size: Vec3 | null
}
/** How sure it is that two are the same, from the surest. */
export type MatchedBy = 'globalId' | 'tag' | 'geometry'
export interface ElementMatch {
  readonly now: number
  readonly by: MatchedBy
}

/** Sizes that differ by more are of different things [m]. */
const SAME_SIZE = 1e-3
/** An element that lost its ids is looked for within this, along each axis [m]. */
const REACH = 0.5
const SLACK = 1e-6

export function tracesOf(models: readonly SiteModel[]): ElementTrace[] {
  return models.flatMap((model) => model.elements.filter(({ state }) => state !== 'opening').map((element) => traceOf(model, element.index)))
}
export function traceOf(model: SiteModel, index: number): ElementTrace {
  const { globalId, class: name, name: called, tag, bounds } = model.elements[index]
  const [x, y, z] = model.frame.origin
  const middle = (axis: number) => (bounds ? (bounds.min[axis] + bounds.max[axis]) / 2 : 0)
  return {
    model: model.id,
    globalId,
    class: name,
    name: called,
    tag,
    center: bounds && [middle(0) + x, middle(1) + y, middle(2) + z],
    size: bounds && [bounds.max[0] - bounds.min[0], bounds.max[1] - bounds.min[1], bounds.max[2] - bounds.min[2]],
  }
}

/**
 * For each old element the one that it is now, or null. The ladder of `clash.md` 5.3: the same GlobalId and class; else the same class and
 * size within reach, as an assignment (as many pairs as there can be, and among those the ones that moved least, so that a row of equals
 * which moved keeps its order); what is left then by a tag that is unique on both sides, of the same size.
 */
export function matchElements(before: readonly ElementTrace[], now: readonly ElementTrace[]): (ElementMatch | null)[] {
  const found: (ElementMatch | null)[] = before.map(() => null)
  const free = new Set(now.keys())
  const take = (old: number, fresh: number, by: MatchedBy): void => {
    found[old] = { now: fresh, by }
    free.delete(fresh)
  }
  const sameThing = (keyOf: (trace: ElementTrace) => string, by: MatchedBy, accept: (old: ElementTrace, fresh: ElementTrace) => boolean) => {
    const fresh = uniques(now, (one, k) => (free.has(k) ? keyOf(one) : ''))
    for (const [key, old] of uniques(before, (one, k) => (found[k] ? '' : keyOf(one)))) {
      const other = fresh.get(key)
      if (other !== undefined && accept(before[old], now[other])) take(old, other, by)
    }
  }
  const alike = (a: ElementTrace, b: ElementTrace) => familyOf(a) === familyOf(b)
  sameThing(({ model, globalId }) => (globalId === '' ? '' : `${model} ${globalId}`), 'globalId', alike)
  sameThing(({ globalId }) => globalId, 'globalId', alike)
  for (const component of componentsOf(before, now, found, free)) for (const [old, fresh] of assign(component)) take(old, fresh, 'geometry')
  // What is left may have moved further than it is looked for; its tag finds it.
  sameThing((one) => (one.tag === '' || !one.size ? '' : `${familyOf(one)} ${one.tag}`), 'tag', sameSize)
  return found
}

interface Component {
  readonly olds: readonly number[]
  readonly news: readonly number[]
  /** Cost of a pair, by old and new; a pair that is not here cannot be. */
  readonly cost: ReadonlyMap<number, ReadonlyMap<number, number>>
}

/** Old and new elements that could be each other, in parts that have nothing to do with one another. */
function componentsOf(before: readonly ElementTrace[], now: readonly ElementTrace[], found: readonly unknown[], free: ReadonlySet<number>): Component[] {
  const cells = new Map<string, number[]>()
  const cellOf = (trace: ElementTrace, dx: number, dy: number, dz: number): string => {
    const [x, y, z] = trace.center as Vec3
    return `${familyOf(trace)} ${Math.floor(x / REACH) + dx} ${Math.floor(y / REACH) + dy} ${Math.floor(z / REACH) + dz}`
  }
  for (const k of free) {
    if (!now[k].center) continue
    const key = cellOf(now[k], 0, 0, 0)
    const cell = cells.get(key)
    if (cell) cell.push(k)
    else cells.set(key, [k])
  }
  const cost = new Map<number, Map<number, number>>()
  const links = new Map<string, string[]>()
  const link = (a: string, b: string) => {
    const list = links.get(a)
    if (list) list.push(b)
    else links.set(a, [b])
  }
  before.forEach((old, k) => {
    if (found[k] !== null || !old.center) return
    for (let c = 0; c < 27; c++) {
      for (const fresh of cells.get(cellOf(old, (c % 3) - 1, (Math.floor(c / 3) % 3) - 1, Math.floor(c / 9) - 1)) ?? []) {
        if (!sameSize(old, now[fresh]) || !near(old, now[fresh])) continue
        const prices = cost.get(k) ?? new Map<number, number>()
        prices.set(fresh, costOf(old, now[fresh]))
        cost.set(k, prices)
        link(`o${k}`, `n${fresh}`)
        link(`n${fresh}`, `o${k}`)
      }
    }
  })
  const seen = new Set<string>()
  const components: Component[] = []
  for (const start of links.keys()) {
    if (seen.has(start)) continue
    const [olds, news, queue]: [number[], number[], string[]] = [[], [], [start]]
    seen.add(start)
    for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
      ;(node[0] === 'o' ? olds : news).push(Number(node.slice(1)))
      for (const next of links.get(node) ?? []) {
        if (seen.has(next)) continue
        seen.add(next)
        queue.push(next)
      }
    }
    components.push({ olds: olds.sort((a, b) => a - b), news: news.sort((a, b) => a - b), cost })
  }
  return components
}

/** How far it moved, with a little on top where name or type say that it is another. */
function costOf(old: ElementTrace, fresh: ElementTrace): number {
  const [p, q] = [old.center as Vec3, fresh.center as Vec3]
  const moved = Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2])
  return moved + (old.name === fresh.name ? 0 : 0.01) + (old.tag === fresh.tag ? 0 : 0.005) + (old.model === fresh.model ? 0 : 0.002)
}

/** Above this a component is settled from the nearest pair on, which keeps the number of pairs but not always the least way. */
const EXACT = 400

/** As many pairs as can be, and among those the cheapest (Hungarian method; a pair that cannot be costs more than all others together). */
function assign({ olds, news, cost }: Component): [number, number][] {
  const priceOf = (old: number, fresh: number) => cost.get(old)?.get(fresh)
  if (olds.length === 1 && news.length === 1) return [[olds[0], news[0]]]
  if (olds.length > EXACT || news.length > EXACT) return augmented(olds, cost)
  const never = 10 * Math.max(olds.length, news.length)
  const swap = olds.length > news.length
  const [rows, columns] = swap ? [news, olds] : [olds, news]
  const price = (r: number, c: number) => (swap ? priceOf(columns[c], rows[r]) : priceOf(rows[r], columns[c])) ?? never
  const n = rows.length
  const m = columns.length
  const [u, v] = [new Float64Array(n + 1), new Float64Array(m + 1)]
  const owner = new Int32Array(m + 1)
  const way = new Int32Array(m + 1)
  for (let i = 1; i <= n; i++) {
    owner[0] = i
    let j0 = 0
    const least = new Float64Array(m + 1).fill(Infinity)
    const used = new Uint8Array(m + 1)
    do {
      used[j0] = 1
      const i0 = owner[j0]
      let delta = Infinity
      let j1 = 0
      for (let j = 1; j <= m; j++) {
        if (used[j]) continue
        const reduced = price(i0 - 1, j - 1) - u[i0] - v[j]
        if (reduced < least[j]) {
          least[j] = reduced
          way[j] = j0
        }
        if (least[j] < delta) {
          delta = least[j]
          j1 = j
        }
      }
      for (let j = 0; j <= m; j++) {
        if (used[j]) {
          u[owner[j]] += delta
          v[j] -= delta
        } else least[j] -= delta
      }
      j0 = j1
    } while (owner[j0] !== 0)
    do {
      const j1 = way[j0]
      owner[j0] = owner[j1]
      j0 = j1
    } while (j0)
  }
  const pairs: [number, number][] = []
  for (let j = 1; j <= m; j++) {
    if (!owner[j]) continue
    const [r, c] = [rows[owner[j] - 1], columns[j - 1]]
    const [old, fresh] = swap ? [c, r] : [r, c]
    if (priceOf(old, fresh) !== undefined) pairs.push([old, fresh])
  }
  return pairs
}

/** Nearest first, then chains of exchanges until no more pairs can be made (Kuhn). */
function augmented(olds: readonly number[], cost: Component['cost']): [number, number][] {
  const options = new Map(olds.map((old) => [old, [...(cost.get(old) ?? [])].sort((a, b) => a[1] - b[1])]))
  const least = (old: number) => options.get(old)?.[0]?.[1] ?? Infinity
  const owner = new Map<number, number>()
  const place = (old: number, tried: Set<number>): boolean => {
    // What is free goes before what has to be taken from another.
    for (const [fresh] of options.get(old) ?? []) {
      if (owner.has(fresh)) continue
      owner.set(fresh, old)
      return true
    }
    for (const [fresh] of options.get(old) ?? []) {
      if (tried.has(fresh)) continue
      tried.add(fresh)
      if (!place(owner.get(fresh) as number, tried)) continue
      owner.set(fresh, old)
      return true
    }
    return false
  }
  for (const old of [...olds].sort((a, b) => least(a) - least(b))) place(old, new Set())
  return [...owner].map(([fresh, old]) => [old, fresh])
}

export function sameSize(a: ElementTrace, b: ElementTrace): boolean {
  return a.size === null || b.size === null ? a.size === b.size : a.size.every((length, axis) => Math.abs(length - (b.size as Vec3)[axis]) <= SAME_SIZE + SLACK)
}
function near(a: ElementTrace, b: ElementTrace): boolean {
  return a.center !== null && b.center !== null && a.center.every((at, axis) => Math.abs(at - (b.center as Vec3)[axis]) <= REACH + SLACK)
}
/** `IfcWallStandardCase` of one schema is `IfcWall` of the next. */
function familyName(name: string): string {
  return name.replace(/(StandardCase|ElementedCase)$/, '')
}
function familyOf({ class: name }: ElementTrace): string {
  return familyName(name)
}

/** Place in the list by key, for keys that stand there once; '' is no key. */
function uniques(list: readonly ElementTrace[], keyOf: (trace: ElementTrace, k: number) => string): Map<string, number> {
  const found = new Map<string, number>()
  const twice = new Set<string>()
  list.forEach((trace, k) => {
    const key = keyOf(trace, k)
    if (key === '') return
    if (found.has(key)) twice.add(key)
    found.set(key, k)
  })
  for (const key of twice) found.delete(key)
  return found
}
