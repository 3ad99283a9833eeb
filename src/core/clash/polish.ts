import type { Piece } from './body.ts'
import { isInside, nearest, nearestTriangle, trianglesNear } from './bvh.ts'
import { deepestConvex } from './convex.ts'
import { closestOnTriangle, foot } from './triangle.ts'

/** A place in `of` that lies `depth` below the surface of `into`, in place changed to a deeper one. */
interface Place {
  depth: number
  point: [number, number, number]
  foot: [number, number, number]
  evaluations: number
}
/** Moves smaller than this are none [m]. */
const STILL = 1e-8
/** A place this near lies on a triangle [m]. */
const ON = 1e-7
/** Triangles in one linear program. */
const MOST = 200

/**
 * Pushes a place to the exact maximum nearby. The distance to a triangle is convex, so its tangent plane never overstates it: the best
 * point of the tangents within a small box, a linear program, is at least as deep as it promises. On the surface of `of` the place stays in
 * its triangle, inside it stays as far as that surface allows.
 */
export function polish(of: Piece, into: Piece, place: Place, onSurface: boolean): void {
  let reach = Math.max(place.depth * 0.5, 1e-4)
  for (let turn = 0; turn < 60 && reach > STILL; turn++) {
    const [x, y, z] = place.point
    const near = trianglesNear(into.bvh, x, y, z, place.depth + 2 * Math.sqrt(3) * reach, MOST + 1)
    const rooms = near.length > MOST ? [] : onSurface ? surfaceRooms(of, x, y, z) : [insideRoom(of, x, y, z, reach)]
    const tangents: number[] = []
    for (const t of near) {
      const d = Math.sqrt(closestOnTriangle(into.bvh.triangles, 9 * t, x, y, z))
      if (d > 0) tangents.push((foot[0] - x) / d, (foot[1] - y) / d, (foot[2] - z) / d, d)
    }
    const box = [1, 0, 0, reach, -1, 0, 0, reach, 0, 1, 0, reach, 0, -1, 0, reach, 0, 0, 1, reach, 0, 0, -1, reach]
    const moved = rooms.some((room) => {
      const step = deepestConvex(Float64Array.from([...room, ...box]), Float64Array.from(tangents))
      return step !== null && step.depth > place.depth + STILL && accept(of, into, place, step.point, onSurface)
    })
    if (!moved) reach /= 4
  }
}

function accept(of: Piece, into: Piece, place: Place, by: readonly number[], onSurface: boolean): boolean {
  const [x, y, z] = [place.point[0] + by[0], place.point[1] + by[1], place.point[2] + by[2]]
  place.evaluations++
  const d = Math.sqrt(nearestTriangle(into.bvh, x, y, z, -1))
  if (d <= place.depth + STILL) return false
  const [fx, fy, fz] = nearest
  if (!isInside(into.bvh, x, y, z) || (!onSurface && !isInside(of.bvh, x, y, z))) return false
  place.depth = d
  place.point = [x, y, z]
  place.foot = [fx, fy, fz]
  return true
}

/** Each triangle of `of` that the place lies in, as half-spaces about the place; both sides of its plane. */
function surfaceRooms(of: Piece, x: number, y: number, z: number): number[][] {
  const t = of.bvh.triangles
  return trianglesNear(of.bvh, x, y, z, ON, 16).flatMap((triangle) => {
    const i = 9 * triangle
    const [ux, uy, uz] = [t[i + 3] - t[i], t[i + 4] - t[i + 1], t[i + 5] - t[i + 2]]
    const [vx, vy, vz] = [t[i + 6] - t[i], t[i + 7] - t[i + 1], t[i + 8] - t[i + 2]]
    let [nx, ny, nz] = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx]
    const size = Math.sqrt(nx * nx + ny * ny + nz * nz)
    if (!(size > 1e-14)) return []
    nx /= size
    ny /= size
    nz /= size
    const room = [nx, ny, nz, 1e-12, -nx, -ny, -nz, 1e-12]
    for (let k = 0; k < 9; k += 3) {
      const l = (k + 3) % 9
      const [ex, ey, ez] = [t[i + l] - t[i + k], t[i + l + 1] - t[i + k + 1], t[i + l + 2] - t[i + k + 2]]
      const [mx, my, mz] = [ey * nz - ez * ny, ez * nx - ex * nz, ex * ny - ey * nx]
      const length = Math.sqrt(mx * mx + my * my + mz * mz)
      if (!(length > 0)) return []
      const left = (mx * (t[i + k] - x) + my * (t[i + k + 1] - y) + mz * (t[i + k + 2] - z)) / length
      room.push(mx / length, my / length, mz / length, Math.max(0, left))
    }
    return [room]
  })
}

/** Inside of `of`: the tangents of its own surface, near enough to matter. */
function insideRoom(of: Piece, x: number, y: number, z: number, reach: number): number[] {
  const room: number[] = []
  for (const t of trianglesNear(of.bvh, x, y, z, 2 * Math.sqrt(3) * reach, MOST)) {
    const d = Math.sqrt(closestOnTriangle(of.bvh.triangles, 9 * t, x, y, z))
    if (d > 0) room.push((foot[0] - x) / d, (foot[1] - y) / d, (foot[2] - z) / d, d)
  }
  return room
}
