import { expect, it } from 'vitest'
import { colorsOfValues, roundLimits, type Valued } from './property-colors.ts'

const valued = (values: readonly Valued['value'][], unit: string | null = null): Valued[] =>
  values.map((value, index) => ({ ref: { model: 'm', index }, value, unit }))

it('gives each of a few values a colour of its own, numbers in their order', () => {
  const { entries, colorOf } = colorsOfValues(valued([600, 300, 300, null], 'mm'))
  expect(entries.map(({ name, elements }) => [name.en, elements.length])).toEqual([
    ['300 mm', 2],
    ['600 mm', 1],
    ['Not given', 1],
  ])
  expect(colorOf.get('m')?.get(1)).toBe(entries[0].color)
  expect(new Set(entries.map(({ color }) => color.join())).size).toBe(3)
})

it('puts many numbers into classes with round limits, and loses none', () => {
  const { entries } = colorsOfValues(valued(Array.from({ length: 100 }, (_, k) => k * 1.37)))
  expect(entries.length).toBeLessThanOrEqual(6)
  expect(entries.reduce((sum, { elements }) => sum + elements.length, 0)).toBe(100)
  expect(entries[0].name.en).toBe('0 – 25')
})

it('does not put numbers of two units on one scale', () => {
  const mixed = [...valued([1, 2, 3, 4, 5, 6], 'm'), ...valued([1000, 2000, 3000, 4000, 5000], 'mm')]
  expect(colorsOfValues(mixed).entries.every(({ name }) => !name.en.includes('–'))).toBe(true)
})

it('lets rare words share a colour, and says so', () => {
  const { entries } = colorsOfValues(valued([...'aabbccddeeffgghhijklm']))
  expect(entries).toHaveLength(9)
  expect(entries[8].name.en).toBe('Other values')
  expect(entries[8].elements).toHaveLength(5)
})

it.each([
  [0, 135, 6, [0, 25, 50, 75, 100, 125, 150]],
  [-3.2, 4.9, 6, [-4, -2, 0, 2, 4, 6]],
  [7, 7, 6, [6, 8]],
  [0, 0, 6, [0, 0.2]],
])('round limits from %f to %f', (low, high, most, limits) => {
  const found = roundLimits(low, high, most)
  expect(found.length - 1).toBeLessThanOrEqual(most)
  expect(found[0]).toBeLessThanOrEqual(low)
  expect(found.at(-1)).toBeGreaterThanOrEqual(high)
  if (low !== high) expect(found).toEqual(limits)
})
