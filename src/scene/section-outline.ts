import type { Box, Vec3 } from '@/core/base/geometry'
import { cross, dot, normalize, sub } from '@/core/base/geometry'
import type { SceneView, SectionPlane } from './scene-props.ts'

/** The six planes of a box, each keeping its inside. */
export function boxPlanes({ min, max }: Box): SectionPlane[] {
  return [0, 1, 2].flatMap((axis) =>
    ([1, -1] as const).map((side) => ({
      normal: [0, 1, 2].map((a) => (a === axis ? side : 0)) as unknown as Vec3,
      offset: side > 0 ? max[axis] : -min[axis],
    })),
  )
}
export function planesOf({ section, sectionBox }: Pick<SceneView, 'section' | 'sectionBox'>): SectionPlane[] {
  return [...(section ? [section] : []), ...(sectionBox ? boxPlanes(sectionBox) : [])]
}

/** What a hand can take hold of: the plane in its middle, each face of the box. */
export interface Grip {
  readonly key: string
  readonly plane: SectionPlane
  readonly at: Vec3
}
export function gripsOf({ section, sectionBox }: Pick<SceneView, 'section' | 'sectionBox'>, site: Box): Grip[] {
  const middle = section && cutMiddle(section, site)
  const grips: Grip[] = section && middle ? [{ key: 'plane', plane: section, at: middle }] : []
  if (!sectionBox) return grips
  const { min, max } = sectionBox
  return [
    ...grips,
    ...boxPlanes(sectionBox).map((plane, k) => ({
      key: `face${k}`,
      plane,
      at: [0, 1, 2].map((a) => (plane.normal[a] > 0 ? max[a] : plane.normal[a] < 0 ? min[a] : (min[a] + max[a]) / 2)) as unknown as Vec3,
    })),
  ]
}
/** Box faces stay this far apart [m]. */
const THINNEST = 0.05
export function movedFace({ min, max }: Box, { normal }: SectionPlane, offset: number): Box {
  const at = (a: number, side: 'min' | 'max') =>
    normal[a] > 0 && side === 'max'
      ? Math.max(min[a] + THINNEST, offset)
      : normal[a] < 0 && side === 'min'
        ? Math.min(max[a] - THINNEST, -offset)
        : (side === 'min' ? min : max)[a]
  return { min: [at(0, 'min'), at(1, 'min'), at(2, 'min')], max: [at(0, 'max'), at(1, 'max'), at(2, 'max')] }
}

/** Corners, in turn, of the polygon in which a plane cuts a box. */
export function cutOutline({ normal, offset }: SectionPlane, { min, max }: Box): [number, number, number][] {
  const corner = (k: number): [number, number, number] => [k & 1 ? max[0] : min[0], k & 2 ? max[1] : min[1], k & 4 ? max[2] : min[2]]
  const points: [number, number, number][] = []
  for (let a = 0; a < 8; a++)
    for (const bit of [1, 2, 4]) {
      if (a & bit) continue
      const p = corner(a)
      const q = corner(a | bit)
      const da = dot(normal, p) - offset
      const db = dot(normal, q) - offset
      if (da * db > 0 || da === db) continue
      const t = da / (da - db)
      points.push([p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t, p[2] + (q[2] - p[2]) * t])
    }
  if (!points.length) return points
  const u = normalize(cross(normal, Math.abs(normal[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0]))
  const v = cross(normal, u)
  const middle: Vec3 = [0, 1, 2].map((a) => points.reduce((sum, p) => sum + p[a], 0) / points.length) as unknown as Vec3
  const angle = (p: Vec3) => Math.atan2(dot(sub(p, middle), v), dot(sub(p, middle), u))
  return points.sort((p, q) => angle(p) - angle(q))
}

/** The middle of the cut. */
function cutMiddle(section: SectionPlane, site: Box): Vec3 | null {
  const outline = cutOutline(section, site)
  if (!outline.length) return null
  return [0, 1, 2].map((a) => outline.reduce((sum, p) => sum + p[a], 0) / outline.length) as unknown as Vec3
}
