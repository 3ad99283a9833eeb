import { expect, it } from 'vitest'
import { CUBE, drum } from './scene-test-site.ts'
import { mergeRuns, trueEdges } from './snap-edges.ts'

const lengths = (edges: Float64Array) =>
  Array.from({ length: edges.length / 6 }, (_, k) => Math.hypot(...[0, 1, 2].map((a) => edges[k * 6 + 3 + a] - edges[k * 6 + a])))

it('joins the pieces into which triangles cut a straight edge', () => {
  const pieces = [0, 0.2, 1.8, 2].flatMap((x, k, all) => (k ? [all[k - 1], 0, 0, x, 0, 0] : []))
  const turned = [pieces[6], 0, 0, pieces[9], 0, 0]
  expect(lengths(mergeRuns([...pieces.slice(0, 6), ...pieces.slice(12), ...turned]))).toEqual([2])
})

it('counts an edge once that two faces cut in different places', () => {
  expect(lengths(mergeRuns([0, 0, 0, 0.5, 0, 0, 0.5, 0, 0, 2, 0, 0, 0, 0, 0, 1.2, 0, 0, 1.2, 0, 0, 2, 0, 0]))).toEqual([2])
})

it('keeps the corner where another edge ends on a straight one', () => {
  const edges = mergeRuns([0, 0, 0, 1, 0, 0, 1, 0, 0, 2, 0, 0, 1, 0, 0, 1, 1, 0])
  expect(lengths(edges).sort()).toEqual([1, 2])
})

it('leaves round edges as they are, and finds the twelve edges of a box', () => {
  expect(lengths(trueEdges(CUBE))).toEqual(Array.from({ length: 12 }, () => 1))
  expect(trueEdges(drum(48)).length / 6).toBe(96)
})
