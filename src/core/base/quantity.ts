/**
 * Quantities with units: files write "12 L/s", the program knows only SI. Each dimension lists the units it accepts with their factor
 * to SI; the first is the SI unit itself.
 */
export const DIMENSIONS = {
  length: { m: 1, mm: 1e-3, cm: 1e-2, km: 1e3 },
  area: { 'm²': 1, m2: 1, ha: 1e4 },
  volume: { 'm³': 1, m3: 1, L: 1e-3 },
  flow: { 'm³/s': 1, 'm3/s': 1, 'm³/h': 1 / 3600, 'm3/h': 1 / 3600, 'L/s': 1e-3, 'L/min': 1e-3 / 60 },
  rain: { 'm/s': 1, 'mm/h': 1e-3 / 3600, 'mm/min': 1e-3 / 60 },
  depth: { m: 1, mm: 1e-3, cm: 1e-2 },
  time: { s: 1, min: 60, h: 3600 },
  power: { W: 1, kW: 1e3 },
  returnPeriod: { a: 1 },
  ratio: { '': 1, '%': 0.01 },
  manning: { 's/m^(1/3)': 1, '': 1 },
  speed: { 'm/s': 1, 'm/min': 1 / 60 },
} as const
export type Dimension = keyof typeof DIMENSIONS

const TEXT = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(\S*)\s*$/

/** The SI value of a text such as "45 mm/h", or null where the number is not finite or the unit is not one of the dimension. */
export function parseQuantity(text: string, dimension: Dimension): number | null {
  if (text.length > 64) return null
  const match = TEXT.exec(text)
  if (!match) return null
  const units: Record<string, number> = DIMENSIONS[dimension]
  if (!Object.hasOwn(units, match[2])) return null
  const value = Number(match[1]) * units[match[2]]
  return Number.isFinite(value) ? value : null
}

/** The unit that a text is written in; the SI unit where it has none of the dimension. */
export function unitOf(text: string, dimension: Dimension): string {
  const unit = TEXT.exec(text)?.[2] ?? ''
  return Object.hasOwn(DIMENSIONS[dimension], unit) ? unit : unitsOf(dimension)[0]
}

/** `value` (SI) as text in `unit` of the dimension, with at most nine significant digits and no trailing zeros. */
export function formatQuantity(value: number, dimension: Dimension, unit: string): string {
  const factor = (DIMENSIONS[dimension] as Record<string, number>)[unit]
  const number = Number((value / factor).toPrecision(9))
  return unit === '' ? String(number) : `${number} ${unit}`
}

export function unitsOf(dimension: Dimension): string[] {
  return Object.keys(DIMENSIONS[dimension])
}
