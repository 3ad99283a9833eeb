/** Acceleration of gravity [m/s²]. */
export const G = 9.81
/** Depth below which a cell counts as dry [m]. */
export const DRY = 1e-6
/** Speed below which nothing moves [m/s]: its cube would be lost under the smallest double. */
export const STILL = 1e-30

/** One double seen as two words, to read its exponent and leading bits. */
const double = new Float64Array(1)
const words = new Uint32Array(double.buffer)
double[0] = 1
const HIGH = words[1] === 0 ? 0 : 1
/** First guesses of h^(−1/3) for h from 2^−21 to 2^11, 64 to an octave, each within 0.3 %. */
const [FIRST, LAST] = [-21, 11]
const BASE = (FIRST + 1023) * 64
const guesses = makeGuesses()

/**
 * h^(−4/3) with + − × ÷ only, to 3e-9 relative (far below what Manning's n is known to), equal on every machine: a first guess from the leading
 * bits, two Newton steps for h^(−1/3).
 * @param h depth of water, 5e-7 … 2000 [m]
 */
export function powMinus43(h: number): number {
  double[0] = h
  let y = guesses[(words[HIGH] >>> 14) - BASE]
  const third = h * (1 / 3)
  y = y * (4 / 3 - third * (y * y * y))
  y = y * (4 / 3 - third * (y * y * y))
  const square = y * y
  return square * square
}

function makeGuesses(): Float64Array {
  const table = new Float64Array((LAST - FIRST) * 64)
  // (2^−21)^(−1/3) is 128; each guess starts from the one before, which is near.
  let y = 127
  let scale = 1
  for (let n = FIRST; n < 0; n++) scale *= 0.5
  for (let k = 0; k < table.length; k++) {
    const middle = scale * (1 + ((k & 63) + 0.5) / 64)
    for (let n = 0; n < 8; n++) y = y * (4 / 3 - (middle / 3) * (y * y * y))
    table[k] = y
    if ((k & 63) === 63) scale *= 2
  }
  return table
}

/**
 * Speed left by Manning friction, implicit: U (1 + k √(U² + v²)) = a, by two Newton steps from above (the left side is convex), one division
 * each: U ← (k U³ + a s) / (s + k (s² + U²)), s = √(U² + v²).
 * @param a predicted speed, ≥ 1e-30 [m/s] @param k g n² Δt h^(−4/3) [s/m] @param v transverse speed [m/s]
 */
export function frictionSpeed(a: number, k: number, v: number): number {
  const alone = 0.5 + 0.5 * Math.sqrt(1 + 4 * (k * a))
  const beside = 1 + k * (v < 0 ? -v : v)
  const v2 = v * v
  let u = a / (alone > beside ? alone : beside)
  let s2 = u * u + v2
  let s = Math.sqrt(s2)
  u = (k * (u * u * u) + a * s) / (s + k * (s2 + u * u))
  s2 = u * u + v2
  s = Math.sqrt(s2)
  return (k * (u * u * u) + a * s) / (s + k * (s2 + u * u))
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
