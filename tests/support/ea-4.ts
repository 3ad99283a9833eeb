import { cellAt, filled, makeGrid } from './flood-grid.ts'

/** Reference depths [m] of LISFLOOD-FP 8.0 DG2 at 5 m (Shaw et al. 2021, Zenodo 10.5281/zenodo.4066824, CC-BY-4.0): time, P1 … P6. */
const REFERENCE = [
  [900, 0.0995, 0, 0, 0, 0, 0],
  [1800, 0.1983, 0.1407, 0.0003, 0, 0, 0],
  [2700, 0.2601, 0.2011, 0.1247, 0, 0, 0],
  [3600, 0.3092, 0.2461, 0.1739, 0.1137, 0, 0],
  [4500, 0.3175, 0.2604, 0.1988, 0.1522, 0.1017, 0.0843],
  [5400, 0.3198, 0.2647, 0.208, 0.1684, 0.131, 0.1204],
  [7200, 0.3221, 0.2689, 0.2166, 0.183, 0.1546, 0.1475],
  [9000, 0.3233, 0.2712, 0.2211, 0.1901, 0.1654, 0.1595],
  [10800, 0.3241, 0.2727, 0.224, 0.1946, 0.1718, 0.1665],
  [12600, 0.3247, 0.2737, 0.2259, 0.1976, 0.1762, 0.1712],
  [14400, 0.3251, 0.2745, 0.2275, 0.1999, 0.1794, 0.1747],
  [16200, 0.2536, 0.2257, 0.2004, 0.1848, 0.1721, 0.169],
  [18000, 0.1535, 0.1542, 0.1538, 0.152, 0.1492, 0.1482],
] as const
const POINTS = [
  [50, 0],
  [100, 0],
  [200, 0],
  [300, 0],
  [400, 0],
  [300, 300],
] as const
const ARRIVALS = [630, 1010, 1850, 2760, 3720, 4000]
const PEAKS = [0.3251, 0.2745, 0.2275, 0.2002, 0.18, 0.1755]

/** Per metre of the line of 20 m [m²/s]. */
const inflow = (t: number) => (t < 300 ? 0 : t < 3600 ? (t - 300) / 3300 : t < 14400 ? 1 : t < 18000 ? (18000 - t) / 3600 : 0)

/** The northern half of the plane (it is symmetric): 1000 × 1000 m, n 0.05, inflow over 10 m at its south-west corner, until `end` [s]. */
export function floodPlane(cell: number, end: number) {
  const n = 1000 / cell
  const grid = makeGrid({ columns: n, rows: n, cell, floor: () => 0, manning: 0.05 })
  const run = filled(grid, () => 0)
  const sources = Array.from({ length: Math.max(1, Math.round(10 / cell)) }, (_, r) => cellAt(grid, 0, r))
  // Depth at a point: mean of the cells that meet there.
  const depthAt = ([x, y]: readonly [number, number]) => {
    const [c, r] = [Math.round(x / cell), Math.round(y / cell)]
    const rows = r === 0 ? [0] : [r - 1, r]
    return rows.reduce((sum, row) => sum + run.kernel.depthAt(cellAt(grid, c - 1, row)) + run.kernel.depthAt(cellAt(grid, c, row)), 0) / (2 * rows.length)
  }
  const arrivals = POINTS.map(() => Number.NaN)
  const peaks = POINTS.map(() => 0)
  let [squares, count] = [0, 0]
  const every = 30
  for (let t = 0; t < end; t += every) {
    run.advance(every, 0, new Map(sources.map((source) => [source, (inflow(t + every / 2) * 10) / sources.length])))
    const now = POINTS.map(depthAt)
    now.forEach((depth, k) => {
      if (depth > 0.02 && Number.isNaN(arrivals[k])) arrivals[k] = t + every
      peaks[k] = Math.max(peaks[k], depth)
    })
    const row = REFERENCE.find(([at]) => at === t + every)
    if (row)
      for (const [k, depth] of now.entries()) {
        squares += (depth - row[k + 1]) ** 2
        count++
      }
  }
  const late = arrivals.map((time, k) => (ARRIVALS[k] > end - 200 ? 0 : Math.abs(time - ARRIVALS[k])))
  return {
    rmse: Math.sqrt(squares / count),
    peak: Math.max(...peaks.map((depth, k) => Math.abs(depth / PEAKS[k] - 1))),
    arrival: Math.max(...late),
  }
}
