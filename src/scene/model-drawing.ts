import {
  BufferAttribute,
  BufferGeometry,
  DataTexture,
  Group,
  InstancedBufferAttribute,
  InstancedMesh,
  LineSegments,
  Mesh,
  NearestFilter,
  type Object3D,
  type Plane,
  RGBAFormat,
  Sphere,
  UnsignedByteType,
  Vector3,
} from 'three'
import type { Vec3 } from '@/core/base/geometry'
import type { SiteModel } from '@/core/model'
import { type Batch, type BatchKind, buildBatches, type InstancedBatch, type MergedBatch } from './model-batches.ts'
import { edgeMaterial, linear, type ObjectUniforms, objectDepthMaterial, objectMaterial, type Pass } from './object-material.ts'
import { ACCENT } from './palette.ts'
import { createObjectTable, isSolid, type ObjectTable, paintStates, STATE_WIDTH } from './scene-objects.ts'
import type { ClashFocus, SceneView } from './scene-props.ts'

/** The models as three.js objects: few draw calls, and one small texture that says how every object looks. */
export interface ModelDrawing {
  readonly group: Group
  readonly table: ObjectTable
  readonly uniforms: ObjectUniforms
  readonly states: () => Uint8Array
  /** The ground is drawn as such: neither hidden nor a ghost. */
  groundShown(): boolean
  sync(models: readonly SiteModel[]): void
  /** Builds what is waiting for at most so long [ms]; false when all is built. */
  work(budget: number): boolean
  paint(models: readonly SiteModel[], view: SceneView, focus: ClashFocus | null): void
  /** Placed triangles of all that is drawn. */
  triangles(): number
  /** While a slow picture moves: no edges, and nothing smaller than two pixels; all of it again at rest. */
  lighten(eye: Vec3 | null, pixels: number): void
  dispose(): void
}
/** A batch that takes less of the picture is left out while it moves [px]. */
const SMALLEST = 2
/** A layer that no camera looks at. */
const UNSEEN = 1

/** Drawn in this order: what can be seen through comes after what is seen through it. */
export const ORDER = { edges: 1, soil: 2, ground: 3, groundEdges: 4, glass: 5, water: 6, falls: 7, ghost: 8, overlay: 10 } as const

/** Draw calls of a loading file before its pieces are joined. */
const MOST_PIECES = 90

export function createModelDrawing(clippingPlanes: Plane[]): ModelDrawing {
  const group = new Group()
  const table = createObjectTable()
  let states = new Uint8Array(STATE_WIDTH * 4)
  const uniforms: ObjectUniforms = {
    uState: { value: stateTexture(states) },
    uAccent: { value: linear(ACCENT.light) },
    uEdge: { value: linear([58, 66, 76]) },
    uEdgeOpacity: { value: 0.5 },
    uSoil: { value: 1 },
    uCut: { value: 0 },
  }
  const materials: Record<Pass, ReturnType<typeof objectMaterial>> = {
    solid: objectMaterial('solid', uniforms, clippingPlanes),
    glass: objectMaterial('glass', uniforms, clippingPlanes),
    ground: objectMaterial('ground', uniforms, clippingPlanes),
    ghost: objectMaterial('ghost', uniforms, clippingPlanes),
  }
  const depth = objectDepthMaterial(uniforms, clippingPlanes)
  const edges = edgeMaterial(uniforms, clippingPlanes, false)
  const groundEdges = edgeMaterial(uniforms, clippingPlanes, true)
  const ghosts: Object3D[] = []
  let ghostsShown = false
  let light = false
  let placed = 0
  let waiting: Generator<Batch | null> | null = null
  const queue: number[] = []

  const add = (batch: Batch) => {
    const mesh = batch.form === 'merged' ? mergedMesh(batch) : instancedMesh(batch)
    for (const pass of [batch.kind, 'ghost'] as const) {
      const drawn = pass === 'ghost' ? (mesh.clone() as Mesh) : mesh
      drawn.material = materials[pass]
      drawn.renderOrder = pass === 'solid' ? 0 : ORDER[pass]
      drawn.matrixAutoUpdate = false
      if (pass === 'ghost') {
        drawn.visible = ghostsShown && !old
        ghosts.push(drawn)
      } else {
        drawn.visible = !old
        drawn.castShadow = batch.kind === 'solid'
        drawn.receiveShadow = batch.kind !== 'glass'
        drawn.customDepthMaterial = depth
      }
      group.add(drawn)
    }
    if (batch.form === 'merged' && batch.edges.length) {
      const lines = edgeLines(batch, batch.kind === 'ground' ? groundEdges : edges)
      lines.visible = !old
      group.add(lines)
    }
  }
  const remove = (child: Object3D) => {
    ;(child as Mesh).geometry.dispose()
    if (child instanceof InstancedMesh) child.dispose()
    group.remove(child)
    const ghost = ghosts.indexOf(child)
    if (ghost >= 0) ghosts.splice(ghost, 1)
  }
  // While pieces are built again, the old ones stay in the picture and the new ones wait.
  let old: Object3D[] | null = null
  let few = 0
  const rebuild = () => {
    if (old) for (const child of group.children.filter((one) => !old?.includes(one))) remove(child)
    old = [...(old ?? group.children)]
    waiting = null
    queue.length = 0
    queue.push(...table.objects.filter((object) => table.alive(object)).map((object) => object.id))
  }
  const settle = () => {
    if (old) {
      for (const child of old) remove(child)
      old = null
      for (const child of group.children) child.visible = ghostsShown || !ghosts.includes(child)
      few = group.children.length
    } else if (group.children.length > MOST_PIECES && group.children.length > 1.5 * few) rebuild()
  }

  return {
    group,
    table,
    uniforms,
    states: () => states,
    groundShown: () => table.objects.some((object) => object.terrain && table.alive(object) && isSolid(states, object.id)),
    sync(models) {
      const { fresh, gone } = table.sync(models)
      placed = models.reduce((sum, { census }) => sum + census.triangles, 0)
      if (gone.length) {
        // Batches hold many objects each: taking some out means building again, which cached shapes make cheap.
        rebuild()
      } else queue.push(...fresh)
      const rows = Math.ceil(Math.max(1, table.objects.length) / STATE_WIDTH)
      if (rows * STATE_WIDTH * 4 > states.length) {
        states = new Uint8Array(2 ** Math.ceil(Math.log2(rows)) * STATE_WIDTH * 4)
        uniforms.uState.value.dispose()
        uniforms.uState.value = stateTexture(states)
      }
    },
    work(budget) {
      const end = performance.now() + budget
      while (performance.now() < end) {
        if (!waiting) {
          if (!queue.length) {
            // All that was drawn may have gone.
            if (old) settle()
            return false
          }
          const ids = queue.splice(0)
          waiting = buildBatches(ids.map((id) => table.objects[id]).filter((object) => table.alive(object)))
        }
        const step = waiting.next()
        if (step.done) {
          waiting = null
          // Batches of a loading file come in crumbs: where they have become many, they are built again as few.
          if (!queue.length) settle()
        } else if (step.value) add(step.value)
      }
      return waiting !== null || queue.length > 0
    },
    paint(models, view, focus) {
      ghostsShown = paintStates(table, models, view, focus, states).ghosts
      uniforms.uState.value.needsUpdate = true
      for (const ghost of ghosts) ghost.visible = ghostsShown && (!old || old.includes(ghost))
      const dark = view.theme === 'dark'
      uniforms.uAccent.value.copy(linear(ACCENT[view.theme]))
      uniforms.uEdge.value.copy(dark ? linear([18, 22, 28]) : linear([58, 66, 76]))
      uniforms.uEdgeOpacity.value = dark ? 0.6 : 0.5
      uniforms.uCut.value = view.section || view.sectionBox ? 1 : 0
      uniforms.uSoil.value = view.soil
      const clear = view.soil < 0.999
      materials.ground.transparent = clear
      materials.ground.depthWrite = view.soil > 0.35
      materials.ground.visible = groundEdges.visible = view.soil > 0.004
    },
    triangles: () => placed,
    lighten(eye, pixels) {
      if (!eye && !light) return
      light = eye !== null
      for (const child of group.children) {
        const { boundingSphere } = (child as Mesh).geometry
        const small =
          eye !== null &&
          boundingSphere !== null &&
          (boundingSphere.radius * pixels) / Math.max(0.1, Math.hypot(...boundingSphere.center.toArray().map((v, k) => v - eye[k]))) < SMALLEST
        child.layers.set(eye && (child instanceof LineSegments || small) ? UNSEEN : 0)
      }
    },
    dispose() {
      for (const child of [...group.children]) remove(child)
      uniforms.uState.value.dispose()
      for (const material of [...Object.values(materials), depth, edges, groundEdges]) material.dispose()
    },
  }
}

function stateTexture(states: Uint8Array<ArrayBuffer>): DataTexture {
  const texture = new DataTexture(states, STATE_WIDTH, states.length / (STATE_WIDTH * 4), RGBAFormat, UnsignedByteType)
  texture.minFilter = texture.magFilter = NearestFilter
  texture.needsUpdate = true
  return texture
}

function mergedMesh(batch: MergedBatch): Mesh {
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(batch.positions, 3))
  geometry.setAttribute('normal', new BufferAttribute(batch.normals, 4, true))
  geometry.setAttribute('aColor', new BufferAttribute(batch.colors, 4, true))
  geometry.setAttribute('aId', new BufferAttribute(batch.ids, 1))
  geometry.setIndex(new BufferAttribute(batch.indices, 1))
  geometry.computeBoundingSphere()
  return new Mesh(geometry)
}

function instancedMesh(batch: InstancedBatch): InstancedMesh {
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(batch.shape.positions, 3))
  geometry.setAttribute('normal', new BufferAttribute(batch.shape.normals, 4, true))
  geometry.setAttribute('aColor', new InstancedBufferAttribute(batch.colors, 4, true))
  geometry.setAttribute('aId', new InstancedBufferAttribute(batch.ids, 1))
  geometry.setIndex(new BufferAttribute(batch.shape.indices, 1))
  const mesh = new InstancedMesh(geometry, undefined, batch.ids.length)
  mesh.instanceMatrix = new InstancedBufferAttribute(batch.matrices, 16)
  mesh.computeBoundingSphere()
  return mesh
}

function edgeLines(batch: MergedBatch, material: ReturnType<typeof edgeMaterial>): LineSegments {
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(batch.edges, 3))
  geometry.setAttribute('aId', new BufferAttribute(batch.edgeIds, 1))
  geometry.computeBoundingSphere()
  if (!geometry.boundingSphere) geometry.boundingSphere = new Sphere(new Vector3(), Infinity)
  const lines = new LineSegments(geometry, material)
  lines.renderOrder = batch.kind === 'ground' ? ORDER.groundEdges : ORDER.edges
  lines.matrixAutoUpdate = false
  return lines
}

export type { BatchKind }
