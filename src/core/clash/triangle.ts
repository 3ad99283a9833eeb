import { orient3d } from 'robust-predicates'

/** Triangles are nine numbers in an array from offset `i`. Signs are exact (adaptive predicates), so that nothing depends on where the site lies. */
type Coordinates = Float64Array

function side(t: Coordinates, i: number, p: Coordinates, j: number): number {
  return orient3d(t[i], t[i + 1], t[i + 2], t[i + 3], t[i + 4], t[i + 5], t[i + 6], t[i + 7], t[i + 8], p[j], p[j + 1], p[j + 2])
}
function through(p: Coordinates, a: number, b: number, q: Coordinates, c: number, d: number): number {
  return orient3d(p[a], p[a + 1], p[a + 2], p[b], p[b + 1], p[b + 2], q[c], q[c + 1], q[c + 2], q[d], q[d + 1], q[d + 2])
}

/** Signed volumes of the corners of one triangle over the plane of the other, for both. */
const sides = new Float64Array(6)

/** Is one triangle wholly on one side of the other's plane (or on it)? */
function parted(k: number): boolean {
  const x = sides[k]
  const y = sides[k + 1]
  const z = sides[k + 2]
  return (x >= 0 && y >= 0 && z >= 0) || (x <= 0 && y <= 0 && z <= 0)
}

/**
 * Do two triangles properly cross, i.e. does an edge of one pass through the inside of the other's plane and face? Contact along planes is
 * not crossing. Writes up to two points where they cross into `out` and returns how many.
 */
export function crossTriangles(a: Coordinates, i: number, b: Coordinates, j: number, out: Float64Array): number {
  sides[0] = side(b, j, a, i)
  sides[1] = side(b, j, a, i + 3)
  sides[2] = side(b, j, a, i + 6)
  if (parted(0)) return 0
  sides[3] = side(a, i, b, j)
  sides[4] = side(a, i, b, j + 3)
  sides[5] = side(a, i, b, j + 6)
  if (parted(3)) return 0
  return pierceBoth(a, i, b, j, out)
}

/** With `sides` known and neither triangle on one side of the other. */
function pierceBoth(a: Coordinates, i: number, b: Coordinates, j: number, out: Float64Array): number {
  let count = pierce(a, i, i + 3, sides[0], sides[1], b, j, out, 0)
  count = pierce(a, i + 3, i + 6, sides[1], sides[2], b, j, out, count)
  if (count < 2) count = pierce(a, i + 6, i, sides[2], sides[0], b, j, out, count)
  if (count < 2) count = pierce(b, j, j + 3, sides[3], sides[4], a, i, out, count)
  if (count < 2) count = pierce(b, j + 3, j + 6, sides[4], sides[5], a, i, out, count)
  return count < 2 ? pierce(b, j + 6, j, sides[5], sides[3], a, i, out, count) : count
}

/** Adds the point where the segment p–q (signed distances sp, sq to the plane) passes through the triangle. */
function pierce(s: Coordinates, p: number, q: number, sp: number, sq: number, t: Coordinates, j: number, out: Float64Array, count: number): number {
  if ((sp > 0 && sq > 0) || (sp < 0 && sq < 0) || sp === sq) return count
  const u = through(s, p, q, t, j, j + 3)
  const v = through(s, p, q, t, j + 3, j + 6)
  if ((u > 0 && v < 0) || (u < 0 && v > 0)) return count
  const w = through(s, p, q, t, j + 6, j)
  if (!((u >= 0 && v >= 0 && w >= 0) || (u <= 0 && v <= 0 && w <= 0))) return count
  const f = sp / (sp - sq)
  for (let k = 0; k < 3; k++) out[3 * count + k] = s[p + k] + f * (s[q + k] - s[p + k])
  return count + 1
}

const pierced = new Float64Array(6)

/**
 * Least distance² of two triangles, 0 where they cross; the closest points are written to `pair` (a's point, then b's). Returns `best` where
 * it is not less.
 */
export function distanceTriangles(a: Coordinates, i: number, b: Coordinates, j: number, best: number, pair: Float64Array): number {
  sides[0] = side(b, j, a, i)
  sides[1] = side(b, j, a, i + 3)
  sides[2] = side(b, j, a, i + 6)
  const apartA = parted(0)
  if (apartA && beyond(0, b, j, best)) return best
  sides[3] = side(a, i, b, j)
  sides[4] = side(a, i, b, j + 3)
  sides[5] = side(a, i, b, j + 6)
  const apartB = parted(3)
  if (apartB && beyond(3, a, i, best)) return best
  if (!apartA && !apartB && pierceBoth(a, i, b, j, pierced) > 0) {
    for (let c = 0; c < 3; c++) pair[c] = pair[3 + c] = pierced[c]
    return 0
  }
  let least = best
  for (let k = 0; k < 9; k += 3) {
    const e = k === 6 ? i : i + k + 3
    least = segments(a, i + k, e, b, j, j + 3, least, pair)
    least = segments(a, i + k, e, b, j + 3, j + 6, least, pair)
    least = segments(a, i + k, e, b, j + 6, j, least, pair)
  }
  for (let k = 0; k < 9; k += 3) {
    const onB = closestOnTriangle(b, j, a[i + k], a[i + k + 1], a[i + k + 2])
    if (onB < least) {
      least = onB
      for (let c = 0; c < 3; c++) {
        pair[c] = a[i + k + c]
        pair[3 + c] = foot[c]
      }
    }
    const onA = closestOnTriangle(a, i, b[j + k], b[j + k + 1], b[j + k + 2])
    if (onA < least) {
      least = onA
      for (let c = 0; c < 3; c++) {
        pair[c] = foot[c]
        pair[3 + c] = b[j + k + c]
      }
    }
  }
  return least
}

/** Are the three corners with these `sides` all farther than √best from the plane of the triangle? A little slack covers rounding. */
function beyond(k: number, t: Coordinates, j: number, best: number): boolean {
  const least = Math.min(Math.abs(sides[k]), Math.abs(sides[k + 1]), Math.abs(sides[k + 2]))
  if (least === 0) return false
  const ux = t[j + 3] - t[j]
  const uy = t[j + 4] - t[j + 1]
  const uz = t[j + 5] - t[j + 2]
  const vx = t[j + 6] - t[j]
  const vy = t[j + 7] - t[j + 1]
  const vz = t[j + 8] - t[j + 2]
  const nx = uy * vz - uz * vy
  const ny = uz * vx - ux * vz
  const nz = ux * vy - uy * vx
  return least * least > best * (nx * nx + ny * ny + nz * nz) * (1 + 1e-9)
}

/** The point found by `closestOnTriangle`. */
export const foot = new Float64Array(3)

/** Distance² from a point to a triangle (Ericson, Real-Time Collision Detection 5.1.5); the nearest point is left in `foot`. */
export function closestOnTriangle(t: Coordinates, i: number, px: number, py: number, pz: number): number {
  const ax = t[i]
  const ay = t[i + 1]
  const az = t[i + 2]
  const abx = t[i + 3] - ax
  const aby = t[i + 4] - ay
  const abz = t[i + 5] - az
  const acx = t[i + 6] - ax
  const acy = t[i + 7] - ay
  const acz = t[i + 8] - az
  const apx = px - ax
  const apy = py - ay
  const apz = pz - az
  const d1 = abx * apx + aby * apy + abz * apz
  const d2 = acx * apx + acy * apy + acz * apz
  const d3 = d1 - (abx * abx + aby * aby + abz * abz)
  const d4 = d2 - (acx * abx + acy * aby + acz * abz)
  const d5 = d1 - (abx * acx + aby * acy + abz * acz)
  const d6 = d2 - (acx * acx + acy * acy + acz * acz)
  const va = d3 * d6 - d5 * d4
  const vb = d5 * d2 - d1 * d6
  const vc = d1 * d4 - d3 * d2
  let v = 0
  let w = 0
  if (d1 <= 0 && d2 <= 0) v = w = 0
  else if (d3 >= 0 && d4 <= d3) v = 1
  else if (vc <= 0 && d1 >= 0 && d3 <= 0) v = d1 / (d1 - d3)
  else if (d6 >= 0 && d5 <= d6) w = 1
  else if (vb <= 0 && d2 >= 0 && d6 <= 0) w = d2 / (d2 - d6)
  else if (va <= 0 && d4 - d3 >= 0 && d5 - d6 >= 0) {
    w = (d4 - d3) / (d4 - d3 + (d5 - d6))
    v = 1 - w
  } else {
    const sum = va + vb + vc
    if (sum !== 0) {
      v = vb / sum
      w = vc / sum
    }
  }
  foot[0] = ax + abx * v + acx * w
  foot[1] = ay + aby * v + acy * w
  foot[2] = az + abz * v + acz * w
  const x = px - foot[0]
  const y = py - foot[1]
  const z = pz - foot[2]
  return x * x + y * y + z * z
}

/** Closest points of two segments (Ericson 5.1.9). */
function segments(s: Coordinates, p1: number, q1: number, t: Coordinates, p2: number, q2: number, best: number, pair: Float64Array): number {
  const d1x = s[q1] - s[p1]
  const d1y = s[q1 + 1] - s[p1 + 1]
  const d1z = s[q1 + 2] - s[p1 + 2]
  const d2x = t[q2] - t[p2]
  const d2y = t[q2 + 1] - t[p2 + 1]
  const d2z = t[q2 + 2] - t[p2 + 2]
  const rx = s[p1] - t[p2]
  const ry = s[p1 + 1] - t[p2 + 1]
  const rz = s[p1 + 2] - t[p2 + 2]
  const a = d1x * d1x + d1y * d1y + d1z * d1z
  const e = d2x * d2x + d2y * d2y + d2z * d2z
  const f = d2x * rx + d2y * ry + d2z * rz
  let u = 0
  let v = 0
  if (a <= 1e-30 && e <= 1e-30) u = v = 0
  else if (a <= 1e-30) v = clamp(f / e)
  else {
    const c = d1x * rx + d1y * ry + d1z * rz
    if (e <= 1e-30) u = clamp(-c / a)
    else {
      const b = d1x * d2x + d1y * d2y + d1z * d2z
      const denominator = a * e - b * b
      u = denominator > 1e-14 * a * e ? clamp((b * f - c * e) / denominator) : 0
      v = (b * u + f) / e
      if (v < 0) {
        v = 0
        u = clamp(-c / a)
      } else if (v > 1) {
        v = 1
        u = clamp((b - c) / a)
      }
    }
  }
  const x = rx + d1x * u - d2x * v
  const y = ry + d1y * u - d2y * v
  const z = rz + d1z * u - d2z * v
  const d = x * x + y * y + z * z
  if (d >= best) return best
  pair[0] = s[p1] + d1x * u
  pair[1] = s[p1 + 1] + d1y * u
  pair[2] = s[p1 + 2] + d1z * u
  pair[3] = t[p2] + d2x * v
  pair[4] = t[p2 + 1] + d2y * v
  pair[5] = t[p2 + 2] + d2z * v
  return d
}
function clamp(x: number): number {
  return x < 0 ? 0 : x > 1 ? 1 : x
}
