/**
 * Rain on a plane, kinematic wave: α = √S / n; outflow per width q = α (i t)^{5/3} until t_c = (L / (α i^{2/3}))^{3/5}, then i L; after the
 * rain stops (t_r > t_c) q solves q/i + (5/3) α^{3/5} q^{2/5} (t − t_r) = L. Limits (`flood.md` 4): L1 of q 1.5 % rising, 0.6 % falling (of i L).
 */
import { expect, it } from 'vitest'
import { cellAt, filled, l1, makeGrid } from '../support/flood-grid.ts'
import { makeJudge } from '../support/judge.ts'

const judge = makeJudge('Rain on a plane', 'kinematic wave')

const rain = 50e-3 / 3600
it.each([
  [0.01, 0.1, 3600],
  [0.05, 0.015, 1200],
  [0.3, 0.015, 600],
])('on a slope of %f with n = %f', (S, n, stop) => {
  const L = 100
  const grid = makeGrid({ columns: L + 6, cell: 1, floor: (x) => (x < L ? (L - x) * S : -8), manning: n })
  const run = filled(grid, () => 0)
  const alpha = Math.sqrt(S) / n
  const tc = (L / (alpha * rain ** (2 / 3))) ** 0.6
  const rising = { ours: [] as number[], exact: [] as number[] }
  const falling = { ours: [] as number[], exact: [] as number[] }
  const every = stop / 60
  const trough = () => Array.from({ length: 6 }, (_, c) => run.kernel.depthAt(cellAt(grid, L + c))).reduce((sum, h) => sum + h, 0)
  const outflow = (t: number) => {
    if (t <= stop) return t < tc ? alpha * (rain * t) ** (5 / 3) : rain * L
    let [low, high] = [0, rain * L]
    for (let i = 0; i < 60; i++) {
      const q = (low + high) / 2
      if (q / rain + (5 / 3) * alpha ** 0.6 * q ** 0.4 * (t - stop) > L) high = q
      else low = q
    }
    return low
  }
  // Means over an interval, from what arrives in the trough: thin films at Fr > 2 roll, and single moments would measure that.
  for (let k = 0; k < 120; k++) {
    const before = trough()
    run.advance(every, k < 60 ? rain : 0)
    const ours = (trough() - before) / every - (k < 60 ? rain * 6 : 0)
    let exact = 0
    for (let i = 0; i < 20; i++) exact += outflow((k + (i + 0.5) / 20) * every) / 20
    const series = k < 60 ? rising : falling
    series.ours.push(ours)
    series.exact.push(exact)
  }
  expect(stop).toBeGreaterThan(tc)
  judge(`slope ${S}: outflow L1, rising`, '1 m', l1(rising.ours, rising.exact), 0.015)
  // Against the steady outflow i L, as the recession tends to nothing.
  const mean = falling.exact.reduce((sum, q) => sum + q, 0) / falling.exact.length
  judge(`slope ${S}: outflow L1, falling`, '1 m', (l1(falling.ours, falling.exact) * mean) / (rain * L), 0.006)
})
