import type { GeoreferenceRecipe } from '@/core/ifc/write/index.ts'

/** What a study may change of the demonstration site; everything else follows. */
export interface Site {
  /** Gap in the south parapet for vehicles: from, to along x, and its sill [m]. */
  readonly gap: { readonly from: number; readonly to: number; readonly sill: number }
}
export const AS_DESIGNED: Site = { gap: { from: 88, to: 96, sill: -0.284 } }

export const TIME = '2026-06-01T08:00:00'
/** Fictional place within zone 117° E of CGCS2000; model ±0.000 = 46.500 m. */
export const GEOREFERENCE: GeoreferenceRecipe = {
  name: 'EPSG:4548',
  description: 'CGCS2000 / 3-degree Gauss-Kruger CM 117E (虚构场地 fictional site)',
  eastings: 445300,
  northings: 4418250,
  height: 46.5,
}

/** Half sizes of the pit's outline (outer faces of the diaphragm wall) and of its clear inside [m]. */
export const PIT = { x: 105, y: 11.15, innerX: 104.2, innerY: 10.35 }
/** Lines of the hoarding and its plinth [m]. */
export const YARD = { west: -130, east: 150, south: -55, north: 40 }
export const LOW_POINT = { x: 92, y: -26, radius: 30 }

/** Ground level [m]: a plane that falls to the south-east, with a bowl 0.40 m deep about the low point. */
export function ground(x: number, y: number): number {
  const plane = 0.3 - 0.002 * (x + 160) + 0.0015 * y
  const d = Math.sqrt((x - LOW_POINT.x) ** 2 + (y - LOW_POINT.y) ** 2)
  return d < LOW_POINT.radius ? plane - 0.2 * (1 + Math.cos((Math.PI * d) / LOW_POINT.radius)) : plane
}
/** Top of the base slab [m]: falls 0.2 % to the east. */
export function slabTop(x: number): number {
  return -17.6 - (0.4 * (x + 104.2)) / 208.4
}
/** Levels of the middle slab [m]. */
export const MID = { top: -10.9, under: -11.3 }
