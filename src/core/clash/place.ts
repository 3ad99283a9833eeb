import { add, sub, type Vec3 } from '@/core/base/geometry'
import type { GridAxis, SiteModel } from '@/core/model'
import type { Candidate } from './select.ts'
import type { Place } from './types.ts'

/** Side of a cell where the models have no grid [m]. */
const CELL = 10

/** Where something is, as people on site say it: storey, grid lines, level. */
export function placeOf([x, y, z]: Vec3, sides: readonly Candidate[], axes: readonly GridAxis[]): Place {
  return { storey: storeyOf(sides, z), grid: gridOf(x, y, axes), cell: `${Math.floor(x / CELL)}/${Math.floor(y / CELL)}`, elevation: z }
}

/** Grid lines of all models in the common frame. */
export function axesOf(models: readonly SiteModel[]): GridAxis[] {
  return models.flatMap(({ gridAxes = [], frame }) => {
    const shift = sub(frame.origin, models[0].frame.origin)
    return gridAxes.map((axis) => ({ ...axis, from: add(axis.from, shift), to: add(axis.to, shift) }))
  })
}

/** The storey that contains one of the two, else the highest one below the place in their models. */
function storeyOf(sides: readonly Candidate[], z: number): string | null {
  for (const { model, element } of sides) {
    const storey = model.storeys[element.storey]
    if (storey?.name) return storey.name
  }
  let best: { name: string; level: number } | null = null
  for (const { model, shift } of sides)
    for (const { name, elevation } of model.storeys) {
      const level = elevation + shift[2]
      if (name && level <= z + 0.01 && (best === null || level > best.level)) best = { name, level }
    }
  return best?.name ?? null
}

/** Nearest line of each family and how far away it is: `B / 3 +1.20 m`; null without a grid. */
function gridOf(x: number, y: number, axes: readonly GridAxis[]): string | null {
  const nearest = new Map<string, { tag: string; distance: number }>()
  for (const axis of axes) {
    const distance = distanceTo(axis, x, y)
    const known = nearest.get(axis.family)
    if (!known || distance < known.distance) nearest.set(axis.family, { tag: axis.tag, distance })
  }
  if (nearest.size === 0) return null
  return [...nearest.keys()]
    .sort()
    .map((family) => {
      const { tag, distance } = nearest.get(family) as { tag: string; distance: number }
      return distance < 0.005 ? tag : `${tag} +${distance.toFixed(2)} m`
    })
    .join(' / ')
}

/** Distance in plan to the line through an axis [m]. */
function distanceTo({ from, to }: GridAxis, x: number, y: number): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const length = Math.sqrt(dx * dx + dy * dy)
  return length > 0 ? Math.abs(dx * (y - from[1]) - dy * (x - from[0])) / length : Infinity
}
