import type { FaceCount } from './faceted.ts'
import type { MeshBuild } from './mesh-build.ts'
import { fillFace } from './polygon.ts'
import type { StepFile } from './step-file.ts'
import { type Cursor, readReal } from './step-number.ts'

const TRIANGULATED = ['IFCTRIANGULATEDFACESET', 'IFCTRIANGULATEDIRREGULARNETWORK']

/**
 * Triangulated and polygonal face sets and terrain networks, straight from the bytes. The engine drops such a body as a whole for one bad
 * index; here the bad face alone goes. False where the item is of another kind or its lists cannot be found.
 */
export function readFaceSet(step: StepFile, item: number, build: MeshBuild, count: FaceCount): boolean {
  const type = step.typeOf(item)
  const triangulated = TRIANGULATED.includes(type)
  if (!triangulated && type !== 'IFCPOLYGONALFACESET') return false
  const { bytes, starts, ends } = step.scan
  const k = step.placeOf(item)
  const fields = fieldsOf(bytes, starts[k], ends[k])
  const list = step.placeOf(reference(bytes, fields[0]))
  if (list < 0 || step.typeOf(step.scan.ids[list]) !== 'IFCCARTESIANPOINTLIST3D') return false
  const places = readPoints(bytes, starts[list] + 1, ends[list], build)
  const through = numbersIn(bytes, fields[triangulated ? 4 : 3])
  const place = (number: number): number => places[(through.length > 0 ? (through[number - 1] ?? 0) : number) - 1] ?? -1
  if (triangulated) {
    const field = fields[3]
    if (!field || bytes[field.from] !== 40) return false
    eachTuple(bytes, field.from + 1, field.to, (corners) => {
      count.faces++
      const [a, b, c] = [place(corners[0]), place(corners[1]), place(corners[2])]
      if (corners.length !== 3 || a < 0 || b < 0 || c < 0) count.skipped++
      else if (a !== b && b !== c && c !== a) build.triangle(a, b, c)
    })
    return true
  }
  for (const face of step.refsAt(fields[2]?.from ?? 0, fields[2]?.to ?? 0)) {
    count.faces++
    const loops = readPolygon(step, face, place)
    if (!loops) count.skipped++
    else fillFace(build, loops[0], loops.slice(1))
  }
  return true
}

function readPolygon(step: StepFile, face: number, place: (number: number) => number): number[][] | null {
  if (!step.typeOf(face).startsWith('IFCINDEXEDPOLYGONALFACE')) return null
  const { bytes, starts, ends } = step.scan
  const k = step.placeOf(face)
  const fields = fieldsOf(bytes, starts[k], ends[k])
  const loops = [numbersIn(bytes, fields[0]).map(place)]
  if (fields[1] && bytes[fields[1].from] === 40)
    eachTuple(bytes, fields[1].from + 1, fields[1].to, (corners) => {
      loops.push(corners.map(place))
    })
  return loops[0].length >= 3 && loops.every((loop) => loop.every((v) => v >= 0)) ? loops : null
}

/** Puts all points of `((x,y,z),…)` into the build and gives their numbers there, −1 where a point is not three finite numbers. */
function readPoints(bytes: Uint8Array, from: number, to: number, build: MeshBuild): Int32Array {
  let places = new Int32Array(1024)
  let n = 0
  eachTuple(bytes, bytes[from] === 40 ? from + 1 : from, to, (point) => {
    if (n === places.length) {
      const more = new Int32Array(n * 2)
      more.set(places)
      places = more
    }
    places[n++] = point.length === 3 && Number.isFinite(point[0] + point[1] + point[2]) ? build.point(point[0], point[1], point[2]) : -1
  })
  return places.subarray(0, n)
}

/** Calls with each bracket of numbers in `(…),(…)`; the array is used again. Stops at the bracket that closes the list. */
function eachTuple(bytes: Uint8Array, from: number, to: number, take: (numbers: number[]) => void): void {
  const cursor: Cursor = { at: 0 }
  const numbers: number[] = []
  let p = from
  let inside = false
  while (p < to) {
    const c = bytes[p]
    if (c === 40) {
      inside = true
      numbers.length = 0
      p++
    } else if (c === 41) {
      if (!inside) return
      take(numbers)
      inside = false
      p++
    } else if (c === 44 || c <= 32) p++
    else {
      const value = readReal(bytes, p, to, cursor)
      if (inside) numbers.push(value)
      p = Math.max(cursor.at, p + 1)
    }
  }
}

interface Field {
  readonly from: number
  readonly to: number
}

/** Where each argument of an entity lies. */
function fieldsOf(bytes: Uint8Array, start: number, end: number): Field[] {
  const fields: Field[] = []
  let depth = 0
  let from = start + 1
  for (let p = start; p < end; p++) {
    const c = bytes[p]
    if (c === 39) for (p++; p < end && bytes[p] !== 39; ) p++
    else if (c === 40) depth++
    else if (c === 41 && --depth === 0) {
      put(p)
      break
    } else if (c === 44 && depth === 1) {
      put(p)
      from = p + 1
    }
  }
  return fields

  function put(to: number): void {
    while (from < to && bytes[from] <= 32) from++
    fields.push({ from, to })
  }
}

function reference(bytes: Uint8Array, field: Field | undefined): number {
  if (!field || bytes[field.from] !== 35) return 0
  let id = 0
  for (let p = field.from + 1; p < field.to && bytes[p] >= 48 && bytes[p] <= 57; p++) id = id * 10 + bytes[p] - 48
  return id
}

function numbersIn(bytes: Uint8Array, field: Field | undefined): number[] {
  let out: number[] = []
  if (field && bytes[field.from] === 40)
    eachTuple(bytes, field.from, field.to, (numbers) => {
      out = [...numbers]
    })
  return out
}
