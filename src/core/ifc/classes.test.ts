import { expect, it } from 'vitest'
import * as engine from 'web-ifc'
import { isA, knownClasses } from '@/core/model'

it('agrees with the engine’s schemas on every product and group', () => {
  const nameOf = new Map<number, string>()
  for (const [key, value] of Object.entries(engine)) if (/^IFC[A-Z0-9]+$/.test(key) && typeof value === 'number') nameOf.set(value, key)
  const spelled = new Map([...knownClasses()].map((name) => [name.toUpperCase(), name]))
  const schemas = (engine as unknown as { InheritanceDef: Record<number, Record<number, number[]>> }).InheritanceDef
  const wrong: string[] = []
  let checked = 0
  for (const schema of [1, 2, 3]) {
    const below = schemas[schema]
    const members = [...below[engine.IFCPRODUCT], ...below[engine.IFCGROUP]]
    for (const [ancestor, children] of Object.entries(below)) {
      const above = spelled.get(nameOf.get(Number(ancestor)) ?? '')
      if (!above) continue
      for (const member of members) {
        const name = spelled.get(nameOf.get(member) ?? '')
        if (!name) wrong.push(`${nameOf.get(member)} is missing`)
        else if (children.includes(member) && !isA(name, above)) wrong.push(`${name} is no ${above}`)
        checked++
      }
    }
  }
  expect(wrong).toEqual([])
  expect(checked).toBeGreaterThan(10_000)
})
