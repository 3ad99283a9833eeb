import { globalIdOf } from './global-id.ts'
import type { FileRecipe } from './recipe.ts'
import { keyword, list, NONE, type Ref, real, text } from './step-value.ts'
import type { StepWriter } from './step-writer.ts'

/** Project, units (SI), geometric context and the map frame that all files of a project share. */
export function createProjectFrame(step: StepWriter, recipe: FileRecipe): { readonly project: Ref; readonly context: Ref } {
  const origin = step.share('IfcAxis2Placement3D', [step.point([0, 0, 0]), NONE, NONE])
  const model = step.add('IfcGeometricRepresentationContext', [NONE, text('Model'), '3', '1.E-05', origin, NONE])
  const inherited = ['*', '*', '*', '*']
  const context = step.add('IfcGeometricRepresentationSubContext', [text('Body'), text('Model'), ...inherited, model, NONE, keyword('MODEL_VIEW'), NONE])
  const units = step.add('IfcUnitAssignment', [list(unitsOf(step))])
  const { name, description, eastings, northings, height } = recipe.georeference
  const metre = step.share('IfcSIUnit', ['*', keyword('LENGTHUNIT'), NONE, keyword('METRE')])
  const crs = step.add('IfcProjectedCRS', [text(name), text(description), text('CGCS2000'), NONE, text('Gauss-Kruger'), NONE, metre])
  step.add('IfcMapConversion', [model, crs, real(eastings), real(northings), real(height), real(1), real(0), real(1)])
  const id = text(globalIdOf(`${recipe.id}/project`))
  const project = step.add('IfcProject', [id, NONE, text(recipe.title), NONE, NONE, text(recipe.title), NONE, list([model]), units])
  return { project, context }
}

function unitsOf(step: StepWriter): Ref[] {
  const si = (kind: string, name: string, prefix?: string) => step.share('IfcSIUnit', ['*', keyword(kind), keyword(prefix), keyword(name)])
  const metre = si('LENGTHUNIT', 'METRE')
  const second = si('TIMEUNIT', 'SECOND')
  const power = (unit: Ref, exponent: number) => step.share('IfcDerivedUnitElement', [unit, String(exponent)])
  const flow = step.share('IfcDerivedUnit', [list([power(metre, 3), power(second, -1)]), keyword('VOLUMETRICFLOWRATEUNIT'), NONE])
  const turns = step.share('IfcDerivedUnit', [list([power(second, -1)]), keyword('ROTATIONALFREQUENCYUNIT'), NONE])
  return [
    metre,
    si('AREAUNIT', 'SQUARE_METRE'),
    si('VOLUMEUNIT', 'CUBIC_METRE'),
    si('PLANEANGLEUNIT', 'RADIAN'),
    second,
    si('MASSUNIT', 'GRAM', 'KILO'),
    si('PRESSUREUNIT', 'PASCAL'),
    flow,
    turns,
  ]
}
