import type { MeshBuild } from './mesh-build.ts'
import { fillFace } from './polygon.ts'
import type { StepFile } from './step-file.ts'
import { type Cursor, readReal } from './step-number.ts'

/** What of an item's faces could be read. */
export interface FaceCount {
  faces: number
  /** Left out: they name no point, or points that are no numbers. */
  skipped: number
}

/** Bodies of flat faces (IfcFacetedBrep, surface models, shells), read straight from the bytes into `build`. */
export interface FacetedReader {
  /** False where the item is of another kind or holds faces that are not flat polygons: it is the engine's. */
  read(item: number, build: MeshBuild, count: FaceCount): boolean
}

const NO_HOLES: readonly number[][] = []
type Answer = 'face' | 'bad' | 'foreign'

export function readFaceted(step: StepFile): FacetedReader {
  const { bytes, starts, ends, codes, count: entities } = step.scan
  const code = (type: string): number => step.codeOf(type)
  const [FACE, OUTER, BOUND, LOOP, POINT] = ['IFCFACE', 'IFCFACEOUTERBOUND', 'IFCFACEBOUND', 'IFCPOLYLOOP', 'IFCCARTESIANPOINT'].map(code)
  const SHELLS = ['IFCCLOSEDSHELL', 'IFCOPENSHELL', 'IFCCONNECTEDFACESET'].map(code).filter((c) => c >= 0)
  const MODELS = ['IFCFACETEDBREP', 'IFCFACETEDBREPWITHVOIDS', 'IFCFACEBASEDSURFACEMODEL', 'IFCSHELLBASEDSURFACEMODEL'].map(code).filter((c) => c >= 0)
  const FOREIGN = ['IFCADVANCEDFACE', 'IFCFACESURFACE', 'IFCEDGELOOP', 'IFCVERTEXLOOP'].map(code).filter((c) => c >= 0)
  // Point number in the shape at hand, by entity: good while the stamp is this item's.
  let stamps = new Uint32Array(0)
  let numbers = new Uint32Array(0)
  let stamp = 0
  const cursor: Cursor = { at: 0 }
  const shellRefs: number[] = []
  const faceRefs: number[] = []
  const boundRefs: number[] = []
  const pointRefs: number[] = []
  const ring: number[] = []

  return {
    read(item, build, count) {
      const k = step.placeOf(item)
      if (k < 0) return false
      if (stamps.length < entities) {
        stamps = new Uint32Array(entities)
        numbers = new Uint32Array(entities)
      }
      stamp++
      if (SHELLS.includes(codes[k])) return readShell(k, build, count)
      if (!MODELS.includes(codes[k])) return false
      shellRefs.length = 0
      refsAt(k, shellRefs)
      for (const ref of shellRefs) {
        const shell = step.placeOf(ref)
        if (shell < 0 || !SHELLS.includes(codes[shell])) return false
        if (!readShell(shell, build, count)) return false
      }
      return true
    },
  }

  function readShell(shell: number, build: MeshBuild, count: FaceCount): boolean {
    faceRefs.length = 0
    refsAt(shell, faceRefs)
    for (let f = 0; f < faceRefs.length; f++) {
      const answer = readFace(step.placeOf(faceRefs[f]), build)
      if (answer === 'foreign') return false
      count.faces++
      if (answer === 'bad') count.skipped++
    }
    return true
  }

  function readFace(face: number, build: MeshBuild): Answer {
    if (face < 0 || codes[face] !== FACE) return face >= 0 && FOREIGN.includes(codes[face]) ? 'foreign' : 'bad'
    boundRefs.length = 0
    refsAt(face, boundRefs)
    // Nearly every face has one bound; nothing is allocated for it.
    if (boundRefs.length === 1) {
      const answer = readBound(step.placeOf(boundRefs[0]), build)
      if (answer === 'face') fillFace(build, ring, NO_HOLES)
      return answer
    }
    let outer = -1
    const loops: number[][] = []
    for (const ref of boundRefs) {
      const bound = step.placeOf(ref)
      const answer = readBound(bound, build)
      if (answer !== 'face') return answer
      if (codes[bound] === OUTER && outer < 0) outer = loops.length
      loops.push([...ring])
    }
    if (loops.length === 0) return 'bad'
    // Without a bound that calls itself the outer one, it is the one around the others.
    if (outer < 0) outer = widest(loops, build)
    const [border] = loops.splice(outer, 1)
    fillFace(build, border, loops)
    return 'face'
  }

  /** Reads the loop of a bound into `ring`. */
  function readBound(bound: number, build: MeshBuild): Answer {
    if (bound < 0 || (codes[bound] !== OUTER && codes[bound] !== BOUND)) return 'bad'
    const from = starts[bound]
    const to = ends[bound]
    let p = from
    while (p < to && bytes[p] !== 35) p++
    let id = 0
    for (p++; p < to && bytes[p] >= 48 && bytes[p] <= 57; p++) id = id * 10 + bytes[p] - 48
    while (p < to && bytes[p] !== 46) p++
    const reversed = bytes[p + 1] === 70 || bytes[p + 1] === 102
    const loop = step.placeOf(id)
    if (loop < 0 || codes[loop] !== LOOP) return loop >= 0 && FOREIGN.includes(codes[loop]) ? 'foreign' : 'bad'
    pointRefs.length = 0
    refsAt(loop, pointRefs)
    ring.length = 0
    for (let r = 0; r < pointRefs.length; r++) {
      const number = pointOf(pointRefs[r], build)
      if (number < 0) return 'bad'
      if (ring.length === 0 || ring[ring.length - 1] !== number) ring.push(number)
    }
    if (ring.length > 1 && ring[0] === ring[ring.length - 1]) ring.pop()
    if (reversed) ring.reverse()
    return 'face'
  }

  /** Number of a point in the shape at hand, −1 where it cannot be read. */
  function pointOf(id: number, build: MeshBuild): number {
    const k = step.placeOf(id)
    if (k < 0 || codes[k] !== POINT) return -1
    if (stamps[k] === stamp) return numbers[k]
    const to = ends[k]
    let p = starts[k]
    while (p < to && (bytes[p] === 40 || bytes[p] <= 32)) p++
    const x = readReal(bytes, p, to, cursor)
    p = past(cursor.at, to)
    const y = readReal(bytes, p, to, cursor)
    p = past(cursor.at, to)
    const z = readReal(bytes, p, to, cursor)
    if (!Number.isFinite(x + y + z) || bytes[blank(cursor.at, to)] !== 41) return -1
    const number = build.point(x, y, z)
    stamps[k] = stamp
    numbers[k] = number
    return number
  }
  function blank(p: number, to: number): number {
    while (p < to && bytes[p] <= 32) p++
    return p
  }
  /** Behind the one comma at p; the end where there is none, so that what follows is no number. */
  function past(p: number, to: number): number {
    const q = blank(p, to)
    return bytes[q] === 44 ? blank(q + 1, to) : to
  }

  function refsAt(k: number, out: number[]): void {
    const to = ends[k]
    for (let p = starts[k]; p < to; p++) {
      const c = bytes[p]
      if (c === 35) {
        let id = 0
        for (p++; p < to && bytes[p] >= 48 && bytes[p] <= 57; p++) id = id * 10 + bytes[p] - 48
        out.push(id)
        p--
      } else if (c === 39) for (p++; p < to && bytes[p] !== 39; ) p++
    }
  }
}

function widest(loops: readonly (readonly number[])[], m: MeshBuild): number {
  let best = 0
  let most = -1
  for (const [at, loop] of loops.entries()) {
    let size = 0
    for (const c of [m.x, m.y, m.z]) {
      const values = loop.map(c)
      size += (Math.max(...values) - Math.min(...values)) ** 2
    }
    if (size > most) {
      most = size
      best = at
    }
  }
  return best
}
