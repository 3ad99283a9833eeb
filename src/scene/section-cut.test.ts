import { expect, it } from 'vitest'
import type { Shape } from '@/core/model'
import { at, CUBE, drum, IDENTITY } from './scene-test-site.ts'
import { cutShape } from './section-cut.ts'

function areaOf(caps: readonly number[]): number {
  let sum = 0
  for (let k = 0; k < caps.length; k += 9) {
    const u = [0, 1, 2].map((a) => caps[k + 3 + a] - caps[k + a])
    const v = [0, 1, 2].map((a) => caps[k + 6 + a] - caps[k + a])
    sum += Math.hypot(u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]) / 2
  }
  return sum
}
const level = (offset: number) => ({ normal: [0, 0, 1] as const, offset })
/** Several shapes as one mesh. */
function together(...parts: readonly [Shape, number][]): Shape {
  const positions: number[] = []
  const indices: number[] = []
  for (const [shape, scale] of parts) {
    const base = positions.length / 3
    for (let k = 0; k < shape.positions.length; k += 3) positions.push(shape.positions[k] * scale, shape.positions[k + 1] * scale, shape.positions[k + 2])
    for (const index of shape.indices) indices.push(base + index)
  }
  return { positions: new Float32Array(positions), indices: new Uint32Array(indices), closed: true }
}

it('fills the cut of a box, straight, at a slant and through its corners', () => {
  expect(areaOf(cutShape(CUBE, IDENTITY, level(0.3)).caps)).toBeCloseTo(1, 6)
  expect(areaOf(cutShape(CUBE, at(10, -5, 100, 3), level(101)).caps)).toBeCloseTo(9, 6)
  const s = Math.SQRT1_2
  const slant = cutShape(CUBE, IDENTITY, { normal: [s, 0, s], offset: s })
  expect(areaOf(slant.caps)).toBeCloseTo(Math.SQRT2, 6)
  expect(slant.open).toEqual([])
})

it('leaves holes open: a pipe in a pipe in a pipe', () => {
  const facets = 64
  const disc = (facets / 2) * Math.sin((2 * Math.PI) / facets)
  const nested = together([drum(facets), 3], [drum(facets), 2], [drum(facets), 1])
  const cut = cutShape(nested, IDENTITY, level(0.5))
  expect(areaOf(cut.caps)).toBeCloseTo(disc * (9 - 4 + 1), 4)
  expect(cut.outline.length / 6).toBeGreaterThanOrEqual(3 * facets)
})

it('does not fill an open body, and gives its lines', () => {
  const lid = { ...CUBE, indices: CUBE.indices.slice(0, 24), closed: false }
  const { caps, open } = cutShape(lid, IDENTITY, level(0.5))
  expect(caps).toEqual([])
  expect(open.length).toBeGreaterThan(0)
})

it('does not see a shape that lies on one side, or only touches the plane from above', () => {
  expect(cutShape(CUBE, IDENTITY, level(2)).caps).toEqual([])
  expect(cutShape(CUBE, IDENTITY, level(0)).caps).toEqual([])
})
