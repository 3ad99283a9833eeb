import type { ExtrusionRecipe } from '@/core/ifc/write/index.ts'
import { endOn, type Range, sideOn } from './shapes.ts'

/** One flight of steps on a waist: starts at `start` along x or y, climbs in `direction` from level `from` to `to`. */
export interface Flight {
  readonly along: 'x' | 'y'
  readonly start: number
  readonly direction: 1 | -1
  readonly across: Range
  readonly from: number
  readonly to: number
  readonly steps: number
  readonly going: number
  readonly waist: number
}
export function flight({ along, start, direction, across, from, to, steps, going, waist }: Flight): ExtrusionRecipe {
  const riser = (to - from) / steps
  const at = (s: number, z: number): Range => [start + direction * s, z]
  const outline: Range[] = [at(0, from)]
  for (let k = 0; k < steps; k++) outline.push(at(k * going, from + (k + 1) * riser), at((k + 1) * going, from + (k + 1) * riser))
  outline.push(at(steps * going, to - waist), at((waist * going) / riser, from))
  return along === 'x' ? sideOn(outline, across) : endOn(outline, across)
}

/** A dog-leg stair: flights of equal height back and forth between two lanes. Returns flights and the landings between them. */
export function dogLeg(options: {
  readonly along: 'x' | 'y'
  readonly ends: Range
  readonly lanes: readonly [Range, Range]
  readonly from: number
  readonly to: number
  readonly flights: number
  readonly steps: number
  readonly waist: number
}): { readonly flights: ExtrusionRecipe[]; readonly landings: { readonly atEnd: 0 | 1; readonly level: number }[] } {
  const { along, ends, lanes, from, to, flights, steps, waist } = options
  const rise = (to - from) / flights
  const out: ExtrusionRecipe[] = []
  const landings: { atEnd: 0 | 1; level: number }[] = []
  for (let k = 0; k < flights; k++) {
    const forth = k % 2 === 0
    out.push(
      flight({
        along,
        start: forth ? ends[0] : ends[1],
        direction: forth ? 1 : -1,
        across: lanes[k % 2],
        from: from + k * rise,
        to: from + (k + 1) * rise,
        steps,
        going: (ends[1] - ends[0]) / steps,
        waist,
      }),
    )
    if (k + 1 < flights) landings.push({ atEnd: forth ? 1 : 0, level: from + (k + 1) * rise })
  }
  return { flights: out, landings }
}
