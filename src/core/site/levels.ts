import { cellsOf, eachNeighbour, type FaceKey } from './lattice.ts'
import type { SiteGrid } from './site-grid.ts'

/** Volume that stands below `level` in the cells [m³]. */
export function volumeBelow(grid: SiteGrid, cells: Iterable<number>, level: number): number {
  let volume = 0
  for (const i of cells) if (grid.wet[i] && level > grid.floor[i]) volume += (level - grid.floor[i]) * grid.porosity[i]
  return volume * grid.cell * grid.cell
}

/** Plan area of the cells [m²]. */
export function areaOf(grid: SiteGrid, cells: Iterable<number>): number {
  let area = 0
  for (const i of cells) if (grid.wet[i]) area += grid.porosity[i]
  return area * grid.cell * grid.cell
}

/** Cells of a kind of surface. */
export function cellsOfKind(grid: SiteGrid, kind: string): number[] {
  const found: number[] = []
  for (let i = 0; i < grid.wet.length; i++) if (grid.wet[i] && grid.surfaces[grid.surface[i]].id === kind) found.push(i)
  return found
}

/** Cells that a pool at `level` reaches from `start` over floors and crests below it; none where `start` itself is dry. */
export function poolAt(grid: SiteGrid, start: number, level: number): number[] {
  const passes = passLevels(grid)
  const seen = new Uint8Array(grid.wet.length)
  if (!grid.wet[start] || grid.floor[start] >= level) return []
  const cells = [start]
  seen[start] = 1
  for (let k = 0; k < cells.length; k++)
    eachNeighbour(grid, cells[k], (j, face) => {
      if (seen[j] || !grid.wet[j] || grid.floor[j] >= level || (passes.get(face) ?? -Infinity) >= level) return
      seen[j] = 1
      cells.push(j)
    })
  return cells
}

/**
 * For every cell, the lowest level at which water that rises from `starts` comes to it: the highest floor or crest on the way, on the way
 * where that is lowest. +Infinity where no way leads. The spill level between two cells is the same from either side.
 */
export function spillLevels(grid: SiteGrid, starts: Iterable<number>): Float64Array {
  const passes = passLevels(grid)
  const levels = new Float64Array(grid.wet.length).fill(Infinity)
  const queue = new Queue()
  for (const start of starts) {
    if (!grid.wet[start]) continue
    levels[start] = grid.floor[start]
    queue.push(start, levels[start])
  }
  for (let next = queue.pop(); next; next = queue.pop()) {
    const [cell, level] = next
    if (level > levels[cell]) continue
    eachNeighbour(grid, cell, (j, face) => {
      if (!grid.wet[j]) return
      const crest = passes.get(face) ?? -Infinity
      const sill = Math.max(crest, grid.floor[j])
      const reached = Math.max(sill, level)
      if (reached < levels[j]) {
        levels[j] = reached
        queue.push(j, reached)
      }
    })
  }
  return levels
}

/** Mean floor of the two cells of each face that has a crest is of no matter: water passes over the crest. */
function passLevels(grid: SiteGrid): Map<FaceKey, number> {
  return new Map(grid.crests.map(({ axis, face, level }) => [2 * face + (axis === 'y' ? 1 : 0), level]))
}

/** Level of each opening or cell pair between two sets of cells: the faces over which water first passes, and their level. */
export function lowestFaces(grid: SiteGrid, from: (cell: number) => boolean, to: (cell: number) => boolean): { level: number; faces: FaceKey[] } {
  const passes = passLevels(grid)
  let level = Infinity
  let faces: FaceKey[] = []
  const look = (key: FaceKey) => {
    const [a, b] = cellsOf(grid, key)
    if (!grid.wet[a] || !grid.wet[b] || !((from(a) && to(b)) || (from(b) && to(a)))) return
    const step = Math.max(grid.floor[a], grid.floor[b])
    const crest = passes.get(key) ?? step
    const here = Math.max(crest, step)
    if (here < level) {
      level = here
      faces = [key]
    } else if (here === level) faces.push(key)
  }
  for (let i = 0; i < grid.wet.length; i++) {
    if (i % grid.columns < grid.columns - 1) look(2 * i)
    if (i < (grid.rows - 1) * grid.columns) look(2 * i + 1)
  }
  return { level, faces }
}

/** Smallest first; equal keys come out by cell, so that the order never depends on history. */
class Queue {
  private readonly cells: number[] = []
  private readonly keys: number[] = []
  push(cell: number, key: number): void {
    let at = this.cells.push(cell) - 1
    this.keys.push(key)
    while (at > 0) {
      const up = (at - 1) >> 1
      if (!this.before(at, up)) break
      this.swap(at, up)
      at = up
    }
  }
  pop(): [number, number] | null {
    if (this.cells.length === 0) return null
    this.swap(0, this.cells.length - 1)
    const out: [number, number] = [this.cells.pop()!, this.keys.pop()!]
    for (let at = 0; ; ) {
      const left = 2 * at + 1
      if (left >= this.cells.length) break
      const child = left + 1 < this.cells.length && this.before(left + 1, left) ? left + 1 : left
      if (!this.before(child, at)) break
      this.swap(child, at)
      at = child
    }
    return out
  }
  private before(a: number, b: number): boolean {
    return this.keys[a] < this.keys[b] || (this.keys[a] === this.keys[b] && this.cells[a] < this.cells[b])
  }
  private swap(a: number, b: number): void {
    const cell = this.cells[a]
    this.cells[a] = this.cells[b]
    this.cells[b] = cell
    const key = this.keys[a]
    this.keys[a] = this.keys[b]
    this.keys[b] = key
  }
}
