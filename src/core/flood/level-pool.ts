import type { SiteGrid } from '@/core/site'
import { rainAt } from './hyetograph.ts'
import type { FloodSetup } from './types.ts'

/** Broad crest, free, in SI: q = 1.7 h^1.5 [m²/s] (`domain.md` 2.3). */
const WEIR = 1.7

/**
 * An independent check of a run without any flow on the ground: the yard is one pool with a level surface that takes all its rain at once,
 * the openings are free weirs into a pit that is another pool, pumps and sewer nodes work at their rated figures. It knows no travel time
 * and no lag, so it gives more inflow, earlier; a 2D result far outside of it wants an explanation.
 * @returns m³ over the openings and greatest depth in the pit [m], or null where the site has no yard, no pit or no opening between them
 */
export function levelPool(grid: SiteGrid, setup: FloodSetup): { volume: number; maxDepth: number } | null {
  const kindOf = (name: string) => new Set(grid.surfaces.flatMap((surface, k) => (surface.id === name ? [k] : [])))
  const yard = pool(grid, kindOf('yard'))
  const pit = pool(grid, kindOf('pit'))
  const gaps = grid.openings.filter((opening) =>
    opening.faces.some(({ axis, face }) => yard && pit && touches(grid, axis, face, kindOf('yard'), kindOf('pit'))),
  )
  if (!yard || !pit || gaps.length === 0) return null
  const boards = (id: string, time: number) =>
    setup.barriers.reduce((crest, barrier) => (barrier.opening === id && barrier.at <= time && barrier.crest > crest ? barrier.crest : crest), -Infinity)
  const seepage = setup.seepage.reduce((sum, entry) => sum + entry.flow, 0)
  let [inYard, inPit, over, deepest] = [0, 0, 0, 0]
  const dt = 5
  for (let time = 0; time < setup.duration; time += dt) {
    const rain = rainAt(setup.rain, time)
    const level = yard.levelOf(inYard)
    let flow = 0
    for (const gap of gaps) {
      const board = boards(gap.id, time)
      const head = level - (board > gap.sill ? board : gap.sill)
      if (head > 0) flow += WEIR * gap.width * head * Math.sqrt(head)
    }
    let drained = 0
    let pumped = 0
    let back = 0
    for (const node of setup.nodes) {
      let wanted = 0
      for (const pump of setup.pumps) {
        if (pump.discharge.kind !== 'node' || pump.discharge.node !== node.id) continue
        const rated = pump.curve.flow
        const source = pump.sump === null ? inYard : inPit
        const taken = rated * dt < source ? rated : source / dt
        wanted += taken
        if (pump.sump === null) drained += taken
        else pumped += taken
      }
      const spare = node.capacity - wanted
      if (spare < 0) back -= spare
      const inlets = setup.inlets.reduce((sum, inlet) => (inlet.node === node.id ? sum + inlet.capacity : sum), 0)
      if (spare > 0 && inYard > 0) drained += inlets < spare ? inlets : spare
    }
    inYard += dt * (rain * yard.runningArea - flow - drained + back)
    if (inYard < 0) inYard = 0
    inPit += dt * (rain * pit.runningArea + seepage + flow - pumped)
    if (inPit < 0) inPit = 0
    over += flow * dt
    const depth = pit.levelOf(inPit) - pit.lowest
    if (depth > deepest) deepest = depth
  }
  return { volume: over, maxDepth: deepest }
}

function touches(grid: SiteGrid, axis: 'x' | 'y', face: number, a: Set<number>, b: Set<number>): boolean {
  const other = axis === 'x' ? face + 1 : face + grid.columns
  const [one, two] = [grid.surface[face], grid.surface[other]]
  return (a.has(one) && b.has(two)) || (b.has(one) && a.has(two))
}

/** Cells of a kind as a pool: level of a volume by walking up the sorted floors. */
function pool(grid: SiteGrid, kinds: Set<number>) {
  const square = grid.cell * grid.cell
  const cells: { floor: number; area: number }[] = []
  let runningArea = 0
  for (let c = 0; c < grid.wet.length; c++) {
    if (grid.wet[c] !== 1 || !kinds.has(grid.surface[c])) continue
    cells.push({ floor: grid.floor[c], area: grid.porosity[c] * square })
    runningArea += grid.porosity[c] * square * grid.runoff[c]
  }
  if (cells.length === 0) return null
  cells.sort((a, b) => a.floor - b.floor)
  const volumes = new Float64Array(cells.length)
  const areas = new Float64Array(cells.length)
  for (let k = 0; k < cells.length; k++) {
    areas[k] = cells[k].area + (k > 0 ? areas[k - 1] : 0)
    volumes[k] = k > 0 ? volumes[k - 1] + areas[k - 1] * (cells[k].floor - cells[k - 1].floor) : 0
  }
  return {
    lowest: cells[0].floor,
    runningArea,
    levelOf(volume: number): number {
      let low = 0
      let high = cells.length - 1
      while (low < high) {
        const middle = (low + high + 1) >> 1
        if (volumes[middle] <= volume) low = middle
        else high = middle - 1
      }
      return cells[low].floor + (volume - volumes[low]) / areas[low]
    },
  }
}
