/**
 * Weirs under a tail water, steady, floor 5 m below the crest. Thin wall: q = 1.705 E^1.5 (1 − (h_d/E)^1.5)^0.385 (Villemonte 1947), tail
 * measured 3 m downstream. Broad crest of 2 m: q = h_d √(2 g (E − h_d)), tail measured 4 m downstream. Kerb of 0.15 m, thin or one cell wide, free: E by
 * 1.705 E^1.5. Limits (`flood.md` 4): thin 7 %, broad 10 % up to h_d/E 0.9, kerb 0.5 %. Gradient schemes pass up to 2.2 times the flow. (Over a shallow
 * floor the tail recovers the jet's momentum: 1 m below the crest the broad crest passes 17 % more at h_d/E 0.92.)
 */
import { expect, it } from 'vitest'
import { channel } from '../support/channel.ts'
import { makeJudge } from '../support/judge.ts'

const judge = makeJudge('Weirs', 'Villemonte 1947; energy over a broad crest')
const g = 9.81
const weir = Math.sqrt(g) * (2 / 3) ** 1.5

it.each([1, 0.5])('thin wall, at cells of %f m', (cell) => {
  let least = 1
  let most = 0
  for (const tail of [1.22, 1.3, 1.38]) {
    const run = channel({
      cell,
      from: -30,
      to: 30,
      bed: () => -4,
      depth: (x) => (x < 0 ? 5.4 : 4 + tail),
      end: { level: tail },
      walls: [{ x: 0, level: 1 }],
      manning: 0.01,
    })
    run.advance(400, 0.3)
    const up = run.depthAt(-3 * cell + 1e-9)
    const energy = up - 5 + (0.3 / up) ** 2 / (2 * g)
    const down = run.depthAt(3) - 5
    const r = down / energy
    least = Math.min(least, r)
    most = Math.max(most, r)
    judge(`thin, tail ${tail} m`, `${cell} m`, Math.abs(0.3 / (weir * energy ** 1.5 * (1 - r ** 1.5) ** 0.385) - 1), 0.07)
  }
  expect(least).toBeLessThan(0.7)
  expect(most).toBeGreaterThan(0.8)
})

it.each([1, 0.5])('broad crest, at cells of %f m', (cell) => {
  for (const tail of [1.18, 1.24, 1.28]) {
    const run = channel({
      cell,
      from: -30,
      to: 30,
      bed: (x) => (x > 0 && x < 2 ? 1 : -4),
      depth: (x) => (x < 0 ? 5.4 : x < 2 ? 0.3 : 4 + tail),
      end: { level: tail },
      manning: 0.01,
    })
    run.advance(400, 0.3)
    const up = run.depthAt(-3 * cell + 1e-9)
    const energy = up - 5 + (0.3 / up) ** 2 / (2 * g)
    const down = run.depthAt(6) - 5
    const r = down / energy
    const exact = r < 2 / 3 ? weir * energy ** 1.5 : down * Math.sqrt(2 * g * (energy - down))
    expect(r).toBeLessThan(0.93)
    judge(`broad, tail ${tail} m`, `${cell} m`, Math.abs(0.3 / exact - 1), 0.1)
  }
})

it.each([1, 0.5])('kerb of 0.15 m, at cells of %f m', (cell) => {
  for (const kind of ['thin', 'one cell']) {
    const run = channel({
      cell,
      from: -30,
      to: 20,
      bed: (x) => (kind === 'one cell' && x > 0 && x < cell ? 0.15 : x > 0 ? -0.3 : 0),
      depth: (x) => (x < 0 ? 0.2 : 0),
      end: 'pit',
      walls: kind === 'thin' ? [{ x: 0, level: 0.15 }] : [],
    })
    run.advance(400, 0.05)
    const up = run.depthAt(-0.5 * cell)
    const energy = up - 0.15 + (0.05 / up) ** 2 / (2 * g)
    judge(`kerb, ${kind}`, `${cell} m`, Math.abs(energy / (0.05 / weir) ** (2 / 3) - 1), 0.005)
  }
})
