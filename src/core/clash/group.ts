import { hashOf } from '@/core/base/hash'
import { isA } from '@/core/model'
import type { Runs } from './runs.ts'
import type { Candidate } from './select.ts'
import type { Clash, ClashGroup } from './types.ts'

/** A clash with what its sides are in the models. */
export interface Placed {
  readonly clash: Clash
  readonly a: Candidate
  readonly b: Candidate
}

/**
 * The unit of work: one run against one host. Of a service and something built, what is built is the host; else the one that has more
 * clashes, so that a slab with twenty posts in it is one group. Ids come from the members' identities, names are made unique.
 */
export function groupByRunAndHost(placed: readonly Placed[], runs: Runs): { groups: ClashGroup[]; groupOf: Map<string, string> } {
  const degree = new Map<string, number>()
  for (const { a, b } of placed) for (const side of [a, b]) degree.set(keyOf(side), (degree.get(keyOf(side)) ?? 0) + 1)
  const byId = new Map<string, { name: string; host: Candidate; clashes: string[] }>()
  for (const one of placed) {
    const host = hostOf(one, degree)
    const run = host === one.a ? one.b : one.a
    const id = hashOf([runs.idOf(run), keyOf(host)]).slice(0, 24)
    const known = byId.get(id)
    if (known) known.clashes.push(one.clash.id)
    else byId.set(id, { name: `${runs.nameOf(run)} × ${nameOf(host)}`, host, clashes: [one.clash.id] })
  }
  const used = new Map<string, number>()
  const named = new Map<string, string>()
  for (const [id, { name }] of [...byId].sort(([p], [q]) => (p < q ? -1 : 1))) {
    const count = (used.get(name) ?? 0) + 1
    used.set(name, count)
    named.set(id, count === 1 ? name : `${name} (${count})`)
  }
  const groups = [...byId].map(([id, { host, clashes }]) => ({ id: named.get(id) ?? id, key: id, host: `${host.model.id}/${host.element.globalId}`, clashes }))
  return { groups, groupOf: new Map(groups.flatMap(({ id, clashes }) => clashes.map((clash) => [clash, id] as const))) }
}

function hostOf({ a, b }: Placed, degree: ReadonlyMap<string, number>): Candidate {
  const service = ({ element }: Candidate) => isA(element.class, 'IfcDistributionElement')
  if (service(a) !== service(b)) return service(a) ? b : a
  const more = (degree.get(keyOf(a)) ?? 0) - (degree.get(keyOf(b)) ?? 0)
  return more > 0 || (more === 0 && keyOf(a) < keyOf(b)) ? a : b
}
function keyOf({ model, element }: Candidate): string {
  return `${model.id}/${element.globalId}/${element.index}`
}
function nameOf({ element: { tag, name, globalId } }: Candidate): string {
  return tag || name || globalId
}

/** How many groups other ways of sorting leave, so that people can choose. Every way puts each clash in exactly one group. */
export function countGroupings(placed: readonly Placed[], runHost: number): Record<Grouping, number> {
  const count = (key: (one: Placed) => string) => new Set(placed.map(key)).size
  return {
    'run-host': runHost,
    element: countByElement(placed),
    'system-pair': count(({ a, b }) => [systemOf(a), systemOf(b)].sort().join(' × ')),
    'type-pair': count(({ a, b }) => [a.element.class, b.element.class].sort().join(' × ')),
    storey: count(({ clash }) => clash.place?.storey ?? ''),
    cell: count(({ clash }) => `${clash.place?.storey ?? ''} ${clash.place?.cell ?? ''}`),
    cluster: countClusters(placed),
  }
}
export type Grouping = 'run-host' | 'element' | 'system-pair' | 'type-pair' | 'storey' | 'cell' | 'cluster'

function systemOf({ model, element }: Candidate): string {
  const system = element.systems.length > 0 ? model.systems[element.systems[0]] : undefined
  return system ? system.name || system.type : model.id
}

/** Each clash goes to the one of its two that has more of them. */
function countByElement(placed: readonly Placed[]): number {
  const degree = new Map<string, number>()
  for (const { a, b } of placed) for (const side of [a, b]) degree.set(keyOf(side), (degree.get(keyOf(side)) ?? 0) + 1)
  return new Set(placed.map(({ a, b }) => ((degree.get(keyOf(a)) ?? 0) >= (degree.get(keyOf(b)) ?? 0) ? keyOf(a) : keyOf(b)))).size
}

/** Clashes nearer than this to another are one cluster [m]. */
const NEAR = 1.5

function countClusters(placed: readonly Placed[]): number {
  const middles = placed.map(
    ({
      clash: {
        contact: { min, max },
      },
    }) => [0, 1, 2].map((c) => (min[c] + max[c]) / 2),
  )
  const parent = middles.map((_, k) => k)
  const root = (k: number): number => {
    let r = k
    while (parent[r] !== r) r = parent[r]
    parent[k] = r
    return r
  }
  const cells = new Map<string, number[]>()
  middles.forEach((p, k) => {
    const [x, y, z] = p.map((v) => Math.floor(v / NEAR))
    for (let i = -1; i <= 1; i++)
      for (let j = -1; j <= 1; j++)
        for (let l = -1; l <= 1; l++)
          for (const other of cells.get(`${x + i},${y + j},${z + l}`) ?? []) {
            const q = middles[other]
            if ((p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2 + (p[2] - q[2]) ** 2 < NEAR ** 2) parent[root(k)] = root(other)
          }
    const key = `${x},${y},${z}`
    const list = cells.get(key)
    if (list) list.push(k)
    else cells.set(key, [k])
  })
  return new Set(middles.map((_, k) => root(k))).size
}
