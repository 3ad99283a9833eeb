import type { Vec3 } from '@/core/base/geometry'
import { transformPoint } from '@/core/base/geometry'
import type { Element, SiteModel } from '@/core/model'
import { levelsAt, makeSheet, type Sheet, spansOver } from './sheet.ts'

/** One element as a body in the frame of the grid: a sheet for each of its shapes. */
export interface Body {
  /** `model:globalId`. */
  readonly id: string
  readonly model: SiteModel
  readonly element: Element
  /** `closed`: the skin of a solid, whether or not cuts have left its edges tidy. */
  readonly sheets: readonly { readonly sheet: Sheet; readonly closed: boolean }[]
  /** Openings made in it. The mesh should have them already; taking them off again does no harm where it has, and is needed where it has not. */
  readonly voids: readonly Body[]
  readonly min: readonly [number, number, number]
  readonly max: readonly [number, number, number]
}

/** The body of an element, null where it has none or one that is not finite. */
export function bodyOf(model: SiteModel, element: Element, offset: Vec3): Body | null {
  const sheets = element.parts.map((part) => {
    const shape = model.shapes[part.shape]
    const sheet = makeSheet(trianglesOf(model, element, offset, [part]))
    return { sheet, closed: shape.closed || isSkin(sheet) }
  })
  const min: [number, number, number] = [Infinity, Infinity, Infinity]
  const max: [number, number, number] = [-Infinity, -Infinity, -Infinity]
  for (const { sheet } of sheets)
    for (let axis = 0; axis < 3; axis++) {
      if (sheet.min[axis] < min[axis]) min[axis] = sheet.min[axis]
      if (sheet.max[axis] > max[axis]) max[axis] = sheet.max[axis]
    }
  if (![...min, ...max].every(Number.isFinite)) return null
  const voids = openingsIn(model, element).flatMap((opening) => bodyOf(model, opening, offset) ?? [])
  return { id: `${model.id}:${element.globalId}`, model, element, sheets, voids, min, max }
}

/** Has as much plan area facing up as down: the skin of a solid. */
function isSkin({ flat }: Sheet): boolean {
  let [sum, all] = [0, 0]
  for (let k = 0; k < flat.length; k += 9) {
    const twice = (flat[k + 3] - flat[k]) * (flat[k + 7] - flat[k + 1]) - (flat[k + 4] - flat[k + 1]) * (flat[k + 6] - flat[k])
    sum += twice
    all += Math.abs(twice)
  }
  return Math.abs(sum) < 0.1 * all
}

function openingsIn(model: SiteModel, element: Element): Element[] {
  let byHost = OPENINGS.get(model)
  if (!byHost) {
    byHost = new Map()
    for (const opening of model.elements) {
      if (opening.state !== 'opening' || opening.host < 0) continue
      const list = byHost.get(opening.host)
      if (list) list.push(opening)
      else byHost.set(opening.host, [opening])
    }
    OPENINGS.set(model, byHost)
  }
  return byHost.get(element.index) ?? []
}
/** Openings of a model by the index of their host. */
const OPENINGS = new WeakMap<SiteModel, Map<number, Element[]>>()

/** Corners of an element's triangles, nine numbers each. */
export function trianglesOf(model: SiteModel, element: Element, offset: Vec3, parts = element.parts): Float64Array {
  let count = 0
  for (const part of parts) count += model.shapes[part.shape].indices.length
  const out = new Float64Array(count * 3)
  let at = 0
  for (const part of parts) {
    const { positions, indices } = model.shapes[part.shape]
    for (const index of indices) {
      const [x, y, z] = transformPoint(part.matrix, positions[3 * index], positions[3 * index + 1], positions[3 * index + 2])
      out[at++] = x + offset[0]
      out[at++] = y + offset[1]
      out[at++] = z + offset[2]
    }
  }
  return out
}

/** The solid stretches of a body over (x, y), from below, disjoint: [bottom, top] each. */
export function solidAt(body: Body, x: number, y: number): [number, number][] {
  const spans: [number, number][] = []
  for (const { sheet, closed } of body.sheets) {
    const levels = evenLevels(sheet, x, y, closed)
    if (closed) for (let k = 0; k + 1 < levels.length; k += 2) spans.push([levels[k], levels[k + 1]])
    else if (levels.length > 0) spans.push([levels[0], levels[levels.length - 1]])
  }
  spans.sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const out: [number, number][] = []
  for (const [bottom, top] of spans) {
    const last = out[out.length - 1]
    if (last && bottom <= last[1] + 0.005) {
      if (top > last[1]) last[1] = top
    } else out.push([bottom, top])
  }
  return body.voids.reduce((solid, opening) => cutOut(solid, opening, x, y), out)
}

function cutOut(solid: [number, number][], opening: Body, x: number, y: number): [number, number][] {
  if (x < opening.min[0] || x > opening.max[0] || y < opening.min[1] || y > opening.max[1]) return solid
  let left = solid
  for (const [foot, head] of solidAt(opening, x, y))
    left = left.flatMap(([bottom, top]): [number, number][] => {
      if (head <= bottom || foot >= top) return [[bottom, top]]
      const pieces: [number, number][] = [
        [bottom, foot],
        [head, top],
      ]
      return pieces.filter(([from, to]) => to > from + 1e-6)
    })
  return left
}

/** Where a line in plan passes over a body, as spans of its parameter 0…1. */
export function spansOverBody(body: Body, ax: number, ay: number, bx: number, by: number): [number, number][] {
  return body.sheets.flatMap(({ sheet }) => spansOver(sheet, ax, ay, bx, by))
}

/** Direction in plan of the upright face nearest to (x, y), as absolute cosine and sine to the x axis; null without upright faces. */
export function directionAt(body: Body, x: number, y: number): [number, number] | null {
  let nearest = Infinity
  let longest = 0
  let found: [number, number] | null = null
  for (const { sheet } of body.sheets)
    for (let k = 0; k < sheet.upright.length; k += 4) {
      const [ax, ay, bx, by] = sheet.upright.subarray(k, k + 4)
      const [dx, dy] = [bx - ax, by - ay]
      const length = Math.sqrt(dx * dx + dy * dy)
      if (!(length > 0)) continue
      let t = ((x - ax) * dx + (y - ay) * dy) / (length * length)
      t = t < 0 ? 0 : Math.min(t, 1)
      const [ox, oy] = [ax + t * dx - x, ay + t * dy - y]
      const distance = Math.sqrt(ox * ox + oy * oy)
      if (distance < nearest - 1e-6 || (distance < nearest + 1e-6 && length > longest)) {
        nearest = distance
        longest = length
        found = [Math.abs(dx) / length, Math.abs(dy) / length]
      }
    }
  return found
}

/** Levels at a point; where their number is odd in a closed body, on an edge or in a crack of its mesh, those a hair beside it. */
function evenLevels(sheet: Sheet, x: number, y: number, closed: boolean): number[] {
  const levels = levelsAt(sheet, x, y)
  if (!closed || levels.length % 2 === 0) return levels
  for (const hair of [1e-5, -1e-5, 1e-3, -1e-3, 4e-3, -4e-3]) {
    const beside = levelsAt(sheet, x + hair, y + 0.7 * hair)
    if (beside.length > 0 && beside.length % 2 === 0) return beside
  }
  return levels.length > 1 ? [levels[0], levels[levels.length - 1]] : []
}
