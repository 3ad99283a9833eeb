import type { Vec3 } from '@/core/base/geometry'
import { isA } from '@/core/model'
import type { Candidate } from '../select.ts'
import type { Check, Finding } from '../types.ts'
import { type Ground, groundOf } from './ground.ts'
import { type CheckedWorld, finding, select } from './world.ts'

/** How far from its face the ground beside a wall is looked for, and how often along it [m]. */
const BESIDE = 0.5
const EVERY = 1
/** A wall whose top is this far under the ground guards nothing [m]. */
const BURIED = 1
/** Walls this near belong to one line [m]. */
const JOINED = 0.1

interface Low {
  readonly wall: Candidate
  readonly height: number
  readonly place: Vec3
}

/** Walls with ground on one side only, too low over it; walls of one line are one finding, at its lowest place. */
export function checkEdgeHeight(check: Extract<Check, { kind: 'edge-height' }>, world: CheckedWorld): Finding[] {
  const terrain = world.everything.filter(({ element: { class: name } }) => isA(name, 'IfcGeographicElement') || isA(name, 'IfcSite'))
  const ground = groundOf(terrain.flatMap((one) => world.body(one)?.pieces.map(({ bvh }) => bvh.triangles) ?? []))
  const walls = select(world, check.of).filter((wall) => !hasGate(wall))
  const low = walls.flatMap((wall): Low[] => {
    const lowest = lowestOver(wall, ground)
    return lowest && lowest.height > -BURIED ? [lowest] : []
  })
  return lines(low).flatMap((line) => {
    const below = line.filter(({ height }) => height < check.least - 0.001).sort((p, q) => p.height - q.height)
    if (below.length === 0) return []
    const [{ wall, height, place }] = below
    const figures = { height_m: height, least_m: check.least, walls: below.length }
    const top: Vec3 = [place[0], place[1], place[2] + height]
    return [finding(check, 'rule', wall, null, { figures, points: [top, place], group: check.id })]
  })
}

/** A sill under a gate is meant to be passed; the gate guards it. */
function hasGate({ model, element }: Candidate): boolean {
  return model.elements.some(({ fills = -1 }) => fills >= 0 && model.elements[fills].host === element.index)
}

function lowestOver(wall: Candidate, ground: Ground): Low | null {
  const { min, max } = wall.bounds
  const along = max[0] - min[0] >= max[1] - min[1] ? 0 : 1
  const across = 1 - along
  const steps = Math.max(1, Math.ceil((max[along] - min[along]) / EVERY))
  let lowest: Low | null = null
  for (let k = 0; k <= steps; k++) {
    const at = min[along] + ((max[along] - min[along]) * (k + (k === 0 ? 1e-3 : k === steps ? -1e-3 : 0))) / steps
    const sides = [min[across] - BESIDE, max[across] + BESIDE].flatMap((off): Vec3[] => {
      const [x, y] = along === 0 ? [at, off] : [off, at]
      const z = ground(x, y)
      return z === null ? [] : [[x, y, z]]
    })
    if (sides.length !== 1) continue
    const height = max[2] - sides[0][2]
    if (lowest === null || height < lowest.height) lowest = { wall, height, place: sides[0] }
  }
  return lowest
}

/** Walls that touch, directly or through others. */
function lines(walls: readonly Low[]): Low[][] {
  const left = new Set(walls)
  const found: Low[][] = []
  for (const first of walls) {
    if (!left.delete(first)) continue
    const line = [first]
    for (const { wall } of line)
      for (const other of left) {
        if (!near(wall, other.wall)) continue
        left.delete(other)
        line.push(other)
      }
    found.push(line)
  }
  return found
}
function near({ bounds: p }: Candidate, { bounds: q }: Candidate): boolean {
  return [0, 1, 2].every((c) => p.min[c] - q.max[c] <= JOINED && q.min[c] - p.max[c] <= JOINED)
}
