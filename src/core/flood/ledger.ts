import type { SiteGrid } from '@/core/site'
import { add, emptySum, type Sum, worth } from './compensated-sum.ts'
import type { FloodKernel } from './kernels/types.ts'
import type { Network } from './network.ts'
import type { Balance, FloodSetup } from './types.ts'

export interface LedgerState {
  readonly gross: Readonly<Sum>
  readonly net: Readonly<Sum>
  readonly seeped: Readonly<Sum>
}

/** Counts every litre that comes, goes and stands. The error is what does not add up, against the water handled. */
export function openLedger(grid: SiteGrid, setup: FloodSetup) {
  const square = grid.cell * grid.cell
  const [areas, runningAreas] = [emptySum(), emptySum()]
  for (let c = 0; c < grid.wet.length; c++) {
    if (grid.wet[c] !== 1) continue
    add(areas, grid.porosity[c] * square)
    add(runningAreas, grid.porosity[c] * square * grid.runoff[c])
  }
  const [catchment, running] = [worth(areas), worth(runningAreas)]
  /** Seepage as a rate on each cell [m/s], shared evenly over the surface that it enters. */
  const seepage = new Float64Array(grid.wet.length)
  let seeping = 0
  spread(setup)
  const [gross, net, seeped] = [emptySum(), emptySum(), emptySum()]

  function spread(next: FloodSetup): void {
    seepage.fill(0)
    seeping = 0
    for (const { flow, surface } of next.seepage) {
      const kind = new Set(grid.surfaces.flatMap((entry, k) => (entry.id === surface ? [k] : [])))
      const sum = emptySum()
      for (let c = 0; c < grid.wet.length; c++) if (grid.wet[c] === 1 && kind.has(grid.surface[c])) add(sum, grid.porosity[c] * square)
      const area = worth(sum)
      if (area <= 0) continue
      for (let c = 0; c < grid.wet.length; c++) if (grid.wet[c] === 1 && kind.has(grid.surface[c])) seepage[c] += flow / area
      seeping += flow
    }
  }

  return {
    seepage,
    /** A changed setup: the kernel reads the same array. */
    reseep: spread,
    rained(rate: number, dt: number) {
      add(gross, rate * dt * catchment)
      add(net, rate * dt * running)
      add(seeped, seeping * dt)
    },
    checkpoint: (): LedgerState => ({ gross: { ...gross }, net: { ...net }, seeped: { ...seeped } }),
    restore(state: LedgerState) {
      Object.assign(gross, state.gross)
      Object.assign(net, state.net)
      Object.assign(seeped, state.seeped)
    },
    close(kernel: FloodKernel, network: Network): Balance {
      const { totals } = network
      const stored = kernel.volume() + network.stored()
      const returned = totals.returned + totals.toSurface
      const [rain, seepage] = [worth(gross), worth(seeped)]
      const losses = rain - worth(net)
      const handled = rain + seepage + returned
      const error = stored - handled + (totals.inlets + totals.pumped + kernel.boundary() + losses)
      return {
        in: { rain, seepage, returned },
        out: { inlets: totals.inlets, pumped: totals.pumped, boundary: kernel.boundary(), losses },
        storedStart: 0,
        stored,
        error,
        errorRelative: handled > 0 ? error / handled : 0,
      }
    },
  }
}
