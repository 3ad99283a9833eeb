import { numberOf, refOf, refsOf, type StepFile } from './step-file.ts'

export type Color = readonly [number, number, number, number]

/** Colours as the file says them (sRGB): of a product by its material, of an item of its shape by its style. */
export interface Colors {
  ofProduct(product: number): Color | null
  ofItem(item: number): Color | null
}

export function readColors(step: StepFile, styled: ReadonlyMap<number, readonly number[]>): Colors {
  const materialOf = new Map<number, number>()
  for (const rel of step.idsOf('IFCRELASSOCIATESMATERIAL')) {
    const args = step.argsOf(rel)
    for (const object of refsOf(args[4])) materialOf.set(object, refOf(args[5]))
  }
  const typeOf = new Map<number, number>()
  for (const rel of step.idsOf('IFCRELDEFINESBYTYPE')) {
    const args = step.argsOf(rel)
    for (const object of refsOf(args[4])) typeOf.set(object, refOf(args[5]))
  }
  const presentation = new Map<number, number[]>()
  for (const id of step.idsOf('IFCMATERIALDEFINITIONREPRESENTATION')) {
    const args = step.argsOf(id)
    presentation.set(refOf(args[3]), refsOf(args[2]))
  }
  const known = new Map<number, Color | null>()
  function once(root: number): Color | null {
    const cached = known.get(root)
    if (cached !== undefined) return cached
    const found = search(root)
    known.set(root, found)
    return found
  }
  return {
    ofProduct(product) {
      const material = materialOf.get(product) ?? materialOf.get(typeOf.get(product) ?? 0)
      return material && presentation.size > 0 ? once(material) : null
    },
    ofItem(item) {
      for (const style of styled.get(item) ?? [])
        for (const look of refsOf(step.argsOf(style)[1])) {
          const color = once(look)
          if (color) return color
        }
      return null
    },
  }

  /** The first colour reachable from a style, or from a material, its layers, profiles or constituents. */
  function search(root: number): Color | null {
    const queue = [root]
    const seen = new Set<number>()
    for (let id = queue.shift(); id !== undefined && seen.size < 500; id = queue.shift()) {
      if (seen.has(id)) continue
      seen.add(id)
      const type = step.typeOf(id)
      if (type === 'IFCSURFACESTYLERENDERING' || type === 'IFCSURFACESTYLESHADING') {
        const args = step.argsOf(id)
        const [, r, g, b] = step.argsOf(refOf(args[0])).map(numberOf)
        const transparency = numberOf(args[1])
        if ([r, g, b].every((v) => v >= 0 && v <= 1)) return [r, g, b, transparency >= 0 && transparency <= 1 ? 1 - transparency : 1]
      }
      queue.push(...(presentation.get(id) ?? []))
      if (!/CONTEXT$|PROFILEDEF$/.test(type)) queue.push(...step.refsOf(id))
    }
    return null
  }
}
