import type { RawPart, RawShape } from './engine.ts'
import { numberOf, refOf, refsOf, type StepFile, type Value } from './step-file.ts'
import { closedness } from './weld.ts'

/** A body of triangles as the file gives it, read without the engine. */
export interface Tessellated {
  readonly parts: readonly RawPart[]
  readonly shapes: readonly RawShape[]
  readonly faces: number
  /** Faces whose indices name no point or whose points are no numbers: left out. */
  readonly skipped: number
}

const KINDS = new Set(['IFCTRIANGULATEDFACESET', 'IFCTRIANGULATEDIRREGULARNETWORK'])

/** Greatest distance of a point from the middle of its shape that is believed [m]. */
const FARTHEST = 1e6

/**
 * Bodies made of triangulated face sets and terrain networks only. The engine drops such a body as a whole for one bad index; here the bad
 * face alone goes. Null where another kind of item is among them. Points are centred in double precision before they become floats.
 */
export function readTessellated(
  step: StepFile,
  representations: readonly number[],
  toMetre: number,
  colorOf: (item: number) => RawPart['color'],
): Tessellated | null {
  const items = representations.flatMap((r) => refsOf(step.argsOf(r)[3]))
  if (items.length === 0 || !items.every((item) => KINDS.has(step.typeOf(item)))) return null
  const parts: RawPart[] = []
  const shapes: RawShape[] = []
  let faces = 0
  let skipped = 0
  for (const item of items) {
    const args = step.argsOf(item)
    const list = step.argsOf(refOf(args[0]))[0]
    const index = args[3]
    if (!Array.isArray(list) || !Array.isArray(index)) return null
    const through = Array.isArray(args[4]) && args[4].every((v) => typeof v === 'number') ? (args[4] as number[]) : null
    const read = readSet(list, index, through, toMetre)
    faces += index.length
    skipped += read.skipped
    const key = `${item}`
    parts.push({ key, matrix: new Float64Array([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, ...read.middle, 1]), color: colorOf(item) })
    shapes.push({ key, positions: read.positions, indices: read.indices, closed: closedness(read.indices) })
  }
  return { parts, shapes, faces, skipped }
}

function readSet(list: readonly Value[], index: readonly Value[], through: readonly number[] | null, toMetre: number) {
  const count = list.length
  const points = new Float64Array(count * 3)
  const min = [Infinity, Infinity, Infinity]
  const max = [-Infinity, -Infinity, -Infinity]
  for (let k = 0; k < count; k++) {
    const point = list[k]
    for (let c = 0; c < 3; c++) {
      const value = Array.isArray(point) ? numberOf(point[c]) * toMetre : Number.NaN
      points[k * 3 + c] = value
      if (value < min[c]) min[c] = value
      if (value > max[c]) max[c] = value
    }
  }
  const middle = [0, 1, 2].map((c) => (Number.isFinite(min[c] + max[c]) ? (min[c] + max[c]) / 2 : 0))
  const placeOf = new Map<string, number>()
  const remap = new Int32Array(count).fill(-1)
  const positions: number[] = []
  const indices: number[] = []
  let skipped = 0

  /** Place of a point by its number in the file (from 1), points at one place becoming one; −1 where there is none. */
  function place(number: number): number {
    const k = (through ? (through[number - 1] ?? 0) : number) - 1
    if (!(k >= 0 && k < count) || !Number.isInteger(k)) return -1
    if (remap[k] >= 0) return remap[k]
    const at = [0, 1, 2].map((c) => Math.fround(points[k * 3 + c] - middle[c]) + 0)
    if (!at.every((v) => Math.abs(v) < FARTHEST)) return -1
    const name = at.join()
    let found = placeOf.get(name)
    if (found === undefined) {
      found = positions.length / 3
      placeOf.set(name, found)
      positions.push(...at)
    }
    remap[k] = found
    return found
  }
  for (const face of index) {
    const corners = Array.isArray(face) ? face.map((v) => place(numberOf(v))) : []
    if (corners.length !== 3 || corners.some((v) => v < 0)) skipped++
    else if (corners[0] !== corners[1] && corners[1] !== corners[2] && corners[2] !== corners[0]) indices.push(...corners)
  }
  return { positions: Float32Array.from(positions), indices: Uint32Array.from(indices), middle, skipped }
}
