import { type Problem, problem } from '@/core/base/problem'
import { numberOf, refOf, refsOf, type StepFile, type Value } from './step-file.ts'

/**
 * What the attributes of geometry must look like: the engine reads what is not so as zero, NaN or for ever. One letter an attribute:
 * n finite number · p number > 0 · r reference · o reference or nothing · l list that is not empty · e enumeration · . anything.
 * A `+` at the end allows further attributes of later schemas.
 */
const RULES: Readonly<Record<string, string>> = {
  IFCCARTESIANPOINT: 'l',
  IFCDIRECTION: 'l',
  IFCVECTOR: 'rn',
  IFCAXIS1PLACEMENT: 'ro',
  IFCAXIS2PLACEMENT2D: 'ro',
  IFCAXIS2PLACEMENT3D: 'roo',
  IFCLOCALPLACEMENT: 'or',
  IFCPOLYLINE: 'l',
  IFCLINE: 'rr',
  IFCCIRCLE: 'rp',
  IFCELLIPSE: 'rpp',
  IFCTRIMMEDCURVE: 'rll.e',
  IFCCOMPOSITECURVE: 'l.',
  IFCCOMPOSITECURVESEGMENT: 'e.r',
  IFCPOLYLOOP: 'l',
  IFCPLANE: 'r',
  IFCSHAPEREPRESENTATION: '...l',
  IFCPRODUCTDEFINITIONSHAPE: '..l',
  IFCMAPPEDITEM: 'rr',
  IFCREPRESENTATIONMAP: 'rr',
  IFCEXTRUDEDAREASOLID: 'rorp',
  IFCREVOLVEDAREASOLID: 'rorn',
  IFCSWEPTDISKSOLID: 'rp...',
  IFCSWEPTDISKSOLIDPOLYGONAL: 'rp....',
  IFCBOOLEANRESULT: 'err',
  IFCBOOLEANCLIPPINGRESULT: 'err',
  IFCHALFSPACESOLID: 'r.',
  IFCPOLYGONALBOUNDEDHALFSPACE: 'r.rr',
  IFCBOXEDHALFSPACE: 'r..',
  IFCFACETEDBREP: 'r',
  IFCCLOSEDSHELL: 'l',
  IFCOPENSHELL: 'l',
  IFCCONNECTEDFACESET: 'l',
  IFCFACE: 'l',
  IFCFACEBOUND: 'r.',
  IFCFACEOUTERBOUND: 'r.',
  IFCFACEBASEDSURFACEMODEL: 'l',
  IFCSHELLBASEDSURFACEMODEL: 'l',
  IFCRECTANGLEPROFILEDEF: '..opp',
  IFCROUNDEDRECTANGLEPROFILEDEF: '..oppp',
  IFCRECTANGLEHOLLOWPROFILEDEF: '..oppp..',
  IFCCIRCLEPROFILEDEF: '..op',
  IFCCIRCLEHOLLOWPROFILEDEF: '..opp',
  IFCELLIPSEPROFILEDEF: '..opp',
  IFCARBITRARYCLOSEDPROFILEDEF: '..r',
  IFCARBITRARYPROFILEDEFWITHVOIDS: '..rl',
  IFCDERIVEDPROFILEDEF: '..rr.+',
  IFCBLOCK: 'rppp',
  IFCSPHERE: 'rp',
  IFCRIGHTCIRCULARCYLINDER: 'rpp',
  IFCRIGHTCIRCULARCONE: 'rpp',
  IFCCARTESIANTRANSFORMATIONOPERATOR3D: 'oor.o',
  IFCCARTESIANTRANSFORMATIONOPERATOR3DNONUNIFORM: 'oor.o..',
}
/** What a reference at an attribute must point at. */
const TARGETS: Readonly<Record<string, readonly (RegExp | null)[]>> = {
  IFCAXIS2PLACEMENT3D: [/POINT/, /^IFCDIRECTION$/, /^IFCDIRECTION$/],
  IFCAXIS2PLACEMENT2D: [/POINT/, /^IFCDIRECTION$/],
  IFCLOCALPLACEMENT: [/PLACEMENT$/, /PLACEMENT/],
  IFCEXTRUDEDAREASOLID: [/PROFILEDEF/, /^IFCAXIS2PLACEMENT3D$/, /^IFCDIRECTION$/],
  IFCREVOLVEDAREASOLID: [/PROFILEDEF/, /^IFCAXIS2PLACEMENT3D$/, /^IFCAXIS1PLACEMENT$/],
  IFCSWEPTDISKSOLID: [/CURVE|POLYLINE|LINE|CIRCLE|ELLIPSE/],
  IFCMAPPEDITEM: [/^IFCREPRESENTATIONMAP$/, /^IFCCARTESIANTRANSFORMATIONOPERATOR/],
  IFCREPRESENTATIONMAP: [/PLACEMENT/, /REPRESENTATION$/],
  IFCBOOLEANRESULT: [null, BOOLEAN_OPERAND(), BOOLEAN_OPERAND()],
  IFCBOOLEANCLIPPINGRESULT: [null, BOOLEAN_OPERAND(), BOOLEAN_OPERAND()],
  IFCHALFSPACESOLID: [/SURFACE|PLANE/],
  IFCPOLYGONALBOUNDEDHALFSPACE: [/SURFACE|PLANE/, null, /^IFCAXIS2PLACEMENT3D$/, /CURVE|POLYLINE/],
  IFCARBITRARYCLOSEDPROFILEDEF: [null, null, /CURVE|POLYLINE|CIRCLE|ELLIPSE/],
  IFCFACETEDBREP: [/SHELL$/],
  IFCFACEBOUND: [/LOOP$/],
  IFCFACEOUTERBOUND: [/LOOP$/],
  IFCVECTOR: [/^IFCDIRECTION$/],
  IFCLINE: [/^IFCCARTESIANPOINT$/, /^IFCVECTOR$/],
  IFCCIRCLE: [/PLACEMENT/],
  IFCPLANE: [/PLACEMENT/],
}
function BOOLEAN_OPERAND(): RegExp {
  return /SOLID|BREP|BOOLEAN|HALFSPACE|FACESET|^IFCBLOCK$|^IFCSPHERE$|CYLINDER|CONE|PYRAMID|SURFACEMODEL/
}
/** What every member of the first list of an entity must be: the engine takes another kind for the right one and reads what is not there. */
const MEMBERS: Readonly<Record<string, RegExp>> = {
  IFCFACE: /^IFCFACE(OUTER)?BOUND$/,
  IFCFACESURFACE: /^IFCFACE(OUTER)?BOUND$/,
  IFCADVANCEDFACE: /^IFCFACE(OUTER)?BOUND$/,
  IFCCLOSEDSHELL: /FACE$|FACESURFACE$/,
  IFCOPENSHELL: /FACE$|FACESURFACE$/,
  IFCCONNECTEDFACESET: /FACE$|FACESURFACE$/,
  IFCPOLYLOOP: /^IFCCARTESIANPOINT$/,
  IFCEDGELOOP: /EDGE$/,
  IFCPOLYLINE: /^IFCCARTESIANPOINT$/,
  IFCCOMPOSITECURVE: /SEGMENT$/,
  IFCSHELLBASEDSURFACEMODEL: /SHELL$/,
  IFCFACEBASEDSURFACEMODEL: /FACESET$|SHELL$/,
  IFCPOLYGONALFACESET: /^IFCINDEXEDPOLYGONALFACE/,
}
/** Greatest degree of a spline: the engine allocates by it. */
const MOST_DEGREE = 32

/** The first thing wrong with one entity of a shape, or null. */
export function checkEntity(step: StepFile, id: number): Problem | null {
  const type = step.typeOf(id)
  if (type === '') return problem('ifc.missingEntity', { entity: '–', missing: `#${id}` }, `#${id}`)
  if (/^IFC(REL|PROJECT$|SITE$|BUILDING$|BUILDINGSTOREY$|OWNERHISTORY$|PRODUCTDEFINITIONSHAPE$)/.test(type)) return wrong('a geometry entity')
  const members = MEMBERS[type]
  const stranger = members ? listed(step, id, type).find((ref) => step.has(ref) && !members.test(step.typeOf(ref))) : undefined
  if (stranger !== undefined) return wrong(`members to suit, found ${step.typeOf(stranger)}`)
  const rule = RULES[type]
  const splines = type.startsWith('IFCBSPLINE') || type.startsWith('IFCRATIONALBSPLINE')
  if (!rule && !splines) return null
  const args = step.argsOf(id)
  if (args.length === 0) return wrong('attributes')
  if (splines) {
    const degrees = [numberOf(args[0]), type.includes('SURFACE') ? numberOf(args[1]) : 1]
    return degrees.every((d) => d >= 1 && d <= MOST_DEGREE) ? null : wrong(`degree 1…${MOST_DEGREE}`)
  }
  const open = rule.endsWith('+')
  const letters = open ? rule.slice(0, -1) : rule
  if (args.length < letters.length || (!open && args.length > letters.length)) return wrong(`${letters.length} attributes, found ${args.length}`)
  for (let k = 0; k < letters.length; k++) {
    const expected = mismatch(letters[k], args[k])
    if (expected) return wrong(`${expected} as attribute ${k + 1}`)
    const target = TARGETS[type]?.[k]
    const ref = refOf(args[k])
    if (target && ref && step.has(ref) && !target.test(step.typeOf(ref))) return wrong(`attribute ${k + 1} to suit, found ${step.typeOf(ref)}`)
  }
  if (type === 'IFCCARTESIANPOINT' && !numbersIn(args[0], 1, 3)) return wrong('1 to 3 finite coordinates')
  if (type === 'IFCDIRECTION') {
    if (!numbersIn(args[0], 2, 3)) return wrong('2 or 3 finite ratios')
    if ((args[0] as number[]).every((v) => v === 0)) return wrong('a direction that is not zero')
  }
  return null

  function wrong(expected: string): Problem {
    return problem('ifc.badEntity', { entity: `#${id} ${type}`, expected }, `#${id}`)
  }
}

/** References in the list that holds an entity's members. */
function listed(step: StepFile, id: number, type: string): number[] {
  const args = step.argsOf(id)
  return refsOf(type === 'IFCPOLYGONALFACESET' ? args[2] : args[0])
}

function mismatch(letter: string, value: Value): string | null {
  switch (letter) {
    case 'n':
      return Number.isFinite(numberOf(value)) ? null : 'a finite number'
    case 'p':
      return Number.isFinite(numberOf(value)) && numberOf(value) > 0 ? null : 'a number above 0'
    case 'r':
      return refOf(value) > 0 ? null : 'a reference'
    case 'o':
      return value === null || value === undefined || refOf(value) > 0 ? null : 'a reference or nothing'
    case 'l':
      return Array.isArray(value) && value.length > 0 ? null : 'a list'
    case 'e':
      return typeof value === 'object' && value !== null && 'enum' in value ? null : 'an enumeration'
    default:
      return null
  }
}

function numbersIn(value: Value, least: number, most: number): boolean {
  return Array.isArray(value) && value.length >= least && value.length <= most && value.every((v) => Number.isFinite(v))
}
