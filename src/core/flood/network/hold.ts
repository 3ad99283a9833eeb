import { type Basin, makeBasin } from './basin.ts'
import { power } from './powers.ts'
import { makeSection } from './sections.ts'
import { valueAt } from './tables.ts'
import type { Conduit, DrainNetwork, DrainNode, StorageShape } from './types.ts'

/** Parts that a section's height is cut in, finer towards bed and crown, where its width changes most. */
const PARTS = 32
/** Parts of a store whose area follows a formula. */
const STORE_PARTS = 64

/**
 * The basin of each node: its own area, and the half of every conduit that ends in it, by the width of the water there. A junction is never
 * narrower than its chamber. Over the rim stands what may pond.
 */
export function makeBasins(network: DrainNetwork): Basin[] {
  const ends = network.nodes.map((): { invert: number; half: number; conduit: Conduit }[] => [])
  for (const link of network.links) {
    if (link.kind !== 'conduit') continue
    const half = (link.length / 2) * link.barrels
    ends[link.from].push({ invert: link.invertFrom, half, conduit: link })
    ends[link.to].push({ invert: link.invertTo, half, conduit: link })
  }
  return network.nodes.map((node, n) => {
    const breaks = [node.invert]
    const halves = ends[n].map(({ invert, half, conduit }) => {
      const section = makeSection(conduit.section, network.slot)
      for (let k = 0; k <= PARTS; k++) {
        const t = k / PARTS
        breaks.push(invert + section.full * t * t * (3 - 2 * t))
        // The slot narrows up to 1.78 heights.
        if (section.closed && network.slot === 'wide') breaks.push(invert + section.full * (1 + 0.8 * t))
      }
      return (level: number) => (level <= invert ? 0 : half * section.width(level - invert))
    })
    if (node.kind !== 'outfall') breaks.push(node.rim)
    if (node.kind === 'storage') breaks.push(...storeBreaks(node))
    const least = node.kind === 'outfall' ? 0 : network.leastArea
    return makeBasin(
      breaks.filter((level) => level >= node.invert),
      (level) => {
        if (node.kind === 'junction' && level > node.rim && node.pondedArea > 0) return node.pondedArea
        let area = node.kind === 'storage' ? storeArea(node.shape, level - node.invert) : 0
        for (const half of halves) area += half(level)
        return area > least ? area : least
      },
    )
  })
}

/** The store alone, without the conduits: what a report calls its volume. */
export function makeStore(node: DrainNode): Basin | null {
  if (node.kind !== 'storage') return null
  return makeBasin([node.invert, node.rim, ...storeBreaks(node)], (level) => storeArea(node.shape, level - node.invert))
}

function storeBreaks(node: DrainNode & { kind: 'storage' }): number[] {
  if (node.shape.kind === 'table') return [...node.shape.table.x].map((depth) => node.invert + depth)
  if (node.shape.kind === 'power' ? node.shape.factor === 0 || node.shape.exponent === 0 : node.shape.b === 0 && node.shape.c === 0) return []
  return Array.from({ length: STORE_PARTS + 1 }, (_, k) => node.invert + (node.rim - node.invert) * (k / STORE_PARTS) * (k / STORE_PARTS))
}

function storeArea(shape: StorageShape, depth: number): number {
  if (shape.kind === 'power') return shape.constant + shape.factor * (shape.exponent === 0 ? 1 : power(depth, shape.exponent))
  if (shape.kind === 'quadratic') return shape.a + depth * (shape.b + depth * shape.c)
  const { x, y } = shape.table
  const last = x.length - 1
  // Beyond its last point a widening store goes on widening.
  if (depth <= x[last] || last === 0) return valueAt(shape.table, depth)
  const slope = (y[last] - y[last - 1]) / (x[last] - x[last - 1])
  return y[last] + (slope > 0 ? slope * (depth - x[last]) : 0)
}
