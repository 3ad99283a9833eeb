import type { Body } from './body.ts'
import { solidAt } from './body.ts'
import { centreOf, eachNeighbour, type FaceKey, type Lattice } from './lattice.ts'
import { highest, type Sheet } from './sheet.ts'

export type Kind = 'pit' | 'yard' | 'building' | 'ground'
export const KINDS: readonly Kind[] = ['pit', 'yard', 'building', 'ground']
/** A floor at least this far below the ground around it makes a pit [m]. */
const DEEP = 0.3
/** A roof hangs at least this far over the ground [m]. */
const CLEAR = 1.5

export interface Region {
  readonly kind: Kind
  readonly cells: readonly number[]
}

/**
 * Regions of cells that no barrier and no gate separates, and what they are: `pit` by its floor, `yard` where barriers and gates close the
 * ground in, `building` where it is also mostly under a roof, else `ground`.
 */
export function findRegions(
  lattice: Lattice,
  state: { floor: Float64Array; wet: Uint8Array; pit: Uint8Array },
  closed: (face: FaceKey) => boolean,
  roofs: Sheet | null,
): Region[] {
  const seen = new Uint8Array(state.wet.length)
  const regions: Region[] = []
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] || !state.wet[start]) continue
    const cells = [start]
    seen[start] = 1
    for (let k = 0; k < cells.length; k++)
      eachNeighbour(lattice, cells[k], (j, face) => {
        if (seen[j] || !state.wet[j] || state.pit[j] !== state.pit[start] || closed(face)) return
        seen[j] = 1
        cells.push(j)
      })
    regions.push({ kind: kindOf(lattice, state, cells, roofs), cells })
  }
  return regions
}

function kindOf(
  lattice: Lattice,
  { floor, wet, pit }: { floor: Float64Array; wet: Uint8Array; pit: Uint8Array },
  cells: readonly number[],
  roofs: Sheet | null,
): Kind {
  if (pit[cells[0]]) return isDeep(lattice, { floor, wet, pit }, cells) ? 'pit' : 'ground'
  if (touchesOutside(lattice, wet, floor, cells)) return 'ground'
  if (!roofs) return 'yard'
  let under = 0
  for (const i of cells) {
    const [x, y] = centreOf(lattice, i)
    if (highest(roofs, x, y) > floor[i] + CLEAR) under++
  }
  return 2 * under > cells.length ? 'building' : 'yard'
}

function isDeep(lattice: Lattice, { floor, wet, pit }: { floor: Float64Array; wet: Uint8Array; pit: Uint8Array }, cells: readonly number[]): boolean {
  let around = Infinity
  let sum = 0
  for (const i of cells) {
    sum += floor[i]
    eachNeighbour(lattice, i, (j) => {
      if (wet[j] && !pit[j] && floor[j] < around) around = floor[j]
    })
  }
  return sum / cells.length <= around - DEEP
}

/** At the edge of the grid, or beside cells without any floor. */
function touchesOutside({ columns, rows, ...lattice }: Lattice, wet: Uint8Array, floor: Float64Array, cells: readonly number[]): boolean {
  for (const i of cells) {
    const column = i % columns
    if (column === 0 || column === columns - 1 || i < columns || i >= (rows - 1) * columns) return true
    let bare = false
    eachNeighbour({ columns, rows, ...lattice }, i, (j) => {
      if (!wet[j] && Number.isNaN(floor[j])) bare = true
    })
    if (bare) return true
  }
  return false
}

/**
 * The pit's plan area over that of its cells: the exact area of the base slabs that lie under it, with their voids (sumps) counted as
 * slab. 1 where no base slab tells, or where it fills too little or too much of the cells to be the whole floor.
 */
export function pitPorosity(lattice: Lattice, cells: readonly number[], slabs: readonly Body[], voids: readonly Body[]): { porosity: number; area: number } {
  const inside = new Set(cells)
  const coverage = new Map<number, number>()
  const top = slabs.filter((body) => isTop(lattice, body, slabs, cells))
  for (const body of [...top, ...voids.filter((hole) => top.some((slab) => goesThrough(hole, slab)))])
    for (const { sheet, closed } of body.sheets) addCoverage(lattice, sheet, closed ? 0.5 : 1, inside, coverage)
  let area = 0
  const cellArea = lattice.cell * lattice.cell
  for (const [, covered] of [...coverage].sort((a, b) => a[0] - b[0])) area += Math.min(covered, cellArea)
  const porosity = area / (cells.length * cellArea)
  return { porosity: porosity >= 0.75 && porosity <= 1.3 ? porosity : 1, area }
}

/** A void that leaves no slab under it: that of a recess is still slab in plan. */
function goesThrough(hole: Body, slab: Body): boolean {
  if (hole.element.host !== slab.element.index || hole.model !== slab.model) return false
  return solidAt(slab, (hole.min[0] + hole.max[0]) / 2, (hole.min[1] + hole.max[1]) / 2).length === 0
}

function isTop(lattice: Lattice, body: Body, slabs: readonly Body[], cells: readonly number[]): boolean {
  for (const i of cells) {
    const [x, y] = centreOf(lattice, i)
    const own = topAt(body, x, y)
    if (!Number.isNaN(own) && slabs.every((other) => !(topAt(other, x, y) > own))) return true
  }
  return false
}
function topAt(body: Body, x: number, y: number): number {
  if (x < body.min[0] || x > body.max[0] || y < body.min[1] || y > body.max[1]) return Number.NaN
  const spans = solidAt(body, x, y)
  return spans.length > 0 ? spans[spans.length - 1][1] : Number.NaN
}

/** Adds the exact plan area that the triangles have over each cell of `inside` or beside it: coarse cells may end short of the slab's edge. */
function addCoverage(lattice: Lattice, sheet: Sheet, weight: number, inside: ReadonlySet<number>, coverage: Map<number, number>): void {
  const { columns, rows, cell, x0, y0 } = lattice
  for (let k = 0; k < sheet.flat.length; k += 9) {
    const f = sheet.flat
    const west = Math.min(f[k], f[k + 3], f[k + 6])
    const east = Math.max(f[k], f[k + 3], f[k + 6])
    const south = Math.min(f[k + 1], f[k + 4], f[k + 7])
    const north = Math.max(f[k + 1], f[k + 4], f[k + 7])
    for (let r = Math.floor((south - y0) / cell); r <= Math.floor((north - y0) / cell); r++)
      for (let c = Math.floor((west - x0) / cell); c <= Math.floor((east - x0) / cell); c++) {
        if (r < 0 || c < 0 || r >= rows || c >= columns) continue
        const i = r * columns + c
        if (!inside.has(i) && !besideInside(lattice, i, inside)) continue
        const area = areaInBox(f, k, x0 + c * cell, y0 + r * cell, cell)
        if (area > 0) coverage.set(i, (coverage.get(i) ?? 0) + weight * area)
      }
  }
}
function besideInside({ columns }: Lattice, cell: number, inside: ReadonlySet<number>): boolean {
  for (const row of [cell - columns, cell, cell + columns]) if (inside.has(row - 1) || inside.has(row) || inside.has(row + 1)) return true
  return false
}

/** Plan area of triangle k within the square cell at (west, south) [m²]. */
function areaInBox(flat: Float64Array, k: number, west: number, south: number, cell: number): number {
  let ring: [number, number][] = [
    [flat[k], flat[k + 1]],
    [flat[k + 3], flat[k + 4]],
    [flat[k + 6], flat[k + 7]],
  ]
  for (const [axis, limit, sign] of [
    [0, west, 1],
    [0, west + cell, -1],
    [1, south, 1],
    [1, south + cell, -1],
  ] as const) {
    const out: [number, number][] = []
    for (let i = 0; i < ring.length; i++) {
      const [p, q] = [ring[i], ring[(i + 1) % ring.length]]
      const [dp, dq] = [sign * (p[axis] - limit), sign * (q[axis] - limit)]
      if (dp >= 0) out.push(p)
      if (dp >= 0 !== dq >= 0) {
        const t = dp / (dp - dq)
        out.push([p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])])
      }
    }
    ring = out
    if (ring.length < 3) return 0
  }
  let twice = 0
  for (let i = 1; i + 1 < ring.length; i++)
    twice += (ring[i][0] - ring[0][0]) * (ring[i + 1][1] - ring[0][1]) - (ring[i][1] - ring[0][1]) * (ring[i + 1][0] - ring[0][0])
  return Math.abs(twice) / 2
}
