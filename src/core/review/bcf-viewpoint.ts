import type { Vec3 } from '@/core/base/geometry'
import { length, scale } from '@/core/base/geometry'
import { type Problem, problem } from '@/core/base/problem'
import { childOf, childrenOf, textOf, type XmlElement, xml } from '@/core/base/xml'
import { isIfcGuid } from './guid.ts'
import type { BcfVersion, Bitmap, Camera, Component, UnknownPart, Viewpoint, Visibility } from './topic.ts'

type Seen = Pick<Viewpoint, 'camera' | 'selection' | 'visibility' | 'coloring' | 'planes' | 'lines' | 'bitmaps' | 'unknown'>
const PARTS = new Set(['Components', 'OrthogonalCamera', 'PerspectiveCamera', 'Lines', 'ClippingPlanes', 'Bitmap', 'Bitmaps'])

/** A `.bcfv` document. What of it is not right is told and left out; the rest holds. */
export function readViewpoint(root: XmlElement, guid: string, path: string, tell: (found: Problem) => void): Seen {
  const wrong = (what: string, got: string) => tell(problem('bcf.repaired', { what, got: got.slice(0, 60) || '–' }, path, 'warning'))
  const components = childOf(root, 'Components')
  const unknown: UnknownPart[] = childrenOf(root)
    .filter((child) => !PARTS.has(child.name))
    .map((element) => ({ in: `View:${guid}`, element }))
  const list = (parent: XmlElement | null): Component[] =>
    parent === null
      ? []
      : childrenOf(parent, 'Component').flatMap((node): Component[] => {
          const globalId = node.attributes.get('IfcGuid') ?? ''
          const component = { globalId, system: inside(node, 'OriginatingSystem'), toolId: inside(node, 'AuthoringToolId') }
          if (globalId !== '' && !isIfcGuid(globalId)) wrong('IfcGuid', globalId)
          else if (globalId || component.toolId) return [component]
          return []
        })
  const planes = within(root, 'ClippingPlanes', 'ClippingPlane').flatMap((node) => {
    const location = point(node, 'Location')
    const direction = unit(point(node, 'Direction'))
    if (location && direction) return [{ location, direction }]
    wrong('ClippingPlane', textOf(node).trim())
    return []
  })
  const lines = within(root, 'Lines', 'Line').flatMap((node): [Vec3, Vec3][] => {
    const [from, to] = [point(node, 'StartPoint'), point(node, 'EndPoint')]
    if (from && to) return [[from, to]]
    wrong('Line', textOf(node).trim())
    return []
  })
  // In 2.1 <Bitmap> has a child <Bitmap> with the format; in 3.0 it is called <Format>.
  const bitmaps = [...childrenOf(root, 'Bitmap'), ...within(root, 'Bitmaps', 'Bitmap')].flatMap((node): Bitmap[] => {
    const [location, normal, up] = [point(node, 'Location'), point(node, 'Normal'), point(node, 'Up')]
    const height = number(inside(node, 'Height'))
    if (!location || !normal || !up || height === null) {
      wrong('Bitmap', inside(node, 'Reference'))
      return []
    }
    return [{ format: (inside(node, 'Bitmap') || inside(node, 'Format')).toLowerCase(), reference: inside(node, 'Reference'), location, normal, up, height }]
  })
  const coloring = components ? within(components, 'Coloring', 'Color') : []
  return {
    camera: cameraOf(root, wrong),
    selection: list(components && childOf(components, 'Selection')),
    visibility: components && visibilityOf(components, list),
    coloring: coloring.map((node) => ({
      color: (node.attributes.get('Color') ?? '').toUpperCase(),
      components: [...list(node), ...childrenOf(node, 'Components').flatMap(list)],
    })),
    planes,
    lines,
    bitmaps,
    unknown,
  }
}

function visibilityOf(components: XmlElement, list: (parent: XmlElement | null) => Component[]): Visibility | null {
  const node = childOf(components, 'Visibility')
  const hints = childOf(components, 'ViewSetupHints') ?? (node && childOf(node, 'ViewSetupHints'))
  if (!node && !hints) return null
  const flag = (name: string) => hints?.attributes.get(name) === 'true'
  return {
    default: node ? node.attributes.get('DefaultVisibility') === 'true' || node.attributes.get('DefaultVisibility') === '1' : true,
    exceptions: list(node && childOf(node, 'Exceptions')),
    hints: hints ? { spaces: flag('SpacesVisible'), boundaries: flag('SpaceBoundariesVisible'), openings: flag('OpeningsVisible') } : null,
  }
}

function cameraOf(root: XmlElement, wrong: (what: string, got: string) => void): Camera | null {
  const perspective = childOf(root, 'PerspectiveCamera')
  const node = perspective ?? childOf(root, 'OrthogonalCamera')
  if (!node) return null
  const position = point(node, 'CameraViewPoint')
  const direction = unit(point(node, 'CameraDirection'))
  const up = unit(point(node, 'CameraUpVector'))
  const size = number(inside(node, perspective ? 'FieldOfView' : 'ViewToWorldScale'))
  const ratio = number(inside(node, 'AspectRatio'))
  const aspect = ratio !== null && ratio > 0 ? ratio : null
  if (!position || !direction || !up || size === null || size <= 0 || (perspective && size >= 180)) {
    wrong('Camera', textOf(node).trim())
    return null
  }
  return perspective
    ? { kind: 'perspective', position, direction, up, fieldOfView: size, aspect }
    : { kind: 'orthogonal', position, direction, up, height: size, aspect }
}

function within(parent: XmlElement, group: string, one: string): XmlElement[] {
  return childrenOf(parent, group).flatMap((node) => childrenOf(node, one))
}
function inside(parent: XmlElement, name: string): string {
  const child = childOf(parent, name)
  return child && childrenOf(child).length === 0 ? textOf(child).trim() : ''
}
/** A decimal comma is read as what it means; a number that is none is null. */
function number(text: string): number | null {
  if (!/^[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?$/.test(text)) return null
  const value = Number(text.replace(',', '.'))
  return Number.isFinite(value) && Math.abs(value) < 1e12 ? value : null
}
function point(parent: XmlElement, name: string): Vec3 | null {
  const node = childOf(parent, name)
  if (!node) return null
  const [x, y, z] = ['X', 'Y', 'Z'].map((axis) => number(inside(node, axis)))
  return x === null || y === null || z === null ? null : [x, y, z]
}
function unit(vector: Vec3 | null): Vec3 | null {
  const long = vector ? length(vector) : 0
  // One that is of length 1 stays as it is written.
  return vector && long > 1e-9 ? (Math.abs(long - 1) < 1e-9 ? vector : scale(vector, 1 / long)) : null
}

/** 2.1 allows 45 … 60 degrees; the camera is moved along its direction so that what it looks at keeps its size. */
const OLD_FIELDS = [45, 60] as const

/** A `.bcfv` document of the version. `distance` is how far what the camera looks at is [m]. */
export function viewpointXml(view: Viewpoint, version: BcfVersion, distance: number): XmlElement {
  const three = version === '3.0'
  const component = ({ globalId, system, toolId }: Component) =>
    xml('Component', { IfcGuid: globalId || null }, system ? xml('OriginatingSystem', {}, system) : null, toolId ? xml('AuthoringToolId', {}, toolId) : null)
  const hints = view.visibility?.hints
  const hintsXml = hints
    ? xml('ViewSetupHints', { SpacesVisible: hints.spaces, SpaceBoundariesVisible: hints.boundaries, OpeningsVisible: hints.openings })
    : null
  const coloring = view.coloring.filter(({ components }) => components.length > 0)
  const components =
    view.selection.length > 0 || view.visibility || coloring.length > 0
      ? xml(
          'Components',
          {},
          three ? null : hintsXml,
          view.selection.length > 0 ? xml('Selection', {}, view.selection.map(component)) : null,
          xml(
            'Visibility',
            { DefaultVisibility: view.visibility?.default ?? true },
            three ? hintsXml : null,
            view.visibility?.exceptions.length ? xml('Exceptions', {}, view.visibility.exceptions.map(component)) : null,
          ),
          coloring.length > 0
            ? xml(
                'Coloring',
                {},
                coloring.map(({ color, components: colored }) =>
                  xml('Color', { Color: color }, three ? xml('Components', {}, colored.map(component)) : colored.map(component)),
                ),
              )
            : null,
        )
      : null
  const camera = view.camera ?? null
  return xml(
    'VisualizationInfo',
    { Guid: view.guid },
    components,
    camera ? cameraXml(camera, version, distance) : three ? cameraXml(NOWHERE, version, distance) : null,
    view.lines.length > 0
      ? xml(
          'Lines',
          {},
          view.lines.map(([from, to]) => xml('Line', {}, pointXml('StartPoint', from), pointXml('EndPoint', to))),
        )
      : null,
    view.planes.length > 0
      ? xml(
          'ClippingPlanes',
          {},
          view.planes.map(({ location, direction }) => xml('ClippingPlane', {}, pointXml('Location', location), pointXml('Direction', direction))),
        )
      : null,
    three && view.bitmaps.length > 0
      ? xml(
          'Bitmaps',
          {},
          view.bitmaps.map((one) => bitmapXml(one, true)),
        )
      : null,
    three ? null : view.bitmaps.map((one) => bitmapXml(one, false)),
    view.unknown.map(({ element }) => element),
  )
}

/** 3.0 demands a camera; a view that came without one looks down from afar. */
const NOWHERE: Camera = { kind: 'perspective', position: [0, 0, 100], direction: [0, 0, -1], up: [0, 1, 0], fieldOfView: 60, aspect: null }

function cameraXml(camera: Camera, version: BcfVersion, distance: number): XmlElement {
  const three = version === '3.0'
  const { direction, up } = camera
  const aspect = three ? xml('AspectRatio', {}, String(camera.aspect ?? 16 / 9)) : null
  if (camera.kind === 'orthogonal')
    return xml(
      'OrthogonalCamera',
      {},
      pointXml('CameraViewPoint', camera.position),
      pointXml('CameraDirection', direction),
      pointXml('CameraUpVector', up),
      xml('ViewToWorldScale', {}, String(camera.height)),
      aspect,
    )
  const field = three ? camera.fieldOfView : Math.min(OLD_FIELDS[1], Math.max(OLD_FIELDS[0], camera.fieldOfView))
  const position = field === camera.fieldOfView ? camera.position : withField(camera.position, direction, camera.fieldOfView, field, distance)
  return xml(
    'PerspectiveCamera',
    {},
    pointXml('CameraViewPoint', position),
    pointXml('CameraDirection', direction),
    pointXml('CameraUpVector', up),
    xml('FieldOfView', {}, String(field)),
    aspect,
  )
}

/** Where a camera of another field of view sees what is `distance` away in the same size. */
export function withField(position: Vec3, direction: Vec3, from: number, to: number, distance: number): Vec3 {
  const half = (degrees: number) => Math.tan((degrees / 360) * Math.PI)
  const step = distance * (1 - half(from) / half(to))
  return [position[0] + direction[0] * step, position[1] + direction[1] * step, position[2] + direction[2] * step]
}

function bitmapXml({ format, reference, location, normal, up, height }: Bitmap, three: boolean): XmlElement {
  const known = format === 'jpg' || format === 'jpeg' ? 'jpg' : 'png'
  return xml(
    'Bitmap',
    {},
    three ? xml('Format', {}, known) : xml('Bitmap', {}, known.toUpperCase()),
    xml('Reference', {}, reference),
    pointXml('Location', location),
    pointXml('Normal', normal),
    pointXml('Up', up),
    xml('Height', {}, String(height)),
  )
}
function pointXml(name: string, [x, y, z]: Vec3): XmlElement {
  return xml(name, {}, xml('X', {}, String(x)), xml('Y', {}, String(y)), xml('Z', {}, String(z)))
}
