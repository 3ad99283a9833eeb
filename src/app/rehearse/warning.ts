import type { Hyetograph } from '@/core/flood'

export type WarningLevel = 'none' | 'blue' | 'yellow' | 'orange' | 'red'

/** Beijing's own thresholds [mm] in one and in six hours (`domain.md` 3.3; orange and red to be verified). */
const THRESHOLDS = [
  { level: 'red', hour: 100, six: 150 },
  { level: 'orange', hour: 70, six: 100 },
  { level: 'yellow', hour: 50, six: 70 },
  { level: 'blue', hour: 30, six: 50 },
] as const

export function warningLevel(rain: Hyetograph): WarningLevel {
  const hour = heaviest(rain, 3600)
  const six = heaviest(rain, 6 * 3600)
  return THRESHOLDS.find((threshold) => hour >= threshold.hour || six >= threshold.six)?.level ?? 'none'
}

/** Most rain in any window of this length [mm]: it begins or ends at an edge of a step. */
export function heaviest(rain: Hyetograph, window: number): number {
  const until = (time: number) => rain.rate.reduce((sum, rate, k) => sum + rate * Math.max(0, Math.min(time, rain.from[k + 1]) - rain.from[k]), 0)
  const starts = rain.from.flatMap((edge) => [edge, edge - window])
  const metres = Math.max(0, ...starts.map((start) => until(start + window) - until(start)))
  // To the micrometre: 30 mm/h for an hour is 30 mm.
  return Math.round(metres * 1e6) / 1e3
}
