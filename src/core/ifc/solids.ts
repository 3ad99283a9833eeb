import { type Mat4, multiply, type Vec3 } from '@/core/base/geometry'
import type { Solid } from '@/core/model'
import { inverseRigid, type Placements } from './placement.ts'
import { isTyped, numberOf, numbersOf, refOf, refsOf, type StepFile, typeIs } from './step-file.ts'

/**
 * Exact solids of a body where all its items are simple: extrusions along their own Z of circles, rectangles, their hollow kinds and closed
 * polylines, and disks swept along straight lines. Null where one item is not. In metres, in the axes of `placement`.
 */
export function readSolids(step: StepFile, placements: Placements, toMetre: number, representations: readonly number[], placement: Mat4): Solid[] | null {
  const solids: Solid[] = []
  for (const representation of representations) for (const item of refsOf(step.argsOf(representation)[3])) if (!addItem(item, placement, 0)) return null
  return solids.length > 0 ? solids : null

  /** `frame` is in the file's unit. */
  function addItem(item: number, frame: Mat4, depth: number): boolean {
    if (depth > 8 || solids.length > 1000) return false
    const type = step.typeOf(item)
    if (!SIMPLE.has(type)) return false
    const args = step.argsOf(item)
    switch (type) {
      case 'IFCMAPPEDITEM': {
        const map = step.argsOf(refOf(args[0]))
        const target = placements.operator(refOf(args[1]))
        const origin = placements.axis3(refOf(map[0]))
        const inner = multiply(frame, multiply(target, inverseRigid(origin)))
        return refsOf(step.argsOf(refOf(map[1]))[3]).every((mapped) => addItem(mapped, inner, depth + 1))
      }
      case 'IFCEXTRUDEDAREASOLID':
        return addExtrusion(refOf(args[0]), refOf(args[1]), refOf(args[2]), numberOf(args[3]), frame)
      case 'IFCSWEPTDISKSOLID':
        return addSweep(refOf(args[0]), numberOf(args[1]), numberOf(args[2]), frame, args[3], args[4])
      default:
        return false
    }
  }

  function addExtrusion(profile: number, position: number, direction: number, depth: number, frame: Mat4): boolean {
    const ratios = numbersOf(step.argsOf(direction)[0])
    if (!(depth > 0) || Math.abs(ratios[0] ?? 0) > 1e-9 || Math.abs(ratios[1] ?? 0) > 1e-9 || !ratios[2]) return false
    const placed = multiply(frame, position ? placements.axis3(position) : UNIT)
    const based = ratios[2] < 0 ? multiply(placed, shift(0, 0, -depth)) : placed
    return addProfile(profile, based, depth, 0)
  }

  function addProfile(profile: number, frame: Mat4, depth: number, nested: number): boolean {
    const args = step.argsOf(profile)
    const type = step.typeOf(profile)
    const round = type === 'IFCCIRCLEPROFILEDEF' || type === 'IFCCIRCLEHOLLOWPROFILEDEF'
    if (round || type === 'IFCRECTANGLEPROFILEDEF' || type === 'IFCRECTANGLEHOLLOWPROFILEDEF') {
      const own = refOf(args[2])
      const placed = rigid(multiply(frame, own ? placements.axis2(own) : UNIT))
      if (!placed) return false
      const unit = placed.scale * toMetre
      const matrix = inMetres(placed.matrix, toMetre)
      const length = depth * unit
      if (round) {
        const radius = numberOf(args[3]) * unit
        const wall = type === 'IFCCIRCLEHOLLOWPROFILEDEF' ? numberOf(args[4]) * unit : null
        if (!(radius > 0) || (wall !== null && !(wall > 0 && wall <= radius))) return false
        solids.push({ kind: 'circle', matrix, length, radius, thickness: wall })
        return true
      }
      const width = numberOf(args[3]) * unit
      const height = numberOf(args[4]) * unit
      const wall = type === 'IFCRECTANGLEHOLLOWPROFILEDEF' ? numberOf(args[5]) * unit : null
      if (!(width > 0 && height > 0) || (wall !== null && !(wall > 0))) return false
      if (numberOf(args[6]) > 0 || numberOf(args[7]) > 0) return false
      solids.push({ kind: 'rectangle', matrix, length, width, height, thickness: wall })
      return true
    }
    if (type === 'IFCARBITRARYCLOSEDPROFILEDEF' && nested === 0) {
      const placed = rigid(frame)
      const outline = placed ? closedOutline(refOf(args[2])) : null
      if (!placed || !outline) return false
      const unit = placed.scale * toMetre
      const flip = placed.mirrored ? -1 : 1
      solids.push({
        kind: 'polygon',
        matrix: inMetres(placed.matrix, toMetre),
        length: depth * unit,
        outline: outline.map(([x, y]) => [x * unit, y * unit * flip] as const),
      })
      return true
    }
    return false
  }

  function addSweep(directrix: number, radius: number, inner: number, frame: Mat4, from: unknown, to: unknown): boolean {
    const points = straightPieces(directrix, from, to)
    const placed = rigid(frame)
    if (!points || !placed || !(radius > 0)) return false
    const unit = placed.scale * toMetre
    for (let k = 0; k + 1 < points.length; k++) {
      const piece = along(points[k], points[k + 1])
      if (!piece) continue
      const matrix = inMetres(multiply(frameOf(placed), piece.matrix), toMetre)
      const wall = inner > 0 && inner < radius ? (radius - inner) * unit : null
      solids.push({ kind: 'circle', matrix, length: piece.length * unit, radius: radius * unit, thickness: wall })
    }
    return true

    function frameOf(p: Rigid): Mat4 {
      return multiply(p.matrix, [p.scale, 0, 0, 0, 0, p.scale, 0, 0, 0, 0, p.scale, 0, 0, 0, 0, 1])
    }
  }

  /** Corners of a closed curve of straight lines; null for any other. */
  function closedOutline(curve: number): [number, number][] | null {
    const corners = polyCorners(curve)
    if (!corners || corners.length < 3) return null
    const [first, last] = [corners[0], corners[corners.length - 1]]
    if (Math.abs(first[0] - last[0]) < 1e-9 && Math.abs(first[1] - last[1]) < 1e-9) corners.pop()
    const distinct = corners.filter((p, k) => {
      const q = corners[(k + corners.length - 1) % corners.length]
      return p[0] !== q[0] || p[1] !== q[1]
    })
    return distinct.length >= 3 && distinct.every((p) => p.every(Number.isFinite)) ? distinct.map(([x, y]) => [x, y]) : null
  }

  function polyCorners(curve: number): Vec3[] | null {
    const args = step.argsOf(curve)
    if (step.typeOf(curve) === 'IFCPOLYLINE') return refsOf(args[0]).map((p) => placements.point(p))
    if (step.typeOf(curve) === 'IFCINDEXEDPOLYCURVE') {
      const list = step.argsOf(refOf(args[0]))[0]
      if (!Array.isArray(list)) return null
      const points = list.map((p): Vec3 => {
        const c = numbersOf(p)
        return [c[0] ?? Number.NaN, c[1] ?? Number.NaN, c[2] ?? 0]
      })
      if (!Array.isArray(args[1])) return points
      const order: number[] = []
      for (const segment of args[1]) {
        if (!isTyped(segment) || segment.type !== 'IFCLINEINDEX') return null
        const indices = numbersOf(segment.value)
        for (const index of indices) if (order[order.length - 1] !== index) order.push(index)
      }
      return order.every((index) => points[index - 1]) ? order.map((index) => points[index - 1]) : null
    }
    return null
  }

  /** Ends of the straight pieces of a directrix; null where it bends in arcs or is cut by parameters that we do not resolve. */
  function straightPieces(curve: number, from: unknown, to: unknown): Vec3[] | null {
    const corners = polyCorners(curve)
    if (corners) {
      const start = typeof from === 'number' ? from : 0
      const end = typeof to === 'number' ? to : corners.length - 1
      const whole = Math.abs(start) < 1e-9 && (Math.abs(end - (corners.length - 1)) < 1e-9 || typeIs(step, curve, 'IFCINDEXEDPOLYCURVE'))
      return whole && corners.length >= 2 && corners.every((p) => p.every(Number.isFinite)) ? corners : null
    }
    if (typeIs(step, curve, 'IFCTRIMMEDCURVE')) {
      const args = step.argsOf(curve)
      if (!typeIs(step, refOf(args[0]), 'IFCLINE') || typeof from === 'number' || typeof to === 'number') return null
      const a = trimPoint(args[1])
      const b = trimPoint(args[2])
      return a && b ? [a, b] : null
    }
    return null
  }
  function trimPoint(value: unknown): Vec3 | null {
    for (const id of refsOf(value as never)) if (typeIs(step, id, 'IFCCARTESIANPOINT')) return placements.point(id)
    return null
  }
}

const SIMPLE = new Set(['IFCMAPPEDITEM', 'IFCEXTRUDEDAREASOLID', 'IFCSWEPTDISKSOLID'])
const UNIT: Mat4 = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]

interface Rigid {
  readonly matrix: Mat4
  readonly scale: number
  readonly mirrored: boolean
}
/** Splits a matrix into a rigid one and a uniform scale; null where it shears or scales unevenly. A mirror is put into Y. */
function rigid(m: Mat4): Rigid | null {
  const sx = norm(m, 0)
  const sy = norm(m, 4)
  const sz = norm(m, 8)
  if (!(sx > 0) || Math.abs(sy / sx - 1) > 1e-9 || Math.abs(sz / sx - 1) > 1e-9) return null
  const skew = Math.abs(inner(m, 0, 4)) + Math.abs(inner(m, 4, 8)) + Math.abs(inner(m, 0, 8))
  if (skew > 1e-9 * sx * sx) return null
  const determinant = m[0] * (m[5] * m[10] - m[6] * m[9]) - m[4] * (m[1] * m[10] - m[2] * m[9]) + m[8] * (m[1] * m[6] - m[2] * m[5])
  const mirrored = determinant < 0
  const out = new Float64Array(16)
  for (let c = 0; c < 3; c++) for (let r = 0; r < 3; r++) out[c * 4 + r] = (m[c * 4 + r] / sx) * (mirrored && c === 1 ? -1 : 1)
  out[12] = m[12]
  out[13] = m[13]
  out[14] = m[14]
  out[15] = 1
  return { matrix: out, scale: sx, mirrored }
}
function norm(m: Mat4, at: number): number {
  return Math.sqrt(inner(m, at, at))
}
function inner(m: Mat4, a: number, b: number): number {
  return m[a] * m[b] + m[a + 1] * m[b + 1] + m[a + 2] * m[b + 2]
}

function inMetres(m: Mat4, toMetre: number): Float64Array {
  const out = new Float64Array(m)
  for (let k = 12; k < 15; k++) out[k] *= toMetre
  return out
}

function shift(x: number, y: number, z: number): Mat4 {
  return [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, x, y, z, 1]
}

/** Frame at `a` with +Z towards `b`. */
function along(a: Vec3, b: Vec3): { matrix: Mat4; length: number } | null {
  const d = [b[0] - a[0], b[1] - a[1], b[2] - a[2]]
  const length = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2])
  if (!(length > 0)) return null
  const z = d.map((v) => v / length)
  const side = Math.abs(z[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0]
  let x = [side[1] * z[2] - side[2] * z[1], side[2] * z[0] - side[0] * z[2], side[0] * z[1] - side[1] * z[0]]
  const l = Math.sqrt(x[0] * x[0] + x[1] * x[1] + x[2] * x[2])
  x = x.map((v) => v / l)
  const y = [z[1] * x[2] - z[2] * x[1], z[2] * x[0] - z[0] * x[2], z[0] * x[1] - z[1] * x[0]]
  return { matrix: [x[0], x[1], x[2], 0, y[0], y[1], y[2], 0, z[0], z[1], z[2], 0, a[0], a[1], a[2], 1], length }
}
