import { type PerspectiveCamera, Plane, Vector3 } from 'three'
import type { Box, Vec3 } from '@/core/base/geometry'
import { add, dot, emptyBox, length, normalize, scale, sub, unite } from '@/core/base/geometry'
import type { ElementRef, SiteModel } from '@/core/model'
import { type CameraMotion, createCameraMotion } from './camera-motion.ts'
import { basisOf, FOV, framing, poseOf, VIEW_DIRECTIONS } from './camera-rig.ts'
import { createModelDrawing, type ModelDrawing } from './model-drawing.ts'
import { isPlate } from './palette.ts'
import { createPicker, type Picker, type RayHit } from './picking.ts'
import { FOCUS, isSolid, type SceneObject } from './scene-objects.ts'
import type { CameraPose, ClashFocus, NamedView, SceneHit, SceneView, ScreenPoint, SectionPlane, SnapPoint } from './scene-props.ts'
import { planesOf } from './section-outline.ts'
import { snapAt } from './snap.ts'
import { type SoilBlock, soilBlock } from './soil-block.ts'
import type { Feel } from './walk.ts'

/**
 * What stands on the stage, where the camera is, and what lies under a point of the screen: all that the scene knows outside of React.
 * The world of three.js here is the project frame itself (Z up), so that nothing has to be converted on the way in or out.
 */
export interface Stage {
  readonly drawing: ModelDrawing
  readonly motion: CameraMotion
  readonly clippingPlanes: Plane[]
  /** Canvas in CSS px. */
  readonly size: { width: number; height: number }
  /** Gives the box round all that is drawn, and the soil under the terrain. */
  setModels(models: readonly SiteModel[]): { readonly bounds: Box; readonly soil: SoilBlock | null }
  setView(models: readonly SiteModel[], view: SceneView, focus: ClashFocus | null): void
  bounds(): Box
  boundsOf(refs: readonly ElementRef[]): Box | null
  soil(): SoilBlock | null
  /** Writes the camera of the moment into three's. */
  applyCamera(camera: PerspectiveCamera): void
  rayAt(x: number, y: number): { origin: Vec3; direction: Vec3 }
  pick(x: number, y: number): SceneHit | null
  /** Makes picks ready in the background, for at most so long [ms]; false when they are. */
  warm(budget: number): boolean
  /** How far something solid is along a ray, for one who walks. */
  feel: Feel
  /** Where a thing put there would stand: on the ground, a slab or a pit floor. */
  standAt(x: number, y: number): Vec3 | null
  groundAt(x: number, y: number): number | null
  project(point: Vec3): ScreenPoint | null
  /** Both ends on the screen, the part behind the camera cut off; null where all of it is. */
  projectSegment(p: Vec3, q: Vec3): readonly [ScreenPoint, ScreenPoint] | null
  /** What a measure would take under a point of the screen. */
  snap(x: number, y: number): SnapPoint | null
  screenOf(globalId: string): ScreenPoint | null
  /** What a pointer means: an icon before what lies behind it. The drawn scene puts its own in place of `pick`. */
  pickAll(x: number, y: number): SceneHit | null
  /** A pose on a box: along a direction, or along the one from which it is best seen. */
  frame(box: Box, direction?: Vec3, fill?: number): CameraPose
  frameVisible(box: Box): CameraPose
  viewPose(name: NamedView): CameraPose
}

export { FOV }

const EMPTY_SITE: Box = { min: [-20, -20, -2], max: [20, 20, 6] }

export function createStage(): Stage {
  const clippingPlanes: Plane[] = []
  const drawing = createModelDrawing(clippingPlanes)
  const { table } = drawing
  const size = { width: 1, height: 1 }
  let models: readonly SiteModel[] = []
  let view: SceneView | null = null
  let sections: readonly SectionPlane[] = []
  let picker: Picker | null = null
  let bounds: Box = EMPTY_SITE
  let soil: SoilBlock | null = null
  const motion = createCameraMotion({ position: [60, -80, 50], target: [0, 0, 0] })
  let focused = false

  const alive = () => table.objects.filter((object) => table.alive(object))
  const solid = (object: SceneObject) => isSolid(drawing.states(), object.id)
  const soilHides = () => (view?.soil ?? 1) > 0.5
  const cast = (origin: Vec3, direction: Vec3, accept: (object: SceneObject) => boolean, far?: number): RayHit | null => {
    picker ??= createPicker(table)
    return picker.cast(origin, direction, { accept, sections, ...(far === undefined ? {} : { far }) })
  }

  const stage: Stage = {
    drawing,
    motion,
    clippingPlanes,
    size,
    setModels(next) {
      models = next
      drawing.sync(models)
      picker = null
      const boxes = alive().flatMap((object) => (object.element.bounds ? [object.element.bounds] : []))
      bounds = boxes.length ? boxes.reduce(unite, emptyBox()) : EMPTY_SITE
      soil = soilBlock(
        alive().filter((object) => object.terrain),
        bounds,
      )
      return { bounds, soil }
    },
    setView(shown, next, focus) {
      view = next
      sections = planesOf(next)
      focused = focus !== null
      clippingPlanes.length = sections.length
      sections.forEach(({ normal: [x, y, z], offset }, k) => {
        // three keeps the side the normal points to.
        clippingPlanes[k] = (clippingPlanes[k] ?? new Plane()).set(new Vector3(-x, -y, -z), offset)
      })
      drawing.paint(shown, next, focus)
    },
    bounds: () => bounds,
    boundsOf(refs) {
      let box: Box | null = null
      for (const ref of refs) {
        const id = table.idOf(ref)
        const own = id === undefined ? null : table.objects[id].element.bounds
        if (own) box = box ? unite(box, own) : own
      }
      return box
    },
    soil: () => soil,
    applyCamera(camera) {
      const rig = motion.rig()
      const { right, up, forward } = basisOf(rig)
      camera.matrix.set(
        right[0], up[0], -forward[0], rig.position[0],
        right[1], up[1], -forward[1], rig.position[1],
        right[2], up[2], -forward[2], rig.position[2],
        0, 0, 0, 1,
      ) // biome-ignore format: a matrix reads by rows
      camera.matrix.decompose(camera.position, camera.quaternion, camera.scale)
      const middle = scale(add(bounds.min, bounds.max), 0.5)
      const radius = length(sub(bounds.max, bounds.min)) / 2
      camera.near = Math.min(4, Math.max(0.05, rig.distance * 0.02))
      camera.far = length(sub(rig.position, middle)) + radius * 5 + 50
      camera.updateProjectionMatrix()
      camera.updateMatrixWorld()
    },
    rayAt(x, y) {
      const rig = motion.rig()
      const { right, up, forward } = basisOf(rig)
      const tan = Math.tan(FOV / 2)
      const sx = ((2 * x) / size.width - 1) * tan * (size.width / size.height)
      const sy = (1 - (2 * y) / size.height) * tan
      return { origin: rig.position, direction: normalize(add(forward, add(scale(right, sx), scale(up, sy)))) }
    },
    pick(x, y) {
      const { origin, direction } = stage.rayAt(x, y)
      const hit = cast(origin, direction, (object) => solid(object) && (!object.ground || soilHides()))
      // Through soil one sees; where nothing else lies under the pointer it is the soil that was meant.
      const found = hit ?? cast(origin, direction, (object) => solid(object) && object.ground && (view?.soil ?? 1) > 0.02)
      return found && hitOf(found)
    },
    warm(budget) {
      picker ??= createPicker(table)
      return picker.warm(budget)
    },
    feel: (origin, direction, far) => cast(origin, direction, solid, far)?.distance ?? null,
    standAt(x, y) {
      const { origin, direction } = stage.rayAt(x, y)
      return cast(origin, direction, (object) => solid(object) && (object.ground || isPlate(object.element)))?.point ?? null
    },
    groundAt(x, y) {
      const top = bounds.max[2] + 10
      const stands = (object: SceneObject) => object.ground || isPlate(object.element)
      picker ??= createPicker(table)
      return picker.cast([x, y, top], [0, 0, -1], { accept: stands, sections: [] })?.point[2] ?? null
    },
    project(point) {
      const rig = motion.rig()
      const { right, up, forward } = basisOf(rig)
      const to = sub(point, rig.position)
      const depth = to[0] * forward[0] + to[1] * forward[1] + to[2] * forward[2]
      if (depth <= 0.01) return null
      const tan = Math.tan(FOV / 2) * depth
      const sx = (to[0] * right[0] + to[1] * right[1] + to[2] * right[2]) / (tan * (size.width / size.height))
      const sy = (to[0] * up[0] + to[1] * up[1] + to[2] * up[2]) / tan
      return { x: ((sx + 1) / 2) * size.width, y: ((1 - sy) / 2) * size.height }
    },
    projectSegment(p, q) {
      const { position } = motion.rig()
      const { forward } = basisOf(motion.rig())
      const depth = (point: Vec3) => dot(sub(point, position), forward) - 0.05
      const [a, b] = [depth(p), depth(q)]
      if (a <= 0 && b <= 0) return null
      const cut = add(p, scale(sub(q, p), a / (a - b)))
      const ends = [stage.project(a > 0 ? p : cut), stage.project(b > 0 ? q : cut)]
      return ends[0] && ends[1] ? [ends[0], ends[1]] : null
    },
    snap(x, y) {
      const accept = (object: SceneObject) => solid(object) && (!object.ground || soilHides())
      return snapAt({ rayAt: stage.rayAt, project: stage.project, sections, cast: (origin, direction, far) => cast(origin, direction, accept, far) }, x, y)
    },
    pickAll: (x, y) => stage.pick(x, y),
    screenOf(globalId) {
      const object = table.byGlobalId(globalId)
      const box = object?.element.bounds
      if (!object || !box) return null
      for (const [u, v, w] of SAMPLES) {
        const at: Vec3 = [box.min[0] + (box.max[0] - box.min[0]) * u, box.min[1] + (box.max[1] - box.min[1]) * v, box.min[2] + (box.max[2] - box.min[2]) * w]
        const screen = stage.project(at)
        if (!screen || screen.x < 2 || screen.y < 2 || screen.x > size.width - 2 || screen.y > size.height - 2) continue
        const hit = stage.pick(screen.x, screen.y)
        if (hit?.ref && table.idOf(hit.ref) === object.id) return screen
      }
      return null
    },
    frame(box, direction, fill) {
      return framing(grown(box), direction ?? basisOf(motion.rig()).forward, FOV, size.width / size.height, fill)
    },
    frameVisible(box) {
      const pair = (object: SceneObject) => focused && (drawing.states()[object.id * 4 + 3] & FOCUS) !== 0
      const points = samplesOf(box)
      const wide = around(box)
      let best: { pose: CameraPose; score: number } | null = null
      for (const direction of directions(basisOf(motion.rig()).forward)) {
        const pose = framing(wide, direction, FOV, size.width / size.height, 0.9)
        let score = 0
        for (const point of points) {
          const to = sub(point, pose.position)
          const reach = length(to)
          const hit = cast(pose.position, normalize(to), solid, reach - 0.02)
          score += !hit ? 1 : pair(hit.object) ? 0.5 : 0
        }
        if (!best || score > best.score + 1e-9) best = { pose, score }
        if (score === points.length) break
      }
      return { position: best!.pose.position, target: scale(add(box.min, box.max), 0.5) }
    },
    viewPose(name) {
      return name === 'home' ? homePose(stage, models) : stage.frame(bounds, VIEW_DIRECTIONS[name], 0.92)
    },
  }
  return stage

  function hitOf({ object, point, normal }: RayHit): SceneHit {
    return { ref: { model: object.model.id, index: object.element.index }, equipment: null, point, normal, ground: object.ground }
  }
}

/**
 * Three-quarter from the south-east over what is being built: the models without the terrain, or all where there is no terrain. What lies
 * far below does not push the camera away.
 */
function homePose(stage: Stage, models: readonly SiteModel[]): CameraPose {
  const { table } = stage.drawing
  const withGround = new Set(table.objects.filter((object) => table.alive(object) && object.terrain).map((object) => object.model.id))
  if (!withGround.size || withGround.size === models.length) return stage.frame(stage.bounds(), VIEW_DIRECTIONS.home, 0.9)
  const boxes = table.objects
    .filter((object) => table.alive(object) && !withGround.has(object.model.id) && object.element.bounds)
    .map((object) => object.element.bounds!)
  const all = boxes.reduce(unite, emptyBox())
  const middle = (axis: number) => {
    const sorted = boxes.map((box) => (box.min[axis] + box.max[axis]) / 2).sort((a, b) => a - b)
    return [sorted[Math.floor(sorted.length * 0.04)], sorted[Math.floor(sorted.length * 0.96)]]
  }
  const [x0, x1] = middle(0)
  const [y0, y1] = middle(1)
  const level = stage.soil()?.box.max[2] ?? all.max[2]
  const pose = stage.frame({ min: [x0, y0, Math.max(all.min[2], level - 24)], max: [x1, y1, level] }, VIEW_DIRECTIONS.home, 1.12)
  // The near end is the tall one in the picture: the view moves towards it, so that both ends have the same room.
  const [dx, dy] = VIEW_DIRECTIONS.home
  const shift: Vec3 = [-dx * (x1 - x0) * 0.13, -dy * (y1 - y0) * 0.13, 0]
  return { position: add(pose.position, shift), target: add(pose.target, shift) }
}

/** A box with some size, so that a thin pipe is not looked at from a hand's breadth. */
function grown({ min, max }: Box): Box {
  const least = 0.6
  const add = [0, 1, 2].map((a) => Math.max(0, least - (max[a] - min[a])) / 2)
  return { min: [min[0] - add[0], min[1] - add[1], min[2] - add[2]], max: [max[0] + add[0], max[1] + add[1], max[2] + add[2]] }
}
/** Room round a contact: enough of both elements to know them by. */
function around({ min, max }: Box): Box {
  const reach = Math.max(1.6, Math.min(9, Math.max(max[0] - min[0], max[1] - min[1], max[2] - min[2]) * 0.9))
  return { min: [min[0] - reach, min[1] - reach, min[2] - reach], max: [max[0] + reach, max[1] + reach, max[2] + reach] }
}
function samplesOf({ min, max }: Box): Vec3[] {
  const at = (u: number, v: number, w: number): Vec3 => [min[0] + (max[0] - min[0]) * u, min[1] + (max[1] - min[1]) * v, min[2] + (max[2] - min[2]) * w]
  return [at(0.5, 0.5, 0.5), at(0.1, 0.5, 0.5), at(0.9, 0.5, 0.5), at(0.5, 0.1, 0.5), at(0.5, 0.9, 0.5), at(0.5, 0.5, 0.1), at(0.5, 0.5, 0.9)]
}
/** Where one looks from first: as now, then from the home side, then round the compass, last from below. */
function directions(now: Vec3): Vec3[] {
  const list: Vec3[] = [VIEW_DIRECTIONS.home]
  if (now[2] < -0.15 && now[2] > -0.9) list.unshift(now)
  for (const pitch of [-0.45, -0.85, -0.15, 0.35])
    for (let k = 0; k < 8; k++) {
      const yaw = ((k * 45 + 22.5) / 180) * Math.PI
      list.push([Math.cos(yaw) * Math.cos(pitch), Math.sin(yaw) * Math.cos(pitch), Math.sin(pitch)])
    }
  return list
}

const SAMPLES: Vec3[] = [[0.5, 0.5, 0.5]]
for (const u of [0.02, 0.25, 0.5, 0.75, 0.98]) for (const v of [0.02, 0.25, 0.5, 0.75, 0.98]) for (const w of [0.02, 0.5, 0.98]) SAMPLES.push([u, v, w])

export { poseOf }
