import { BufferAttribute, BufferGeometry, DoubleSide, Matrix4, Ray, Vector3 } from 'three'
import { MeshBVH } from 'three-mesh-bvh'
import type { Vec3 } from '@/core/base/geometry'
import type { Shape } from '@/core/model'
import { type BoxTree, buildBoxTree } from './box-tree.ts'
import type { ObjectTable, SceneObject } from './scene-objects.ts'
import type { SectionPlane } from './scene-props.ts'

export interface RayHit {
  readonly object: SceneObject
  readonly distance: number
  readonly point: Vec3
  readonly normal: Vec3
}
export interface CastOptions {
  /** Only objects for which this holds. */
  readonly accept: (object: SceneObject) => boolean
  readonly sections: readonly SectionPlane[]
  readonly far?: number
}
/** Rays against what is drawn, in the project frame. Synchronous: boxes of elements first, then the shape's own tree, built when first hit. */
export interface Picker {
  /** Builds the trees of shapes that no ray has met yet, for at most so long [ms]; false when all are built. */
  warm(budget: number): boolean
  cast(origin: Vec3, direction: Vec3, options: CastOptions): RayHit | null
}

export function createPicker(table: ObjectTable): Picker {
  const objects = table.objects.filter((object) => table.alive(object) && object.element.bounds)
  const boxes = new Float64Array(objects.length * 6)
  objects.forEach(({ element }, k) => {
    boxes.set(element.bounds!.min, k * 6)
    boxes.set(element.bounds!.max, k * 6 + 3)
  })
  // Boxes were made in doubles from the file, shapes are floats: half a millimetre of slack keeps flat boxes from being missed.
  for (let k = 0; k < boxes.length; k++) boxes[k] += k % 6 < 3 ? -5e-4 : 5e-4
  const tree: BoxTree = buildBoxTree(boxes)
  let warmed = 0
  return {
    warm(budget) {
      const end = performance.now() + budget
      for (; warmed < objects.length && performance.now() < end; warmed++)
        for (const part of objects[warmed].element.parts) treeOf(objects[warmed].model.shapes[part.shape])
      return warmed < objects.length
    },
    cast(origin, direction, { accept, sections, far = Infinity }) {
      const [near, end] = shownRange(origin, direction, sections, far)
      if (near > end) return null
      let best: RayHit | null = null
      tree.cast(origin, direction, near, end, (item, limit) => {
        const object = objects[item]
        if (!accept(object)) return limit
        const hit = castObject(object, origin, direction, near, limit)
        if (!hit || hit.distance >= limit) return limit
        best = hit
        return hit.distance
      })
      return best
    },
  }
}

/** The part of the ray on the shown side of every section plane. */
function shownRange(o: Vec3, d: Vec3, sections: readonly SectionPlane[], far: number): [number, number] {
  let near = 0
  let end = far
  for (const { normal: n, offset } of sections) {
    const height = n[0] * o[0] + n[1] * o[1] + n[2] * o[2] - offset
    const rise = n[0] * d[0] + n[1] * d[1] + n[2] * d[2]
    if (Math.abs(rise) < 1e-12) {
      if (height > 0) return [1, 0]
    } else if (rise > 0) end = Math.min(end, -height / rise)
    else near = Math.max(near, -height / rise)
  }
  return [near, end]
}

const trees = new WeakMap<Shape, MeshBVH>()
function treeOf(shape: Shape): MeshBVH {
  let tree = trees.get(shape)
  if (!tree) {
    const geometry = new BufferGeometry()
    geometry.setAttribute('position', new BufferAttribute(shape.positions, 3))
    geometry.setIndex(new BufferAttribute(shape.indices, 1))
    // Indirect: the shape's own index must keep its order, others read it.
    tree = new MeshBVH(geometry, { indirect: true })
    trees.set(shape, tree)
  }
  return tree
}

const toLocal = new Matrix4()
const placed = new Matrix4()
const ray = new Ray()
const normal = new Vector3()

function castObject(object: SceneObject, origin: Vec3, direction: Vec3, near: number, far: number): RayHit | null {
  let best: RayHit | null = null
  for (const part of object.element.parts) {
    placed.fromArray(part.matrix as number[])
    toLocal.copy(placed).invert()
    ray.origin.set(origin[0], origin[1], origin[2]).applyMatrix4(toLocal)
    // Not made unit: distances along the ray stay those of the project frame.
    const tip = normal.set(origin[0] + direction[0], origin[1] + direction[1], origin[2] + direction[2]).applyMatrix4(toLocal)
    ray.direction.copy(tip).sub(ray.origin)
    const stretch = ray.direction.length()
    ray.direction.divideScalar(stretch)
    const hit = treeOf(object.model.shapes[part.shape]).raycastFirst(ray, DoubleSide, near * stretch, far * stretch)
    if (!hit) continue
    const distance = hit.distance / stretch
    if (distance < near || distance > far || (best && distance >= best.distance)) continue
    normal.copy(hit.face?.normal ?? ray.direction).transformDirection(placed)
    const facing = normal.x * direction[0] + normal.y * direction[1] + normal.z * direction[2]
    const sign = facing > 0 ? -1 : 1
    best = {
      object,
      distance,
      point: [origin[0] + direction[0] * distance, origin[1] + direction[1] * distance, origin[2] + direction[2] * distance],
      normal: [normal.x * sign, normal.y * sign, normal.z * sign],
    }
  }
  return best
}
