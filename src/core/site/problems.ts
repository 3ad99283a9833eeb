declare module '@/core/base/problem' {
  interface ProblemTable {
    /** No element could serve as ground. */
    'site.noGround': { models: number }
    /** No terrain by class: the largest open surface serves as ground. */
    'site.groundGuessed': { name: string; class: string }
    'site.unknownUnit': { model: string }
    'site.framesDiffer': { model: string; distance_m: number }
    'site.tooManyCells': { cells: number; limit: number }
    'site.badCell': { cell_m: number }
    'site.areaOutside': { x: string; y: string }
    /** Cells without ground or floor inside the site: water cannot stand there. */
    'site.hole': { cells: number; area_m2: number; x_m: number; y_m: number }
    /** An element of a class that shapes the ground could not be used. */
    'site.unusable': { name: string; class: string; globalId: string }
    'site.surfaceMissing': { kind: string; area_m2: number; runoff: number; manning: number }
    'site.roofs': { area_m2: number }
    'site.pitArea': { raster_m2: number; slab_m2: number }
    /** A gate or opening whose place is not between two sides of a barrier. */
    'site.openingUnused': { name: string; globalId: string }
    'site.tagTwice': { tag: string; count: number }
  }
}

export {}
