import { expect, it } from 'vitest'
import { chicagoStorm, stormDepth, totalRain } from './hyetograph.ts'

/** Depths in mm of `domain.md` 1.1, computed there from the formulas. */
const TABLE = {
  minutes: [5, 10, 15, 30, 60, 120, 180, 360, 1440],
  2: [9.7, 15.6, 20.3, 29.9, 41.3, 54.5, 63.4, 80.7, 127.6],
  5: [12.4, 20.5, 26.6, 39.3, 54.3, 71.7, 83.3, 106.1, 167.8],
  10: [14.5, 24.2, 31.5, 46.4, 64.1, 84.7, 98.4, 125.3, 198.1],
  20: [16.6, 27.9, 36.3, 53.5, 73.9, 97.7, 113.4, 144.5, 228.5],
  50: [19.3, 32.8, 42.6, 62.9, 86.9, 114.8, 133.3, 169.9, 268.6],
  100: [21.3, 36.5, 47.5, 70.0, 96.7, 127.8, 148.4, 189.1, 299.0],
}

it.each([2, 5, 10, 20, 50, 100] as const)('gives the depths of zone II for P = %i a', (P) => {
  TABLE.minutes.forEach((t, k) => void expect(stormDepth('beijing-II', P, t) * 1000).toBeCloseTo(TABLE[P][k], 0.9))
})

it('gives the depths of the old formula', () => {
  expect(stormDepth('beijing-old', 100, 60) * 1000).toBeCloseTo(94.0, 1)
  expect(stormDepth('beijing-old', 10, 120) * 1000).toBeCloseTo(82.8, 1)
})

it('distributes the storm after Keifer and Chu in exact blocks', () => {
  const storm = chicagoStorm('beijing-II', 100, 7200, 0.4, 300)
  const blocks = [2.1, 2.3, 2.55, 2.87, 3.31, 3.93, 4.9, 6.64, 10.62, 21.53, 14.63, 9.5, 7.02, 5.6, 4.69, 4.05, 3.58, 3.22, 2.93, 2.7, 2.5, 2.34, 2.2, 2.07]
  storm.rate.forEach((rate, k) => void expect(rate * 300 * 1000).toBeCloseTo(blocks[k], 1))
  expect(totalRain(storm) * 1000).toBeCloseTo(127.79, 2)
  expect(storm.rate[9] * 3.6e6).toBeCloseTo(258.4, 1)
})
