import { transformPoint } from '@/core/base/geometry'
import type { Element, SiteModel } from './site-model.ts'

/** Area of all triangles of an element [m²] and the volume they enclose [m³] (of an open body: of no meaning, but the same for the same body). */
export function skinOf(element: Element, model: SiteModel): { area: number; volume: number } {
  let area = 0
  let volume = 0
  const [ox, oy, oz] = element.bounds?.min ?? [0, 0, 0]
  for (const { shape, matrix } of element.parts) {
    const { positions: p, indices } = model.shapes[shape]
    const placed = new Float64Array(p.length)
    for (let k = 0; k < p.length; k += 3) {
      const [x, y, z] = transformPoint(matrix, p[k], p[k + 1], p[k + 2])
      placed[k] = x - ox
      placed[k + 1] = y - oy
      placed[k + 2] = z - oz
    }
    for (let t = 0; t < indices.length; t += 3) {
      const [a, b, c] = [indices[t] * 3, indices[t + 1] * 3, indices[t + 2] * 3]
      const [ax, ay, az] = [placed[a], placed[a + 1], placed[a + 2]]
      const [ux, uy, uz] = [placed[b] - ax, placed[b + 1] - ay, placed[b + 2] - az]
      const [vx, vy, vz] = [placed[c] - ax, placed[c + 1] - ay, placed[c + 2] - az]
      const [nx, ny, nz] = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx]
      area += Math.sqrt(nx * nx + ny * ny + nz * nz) / 2
      volume += (ax * nx + ay * ny + az * nz) / 6
    }
  }
  return { area, volume }
}
