import { cross, dot, IDENTITY, type Mat4, multiply, normalize, type Vec3 } from '@/core/base/geometry'
import { numberOf, numbersOf, refOf, type StepFile } from './step-file.ts'

/** Placements of a STEP file as matrices in double precision, in the file's own length unit. */
export interface Placements {
  /** Product of the chain of local placements; null where the chain is damaged or circular. */
  local(id: number): Mat4 | null
  axis3(id: number): Mat4
  axis2(id: number): Mat4
  /** IfcCartesianTransformationOperator3D and its non-uniform kind. */
  operator(id: number): Mat4
  point(id: number): Vec3
}

const LONGEST_CHAIN = 200_000

export function readPlacements(step: StepFile): Placements {
  const known = new Map<number, Mat4 | null>()

  function point(id: number): Vec3 {
    const c = numbersOf(step.argsOf(id)[0])
    return [c[0] ?? 0, c[1] ?? 0, c[2] ?? 0]
  }
  function direction(id: number): Vec3 | null {
    if (!id) return null
    const c = numbersOf(step.argsOf(id)[0])
    const v: Vec3 = [c[0] ?? 0, c[1] ?? 0, c[2] ?? 0]
    const unit = normalize(v)
    return dot(unit, unit) > 0.5 ? unit : null
  }
  function axis3(id: number): Mat4 {
    if (!id) return IDENTITY
    const args = step.argsOf(id)
    if (step.typeOf(id) === 'IFCAXIS2PLACEMENT2D') return axis2(id)
    return frame(point(refOf(args[0])), direction(refOf(args[1])), direction(refOf(args[2])), 1)
  }
  function axis2(id: number): Mat4 {
    if (!id) return IDENTITY
    const args = step.argsOf(id)
    return frame(point(refOf(args[0])), null, direction(refOf(args[1])), 1)
  }
  function operator(id: number): Mat4 {
    const args = step.argsOf(id)
    const scale = numberOf(args[3])
    const s1 = Number.isFinite(scale) ? scale : 1
    const base = frame(point(refOf(args[2])), direction(refOf(args[4])), direction(refOf(args[0])), 1)
    const s2 = numberOf(args[5])
    const s3 = numberOf(args[6])
    const nonUniform = step.typeOf(id).endsWith('NONUNIFORM')
    const second = direction(refOf(args[1]))
    const mirrored = second !== null && dot([base[4], base[5], base[6]], second) < 0 ? -1 : 1
    const sy = (nonUniform && Number.isFinite(s2) ? s2 : s1) * mirrored
    const sz = nonUniform && Number.isFinite(s3) ? s3 : s1
    return multiply(base, [s1, 0, 0, 0, 0, sy, 0, 0, 0, 0, sz, 0, 0, 0, 0, 1])
  }
  function local(id: number): Mat4 | null {
    const chain: number[] = []
    const visited = new Set<number>()
    let matrix: Mat4 | null = IDENTITY
    let next = id
    while (next) {
      const cached = known.get(next)
      if (cached !== undefined) {
        matrix = cached
        break
      }
      if (visited.has(next) || chain.length >= LONGEST_CHAIN) {
        matrix = null
        break
      }
      const type = step.typeOf(next)
      if (type !== 'IFCLOCALPLACEMENT') {
        matrix = null
        break
      }
      visited.add(next)
      chain.push(next)
      next = refOf(step.argsOf(next)[0])
    }
    for (let k = chain.length - 1; k >= 0; k--) {
      const args = step.argsOf(chain[k])
      const own = refOf(args[1])
      matrix = matrix && step.has(own) ? multiply(matrix, axis3(own)) : null
      if (matrix && !finite(matrix)) matrix = null
      known.set(chain[k], matrix)
    }
    return matrix
  }
  return { local, axis3, axis2, operator, point }
}

/** Right-handed frame with `axis` as Z and X as near to `reference` as can be (ISO 10303-42 first_proj_axis). */
function frame(origin: Vec3, axis: Vec3 | null, reference: Vec3 | null, scale: number): Mat4 {
  const z: Vec3 = axis ?? [0, 0, 1]
  const wanted: Vec3 = reference ?? (Math.abs(z[0]) > 0.999999 ? [0, 0, 1] : [1, 0, 0])
  const along = dot(wanted, z)
  let x = normalize([wanted[0] - along * z[0], wanted[1] - along * z[1], wanted[2] - along * z[2]])
  if (dot(x, x) < 0.5) x = normalize(Math.abs(z[0]) < 0.9 ? cross([0, 1, 0], z) : cross([0, 0, 1], z))
  const y = cross(z, x)
  return [
    x[0] * scale,
    x[1] * scale,
    x[2] * scale,
    0,
    y[0] * scale,
    y[1] * scale,
    y[2] * scale,
    0,
    z[0] * scale,
    z[1] * scale,
    z[2] * scale,
    0,
    origin[0],
    origin[1],
    origin[2],
    1,
  ]
}

function finite(m: Mat4): boolean {
  for (let k = 0; k < 16; k++) if (!Number.isFinite(m[k])) return false
  return true
}

/** Inverse of a rotation with translation. */
export function inverseRigid(m: Mat4): number[] {
  const back = (r: number): number => -(m[r] * m[12] + m[r + 1] * m[13] + m[r + 2] * m[14])
  return [m[0], m[4], m[8], 0, m[1], m[5], m[9], 0, m[2], m[6], m[10], 0, back(0), back(4), back(8), 1]
}
