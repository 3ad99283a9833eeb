import type { Vec3 } from '@/core/base/geometry'
import { isA } from '@/core/model'
import type { Candidate } from './select.ts'

/** Ends nearer than this touch [m]. */
const TOUCH = 0.005
/** Directions this much alike are one line: cos 2°. */
const LINE = 0.9994

/**
 * A run: parts of one service that are joined by ports or, where the file has none for them, by ends that touch in one line or at a fitting.
 * Of what is built, a run is the parts of one class that one model has on one storey: blocks of a wall, planks of a floor.
 */
export interface Runs {
  /** The same for all parts of a run, whatever order they come in. */
  idOf(candidate: Candidate): string
  /** In words: its system, else the part that stands for it. */
  nameOf(candidate: Candidate): string
}

export function runsOf(candidates: readonly Candidate[]): Runs {
  const place = new Map(candidates.map((candidate, k) => [keyOf(candidate), k]))
  const parent = candidates.map((_, k) => k)
  const root = (k: number): number => {
    let r = k
    while (parent[r] !== r) r = parent[r]
    for (let at = k; parent[at] !== r; ) [parent[at], at] = [r, parent[at]]
    return r
  }
  const join = (a: number, b: number): void => {
    parent[root(a)] = root(b)
  }
  const joined = new Set<number>()
  for (const model of new Set(candidates.map((candidate) => candidate.model)))
    for (const [a, b] of model.joints) {
      const [p, q] = [place.get(`${model.id}/${a}`), place.get(`${model.id}/${b}`)]
      if (p === undefined || q === undefined || !isPart(candidates[p]) || !isPart(candidates[q])) continue
      joined.add(p).add(q)
      if (shareSystem(candidates[p], candidates[q])) join(p, q)
    }
  for (const [p, q] of touching(candidates, joined)) join(p, q)

  const first = new Map<number, Candidate>()
  candidates.forEach((candidate, k) => {
    const known = first.get(root(k))
    if (!known || keyOf(candidate) < keyOf(known)) first.set(root(k), candidate)
  })
  const headOf = (candidate: Candidate): Candidate => {
    const k = place.get(keyOf(candidate))
    return (k === undefined ? undefined : first.get(root(k))) ?? candidate
  }
  return {
    idOf: (candidate) => {
      if (!isService(candidate)) return `${candidate.model.id}/${candidate.element.class}/${candidate.element.storey}`
      const { model, element } = headOf(candidate)
      return `${model.id}/${element.globalId}`
    },
    nameOf: (candidate) => {
      const { model, element } = candidate
      if (!isService(candidate)) return [model.id, element.class, model.storeys[element.storey]?.name].filter(Boolean).join(' ')
      const system = element.systems.length > 0 ? model.systems[element.systems[0]] : undefined
      const head = headOf(candidate).element
      return system?.name || head.tag || head.name || head.globalId
    },
  }
}

function keyOf({ model, element }: Candidate): string {
  return `${model.id}/${element.index}`
}
/** Pipes, ducts, trays and their fittings: what runs. Chambers, pumps and terminals end a run. */
function isPart({ element: { class: name } }: Candidate): boolean {
  return isA(name, 'IfcFlowSegment') || isA(name, 'IfcFlowFitting') || isA(name, 'IfcFlowController')
}
function isService({ element: { class: name } }: Candidate): boolean {
  return isA(name, 'IfcDistributionElement')
}
function shareSystem({ element: p }: Candidate, { element: q }: Candidate): boolean {
  return p.systems.length === 0 || q.systems.length === 0 || p.systems.some((system) => q.systems.includes(system))
}

interface End {
  readonly k: number
  readonly at: Vec3
  readonly direction: Vec3
}

/** Pairs of one class and one model whose ends touch, of those that no port joins. */
function touching(candidates: readonly Candidate[], joined: ReadonlySet<number>): [number, number][] {
  const cells = new Map<string, End[]>()
  const pairs: [number, number][] = []
  candidates.forEach((candidate, k) => {
    if (joined.has(k) || !isPart(candidate)) return
    const axis = lineOf(candidate)
    for (const at of axis ? [axis.from, axis.to] : []) {
      const end = { k, at, direction: axis?.direction ?? [0, 0, 1] }
      const [x, y, z] = at.map((v) => Math.floor(v / (2 * TOUCH)))
      for (let i = -1; i <= 1; i++)
        for (let j = -1; j <= 1; j++)
          for (let l = -1; l <= 1; l++)
            for (const other of cells.get(`${x + i},${y + j},${z + l}`) ?? []) if (goesOn(candidates, end, other)) pairs.push([k, other.k])
      const key = `${x},${y},${z}`
      const list = cells.get(key)
      if (list) list.push(end)
      else cells.set(key, [end])
    }
  })
  return pairs
}

function goesOn(candidates: readonly Candidate[], p: End, q: End): boolean {
  const [a, b] = [candidates[p.k], candidates[q.k]]
  if (p.k === q.k || a.model !== b.model || distance(p.at, q.at) > TOUCH) return false
  if (isA(a.element.class, 'IfcFlowFitting') || isA(b.element.class, 'IfcFlowFitting')) return true
  const along = Math.abs(p.direction[0] * q.direction[0] + p.direction[1] * q.direction[1] + p.direction[2] * q.direction[2])
  return along > LINE
}

/** Ends of a long body: of its exact profile, else of its box where that is long. */
function lineOf({ element, bounds, shift }: Candidate): { from: Vec3; to: Vec3; direction: Vec3 } | null {
  const solid = element.solids?.length === 1 ? element.solids[0] : undefined
  if (solid) {
    const { matrix: m, length } = solid
    const from: Vec3 = [m[12] + shift[0], m[13] + shift[1], m[14] + shift[2]]
    const direction: Vec3 = [m[8], m[9], m[10]]
    return { from, to: [from[0] + m[8] * length, from[1] + m[9] * length, from[2] + m[10] * length], direction }
  }
  const { min, max } = bounds
  const size = [0, 1, 2].map((c) => max[c] - min[c])
  const axis = size[0] >= size[1] && size[0] >= size[2] ? 0 : size[1] >= size[2] ? 1 : 2
  if (size.some((s, c) => c !== axis && 2 * s > size[axis])) return null
  const middle = [0, 1, 2].map((c) => (min[c] + max[c]) / 2)
  const end = (value: number): Vec3 => [0, 1, 2].map((c) => (c === axis ? value : middle[c])) as unknown as Vec3
  return { from: end(min[axis]), to: end(max[axis]), direction: [0, 1, 2].map((c) => (c === axis ? 1 : 0)) as unknown as Vec3 }
}

function distance(p: Vec3, q: Vec3): number {
  return Math.sqrt((p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2 + (p[2] - q[2]) ** 2)
}
