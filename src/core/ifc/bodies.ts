import { type Problem, problem } from '@/core/base/problem'
import { refOf, refsOf, type StepFile, textOf } from './step-file.ts'

/** What of a product's representations is a body: solids and surfaces, not axes, footprints, symbols or boxes. */
export interface Body {
  /** IfcShapeRepresentations to mesh. */
  readonly representations: readonly number[]
}

const BODY_ITEMS = new Set(
  (
    'IFCEXTRUDEDAREASOLID IFCEXTRUDEDAREASOLIDTAPERED IFCREVOLVEDAREASOLID IFCREVOLVEDAREASOLIDTAPERED IFCSWEPTDISKSOLID IFCSWEPTDISKSOLIDPOLYGONAL ' +
    'IFCSURFACECURVESWEPTAREASOLID IFCFIXEDREFERENCESWEPTAREASOLID IFCDIRECTRIXCURVESWEPTAREASOLID IFCDIRECTRIXDERIVEDREFERENCESWEPTAREASOLID ' +
    'IFCINCLINEDREFERENCESWEPTAREASOLID IFCSECTIONEDSOLIDHORIZONTAL IFCSECTIONEDSOLID IFCSECTIONEDSURFACE IFCBOOLEANRESULT IFCBOOLEANCLIPPINGRESULT ' +
    'IFCFACETEDBREP IFCFACETEDBREPWITHVOIDS IFCADVANCEDBREP IFCADVANCEDBREPWITHVOIDS IFCMANIFOLDSOLIDBREP IFCFACEBASEDSURFACEMODEL ' +
    'IFCSHELLBASEDSURFACEMODEL IFCTRIANGULATEDFACESET IFCTRIANGULATEDIRREGULARNETWORK IFCPOLYGONALFACESET IFCBLOCK IFCSPHERE IFCRIGHTCIRCULARCYLINDER ' +
    'IFCRIGHTCIRCULARCONE IFCRECTANGULARPYRAMID IFCCSGSOLID IFCBSPLINESURFACE IFCBSPLINESURFACEWITHKNOTS IFCRATIONALBSPLINESURFACEWITHKNOTS ' +
    'IFCFACESURFACE IFCADVANCEDFACE IFCCURVEBOUNDEDPLANE IFCCURVEBOUNDEDSURFACE IFCRECTANGULARTRIMMEDSURFACE IFCSURFACEOFLINEAREXTRUSION ' +
    'IFCSURFACEOFREVOLUTION IFCOPENSHELL IFCCLOSEDSHELL IFCCONNECTEDFACESET'
  ).split(' '),
)
const NEVER_BODY = /^(axis|footprint|annotation|plan|box|cog|clearance|lighting|profile|surveypoints)$/i
/** Surfaces of an idealised model: shown where there is nothing else. */
const REFERENCE = 'reference'
const DEEPEST = 32

/** Null where the file gives the product no body; a problem where it means to and its lines are damaged. */
export function findBody(step: StepFile, shape: number): Body | Problem | null {
  if (!shape) return null
  const args = step.argsOf(shape)
  if (!step.has(shape)) return problem('ifc.missingEntity', { entity: '–', missing: `#${shape}` }, `#${shape}`)
  if (!/^IFC(PRODUCTDEFINITIONSHAPE|SHAPEREPRESENTATION)$/.test(step.typeOf(shape)) || args.length === 0) return unreadable(shape)
  const lists = step.typeOf(shape) === 'IFCSHAPEREPRESENTATION' ? [shape] : refsOf(args.find((value) => Array.isArray(value)))
  const found: { id: number; identifier: string }[] = []
  for (const id of new Set(lists)) {
    const representation = step.argsOf(id)
    if (!step.has(id)) return problem('ifc.missingEntity', { entity: `#${shape} ${step.typeOf(shape)}`, missing: `#${id}` }, `#${shape}`)
    if (representation.length < 4 || (representation[3] !== null && !Array.isArray(representation[3]))) return unreadable(id)
    const identifier = textOf(representation[1])
    if (NEVER_BODY.test(identifier)) continue
    if (refsOf(representation[3]).some((item) => isBodyItem(step, item, new Set(), 0))) found.push({ id, identifier: identifier.toLowerCase() })
  }
  if (found.length === 0) return null
  // A file may carry a second body of coarser kind beside the first (`Facetation`, `Body-FallBack`): one is shown.
  const named = found.filter((r) => r.identifier === 'body')
  const solid = found.filter((r) => r.identifier !== REFERENCE)
  const first = (solid[0] ?? found[0]).identifier
  const chosen = named.length > 0 ? named : found.filter((r) => r.identifier === first)
  return { representations: chosen.map((r) => r.id) }

  function unreadable(id: number): Problem {
    return problem('ifc.badEntity', { entity: `#${id} ${step.typeOf(id)}`, expected: 'IfcShapeRepresentation' }, `#${id}`)
  }
}

function isBodyItem(step: StepFile, id: number, seen: Set<number>, depth: number): boolean {
  const type = step.typeOf(id)
  if (BODY_ITEMS.has(type)) return true
  if (depth > DEEPEST || seen.has(id)) return type === 'IFCMAPPEDITEM'
  seen.add(id)
  if (type === 'IFCMAPPEDITEM') {
    const source = step.argsOf(refOf(step.argsOf(id)[0]))
    return refsOf(step.argsOf(refOf(source[1]))[3]).some((item) => isBodyItem(step, item, seen, depth + 1))
  }
  if (type === 'IFCGEOMETRICSET') return refsOf(step.argsOf(id)[0]).some((item) => isBodyItem(step, item, seen, depth + 1))
  return false
}
