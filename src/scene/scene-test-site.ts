import { IDENTITY, type Mat4 } from '@/core/base/geometry'
import type { Element, Shape, SiteModel } from '@/core/model'

/** Small sites for the tests of this folder. */
export function testModel(
  id: string,
  elements: readonly { readonly class?: string; readonly tag?: string; readonly shape: Shape; readonly matrices: readonly Mat4[] }[],
): SiteModel {
  const shapes = [...new Set(elements.map((element) => element.shape))]
  return {
    id,
    file: { name: `${id}.ifc`, sha256: '', bytes: 0, schema: 'IFC4', encoding: 'utf-8', application: '' },
    lengthUnit: { name: 'metre', toMetre: 1, known: true },
    frame: { origin: [0, 0, 0], georeference: null },
    elements: elements.map((made, index) => element(id, index, made, shapes)),
    shapes,
    storeys: [],
    systems: [],
    tree: { expressId: 0, class: 'IfcProject', name: '', globalId: '', children: [], elements: [] },
    joints: [],
    census: { entities: 0, products: 0, withBody: 0, shown: 0, simplified: 0, voided: 0, refused: 0, openings: 0, triangles: 0 },
    findings: [],
  } as unknown as SiteModel
}

function element(
  model: string,
  index: number,
  made: { readonly class?: string; readonly tag?: string; readonly shape: Shape; readonly matrices: readonly Mat4[] },
  shapes: readonly Shape[],
): Element {
  const points = made.matrices.flatMap((m) => {
    const out: number[][] = []
    const p = made.shape.positions
    for (let k = 0; k < p.length; k += 3) out.push([0, 1, 2].map((r) => m[r] * p[k] + m[4 + r] * p[k + 1] + m[8 + r] * p[k + 2] + m[12 + r]))
    return out
  })
  const limit = (pick: (...n: number[]) => number) => [0, 1, 2].map((a) => pick(...points.map((p) => p[a]))) as unknown as [number, number, number]
  return {
    index,
    expressId: index + 1,
    globalId: `${model}-${index}`,
    class: made.class ?? 'IfcWall',
    type: '',
    name: made.tag ?? `e${index}`,
    tag: made.tag ?? `e${index}`,
    storey: -1,
    systems: [],
    host: -1,
    state: 'shown',
    reason: null,
    parts: made.matrices.map((matrix) => ({ shape: shapes.indexOf(made.shape), matrix, color: null })),
    solids: null,
    bounds: { min: limit(Math.min), max: limit(Math.max) },
  }
}

export function at(x: number, y: number, z: number, scale = 1): Mat4 {
  return [scale, 0, 0, 0, 0, scale, 0, 0, 0, 0, scale, 0, x, y, z, 1]
}

export const CUBE: Shape = {
  positions: new Float32Array([0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0, 0, 0, 1, 1, 0, 1, 1, 1, 1, 0, 1, 1]),
  indices: new Uint32Array([0, 2, 1, 0, 3, 2, 4, 5, 6, 4, 6, 7, 0, 1, 5, 0, 5, 4, 1, 2, 6, 1, 6, 5, 2, 3, 7, 2, 7, 6, 3, 0, 4, 3, 4, 7]),
  closed: true,
}

/** A pipe of radius 1 and length 1 along z, with caps. */
export function drum(facets: number): Shape {
  const positions: number[] = []
  const indices: number[] = []
  for (let k = 0; k < facets; k++) {
    const a = (k / facets) * 2 * Math.PI
    positions.push(Math.cos(a), Math.sin(a), 0, Math.cos(a), Math.sin(a), 1)
  }
  positions.push(0, 0, 0, 0, 0, 1)
  for (let k = 0; k < facets; k++) {
    const a = 2 * k
    const b = 2 * ((k + 1) % facets)
    indices.push(a, b, b + 1, a, b + 1, a + 1, 2 * facets, b, a, 2 * facets + 1, a + 1, b + 1)
  }
  return { positions: new Float32Array(positions), indices: new Uint32Array(indices), closed: true }
}

export { IDENTITY }
