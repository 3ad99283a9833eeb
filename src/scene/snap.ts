import type { Mat4, Vec3 } from '@/core/base/geometry'
import { add, dot, length, normalize, scale, sub, transformPoint } from '@/core/base/geometry'
import type { RayHit } from './picking.ts'
import type { SceneObject } from './scene-objects.ts'
import type { ScreenPoint, SectionPlane, SnapPoint } from './scene-props.ts'
import { trueEdges } from './snap-edges.ts'

/** What snapping asks of the stage. */
export interface SnapWorld {
  rayAt(x: number, y: number): { origin: Vec3; direction: Vec3 }
  project(point: Vec3): ScreenPoint | null
  /** Nearest solid thing along a ray, up to `far` [m]. */
  cast(origin: Vec3, direction: Vec3, far?: number): RayHit | null
  readonly sections: readonly SectionPlane[]
}

/** Reach of a corner, of an edge [px]. A corner wins over the edges that meet in it. */
const CORNER = 12
const EDGE = 8
/** Rays round the pointer find what ends just beside it [px]. */
const RING = 7

/** The corner, the edge or else the face under the pointer: only what can be seen there. */
export function snapAt(world: SnapWorld, x: number, y: number): SnapPoint | null {
  const { origin, direction } = world.rayAt(x, y)
  const middle = world.cast(origin, direction)
  const near = new Map<SceneObject, RayHit>()
  if (middle) near.set(middle.object, middle)
  for (let k = 0; k < 8; k++) {
    const ray = world.rayAt(x + RING * Math.cos((k * Math.PI) / 4), y + RING * Math.sin((k * Math.PI) / 4))
    const hit = world.cast(ray.origin, ray.direction)
    if (hit && !near.has(hit.object)) near.set(hit.object, hit)
  }
  const corners: Candidate[] = []
  const edges: Candidate[] = []
  for (const hit of near.values())
    for (const { shape, matrix } of hit.object.element.parts) collect(world, x, y, hit, trueEdges(hit.object.model.shapes[shape]), matrix, corners, edges)
  corners.sort(byNearness)
  edges.sort(byNearness)
  for (const [kind, list] of [
    ['vertex', corners],
    ['edge', edges],
  ] as const)
    for (const { point, hit } of list.slice(0, 4)) if (seen(world, origin, point)) return toSnap(kind, point, hit)
  return middle && toSnap('face', middle.point, middle)
}

interface Candidate {
  readonly point: Vec3
  readonly hit: RayHit
  readonly pixels: number
  readonly away: number
}
/** What is in front wins among what is equally near on the screen. */
function byNearness(a: Candidate, b: Candidate): number {
  return Math.abs(a.pixels - b.pixels) > 1 ? a.pixels - b.pixels : a.away - b.away
}

function collect(world: SnapWorld, x: number, y: number, hit: RayHit, edges: Float64Array, matrix: Mat4, corners: Candidate[], found: Candidate[]): void {
  const { origin, direction } = world.rayAt(x, y)
  for (let k = 0; k < edges.length; k += 6) {
    const p = transformPoint(matrix, edges[k], edges[k + 1], edges[k + 2])
    const q = transformPoint(matrix, edges[k + 3], edges[k + 4], edges[k + 5])
    for (const end of [p, q]) {
      const at = world.project(end)
      const pixels = at ? Math.hypot(at.x - x, at.y - y) : Infinity
      if (pixels <= CORNER) corners.push({ point: end, hit, pixels, away: length(sub(end, origin)) })
    }
    const point = nearestToRay(p, q, origin, direction)
    const at = point && world.project(point)
    const pixels = at ? Math.hypot(at.x - x, at.y - y) : Infinity
    if (point && pixels <= EDGE) found.push({ point, hit, pixels, away: length(sub(point, origin)) })
  }
}

/** The point of segment p q that comes nearest to a ray. */
function nearestToRay(p: Vec3, q: Vec3, origin: Vec3, direction: Vec3): Vec3 | null {
  const u = sub(q, p)
  const w = sub(p, origin)
  const uu = dot(u, u)
  const ud = dot(u, direction)
  const apart = uu - ud * ud
  if (uu === 0) return null
  const t = apart < 1e-12 * uu ? 0 : (ud * dot(direction, w) - dot(u, w)) / apart
  return add(p, scale(u, Math.min(1, Math.max(0, t))))
}

/** Nothing stands before it, and no section cuts it away. Shapes are floats: a hair of slack. */
function seen(world: SnapWorld, origin: Vec3, point: Vec3): boolean {
  if (world.sections.some(({ normal, offset }) => dot(normal, point) > offset + 1e-6)) return false
  const to = sub(point, origin)
  const reach = length(to)
  return world.cast(origin, normalize(to), reach - Math.max(5e-3, reach * 2e-4)) === null
}

function toSnap(kind: SnapPoint['kind'], point: Vec3, { object }: RayHit): SnapPoint {
  return { kind, point, ref: { model: object.model.id, index: object.element.index } }
}
