import type { Vec3 } from '@/core/base/geometry'
import { parseQuantity } from '@/core/base/quantity'
import type { Element, SiteModel } from '@/core/model'
import type { FloodWorld, FloodWritten, PumpWritten } from '@/scenarios/flood/types'

/** Where the things of a scenario stand, for drawing and for forms. What counts for the run is what the scenario's own code resolves. */
export interface Spot {
  readonly x: number
  readonly y: number
  /** NaN = on the ground. */
  readonly z: number
}

export function spotOf(
  entry: { readonly at?: readonly [string, string] | undefined; readonly element?: string | undefined },
  models: readonly SiteModel[],
): Spot | null {
  if (entry.at) {
    const x = parseQuantity(entry.at[0], 'length')
    const y = parseQuantity(entry.at[1], 'length')
    return x === null || y === null ? null : { x, y, z: Number.NaN }
  }
  if (!entry.element) return null
  const element = tagged(models, entry.element)
  if (!element?.bounds) return null
  const { min, max } = element.bounds
  return { x: (min[0] + max[0]) / 2, y: (min[1] + max[1]) / 2, z: max[2] }
}

let indexed: readonly SiteModel[] | null = null
let byTag = new Map<string, { model: SiteModel; element: Element }>()

/** The first element with this IFC Tag that has a body. */
export function tagged(models: readonly SiteModel[], tag: string): Element | null {
  return entryOf(models, tag)?.element ?? null
}
function entryOf(models: readonly SiteModel[], tag: string) {
  if (indexed !== models) {
    byTag = new Map()
    for (const model of models)
      for (const element of model.elements) if (element.tag && element.bounds && !byTag.has(element.tag)) byTag.set(element.tag, { model, element })
    indexed = models
  }
  return byTag.get(tag)
}

/** Ends of a straight pipe or duct whose body is an extrusion. */
function axisOf(element: Element): readonly [Vec3, Vec3] | null {
  const solid = element.solids?.[0]
  if (!solid || solid.kind === 'polygon') return null
  const m = solid.matrix
  return [
    [m[12], m[13], m[14]],
    [m[12] + m[8] * solid.length, m[13] + m[9] * solid.length, m[14] + m[10] * solid.length],
  ]
}

/**
 * The way of a pump's water as the model draws it: from the pump along the segments that its ports join. Empty where the pump was moved, or
 * the model joins nothing to it.
 */
export function modelledHose(models: readonly SiteModel[], pump: PumpWritten): readonly Vec3[] {
  const start = pump.at || !pump.element ? undefined : entryOf(models, pump.element)
  if (!start?.element.bounds) return []
  const { model } = start
  const joined = new Map<number, number[]>()
  for (const [a, b] of model.joints) {
    joined.set(a, [...(joined.get(a) ?? []), b])
    joined.set(b, [...(joined.get(b) ?? []), a])
  }
  const { min, max } = start.element.bounds
  const path: Vec3[] = [[(min[0] + max[0]) / 2, (min[1] + max[1]) / 2, max[2]]]
  const seen = new Set([start.element.index])
  let at = start.element.index
  for (;;) {
    const next = (joined.get(at) ?? []).find((index) => !seen.has(index) && /^Ifc(Pipe|FlowSegment)/.test(model.elements[index].class))
    if (next === undefined) return path.length > 1 ? path : []
    seen.add(next)
    const axis = axisOf(model.elements[next])
    if (axis) {
      const last = path[path.length - 1]
      const [near, far] = distance(last, axis[0]) <= distance(last, axis[1]) ? axis : [axis[1], axis[0]]
      if (distance(last, near) > 0.05) path.push(near)
      path.push(far)
    }
    at = next
  }
}

function distance(a: Vec3, b: Vec3): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}

/** Where a pump's water goes. */
export function dischargeSpot(written: FloodWritten, pump: PumpWritten, models: readonly SiteModel[]): Spot | null {
  if (!('node' in pump.discharge)) return spotOf(pump.discharge, models)
  const id = pump.discharge.node
  const node = written.nodes.find((candidate) => candidate.id === id)
  return node ? spotOf(node, models) : null
}

/** The sump within `reach` [m] of a place, or null. */
export function sumpAt(written: FloodWritten, models: readonly SiteModel[], x: number, y: number, reach = 1): string | null {
  for (const sump of written.sumps) {
    const spot = spotOf(sump, models)
    if (spot && Math.abs(spot.x - x) <= reach && Math.abs(spot.y - y) <= reach) return sump.id
  }
  return null
}

/** Floor and cell of the grid under a point, or null outside of it. */
export function cellAt(world: FloodWorld, x: number, y: number): { readonly index: number; readonly floor: number; readonly wet: boolean } | null {
  const { grid } = world
  const column = Math.floor((x - grid.x0) / grid.cell)
  const row = Math.floor((y - grid.y0) / grid.cell)
  if (column < 0 || row < 0 || column >= grid.columns || row >= grid.rows) return null
  const index = row * grid.columns + column
  return { index, floor: grid.floor[index], wet: grid.wet[index] === 1 }
}

/** The opening that boards are for: the widest that leads into the pit, else the first. */
export function mainOpening({ grid }: FloodWorld): FloodWorld['grid']['openings'][number] | undefined {
  const intoPit = grid.openings.filter(({ faces }) =>
    faces.some(({ axis, face }) => [face, axis === 'x' ? face + 1 : face + grid.columns].some((cell) => grid.surfaces[grid.surface[cell]]?.id === 'pit')),
  )
  return intoPit.sort((a, b) => b.width - a.width)[0] ?? grid.openings[0]
}

/** Centre of the lowest cell within `reach` [m] that is not in the pit: what lies more than 3 m under the place does not count. */
export function lowestNear(world: FloodWorld, x: number, y: number, reach: number): { readonly x: number; readonly y: number } | null {
  const here = cellAt(world, x, y)
  const { grid } = world
  let best: { x: number; y: number } | null = null
  let lowest = Number.POSITIVE_INFINITY
  for (let row = 0; row < grid.rows; row++)
    for (let column = 0; column < grid.columns; column++) {
      const index = row * grid.columns + column
      const cx = grid.x0 + (column + 0.5) * grid.cell
      const cy = grid.y0 + (row + 0.5) * grid.cell
      const floor = grid.floor[index]
      if (grid.wet[index] !== 1 || Math.hypot(cx - x, cy - y) > reach || (here && floor < here.floor - 3)) continue
      if (floor < lowest) {
        lowest = floor
        best = { x: cx, y: cy }
      }
    }
  return best
}
