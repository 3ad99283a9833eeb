/** Acceleration of gravity [m/s²]. */
export const G = 9.81
/** Depth below which a cell counts as dry [m]. */
export const DRY = 1e-6

/** One double seen as two words, to make a first guess from its exponent. */
const double = new Float64Array(1)
const words = new Uint32Array(double.buffer)
double[0] = 1
const HIGH = words[1] === 0 ? 0 : 1
const LOW = 1 - HIGH

/**
 * h^(−4/3) with + − × ÷ only, to 2e-15 relative, equal on every machine: a first guess from the exponent bits, four Newton steps for h^(−1/3).
 * @param h positive [m]
 */
export function powMinus43(h: number): number {
  double[0] = h
  words[HIGH] = 0x553ef0ff - ((words[HIGH] / 3) | 0)
  words[LOW] = 0
  let y = double[0]
  const third = h / 3
  y = y * (4 / 3 - third * y * y * y)
  y = y * (4 / 3 - third * y * y * y)
  y = y * (4 / 3 - third * y * y * y)
  y = y * (4 / 3 - third * y * y * y)
  const square = y * y
  return square * square
}

/**
 * Speed left by Manning friction, implicit: U (1 + k √(U² + v²)) = a, a ≥ 0, by two Newton steps from above (the left side is convex).
 * @param a predicted speed [m/s] @param k g n² Δt h^(−4/3) [s/m] @param v transverse speed [m/s]
 */
export function frictionSpeed(a: number, k: number, v: number): number {
  const alone = (2 * a) / (1 + Math.sqrt(1 + 4 * k * a))
  if (v === 0) return alone
  const w = v < 0 ? -v : v
  const linear = a / (1 + k * w)
  let u = alone < linear ? alone : linear
  for (let n = 0; n < 2; n++) {
    const s = Math.sqrt(u * u + v * v)
    if (s === 0) return 0
    u -= (u * (1 + k * s) - a) / (1 + k * s + (k * u * u) / s)
  }
  return u
}

/** Villemonte's reduction of a thin weir by its tail water, (1 − r^1.5)^0.385, the exponent as 49/128 = 1/4 + 1/8 + 1/128 by square roots (Villemonte 1947). @param r tail head over energy head [–] */
export function villemonte(r: number): number {
  if (r <= 0) return 1
  if (r >= 1) return 0
  const x = 1 - r * Math.sqrt(r)
  const x4 = Math.sqrt(Math.sqrt(x))
  const x8 = Math.sqrt(x4)
  const x128 = Math.sqrt(Math.sqrt(Math.sqrt(Math.sqrt(x8))))
  return x4 * x8 * x128
}

export function clip(x: number, low: number, high: number): number {
  return x < low ? low : x > high ? high : x
}
