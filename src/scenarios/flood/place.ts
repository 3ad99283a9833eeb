import { type Problem, problem } from '@/core/base/problem'
import { centreOf, locate, type TaggedElement } from '@/core/site'
import { si } from './storm.ts'
import type { FloodWorld } from './types.ts'

/** What has a place: given as `at`, or where the element of this Tag (its own id where none is named) stands. */
export interface Placed {
  readonly id: string
  readonly element?: string | undefined
  readonly at?: readonly [string, string] | undefined
}
export interface Place {
  readonly x: number
  readonly y: number
  readonly element: TaggedElement | undefined
  /** Cell of the grid, −1 outside it or where there is no place. */
  readonly cell: number
}
/** A panel or sump that stands in a wall's cell belongs to the nearest cell of its own level this near [m], or two cells away. */
const REACH = 2

/** Finds places in the world; what is wrong goes to `fail` with its path. */
export function placeIn({ grid, tagged }: FloodWorld, fail: (found: Problem) => void) {
  function tag(entry: Placed): TaggedElement | undefined {
    const name = entry.element ?? entry.id
    return Object.hasOwn(tagged, name) ? tagged[name] : undefined
  }

  /** Anywhere, also outside the grid: a sewer node. */
  function anywhere(entry: Placed, path: string): Place {
    const element = tag(entry)
    if (entry.element !== undefined && !element) fail(problem('scenario.element', { tag: entry.element }, `${path}.element`))
    if (entry.at) {
      const [x, y] = [si(entry.at[0], 'length'), si(entry.at[1], 'length')]
      return { x, y, element, cell: locate(grid, x, y) }
    }
    if (element) return { x: element.x, y: element.y, element, cell: locate(grid, element.x, element.y) }
    if (entry.element === undefined) fail(problem('scenario.place', { id: entry.id }, path))
    return { x: 0, y: 0, element: undefined, cell: -1 }
  }

  /** On the grid, where water can stand. */
  function inWater(entry: Placed, path: string): Place {
    const found = anywhere(entry, path)
    if (!entry.at && !found.element) return found
    const where = entry.at ? `${path}.at` : path
    const standing = entry.at ? undefined : found.element
    const facts = { id: entry.id, x: found.x, y: found.y }
    if (found.cell < 0) fail(problem('scenario.outside', facts, where))
    else if (!fits(found.cell, standing)) {
      const near = nearest(found.cell, standing)
      if (near < 0) fail(problem('scenario.dry', facts, where))
      else {
        const [x, y] = centreOf(grid, near)
        return { ...found, x, y, cell: near }
      }
    }
    return found
  }

  /** Water can stand in the cell, and its floor is where the element stands: a panel at the pit's wall belongs to the pit, not to the yard above. */
  function fits(cell: number, element: TaggedElement | undefined): boolean {
    if (grid.wet[cell] !== 1) return false
    return !element || (grid.floor[cell] >= element.bottom - 2 && grid.floor[cell] <= element.top + 0.5)
  }

  /** The nearest cell that fits, ring by ring; −1 for none. */
  function nearest(cell: number, element: TaggedElement | undefined): number {
    const column = cell % grid.columns
    const row = (cell - column) / grid.columns
    for (let reach = 1; reach <= 2 || reach * grid.cell <= REACH; reach++)
      for (let dr = -reach; dr <= reach; dr++)
        for (let dc = -reach; dc <= reach; dc++) {
          const [r, c] = [row + dr, column + dc]
          if (r < 0 || c < 0 || r >= grid.rows || c >= grid.columns || (Math.abs(dr) !== reach && Math.abs(dc) !== reach)) continue
          if (fits(r * grid.columns + c, element)) return r * grid.columns + c
        }
    return -1
  }

  return { tag, anywhere, inWater }
}
