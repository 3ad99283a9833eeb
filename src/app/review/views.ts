import { add, dot, normalize, scale, sub, type Vec3 } from '@/core/base/geometry'
import type { Clash } from '@/core/clash'
import type { ElementRef, SiteModel } from '@/core/model'
import { type Camera, clashViewpoint, componentOf, distanceOf, newViewpoint, originOf, upOf, type Viewpoint, withField } from '@/core/review'
import { FOV } from '@/scene/camera-rig'
import type { CameraPose, SectionPlane } from '@/scene/scene-props'
import { clashesOf } from '../store/clashes-of.ts'
import type { Runtime, TwinState } from '../store/state.ts'

const FIELD = (FOV * 180) / Math.PI
/** Width of the picture that goes with a view [px]. */
const PICTURE = 800
/** How far what a view looks at is, where nothing tells [m]. */
const UNKNOWN = 10

/** What the screen shows, as a view of BCF: camera, section, the clash or the selection, and a picture. */
export async function captureView(guid: string, state: TwinState, { scene }: Runtime, withPicture = true): Promise<Viewpoint> {
  const { models, section, selection, isolated, focus } = state
  const clash = focus === null ? null : (clashesOf(state).find(({ id }) => id === focus) ?? null)
  const pose = scene.current?.camera() ?? null
  const camera = pose && cameraOf(pose, models)
  const snapshot = withPicture && scene.current ? await pictureOf(scene.current.snapshot()) : null
  const origin = originOf(models)
  const base = clash
    ? clashViewpoint(clash, models, camera, snapshot)
    : {
        ...newViewpoint(guid),
        camera,
        snapshot: snapshot && { name: 'snapshot.png', bytes: snapshot },
        selection: selection.flatMap((ref) => componentOf(globalIdOf(models, ref))),
      }
  return {
    ...base,
    guid,
    index: null,
    visibility: isolated
      ? { default: false, exceptions: isolated.flatMap((ref) => componentOf(globalIdOf(models, ref))), hints: null }
      : { default: true, exceptions: [], hints: null },
    planes: section ? [{ location: add(scale(section.normal, section.offset), origin), direction: section.normal }] : [],
  }
}

export function cameraOf({ position, target }: CameraPose, models: readonly SiteModel[]): Camera {
  const direction = normalize(sub(target, position))
  return { kind: 'perspective', position: add(position, originOf(models)), direction, up: upOf(direction), fieldOfView: FIELD, aspect: 16 / 9 }
}

export interface RestoredView {
  readonly pose: CameraPose | null
  readonly section: SectionPlane | null
  readonly selection: readonly ElementRef[]
  readonly hidden: readonly ElementRef[]
  readonly isolated: readonly ElementRef[] | null
  readonly clash: Clash | null
  /** Components that are in none of the open models. */
  readonly missing: number
  readonly planes: number
}

/** What the scene must show for a view, as far as the open models have it. */
export function restoreView(view: Viewpoint, state: TwinState): RestoredView {
  const { models } = state
  const origin = originOf(models)
  const byId = new Map<string, ElementRef>()
  for (const model of models) for (const element of model.elements) byId.set(element.globalId, { model: model.id, index: element.index })
  let missing = 0
  const refs = (components: Viewpoint['selection']) =>
    components.flatMap(({ globalId }) => {
      const ref = byId.get(globalId)
      if (!ref) missing++
      return ref ? [ref] : []
    })
  const selection = refs(view.selection)
  const exceptions = view.visibility ? refs(view.visibility.exceptions) : []
  const ids = new Set(view.selection.map(({ globalId }) => globalId))
  const clash = ids.size === 2 ? (clashesOf(state).find(({ a, b }) => b && ids.has(a.globalId) && ids.has(b.globalId)) ?? null) : null
  const [plane] = view.planes
  return {
    pose: view.camera && poseOf(view, origin, selection, models),
    section: plane ? { normal: plane.direction, offset: dot(sub(plane.location, origin), plane.direction) } : null,
    selection,
    hidden: view.visibility?.default === true ? exceptions : [],
    // A view that hides all but what is not here would show nothing.
    isolated: view.visibility?.default === false && exceptions.length > 0 ? exceptions : null,
    clash,
    missing,
    planes: view.planes.length,
  }
}

function poseOf(view: Viewpoint, origin: Vec3, selection: readonly ElementRef[], models: readonly SiteModel[]): CameraPose {
  const camera = view.camera as Camera
  const distance = distanceOf(view, selectionDistance(camera, origin, selection, models) ?? UNKNOWN)
  const { direction } = camera
  const world =
    camera.kind === 'perspective'
      ? withField(camera.position, direction, camera.fieldOfView, FIELD, distance)
      : // As high as the orthogonal view at the distance of what it looks at.
        add(camera.position, scale(direction, distance - camera.height / 2 / Math.tan(FOV / 2)))
  const position = sub(world, origin)
  const moved = dot(sub(world, camera.position), direction)
  return { position, target: add(position, scale(direction, Math.max(0.5, distance - moved))) }
}
function selectionDistance(camera: Camera, origin: Vec3, selection: readonly ElementRef[], models: readonly SiteModel[]): number | null {
  const boxes = selection.flatMap((ref) => models.find(({ id }) => id === ref.model)?.elements[ref.index]?.bounds ?? [])
  if (!boxes.length) return null
  const sum = boxes.map(({ min, max }) => scale(add(min, max), 0.5)).reduce<Vec3>(add, [0, 0, 0])
  const far = dot(sub(add(scale(sum, 1 / boxes.length), origin), camera.position), camera.direction)
  return far > 0.5 ? far : null
}

/** Shows a view; the caller tells what of it could not be shown. */
export function showView(view: Viewpoint, get: () => TwinState, { scene }: Runtime): RestoredView {
  const restored = restoreView(view, get())
  const { pose, section, selection, hidden, isolated, clash } = restored
  get().setView({ section })
  get().setVisibility(hidden, isolated)
  if (clash) get().setFocus(clash.id, false)
  else get().select(selection)
  if (pose) scene.current?.setCamera(pose, true)
  return restored
}

function globalIdOf(models: readonly SiteModel[], ref: ElementRef): string {
  return models.find(({ id }) => id === ref.model)?.elements[ref.index]?.globalId ?? ''
}

/** The picture of the scene, small enough to be sent around. */
export async function pictureOf(url: string): Promise<Uint8Array | null> {
  if (!url.startsWith('data:image/png;base64,')) return null
  const bytes = Uint8Array.from(atob(url.slice(22)), (character) => character.charCodeAt(0))
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
  const share = Math.min(1, PICTURE / bitmap.width)
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * share))
  canvas.height = Math.max(1, Math.round(bitmap.height * share))
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
  return blob && new Uint8Array(await blob.arrayBuffer())
}
