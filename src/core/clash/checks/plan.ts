import type { Candidate } from '../select.ts'

type Point = readonly [number, number]

/** Outline in plan of an upright body, counter-clockwise; its box where its profile is not known. */
export function outlineOf({ element, bounds, shift }: Candidate): Point[] {
  const solid = element.solids?.length === 1 ? element.solids[0] : undefined
  if (solid && solid.kind !== 'circle' && Math.abs(solid.matrix[8]) + Math.abs(solid.matrix[9]) < 1e-9) {
    const [w, h] = solid.kind === 'rectangle' ? [solid.width / 2, solid.height / 2] : [0, 0]
    const local: readonly Point[] =
      solid.kind === 'polygon'
        ? solid.outline
        : [
            [-w, -h],
            [w, -h],
            [w, h],
            [-w, h],
          ]
    const m = solid.matrix
    const placed = local.map(([x, y]): Point => [m[0] * x + m[4] * y + m[12] + shift[0], m[1] * x + m[5] * y + m[13] + shift[1]])
    return areaOf(placed) < 0 ? placed.reverse() : placed
  }
  const { min, max } = bounds
  return [
    [min[0], min[1]],
    [max[0], min[1]],
    [max[0], max[1]],
    [min[0], max[1]],
  ]
}

/** Signed area [m²], positive counter-clockwise. */
export function areaOf(polygon: readonly Point[]): number {
  let sum = 0
  for (let k = 0; k < polygon.length; k++) {
    const [p, q] = [polygon[k], polygon[(k + 1) % polygon.length]]
    sum += p[0] * q[1] - q[0] * p[1]
  }
  return sum / 2
}

/** The part of a polygon within a convex one (Sutherland and Hodgman 1974). */
export function common(subject: readonly Point[], convex: readonly Point[]): Point[] {
  let polygon = [...subject]
  for (let k = 0; k < convex.length && polygon.length > 0; k++) {
    const [a, b] = [convex[k], convex[(k + 1) % convex.length]]
    const side = ([x, y]: Point) => (b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0])
    const next: Point[] = []
    for (let v = 0; v < polygon.length; v++) {
      const [p, q] = [polygon[v], polygon[(v + 1) % polygon.length]]
      const [sp, sq] = [side(p), side(q)]
      if (sp >= 0) next.push(p)
      if (sp * sq < 0) next.push([p[0] + ((q[0] - p[0]) * sp) / (sp - sq), p[1] + ((q[1] - p[1]) * sp) / (sp - sq)])
    }
    polygon = next
  }
  return polygon
}

export function isConvex(polygon: readonly Point[]): boolean {
  return polygon.every((p, k) => {
    const [q, r] = [polygon[(k + 1) % polygon.length], polygon[(k + 2) % polygon.length]]
    return (q[0] - p[0]) * (r[1] - q[1]) - (q[1] - p[1]) * (r[0] - q[0]) >= -1e-9
  })
}
