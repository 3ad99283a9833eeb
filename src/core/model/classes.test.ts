import { expect, it } from 'vitest'
import { isA, spellClass } from './index.ts'

it('knows the line of a pipe, a strut and a stratum', () => {
  expect(isA('IfcPipeSegment', 'IfcDistributionElement')).toBe(true)
  expect(isA('IfcPipeSegment', 'IfcProduct')).toBe(true)
  expect(isA('IfcPipeSegment', 'IfcWall')).toBe(false)
  expect(isA('IfcMember', 'IfcBuildingElement') && isA('IfcMember', 'IfcBuiltElement')).toBe(true)
  expect(isA('IfcSolidStratum', 'IfcGeotechnicalElement')).toBe(true)
  expect(isA('IfcDistributionSystem', 'IfcGroup')).toBe(true)
})

it('spells classes as the standard does', () => {
  expect(spellClass('IFCELECTRICDISTRIBUTIONBOARD')).toBe('IfcElectricDistributionBoard')
  expect(spellClass('IFCCARTESIANPOINT')).toBeUndefined()
})
