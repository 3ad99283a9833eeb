import { cross, dot, normalize, sub, type Vec3 } from '@/core/base/geometry'
import { unitCircle } from './circle.ts'
import type { MeshBuild } from './mesh-build.ts'
import type { Placements } from './placement.ts'
import { fillFace } from './polygon.ts'
import { numberOf, refOf, refsOf, type StepFile } from './step-file.ts'

/** Sharper bends than this [cos] have no sensible mitre: they are the engine's. */
const SHARPEST = -0.9

/** An IfcSweptDiskSolid along straight lines, mitred at the bends; false where its directrix is another curve or only a part of it counts. */
export function buildSweptDisk(step: StepFile, placements: Placements, segments: number, item: number, build: MeshBuild): boolean {
  const args = step.argsOf(item)
  const radius = numberOf(args[1])
  const inner = numberOf(args[2])
  const whole = args.length === 5 && args[3] === null && args[4] === null
  if (!whole || step.typeOf(refOf(args[0])) !== 'IFCPOLYLINE' || !(radius > 0 && Number.isFinite(radius)) || inner >= radius) return false
  const path = distinct(refsOf(step.argsOf(refOf(args[0]))[0]).map((p) => placements.point(p)))
  if (path.length < 2 || !path.every((p) => p.every(Number.isFinite))) return false
  const ways = path.slice(1).map((p, k) => normalize(sub(p, path[k])))
  for (let k = 0; k + 1 < ways.length; k++) if (dot(ways[k], ways[k + 1]) < SHARPEST) return false

  const circle = unitCircle(segments)
  let x = normalize(cross(Math.abs(ways[0][2]) < 0.9 ? [0, 0, 1] : [1, 0, 0], ways[0]))
  const outside: number[][] = []
  const inside: number[][] = []
  for (const [k, centre] of path.entries()) {
    const before = ways[Math.max(0, k - 1)]
    const after = ways[Math.min(k, ways.length - 1)]
    const y = cross(before, x)
    // The circle goes on along the way that comes in, to the plane halfway between the two ways.
    const plane = normalize([before[0] + after[0], before[1] + after[1], before[2] + after[2]])
    const ringOf = (r: number): number[] =>
      circle.map(([c, s]) => {
        const across: Vec3 = [0, 1, 2].map((i) => (x[i] * c + y[i] * s) * r) as unknown as Vec3
        const slide = -dot(across, plane) / dot(before, plane)
        return build.point(centre[0] + across[0] + before[0] * slide, centre[1] + across[1] + before[1] * slide, centre[2] + across[2] + before[2] * slide)
      })
    outside.push(ringOf(radius))
    if (inner > 0) inside.push(ringOf(inner))
    // Carried around the bend without twist.
    const bent = sub(x, [0, 1, 2].map((i) => ((before[i] + after[i]) * dot(after, x)) / (1 + dot(before, after))) as unknown as Vec3)
    x = normalize(bent)
  }
  wall(build, outside)
  wall(
    build,
    inside.map((ring) => [...ring].reverse()),
  )
  fillFace(build, [...outside[0]].reverse(), inside.length > 0 ? [inside[0]] : [])
  const last = path.length - 1
  fillFace(build, outside[last], inside.length > 0 ? [[...inside[last]].reverse()] : [])
  return true
}

function wall(build: MeshBuild, rings: readonly (readonly number[])[]): void {
  for (let k = 0; k + 1 < rings.length; k++)
    for (let i = 0; i < rings[k].length; i++) {
      const j = (i + 1) % rings[k].length
      fillFace(build, [rings[k][i], rings[k][j], rings[k + 1][j], rings[k + 1][i]], [])
    }
}

function distinct(points: readonly Vec3[]): Vec3[] {
  return points.filter((p, k) => k === 0 || p.some((v, c) => v !== points[k - 1][c]))
}
