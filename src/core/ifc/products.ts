import { isA, spellClass } from '@/core/model'
import { type Args, enumOf, refOf, type StepFile, textOf, type Value } from './step-file.ts'

/** An IfcProduct as its own line says it, before relations and geometry. */
export interface Product {
  readonly id: number
  /** Usual spelling; of a class in no schema: as written, with a leading `Ifc`. */
  readonly class: string
  readonly knownClass: boolean
  readonly globalId: string
  readonly name: string
  readonly tag: string
  readonly type: string
  readonly placement: number
  readonly representation: number
  /** Its line cannot be read as a product: where it stands and what it looks like is unknown. */
  readonly damaged: boolean
}

/** All products in file order. A class in no schema counts as a product where its line looks like one: placement and shape at 5 and 6. */
export function readProducts(step: StepFile): Product[] {
  const products: Product[] = []
  for (const type of step.typesPresent().keys()) {
    const spelled = spellClass(type)
    const known = spelled !== undefined && isA(spelled, 'IfcProduct')
    if (!known && (spelled !== undefined || NOT_PRODUCTS.test(type))) continue
    for (const id of step.idsOf(type)) {
      if (!known && !beginsWithText(step, id)) continue
      const args = step.argsOf(id)
      if (!known && !looksLikeProduct(step, args)) continue
      products.push(readProduct(id, spelled ?? `Ifc${type.slice(3, 4)}${type.slice(4).toLowerCase()}`, known, args))
    }
  }
  return products.sort((a, b) => a.id - b.id)
}

/** Entities of these prefixes have no placement or are types and relations; skipping them early keeps the scan quick. */
const NOT_PRODUCTS =
  /^(IFCREL|IFCPROPERTY|IFCQUANTITY|IFCCARTESIAN|IFCAXIS|IFCDIRECTION|IFCPOLY|IFCFACE|IFCSURFACE|IFCSTYLE|IFCSHAPE|IFCMATERIAL|IFCOWNER|IFC[A-Z0-9]*TYPE$)/

/** Whether the first argument is a text, as a GlobalId is: long lists of numbers need not be parsed to know that they are no product. */
function beginsWithText(step: StepFile, id: number): boolean {
  const { bytes, starts, ends } = step.scan
  const k = step.placeOf(id)
  let p = starts[k] + 1
  while (p < ends[k] && bytes[p] <= 32) p++
  return bytes[p] === 39
}

function looksLikeProduct(step: StepFile, args: Args): boolean {
  return (
    args.length >= 7 &&
    typeof args[0] === 'string' &&
    args[0].length === 22 &&
    (step.typeOf(refOf(args[5])).endsWith('PLACEMENT') || args[5] === null) &&
    step.typeOf(refOf(args[6])) === 'IFCPRODUCTDEFINITIONSHAPE'
  )
}

function readProduct(id: number, name: string, knownClass: boolean, args: Args): Product {
  const spatial = isA(name, 'IfcSpatialStructureElement') || isA(name, 'IfcSpatialElement')
  const long = spatial ? textOf(args[7]) : ''
  return {
    id,
    class: name,
    knownClass,
    globalId: textOf(args[0]),
    name: textOf(args[2]) || long,
    tag: isA(name, 'IfcElement') || !knownClass ? textOf(args[7]) : '',
    type: predefinedType(args),
    placement: refOf(args[5]),
    representation: refOf(args[6]),
    damaged: args.length < 7 || !isLink(args[5]) || !isLink(args[6]),
  }
}

function isLink(value: Value): boolean {
  return value === null || refOf(value) > 0
}

function predefinedType(args: readonly Value[]): string {
  for (let k = 8; k < args.length; k++) {
    const value = enumOf(args[k])
    if (value && value !== 'ELEMENT' && value !== 'COMPLEX' && value !== 'PARTIAL') return value
  }
  return ''
}

/** Pure voids: kept for rules, not drawn. */
export function isOpening(name: string): boolean {
  return isA(name, 'IfcOpeningElement') || isA(name, 'IfcVoidingFeature') || isA(name, 'IfcEdgeFeature')
}

export function isSpatial(name: string): boolean {
  return isA(name, 'IfcSpatialStructureElement') || isA(name, 'IfcSpatialElement')
}
