import { expect, it } from 'vitest'
import { formatQuantity, parseQuantity } from './quantity.ts'

it('reads numbers with units into SI', () => {
  expect(parseQuantity('12 L/s', 'flow')).toBeCloseTo(0.012, 15)
  expect(parseQuantity('100 m³/h', 'flow')).toBeCloseTo(100 / 3600, 15)
  expect(parseQuantity('36 mm/h', 'rain')).toBeCloseTo(1e-5, 18)
  expect(parseQuantity(' -0.284 m ', 'length')).toBe(-0.284)
  expect(parseQuantity('1.5e2cm', 'length')).toBe(1.5)
})

it('refuses what is not a finite number with a unit of the dimension', () => {
  for (const bad of ['NaN m', 'Infinity m', '1e999 m', '12', '12 kg', 'm', '', '1,5 m', '0x10 m', '1 2 m', '9'.repeat(80)])
    expect(parseQuantity(bad, 'length'), bad).toBeNull()
})

it('writes back what it read', () => {
  expect(formatQuantity(0.012, 'flow', 'L/s')).toBe('12 L/s')
  expect(formatQuantity(100 / 3600, 'flow', 'm³/h')).toBe('100 m³/h')
})
