import { globalIdOf } from './global-id.ts'
import type { PropertySets, PropertyValue } from './recipe.ts'
import { list, NONE, type Ref, real, text } from './step-value.ts'
import type { StepWriter } from './step-writer.ts'

export interface PropertyWriter {
  assign(object: Ref, sets: PropertySets | undefined): void
  /** Writes the sets: one instance for all objects that have the same values. */
  finish(): void
}

export function createPropertyWriter(step: StepWriter, scope: string): PropertyWriter {
  const sets = new Map<string, { readonly name: string; readonly values: readonly (readonly [string, PropertyValue])[]; readonly objects: Ref[] }>()
  return {
    assign(object, assigned) {
      for (const [name, properties] of Object.entries(assigned ?? {})) {
        const values = Object.entries(properties)
        const key = JSON.stringify([name, values])
        const known = sets.get(key)
        if (known) known.objects.push(object)
        else sets.set(key, { name, values, objects: [object] })
      }
    },
    finish() {
      for (const [key, { name, values, objects }] of sets) {
        const properties = values.map(([label, value]) => property(step, label, value))
        const set = step.add('IfcPropertySet', [text(globalIdOf(`${scope}/set/${key}`)), NONE, text(name), NONE, list(properties)])
        step.add('IfcRelDefinesByProperties', [text(globalIdOf(`${scope}/defines/${key}`)), NONE, NONE, NONE, list(objects), set])
      }
    },
  }
}

function property(step: StepWriter, name: string, value: PropertyValue): Ref {
  if (typeof value === 'object' && 'list' in value)
    return step.share('IfcPropertyEnumeratedValue', [text(name), NONE, list(value.list.map((v) => `IFCLABEL(${text(v)})`)), NONE])
  return step.share('IfcPropertySingleValue', [text(name), NONE, nominal(value), NONE])
}

function nominal(value: Exclude<PropertyValue, { list: readonly string[] }>): string {
  if (typeof value === 'string') return `${value.length > 200 ? 'IFCTEXT' : 'IFCLABEL'}(${text(value)})`
  if (typeof value === 'number') return `IFCREAL(${real(value)})`
  if (typeof value === 'boolean') return `IFCBOOLEAN(${value ? '.T.' : '.F.'})`
  return `${value.measure.toUpperCase()}(${real(value.value)})`
}
