/**
 * Dam break on a wet bed (Stoker 1957) and on a dry one (Ritter 1892), frictionless, 200 m, dam in the middle.
 * Ritter: h = (2√(g h_l) − (x − x₀)/t)² / 9g between x₀ − t√(g h_l) and x₀ + 2t√(g h_l).
 * Stoker: a middle state (h_m, u_m) with u_m = 2(√(g h_l) − √(g h_m)) and the shock u_m = (h_m − h_r) √(g (h_m + h_r) / (2 h_m h_r)).
 * Limits: L1 of depth (`flood.md` 4) 1.4 / 0.85 % for Stoker 4 → 0.5 m at 10 s, 2.2 / 1.3 % for Ritter 4 m at 8 s, cells of 1 / 0.5 m.
 */
import { it } from 'vitest'
import { cellAt, filled, l1, makeGrid } from '../support/flood-grid.ts'
import { makeJudge } from '../support/judge.ts'

const judge = makeJudge('Dam breaks', 'Stoker 1957, Ritter 1892')

const g = 9.81
function stoker(hl: number, hr: number, t: number, s: number): number {
  let [low, high] = [hr, hl]
  for (let k = 0; k < 200; k++) {
    const h = (low + high) / 2
    if (2 * (Math.sqrt(g * hl) - Math.sqrt(g * h)) > (h - hr) * Math.sqrt((g * (h + hr)) / (2 * h * hr))) low = h
    else high = h
  }
  const hm = low
  const um = 2 * (Math.sqrt(g * hl) - Math.sqrt(g * hm))
  const shock = (um * hm) / (hm - hr)
  if (s < -Math.sqrt(g * hl) * t) return hl
  if (s < (um - Math.sqrt(g * hm)) * t) return (2 * Math.sqrt(g * hl) - s / t) ** 2 / (9 * g)
  return s < shock * t ? hm : hr
}
const ritter = (hl: number, t: number, s: number) =>
  s < -Math.sqrt(g * hl) * t ? hl : s > 2 * Math.sqrt(g * hl) * t ? 0 : (2 * Math.sqrt(g * hl) - s / t) ** 2 / (9 * g)

it.each([
  [1, 0.014, 0.022],
  [0.5, 0.0085, 0.013],
])('at cells of %f m', (cell, wet, dry) => {
  const columns = 200 / cell
  const grid = makeGrid({ columns, cell, floor: () => 0 })
  const xs = Array.from({ length: columns }, (_, c) => (c + 0.5) * cell - 100)
  const depthOf = (run: ReturnType<typeof filled>) => xs.map((_, c) => run.kernel.depthAt(cellAt(grid, c)))
  const onWet = filled(grid, (x) => (x < 100 ? 4 : 0.5))
  const volume = onWet.kernel.volume()
  onWet.advance(10)
  judge(
    'wet bed, depth L1',
    `${cell} m`,
    l1(
      depthOf(onWet),
      xs.map((s) => stoker(4, 0.5, 10, s)),
    ),
    wet,
  )
  judge('volume', `${cell} m`, Math.abs(onWet.kernel.volume() - volume) / volume, 1e-13)
  const onDry = filled(grid, (x) => (x < 100 ? 4 : 0))
  onDry.advance(8)
  judge(
    'dry bed, depth L1',
    `${cell} m`,
    l1(
      depthOf(onDry),
      xs.map((s) => ritter(4, 8, s)),
    ),
    dry,
  )
})
