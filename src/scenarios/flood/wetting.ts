import type { SiteGrid } from '@/core/site'
import type { ElementReach, WetElement } from './types.ts'

/** Thinner water is a film, not water standing at something [m]: the least depth that the picture shows. */
const FILM = 0.01
/** What lies on the floor is reached by water on it, though the floor of a cell is a mean [m]. */
const ON_FLOOR = 0.05

export type Wetting = ReturnType<typeof followWetting>
export interface WettingState {
  readonly last: number
  readonly first: Float64Array
  readonly depth: Float64Array
  readonly depthAt: Float64Array
  readonly level: Float64Array
  readonly duration: Float64Array
  readonly wetNow: Uint8Array
}

/** Follows which elements water stands at, from kept moment to kept moment. */
export function followWetting(grid: SiteGrid, reach: readonly ElementReach[], from?: WettingState) {
  const count = reach.length
  let last = from?.last ?? 0
  const first = from ? from.first.slice() : new Float64Array(count).fill(-1)
  const depth = from ? from.depth.slice() : new Float64Array(count)
  const depthAt = from ? from.depthAt.slice() : new Float64Array(count)
  const level = from ? from.level.slice() : new Float64Array(count).fill(-Infinity)
  const duration = from ? from.duration.slice() : new Float64Array(count)
  const wetNow = from ? from.wetNow.slice() : new Uint8Array(count)
  return {
    see(time: number, depths: Float32Array): void {
      reach.forEach(({ cells, bottoms, tops }, k) => {
        let over = 0
        for (let c = 0; c < cells.length; c++) {
          const cell = cells[c]
          const water = depths[cell]
          const floor = grid.floor[cell]
          if (water <= FILM || floor > tops[c] + ON_FLOOR) continue
          const surface = floor + water
          const foot = bottoms[c] > floor ? bottoms[c] : floor
          if (surface <= foot) continue
          if (surface - foot > over) over = surface - foot
          if (surface > level[k]) level[k] = surface
        }
        if (wetNow[k] === 1) duration[k] += time - last
        wetNow[k] = over > 0 ? 1 : 0
        if (over === 0) return
        if (first[k] < 0) first[k] = time
        if (over > depth[k]) {
          depth[k] = over
          depthAt[k] = time
        }
      })
      last = time
    },
    /** Deepest first. */
    wet(): WetElement[] {
      const list = reach.flatMap(({ model, globalId, class: kind, name, tag }, k): WetElement[] =>
        first[k] < 0
          ? []
          : [
              {
                model,
                globalId,
                class: kind,
                name,
                tag,
                first_s: first[k],
                depth_m: depth[k],
                depthAt_s: depthAt[k],
                duration_s: duration[k],
                level_m: level[k],
              },
            ],
      )
      return list.sort((a, b) => b.depth_m - a.depth_m || (a.globalId < b.globalId ? -1 : 1))
    },
    state(): WettingState {
      return {
        last,
        first: first.slice(),
        depth: depth.slice(),
        depthAt: depthAt.slice(),
        level: level.slice(),
        duration: duration.slice(),
        wetNow: wetNow.slice(),
      }
    },
  }
}
