import type { Box, Vec3 } from '@/core/base/geometry'
import { skinOf } from './measure.ts'
import type { Element, SiteModel } from './site-model.ts'

/** An element as comparing sees it: in the file's own coordinates, so that models in different frames meet. */
export interface Seen {
  readonly element: Element
  /** [m]; null without a body. */
  readonly box: Box | null
  readonly centre: Vec3 | null
  readonly size: Vec3 | null
  readonly area: number
  readonly volume: number
}
export type MatchedBy = 'globalId' | 'tag' | 'geometry'
export interface Match {
  readonly before: Seen
  readonly after: Seen
  readonly by: MatchedBy
}

/** Elements of the same class and shape are the same one up to this distance [m] (clash.md 5.3). */
const REACH = 0.5
/** What of a size counts as no difference [m]. */
export const SAME_LENGTH = 1e-3
const SAME_SHARE = 1e-3

export function seeElements(model: SiteModel): Seen[] {
  const { origin } = model.frame
  return model.elements
    .filter((element) => element.state !== 'opening')
    .map((element) => {
      const { bounds } = element
      if (!bounds) return { element, box: null, centre: null, size: null, area: 0, volume: 0 }
      const at = (side: Vec3): Vec3 => [side[0] + origin[0], side[1] + origin[1], side[2] + origin[2]]
      const box = { min: at(bounds.min), max: at(bounds.max) }
      const each = (take: (axis: number) => number): Vec3 => [take(0), take(1), take(2)]
      return {
        element,
        box,
        centre: each((c) => (box.min[c] + box.max[c]) / 2),
        size: each((c) => box.max[c] - box.min[c]),
        ...skinOf(element, model),
      }
    })
}

/**
 * Which element of one version is which of the other, the surest sign first: GlobalId; then tag with class where the size agrees too; then
 * class, sorted size, area and volume within reach, nearest first, so that every element has at most one partner.
 */
export function matchElements(before: readonly Seen[], after: readonly Seen[]): { matches: Match[]; removed: Seen[]; added: Seen[] } {
  const matches: Match[] = []
  const taken = new Set<Seen>()
  const free = (list: readonly Seen[]): Seen[] => list.filter((seen) => !taken.has(seen))
  const take = (a: Seen, b: Seen, by: MatchedBy): void => {
    taken.add(a)
    taken.add(b)
    matches.push({ before: a, after: b, by })
  }
  byKey(
    (seen) => seen.element.globalId,
    'globalId',
    () => true,
  )
  byKey(({ element }) => (element.tag ? `${element.class} ${element.tag}` : ''), 'tag', alike)
  byGeometry()
  return { matches, removed: free(before), added: free(after) }

  function byKey(key: (seen: Seen) => string, by: MatchedBy, sure: (a: Seen, b: Seen) => boolean): void {
    const [old, young] = [uniqueBy(free(before), key), uniqueBy(free(after), key)]
    for (const [name, a] of old) {
      const b = young.get(name)
      if (b && sure(a, b)) take(a, b, by)
    }
  }

  function byGeometry(): void {
    const cells = new Map<string, Seen[]>()
    for (const b of free(after)) {
      if (!b.centre) continue
      const cell = cellOf(b.element.class, b.centre, [0, 0, 0])
      const list = cells.get(cell)
      if (list) list.push(b)
      else cells.set(cell, [b])
    }
    const candidates: { a: Seen; b: Seen; distance: number; named: number }[] = []
    for (const a of free(before)) {
      if (!a.centre) continue
      for (let k = 0; k < 27; k++)
        for (const b of cells.get(cellOf(a.element.class, a.centre, [(k % 3) - 1, (Math.floor(k / 3) % 3) - 1, Math.floor(k / 9) - 1])) ?? []) {
          const distance = apart(a.centre, b.centre as Vec3)
          if (distance <= REACH && alike(a, b)) candidates.push({ a, b, distance, named: a.element.name === b.element.name ? 0 : 1 })
        }
    }
    candidates.sort((x, y) => x.distance - y.distance || x.named - y.named || x.a.element.index - y.a.element.index || x.b.element.index - y.b.element.index)
    for (const { a, b } of candidates) if (!taken.has(a) && !taken.has(b)) take(a, b, 'geometry')
  }
}

/** The same body, up to where it stands and how it is turned. */
export function alike(a: Seen, b: Seen): boolean {
  if (!a.size || !b.size) return false
  const [u, v] = [sorted(a.size), sorted(b.size)]
  return u.every((length, k) => Math.abs(length - v[k]) <= SAME_LENGTH) && near(a.area, b.area) && near(a.volume, b.volume)
}
function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= SAME_SHARE * Math.max(Math.abs(a), Math.abs(b)) + 1e-6
}
function sorted(size: Vec3): number[] {
  return [...size].sort((x, y) => x - y)
}
function apart(a: Vec3, b: Vec3): number {
  return Math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2)
}
function cellOf(name: string, centre: Vec3, shift: Vec3): string {
  return `${name} ${centre.map((v, c) => Math.floor(v / REACH) + shift[c]).join()}`
}

/** Those whose key no other has. */
function uniqueBy(list: readonly Seen[], key: (seen: Seen) => string): Map<string, Seen> {
  const out = new Map<string, Seen>()
  const twice = new Set<string>()
  for (const seen of list) {
    const name = key(seen)
    if (!name) continue
    if (out.has(name)) twice.add(name)
    out.set(name, seen)
  }
  for (const name of twice) out.delete(name)
  return out
}
