import { type Box, type Mat4, multiply, transformPoint } from '@/core/base/geometry'
import { type Problem, problem } from '@/core/base/problem'
import type { Element, Part, Shape, SiteModel } from '@/core/model'
import type { Outline } from './reader.ts'
import { solidBox } from './solid-box.ts'
import type { Settled } from './watch.ts'

/** A coordinate farther out than this is an error of the file, not a place on Earth [m]. */
const FARTHEST = 2e7

/** Puts the results of the engines together, in the order of elements whatever order they come in. */
export interface Assembly {
  add(results: readonly Settled[]): { elements: Element[]; shapes: { index: number; shape: Shape }[] }
  finish(): SiteModel
}

export function assemble(outline: Outline): Assembly {
  const elements = [...outline.model.elements]
  const indexOf = new Map(outline.work.map((w) => [w.id, w.index]))
  const openingsOf = new Map(outline.work.map((w) => [w.id, w.openings]))
  const shapes: Shape[] = []
  const shapeOf = new Map<string, number>()
  const boxes: Box[] = []

  function add(results: readonly Settled[]): ReturnType<Assembly['add']> {
    const fresh: { index: number; shape: Shape }[] = []
    const changed = results.flatMap((result) => {
      const index = indexOf.get(result.id)
      if (index === undefined) return []
      const element = settle(elements[index], result, fresh)
      elements[index] = element
      return [element]
    })
    return { elements: changed, shapes: fresh }
  }

  function settle(element: Element, result: Settled, fresh: { index: number; shape: Shape }[]): Element {
    const opening = element.state === 'opening'
    if (result.kind === 'refused') return { ...element, state: opening ? 'opening' : 'refused', reason: result.reason, solids: null }
    const openings = openingsOf.get(result.id) ?? 0
    if (result.kind === 'voided')
      return { ...element, state: opening ? 'opening' : 'voided', reason: problem('ifc.voided', { openings }, `#${result.id}`, 'info'), solids: null }
    for (const raw of result.shapes) {
      if (shapeOf.has(raw.key)) continue
      const shape: Shape = { positions: raw.positions, indices: raw.indices, closed: raw.closed }
      shapeOf.set(raw.key, shapes.length)
      fresh.push({ index: shapes.length, shape })
      boxes.push(boxOf(raw.positions))
      shapes.push(shape)
    }
    const parts: Part[] = []
    let bounds: Box | null = null
    for (const part of result.parts) {
      const shape = shapeOf.get(part.key)
      if (shape === undefined || shapes[shape].indices.length === 0) continue
      const matrix = new Float64Array(multiply(result.placement, part.matrix))
      parts.push({ shape, matrix, color: linear(part.color ?? result.color) })
      bounds = joined(bounds, placedBox(shapes[shape].positions, boxes[shape], matrix))
    }
    // Exact solids are the whole body; facets end short of a circle, or a Float32 beyond it.
    if (bounds && element.solids?.length) bounds = element.solids.map(solidBox).reduce(joined)
    const reach = bounds ? Math.max(...bounds.min.map(Math.abs), ...bounds.max.map(Math.abs)) : Number.NaN
    if (!bounds || !(reach < FARTHEST)) {
      const reason: Problem = bounds ? problem('ifc.far', { kilometres: Math.round(reach / 1000) }, `#${result.id}`) : problem('ifc.empty', {}, `#${result.id}`)
      return { ...element, state: opening ? 'opening' : 'refused', reason, solids: null }
    }
    const reason = result.uncut
      ? problem('ifc.uncut', { openings }, `#${result.id}`, 'warning')
      : result.skipped
        ? problem('ifc.badTriangles', { skipped: result.skipped.faces, of: result.skipped.of }, `#${result.id}`, 'warning')
        : result.gap > 0
          ? problem('ifc.gap', { share: result.gap }, `#${result.id}`, 'warning')
          : null
    return { ...element, state: opening ? 'opening' : reason ? 'simplified' : 'shown', reason, parts, bounds }
  }

  /** Numbers the shapes by the first element that uses them, so that a model does not depend on which engine was quicker. */
  function finish(): SiteModel {
    const order: Shape[] = []
    const placeOf = new Int32Array(shapes.length).fill(-1)
    const sorted = elements.map((element): Element => {
      if (element.parts.length === 0) return element
      const parts = element.parts.map((part) => {
        if (placeOf[part.shape] < 0) {
          placeOf[part.shape] = order.length
          order.push(shapes[part.shape])
        }
        return { ...part, shape: placeOf[part.shape] }
      })
      return { ...element, parts }
    })
    const count = (state: Element['state']): number => sorted.reduce((sum, e) => sum + (e.state === state ? 1 : 0), 0)
    const triangles = sorted.reduce((sum, e) => sum + (e.state === 'opening' ? 0 : e.parts.reduce((s, p) => s + order[p.shape].indices.length / 3, 0)), 0)
    const { model } = outline
    return {
      ...model,
      elements: sorted,
      shapes: order,
      census: { ...model.census, shown: count('shown'), simplified: count('simplified'), voided: count('voided'), refused: count('refused'), triangles },
    }
  }
  return { add, finish }
}

function boxOf(positions: Float32Array): Box {
  let [x0, y0, z0, x1, y1, z1] = [Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity]
  for (let k = 0; k < positions.length; k += 3) {
    const [x, y, z] = [positions[k], positions[k + 1], positions[k + 2]]
    if (x < x0) x0 = x
    if (x > x1) x1 = x
    if (y < y0) y0 = y
    if (y > y1) y1 = y
    if (z < z0) z0 = z
    if (z > z1) z1 = z
  }
  return { min: [x0, y0, z0], max: [x1, y1, z1] }
}

/** Tight box of a placed shape: by its corners where axes stay axes, else by its points. */
function placedBox(positions: Float32Array, box: Box, m: Mat4): Box {
  const min: [number, number, number] = [Infinity, Infinity, Infinity]
  const max: [number, number, number] = [-Infinity, -Infinity, -Infinity]
  const take = (x: number, y: number, z: number): void => {
    const p = transformPoint(m, x, y, z)
    for (let c = 0; c < 3; c++) {
      if (p[c] < min[c]) min[c] = p[c]
      if (p[c] > max[c]) max[c] = p[c]
    }
  }
  if (isAxial(m))
    for (let corner = 0; corner < 8; corner++) take(box[corner & 1 ? 'max' : 'min'][0], box[corner & 2 ? 'max' : 'min'][1], box[corner & 4 ? 'max' : 'min'][2])
  else for (let k = 0; k < positions.length; k += 3) take(positions[k], positions[k + 1], positions[k + 2])
  return { min, max }
}

function isAxial(m: Mat4): boolean {
  for (let c = 0; c < 3; c++) {
    let used = 0
    for (let r = 0; r < 3; r++) if (m[c * 4 + r] !== 0) used++
    if (used > 1) return false
  }
  return true
}

function joined(a: Box | null, b: Box): Box {
  if (!a) return b
  return {
    min: [Math.min(a.min[0], b.min[0]), Math.min(a.min[1], b.min[1]), Math.min(a.min[2], b.min[2])],
    max: [Math.max(a.max[0], b.max[0]), Math.max(a.max[1], b.max[1]), Math.max(a.max[2], b.max[2])],
  }
}

/** Files write sRGB; the model keeps linear light (IEC 61966-2-1). */
function linear(color: readonly [number, number, number, number] | null): Part['color'] {
  if (!color) return null
  const [r, g, b, a] = color
  return [channel(r), channel(g), channel(b), Math.min(1, Math.max(0, a))]
}
function channel(c: number): number {
  return c <= 0.04045 ? Math.max(0, c) / 12.92 : Math.min(1, ((c + 0.055) / 1.055) ** 2.4)
}
