/**
 * Basin filling against its volume–elevation curve, and pump drawdown against the exact saw-tooth of a constant inflow and an on/off pump:
 * rise A Δh / q_in, fall A Δh / (q_p − q_in) (twin c2a of the network cases: A 100 m², q_in 0.02, q_p 0.05 m³/s, start 1.5, stop 0.5 m), and
 * the operating point of a pump curve against lift and hose (`domain.md` 2.4).
 * Limits: basin volume 1e-11 m³ and level 0.1 mm, pump 5 mm and one step, volume 1e-12 of the water handled.
 */
import { expect, it } from 'vitest'
import { finish } from '@/core/base/job'
import { pumpFlow, simulateFlood } from '@/core/flood'
import { cellAt, EMPTY_SETUP, filled, makeGrid } from '../support/flood-grid.ts'
import { makeJudge } from '../support/judge.ts'

const judge = makeJudge('Basin and pump', 'volume–elevation; saw-tooth of an on/off pump')

it('fills a stepped basin to the level of its volume', () => {
  const grid = makeGrid({ columns: 8, rows: 8, cell: 1, floor: (x, y) => (x > 2 && x < 6 && y > 2 && y < 6 ? -2 : -0.5), manning: 0.3 })
  const run = filled(grid, () => 0)
  run.advance(3600, 2e-4)
  run.advance(3600)
  const volume = 64 * 0.72
  const deep = 1.5 + (volume - 16 * 1.5) / 64
  judge('basin: volume [m³]', '1 m', Math.abs(run.kernel.volume() - volume), 1e-11)
  // A seiche dies away like 1/t: the level is exact in the mean, and within a tenth of a millimetre everywhere.
  for (const [column, row] of [
    [4, 4],
    [2, 5],
  ])
    judge(`basin: level at ${column}, ${row} [m]`, '1 m', Math.abs(run.kernel.depthAt(cellAt(grid, column, row)) - deep), 1e-4)
  expect(Math.abs(run.kernel.depthAt(cellAt(grid, 0, 0)) - (deep - 1.5))).toBeLessThan(1e-4)
})

it('cycles a pump between its levels at the exact times', async () => {
  const grid = makeGrid({ columns: 1, cell: 10, floor: () => 0 })
  const setup = {
    ...EMPTY_SETUP,
    duration: 28_800,
    frameEvery: 1,
    seepage: [{ id: 'in', x: 5, y: 5, surface: 'pit', flow: 0.02 }],
    nodes: [{ id: 'out', x: 5, y: 5, capacity: 10 }],
    pumps: [
      {
        id: 'P',
        x: 5,
        y: 5,
        sump: null,
        start: 1.5,
        stop: 0.5,
        discharge: { kind: 'node' as const, node: 'out' },
        panel: null,
        curve: { kind: 'rated' as const, flow: 0.05 },
        power: 1000,
      },
    ],
  }
  const result = await finish(simulateFlood({ grid, setup, kernel: 'cpu' }, new AbortController().signal))
  const starts = result.events.filter((event) => event.what === 'pump-start').map((event) => event.time)
  const stops = result.pumps[0].stops.map((stop) => stop.time)
  // A switch falls at the end of a step of 1 s; a late stop delays the next start by 2.5 of it.
  const exactStarts = [7500, 7500 + 100 / 0.03 + 5000, 7500 + 2 * (100 / 0.03 + 5000)]
  expect(starts.length).toBe(3)
  starts.forEach((time, k) => void expect(Math.abs(time - exactStarts[k])).toBeLessThanOrEqual(1 + 4 * k))
  stops.forEach((time, k) => void expect(Math.abs(time - exactStarts[k] - 100 / 0.03)).toBeLessThanOrEqual(2 + 5 * k))
  for (const moment of result.series) expect(moment.pumps[0].level).toBeLessThan(1.505)
  judge('pump: volume error', '10 m', Math.abs(result.balance.errorRelative), 1e-12)
  expect(result.pumps[0].volume).toBeCloseTo(result.balance.out.pumped, 9)
})

it('finds the operating point of a pump on its hose', () => {
  const hose = { diameter: 0.15, length: 60, losses: 0 }
  const curve = { kind: 'head' as const, flow: 100 / 3600, head: 25, outlet: 19.2, hose }
  const flow = pumpFlow(curve, 0)
  const k = (0.02 * 60) / 0.15 / (2 * 9.81 * ((Math.PI * 0.15 ** 2) / 4) ** 2)
  expect((4 / 3) * 25 - (25 / 3) * (flow / curve.flow) ** 2).toBeCloseTo(19.2 + k * flow * flow, 9)
  expect(pumpFlow({ ...curve, outlet: 34 }, 0)).toBe(0)
})
