/**
 * A rain film on 50 m runs over an edge 8 m high, steady: the water that stands on it against the exact profile. Sloping: kinematic, h = (i x n/√S)^0.6.
 * Level: dh/dx = −(S_f + 2 q i/(g h²)) / (1 − q²/(g h³)), S_f = n² q² h^(−10/3), q = i x, from the critical depth at the brink. Limits (`flood.md` 4): sloping 3 / 2 %,
 * level 6 / 4 % at 1 / 0.5 m. Reconstructed beds hold such a film back; a gradient scheme sucks it over the edge.
 */
import { it } from 'vitest'
import { cellAt, filled, makeGrid } from '../support/flood-grid.ts'
import { makeJudge } from '../support/judge.ts'

const judge = makeJudge('Film over an edge', 'kinematic wave; gradually varied flow with rain')
const [rain, n, L, g] = [100e-3 / 3600, 0.02, 50, 9.81]

function levelStored(): number {
  const q = rain * L
  let [h, x, stored] = [((q * q) / g) ** (1 / 3), L, 0]
  const dh = 1e-7
  // Near the brink by depth (dx/dh is regular there), then by distance.
  while (x > L - 1) {
    const flow = rain * x
    const slope = -(n * n * flow * flow * h ** (-10 / 3) + (2 * flow * rain) / (g * h * h)) / (1 - (flow * flow) / (g * h ** 3) || 1e-12)
    const dx = dh / -slope
    x -= dx
    h += dh
    stored += h * dx
  }
  const dx = 1e-4
  while (x > 0) {
    const flow = rain * x
    h += (dx * (n * n * flow * flow * h ** (-10 / 3) + (2 * flow * rain) / (g * h * h))) / (1 - (flow * flow) / (g * h ** 3))
    x -= dx
    stored += h * dx
  }
  return stored
}

it.each([
  [1, 0.03, 0.06],
  [0.5, 0.02, 0.04],
])('at cells of %f m', (cell, sloping, flat) => {
  for (const S of [0, 0.01, 0.1]) {
    const columns = L / cell
    const grid = makeGrid({ columns: columns + 4, cell, floor: (x) => (x < L ? (L - x) * S : -8), manning: n })
    const run = filled(grid, () => 0)
    run.advance(S === 0 ? 3600 : 900, rain)
    let stored = 0
    for (let c = 0; c < columns; c++) stored += run.kernel.depthAt(cellAt(grid, c)) * cell
    const exact = S === 0 ? levelStored() : (((rain * n) / Math.sqrt(S)) ** 0.6 * L ** 1.6) / 1.6
    judge(`slope ${S}: water on it`, `${cell} m`, Math.abs(stored / exact - 1), S === 0 ? flat : sloping)
  }
})
