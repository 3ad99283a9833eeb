/** Units that a selector compares, by kind, each with its factor to the first of its kind. Temperatures are compared only in the same unit. */
const UNITS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  length: { m: 1, mm: 1e-3, cm: 1e-2, dm: 0.1, km: 1e3, inch: 0.0254, in: 0.0254, foot: 0.3048, ft: 0.3048 },
  area: { 'm²': 1, m2: 1, 'mm²': 1e-6, mm2: 1e-6, 'cm²': 1e-4, cm2: 1e-4, ha: 1e4, 'square foot': 0.09290304, 'square inch': 0.00064516 },
  volume: { 'm³': 1, m3: 1, 'mm³': 1e-9, mm3: 1e-9, 'cm³': 1e-6, cm3: 1e-6, l: 1e-3, 'cubic foot': 0.028316846592, 'cubic inch': 1.6387064e-5 },
  mass: { kg: 1, g: 1e-3, t: 1e3, Mg: 1e3 },
  time: { s: 1, min: 60, h: 3600, d: 86_400 },
  angle: { rad: 1, '°': Math.PI / 180, deg: Math.PI / 180, degree: Math.PI / 180 },
  flow: { 'm³/s': 1, 'm3/s': 1, 'm³/h': 1 / 3600, 'm3/h': 1 / 3600, 'l/s': 1e-3, 'l/min': 1e-3 / 60 },
  speed: { 'm/s': 1, 'km/h': 1 / 3.6 },
  pressure: { Pa: 1, kPa: 1e3, MPa: 1e6, bar: 1e5 },
  force: { N: 1, kN: 1e3, MN: 1e6 },
  power: { W: 1, kW: 1e3, MW: 1e6 },
  voltage: { V: 1, kV: 1e3 },
  current: { A: 1, mA: 1e-3 },
  temperature: { '°C': 1 },
  absolute: { K: 1 },
  ratio: { '%': 0.01, '‰': 0.001 },
}
const BY_NAME = new Map<string, { readonly kind: string; readonly factor: number }>()
for (const [kind, units] of Object.entries(UNITS)) for (const [name, factor] of Object.entries(units)) BY_NAME.set(name, { kind, factor })

/** As written, else in lower case (`METRE` of a conversion unit, `L/s`). */
export function unitNamed(name: string) {
  return BY_NAME.get(name) ?? BY_NAME.get(name.toLowerCase()) ?? null
}
export const LENGTH_UNITS = ['m', 'mm', 'cm', 'km']
export const KNOWN_UNITS = Object.values(UNITS).map((units) => Object.keys(units)[0])

/**
 * Two numbers with their units on one scale, or null where they cannot be compared. A number without a unit is compared with the other as it
 * stands in the file.
 */
export function onOneScale(asked: { value: number; unit: string }, found: number, unit: string | null): readonly [asked: number, found: number] | null {
  if (asked.unit === '' || asked.unit === unit) return [asked.value, found]
  const one = unitNamed(asked.unit)
  const two = unit === null ? null : unitNamed(unit)
  return one && two && one.kind === two.kind ? [asked.value * one.factor, found * two.factor] : null
}
