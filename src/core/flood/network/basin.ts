/**
 * What a node holds by level: plan area straight between breakpoints, volume its exact integral. The volume is the state of a node and the
 * level follows from it, so that no drop is lost however the area changes.
 */
export interface Basin {
  readonly bottom: number
  volumeAt(level: number): number
  levelAt(volume: number): number
  /** Plan area [m²]. */
  areaAt(level: number): number
}
/** No basin is narrower [m²]: a level must follow from a volume. */
const LEAST = 1e-6

/**
 * @param breaks levels where the area bends or jumps, in any order [m]
 * @param area plan area at a level [m²]; it is looked at just above and just below each break
 */
export function makeBasin(breaks: readonly number[], area: (level: number) => number): Basin {
  const level = Float64Array.from([...new Set(breaks)].sort((a, b) => a - b))
  const count = level.length
  const above = new Float64Array(count)
  const below = new Float64Array(count)
  const volume = new Float64Array(count)
  const bounded = (value: number) => (value > LEAST ? value : LEAST)
  for (let k = 0; k + 1 < count; k++) {
    const inside = (level[k + 1] - level[k]) * 1e-6
    above[k] = bounded(area(level[k] + inside))
    below[k + 1] = bounded(area(level[k + 1] - inside))
    volume[k + 1] = volume[k] + 0.5 * (above[k] + below[k + 1]) * (level[k + 1] - level[k])
  }
  const last = count - 1
  above[last] = bounded(area(level[last] + 1e-6))

  function interval(of: Float64Array, value: number): number {
    let low = 0
    let high = last
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (of[middle] <= value) low = middle
      else high = middle
    }
    return low
  }
  return {
    bottom: level[0],
    volumeAt(at) {
      if (at <= level[0]) return 0
      if (at >= level[last]) return volume[last] + above[last] * (at - level[last])
      const k = interval(level, at)
      const rise = at - level[k]
      return volume[k] + rise * (above[k] + (0.5 * rise * (below[k + 1] - above[k])) / (level[k + 1] - level[k]))
    },
    levelAt(held) {
      if (held <= 0) return level[0]
      if (held >= volume[last]) return level[last] + (held - volume[last]) / above[last]
      const k = interval(volume, held)
      const rest = held - volume[k]
      const slope = (below[k + 1] - above[k]) / (level[k + 1] - level[k])
      const root = above[k] * above[k] + 2 * slope * rest
      return level[k] + (2 * rest) / (above[k] + Math.sqrt(root > 0 ? root : 0))
    },
    areaAt(at) {
      if (at >= level[last]) return above[last]
      const k = at <= level[0] ? 0 : interval(level, at)
      const share = (at - level[k]) / (level[k + 1] - level[k])
      return above[k] + (share > 0 ? share : 0) * (below[k + 1] - above[k])
    },
  }
}
