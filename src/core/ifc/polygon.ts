import earcut from 'earcut'
import type { MeshBuild } from './mesh-build.ts'

/** Fills one flat face: its outer ring and holes, each a run of point numbers. True where at least one triangle came of it. */
export function fillFace(build: MeshBuild, ring: readonly number[], holes: readonly (readonly number[])[]): boolean {
  addEdges(build, ring)
  for (let h = 0; h < holes.length; h++) addEdges(build, holes[h])
  if (ring.length < 3) return false
  if (holes.length === 0) {
    if (ring.length === 3) {
      build.triangle(ring[0], ring[1], ring[2])
      return true
    }
    if (ring.length === 4 && fillQuad(build, ring)) return true
  }
  return fillPolygon(build, ring, holes)
}

function addEdges(build: MeshBuild, loop: readonly number[]): void {
  let last = loop[loop.length - 1]
  for (let k = 0; k < loop.length; k++) {
    build.edge(last, loop[k])
    last = loop[k]
  }
}

/** Cut along the diagonal that lies inside. */
function fillQuad(build: MeshBuild, [a, b, c, d]: readonly number[]): boolean {
  const n = crossOf(build, a, c, b, d)
  if (!(n[0] !== 0 || n[1] !== 0 || n[2] !== 0)) return false
  if (turns(build, a, b, c, n) > 0 && turns(build, a, c, d, n) > 0) {
    build.triangle(a, b, c)
    build.triangle(a, c, d)
    return true
  }
  if (turns(build, b, c, d, n) > 0 && turns(build, b, d, a, n) > 0) {
    build.triangle(b, c, d)
    build.triangle(b, d, a)
    return true
  }
  return false
}

/** (b − a) × (d − c). */
function crossOf(m: MeshBuild, a: number, b: number, c: number, d: number): [number, number, number] {
  const [ux, uy, uz] = [m.x(b) - m.x(a), m.y(b) - m.y(a), m.z(b) - m.z(a)]
  const [vx, vy, vz] = [m.x(d) - m.x(c), m.y(d) - m.y(c), m.z(d) - m.z(c)]
  return [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx]
}
function turns(m: MeshBuild, a: number, b: number, c: number, n: readonly number[]): number {
  const t = crossOf(m, a, b, a, c)
  return t[0] * n[0] + t[1] * n[1] + t[2] * n[2]
}

function fillPolygon(build: MeshBuild, ring: readonly number[], holes: readonly (readonly number[])[]): boolean {
  const n = newell(build, ring)
  const [ax, ay, az] = n.map(Math.abs)
  if (!(ax + ay + az > 0)) return false
  // Seen against the greatest part of the normal, the ring turns left.
  const first = ring[0]
  const [ox, oy, oz] = [build.x(first), build.y(first), build.z(first)]
  const flat: number[] = []
  const order: number[] = []
  const starts: number[] = []
  const put = (k: number): void => {
    const [x, y, z] = [build.x(k) - ox, build.y(k) - oy, build.z(k) - oz]
    if (ax >= ay && ax >= az) n[0] > 0 ? flat.push(y, z) : flat.push(z, y)
    else if (ay >= az) n[1] > 0 ? flat.push(z, x) : flat.push(x, z)
    else n[2] > 0 ? flat.push(x, y) : flat.push(y, x)
    order.push(k)
  }
  ring.forEach(put)
  for (const hole of holes) {
    if (hole.length < 3) continue
    starts.push(order.length)
    hole.forEach(put)
  }
  const triangles = earcut(flat, starts.length > 0 ? starts : undefined)
  for (let t = 0; t + 2 < triangles.length; t += 3) {
    const [a, b, c] = [triangles[t], triangles[t + 1], triangles[t + 2]]
    const area = (flat[b * 2] - flat[a * 2]) * (flat[c * 2 + 1] - flat[a * 2 + 1]) - (flat[c * 2] - flat[a * 2]) * (flat[b * 2 + 1] - flat[a * 2 + 1])
    if (area >= 0) build.triangle(order[a], order[b], order[c])
    else build.triangle(order[a], order[c], order[b])
  }
  return triangles.length > 0
}

/** Normal of a ring that need not be quite flat (Newell), by its areas on the coordinate planes; about its first point. */
function newell(m: MeshBuild, ring: readonly number[]): [number, number, number] {
  const [ox, oy, oz] = [m.x(ring[0]), m.y(ring[0]), m.z(ring[0])]
  let [nx, ny, nz] = [0, 0, 0]
  for (let k = 0; k < ring.length; k++) {
    const a = ring[k]
    const b = ring[k + 1 === ring.length ? 0 : k + 1]
    const [x1, y1, z1] = [m.x(a) - ox, m.y(a) - oy, m.z(a) - oz]
    const [x2, y2, z2] = [m.x(b) - ox, m.y(b) - oy, m.z(b) - oz]
    nx += y1 * z2 - z1 * y2
    ny += z1 * x2 - x1 * z2
    nz += x1 * y2 - y1 * x2
  }
  return [nx, ny, nz]
}
