import type { Problem } from '@/core/base/problem'

/**
 * The site as water sees it: square cells with a floor, and faces between cells that may stand higher than both floors, so that a wall
 * thinner than a cell still blocks. Row 0 is the southern row, column 0 the western one; cell (c, r) has index r · columns + c and its
 * centre at (x0 + (c + ½) · cell, y0 + (r + ½) · cell).
 */
export interface SiteGrid {
  readonly columns: number
  readonly rows: number
  /** Edge of a cell [m]. */
  readonly cell: number
  /** South-west corner of the grid [m], project frame. */
  readonly x0: number
  readonly y0: number
  /** Floor of each cell [m]. Built in f64 with + − × ÷ √ only, so that it is equal on every machine. */
  readonly floor: Float64Array
  /** 1 = water may stand here, 0 = solid or outside. */
  readonly wet: Uint8Array
  /**
   * Plan area that water fills in a cell, over cell² [–]: volume = depth · porosity · cell². 1 but in pits, whose cells share the pit's true plan
   * area evenly (20.7 m between walls is 22 or 21 rows of 1 m), so that area, rain and volume are right at any cell size. Fluxes over faces
   * divide by it, rain and volumes multiply by it; velocities do not know it.
   */
  readonly porosity: Float64Array
  /** Manning's n of each cell [s/m^⅓]. */
  readonly manning: Float64Array
  /** Share of the rain that runs off [–]. */
  readonly runoff: Float64Array
  /** Index into `surfaces`. */
  readonly surface: Uint8Array
  readonly surfaces: readonly SurfaceKind[]
  /** Crests that stand over both floors or come from vector geometry. */
  readonly crests: readonly Crest[]
  /** Openings in crests by name (gap, gates): their faces, for ledgers and for boards. */
  readonly openings: readonly GridOpening[]
  readonly findings: readonly Problem[]
}
/**
 * `pit`: fed by a base slab or an excavation under a hole of the ground. `yard`: ground that barriers and gates close in. `building`: closed in
 * and under a roof. `ground`: all other ground.
 */
export interface SurfaceKind {
  readonly id: 'pit' | 'yard' | 'building' | 'ground'
  /** The element that made it, as `model:globalId`, or '' for none. */
  readonly source: string
}
/**
 * Faces are numbered like cells: an x-face f lies between cell f and its eastern neighbour f + 1, a y-face between f and its northern
 * neighbour f + columns.
 */
export interface Crest {
  readonly axis: 'x' | 'y'
  readonly face: number
  /** Crest level [m]; +Infinity never lets water over. */
  readonly level: number
  /** Stands over both floors (a wall), not a mere step. */
  readonly thin: boolean
  /** Discharge coefficient: 1, less where a slanting wall is longer on raster faces than in truth. */
  readonly coefficient: number
  /** `model:globalId` of the element it comes from. */
  readonly source: string
}
export interface GridOpening {
  readonly id: string
  /** `model:globalId` of the opening or door. */
  readonly source: string
  /** Level of the sill [m]. */
  readonly sill: number
  /** Free width [m] as modelled; the faces may be wider or narrower. */
  readonly width: number
  readonly faces: readonly OpeningFace[]
  /** That of the first face: the same for all faces but those of a slanting opening. */
  readonly inward: 1 | -1
}
export interface OpeningFace {
  readonly axis: 'x' | 'y'
  readonly face: number
  /** +1 where water that goes in (towards what the opening protects) moves to +x/+y, −1 otherwise. */
  readonly inward: 1 | -1
}
