import { IDENTITY, type Mat4, multiply } from '@/core/base/geometry'
import type { RawPart, RawShape } from './engine.ts'
import { buildExtrusion, hasSimpleProfile } from './extruded.ts'
import { readFaceSet } from './face-sets.ts'
import { type FaceCount, readFaceted } from './faceted.ts'
import { type Built, makeMeshBuild } from './mesh-build.ts'
import { inverseRigid, type Placements } from './placement.ts'
import { refOf, refsOf, type StepFile } from './step-file.ts'
import { buildSweptDisk } from './swept-disk.ts'

/** A body read without the engine. */
export interface OwnBody {
  readonly parts: readonly RawPart[]
  /** Those not handed out before. */
  readonly shapes: readonly RawShape[]
  readonly faces: number
  /** Faces whose indices name no point or whose points are no numbers: left out. */
  readonly skipped: number
  readonly triangles: number
}
export interface OwnBodies {
  /** Whether the kinds of the items let one hope so. */
  likely(representations: readonly number[]): boolean
  /** Null where an item is of a kind that only the engine reads. */
  read(representations: readonly number[], segments: number): OwnBody | null
}

const DEEPEST = 16

interface Known extends FaceCount {
  readonly triangles: number
  readonly middle: readonly [number, number, number]
}

/**
 * Bodies of simple items, straight from the file: flat faces, face sets, terrain, extrusions of simple profiles, disks swept along lines, and
 * maps of these. Points are centred in double precision before they become floats. Each shape is made once and handed out once.
 */
export function readOwnBodies(
  step: StepFile,
  placements: Placements,
  toMetre: number,
  colorOf: (item: number) => RawPart['color'],
  /** Whether these entities and all that they refer to are as they must be. */
  sound: (roots: readonly number[]) => boolean,
): OwnBodies {
  const faceted = readFaceted(step)
  const build = makeMeshBuild()
  const known = new Map<number, Known>()
  const foreign = new Set<number>()

  return {
    likely: (representations) => representations.every((representation) => likely(representation, 0)),
    read(representations, segments) {
      const placed: { item: number; matrix: Mat4; color: RawPart['color'] }[] = []
      for (const representation of representations) if (!gather(representation, IDENTITY, null, 0, placed)) return null
      if (placed.length === 0) return null
      const parts: RawPart[] = []
      const shapes: RawShape[] = []
      const fresh: number[] = []
      let [faces, skipped, triangles] = [0, 0, 0]
      for (const { item, matrix, color } of placed) {
        const key = `=${item}`
        let shape = known.get(item)
        if (!shape) {
          const count: FaceCount = { faces: 0, skipped: 0 }
          build.begin()
          const built: Built | null = make(item, segments, count) ? build.finish(toMetre) : null
          if (!built) {
            foreign.add(item)
            for (const made of fresh) known.delete(made)
            return null
          }
          const { middle, positions, indices, closed } = built
          shape = { faces: count.faces, skipped: count.skipped, triangles: indices.length / 3, middle }
          known.set(item, shape)
          fresh.push(item)
          shapes.push({ key, positions, indices, closed })
        }
        faces += shape.faces
        skipped += shape.skipped
        triangles += shape.triangles
        const [x, y, z] = shape.middle
        parts.push({ key, matrix: shifted(metric(matrix), x, y, z), color })
      }
      return { parts, shapes, faces, skipped, triangles }
    },
  }

  function likely(representation: number, depth: number): boolean {
    const items = refsOf(step.argsOf(representation)[3])
    return items.length > 0 && depth < DEEPEST && items.every((item) => likelyItem(item, depth))
  }
  function likelyItem(item: number, depth: number): boolean {
    const type = step.typeOf(item)
    if (type === 'IFCEXTRUDEDAREASOLID') return hasSimpleProfile(step, item)
    if (type !== 'IFCMAPPEDITEM') return ITEMS.has(type)
    return likely(refOf(step.argsOf(refOf(step.argsOf(item)[0]))[1]), depth + 1)
  }

  /** Lists the items of a representation with their places, through maps. A style of the mapped item holds where the item has none. */
  function gather(
    representation: number,
    frame: Mat4,
    outer: RawPart['color'],
    depth: number,
    out: { item: number; matrix: Mat4; color: RawPart['color'] }[],
  ): boolean {
    const items = refsOf(step.argsOf(representation)[3])
    if (items.length === 0 || depth > DEEPEST) return false
    return items.every((item) => {
      if (foreign.has(item) || out.length > 20_000) return false
      const color = colorOf(item) ?? outer
      if (step.typeOf(item) !== 'IFCMAPPEDITEM') {
        if (!ITEMS.has(step.typeOf(item))) return false
        out.push({ item, matrix: frame, color })
        return true
      }
      const args = step.argsOf(item)
      const map = step.argsOf(refOf(args[0]))
      const target = refOf(args[1])
      if (map.length !== 2 || !step.typeOf(target).startsWith('IFCCARTESIANTRANSFORMATIONOPERATOR3D')) return false
      if (!sound([target, refOf(map[0])])) return false
      const back = inverseRigid(placements.axis3(refOf(map[0])))
      return gather(refOf(map[1]), multiply(frame, multiply(placements.operator(target), back)), color, depth + 1, out)
    })
  }

  function make(item: number, segments: number, count: FaceCount): boolean {
    switch (step.typeOf(item)) {
      case 'IFCEXTRUDEDAREASOLID':
        return sound([item]) && buildExtrusion(step, placements, segments, item, build)
      case 'IFCSWEPTDISKSOLID':
        return sound([item]) && buildSweptDisk(step, placements, segments, item, build)
      case 'IFCTRIANGULATEDFACESET':
      case 'IFCTRIANGULATEDIRREGULARNETWORK':
      case 'IFCPOLYGONALFACESET':
        return readFaceSet(step, item, build, count)
      default:
        return faceted.read(item, build, count)
    }
  }

  function metric(m: Mat4): Mat4 {
    if (toMetre === 1 || m === IDENTITY) return m
    return [...m.slice(0, 12), m[12] * toMetre, m[13] * toMetre, m[14] * toMetre, 1]
  }
}

const ITEMS = new Set([
  'IFCEXTRUDEDAREASOLID',
  'IFCSWEPTDISKSOLID',
  'IFCTRIANGULATEDFACESET',
  'IFCTRIANGULATEDIRREGULARNETWORK',
  'IFCPOLYGONALFACESET',
  'IFCFACETEDBREP',
  'IFCFACETEDBREPWITHVOIDS',
  'IFCFACEBASEDSURFACEMODEL',
  'IFCSHELLBASEDSURFACEMODEL',
  'IFCCLOSEDSHELL',
  'IFCOPENSHELL',
  'IFCCONNECTEDFACESET',
])

/** m · translation. */
function shifted(m: Mat4, x: number, y: number, z: number): Mat4 {
  const to = (r: number): number => m[r] * x + m[r + 4] * y + m[r + 8] * z + m[r + 12]
  return [m[0], m[1], m[2], 0, m[4], m[5], m[6], 0, m[8], m[9], m[10], 0, to(0), to(1), to(2), 1]
}
