/**
 * A gate closes on a supercritical stream (Fr 2.9) and a hydraulic jump runs back up: h₂ and its speed s follow from
 * h₁ (u₁ + s) = h₂ s, h₁ (u₁ + s)² − h₂ s² = g/2 (h₂² − h₁²). Limits: depth 2.5 % at 100 cells, 1.5 % at 200 (`flood.md` 4 measured 1.7 and 1.1 %), place 0.5 m.
 */
import { expect, it } from 'vitest'
import { channel } from '../support/channel.ts'
import { makeJudge } from '../support/judge.ts'

const judge = makeJudge('Reflected bore', 'shock relations')
const g = 9.81
const q = 0.5
/** From a crest down a smooth frictionless chute onto a level floor. */
const bed = (x: number) => (x < -20 ? 0.5 : x > -8 ? 0 : 0.25 * (1 + Math.cos((Math.PI * (x + 20)) / 12)))

it.each([
  [100, 0.025],
  [200, 0.015],
])('at %i cells in 40 m', (n, limit) => {
  const cell = 40 / n
  const run = channel({ cell, from: -40, to: 42, bed, depth: (x) => (x < -20 ? 0.4 : 0.05), end: 'pit', gates: [40] })
  run.advance(400, q)
  const h1 = run.depthAt(38)
  const u1 = run.flowAt(38) / h1
  expect(Math.abs(run.flowAt(38) / q - 1)).toBeLessThan(1e-3)
  expect(u1 / Math.sqrt(g * h1)).toBeGreaterThan(2.5)
  run.gate(40, 50)
  let [low, high] = [h1 * 1.01, 20 * h1]
  for (let k = 0; k < 100; k++) {
    const h = (low + high) / 2
    const s = (h1 * u1) / (h - h1)
    if (h1 * (u1 + s) ** 2 - h * s * s > (g / 2) * (h * h - h1 * h1)) low = h
    else high = h
  }
  const h2 = low
  const speed = (h1 * u1) / (h2 - h1)
  const time = 20 / speed
  run.advance(time, q)
  const depths = run.depths()
  // Between the front and the spot at the gate where the bore was born.
  const plateau = depths.filter((_, k) => run.xs[k] > 24 && run.xs[k] < 34)
  judge('depth behind it', `${n} cells`, Math.abs(plateau.reduce((sum, h) => sum + h, 0) / plateau.length / h2 - 1), limit)
  const front = run.xs.findIndex((x, k) => x > 5 && depths[k] > (h1 + h2) / 2)
  judge('place of the front [m]', `${n} cells`, Math.abs(run.xs[front] - 20), 0.5 + cell)
})
