import { expect, it } from 'vitest'
import { angleOf, areaOf, distanceOf } from './measures.ts'

it('splits a distance into its axes, its run and its slope', () => {
  const { length, delta, horizontal, slope } = distanceOf([1, 2, 3], [4, 6, 3.5])
  expect(delta).toEqual([3, 4, 0.5])
  expect(horizontal).toBe(5)
  expect(length).toBeCloseTo(Math.sqrt(25.25), 12)
  expect(slope).toBeCloseTo(0.1, 12)
  expect(distanceOf([0, 0, 0], [0, 0, -2]).slope).toBeNull()
})

it('measures angles exactly where cosines do not', () => {
  expect(angleOf([1, 0, 0], [0, 0, 0], [0, 1, 0])).toBeCloseTo(Math.PI / 2, 12)
  expect(angleOf([1, 0, 0], [0, 0, 0], [1, 1e-6, 0])).toBeCloseTo(1e-6, 15)
  expect(angleOf([1, 0, 0], [0, 0, 0], [-1, 0, 0])).toBeCloseTo(Math.PI, 12)
  expect(angleOf([0, 0, 0], [0, 0, 0], [1, 0, 0])).toBeNull()
})

it('lays a polygon flat, tilted, concave and far from the origin', () => {
  expect(
    areaOf([
      [0, 0, 0],
      [3, 0, 0],
      [3, 4, 0],
      [0, 4, 0],
    ]),
  ).toEqual({ area: 12, perimeter: 14, plan: 12, off: 0 })
  const tilted = areaOf([
    [0, 0, 0],
    [3, 0, 0],
    [3, 4, 3],
    [0, 4, 3],
  ])
  expect(tilted?.area).toBeCloseTo(15, 12)
  expect(tilted?.plan).toBeCloseTo(12, 12)
  const far = areaOf([
    [4e6, 4e6, 0],
    [4e6 + 2, 4e6, 0],
    [4e6 + 2, 4e6 + 2, 0],
    [4e6 + 1, 4e6 + 1, 0],
    [4e6, 4e6 + 2, 0],
  ])
  expect(far?.area).toBeCloseTo(3, 6)
  expect(
    areaOf([
      [0, 0, 0],
      [1, 0, 0],
    ]),
  ).toBeNull()
})

it('tells how far corners lie off one plane', () => {
  expect(
    areaOf([
      [0, 0, 0.1],
      [1, 0, -0.1],
      [1, 1, 0.1],
      [0, 1, -0.1],
    ])?.off,
  ).toBeCloseTo(0.1, 6)
})
