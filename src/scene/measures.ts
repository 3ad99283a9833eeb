import type { Vec3 } from '@/core/base/geometry'
import { cross, dot, length, normalize, scale, sub } from '@/core/base/geometry'

export interface Distance {
  readonly length: number /* m */
  readonly delta: Vec3 /* m */
  readonly horizontal: number /* m */
  /** Rise over run; null on a plumb line. */
  readonly slope: number | null
}
export function distanceOf(from: Vec3, to: Vec3): Distance {
  const delta = sub(to, from)
  const horizontal = Math.hypot(delta[0], delta[1])
  return { length: length(delta), delta, horizontal, slope: horizontal > 1e-9 ? delta[2] / horizontal : null }
}

/** At `corner`, between the ways to the two others [rad]; null where one of them lies on it. By atan2: exact near 0 and 180°. */
export function angleOf(from: Vec3, corner: Vec3, to: Vec3): number | null {
  const u = sub(from, corner)
  const v = sub(to, corner)
  if (length(u) < 1e-9 || length(v) < 1e-9) return null
  return Math.atan2(length(cross(u, v)), dot(u, v))
}

export interface Area {
  readonly area: number /* m² */
  readonly perimeter: number /* m */
  /** Area as seen from above [m²]. */
  readonly plan: number
  /** How far the farthest corner lies off the mean plane [m]: the area is that of the polygon laid flat. */
  readonly off: number
}
/** A closed polygon in space, by Newell's normal; null below three corners. */
export function areaOf(points: readonly Vec3[]): Area | null {
  if (points.length < 3) return null
  const base = points[0]
  let normal: Vec3 = [0, 0, 0]
  let perimeter = 0
  points.forEach((p, k) => {
    const q = points[(k + 1) % points.length]
    const c = cross(sub(p, base), sub(q, base))
    normal = [normal[0] + c[0] / 2, normal[1] + c[1] / 2, normal[2] + c[2] / 2]
    perimeter += length(sub(q, p))
  })
  const unit = normalize(normal)
  const heights = points.map((p) => dot(sub(p, base), unit))
  const middle = heights.reduce((sum, h) => sum + h, 0) / heights.length
  return { area: length(normal), perimeter, plan: Math.abs(normal[2]), off: Math.max(...heights.map((h) => Math.abs(h - middle))) }
}

export function middleOf(points: readonly Vec3[]): Vec3 {
  const sum = points.reduce<Vec3>((s, p) => [s[0] + p[0], s[1] + p[1], s[2] + p[2]], [0, 0, 0])
  return scale(sum, 1 / Math.max(1, points.length))
}
