/**
 * MacDonald's channels: a depth h(x) is chosen and the bed follows, z' = (q²/(g h³) − 1) h' − 2 q R/(g h²) − n² q² h^(−10/3), R rain (SWASHES:
 * Delestre et al. 2013). Long channels of 1000 m: subcritical, supercritical, from sub- to supercritical; subcritical with rain. Above them the bed
 * continues, so that the water, which is brought in at rest, has its depth; above the supercritical one from a subcritical reach. Limits of `flood.md` 4 at 200 cells.
 */
import { it } from 'vitest'
import { channel } from '../support/channel.ts'
import { l1 } from '../support/flood-grid.ts'
import { makeJudge } from '../support/judge.ts'

const judge = makeJudge('MacDonald channels', 'MacDonald et al. 1997; SWASHES')
const g = 9.81
const L = 1000
const base = (4 / g) ** (1 / 3)
const smooth = (s: number) => (s <= 0 ? 0 : s >= 1 ? 1 : s * s * s * (10 - 15 * s + 6 * s * s))

interface Case {
  readonly name: string
  readonly q: number
  readonly rain?: number
  readonly n: number
  readonly above: number
  readonly depth: (x: number) => number
  readonly free?: boolean
}
const superDepth = (x: number) => base * (1 - 0.2 * Math.exp(-36 * (x / L - 0.5) ** 2))
const cases: readonly Case[] = [
  { name: 'subcritical', q: 2, n: 0.033, above: 100, depth: (x) => base * (1 + 0.5 * Math.exp(-16 * (x / L - 0.5) ** 2)) },
  { name: 'supercritical', q: 2.5, n: 0.04, above: 800, free: true, depth: (x) => superDepth(x) + 0.4 * smooth((-x - 500) / 300) },
  {
    name: 'sub- to supercritical',
    q: 2,
    n: 0.0218,
    above: 100,
    free: true,
    depth: (x) => base * (x <= L / 2 ? 1 - Math.tanh(3 * (x / L - 0.5)) / 3 : 1 - Math.tanh(6 * (x / L - 0.5)) / 6),
  },
  { name: 'subcritical with rain', q: 1, rain: 1e-3, n: 0.033, above: 100, depth: (x) => base * (1 + 0.5 * Math.exp(-16 * (x / L - 0.5) ** 2)) },
]

it.each([
  [100, 2],
  [200, 1],
])('at %i cells', (count, factor) => {
  const limits = [0.004, 0.002, 0.002, 0.01]
  cases.forEach(({ name, q: q0, rain = 0, n, above, depth, free }, which) => {
    const cell = L / count
    const q = (x: number) => q0 + rain * x
    const slope = (x: number) => {
      const h = depth(x)
      const dh = (depth(x + 1e-3) - depth(x - 1e-3)) / 2e-3
      return ((q(x) * q(x)) / (g * h ** 3) - 1) * dh - (2 * q(x) * rain) / (g * h * h) - n * n * q(x) * q(x) * h ** (-10 / 3)
    }
    // z from the downstream end, by Simpson's rule on a fine grid; values between by straight lines.
    // The brink draws the last cells down: it lies below the reach that is judged.
    const below = free ? 100 : 0
    const [x0, x1, fine] = [-above - cell, L + below + cell, cell / 20]
    const points = Math.round((x1 - x0) / fine)
    const table = new Float64Array(points + 1)
    for (let k = points; k > 0; k--) {
      const x = x0 + k * fine
      table[k - 1] = table[k] - (fine / 6) * (slope(x) + 4 * slope(x - fine / 2) + slope(x - fine))
    }
    const bed = (x: number) => {
      const s = (x - x0) / fine
      const k = Math.min(points - 1, Math.max(0, Math.floor(s)))
      return table[k] + (s - k) * (table[k + 1] - table[k])
    }
    const end = free ? ('pit' as const) : { level: bed(L + cell / 2) + depth(L) }
    const run = channel({ cell, from: -above, to: L + below, bed, manning: n, depth, end })
    run.advance(5000, q(-above), rain)
    const keep = (values: readonly number[]) => values.filter((_, k) => run.xs[k] > 0 && run.xs[k] < L)
    judge(`${name}, depth L1`, `${count} cells`, l1(keep(run.depths()), keep(run.xs.map(depth))), limits[which] * factor)
    if (rain === 0) judge(`${name}, discharge`, `${count} cells`, Math.abs(run.flowAt(L / 2) / q0 - 1), 1e-5)
  })
})
