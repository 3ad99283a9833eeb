import { IDENTITY } from '@/core/base/geometry'
import type { Element, Shape, SiteModel } from '@/core/model'

/** Sites made in code for tests: elements as boxes, prisms and surfaces. */
export type HandMade = Partial<Pick<Element, 'class' | 'type' | 'tag' | 'host' | 'fills' | 'state' | 'name'>> & { readonly shape: Shape | null }

export function siteModel(id: string, things: readonly HandMade[], origin: readonly [number, number, number] = [0, 0, 0]): SiteModel {
  const shapes: Shape[] = []
  const elements = things.map(({ shape, ...given }, index): Element => {
    const bounds = shape ? boundsOf(shape) : null
    if (shape) shapes.push(shape)
    return {
      index,
      expressId: index + 1,
      globalId: `${id}-${given.tag ?? ''}-${String(index).padStart(4, '0')}`,
      class: 'IfcWall',
      type: '',
      name: given.tag ?? '',
      tag: '',
      storey: -1,
      systems: [],
      host: -1,
      state: shape ? 'shown' : 'bodyless',
      reason: null,
      solids: null,
      bounds,
      parts: shape ? [{ shape: shapes.length - 1, matrix: IDENTITY, color: null }] : [],
      ...given,
    }
  })
  return {
    id,
    file: { name: `${id}.ifc`, sha256: '', bytes: 0, schema: 'IFC4', encoding: 'utf-8', application: '' },
    lengthUnit: { name: 'METRE', toMetre: 1, known: true },
    frame: { origin, georeference: null },
    elements,
    shapes,
    storeys: [],
    systems: [],
    tree: { expressId: 0, class: 'IfcProject', name: '', globalId: '', children: [], elements: [] },
    joints: [],
    census: { entities: 0, products: things.length, withBody: 0, shown: 0, simplified: 0, voided: 0, refused: 0, triangles: 0 },
    findings: [],
  }
}

/** Terrain over x × y in triangles of `step`, with a rectangular hole where one is asked for. */
export function terrain(
  x: readonly [number, number],
  y: readonly [number, number],
  level: (x: number, y: number) => number,
  step: number,
  hole: { readonly x: readonly [number, number]; readonly y: readonly [number, number] } | null = null,
): HandMade {
  const xs = ticks(x, step, hole?.x)
  const ys = ticks(y, step, hole?.y)
  const positions = ys.flatMap((v) => xs.flatMap((u) => [u, v, level(u, v)]))
  const indices: number[] = []
  for (let r = 0; r + 1 < ys.length; r++)
    for (let c = 0; c + 1 < xs.length; c++) {
      if (hole && xs[c] >= hole.x[0] && xs[c + 1] <= hole.x[1] && ys[r] >= hole.y[0] && ys[r + 1] <= hole.y[1]) continue
      const a = r * xs.length + c
      const d = a + xs.length
      indices.push(a, a + 1, d + 1, a, d + 1, d)
    }
  return {
    class: 'IfcGeographicElement',
    type: 'TERRAIN',
    shape: { positions: Float32Array.from(positions), indices: Uint32Array.from(indices), closed: false },
  }
}

/** A closed box; its top and bottom may be functions of the place. */
export function box(x: readonly [number, number], y: readonly [number, number], bottom: Level, top: Level): Shape {
  return prism(
    [
      [x[0], y[0]],
      [x[1], y[0]],
      [x[1], y[1]],
      [x[0], y[1]],
    ],
    bottom,
    top,
  )
}
/** A wall of thickness t along a line in plan. */
export function wall(a: readonly [number, number], b: readonly [number, number], t: number, bottom: Level, top: Level): Shape {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const length = Math.sqrt(dx * dx + dy * dy)
  const [ox, oy] = [(-dy / length) * (t / 2), (dx / length) * (t / 2)]
  return prism(
    [
      [a[0] - ox, a[1] - oy],
      [b[0] - ox, b[1] - oy],
      [b[0] + ox, b[1] + oy],
      [a[0] + ox, a[1] + oy],
    ],
    bottom,
    top,
  )
}
type Level = number | ((x: number, y: number) => number)

/** A convex prism over a counter-clockwise outline. */
export function prism(outline: readonly (readonly [number, number])[], bottom: Level, top: Level): Shape {
  const at = (level: Level, [x, y]: readonly [number, number]) => (typeof level === 'number' ? level : level(x, y))
  const n = outline.length
  const positions = [...outline.flatMap((p) => [...p, at(bottom, p)]), ...outline.flatMap((p) => [...p, at(top, p)])]
  const indices: number[] = []
  for (let k = 1; k + 1 < n; k++) indices.push(0, k + 1, k, n, n + k, n + k + 1)
  for (let k = 0; k < n; k++) {
    const next = (k + 1) % n
    indices.push(k, next, n + next, k, n + next, n + k)
  }
  return { positions: Float32Array.from(positions), indices: Uint32Array.from(indices), closed: true }
}

function ticks([from, to]: readonly [number, number], step: number, extra: readonly [number, number] | undefined): number[] {
  const count = Math.round((to - from) / step)
  const all = Array.from({ length: count + 1 }, (_, k) => from + k * step)
  return [...new Set([...all, ...(extra ?? [])])].sort((a, b) => a - b)
}

function boundsOf({ positions }: Shape): NonNullable<Element['bounds']> {
  const min: [number, number, number] = [Infinity, Infinity, Infinity]
  const max: [number, number, number] = [-Infinity, -Infinity, -Infinity]
  positions.forEach((value, k) => {
    if (value < min[k % 3]) min[k % 3] = value
    if (value > max[k % 3]) max[k % 3] = value
  })
  return { min, max }
}
