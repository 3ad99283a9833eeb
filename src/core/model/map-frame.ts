import type { Vec3 } from '@/core/base/geometry'
import type { Frame } from './site-model.ts'

/** A point in the map's own system, in double precision [m]. */
export interface MapPoint {
  readonly epsg: string
  readonly easting: number
  readonly northing: number
  readonly height: number
}

/** Project frame → map, by IfcMapConversion; null where the file has none. A grid scale acts in plan only: heights are true. */
export function toMap({ origin, georeference }: Frame, point: Vec3): MapPoint | null {
  if (!georeference) return null
  const { epsg, eastings, northings, height, rotation, scale } = georeference
  const [x, y, z] = toFile(origin, point)
  const [cos, sin] = [Math.cos(rotation), Math.sin(rotation)]
  return { epsg, easting: eastings + scale * (x * cos - y * sin), northing: northings + scale * (x * sin + y * cos), height: height + z }
}

/** Project frame → the file's own coordinates in metres. */
export function toFile(origin: Vec3, point: Vec3): [number, number, number] {
  return [point[0] + origin[0], point[1] + origin[1], point[2] + origin[2]]
}
