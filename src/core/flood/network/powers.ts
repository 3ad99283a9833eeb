/**
 * Powers and arcs from + − × ÷ √ alone, so that a run gives the same bits on every machine (`Math.pow` and its kin do not).
 * Good to a few units in the last place, which the tests show.
 */
const double = new Float64Array(1)
const words = new Uint32Array(double.buffer)
double[0] = 1
const HIGH = words[1] === 0 ? 0 : 1
const QUARTER = Math.PI / 2

/** x^y for x ≥ 0. */
export function power(x: number, y: number): number {
  if (y === 0 || x === 1) return 1
  if (x <= 0) return 0
  if (y === 1) return x
  return exponential(y * logarithm(x))
}

/** ln x, x > 0 and normal: exponent bits, then 2 artanh((m − 1)/(m + 1)) with m in [√½, √2]. */
function logarithm(x: number): number {
  double[0] = x
  let exponent = ((words[HIGH] >>> 20) & 0x7ff) - 1023
  words[HIGH] = (words[HIGH] & 0x000fffff) | (1023 << 20)
  let m = double[0]
  if (m > Math.SQRT2) {
    m /= 2
    exponent++
  }
  const z = (m - 1) / (m + 1)
  const square = z * z
  let sum = 0
  for (let k = 23; k >= 3; k -= 2) sum = (sum + 1 / k) * square
  return exponent * Math.LN2 + 2 * z * (1 + sum)
}

/** e^x for |x| < 700: 2^k by its bits times a series on |r| ≤ ln 2 / 2. */
function exponential(x: number): number {
  if (x < -700) return 0
  const k = Math.round(x / Math.LN2)
  const r = x - k * Math.LN2
  let sum = 1
  for (let n = 16; n >= 1; n--) sum = 1 + (sum * r) / n
  double[0] = 1
  words[HIGH] += k << 20
  return double[0] * sum
}

/** arcsin x for 0 ≤ x ≤ 1 [rad]: halved twice, then its series. */
export function arcsine(x: number): number {
  if (x >= 1) return QUARTER
  const rest = Math.sqrt((1 - x) * (1 + x))
  if (x > rest) return QUARTER - arcsine(rest)
  const half = x / Math.sqrt(2 * (1 + rest))
  const quarter = half / Math.sqrt(2 * (1 + Math.sqrt((1 - half) * (1 + half))))
  const square = quarter * quarter
  let sum = 0
  for (let k = 19; k >= 3; k -= 2) sum = (1 / k + sum) * ((square * (k - 2)) / (k - 1))
  return 4 * quarter * (1 + sum)
}
