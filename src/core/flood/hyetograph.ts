import type { Hyetograph } from './types.ts'

/** Storm formulas by name. q [L/(s·ha)] = A (1 + C lg P) / (t + b)^n, t [min], P [a]; pieces by duration. Sources: `domain.md` 1.1; references, not verified clauses. */
export const STORM_FORMULAS = {
  'beijing-II': [
    { upTo: 5, A: 591, C: 0.893, b: 1.859, n: 0.436 },
    { upTo: 1440, A: 1602, C: 1.037, b: 11.593, n: 0.681 },
  ],
  'beijing-I': [
    { upTo: 5, A: 1558, C: 0.955, b: 5.551, n: 0.835 },
    { upTo: 1440, A: 2719, C: 0.96, b: 11.591, n: 0.902 },
  ],
  'beijing-old': [{ upTo: 120, A: 2001, C: 0.811, b: 8, n: 0.711 }],
} as const
export type StormFormula = keyof typeof STORM_FORMULAS

/** Depth [m] of the storm of return period P [a] over t [min]. */
export function stormDepth(formula: StormFormula, returnPeriod: number, minutes: number): number {
  if (minutes <= 0) return 0
  const pieces = STORM_FORMULAS[formula]
  const { A, C, b, n } = pieces.find((piece) => minutes <= piece.upTo) ?? pieces[pieces.length - 1]
  const intensity = (A * (1 + C * Math.log10(returnPeriod))) / (minutes + b) ** n
  return (intensity * 0.006 * minutes) / 1000
}

/**
 * Chicago storm (Keifer & Chu 1957) through the cumulative depth H of the formula, so that every block holds exactly what falls in it:
 * before the peak D(t) = r [H(T) − H((t_p − t)/r)], after it D(t) = r H(T) + (1 − r) H((t − t_p)/(1 − r)), t_p = r T.
 * @param duration T [s] @param peakRatio r [–] @param step length of a block [s], at least 60: H jumps where two pieces meet
 */
export function chicagoStorm(formula: StormFormula, returnPeriod: number, duration: number, peakRatio: number, step: number): Hyetograph {
  const T = duration / 60
  const peak = peakRatio * T
  const depth = (t: number) => stormDepth(formula, returnPeriod, t)
  const total = depth(T)
  const fallen = (t: number) =>
    t <= peak ? peakRatio * (total - depth((peak - t) / peakRatio)) : peakRatio * total + (1 - peakRatio) * depth((t - peak) / (1 - peakRatio))
  const blocks = Math.ceil(duration / step - 1e-9)
  const from: number[] = [0]
  const rate: number[] = []
  for (let k = 0; k < blocks; k++) {
    const end = Math.min((k + 1) * step, duration)
    const block = fallen(end / 60) - fallen((k * step) / 60)
    rate.push(Math.max(0, block) / (end - from[k]))
    from.push(end)
  }
  return { from, rate }
}

/** Rain [m/s] at a time [s]; a block holds from its start to just before its end. */
export function rainAt({ from, rate }: Hyetograph, time: number): number {
  for (let k = 0; k < rate.length; k++) if (time >= from[k] && time < from[k + 1]) return rate[k]
  return 0
}

/** Total depth [m]. */
export function totalRain({ from, rate }: Hyetograph): number {
  return rate.reduce((sum, r, k) => sum + r * (from[k + 1] - from[k]), 0)
}
