import { ShapeUtils, Vector2 } from 'three'
import type { Mat4, Vec3 } from '@/core/base/geometry'
import { cross, dot, normalize, transformPoint } from '@/core/base/geometry'
import type { Shape } from '@/core/model'
import type { SectionPlane } from './scene-props.ts'

/** Where a plane cuts one placed shape [m]. */
export interface Cut {
  /** Triangles of the cut face, nine numbers each. */
  readonly caps: readonly number[]
  /** Its outline: segments, six numbers each. */
  readonly outline: readonly number[]
  /** Lines that do not close, for the body is open there: segments, six numbers each. They bound nothing and are not filled. */
  readonly open: readonly number[]
}
const NOTHING: Cut = { caps: [], outline: [], open: [] }

/** Corners nearer than this are one [m]. */
const WELD = 1e-5

/**
 * The exact section of a mesh: every triangle that the plane crosses gives one segment, from mesh edge to mesh edge, so that a closed mesh
 * gives closed rings. A corner that lies in the plane counts as above it. Rings are filled by even and odd.
 */
export function cutShape(shape: Shape, matrix: Mat4, plane: SectionPlane): Cut {
  const { positions, indices } = shape
  const world = new Float64Array(positions.length)
  const height = new Float64Array(positions.length / 3)
  let above = false
  let below = false
  for (let v = 0; v < height.length; v++) {
    const p = transformPoint(matrix, positions[v * 3], positions[v * 3 + 1], positions[v * 3 + 2])
    world.set(p, v * 3)
    height[v] = dot(plane.normal, p) - plane.offset
    if (height[v] >= 0) above = true
    else below = true
  }
  if (!above || !below) return NOTHING
  const corner = weld(world, height)
  const nodes = new Map<string, Node>()
  const nodeOn = (a: number, b: number): Node => {
    const [p, q] = corner[a] < corner[b] ? [corner[a], corner[b]] : [corner[b], corner[a]]
    const key = `${p} ${q}`
    let node = nodes.get(key)
    if (!node) {
      const t = height[p] / (height[p] - height[q])
      node = { at: [0, 1, 2].map((k) => world[p * 3 + k] + (world[q * 3 + k] - world[p * 3 + k]) * t) as unknown as Vec3, next: [] }
      nodes.set(key, node)
    }
    return node
  }
  for (let k = 0; k < indices.length; k += 3) {
    const [a, b, c] = [indices[k], indices[k + 1], indices[k + 2]]
    if (corner[a] === corner[b] || corner[b] === corner[c] || corner[c] === corner[a]) continue
    const [ha, hb, hc] = [height[corner[a]] >= 0, height[corner[b]] >= 0, height[corner[c]] >= 0]
    if (ha === hb && hb === hc) continue
    // The corner that is alone on its side.
    const [one, two, three] = ha !== hb && ha !== hc ? [a, b, c] : hb !== ha && hb !== hc ? [b, c, a] : [c, a, b]
    const from = nodeOn(one, two)
    const to = nodeOn(one, three)
    if (from === to) continue
    from.next.push(to)
    to.next.push(from)
  }
  return fill([...nodes.values()], plane)
}

interface Node {
  readonly at: Vec3
  /** Neighbours along the cut; taken out as they are walked. */
  next: Node[]
}

function fill(nodes: readonly Node[], plane: SectionPlane): Cut {
  const rings: Vec3[][] = []
  const open: number[] = []
  // Lines that end somewhere first; what is left are rings.
  for (const node of nodes) while (node.next.length % 2 === 1) open.push(...segments(walk(node)))
  for (const node of nodes) while (node.next.length > 0) rings.push(walk(node))
  const u = normalize(cross(plane.normal, Math.abs(plane.normal[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0]))
  const v = cross(plane.normal, u)
  const outline: number[] = []
  const flat = rings.flatMap((ring) => {
    const closed = ring[0] === ring[ring.length - 1] ? ring.slice(0, -1) : ring
    if (closed.length < 3) return []
    outline.push(...segments([...closed, closed[0]]))
    const points = closed.map((p) => new Vector2(dot(u, p), dot(v, p)))
    return [{ ring: closed, points, area: Math.abs(ShapeUtils.area(points)), holes: [] as number[] }]
  })
  flat.sort((a, b) => b.area - a.area)
  // A ring in an odd number of larger ones is a hole of the smallest of them.
  const outer = flat.map((one, k) => {
    const round = flat.slice(0, k).flatMap((other, j) => (contains(other.points, one.points[0]) ? [j] : []))
    if (round.length % 2 === 1) flat[round[round.length - 1]].holes.push(k)
    return round.length % 2 === 0
  })
  const caps: number[] = []
  flat.forEach((one, k) => {
    if (!outer[k] || one.area < 1e-10) return
    const all = [one.ring, ...one.holes.map((h) => flat[h].ring)].flat()
    const faces = ShapeUtils.triangulateShape(
      one.points,
      one.holes.map((h) => flat[h].points),
    )
    for (const face of faces) for (const index of face) caps.push(...all[index])
  })
  return { caps, outline, open }
}

/** Takes one line out of the graph, from a node on until it comes back or ends. */
function walk(start: Node): Vec3[] {
  const line: Vec3[] = [start.at]
  for (let now = start; ; ) {
    const next = now.next.pop()
    if (!next) return line
    next.next.splice(next.next.indexOf(now), 1)
    line.push(next.at)
    if (next === start) return line
    now = next
  }
}

function segments(line: readonly Vec3[]): number[] {
  return line.slice(1).flatMap((p, k) => [...line[k], ...p])
}

function contains(ring: readonly Vector2[], { x, y }: Vector2): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [a, b] = [ring[i], ring[j]]
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside
  }
  return inside
}

/** For each vertex the first one at the same place; only those near the plane can matter, but all are cheap. */
function weld(world: Float64Array, height: Float64Array): Uint32Array {
  const first = new Map<string, number>()
  const out = new Uint32Array(height.length)
  for (let v = 0; v < height.length; v++) {
    const key = `${Math.round(world[v * 3] / WELD)} ${Math.round(world[v * 3 + 1] / WELD)} ${Math.round(world[v * 3 + 2] / WELD)}`
    const known = first.get(key)
    if (known === undefined) first.set(key, v)
    out[v] = known ?? v
  }
  return out
}
