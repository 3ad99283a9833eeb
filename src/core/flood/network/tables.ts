import type { DrainInflow, Table } from './types.ts'

/** Straight between points, held before the first and after the last. */
export function valueAt({ x, y }: Table, at: number): number {
  const last = x.length - 1
  if (last < 0) return 0
  if (at <= x[0]) return y[0]
  if (at >= x[last]) return y[last]
  const k = before(x, at)
  return y[k] + ((at - x[k]) * (y[k + 1] - y[k])) / (x[k + 1] - x[k])
}

/** As `valueAt`, but a series of time is nothing before its first and after its last point, as SWMM has it. */
export function seriesAt(table: Table, at: number): number {
  const { x } = table
  return x.length === 0 || at < x[0] || at > x[x.length - 1] ? 0 : valueAt(table, at)
}

/** In steps: what stands at the first point beyond `at`, and at the last one after it. */
export function stepAt({ x, y }: Table, at: number): number {
  for (let k = 0; k < x.length; k++) if (at < x[k]) return y[k]
  return x.length === 0 ? 0 : y[x.length - 1]
}

/** Index of the last x at or before `at`, which lies inside. */
function before(x: Float64Array, at: number): number {
  let low = 0
  let high = x.length - 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (x[middle] <= at) low = middle
    else high = middle
  }
  return low
}

export interface Clock {
  readonly second: number
  readonly weekday: number
  readonly month: number
}
const DAY = 86400

/** What comes in at a time [m³/s]. Months are taken as the one in which the run starts. */
export function inflowAt({ baseline, patterns, series, scale }: DrainInflow, time: number, clock: Clock): number {
  let steady = baseline
  const second = clock.second + time
  const weekday = (clock.weekday + Math.floor(second / DAY)) % 7
  const hour = Math.floor((second % DAY) / 3600)
  const free = weekday === 0 || weekday === 6
  for (const { kind, factors } of patterns) {
    if (kind === 'monthly') steady *= factors[clock.month] ?? 1
    else if (kind === 'daily') steady *= factors[weekday] ?? 1
    else if (kind === 'hourly' && !(free && patterns.some((other) => other.kind === 'weekend'))) steady *= factors[hour] ?? 1
    else if (kind === 'weekend' && free) steady *= factors[hour] ?? 1
  }
  return steady + (series ? scale * seriesAt(series, time) : 0)
}
