import type { Vec3 } from '@/core/base/geometry'
import type { BodyRecipe, ProfileRecipe } from './recipe.ts'
import { keyword, list, NONE, type Ref, real, text } from './step-value.ts'
import type { StepWriter } from './step-writer.ts'

/** Decimals of mesh coordinates: a tenth of a millimetre. */
const MESH = 4

export interface ShapeWriter {
  /** IfcProductDefinitionShape of bodies, in coordinates from `at`; equal shapes are one instance. */
  shape(bodies: readonly BodyRecipe[], at: Vec3, color: string | undefined, transparency: number): Ref
  placement(relativeTo: Ref | null, at: Vec3): Ref
}

export function createShapeWriter(step: StepWriter, context: Ref): ShapeWriter {
  const up = step.direction([0, 0, 1])
  const east = step.direction([1, 0, 0])
  const items = new Map<string, Ref>()

  function shape(bodies: readonly BodyRecipe[], at: Vec3, color: string | undefined, transparency: number): Ref {
    const kinds = new Set(bodies.map((body) => body.kind))
    if (kinds.size !== 1) throw new Error('one representation holds either extrusions or meshes')
    const refs = bodies.map((body) => item(body, at, body.color ?? color, transparency))
    const type = kinds.has('mesh') ? 'Tessellation' : 'SweptSolid'
    const representation = step.share('IfcShapeRepresentation', [context, text('Body'), text(type), list(refs)])
    return step.share('IfcProductDefinitionShape', [NONE, NONE, list([representation])])
  }

  /** An item carries at most one style: equal geometry in two colours is two items. */
  function item(body: BodyRecipe, at: Vec3, color: string | undefined, transparency: number): Ref {
    const [entity, args] = body.kind === 'mesh' ? mesh(body, at) : extrusion(body, at)
    const key = `${entity}${args.join(',')}${color ?? ''}/${transparency}`
    const known = items.get(key)
    if (known) return known
    const ref = step.add(entity, args)
    items.set(key, ref)
    if (color) step.add('IfcStyledItem', [ref, list([style(color, transparency)]), NONE])
    return ref
  }

  function mesh(body: Extract<BodyRecipe, { kind: 'mesh' }>, at: Vec3): [string, string[]] {
    const points = body.points.map((p) => list([real(p[0] - at[0], MESH), real(p[1] - at[1], MESH), real(p[2] - at[2], MESH)]))
    const coordinates = step.share('IfcCartesianPointList3D', [list(points)])
    const faces = body.faces.map((face) => list(face.map((k) => String(k + 1))))
    return ['IfcTriangulatedFaceSet', [coordinates, NONE, body.closed ? '.T.' : '.F.', list(faces), NONE]]
  }

  function extrusion(body: Extract<BodyRecipe, { kind: 'extrusion' }>, at: Vec3): [string, string[]] {
    const { origin, axis, ref } = body
    const position = axes([origin[0] - at[0], origin[1] - at[1], origin[2] - at[2]], axis, ref)
    return ['IfcExtrudedAreaSolid', [profile(body.profile), position, up, real(body.length)]]
  }

  function profile(shape: ProfileRecipe): Ref {
    const area = [keyword('AREA'), NONE]
    switch (shape.kind) {
      case 'rectangle':
        return step.share('IfcRectangleProfileDef', [...area, flat(), real(shape.width), real(shape.height)])
      case 'rectangle-hollow':
        return step.share('IfcRectangleHollowProfileDef', [...area, flat(), real(shape.width), real(shape.height), real(shape.thickness), NONE, NONE])
      case 'circle':
        return step.share('IfcCircleProfileDef', [...area, flat(), real(shape.radius)])
      case 'circle-hollow':
        return step.share('IfcCircleHollowProfileDef', [...area, flat(), real(shape.radius), real(shape.thickness)])
      case 'polygon': {
        const points = shape.outline.map((p) => step.point(p))
        return step.share('IfcArbitraryClosedProfileDef', [...area, step.share('IfcPolyline', [list([...points, points[0]])])])
      }
    }
  }
  function flat(): Ref {
    return step.share('IfcAxis2Placement2D', [step.point([0, 0]), NONE])
  }

  function axes(origin: Vec3, axis: Vec3, ref: Vec3): Ref {
    const plain = axis[2] === 1 && ref[0] === 1
    const turned = plain ? [NONE, NONE] : [axis[2] === 1 ? up : step.direction(axis), ref[0] === 1 ? east : step.direction(ref)]
    return step.share('IfcAxis2Placement3D', [step.point(origin), ...turned])
  }

  function placement(relativeTo: Ref | null, at: Vec3): Ref {
    return step.share('IfcLocalPlacement', [relativeTo ?? NONE, axes(at, [0, 0, 1], [1, 0, 0])])
  }

  function style(color: string, transparency: number): Ref {
    const channel = (from: number) => real(Number.parseInt(color.slice(from, from + 2), 16) / 255, 4)
    const rgb = step.share('IfcColourRgb', [NONE, channel(1), channel(3), channel(5)])
    const matte = [rgb, real(transparency), NONE, NONE, NONE, NONE, NONE, NONE, keyword('MATT')]
    const rendering = step.share('IfcSurfaceStyleRendering', matte)
    return step.share('IfcSurfaceStyle', [text(color), keyword('BOTH'), list([rendering])])
  }

  return { shape, placement }
}
