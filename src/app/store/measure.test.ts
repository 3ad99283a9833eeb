import { expect, it } from 'vitest'
import { findClashes } from '@/core/clash'
import type { SiteModel } from '@/core/model'
import { at, CUBE, drum, testModel } from '@/scene/scene-test-site'
import type { TwinJobs } from './jobs.ts'
import { createTwinStore } from './twin-store.ts'

const cubes = (id: string, places: readonly [number, number, number][]) =>
  testModel(
    id,
    places.map((place) => ({ shape: CUBE, matrices: [at(...place)] })),
  )
function twin(models: readonly SiteModel[]) {
  const { store } = createTwinStore({ findClashes } as unknown as TwinJobs)
  store.setState({ models })
  return store
}
async function gapOf(models: readonly SiteModel[], a: [string, number], b: [string, number]) {
  const store = twin(models)
  await store.getState().measureGap({ model: a[0], index: a[1] }, { model: b[0], index: b[1] })
  const [measure] = store.getState().measures
  if (measure?.kind !== 'gap') throw new Error('no gap')
  return measure.gap
}

it('measures the least distance of two bodies, within one model and across two, far from the origin too', async () => {
  const one = cubes('one', [
    [0, 0, 0],
    [1.3, 1.4, 0],
  ])
  expect(await gapOf([one], ['one', 0], ['one', 1])).toMatchObject({ kind: 'apart', distance: expect.closeTo(0.5, 9) })
  const two = cubes('two', [[5000, 0, 0]])
  expect(await gapOf([one, two], ['two', 0], ['one', 1])).toMatchObject({ kind: 'apart', distance: expect.closeTo(Math.hypot(4997.7, 0.4), 6) })
})

it('measures round bodies to their surface', async () => {
  const model = testModel('m', [
    { shape: drum(360), matrices: [at(0, 0, 0)] },
    { shape: CUBE, matrices: [at(1.25, -0.5, 0)] },
  ])
  expect(await gapOf([model], ['m', 0], ['m', 1])).toMatchObject({ kind: 'apart', distance: expect.closeTo(0.25, 4) })
})

it('says that two touch, how deep they overlap, and how far the terrain is', async () => {
  const model = cubes('m', [
    [0, 0, 0],
    [1, 0, 0],
    [0.9, 0, 0],
  ])
  expect(await gapOf([model], ['m', 0], ['m', 1])).toMatchObject({ kind: 'meet' })
  expect(await gapOf([model], ['m', 0], ['m', 2])).toMatchObject({ kind: 'meet', depth: expect.closeTo(0.1, 6) })
  const ground = testModel('g', [
    { shape: CUBE, matrices: [at(0, 0, 0)], class: 'IfcGeographicElement' },
    { shape: CUBE, matrices: [at(3, 0, 0)] },
  ])
  expect(await gapOf([ground], ['g', 0], ['g', 1])).toMatchObject({ kind: 'apart', distance: expect.closeTo(2, 9) })
})

it('takes points stroke by stroke: two for a distance, a closed ring for an area, one element only once for a gap', () => {
  const store = twin([cubes('m', [[0, 0, 0]])])
  const take = (x: number, y: number) => store.getState().takePoint({ kind: 'vertex', point: [x, y, 0], ref: { model: 'm', index: 0 } })
  take(0, 0)
  take(0, 0)
  expect(store.getState().measures).toHaveLength(0)
  take(3, 4)
  expect(store.getState().measures).toMatchObject([{ kind: 'distance' }])
  store.getState().setMeasureKind('area')
  for (const [x, y] of [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 0],
  ])
    take(x, y)
  expect(store.getState().measures[1]).toMatchObject({
    kind: 'area',
    points: [
      [0, 0, 0],
      [1, 0, 0],
      [1, 1, 0],
    ],
  })
  store.getState().setMeasureKind('gap')
  take(0, 0)
  take(1, 0)
  expect(store.getState().stroke).toHaveLength(1)
})
