import { expect, it } from 'vitest'
import { arcsine, power } from './powers.ts'

it('agrees with the machine’s own powers and arcs to their last places', () => {
  let [powers, arcs] = [0, 0]
  for (let k = 1; k < 4000; k++) {
    const x = (k * k) / 3e5
    for (const y of [0.385, 2 / 3, 0.83, 1.852, 2.5, -0.148]) powers = Math.max(powers, Math.abs(power(x, y) / x ** y - 1))
    arcs = Math.max(arcs, Math.abs(arcsine(k / 4000) - Math.asin(k / 4000)))
  }
  expect(powers).toBeLessThan(2e-14)
  expect(arcs).toBeLessThan(1e-15)
  expect([power(0, 0.5), power(7, 0), power(1, 3.3), arcsine(0), arcsine(1)]).toEqual([0, 1, 1, 0, Math.PI / 2])
})
