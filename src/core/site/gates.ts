import type { Barriers } from './barriers.ts'
import type { Body } from './body.ts'
import { cellsUnder, eachNeighbour, type FaceKey, type Lattice } from './lattice.ts'

/** A way through a barrier: the faces on its middle line. */
export interface Gate {
  readonly id: string
  readonly source: string
  /** Free width along the barrier [m]. */
  readonly width: number
  readonly faces: readonly FaceKey[]
}

/** A gate's head lies at least this far over the ground, its foot at most this far [m]. */
const HEAD = 0.1
const FOOT = 0.5

/**
 * Openings in walls, and doors that stand free, whose middle line separates cells at the level of the ground. A door that fills an opening
 * gives it its name; the opening tells place and width, since leaves stand open and posts stand beside.
 */
export function findGates(lattice: Lattice, bodies: readonly Body[], barriers: Barriers, ground: Float64Array): Gate[] {
  const isOpening = (body: Body) => body.element.state === 'opening'
  const filled = (door: Body) => bodies.find((body) => isOpening(body) && body.model === door.model && body.element.index === door.element.fills)
  const doorOf = new Map(bodies.filter((body) => !isOpening(body)).map((door) => [filled(door), door]))
  const found: { opening: boolean; gate: Gate }[] = []
  for (const body of bodies) {
    if (!isOpening(body) && filled(body)) continue
    const line = middleLine(body)
    if (!line) continue
    const cells = cellsUnder(lattice, body.min, body.max, lattice.cell)
    const near = cells.filter((i) => body.min[2] <= ground[i] + FOOT && body.max[2] >= ground[i] + HEAD)
    const faces = new Set<FaceKey>()
    for (const cell of near)
      eachNeighbour(lattice, cell, (neighbour, face) => {
        const [from, to] = cell < neighbour ? [cell, neighbour] : [neighbour, cell]
        if (crosses(barriers.pointOf(from), barriers.pointOf(to), line.from, line.to)) faces.add(face)
      })
    if (faces.size === 0) continue
    const { element, id } = doorOf.get(body) ?? body
    const gate = { id: element.tag || element.name, source: id, width: line.width, faces: [...faces].sort((a, b) => a - b) }
    found.push({ opening: isOpening(body), gate })
  }
  // Openings first, then by id: of gates that share a face the first one stays.
  found.sort((a, b) => Number(b.opening) - Number(a.opening) || (a.gate.source < b.gate.source ? -1 : 1))
  const taken = new Set<FaceKey>()
  const gates: Gate[] = []
  for (const { gate } of found) {
    if (gate.faces.some((face) => taken.has(face))) continue
    for (const face of gate.faces) taken.add(face)
    gates.push(gate)
  }
  return gates
}

/** The middle line of a body in plan, along the longer side of the box that its longest upright face turns. */
function middleLine(body: Body): { from: readonly [number, number]; to: readonly [number, number]; width: number } | null {
  let [dx, dy] = [0, 0]
  let longest = 0
  for (const { sheet } of body.sheets)
    for (let k = 0; k < sheet.upright.length; k += 4) {
      const [ux, uy] = [sheet.upright[k + 2] - sheet.upright[k], sheet.upright[k + 3] - sheet.upright[k + 1]]
      const length = Math.sqrt(ux * ux + uy * uy)
      if (length > longest + 1e-6) {
        longest = length
        dx = ux / length
        dy = uy / length
      }
    }
  if (!(longest > 0)) return null
  const [own, other] = [extent(body, dx, dy), extent(body, -dy, dx)]
  if (other[1] - other[0] > own[1] - own[0]) [dx, dy] = [-dy, dx]
  const [alongMin, alongMax] = extent(body, dx, dy)
  const [acrossMin, acrossMax] = extent(body, -dy, dx)
  const across = (acrossMin + acrossMax) / 2
  const at = (along: number): [number, number] => [along * dx - across * dy, along * dy + across * dx]
  return { from: at(alongMin), to: at(alongMax), width: alongMax - alongMin }
}

function extent(body: Body, dx: number, dy: number): [number, number] {
  let [min, max] = [Infinity, -Infinity]
  for (const { sheet } of body.sheets)
    for (let k = 0; k < sheet.upright.length; k += 2) {
      const along = sheet.upright[k] * dx + sheet.upright[k + 1] * dy
      if (along < min) min = along
      if (along > max) max = along
    }
  return [min, max]
}

type Point = readonly [number, number]
/** Whether the lines a–b and c–d meet; touching a's or c's end counts, b's or d's does not, so that a line through a corner counts once. */
function crosses(a: Point, b: Point, c: Point, d: Point): boolean {
  const side = (p: Point, q: Point, r: Point) => (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]) >= 0
  return side(c, d, a) !== side(c, d, b) && side(a, b, c) !== side(a, b, d)
}
