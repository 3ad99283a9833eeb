import { type Body, directionAt, solidAt, spansOverBody } from './body.ts'
import { cellsUnder, centreOf, eachNeighbour, type FaceKey, type Lattice } from './lattice.ts'
import { highest, mergeSpans, type Sheet } from './sheet.ts'

/** A barrier that stands between the two cells of a face. */
export interface Crossing {
  /** Top of the barrier there [m], to the micrometre: meshes are single precision. */
  readonly level: number
  readonly coefficient: number
  readonly source: string
}
export interface Barriers {
  readonly crossings: ReadonlyMap<FaceKey, Crossing>
  /** Cells deep inside a solid thicker than a cell, with its top [m]. */
  readonly solid: ReadonlyMap<number, number>
  /** The point that stands for a cell: its centre, or where that lies in a wall, the nearest point beside the wall. */
  readonly pointOf: (cell: number) => readonly [number, number]
}

/** A barrier stands on the ground when its foot is at most this far above it [m]. */
const FOOT = 0.05
/** … and rises over it by at least this [m]. */
const RISE = 0.001
/** Joint between a wall and what it stands on [m]. */
const JOINT = 0.02

/**
 * Which faces walls and kerbs cross, and how high they stand there. A face is crossed when the line between the points of its two cells
 * passes over the barrier's body in plan: since every point lies beside the walls, no way from cell to cell slips through where the
 * bodies themselves are tight, however thin they are.
 */
export function findBarriers(lattice: Lattice, bodies: readonly Body[], groundSheet: Sheet, ground: Float64Array): Barriers {
  const near = bodiesByCell(lattice, bodies, ground)
  const groundAt = (x: number, y: number, cells: readonly number[]) => {
    const exact = highest(groundSheet, x, y)
    if (!Number.isNaN(exact)) return exact
    let level = Number.NaN
    for (const i of cells) if (!(ground[i] <= level)) level = !Number.isNaN(ground[i]) ? ground[i] : level
    return level
  }
  const { points, solid } = placePoints(lattice, near, groundAt)
  const pointOf = (cell: number) => points.get(cell) ?? centreOf(lattice, cell)
  const crossings = new Map<FaceKey, Crossing>()
  for (const [cell, around] of near)
    eachNeighbour(lattice, cell, (neighbour, face) => {
      if (crossings.has(face)) return
      const [from, to] = cell < neighbour ? [cell, neighbour] : [neighbour, cell]
      const crossing = crossingBetween(pointOf(from), pointOf(to), around, (x, y) => groundAt(x, y, [from, to]))
      if (crossing) crossings.set(face, crossing)
    })
  return { crossings, solid, pointOf }
}

/**
 * Highest wall at a point that stands on the ground there, on another wall, or on a slab, footing or beam that does. What stands on
 * something else (a hoarding's sheet on its plinth) is not tight and does not count.
 */
function barrierAt(bodies: readonly Body[], x: number, y: number, ground: number): { level: number; body: Body } | null {
  if (Number.isNaN(ground)) return null
  const spans = bodies
    .filter(({ min, max }) => x >= min[0] && x <= max[0] && y >= min[1] && y <= max[1])
    .flatMap((body) => solidAt(body, x, y).map(([bottom, top]) => ({ bottom, top, body })))
    .sort((a, b) => a.bottom - b.bottom || a.top - b.top || (a.body.id < b.body.id ? -1 : 1))
  let reach = ground + FOOT
  let best: { level: number; body: Body } | null = null
  for (const { bottom, top, body } of spans) {
    if (bottom > reach) break
    if (top + JOINT > reach) reach = top + JOINT
    if (isWall(body) && top > ground + RISE && (!best || top > best.level)) best = { level: top, body }
  }
  return best
}
function isWall({ element }: Body): boolean {
  return !element.class.startsWith('IfcSlab') && !element.class.startsWith('IfcBeam') && element.class !== 'IfcFooting'
}

type Point = readonly [number, number]

function crossingBetween([ax, ay]: Point, [bx, by]: Point, bodies: readonly Body[], groundAt: (x: number, y: number) => number): Crossing | null {
  let best: { level: number; body: Body; x: number; y: number } | null = null
  for (const body of bodies)
    for (const [from, to] of isWall(body) ? spansOverBody(body, ax, ay, bx, by) : []) {
      const t = (from + to) / 2
      const [x, y] = [ax + t * (bx - ax), ay + t * (by - ay)]
      const found = barrierAt(bodies, x, y, groundAt(x, y))
      if (found && (!best || found.level > best.level || (found.level === best.level && found.body.id < best.body.id))) best = { ...found, x, y }
    }
  if (!best) return null
  const direction = directionAt(best.body, best.x, best.y)
  return { level: Math.round(best.level * 1e6) / 1e6, coefficient: direction ? 1 / (direction[0] + direction[1]) : 1, source: best.body.id }
}

/** Cells whose centre lies in a barrier get a point beside it, on the nearer side; deep inside a thick one they are solid. */
function placePoints(lattice: Lattice, near: ReadonlyMap<number, readonly Body[]>, groundAt: (x: number, y: number, cells: readonly number[]) => number) {
  const points = new Map<number, Point>()
  const solid = new Map<number, number>()
  for (const [cell, bodies] of near) {
    const [x, y] = centreOf(lattice, cell)
    const inside = barrierAt(bodies, x, y, groundAt(x, y, [cell]))
    if (!inside) continue
    let shortest = lattice.cell / 2
    let place: Point | null = null
    // Equal ways out on both sides go west and south, the same all along a wall.
    for (const [dx, dy] of [
      [-1, 0],
      [0, -1],
      [1, 0],
      [0, 1],
    ] as const) {
      const way = wayOut(bodies, x, y, dx * lattice.cell, dy * lattice.cell) * lattice.cell
      if (way < shortest - 1e-6) {
        shortest = way
        place = [x + dx * (way + 1e-6), y + dy * (way + 1e-6)]
      }
    }
    if (place) points.set(cell, place)
    else solid.set(cell, inside.level)
  }
  return { points, solid }
}

function wayOut(bodies: readonly Body[], x: number, y: number, dx: number, dy: number): number {
  const spans = mergeSpans(bodies.filter(isWall).flatMap((body) => spansOverBody(body, x, y, x + dx, y + dy)))
  return spans.length > 0 && spans[0][0] <= 1e-7 ? spans[0][1] : 0
}

/** Walls that come within a cell of each cell and are above the ground somewhere there, and the supports there. */
function bodiesByCell(lattice: Lattice, bodies: readonly Body[], ground: Float64Array): Map<number, Body[]> {
  const near = new Map<number, Body[]>()
  for (const body of [...bodies].sort((a, b) => Number(isWall(b)) - Number(isWall(a)))) {
    const cells = cellsUnder(lattice, body.min, body.max, lattice.cell)
    if (!cells.some((i) => body.max[2] > ground[i])) continue
    for (const cell of cells) {
      const list = near.get(cell)
      if (list) list.push(body)
      else if (isWall(body)) near.set(cell, [body])
    }
  }
  return near
}
