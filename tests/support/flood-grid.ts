import { type Exchange, type FloodKernel, type FloodSetup, kernels } from '@/core/flood'
import type { Crest, SiteGrid } from '@/core/site'

export interface Bed {
  readonly columns: number
  readonly rows?: number
  readonly cell: number
  readonly floor: (x: number, y: number) => number
  readonly manning?: number
  /** Cells where this is false are solid. By default all but the outermost ring are open to water, so that nothing leaves. */
  readonly wet?: (column: number, row: number) => boolean
  readonly crests?: readonly Crest[]
}

/** A grid made by hand, closed by a ring of solid cells. x, y are the centres of cells, the first open cell at half a cell. */
export function makeGrid({ columns, rows = 1, cell, floor, manning = 0, wet = () => true, crests = [] }: Bed): SiteGrid {
  const [C, R] = [columns + 2, rows + 2]
  const size = C * R
  const grid = {
    floor: new Float64Array(size),
    wet: new Uint8Array(size),
    porosity: new Float64Array(size).fill(1),
    manning: new Float64Array(size).fill(manning),
    runoff: new Float64Array(size).fill(1),
  }
  for (let r = 0; r < R; r++)
    for (let c = 0; c < C; c++) {
      const k = r * C + c
      grid.floor[k] = floor((c - 0.5) * cell, (r - 0.5) * cell)
      grid.wet[k] = c > 0 && r > 0 && c <= columns && r <= rows && wet(c - 1, r - 1) ? 1 : 0
    }
  return {
    columns: C,
    rows: R,
    cell,
    x0: -cell,
    y0: -cell,
    ...grid,
    surface: new Uint8Array(size),
    surfaces: [{ id: 'pit', source: '' }],
    crests,
    openings: [],
    findings: [],
  }
}

/** Index of the open cell (column, row), both from 0. */
export function cellAt(grid: SiteGrid, column: number, row = 0): number {
  return (row + 1) * grid.columns + column + 1
}

/** A kernel with water standing as `depth` says; steps are taken by `advance`. */
export function filled(grid: SiteGrid, depth: (x: number, y: number, floor: number) => number, name = 'cpu') {
  const kernel: FloodKernel = kernels[name](grid)
  const start = new Float64Array(grid.wet.length)
  for (let c = 0; c < start.length; c++) {
    const column = c % grid.columns
    const h = depth(grid.x0 + (column + 0.5) * grid.cell, grid.y0 + ((c - column) / grid.columns + 0.5) * grid.cell, grid.floor[c])
    start[c] = h > 0 ? h : 0
  }
  kernel.fill(start)
  /** To `time` with a rain [m/s] and sources [m³/s] at cells; a negative one draws what is there. */
  function advance(time: number, rain = 0, sources: ReadonlyMap<number, number> = new Map()): number {
    const exchange = makeExchange([...sources.keys()])
    const flow = [...sources.values()]
    let at = 0
    let steps = 0
    while (at < time - 1e-12) {
      const longest = kernel.stableStep(2)
      if (!(longest > 0)) throw new Error(`unstable at ${at}`)
      const dt = (time - at) / Math.ceil((time - at) / longest - 1e-9)
      flow.forEach((q, k) => {
        exchange.supply[k] = q > 0 ? q * dt : 0
        exchange.demand[k] = q < 0 ? -q * dt : 0
      })
      kernel.step(dt, rain, exchange)
      at += dt
      steps++
    }
    return steps
  }
  return { kernel, advance, depths: () => kernel.state() }
}

export function makeExchange(cells: readonly number[]): Exchange {
  const count = cells.length
  return {
    count,
    cell: Int32Array.from(cells),
    demand: new Float64Array(count),
    greedy: new Uint8Array(count),
    supply: new Float64Array(count),
    taken: new Float64Array(count),
  }
}

/** A run with nothing in it: rain, pumps and sewers are added by the test. */
export const EMPTY_SETUP: FloodSetup = {
  duration: 600,
  frameEvery: 60,
  rain: { from: [0], rate: [] },
  seepage: [],
  nodes: [],
  inlets: [],
  sumps: [],
  panels: [],
  pumps: [],
  barriers: [],
  events: [],
  probes: [],
  assets: [],
}

/** Mean |a − b| over mean |b|. */
export function l1(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [difference, size] = [0, 0]
  for (let k = 0; k < b.length; k++) {
    difference += Math.abs(a[k] - b[k])
    size += Math.abs(b[k])
  }
  return difference / size
}
