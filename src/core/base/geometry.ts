/** Small double-precision geometry: right-handed, Z up, metres. Matrices are 4 × 4, column-major, 16 numbers. */
export type Vec3 = readonly [number, number, number]
export type Mat4 = Readonly<Float64Array> | readonly number[]
export interface Box {
  readonly min: Vec3
  readonly max: Vec3
}

export const IDENTITY: Mat4 = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]

export function transformPoint(m: Mat4, x: number, y: number, z: number): [number, number, number] {
  return [m[0] * x + m[4] * y + m[8] * z + m[12], m[1] * x + m[5] * y + m[9] * z + m[13], m[2] * x + m[6] * y + m[10] * z + m[14]]
}

/** a · b: b is applied first. A plain array: small typed arrays cost far more to make. */
export function multiply(a: Mat4, b: Mat4): number[] {
  const out = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
  for (let c = 0; c < 16; c += 4) {
    const [x, y, z, w] = [b[c], b[c + 1], b[c + 2], b[c + 3]]
    out[c] = a[0] * x + a[4] * y + a[8] * z + a[12] * w
    out[c + 1] = a[1] * x + a[5] * y + a[9] * z + a[13] * w
    out[c + 2] = a[2] * x + a[6] * y + a[10] * z + a[14] * w
    out[c + 3] = a[3] * x + a[7] * y + a[11] * z + a[15] * w
  }
  return out
}

export function emptyBox(): { min: [number, number, number]; max: [number, number, number] } {
  return { min: [Infinity, Infinity, Infinity], max: [-Infinity, -Infinity, -Infinity] }
}
export function unite(a: Box, b: Box): Box {
  return {
    min: [Math.min(a.min[0], b.min[0]), Math.min(a.min[1], b.min[1]), Math.min(a.min[2], b.min[2])],
    max: [Math.max(a.max[0], b.max[0]), Math.max(a.max[1], b.max[1]), Math.max(a.max[2], b.max[2])],
  }
}
export function sub(a: Vec3, b: Vec3): [number, number, number] {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}
export function add(a: Vec3, b: Vec3): [number, number, number] {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
}
export function scale(a: Vec3, s: number): [number, number, number] {
  return [a[0] * s, a[1] * s, a[2] * s]
}
export function dot(a: Vec3, b: Vec3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}
export function cross(a: Vec3, b: Vec3): [number, number, number] {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}
export function length(a: Vec3): number {
  return Math.sqrt(dot(a, a))
}
export function normalize(a: Vec3): [number, number, number] {
  const l = length(a)
  return l > 0 ? [a[0] / l, a[1] / l, a[2] / l] : [0, 0, 0]
}
