import { type Body, solidAt } from './body.ts'
import { type FaceKey, type Lattice, spread } from './lattice.ts'
import { highest, lowest, type Sheet } from './sheet.ts'
import type { Sources } from './sources.ts'

/** Levels of a cell from points spread evenly over it: their mean, NaN for none, and the share of the points that are of this kind. */
export interface Samples {
  readonly mean: Float64Array
  readonly share: Float64Array
}

/** Samples lie at most this far apart [m], and at least 2 × 2, at most 16 × 16 in a cell. */
const SPACING = 0.25
/** An excavation's floor lies at least this far under the ground [m]. */
const DUG = 0.05
/** Ground and pit floors reach this far beyond their own edge, towards walls that stand in the seam [m]. */
export const SEAM = 2

/** Ground and pit floor of every cell. A pit point is one where the ground has a hole (or is dug away) and a floor lies below. */
export function sampleFloors(lattice: Lattice, sources: Sources): { ground: Samples; pit: Samples } {
  const { columns, rows, cell, x0, y0 } = lattice
  const wanted = Math.ceil(cell / SPACING - 1e-9)
  const k = wanted < 2 ? 2 : Math.min(wanted, 16)
  const cells = columns * rows
  const ground = { mean: new Float64Array(cells), share: new Float64Array(cells) }
  const pit = { mean: new Float64Array(cells), share: new Float64Array(cells) }
  for (let i = 0; i < cells; i++) {
    const column = i % columns
    const west = x0 + column * cell
    const south = y0 + ((i - column) / columns) * cell
    let [groundSum, groundCount, pitSum, pitCount, covered] = [0, 0, 0, 0, 0]
    for (let b = 0; b < k; b++)
      for (let a = 0; a < k; a++) {
        const x = west + ((a + 0.5) / k) * cell
        const y = south + ((b + 0.5) / k) * cell
        const level = highest(sources.ground, x, y)
        const dug = sources.excavations ? lowest(sources.excavations, x, y) : Number.NaN
        if (!Number.isNaN(level) && !(dug < level - DUG)) {
          groundSum += level
          groundCount++
          continue
        }
        const floor = pitFloorAt(sources, x, y, dug)
        const recess = sources.recesses !== null && !Number.isNaN(highest(sources.recesses, x, y))
        if (recess || !Number.isNaN(floor)) covered++
        if (recess || Number.isNaN(floor)) continue
        pitSum += floor
        pitCount++
      }
    ground.mean[i] = groundCount > 0 ? groundSum / groundCount : Number.NaN
    ground.share[i] = groundCount / (k * k)
    pit.mean[i] = pitCount > 0 ? pitSum / pitCount : Number.NaN
    pit.share[i] = covered / (k * k)
  }
  return { ground, pit }
}

/** Which cells are ground and which pit, and their floor [m]; NaN where neither reaches. */
export function settleFloors(lattice: Lattice, ground: Samples, pit: Samples, open: (face: FaceKey) => boolean): { floor: Float64Array; pit: Uint8Array } {
  const cells = ground.mean.length
  const rings = ringsOf(lattice)
  const onGround = ground.mean.map((level, i) => (ground.share[i] >= 0.5 ? level : Number.NaN))
  const inPit = pit.mean.map((level, i) => (ground.share[i] < 0.5 && pit.share[i] >= 0.5 ? level : Number.NaN))
  const unsettled = (i: number) => Number.isNaN(onGround[i]) && Number.isNaN(inPit[i])
  // Cells of the seam fall to the side from which they are reached without crossing a barrier; where both sides reach, to the pit.
  spread(lattice, inPit, rings, unsettled, open)
  spread(lattice, onGround, rings, unsettled, open)
  const floor = new Float64Array(cells)
  const isPit = new Uint8Array(cells)
  for (let i = 0; i < cells; i++) {
    isPit[i] = !Number.isNaN(inPit[i]) ? 1 : 0
    const reached = isPit[i] ? inPit[i] : onGround[i]
    const own = isPit[i] ? pit.mean[i] : ground.mean[i]
    floor[i] = !Number.isNaN(reached) && !Number.isNaN(own) ? own : reached
  }
  return { floor, pit: isPit }
}

/** The ground carried on over the seam at the edge of a hole: what a wall that stands in the seam is measured against. */
export function groundWithSeam(lattice: Lattice, ground: Samples): Float64Array {
  const levels = ground.mean.slice()
  spread(lattice, levels, ringsOf(lattice))
  return levels
}

function ringsOf({ cell }: Lattice): number {
  const rings = Math.ceil(SEAM / cell)
  return Math.max(rings, 1)
}

function pitFloorAt(sources: Sources, x: number, y: number, dug: number): number {
  if (sources.baseSlabs) {
    const level = highestAbout(sources.baseSlabs, x, y)
    if (!Number.isNaN(level)) return level
  }
  const level = lowestFloor(sources.slabs, x, y)
  return !Number.isNaN(level) ? level : dug
}

/** Highest surface at a point. Engines leave hair cracks where they cut openings: where the surface beside is much higher, that is meant. */
function highestAbout(sheet: Sheet, x: number, y: number): number {
  let level = highest(sheet, x, y)
  for (const [dx, dy] of BESIDE) {
    const beside = highest(sheet, x + dx, y + dy)
    if (beside > level + CRACK) level = beside
  }
  return level
}
const CRACK = 0.05
const BESIDE = [
  [-0.004, 0],
  [0.004, 0],
  [0, -0.004],
  [0, 0.004],
] as const

/** Top of the lowest solid stretch of all slabs over a point: a blinding layer and the slab on it are one stretch. */
function lowestFloor(slabs: readonly Body[], x: number, y: number): number {
  const spans = slabs
    .filter(({ min, max }) => x >= min[0] && x <= max[0] && y >= min[1] && y <= max[1])
    .flatMap((body) => solidAt(body, x, y))
    .sort((a, b) => a[0] - b[0] || a[1] - b[1])
  if (spans.length === 0) return Number.NaN
  let top = spans[0][1]
  for (const [bottom, above] of spans) if (bottom <= top + 0.005 && above > top) top = above
  return top
}
