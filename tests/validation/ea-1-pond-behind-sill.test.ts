/**
 * UK Environment Agency 2D benchmark 1 (SC120002), disconnected water body, with a bed of our own that has the published sill: the level at the
 * west edge rises from 9.70 to 10.35 m, stands and falls back; 20 h, n 0.03. Points at x = 400 and 600 m peak at 10.35 and keep 10.25, the sill.
 */
import { it } from 'vitest'
import { cellAt, filled, makeGrid } from '../support/flood-grid.ts'
import { makeJudge } from '../support/judge.ts'

const judge = makeJudge('EA test 1', 'SC120002, Néelz & Pender 2013')
const line = (x: number, points: readonly (readonly [number, number])[]) => {
  const k = Math.max(1, points.findIndex(([at]) => at >= x) === -1 ? points.length - 1 : points.findIndex(([at]) => at >= x))
  const [[x0, y0], [x1, y1]] = [points[k - 1], points[k]]
  return y0 + ((y1 - y0) * Math.min(Math.max(x - x0, 0), x1 - x0)) / (x1 - x0)
}
const bed = (x: number) =>
  line(x, [
    [0, 9.2],
    [150, 9.4],
    [300, 10.25],
    [310, 10.25],
    [400, 9.8],
    [650, 9.8],
    [700, 11],
  ])
const stage = (t: number) =>
  line(t / 3600, [
    [0, 9.7],
    [1, 9.7],
    [2, 10.35],
    [11, 10.35],
    [12, 9.7],
    [20, 9.7],
  ])

it.each([10, 5])('at cells of %i m', (cell) => {
  const columns = 700 / cell + 1
  const grid = makeGrid({ columns, cell, floor: (x) => bed(x - cell), manning: 0.03 })
  const wide = 1e6
  grid.porosity[cellAt(grid, 0)] = wide
  const run = filled(grid, (x, _y, z) => (x < 320 ? 9.7 - z : 0))
  const level = (x: number) => bed(x) + run.kernel.depthAt(cellAt(grid, Math.floor(x / cell) + 1))
  const peak = { 400: 0, 600: 0 }
  const every = 60
  for (let t = 0; t < 20 * 3600; t += every) {
    const flow = ((stage(t + every) - stage(t)) * wide * cell * cell) / every
    run.advance(every, 0, new Map(flow === 0 ? [] : [[cellAt(grid, 0), flow]]))
    for (const x of [400, 600] as const) peak[x] = Math.max(peak[x], level(x + cell / 2 - 1e-6))
  }
  for (const x of [400, 600] as const) {
    judge(`x = ${x} m: peak level off 10.35 [m]`, `${cell} m`, Math.abs(peak[x] - 10.35), 0.01)
    judge(`x = ${x} m: retained level off 10.25 [m]`, `${cell} m`, Math.abs(level(x + cell / 2 - 1e-6) - 10.25), 0.01)
  }
})
