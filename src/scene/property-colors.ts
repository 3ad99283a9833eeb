import type { ElementRef } from '@/core/model'
import type { Words } from '@/messages/language'
import type { ColorEntry, Rgb } from './palette.ts'

/** Value of one property on one element; null where it has none. */
export interface Valued {
  readonly ref: ElementRef
  readonly value: string | number | boolean | null
  readonly unit: string | null
}
/** What colours mean and which element has which. The colours are drawn flat: a pixel of the picture is the swatch of the legend. */
export interface PropertyColors {
  readonly entries: readonly ColorEntry[]
  readonly colorOf: PaintedColors
}
/** By model id, then by index of the element. */
export type PaintedColors = ReadonlyMap<string, ReadonlyMap<number, Rgb>>

/** What has no value, and in a coloured picture all that was not asked for. */
export const UNVALUED: Rgb = [172, 170, 166]
const NO_VALUE: Words = { zh: '无此属性', en: 'Not given' }
const OTHERS: Words = { zh: '其他值', en: 'Other values' }

/** Values of their own colour; the rest share one. Hues that stay apart without colour vision (Okabe and Ito, with two quiet ones more). */
const CATEGORIES: readonly Rgb[] = [
  [0, 114, 178],
  [230, 159, 0],
  [0, 158, 115],
  [204, 121, 167],
  [86, 180, 233],
  [213, 94, 0],
  [240, 228, 66],
  [126, 87, 194],
  [141, 110, 99],
]
const OTHER: Rgb = [84, 90, 98]
/** From small to large (viridis): order can be read without colour vision. */
const RAMP: readonly Rgb[] = [
  [68, 1, 84],
  [65, 68, 135],
  [42, 120, 142],
  [34, 168, 132],
  [122, 209, 81],
  [253, 231, 37],
]

/** Few values have a colour each; many numbers of one unit are put into classes with round limits. */
export function colorsOfValues(values: readonly Valued[]): PropertyColors {
  const given = values.filter(({ value }) => value !== null)
  const units = new Set(given.map(({ unit }) => unit ?? ''))
  const distinct = new Set(given.map(keyOf))
  const numbers = given.flatMap(({ value }) => (typeof value === 'number' ? [value] : []))
  const groups = distinct.size > CATEGORIES.length && units.size === 1 && numbers.length === given.length ? inClasses(given, numbers) : byValue(given)
  const none = values.filter(({ value }) => value === null)
  if (none.length) groups.push({ key: 'none', name: NO_VALUE, color: UNVALUED, elements: none.map(({ ref }) => ref) })
  const colorOf = new Map<string, Map<number, Rgb>>()
  for (const { elements, color } of groups)
    for (const { model, index } of elements) {
      if (!colorOf.has(model)) colorOf.set(model, new Map())
      colorOf.get(model)?.set(index, color)
    }
  return { entries: groups, colorOf }
}

function byValue(values: readonly Valued[]): ColorEntry[] {
  const groups = new Map<string, { text: string; number: number; elements: ElementRef[] }>()
  for (const one of values) {
    const key = keyOf(one)
    const group = groups.get(key) ?? { text: say(one), number: typeof one.value === 'number' ? one.value : Number.NaN, elements: [] }
    group.elements.push(one.ref)
    groups.set(key, group)
  }
  const sorted = [...groups].sort(([, a], [, b]) => b.elements.length - a.elements.length)
  const kept = sorted.slice(0, sorted.length > CATEGORIES.length ? CATEGORIES.length - 1 : CATEGORIES.length)
  // Numbers are read in their order, words by how often they stand.
  kept.sort(([, a], [, b]) => (Number.isNaN(a.number) || Number.isNaN(b.number) ? 0 : a.number - b.number))
  const entries: ColorEntry[] = kept.map(([key, { text, elements }], k) => ({ key, name: { zh: text, en: text }, color: CATEGORIES[k], elements }))
  const rest = sorted.slice(kept.length).flatMap(([, { elements }]) => elements)
  if (rest.length) entries.push({ key: 'others', name: OTHERS, color: OTHER, elements: rest })
  return entries
}

function inClasses(values: readonly Valued[], numbers: readonly number[]): ColorEntry[] {
  const limits = roundLimits(Math.min(...minMax(numbers)), Math.max(...minMax(numbers)), RAMP.length)
  const unit = values[0].unit ? ` ${values[0].unit}` : ''
  const entries: { key: string; name: Words; color: Rgb; elements: ElementRef[] }[] = []
  for (let k = 0; k + 1 < limits.length; k++) {
    const text = `${plain(limits[k])} – ${plain(limits[k + 1])}${unit}`
    const color = RAMP[Math.round((k * (RAMP.length - 1)) / Math.max(1, limits.length - 2))]
    entries.push({ key: String(limits[k]), name: { zh: text, en: text }, color, elements: [] })
  }
  for (const { ref, value } of values) {
    const k = limits.findLastIndex((limit) => limit <= (value as number))
    entries[Math.min(entries.length - 1, Math.max(0, k))].elements.push(ref)
  }
  return entries.filter(({ elements }) => elements.length)
}

/** Limits of at most `most` classes from `low` to `high`, in steps of 1, 2, 2.5 or 5 times a power of ten. */
export function roundLimits(low: number, high: number, most: number): number[] {
  const span = high - low || Math.abs(high) || 1
  const power = 10 ** Math.floor(Math.log10(span / most))
  const step = [1, 2, 2.5, 5, 10, 20].map((m) => m * power).find((s) => Math.ceil(high / s - 1e-9) - Math.floor(low / s + 1e-9) <= most) ?? 50 * power
  const first = Math.floor(low / step + 1e-9)
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9))
  return Array.from({ length: last - first + 1 }, (_, k) => Number(((first + k) * step).toPrecision(12)))
}

function minMax(numbers: readonly number[]): [number, number] {
  return numbers.reduce<[number, number]>(([low, high], n) => [Math.min(low, n), Math.max(high, n)], [Infinity, -Infinity])
}
/** Texts that differ only in case or blanks are still two values: the file says so. */
function keyOf({ value, unit }: Valued): string {
  return `${typeof value}:${typeof value === 'number' ? plain(value) : value}:${unit ?? ''}`
}
function say({ value, unit }: Valued): string {
  return `${typeof value === 'number' ? plain(value) : String(value)}${unit ? ` ${unit}` : ''}`
}
function plain(value: number): string {
  return String(Number(value.toPrecision(6)))
}
