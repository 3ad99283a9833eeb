/**
 * UK Environment Agency 2D benchmark 4 (SC120002): a flood wave spreads over a level plane from a line of 20 m, peak 20 m³/s, n 0.05. Against
 * LISFLOOD-FP 8.0 DG2 at 5 m: RMSE of depth ≤ 0.01 m (twice that at 20 m), arrivals within 150 s; here to 90 min, in full at 5 m among the long tests.
 */
import { it } from 'vitest'
import { floodPlane } from '../support/ea-4.ts'
import { makeJudge } from '../support/judge.ts'

const judge = makeJudge('EA test 4', 'SC120002; Shaw et al. 2021 (LISFLOOD-FP 8.0 DG2)')

it.each([
  [20, 0.02, 300],
  [10, 0.01, 150],
])('at cells of %i m', (cell, limit, late) => {
  const { rmse, arrival } = floodPlane(cell, 5400)
  judge('depths, RMSE [m]', `${cell} m`, rmse, limit)
  judge('arrivals off [s]', `${cell} m`, arrival, late)
})
