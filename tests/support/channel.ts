import type { Crest } from '@/core/site'
import { cellAt, filled, makeGrid } from './flood-grid.ts'

/** A store so wide that its level stands still, in cells: how a stage is held. */
const WIDE = 1e7

export interface Channel {
  readonly cell: number
  readonly from: number
  readonly to: number
  readonly bed: (x: number) => number
  readonly manning?: number
  /** Depth at the start. */
  readonly depth: (x: number) => number
  /** Downstream: a level that is held, a fall into a pit, or a wall. */
  readonly end: { readonly level: number } | 'pit' | 'wall'
  /** Crests on the face at x [m]. */
  readonly walls?: readonly { readonly x: number; readonly level: number }[]
  /** Faces at x that a board may close later. */
  readonly gates?: readonly number[]
  readonly kernel?: string
}

/** A strip one cell wide along x, closed upstream; water is brought in by `feed` [m²/s] in its first cell. */
export function channel({ cell, from, to, bed, manning = 0, depth, end, walls = [], gates = [], kernel }: Channel) {
  const n = Math.round((to - from) / cell)
  const extra = end === 'wall' ? 0 : 1
  const at = (x: number) => from + x
  const face = (x: number) => n + extra + 2 + Math.round((x - from) / cell)
  const crests = walls.map(({ x, level }): Crest => ({ axis: 'x', face: face(x), level, thin: true, coefficient: 1, source: '' }))
  const plain = makeGrid({
    columns: n + extra,
    cell,
    floor: (x) => (at(x) > to && end === 'pit' ? bed(to) - 20 : bed(at(x))),
    manning,
    crests,
  })
  const grid = {
    ...plain,
    openings: gates.map((x) => ({
      id: `gate ${x}`,
      source: '',
      sill: bed(x),
      width: cell,
      faces: [{ axis: 'x' as const, face: face(x), inward: 1 as const }],
      inward: 1 as const,
    })),
  }
  if (extra === 1) {
    grid.porosity[cellAt(grid, n)] = WIDE
    grid.runoff[cellAt(grid, n)] = 0
  }
  const run = filled(
    grid,
    (x, _y, z) => {
      if (at(x) < to) return depth(at(x))
      return typeof end === 'object' ? end.level - z : 0
    },
    kernel,
  )
  const xs = Array.from({ length: n }, (_, c) => from + (c + 0.5) * cell)
  return {
    grid,
    xs,
    kernel: run.kernel,
    /** Runs for `time` [s] with `feed` [m²/s] upstream and rain [m/s]. */
    advance: (time: number, feed = 0, rain = 0) => run.advance(time, rain, new Map(feed === 0 ? [] : [[cellAt(grid, 0), feed * cell]])),
    depths: () => xs.map((_, c) => run.kernel.depthAt(cellAt(grid, c))),
    depthAt: (x: number) => run.kernel.depthAt(cellAt(grid, Math.floor((x - from) / cell))),
    /** Discharge per width over the face nearest to x [m²/s]. */
    flowAt: (x: number) => run.kernel.flowAt('x', face(x)) / cell,
    gate: (x: number, level: number) => run.kernel.setCrest('x', face(x), level),
  }
}
