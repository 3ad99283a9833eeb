import { expect, it } from 'vitest'
import { heaviest, warningLevel } from './warning.ts'

const MM_H = 1e-3 / 3600

it('finds the heaviest hour across steps', () => {
  const rain = { from: [0, 1800, 3600, 5400], rate: [20 * MM_H, 60 * MM_H, 40 * MM_H] }
  expect(heaviest(rain, 3600)).toBeCloseTo(50, 9)
})

it('names the warning by one hour or by six', () => {
  expect(warningLevel({ from: [0, 3600], rate: [29 * MM_H] })).toBe('none')
  expect(warningLevel({ from: [0, 3600], rate: [30 * MM_H] })).toBe('blue')
  expect(warningLevel({ from: [0, 3600], rate: [96.7 * MM_H] })).toBe('orange')
  expect(warningLevel({ from: [0, 6 * 3600], rate: [25 * MM_H] })).toBe('red')
})
