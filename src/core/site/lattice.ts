/** The raster alone: square cells in rows from the south-west corner. */
export interface Lattice {
  readonly columns: number
  readonly rows: number
  /** Edge of a cell [m]. */
  readonly cell: number
  readonly x0: number
  readonly y0: number
}
/** Faces of both axes in one numbering: 2 · face for x, 2 · face + 1 for y. */
export type FaceKey = number

/** The smallest lattice on whole multiples of the cell that covers the box; a micrometre over a line does not add a cell. */
export function latticeOver(x: readonly [number, number], y: readonly [number, number], cell: number): Lattice {
  const c0 = Math.floor(x[0] / cell + 1e-6)
  const c1 = Math.ceil(x[1] / cell - 1e-6)
  const r0 = Math.floor(y[0] / cell + 1e-6)
  const r1 = Math.ceil(y[1] / cell - 1e-6)
  return { columns: c1 - c0, rows: r1 - r0, cell, x0: c0 * cell, y0: r0 * cell }
}

export function centreOf({ columns, cell, x0, y0 }: Lattice, index: number): [number, number] {
  const column = index % columns
  return [x0 + (column + 0.5) * cell, y0 + ((index - column) / columns + 0.5) * cell]
}

/** Index of the cell that holds (x, y), −1 outside. A point on a line belongs to the cell east or north of it. */
export function locate({ columns, rows, cell, x0, y0 }: Lattice, x: number, y: number): number {
  const column = Math.floor((x - x0) / cell)
  const row = Math.floor((y - y0) / cell)
  return column >= 0 && column < columns && row >= 0 && row < rows ? row * columns + column : -1
}

/** Calls `visit(neighbour, face key)` for the up to four neighbours of a cell: west, east, south, north. */
export function eachNeighbour({ columns, rows }: Lattice, cell: number, visit: (neighbour: number, face: FaceKey) => void): void {
  const column = cell % columns
  if (column > 0) visit(cell - 1, 2 * (cell - 1))
  if (column < columns - 1) visit(cell + 1, 2 * cell)
  if (cell >= columns) visit(cell - columns, 2 * (cell - columns) + 1)
  if (cell < (rows - 1) * columns) visit(cell + columns, 2 * cell + 1)
}

/** The two cells of a face: the western or southern one first. */
export function cellsOf({ columns }: Lattice, key: FaceKey): [number, number] {
  const face = (key - (key % 2)) / 2
  return key % 2 === 0 ? [face, face + 1] : [face, face + columns]
}

/** Cells whose square comes within `margin` of the box in plan. */
export function cellsUnder(lattice: Lattice, min: readonly number[], max: readonly number[], margin: number): number[] {
  const { columns, rows, cell, x0, y0 } = lattice
  const c0 = clamp(Math.floor((min[0] - margin - x0) / cell), columns)
  const c1 = clamp(Math.floor((max[0] + margin - x0) / cell), columns)
  const r0 = clamp(Math.floor((min[1] - margin - y0) / cell), rows)
  const r1 = clamp(Math.floor((max[1] + margin - y0) / cell), rows)
  const found: number[] = []
  if (max[0] + margin < x0 || max[1] + margin < y0 || min[0] - margin > x0 + columns * cell || min[1] - margin > y0 + rows * cell) return found
  for (let r = r0; r <= r1; r++) for (let c = c0; c <= c1; c++) found.push(r * columns + c)
  return found
}

/**
 * Fills unknown values (NaN) next to known ones, ring by ring, with the mean of the known neighbours; `open` says which faces it may pass.
 * Works on `values` itself; a cell takes part only where `into` says so.
 */
export function spread(
  lattice: Lattice,
  values: Float64Array,
  rings: number,
  into: (cell: number) => boolean = () => true,
  open: (face: FaceKey) => boolean = () => true,
): void {
  let front: number[] = []
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i])) front.push(i)
  for (let ring = 0; ring < rings && front.length > 0; ring++) {
    const reached = new Set<number>()
    for (const i of front)
      eachNeighbour(lattice, i, (j, face) => {
        if (Number.isNaN(values[j]) && into(j) && open(face)) reached.add(j)
      })
    front = [...reached].sort((a, b) => a - b)
    const means = front.map((i) => {
      let sum = 0
      let count = 0
      eachNeighbour(lattice, i, (j, face) => {
        if (!Number.isNaN(values[j]) && open(face)) {
          sum += values[j]
          count++
        }
      })
      return sum / count
    })
    front.forEach((i, k) => {
      values[i] = means[k]
    })
  }
}

function clamp(value: number, count: number): number {
  return value < 0 ? 0 : value >= count ? count - 1 : value
}
