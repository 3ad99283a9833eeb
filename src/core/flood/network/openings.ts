import { power } from './powers.ts'
import type { Orifice, Weir } from './types.ts'

const G = 9.81
/** Coefficient of a sharp-crested weir over √(2g) [–]: where a low head makes an orifice act as a weir round its rim. */
const SHARP = 0.414
/** Head that moves nothing [m]. */
const REST = 1e-9

/** Villemonte's reduction by the tail water: (1 − rᵉ)^0.385 (1947), r tail head over head. */
function drowned(tail: number, head: number, exponent: number): number {
  if (tail <= 0) return 1
  if (tail >= head) return 0
  return power(1 - power(tail / head, exponent), 0.385)
}

/**
 * Flow through an orifice from level `high` to level `low` [m³/s]. Full: Cd A √(2g Δh), the head taken to the middle of a side opening that
 * ends in air. Partly full: the weir (h/h_c)^1.5 that meets it; for a bottom opening h_c = Cd/0.414 · A/perimeter.
 * @param setting share that is open
 */
export function orificeFlow(orifice: Orifice, setting: number, high: number, low: number): number {
  const { opening, sill, side, coefficient } = orifice
  const height = opening.height * setting
  if (height <= 0 || high <= sill) return 0
  const area = opening.kind === 'box' ? opening.width * height : circleUpTo(height, opening.height)
  const rate = coefficient * area * Math.sqrt(2 * G)
  if (side) {
    const crown = sill + height
    const middle = sill + height / 2
    if (high < crown) {
      const share = (high - sill) / height
      return rate * Math.sqrt(height / 2) * share * Math.sqrt(share) * drowned(low - sill, high - sill, 1.5)
    }
    return rate * Math.sqrt(Math.max(0, high - (low > middle ? low : middle)))
  }
  const overLength = opening.kind === 'box' ? (height * opening.width) / (2 * (height + opening.width)) : height / 4
  const critical = (coefficient / SHARP) * overLength
  const head = high - (low > sill ? low : sill)
  if (head >= critical) return rate * Math.sqrt(head)
  if (head <= REST) return 0
  const share = head / critical
  return rate * Math.sqrt(critical) * share * Math.sqrt(share) * drowned(low - sill, high - sill, 1.5)
}

/** Area of the lower part of a circle, by Simpson's rule on its width: no closed form without arcs is needed for a gate's edge. */
function circleUpTo(height: number, diameter: number): number {
  if (height >= diameter) return (Math.PI / 4) * diameter * diameter
  let sum = 0
  const parts = 64
  for (let k = 0; k <= parts; k++) {
    const t = k / parts
    const y = height * t * t
    const width = 2 * Math.sqrt(Math.max(0, y * (diameter - y)))
    sum += (k === 0 || k === parts ? 1 : k % 2 === 1 ? 4 : 2) * width * 2 * t * height
  }
  return sum / (3 * parts)
}

const EXPONENT = { transverse: 1.5, 'side-flow': 5 / 3, 'v-notch': 2.5, trapezoidal: 1.5 } as const

/** Flow over a weir from level `high` to level `low` [m³/s]; drowned by Villemonte, an orifice when its opening is full and it may surcharge. */
export function weirFlow(weir: Weir, setting: number, high: number, low: number): number {
  const crown = weir.sill + weir.height
  const crest = weir.sill + (1 - setting) * weir.height
  if (setting <= 0 || high <= crest) return 0
  if (high > crown) {
    if (!weir.surcharges) return overCrest(weir, crown - crest, crest, high, low)
    const middle = (crest + crown) / 2
    const full = overCrest(weir, crown - crest, crest, crown, -Infinity)
    return full * Math.sqrt(Math.max(0, high - (low > middle ? low : middle)) / ((crown - crest) / 2))
  }
  return overCrest(weir, high - crest, crest, high, low)
}

function overCrest(weir: Weir, head: number, crest: number, high: number, low: number): number {
  if (head <= REST) return 0
  const exponent = EXPONENT[weir.type]
  const middle = drowned(low - crest, high - crest, exponent)
  const root = head * Math.sqrt(head)
  if (weir.type === 'v-notch') return weir.coefficient * weir.slope * head * root * middle
  const width = Math.max(0, weir.length - 0.1 * weir.contractions * head)
  if (weir.type === 'side-flow') return weir.coefficient * power(width, 0.83) * power(head, 5 / 3) * middle
  const ends = weir.type === 'trapezoidal' ? weir.endCoefficient * weir.slope * head * root * drowned(low - crest, high - crest, 2.5) : 0
  return weir.coefficient * width * root * middle + ends
}
