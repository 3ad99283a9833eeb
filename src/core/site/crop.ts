import { latticeOver } from './lattice.ts'
import type { SiteGrid } from './site-grid.ts'

/** The part of a grid that `area` covers, widened to whole cells. */
export function cropGrid(grid: SiteGrid, area: { readonly x: readonly [number, number]; readonly y: readonly [number, number] }): SiteGrid {
  const { cell } = grid
  const wanted = latticeOver(area.x, area.y, cell)
  const clampTo = (value: number, count: number) => (value < 0 ? 0 : Math.min(value, count))
  const c0 = clampTo(Math.round((wanted.x0 - grid.x0) / cell), grid.columns)
  const r0 = clampTo(Math.round((wanted.y0 - grid.y0) / cell), grid.rows)
  const c1 = clampTo(Math.round((wanted.x0 - grid.x0) / cell) + wanted.columns, grid.columns)
  const r1 = clampTo(Math.round((wanted.y0 - grid.y0) / cell) + wanted.rows, grid.rows)
  const [columns, rows] = [c1 - c0, r1 - r0]
  if (columns === grid.columns && rows === grid.rows) return grid

  const cut = <A extends Float64Array | Uint8Array>(from: A, to: A): A => {
    for (let r = 0; r < rows; r++) to.set(from.subarray((r0 + r) * grid.columns + c0, (r0 + r) * grid.columns + c1), r * columns)
    return to
  }
  /** Index of a face in the part, −1 where either of its cells is outside. */
  const moved = ({ axis, face }: { axis: 'x' | 'y'; face: number }) => {
    const c = (face % grid.columns) - c0
    const r = (face - (face % grid.columns)) / grid.columns - r0
    return c < 0 || r < 0 || c >= columns - (axis === 'x' ? 1 : 0) || r >= rows - (axis === 'y' ? 1 : 0) ? -1 : r * columns + c
  }
  const inside = <F extends { axis: 'x' | 'y'; face: number }>(faces: readonly F[]) =>
    faces.map((face) => ({ ...face, face: moved(face) })).filter(({ face }) => face >= 0)
  const cells = columns * rows
  return {
    ...grid,
    columns,
    rows,
    x0: grid.x0 + c0 * cell,
    y0: grid.y0 + r0 * cell,
    floor: cut(grid.floor, new Float64Array(cells)),
    wet: cut(grid.wet, new Uint8Array(cells)),
    porosity: cut(grid.porosity, new Float64Array(cells)),
    manning: cut(grid.manning, new Float64Array(cells)),
    runoff: cut(grid.runoff, new Float64Array(cells)),
    surface: cut(grid.surface, new Uint8Array(cells)),
    crests: inside(grid.crests),
    openings: grid.openings.map((opening) => ({ ...opening, faces: inside(opening.faces) })).filter(({ faces }) => faces.length > 0),
  }
}
