/**
 * Rain on a plane tilted at 30° and 45° to the grid, steady: the film follows the kinematic wave, h = (i s n/√S)^0.6 at distance s along the fall
 * from the upper edges, and flows straight down. Friction by component (`flood.md` 8, trap 1) bends it by 5–7° and thins it by 10 %.
 * Limits: L1 of depth 4 / 3 % at 1 / 0.5 m, direction 2°.
 */
import { it } from 'vitest'
import { filled, l1, makeGrid } from '../support/flood-grid.ts'
import { makeJudge } from '../support/judge.ts'

const judge = makeJudge('Tilted plane', 'kinematic wave')
const [rain, n, size] = [100e-3 / 3600, 0.02, 30]

it.each([
  [30, 0.03, 1, 0.04],
  [45, 0.03, 1, 0.04],
  [30, 0.3, 1, 0.04],
  [45, 0.3, 1, 0.04],
  [30, 0.03, 0.5, 0.03],
  [45, 0.3, 0.5, 0.03],
])('at %i°, slope %f, cells of %f m', (degrees, S, cell, limit) => {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  const columns = size / cell
  const grid = makeGrid({
    columns: columns + 2,
    rows: columns + 2,
    cell,
    floor: (x, y) => (x < size && y < size ? -S * (x * cos + y * sin) : -60),
    manning: n,
  })
  const run = filled(grid, () => 0)
  run.advance(400, rain)
  const [depth, u, v] = [0, 1, 2].map(() => new Float32Array(grid.wet.length))
  run.kernel.read(depth, u, v)
  const [ours, exact]: [number[], number[]] = [[], []]
  let [turned, weight] = [0, 0]
  for (let r = 0; r < columns; r++)
    for (let c = 0; c < columns; c++) {
      const [x, y] = [(c + 0.5) * cell, (r + 0.5) * cell]
      const s = Math.min(x / cos, y / sin)
      if (s < 4 || x > size - 2 || y > size - 2) continue
      const k = (r + 1) * grid.columns + c + 1
      ours.push(depth[k])
      exact.push(((rain * s * n) / Math.sqrt(S)) ** 0.6)
      turned += Math.abs(Math.atan2(v[k], u[k]) - (degrees * Math.PI) / 180) * depth[k]
      weight += depth[k]
    }
  judge(`${degrees}°, slope ${S}: depth L1`, `${cell} m`, l1(ours, exact), limit)
  judge(`${degrees}°, slope ${S}: direction [°]`, `${cell} m`, ((turned / weight) * 180) / Math.PI, 2)
})
