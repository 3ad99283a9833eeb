import { IDENTITY, transformPoint } from '@/core/base/geometry'
import type { MeshBuild } from './mesh-build.ts'
import type { Placements } from './placement.ts'
import { fillFace } from './polygon.ts'
import { readProfile } from './profiles.ts'
import { numberOf, numbersOf, refOf, type StepFile } from './step-file.ts'

/** An IfcExtrudedAreaSolid as faces; false where its profile or direction is not one of the simple kinds. */
export function buildExtrusion(step: StepFile, placements: Placements, segments: number, item: number, build: MeshBuild): boolean {
  const args = step.argsOf(item)
  if (args.length !== 4) return false
  const depth = numberOf(args[3])
  const ratios = step.typeOf(refOf(args[2])) === 'IFCDIRECTION' ? numbersOf(step.argsOf(refOf(args[2]))[0]) : []
  if (!(depth > 0 && Number.isFinite(depth)) || ratios.length !== 3) return false
  const length = Math.sqrt(ratios[0] * ratios[0] + ratios[1] * ratios[1] + ratios[2] * ratios[2])
  const along = ratios.map((r) => (r / length) * depth)
  // Along its own plane an area has no volume.
  if (!(Math.abs(along[2]) > 1e-6 * depth)) return false
  const own = refOf(args[1])
  if (own && step.typeOf(own) !== 'IFCAXIS2PLACEMENT3D') return false
  const profile = readProfile(step, placements, segments, refOf(args[0]))
  if (!profile) return false

  const frame = own ? placements.axis3(own) : IDENTITY
  const up = along[2] > 0
  const [lift, base] = up ? [along, [0, 0, 0]] : [[0, 0, 0], along]
  const bottoms: number[][] = []
  const tops: number[][] = []
  for (const ring of [profile.outer, ...profile.holes]) {
    bottoms.push(ring.map(([x, y]) => build.point(...transformPoint(frame, x + base[0], y + base[1], base[2]))))
    tops.push(ring.map(([x, y]) => build.point(...transformPoint(frame, x + lift[0], y + lift[1], lift[2]))))
  }
  fillFace(build, tops[0], tops.slice(1))
  const [outer, ...holes] = bottoms.map((ring) => [...ring].reverse())
  fillFace(build, outer, holes)
  for (const [r, bottom] of bottoms.entries())
    for (let k = 0; k < bottom.length; k++) {
      const next = (k + 1) % bottom.length
      fillFace(build, [bottom[k], bottom[next], tops[r][next], tops[r][k]], [])
    }
  return true
}

/** Whether the profile's kind is one of those read here. */
export function hasSimpleProfile(step: StepFile, item: number): boolean {
  return SIMPLE.test(step.typeOf(refOf(step.argsOf(item)[0])))
}
const SIMPLE = /^IFC(RECTANGLE|RECTANGLEHOLLOW|CIRCLE|CIRCLEHOLLOW|[ILTU]SHAPE|ARBITRARYCLOSED)PROFILEDEF$|^IFCARBITRARYPROFILEDEFWITHVOIDS$/
