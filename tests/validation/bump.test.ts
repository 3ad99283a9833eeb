/**
 * Steady flow over a bump, frictionless: z = 0.2 − 0.05 (x − 10)², 8 < x < 12, L = 25 m (SWASHES: Delestre et al. 2013, IJNMF 72). Bernoulli:
 * h³ + (z − E) h² + q²/2g = 0, with E from the stage downstream (upper root) or from critical flow on the crest (upper root before it, lower
 * after); the shock stands where q² (1/h₁ − 1/h₂) + g/2 (h₁² − h₂²) = 0. Limits of `flood.md` 4 at 200 cells; twice that at 100, as order 1 asks.
 * A scheme that closes the weir by gradient alone loses q over the crest: the discharge is judged as well.
 */
import { expect, it } from 'vitest'
import { channel } from '../support/channel.ts'
import { l1 } from '../support/flood-grid.ts'
import { makeJudge } from '../support/judge.ts'

const judge = makeJudge('Bump', 'SWASHES, Delestre et al. 2013')
const g = 9.81
const bed = (x: number) => (x > 8 && x < 12 ? 0.2 - 0.05 * (x - 10) ** 2 : 0)
/** Depth of head E over bed z: the upper (subcritical) or lower root. */
function root(q: number, z: number, energy: number, upper: boolean): number {
  const critical = ((q * q) / g) ** (1 / 3)
  let [low, high] = upper ? [critical, energy - z + 1] : [1e-6, critical]
  for (let k = 0; k < 200; k++) {
    const h = (low + high) / 2
    const over = h + z + (q * q) / (2 * g * h * h) > energy
    if (over === upper) high = h
    else low = h
  }
  return (low + high) / 2
}
const stageEnergy = (q: number, h: number) => h + (q * q) / (2 * g * h * h)
const crestEnergy = (q: number) => 0.2 + 1.5 * ((q * q) / g) ** (1 / 3)

function shockAt(q: number, stage: number): number {
  const jump = (x: number) => {
    const [h1, h2] = [root(q, bed(x), crestEnergy(q), false), root(q, bed(x), stageEnergy(q, stage), true)]
    return q * q * (1 / h1 - 1 / h2) + (g / 2) * (h1 * h1 - h2 * h2)
  }
  let [low, high] = [10.01, 12]
  for (let k = 0; k < 100; k++) {
    const x = (low + high) / 2
    if (jump(x) > 0 === jump(10.01) > 0) low = x
    else high = x
  }
  return low
}

it.each([
  [100, 2],
  [200, 1],
])('at %i cells', (n, factor) => {
  const cell = 25 / n
  const inside = (xs: readonly number[], values: readonly number[]) => values.filter((_, k) => xs[k] > 0)

  const sub = channel({ cell, from: -5, to: 25, bed, depth: (x) => 2 - bed(x), end: { level: 2 } })
  sub.advance(200, 4.42)
  const subExact = sub.xs.map((x) => root(4.42, bed(x), stageEnergy(4.42, 2), true))
  judge('subcritical, depth L1', `${n} cells`, l1(inside(sub.xs, sub.depths()), inside(sub.xs, subExact)), 0.002 * factor)
  judge('subcritical, discharge', `${n} cells`, Math.abs(sub.flowAt(10) / 4.42 - 1), 1e-5)

  const trans = channel({ cell, from: -5, to: 25, bed, depth: (x) => (x < 10 ? 0.66 - bed(x) : 0), end: 'pit' })
  trans.advance(300, 1.53)
  const transExact = trans.xs.map((x) => root(1.53, bed(x), crestEnergy(1.53), x < 10))
  judge('transcritical, depth L1', `${n} cells`, l1(inside(trans.xs, trans.depths()), inside(trans.xs, transExact)), 0.025 * factor)
  judge('transcritical, discharge', `${n} cells`, Math.abs(trans.flowAt(15) / 1.53 - 1), 1e-5)

  const shock = channel({ cell, from: -5, to: 25, bed, depth: (x) => 0.33 - bed(x), end: { level: 0.33 } })
  shock.advance(500, 0.18)
  const where = shockAt(0.18, 0.33)
  expect(where).toBeCloseTo(11.666, 2)
  const shockExact = shock.xs.map((x) => (x < where ? root(0.18, bed(x), crestEnergy(0.18), x < 10) : root(0.18, bed(x), stageEnergy(0.18, 0.33), true)))
  judge('with shock, depth L1', `${n} cells`, l1(inside(shock.xs, shock.depths()), inside(shock.xs, shockExact)), 0.012 * factor)
  judge('with shock, discharge', `${n} cells`, Math.abs(shock.flowAt(8) / 0.18 - 1), 1e-5)
  // The face over which depth rises most.
  const depths = shock.depths()
  const rise = (k: number) => (shock.xs[k] > 10.5 && shock.xs[k] < 13 ? depths[k] - depths[k - 1] : 0)
  let steepest = 1
  for (let k = 1; k < depths.length; k++) if (rise(k) > rise(steepest)) steepest = k
  judge('shock, cells off', `${n} cells`, Math.abs(shock.xs[steepest] - cell / 2 - where) / cell, 1.5)
})
