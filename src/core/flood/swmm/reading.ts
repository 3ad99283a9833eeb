import { type Problem, type ProblemTable, problem } from '@/core/base/problem'
import type { InpLine, InpText } from './lines.ts'

/** One reading of a file: its lines by section, and what is wrong, each with its line. */
export interface Reading {
  readonly text: InpText
  readonly problems: Problem[]
  lines(section: string): readonly InpLine[]
  fail<K extends keyof ProblemTable & string>(line: number, key: K, facts: ProblemTable[K], severity?: 'error' | 'warning'): void
  /** The word at `at` as a number; `fallback` where the line ends before it, a problem where there is none. */
  number(line: InpLine, at: number, what: string, fallback?: number): number
  /** As `number`, and at least `least`. */
  atLeast(line: InpLine, at: number, what: string, least: number, fallback?: number): number
  yes(line: InpLine, at: number): boolean
}

export function beginReading(text: InpText): Reading {
  const problems: Problem[] = [...text.problems]
  const reading: Reading = {
    text,
    problems,
    lines: (section) => text.sections.get(section) ?? [],
    fail: (line, key, facts, severity = 'error') => void problems.push(problem(key, facts, `${text.name}:${line}`, severity)),
    number(line, at, what, fallback) {
      const word = line.words[at]
      if (word === undefined || word === '') {
        if (fallback === undefined) reading.fail(line.line, 'parse.missing', { key: what })
        return fallback ?? 0
      }
      const value = asNumber(word)
      if (value === null) reading.fail(line.line, 'inp.number', { got: word.slice(0, 40), what })
      return value ?? fallback ?? 0
    },
    atLeast(line, at, what, least, fallback) {
      const value = reading.number(line, at, what, fallback)
      if (value < least) reading.fail(line.line, 'parse.range', { expected: `${what} ≥ ${least}`, got: line.words[at] ?? '' })
      return value
    },
    yes: (line, at) => (line.words[at] ?? 'NO').toUpperCase() === 'YES',
  }
  return reading
}

export function asNumber(word: string): number | null {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(word)) return null
  const value = Number(word)
  return Number.isFinite(value) ? value : null
}

/** `H:MM[:SS]` or decimal hours → seconds. */
export function asTime(word: string): number | null {
  const clock = /^(\d+):([0-5]?\d)(?::([0-5]?\d(?:\.\d*)?))?$/.exec(word)
  if (clock) return Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3] ?? 0)
  const hours = asNumber(word)
  return hours === null || hours < 0 ? null : hours * 3600
}

/** `MM/DD/YYYY` (or with dashes) → days of a common count, month and weekday. */
export function asDate(word: string): { readonly day: number; readonly month: number; readonly weekday: number } | null {
  const parts = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(word)
  if (!parts) return null
  const [month, date, year] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  if (month < 1 || month > 12 || date < 1 || date > 31) return null
  // Days of the proleptic Gregorian calendar since 1 March of the year 0.
  const y = month > 2 ? year : year - 1
  const m = month > 2 ? month - 3 : month + 9
  const day = 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + Math.floor((153 * m + 2) / 5) + date - 1
  return { day, month: month - 1, weekday: (day + 3) % 7 }
}

export function listed(ids: Iterable<string>): string {
  const all = [...ids]
  return all.length > 12 ? `${all.slice(0, 12).join(', ')} …` : all.join(', ')
}
