import type { Language } from '@/messages/language'

const cache = new Map<string, Intl.NumberFormat>()

/** A number with thin grouping, at most `digits` after the point. The true minus sign, so that columns line up. */
export function number(value: number, language: Language, digits = 0, fixed = false): string {
  const key = `${language} ${digits} ${fixed}`
  let format = cache.get(key)
  if (!format) {
    format = new Intl.NumberFormat(language, { maximumFractionDigits: digits, minimumFractionDigits: fixed ? digits : 0 })
    cache.set(key, format)
  }
  return format.format(value === 0 ? 0 : value).replace('-', '−')
}

/** Scenario time as hours and minutes, `T+01:23`. */
export function clockTime(seconds: number, withSeconds = false): string {
  const whole = Math.floor(seconds + 1e-6)
  const two = (n: number) => String(n).padStart(2, '0')
  const text = `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}`
  return withSeconds ? `${text}:${two(whole % 60)}` : text
}

export const metres = (value: number, language: Language, digits = 3) => `${number(value, language, digits, true)} m`
export const millimetres = (value: number, language: Language) => `${number(value * 1000, language, 1)} mm`
export const cubicMetres = (value: number, language: Language) => `${number(value, language, Math.abs(value) < 10 ? 1 : 0)} m³`
/** Flow in m³/h, as the trade speaks. */
export const perHour = (value: number, language: Language) => `${number(value * 3600, language, 0)} m³/h`
/** Relative error as a power of ten: `1e-12`. */
export const scientific = (value: number) => (value === 0 ? '0' : Math.abs(value).toExponential(0).replace('+', ''))
