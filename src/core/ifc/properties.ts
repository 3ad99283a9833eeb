import type { PropertySet } from '@/core/model'
import { enumOf, isTyped, numberOf, refOf, refsOf, type StepFile, textOf, type Value } from './step-file.ts'
import { type Units, unitName } from './units.ts'

type Row = PropertySet['properties'][number]

/** Property sets and quantities of an element by express id: its own, then those of its type that it does not override as a whole set. */
export function readProperties(step: StepFile, units: Units): (id: number) => PropertySet[] {
  const setsOf = new Map<number, number[]>()
  const typeOf = new Map<number, number>()
  for (const rel of step.idsOf('IFCRELDEFINESBYPROPERTIES')) {
    const args = step.argsOf(rel)
    const definition = isTyped(args[5]) ? args[5].value : args[5]
    for (const object of refsOf(args[4])) setsOf.set(object, [...(setsOf.get(object) ?? []), ...refsOf(definition)])
  }
  for (const rel of step.idsOf('IFCRELDEFINESBYTYPE')) {
    const args = step.argsOf(rel)
    for (const object of refsOf(args[4])) if (!typeOf.has(object)) typeOf.set(object, refOf(args[5]))
  }
  const read = new Map<number, PropertySet | null>()
  function once(set: number, from: PropertySet['from']): PropertySet | null {
    const known = read.get(set)
    if (known !== undefined) return known
    const made = readSet(step, units, set, from)
    read.set(set, made)
    return made
  }
  return (id) => {
    const own = (setsOf.get(id) ?? []).map((set) => once(set, 'occurrence'))
    const type = typeOf.get(id)
    const inherited = type === undefined ? [] : refsOf(step.argsOf(type)[5]).map((set) => once(set, 'type'))
    return [...own, ...inherited].filter((set) => set !== null)
  }
}

function readSet(step: StepFile, units: Units, id: number, from: PropertySet['from']): PropertySet | null {
  const type = step.typeOf(id)
  const args = step.argsOf(id)
  if (type === 'IFCPROPERTYSET') return { name: textOf(args[2]), kind: 'properties', from, properties: rows(step, units, refsOf(args[4]), '', 0) }
  if (type === 'IFCELEMENTQUANTITY') return { name: textOf(args[2]), kind: 'quantities', from, properties: rows(step, units, refsOf(args[5]), '', 0) }
  return null
}

function rows(step: StepFile, units: Units, ids: readonly number[], prefix: string, depth: number): Row[] {
  if (depth > 8) return []
  return ids.flatMap((id): Row[] => {
    const type = step.typeOf(id)
    const args = step.argsOf(id)
    const name = prefix + textOf(args[0])
    switch (type) {
      case 'IFCPROPERTYSINGLEVALUE':
        return [{ name, value: plain(args[2]), unit: unitName(step, refOf(args[3])) ?? unitOfMeasure(args[2], units) }]
      case 'IFCPROPERTYENUMERATEDVALUE':
        return [{ name, value: joined(args[2]), unit: null }]
      case 'IFCPROPERTYLISTVALUE':
        return [{ name, value: joined(args[2]), unit: unitName(step, refOf(args[3])) ?? unitOfMeasure(first(args[2]), units) }]
      case 'IFCPROPERTYBOUNDEDVALUE':
        return [
          {
            name,
            value: args[5] !== null && args[5] !== undefined ? plain(args[5]) : `${plain(args[3]) ?? '…'} – ${plain(args[2]) ?? '…'}`,
            unit: unitName(step, refOf(args[4])) ?? unitOfMeasure(args[2] ?? args[3], units),
          },
        ]
      case 'IFCPROPERTYREFERENCEVALUE':
        return [{ name, value: textOf(step.argsOf(refOf(args[3]))[0]) || textOf(step.argsOf(refOf(args[3]))[2]) || null, unit: null }]
      case 'IFCPROPERTYTABLEVALUE':
        return [{ name, value: `${joined(args[2])} → ${joined(args[3])}`, unit: null }]
      case 'IFCCOMPLEXPROPERTY':
        return rows(step, units, refsOf(args[3]), `${name} · `, depth + 1)
      case 'IFCPHYSICALCOMPLEXQUANTITY':
        return rows(step, units, refsOf(args[2]), `${name} · `, depth + 1)
      default: {
        const kind = QUANTITY_UNITS[type]
        if (kind === undefined) return []
        const value = numberOf(args[3])
        return [{ name, value: Number.isFinite(value) ? value : null, unit: unitName(step, refOf(args[2])) ?? (kind ? (units.names.get(kind) ?? null) : null) }]
      }
    }
  })
}

const QUANTITY_UNITS: Readonly<Record<string, string>> = {
  IFCQUANTITYLENGTH: 'LENGTHUNIT',
  IFCQUANTITYAREA: 'AREAUNIT',
  IFCQUANTITYVOLUME: 'VOLUMEUNIT',
  IFCQUANTITYWEIGHT: 'MASSUNIT',
  IFCQUANTITYTIME: 'TIMEUNIT',
  IFCQUANTITYCOUNT: '',
  IFCQUANTITYNUMBER: '',
}
const MEASURE_UNITS: Readonly<Record<string, string>> = {
  IFCLENGTHMEASURE: 'LENGTHUNIT',
  IFCPOSITIVELENGTHMEASURE: 'LENGTHUNIT',
  IFCNONNEGATIVELENGTHMEASURE: 'LENGTHUNIT',
  IFCAREAMEASURE: 'AREAUNIT',
  IFCVOLUMEMEASURE: 'VOLUMEUNIT',
  IFCMASSMEASURE: 'MASSUNIT',
  IFCTIMEMEASURE: 'TIMEUNIT',
  IFCPLANEANGLEMEASURE: 'PLANEANGLEUNIT',
  IFCPOSITIVEPLANEANGLEMEASURE: 'PLANEANGLEUNIT',
  IFCVOLUMETRICFLOWRATEMEASURE: 'VOLUMETRICFLOWRATEUNIT',
  IFCPRESSUREMEASURE: 'PRESSUREUNIT',
  IFCPOWERMEASURE: 'POWERUNIT',
  IFCTHERMODYNAMICTEMPERATUREMEASURE: 'THERMODYNAMICTEMPERATUREUNIT',
  IFCFORCEMEASURE: 'FORCEUNIT',
}

function unitOfMeasure(value: Value, units: Units): string | null {
  const kind = isTyped(value) ? MEASURE_UNITS[value.type] : undefined
  return kind ? (units.names.get(kind) ?? null) : null
}

function first(value: Value): Value {
  return Array.isArray(value) ? value[0] : value
}

function joined(value: Value): string {
  return (Array.isArray(value) ? value : [value])
    .map((item) => plain(item))
    .filter((item) => item !== null)
    .join(', ')
}

function plain(value: Value): string | number | boolean | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'string') return value
  const word = enumOf(value)
  if (word) return word === 'T' ? true : word === 'F' ? false : word === 'U' ? null : word
  if (isTyped(value)) return plain(value.value)
  if (Array.isArray(value)) return joined(value)
  return null
}
