import { type Mat4, transformPoint } from '@/core/base/geometry'
import { unitCircle } from './circle.ts'
import type { Placements } from './placement.ts'
import { isTyped, numberOf, numbersOf, refOf, refsOf, type StepFile } from './step-file.ts'

export type Point2 = readonly [number, number]
/** A flat area: outer ring counter-clockwise, holes clockwise, without a closing point [file's unit]. */
export interface Profile {
  readonly outer: readonly Point2[]
  readonly holes: readonly (readonly Point2[])[]
}

/** Profiles of straight lines and whole circles; null for those with arcs, fillets or slopes, which are the engine's. */
export function readProfile(step: StepFile, placements: Placements, segments: number, id: number): Profile | null {
  const args = step.argsOf(id)
  const n = args.map(numberOf)
  switch (step.typeOf(id)) {
    case 'IFCRECTANGLEPROFILEDEF':
      return placed(rectangle(n[3], n[4]))
    case 'IFCRECTANGLEHOLLOWPROFILEDEF': {
      const wall = n[5]
      if (n[6] > 0 || n[7] > 0 || !(wall > 0 && 2 * wall < Math.min(n[3], n[4]))) return null
      return placed(rectangle(n[3], n[4]), rectangle(n[3] - 2 * wall, n[4] - 2 * wall))
    }
    case 'IFCCIRCLEPROFILEDEF':
      return placed(circle(n[3]))
    case 'IFCCIRCLEHOLLOWPROFILEDEF':
      return n[4] > 0 && n[4] < n[3] ? placed(circle(n[3]), circle(n[3] - n[4])) : null
    case 'IFCISHAPEPROFILEDEF': {
      // OverallWidth, OverallDepth, WebThickness, FlangeThickness, FilletRadius, FlangeEdgeRadius, FlangeSlope
      const [w, d, web, flange] = [n[3] / 2, n[4] / 2, n[5] / 2, n[6]]
      if (some(n, 7, 8, 9) || !(web > 0 && web < w && flange > 0 && flange < d)) return null
      const inner = d - flange
      return placed([
        [-w, -d], [w, -d], [w, -inner], [web, -inner], [web, inner], [w, inner],
        [w, d], [-w, d], [-w, inner], [-web, inner], [-web, -inner], [-w, -inner],
      ]) // biome-ignore format: one corner after the other
    }
    case 'IFCLSHAPEPROFILEDEF': {
      // Depth, Width, Thickness, FilletRadius, EdgeRadius, LegSlope
      const [d, t] = [n[3], n[5]]
      const w = Number.isFinite(n[4]) ? n[4] : d
      if (some(n, 6, 7, 8) || !(t > 0 && t < d && t < w)) return null
      const [x, y] = [w / 2, d / 2]
      return placed([
        [-x, -y],
        [x, -y],
        [x, t - y],
        [t - x, t - y],
        [t - x, y],
        [-x, y],
      ])
    }
    case 'IFCTSHAPEPROFILEDEF': {
      // Depth, FlangeWidth, WebThickness, FlangeThickness, radii, slopes
      const [y, x, web, flange] = [n[3] / 2, n[4] / 2, n[5] / 2, n[6]]
      if (some(n, 7, 8, 9, 10, 11) || !(web > 0 && web < x && flange > 0 && flange < 2 * y)) return null
      return placed([
        [-web, -y],
        [web, -y],
        [web, y - flange],
        [x, y - flange],
        [x, y],
        [-x, y],
        [-x, y - flange],
        [-web, y - flange],
      ])
    }
    case 'IFCUSHAPEPROFILEDEF': {
      // Depth, FlangeWidth, WebThickness, FlangeThickness, radii, slope
      const [y, x, web, flange] = [n[3] / 2, n[4] / 2, n[5], n[6]]
      if (some(n, 7, 8, 9) || !(web > 0 && web < 2 * x && flange > 0 && flange < y)) return null
      return placed([
        [-x, -y],
        [x, -y],
        [x, flange - y],
        [web - x, flange - y],
        [web - x, y - flange],
        [x, y - flange],
        [x, y],
        [-x, y],
      ])
    }
    case 'IFCARBITRARYCLOSEDPROFILEDEF': {
      const outer = ring(refOf(args[2]))
      return outer && { outer: turned(outer, true), holes: [] }
    }
    case 'IFCARBITRARYPROFILEDEFWITHVOIDS': {
      const outer = ring(refOf(args[2]))
      const holes = refsOf(args[3]).map(ring)
      if (!outer || holes.length === 0 || !holes.every((hole) => hole !== null)) return null
      return { outer: turned(outer, true), holes: holes.map((hole) => turned(hole, false)) }
    }
    default:
      return null
  }

  function placed(outer: readonly Point2[] | null, hole?: readonly Point2[] | null): Profile | null {
    if (!outer || hole === null) return null
    const own = refOf(args[2])
    const frame = own ? placements.axis2(own) : null
    const move = (points: readonly Point2[]): readonly Point2[] => (frame ? points.map((p) => moved(frame, p)) : points)
    return { outer: move(outer), holes: hole ? [move([...hole].reverse())] : [] }
  }

  function circle(radius: number): Point2[] | null {
    return radius > 0 && Number.isFinite(radius) ? unitCircle(segments).map(([c, s]): Point2 => [c * radius, s * radius]) : null
  }

  /** Corners of a closed curve of straight lines, or of a whole circle. */
  function ring(curve: number): Point2[] | null {
    const own = step.argsOf(curve)
    const type = step.typeOf(curve)
    if (type === 'IFCCIRCLE') {
      const round = circle(numberOf(own[1]))
      const frame = placements.axis2(refOf(own[0]))
      return round ? round.map((p) => moved(frame, p)) : null
    }
    const corners = type === 'IFCPOLYLINE' ? refsOf(own[0]).map((p) => pair(step.argsOf(p)[0])) : type === 'IFCINDEXEDPOLYCURVE' ? indexed(own) : null
    if (!corners?.every((p) => Number.isFinite(p[0] + p[1]))) return null
    const distinct = corners.filter((p, k) => {
      const before = corners[(k + corners.length - 1) % corners.length]
      return k === 0 || p[0] !== before[0] || p[1] !== before[1]
    })
    const last = distinct[distinct.length - 1]
    if (distinct.length > 1 && last[0] === distinct[0][0] && last[1] === distinct[0][1]) distinct.pop()
    return distinct.length >= 3 ? distinct : null
  }

  function indexed(own: ReturnType<StepFile['argsOf']>): Point2[] | null {
    const list = step.argsOf(refOf(own[0]))[0]
    if (!Array.isArray(list)) return null
    const points = list.map(pair)
    if (!Array.isArray(own[1])) return points
    const out: Point2[] = []
    for (const segment of own[1]) {
      if (!isTyped(segment) || segment.type !== 'IFCLINEINDEX') return null
      for (const index of numbersOf(segment.value)) out.push(points[index - 1] ?? [Number.NaN, 0])
    }
    return out
  }
}

function rectangle(width: number, height: number): Point2[] | null {
  if (!(width > 0 && height > 0 && Number.isFinite(width + height))) return null
  const [x, y] = [width / 2, height / 2]
  return [
    [-x, -y],
    [x, -y],
    [x, y],
    [-x, y],
  ]
}

function pair(value: Parameters<typeof numbersOf>[0]): Point2 {
  const c = numbersOf(value)
  return c.length >= 2 ? [c[0], c[1]] : [Number.NaN, Number.NaN]
}

function moved(frame: Mat4, [x, y]: Point2): Point2 {
  const p = transformPoint(frame, x, y, 0)
  return [p[0], p[1]]
}

/** Whether any of these numbers is written and above 0. */
function some(n: readonly number[], ...at: number[]): boolean {
  return at.some((k) => Math.abs(n[k]) > 0)
}

/** The ring turning left, or right. */
function turned(ring: readonly Point2[], left: boolean): readonly Point2[] {
  const [ox, oy] = ring[0]
  let area = 0
  for (let k = 0; k < ring.length; k++) {
    const [x1, y1] = ring[k]
    const [x2, y2] = ring[(k + 1) % ring.length]
    area += (x1 - ox) * (y2 - oy) - (x2 - ox) * (y1 - oy)
  }
  return area > 0 === left ? ring : [...ring].reverse()
}
