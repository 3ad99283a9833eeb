import type { SiteGrid } from '@/core/site'

/** A face that is stepped apart: a wall, a kerb, a pit edge, a stair (`flood.md` 3). Indices are padded. */
export interface SpecialFace {
  /** The western or southern cell. */
  readonly p: number
  /** Crest level [m]; boards change it. */
  crest: number
  /** Crest of the grid alone [m]. */
  readonly built: number
  readonly floorTop: number
  readonly thinBuilt: boolean
  thin: boolean
  readonly coefficient: number
  /** The face behind the western (southern) or eastern (northern) cell is an ordinary one, so that the bed's fall there counts. */
  readonly runsLeft: boolean
  readonly runsRight: boolean
}
export interface OpenSide {
  readonly p: number
  /** Padded face between the cell and the outside, and the sign of outflow along its axis. */
  readonly face: number
  readonly axis: 'x' | 'y'
  readonly out: 1 | -1
}

/**
 * The grid laid out for stepping: padded by one ring of solid cells (row width `width`), ordinary faces in lists by axis, special faces
 * apart. A steep bed step without a crest of its own counts as a crest at the higher floor: |Δz| > Δx, or |Δz| > 0.05 m and > 3 × the
 * neighbouring step of the same sense + 0.02 m.
 */
export function layOut(grid: SiteGrid) {
  const { columns, rows, cell: dx } = grid
  const width = columns + 2
  const size = width * (rows + 2)
  const floor = new Float64Array(size)
  const share = new Float64Array(size).fill(1)
  const manning = new Float64Array(size)
  const runoff = new Float64Array(size)
  const on = new Uint8Array(size)
  const pad = (c: number) => {
    const column = c % columns
    return ((c - column) / columns + 1) * width + column + 1
  }
  const list: number[] = []
  for (let c = 0; c < columns * rows; c++) {
    const p = pad(c)
    floor[p] = grid.floor[c]
    if (grid.wet[c] !== 1) continue
    on[p] = 1
    list.push(p)
    manning[p] = grid.manning[c]
    runoff[p] = grid.runoff[c]
    if (grid.porosity[c] > 0) share[p] = grid.porosity[c]
  }
  const cells = Int32Array.from(list)
  const sides: OpenSide[] = []
  for (const p of list) {
    const column = (p % width) - 1
    const row = (p - (p % width)) / width - 1
    if (column === 0) sides.push({ p, face: p - 1, axis: 'x', out: -1 })
    if (column === columns - 1) sides.push({ p, face: p, axis: 'x', out: 1 })
    if (row === 0) sides.push({ p, face: p - width, axis: 'y', out: -1 })
    if (row === rows - 1) sides.push({ p, face: p, axis: 'y', out: 1 })
  }
  const faces = (axis: 'x' | 'y') => {
    const stride = axis === 'x' ? 1 : width
    const crests = new Map(grid.crests.filter((crest) => crest.axis === axis).map((crest) => [pad(crest.face), crest]))
    const between = (p: number) => on[p] === 1 && on[p + stride] === 1
    const steep = (p: number) => {
      const dz = floor[p + stride] - floor[p]
      const height = dz < 0 ? -dz : dz
      if (height > dx) return true
      if (height <= 0.05) return false
      const sense = dz > 0 ? 1 : -1
      const before = between(p - stride) ? sense * (floor[p] - floor[p - stride]) : 0
      const after = between(p + stride) ? sense * (floor[p + 2 * stride] - floor[p + stride]) : 0
      const near = before > after ? before : after
      return height > 3 * (near > 0 ? near : 0) + 0.02
    }
    const apart = (p: number) => crests.has(p) || steep(p)
    const ordinary: number[] = []
    const special: SpecialFace[] = []
    for (const p of list) {
      if (!between(p)) continue
      if (!apart(p)) {
        ordinary.push(p)
        continue
      }
      const floorTop = floor[p] > floor[p + stride] ? floor[p] : floor[p + stride]
      const crest = crests.get(p)
      const built = crest && crest.level > floorTop ? crest.level : floorTop
      const thinBuilt = Boolean(crest?.thin) && built > floorTop
      special.push({
        p,
        crest: built,
        built,
        floorTop,
        thinBuilt,
        thin: thinBuilt,
        coefficient: crest?.coefficient ?? 1,
        runsLeft: between(p - stride) && !apart(p - stride),
        runsRight: between(p + stride) && !apart(p + stride),
      })
    }
    return { stride, ordinary: Int32Array.from(ordinary), special }
  }
  return { dx, width, size, floor, share, manning, runoff, cells, sides, pad, x: faces('x'), y: faces('y') }
}
export type Layout = ReturnType<typeof layOut>
