import { it } from 'vitest'
import { floodPlane } from '../support/ea-4.ts'
import { makeJudge } from '../support/judge.ts'

const judge = makeJudge('EA test 4 in full', 'SC120002; Shaw et al. 2021 (LISFLOOD-FP 8.0 DG2)')

it.each([10, 5])('EA test 4, five hours, at cells of %i m', (cell) => {
  const { rmse, peak, arrival } = floodPlane(cell, 18_000)
  judge('depths, RMSE [m]', `${cell} m`, rmse, 0.01)
  judge('peaks off', `${cell} m`, peak, 0.03)
  judge('arrivals off [s]', `${cell} m`, arrival, 150)
})
