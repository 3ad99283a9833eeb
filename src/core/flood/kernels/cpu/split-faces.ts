import type { SiteGrid } from '@/core/site'
import { emptySum, type Sum } from '../../compensated-sum.ts'

/** A face that is stepped apart: a wall, a kerb, a pit edge, a stair (`flood.md` 3). Indices are padded. */
export interface SpecialFace {
  readonly axis: 'x' | 'y'
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
  /** What went over since the start, over cell² [m]. */
  readonly passed: Sum
}

/**
 * Ordinary faces and special ones. Special are those with a crest, those of openings, and steep bed steps, whose crest is the higher floor:
 * |Δz| > Δx, or |Δz| > 0.05 m and > 3 × the neighbouring step of the same sense + 0.02 m.
 */
export function splitFaces(
  grid: SiteGrid,
  z: Float64Array,
  on: Uint8Array,
  pad: (c: number) => number,
  axis: 'x' | 'y',
  stride: number,
): { ordinary: number[]; special: SpecialFace[] } {
  const crests = new Map(grid.crests.filter((crest) => crest.axis === axis).map((crest) => [pad(crest.face), crest]))
  const gates = new Set(grid.openings.flatMap(({ faces }) => faces.filter((face) => face.axis === axis).map(({ face }) => pad(face))))
  const between = (p: number) => on[p] === 1 && on[p + stride] === 1
  const steep = (p: number) => {
    const dz = z[p + stride] - z[p]
    const height = dz < 0 ? -dz : dz
    if (height > grid.cell) return true
    if (height <= 0.05) return false
    const sense = dz > 0 ? 1 : -1
    const before = between(p - stride) ? sense * (z[p] - z[p - stride]) : 0
    const after = between(p + stride) ? sense * (z[p + 2 * stride] - z[p + stride]) : 0
    const near = before > after ? before : after
    return height > 3 * (near > 0 ? near : 0) + 0.02
  }
  const apart = (p: number) => crests.has(p) || gates.has(p) || steep(p)
  const ordinary: number[] = []
  const special: SpecialFace[] = []
  for (let c = 0; c < grid.wet.length; c++) {
    const p = pad(c)
    if (!between(p)) continue
    if (!apart(p)) {
      ordinary.push(p)
      continue
    }
    const floorTop = z[p] > z[p + stride] ? z[p] : z[p + stride]
    const crest = crests.get(p)
    const built = crest && crest.level > floorTop ? crest.level : floorTop
    const thinBuilt = Boolean(crest?.thin) && built > floorTop
    special.push({
      axis,
      p,
      crest: built,
      built,
      floorTop,
      thinBuilt,
      thin: thinBuilt,
      coefficient: crest?.coefficient ?? 1,
      runsLeft: between(p - stride) && !apart(p - stride),
      runsRight: between(p + stride) && !apart(p + stride),
      passed: emptySum(),
    })
  }
  return { ordinary, special }
}
