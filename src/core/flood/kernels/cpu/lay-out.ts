import type { SiteGrid } from '@/core/site'
import { type Fields, makeFields } from './fields.ts'
import { type SpecialFace, splitFaces } from './split-faces.ts'

/** Cells to a side of a tile, the unit of local time steps. */
export const TILE = 16

export interface OpenSide {
  readonly p: number
  /** Padded face between the cell and the outside, and the sign of outflow along its axis. */
  readonly face: number
  readonly axis: 'x' | 'y'
  readonly out: 1 | -1
}
/** Neighbouring cells (or the faces at them) of a row as runs: first, past the last, first, past the last … */
export type Runs = Int32Array
/** A square of cells that step together, with the faces between them. */
export interface Tile {
  readonly cells: Runs
  readonly x: Runs
  readonly y: Runs
  readonly special: readonly SpecialFace[]
  readonly sides: readonly OpenSide[]
  /** The tiles of the 3 × 3 block round it that exist, itself among them. */
  readonly block: Int32Array
  /** Rain runs off somewhere in it. */
  readonly rainy: boolean
}
/** The faces between two tiles: `low` is the western or southern one. */
export interface Seam {
  readonly axis: 'x' | 'y'
  readonly low: number
  readonly high: number
  readonly faces: Runs
  readonly special: readonly SpecialFace[]
}

/** The grid laid out for stepping: padded by one ring of solid cells (row width `width`) and cut into tiles. */
export function layOut(grid: SiteGrid) {
  const { columns, rows, cell: dx } = grid
  const width = columns + 2
  const size = width * (rows + 2)
  const fields = makeFields(size)
  const on = new Uint8Array(size)
  const pad = (c: number) => {
    const column = c % columns
    return ((c - column) / columns + 1) * width + column + 1
  }
  for (let c = 0; c < columns * rows; c++) {
    const p = pad(c)
    fields.z[p] = grid.floor[c]
    if (grid.wet[c] !== 1) continue
    on[p] = 1
    fields.n[p] = grid.manning[c]
    fields.runoff[p] = grid.runoff[c]
    if (grid.porosity[c] > 0) fields.share[p] = grid.porosity[c]
    fields.inverse[p] = 1 / fields.share[p]
  }
  const [across, down] = [Math.ceil(columns / TILE), Math.ceil(rows / TILE)]
  const tileOf = (p: number) => Math.floor(((p - (p % width)) / width - 1) / TILE) * across + Math.floor(((p % width) - 1) / TILE)
  return { dx, width, size, fields, pad, tileOf, ...cut(grid, fields, on, pad, tileOf, across, down) }
}
export type Layout = ReturnType<typeof layOut>

function cut(
  grid: SiteGrid,
  fields: Fields,
  on: Uint8Array,
  pad: (c: number) => number,
  tileOf: (p: number) => number,
  across: number,
  down: number,
): { tiles: Tile[]; seams: Seam[]; special: Record<'x' | 'y', Map<number, SpecialFace>> } {
  const width = grid.columns + 2
  const count = across * down
  const cells = Array.from({ length: count }, (): number[] => [])
  const sides = Array.from({ length: count }, (): OpenSide[] => [])
  for (let c = 0; c < grid.wet.length; c++) {
    const p = pad(c)
    if (on[p] !== 1) continue
    const t = tileOf(p)
    cells[t].push(p)
    const column = c % grid.columns
    const row = (c - column) / grid.columns
    if (column === 0) sides[t].push({ p, face: p - 1, axis: 'x', out: -1 })
    if (column === grid.columns - 1) sides[t].push({ p, face: p, axis: 'x', out: 1 })
    if (row === 0) sides[t].push({ p, face: p - width, axis: 'y', out: -1 })
    if (row === grid.rows - 1) sides[t].push({ p, face: p, axis: 'y', out: 1 })
  }
  const inside = Array.from({ length: count }, () => ({ x: [] as number[], y: [] as number[], special: [] as SpecialFace[] }))
  const between = new Map<string, { axis: 'x' | 'y'; low: number; high: number; faces: number[]; special: SpecialFace[] }>()
  const special = { x: new Map<number, SpecialFace>(), y: new Map<number, SpecialFace>() }
  for (const axis of ['x', 'y'] as const) {
    const stride = axis === 'x' ? 1 : width
    const faces = splitFaces(grid, fields.z, on, pad, axis, stride)
    const place = (p: number, put: (home: { faces: number[]; special: SpecialFace[] }) => void) => {
      const [low, high] = [tileOf(p), tileOf(p + stride)]
      if (low === high) return put({ faces: inside[low][axis], special: inside[low].special })
      const key = `${axis} ${low}`
      const seam = between.get(key) ?? { axis, low, high, faces: [], special: [] }
      between.set(key, seam)
      put(seam)
    }
    for (const p of faces.ordinary) place(p, (home) => void home.faces.push(p))
    for (const face of faces.special) {
      special[axis].set(face.p, face)
      place(face.p, (home) => void home.special.push(face))
    }
  }
  const tiles = inside.map(
    ({ x, y, special: own }, t): Tile => ({
      cells: runs(cells[t]),
      x: runs(x),
      y: runs(y),
      special: own,
      sides: sides[t],
      block: block(t, across, down),
      rainy: cells[t].some((p) => fields.runoff[p] > 0),
    }),
  )
  return { tiles, seams: [...between.values()].map((seam) => ({ ...seam, faces: runs(seam.faces) })), special }
}

function runs(list: readonly number[]): Runs {
  const out: number[] = []
  for (const p of list) {
    if (out.length > 0 && out[out.length - 1] === p) out[out.length - 1] = p + 1
    else out.push(p, p + 1)
  }
  return Int32Array.from(out)
}

function block(t: number, across: number, down: number): Int32Array {
  const [column, row] = [t % across, Math.floor(t / across)]
  const near: number[] = []
  for (let r = row - 1; r <= row + 1; r++)
    for (let c = column - 1; c <= column + 1; c++) if (r >= 0 && c >= 0 && r < down && c < across) near.push(r * across + c)
  return Int32Array.from(near)
}
