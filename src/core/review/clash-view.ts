import { add, type Box, length, normalize, scale, sub, type Vec3 } from '@/core/base/geometry'
import type { Clash } from '@/core/clash'
import type { SiteModel } from '@/core/model'
import { guidOf, isIfcGuid } from './guid.ts'
import { type Camera, type Component, type HeaderFile, newViewpoint, type Viewpoint } from './topic.ts'

/** Hues of the two of a clash in files, as in the scene. */
const A = 'F28C28'
const B = '1EB2D6'
/** Seen from the south-east and above, as the scene's home view. */
const DIRECTION: Vec3 = normalize([-0.667, 0.606, -0.432])
const FIELD = 60

/**
 * The view of a clash: its two elements selected and coloured, the place marked by a line between its two points. `camera` is the one of
 * the screen; without it the contact is looked at from a fixed side, near enough to be seen.
 */
export function clashViewpoint(clash: Clash, models: readonly SiteModel[], camera: Camera | null, snapshot: Uint8Array | null): Viewpoint {
  const origin = originOf(models)
  const [p, q] = clash.points.map((point) => add(point, origin))
  const pair = [clash.a, clash.b].map(({ globalId }) => componentOf(globalId))
  return {
    ...newViewpoint(guidOf('view', clash.id)),
    index: 0,
    snapshot: snapshot && { name: 'snapshot.png', bytes: snapshot },
    camera: camera ?? lookAt({ min: add(clash.contact.min, origin), max: add(clash.contact.max, origin) }),
    selection: pair.flat(),
    visibility: { default: true, exceptions: [], hints: null },
    coloring: [
      { color: A, components: pair[0] },
      { color: B, components: pair[1] },
    ].filter(({ components }) => components.length > 0),
    lines: length(sub(p, q)) > 1e-6 ? [[p, q]] : [],
  }
}

export function componentOf(globalId: string): Component[] {
  return isIfcGuid(globalId) ? [{ globalId, system: '', toolId: '' }] : []
}

/** World = project + this. */
export function originOf(models: readonly SiteModel[]): Vec3 {
  return models[0]?.frame.origin ?? [0, 0, 0]
}

export function lookAt({ min, max }: Box): Camera {
  const middle = scale(add(min, max), 0.5)
  const reach = Math.min(12, Math.max(2.5, length(sub(max, min))))
  const distance = reach / 2 / Math.tan((FIELD / 360) * Math.PI) + reach / 2
  return {
    kind: 'perspective',
    position: sub(middle, scale(DIRECTION, distance)),
    direction: DIRECTION,
    up: upOf(DIRECTION),
    fieldOfView: FIELD,
    aspect: 16 / 9,
  }
}
/** The up of a camera without roll. */
export function upOf(direction: Vec3): Vec3 {
  const [x, y, z] = direction
  const flat = Math.sqrt(x * x + y * y)
  return flat < 1e-9 ? [0, 1, 0] : normalize([(-x * z) / flat, (-y * z) / flat, flat])
}

/** The files of the models that these elements are of. */
export function headerOf(models: readonly SiteModel[], ids: readonly string[]): HeaderFile[] {
  return models
    .filter((model) => ids.includes(model.id))
    .map((model) => ({
      name: model.file.name,
      at: '',
      reference: '',
      project: isIfcGuid(model.tree.globalId) ? model.tree.globalId : '',
      spatial: '',
      external: true,
    }))
}
