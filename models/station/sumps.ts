import type { Range } from './shapes.ts'
import { slabTop } from './site.ts'

/** Sumps in the base slab: 1.5 × 1.5 m, 1.2 m deep below the slab's top at their middle. */
export function sumpPlaces(): { readonly id: string; readonly x: number; readonly y: number; readonly rim: number; readonly floor: number }[] {
  return [
    ['SP1', -95, -9.3],
    ['SP2', -95, 9.3],
    ['SP3', 0, -9.3],
    ['SP4', 0, 9.3],
    ['SP5', 98, -9.3],
    ['SP6', 98, 9.3],
  ].map(([id, x, y]) => ({ id: String(id), x: Number(x), y: Number(y), rim: slabTop(Number(x)), floor: slabTop(Number(x)) - 1.2 }))
}

/** Stretches of the ditches between sumps: where each starts and ends, and its place across (of the north side). */
export interface DitchPiece {
  readonly x: Range
  readonly y: Range
}
export const DITCH_PIECES: readonly DitchPiece[] = [
  { x: [-104.2, -95.75], y: [9.35, 9.65] },
  { x: [-94.25, -20], y: [9.35, 9.65] },
  { x: [-20, -19.7], y: [9.4, 10] },
  { x: [-19.7, -0.75], y: [9.75, 10.05] },
  { x: [0.75, 97.25], y: [9.75, 10.05] },
  { x: [98.75, 104.2], y: [9.75, 10.05] },
]
/** Where the floor of the ditch is highest between two sumps; it falls 0.3 % from there to both. */
const CREST: readonly { readonly x: number; readonly between: Range }[] = [
  { x: -104.2, between: [-104.2, -95] },
  { x: -47.5, between: [-95, 0] },
  { x: 49, between: [0, 98] },
  { x: 104.2, between: [98, 104.2] },
]
export const DITCH_DEPTH = 0.3
export function ditchFloor(x: number): number {
  const crest = CREST.find(({ between }) => x >= between[0] && x <= between[1])!
  return slabTop(crest.x) - DITCH_DEPTH - 0.003 * Math.abs(x - crest.x)
}
/** Side view of a piece: top along the slab, floor along its fall. */
export function ditchOutline({ x }: DitchPiece, above = 0): Range[] {
  const turns = CREST.map((c) => c.x).filter((c) => c > x[0] && c < x[1])
  const floor: Range[] = [x[0], ...turns, x[1]].map((at) => [at, ditchFloor(at)])
  return [...floor, [x[1], slabTop(x[1]) + above], [x[0], slabTop(x[0]) + above]]
}
