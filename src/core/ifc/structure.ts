import type { Mat4 } from '@/core/base/geometry'
import { isA, type Storey, type System, spellClass, type TreeNode } from '@/core/model'
import type { Placements } from './placement.ts'
import { isOpening, isSpatial, type Product } from './products.ts'
import { enumOf, numberOf, refOf, refsOf, type StepFile, textOf } from './step-file.ts'

/** How the products hang together. Indices are places in the array of products. */
export interface Structure {
  readonly tree: TreeNode
  readonly storeys: readonly Storey[]
  readonly systems: readonly System[]
  /** Per product. */
  readonly storeyOf: readonly number[]
  readonly systemsOf: readonly (readonly number[])[]
  readonly hostOf: readonly number[]
  readonly fills: readonly number[]
  readonly joints: readonly (readonly [number, number])[]
  /** Openings by the express id of the element they cut. */
  readonly voids: ReadonlyMap<number, readonly number[]>
  /** IfcRelVoidsElement that do not join an element and an opening: some hole is missing. */
  readonly brokenVoids: readonly number[]
}

export function readStructure(step: StepFile, products: readonly Product[], project: number, placements: Placements, toMetre: number): Structure {
  const indexOf = new Map(products.map((p, k) => [p.id, k]))
  const parentOf = new Map<number, number>()
  const childrenOf = new Map<number, number[]>()
  const hostOf = products.map(() => -1)
  const fills = products.map(() => -1)
  const portOwner = new Map<number, number>()

  function adopt(parent: number, child: number): void {
    if (parentOf.has(child) || parent === child) return
    parentOf.set(child, parent)
    const list = childrenOf.get(parent)
    if (list) list.push(child)
    else childrenOf.set(parent, [child])
  }
  function host(parent: number, child: number): void {
    const p = indexOf.get(parent)
    const c = indexOf.get(child)
    if (p === undefined || c === undefined || p === c || hostOf[c] >= 0 || isSpatial(products[p].class)) return
    hostOf[c] = p
  }
  for (const rel of step.idsOf('IFCRELAGGREGATES', 'IFCRELNESTS', 'IFCRELDECOMPOSES')) {
    const args = step.argsOf(rel)
    const whole = refOf(args[4])
    for (const part of refsOf(args[5])) {
      host(whole, part)
      const c = indexOf.get(part)
      if (c !== undefined && isA(products[c].class, 'IfcPort')) portOwner.set(part, whole)
      else adopt(whole, part)
    }
  }
  const voids = new Map<number, number[]>()
  const brokenVoids: number[] = []
  for (const rel of step.idsOf('IFCRELVOIDSELEMENT')) {
    const args = step.argsOf(rel)
    const element = refOf(args[4])
    const opening = refOf(args[5])
    if (!indexOf.has(element) || !indexOf.has(opening) || element === opening) {
      brokenVoids.push(rel)
      continue
    }
    host(element, opening)
    const list = voids.get(element)
    if (list) list.push(opening)
    else voids.set(element, [opening])
  }
  for (const rel of step.idsOf('IFCRELFILLSELEMENT')) {
    const args = step.argsOf(rel)
    const filling = indexOf.get(refOf(args[5]))
    if (filling !== undefined) fills[filling] = indexOf.get(refOf(args[4])) ?? -1
  }
  breakCycles(hostOf)

  const containerOf = new Map<number, number>()
  for (const rel of step.idsOf('IFCRELCONTAINEDINSPATIALSTRUCTURE')) {
    const args = step.argsOf(rel)
    const place = refOf(args[5])
    for (const element of refsOf(args[4])) if (!containerOf.has(element) && element !== place) containerOf.set(element, place)
  }
  for (const rel of step.idsOf('IFCRELCONNECTSPORTTOELEMENT')) {
    const args = step.argsOf(rel)
    portOwner.set(refOf(args[4]), refOf(args[5]))
  }

  const storeys = readStoreys(step, products, placements, toMetre)
  const storeyIndex = new Map(storeys.map((s, k) => [s.expressId, k]))
  const storeyOf = products.map((_, k) => {
    let owner: number | undefined
    let at = k
    const seen = new Set<number>()
    while (at >= 0 && !seen.has(at)) {
      seen.add(at)
      owner = containerOf.get(products[at].id)
      if (owner !== undefined) break
      at = hostOf[at]
    }
    let next = owner ?? (isSpatial(products[k].class) ? products[k].id : parentOf.get(products[k].id))
    const climbed = new Set<number>()
    while (next !== undefined && !climbed.has(next)) {
      const found = storeyIndex.get(next)
      if (found !== undefined) return found
      climbed.add(next)
      next = parentOf.get(next)
    }
    return -1
  })

  const { systems, systemsOf } = readSystems(step, indexOf, products.length)
  return {
    tree: growTree(step, project, products, indexOf, childrenOf, containerOf, hostOf),
    storeys,
    systems,
    storeyOf,
    systemsOf,
    hostOf,
    fills,
    joints: readJoints(step, indexOf, portOwner),
    voids,
    brokenVoids,
  }
}

/** Cuts a host relation where following it would come back. */
function breakCycles(hostOf: number[]): void {
  const state = new Uint8Array(hostOf.length)
  for (let k = 0; k < hostOf.length; k++) {
    const path: number[] = []
    let at = k
    while (at >= 0 && state[at] === 0) {
      state[at] = 1
      path.push(at)
      at = hostOf[at]
    }
    if (at >= 0 && state[at] === 1) hostOf[at] = -1
    for (const seen of path) state[seen] = 2
  }
}

function readStoreys(step: StepFile, products: readonly Product[], placements: Placements, toMetre: number): Storey[] {
  const found = products
    .filter((p) => p.class === 'IfcBuildingStorey')
    .map((p) => {
      const matrix: Mat4 | null = p.placement ? placements.local(p.placement) : null
      return { product: p, placed: matrix ? matrix[14] * toMetre : Number.NaN, written: numberOf(step.argsOf(p.id)[9]) * toMetre }
    })
  // Some writers leave every storey at the origin and tell the level in the attribute alone.
  const flat = new Set(found.map((s) => s.placed)).size <= 1 && new Set(found.map((s) => s.written)).size > 1
  return found.map(({ product, placed, written }) => ({
    expressId: product.id,
    globalId: product.globalId,
    name: product.name,
    elevation: finiteOr(flat ? written : placed, finiteOr(flat ? placed : written, 0)),
  }))
}

function finiteOr(value: number, otherwise: number): number {
  return Number.isFinite(value) ? value : otherwise
}

function readSystems(step: StepFile, indexOf: ReadonlyMap<number, number>, count: number): { systems: System[]; systemsOf: number[][] } {
  const systems: System[] = []
  const place = new Map<number, number>()
  for (const type of step.typesPresent().keys()) {
    const name = spellClass(type)
    if (!name || !isA(name, 'IfcSystem') || isA(name, 'IfcZone') || name === 'IfcStructuralAnalysisModel') continue
    for (const id of step.idsOf(type)) {
      const args = step.argsOf(id)
      place.set(id, systems.length)
      systems.push({ expressId: id, globalId: textOf(args[0]), name: textOf(args[2]) || textOf(args[5]), type: enumOf(args[6]) || enumOf(args[5]) })
    }
  }
  const systemsOf: number[][] = Array.from({ length: count }, () => [])
  for (const rel of step.idsOf('IFCRELASSIGNSTOGROUP', 'IFCRELASSIGNSTOGROUPBYFACTOR')) {
    const args = step.argsOf(rel)
    const system = place.get(refOf(args[6]))
    if (system === undefined) continue
    for (const member of refsOf(args[4])) {
      const k = indexOf.get(member)
      if (k !== undefined && !systemsOf[k].includes(system)) systemsOf[k].push(system)
    }
  }
  return { systems, systemsOf }
}

function readJoints(step: StepFile, indexOf: ReadonlyMap<number, number>, portOwner: ReadonlyMap<number, number>): [number, number][] {
  const joints: [number, number][] = []
  const seen = new Set<string>()
  for (const rel of step.idsOf('IFCRELCONNECTSPORTS')) {
    const args = step.argsOf(rel)
    const a = indexOf.get(portOwner.get(refOf(args[4])) ?? 0)
    const b = indexOf.get(portOwner.get(refOf(args[5])) ?? 0)
    if (a === undefined || b === undefined || a === b) continue
    const pair: [number, number] = a < b ? [a, b] : [b, a]
    if (seen.has(pair.join())) continue
    seen.add(pair.join())
    joints.push(pair)
  }
  return joints
}

/**
 * The spatial tree. Each entity is visited once, whatever the file's relations say; a part of an assembly stands where its whole does, and
 * what hangs nowhere hangs under the root.
 */
function growTree(
  step: StepFile,
  project: number,
  products: readonly Product[],
  indexOf: ReadonlyMap<number, number>,
  childrenOf: ReadonlyMap<number, readonly number[]>,
  containerOf: ReadonlyMap<number, number>,
  hostOf: readonly number[],
): TreeNode {
  interface Growing extends TreeNode {
    children: Growing[]
    elements: number[]
  }
  const visited = new Set<number>()
  function node(id: number): Growing {
    visited.add(id)
    const k = indexOf.get(id)
    const args = k === undefined ? step.argsOf(id) : []
    return {
      expressId: id,
      class: k === undefined ? 'IfcProject' : products[k].class,
      name: k === undefined ? textOf(args[2]) || textOf(args[5]) : products[k].name,
      globalId: k === undefined ? textOf(args[0]) : products[k].globalId,
      children: [],
      elements: [],
    }
  }
  const root = node(project)
  const nodes = new Map<number, Growing>([[project, root]])
  const queue: Growing[] = [root]
  const grow = (): void => {
    for (let parent = queue.shift(); parent; parent = queue.shift())
      for (const child of childrenOf.get(parent.expressId) ?? []) {
        const k = indexOf.get(child)
        if (visited.has(child) || k === undefined || !isSpatial(products[k].class)) continue
        const grown = node(child)
        parent.children.push(grown)
        nodes.set(child, grown)
        queue.push(grown)
      }
  }
  grow()
  for (const product of products) {
    if (!isSpatial(product.class) || visited.has(product.id)) continue
    const grown = node(product.id)
    nodes.set(product.id, grown)
    root.children.push(grown)
    queue.push(grown)
    grow()
  }
  for (let k = 0; k < products.length; k++) {
    const { class: name, id } = products[k]
    if (isSpatial(name) || isOpening(name) || isA(name, 'IfcPort')) continue
    let place = nodes.get(containerOf.get(id) ?? -1)
    for (let whole = hostOf[k]; !place && whole >= 0; whole = hostOf[whole]) place = nodes.get(containerOf.get(products[whole].id) ?? products[whole].id)
    ;(place ?? root).elements.push(k)
  }
  return root
}
