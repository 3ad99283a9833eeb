import type { Vec3 } from '@/core/base/geometry'
import { cross, normalize, sub } from '@/core/base/geometry'
import type { ExtrusionRecipe, MeshRecipe, ProfileRecipe } from '@/core/ifc/write/index.ts'

export type Range = readonly [number, number]
const UP: Vec3 = [0, 0, 1]
const EAST: Vec3 = [1, 0, 0]

/** An upright box, pushed up from its foot. */
export function box(x: Range, y: Range, z: Range, color?: string): ExtrusionRecipe {
  const profile: ProfileRecipe = { kind: 'rectangle', width: x[1] - x[0], height: y[1] - y[0] }
  return extrusion(profile, [(x[0] + x[1]) / 2, (y[0] + y[1]) / 2, z[0]], UP, EAST, z[1] - z[0], color)
}
/** A box pushed along x or y, as beams, ducts and trenches are: its axis is that of the run. */
export function boxAlong(axis: 'x' | 'y', x: Range, y: Range, z: Range, color?: string): ExtrusionRecipe {
  const middle = (r: Range) => (r[0] + r[1]) / 2
  const from: Vec3 = axis === 'x' ? [x[0], middle(y), middle(z)] : [middle(x), y[0], middle(z)]
  const to: Vec3 = axis === 'x' ? [x[1], middle(y), middle(z)] : [middle(x), y[1], middle(z)]
  const across = axis === 'x' ? y : x
  return rod(from, to, { kind: 'rectangle', width: across[1] - across[0], height: z[1] - z[0] }, color)
}
/** A profile pushed from one point to another; its own X is horizontal, its Y points up where it can. */
export function rod(from: Vec3, to: Vec3, profile: ProfileRecipe, color?: string): ExtrusionRecipe {
  const along = sub(to, from)
  const length = Math.sqrt(along[0] ** 2 + along[1] ** 2 + along[2] ** 2)
  const axis = normalize(along)
  const upright = Math.abs(axis[2]) > 0.999999
  return extrusion(profile, from, upright ? [0, 0, Math.sign(axis[2])] : axis, upright ? EAST : normalize(cross(UP, axis)), length, color)
}
export function pipe(from: Vec3, to: Vec3, radius: number, color?: string): ExtrusionRecipe {
  return rod(from, to, { kind: 'circle', radius }, color)
}
/** An outline in (x, z), pushed along y. */
export function sideOn(outline: readonly Range[], y: Range, color?: string): ExtrusionRecipe {
  const [x0, z0] = outline[0]
  const profile: ProfileRecipe = { kind: 'polygon', outline: outline.map(([x, z]) => [x - x0, z - z0]) }
  return extrusion(profile, [x0, y[1], z0], [0, -1, 0], EAST, y[1] - y[0], color)
}
/** An outline in (y, z), pushed along x. */
export function endOn(outline: readonly Range[], x: Range, color?: string): ExtrusionRecipe {
  const [y0, z0] = outline[0]
  const profile: ProfileRecipe = { kind: 'polygon', outline: outline.map(([y, z]) => [y - y0, z - z0]) }
  return extrusion(profile, [x[0], y0, z0], EAST, [0, 1, 0], x[1] - x[0], color)
}
/** An outline in plan, pushed up. */
export function plate(outline: readonly Range[], z: Range, color?: string): ExtrusionRecipe {
  const [x0, y0] = outline[0]
  const profile: ProfileRecipe = { kind: 'polygon', outline: outline.map(([x, y]) => [x - x0, y - y0]) }
  return extrusion(profile, [x0, y0, z[0]], UP, EAST, z[1] - z[0], color)
}
function extrusion(profile: ProfileRecipe, origin: Vec3, axis: Vec3, ref: Vec3, length: number, color?: string): ExtrusionRecipe {
  return { kind: 'extrusion', profile, origin, axis, ref, length, ...(color ? { color } : {}) }
}

/** Gathers many small parts of one colour into one mesh. All parts are closed. */
export interface MeshBuilder {
  box(x: Range, y: Range, z: Range): MeshBuilder
  /** A square bar from point to point. */
  bar(from: Vec3, to: Vec3, width: number): MeshBuilder
  /** A solid between two outlines with equal numbers of corners, counter-clockwise seen from the second. */
  loft(bottom: readonly Vec3[], top: readonly Vec3[]): MeshBuilder
  /** A closed convex solid given by its corners and faces (counter-clockwise from outside). */
  solid(points: readonly Vec3[], faces: readonly (readonly number[])[]): MeshBuilder
  /** An upright prism with n sides. */
  column(x: number, y: number, z: Range, radius: number, sides: number, topRadius?: number): MeshBuilder
  done(color?: string): MeshRecipe
}
export function mesh(): MeshBuilder {
  const points: Vec3[] = []
  const faces: [number, number, number][] = []
  const builder: MeshBuilder = {
    solid(corners, polygons) {
      const base = points.length
      points.push(...corners)
      for (const polygon of polygons) for (let k = 1; k + 1 < polygon.length; k++) faces.push([base + polygon[0], base + polygon[k], base + polygon[k + 1]])
      return builder
    },
    loft(bottom, top) {
      const n = bottom.length
      const side = bottom.map((_, k) => [k, (k + 1) % n, n + ((k + 1) % n), n + k])
      return builder.solid([...bottom, ...top], [bottom.map((_, k) => n - 1 - k), top.map((_, k) => n + k), ...side])
    },
    box([x0, x1], [y0, y1], [z0, z1]) {
      const ring = (z: number): Vec3[] => [
        [x0, y0, z],
        [x1, y0, z],
        [x1, y1, z],
        [x0, y1, z],
      ]
      return builder.loft(ring(z0), ring(z1))
    },
    bar(from, to, width) {
      const axis = normalize(sub(to, from))
      const side = normalize(Math.abs(axis[2]) > 0.99 ? [1, 0, 0] : cross(UP, axis))
      const other = cross(axis, side)
      const ring = (p: Vec3): Vec3[] =>
        [
          [-1, -1],
          [1, -1],
          [1, 1],
          [-1, 1],
        ].map(([a, b]) => [
          p[0] + (width / 2) * (a * side[0] + b * other[0]),
          p[1] + (width / 2) * (a * side[1] + b * other[1]),
          p[2] + (width / 2) * (a * side[2] + b * other[2]),
        ])
      return builder.loft(ring(from), ring(to))
    },
    column(x, y, z, radius, sides, topRadius = radius) {
      const ring = (level: number, r: number): Vec3[] =>
        Array.from({ length: sides }, (_, k) => [
          x + r * Math.cos((2 * Math.PI * (k + 0.5)) / sides),
          y + r * Math.sin((2 * Math.PI * (k + 0.5)) / sides),
          level,
        ])
      return builder.loft(ring(z[0], radius), ring(z[1], topRadius))
    },
    done(color) {
      return { kind: 'mesh', points, faces, closed: true, ...(color ? { color } : {}) }
    },
  }
  return builder
}

/** Places from `first` in steps of `step`, `count` of them. */
export function every(step: number, first: number, count: number): number[] {
  return Array.from({ length: count }, (_, k) => first + step * k)
}
export function two(value: number): string {
  return String(value).padStart(2, '0')
}
