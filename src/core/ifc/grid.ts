import { type Mat4, transformPoint, type Vec3 } from '@/core/base/geometry'
import type { GridAxis } from '@/core/model'
import type { Placements } from './placement.ts'
import { refOf, refsOf, type StepFile, textOf } from './step-file.ts'

const FAMILIES = ['u', 'v', 'w'] as const

/** Straight axes of all IfcGrids, in metres in the project frame. */
export function readGridAxes(step: StepFile, placements: Placements, toMetre: number, origin: Vec3): GridAxis[] {
  return step.idsOf('IFCGRID').flatMap((grid) => {
    const args = step.argsOf(grid)
    const placement = refOf(args[5])
    const local = placement ? placements.local(placement) : UNIT
    if (!local) return []
    return FAMILIES.flatMap((family, k) =>
      refsOf(args[7 + k]).flatMap((id): GridAxis[] => {
        const axis = step.argsOf(id)
        const ends = endsOf(step, placements, refOf(axis[1]))
        if (!ends) return []
        const [from, to] = ends.map(([x, y, z]): Vec3 => {
          const p = transformPoint(local, x, y, z)
          return [p[0] * toMetre - origin[0], p[1] * toMetre - origin[1], p[2] * toMetre - origin[2]]
        })
        return [{ family, tag: textOf(axis[0]), from, to }]
      }),
    )
  })
}
const UNIT: Mat4 = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]

/** First and last point of a straight axis; null for arcs and what is not finite. */
function endsOf(step: StepFile, placements: Placements, curve: number): [Vec3, Vec3] | null {
  const args = step.argsOf(curve)
  let points: number[] = []
  if (step.typeOf(curve) === 'IFCPOLYLINE') points = refsOf(args[0])
  if (step.typeOf(curve) === 'IFCTRIMMEDCURVE' && step.typeOf(refOf(args[0])) === 'IFCLINE')
    points = [...refsOf(args[1]), ...refsOf(args[2])].filter((id) => step.typeOf(id) === 'IFCCARTESIANPOINT')
  if (points.length < 2) return null
  const [from, to] = [placements.point(points[0]), placements.point(points[points.length - 1])]
  return [...from, ...to].every(Number.isFinite) ? [from, to] : null
}
