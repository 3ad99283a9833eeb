/**
 * Seiche of a basin of 100 m with 5 m of water, amplitude 2 cm: T = 2 L/√(g h), undamped. Over a drowned wall (crest 1 m under water) a scheme
 * that caps the flow by a weir law kills the wave or makes it chatter at 1–5 s, one that forgets the loss makes it grow (`flood.md` 8, trap 3): there
 * the period is 29.0–29.8 s. Limits: period 0.1 %, amplitude left after 10 periods ≥ 0.99.
 */
import { expect, it } from 'vitest'
import { channel } from '../support/channel.ts'
import { makeJudge } from '../support/judge.ts'

const judge = makeJudge('Seiche', 'linear long waves')
const [L, depth, amplitude] = [100, 5, 0.02]
const theory = (2 * L) / Math.sqrt(9.81 * depth)

/** Amplitude of the first mode. */
function swing(cell: number, walls: readonly { x: number; level: number }[]) {
  const basin = channel({ cell, from: 0, to: L, bed: () => 0, depth: (x) => depth + amplitude * Math.cos((Math.PI * x) / L), end: 'wall', walls })
  const mode = () => (2 / basin.xs.length) * basin.depths().reduce((sum, h, k) => sum + (h - depth) * Math.cos((Math.PI * basin.xs[k]) / L), 0)
  const crossings: number[] = []
  const peaks: number[] = []
  const every = 0.1
  let [before, peak] = [mode(), 0]
  for (let t = every; t < 10.6 * theory; t += every) {
    basin.advance(every)
    const now = mode()
    peak = Math.max(peak, Math.abs(now))
    if (now < 0 !== before < 0) {
      crossings.push(t - (every * now) / (now - before))
      peaks.push(peak / amplitude)
      peak = 0
    }
    before = now
  }
  const last = crossings.length - 1
  return { period: (2 * (crossings[last] - crossings[0])) / last, left: peaks[peaks.length - 1], most: Math.max(...peaks), count: last }
}

it.each([1, 0.5])('at cells of %f m', (cell) => {
  const free = swing(cell, [])
  judge('period', `${cell} m`, Math.abs(free.period / theory - 1), 1e-3)
  judge('amplitude lost in 10 periods', `${cell} m`, 1 - free.left, 0.01)
  const sill = swing(cell, [{ x: L / 2, level: 4 }])
  expect(sill.count).toBeGreaterThan(17)
  judge('over a drowned wall: period off 29.4 s', `${cell} m`, Math.abs(sill.period - 29.4), 0.9)
  judge('over a drowned wall: growth', `${cell} m`, sill.most - 1, 0.02)
})
