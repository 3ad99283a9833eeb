import type { DrainPattern, Table } from '../network/types.ts'
import type { InpLine } from './lines.ts'
import type { Options } from './options.ts'
import { asDate, asNumber, asTime, type Reading } from './reading.ts'

const CURVES = ['STORAGE', 'SHAPE', 'DIVERSION', 'TIDAL', 'PUMP1', 'PUMP2', 'PUMP3', 'PUMP4', 'PUMP5', 'RATING', 'CONTROL', 'WEIR'] as const
export type CurveKind = (typeof CURVES)[number]
export interface Curve {
  readonly id: string
  readonly kind: CurveKind
  readonly table: Table
  /** Where each point stands. */
  readonly lines: readonly number[]
}
const DAY = 86400

/** Curves: the first line of each names its kind; then pairs of x and y, x rising. Flows are brought to m³/s. */
export function readCurves(reading: Reading, flow: number): ReadonlyMap<string, Curve> {
  const found = new Map<string, { kind: CurveKind; x: number[]; y: number[]; lines: number[] }>()
  for (const line of reading.lines('CURVES')) {
    const [id] = line.words
    let at = 1
    let curve = found.get(id)
    if (!curve) {
      const kind = CURVES.find((name) => name === line.words[1]?.toUpperCase())
      if (!kind) reading.fail(line.line, 'parse.choice', { got: line.words[1] ?? '–', expected: CURVES.join(', ') })
      curve = { kind: kind ?? 'STORAGE', x: [], y: [], lines: [] }
      found.set(id, curve)
      at = 2
    } else if (CURVES.some((name) => name === line.words[1]?.toUpperCase())) at = 2
    pairs(reading, line, at, (x, y) => {
      const last = curve.x.length - 1
      // A step may stand upright; nothing goes back.
      if (last >= 0 && (x < curve.x[last] || (x === curve.x[last] && !stepped(curve.kind))))
        reading.fail(line.line, 'inp.order', { id, before: String(curve.x[last]), after: String(x) })
      curve.x.push(x)
      curve.y.push(y)
      curve.lines.push(line.line)
    })
  }
  const curves = new Map<string, Curve>()
  for (const [id, { kind, x, y, lines }] of found) {
    const factor = kind.startsWith('PUMP') || kind === 'RATING' ? flow : 1
    curves.set(id, { id, kind, lines, table: { x: Float64Array.from(x), y: Float64Array.from(y, (value) => value * factor) } })
  }
  return curves
}

function stepped(kind: CurveKind): boolean {
  return kind === 'PUMP1' || kind === 'PUMP2'
}

/** Time series: pairs of time and value, each line with a date or without; times count from the start of the run and rise. */
export function readSeries(reading: Reading, start: Options['start']): ReadonlyMap<string, Table> {
  const found = new Map<string, { x: number[]; y: number[]; date: number | null }>()
  for (const line of reading.lines('TIMESERIES')) {
    const [id] = line.words
    const series = found.get(id) ?? { x: [], y: [], date: null }
    found.set(id, series)
    let at = 1
    if (line.words[at]?.toUpperCase() === 'FILE') {
      reading.fail(line.line, 'inp.file', { id })
      continue
    }
    while (at < line.words.length) {
      const date = asDate(line.words[at])
      if (date) {
        series.date = date.day
        at++
      }
      const [when, value] = [line.words[at], line.words[at + 1]]
      const time = when === undefined ? null : asTime(when)
      if (time === null) {
        reading.fail(line.line, 'inp.time', { got: when ?? '–', what: id })
        break
      }
      const y = value === undefined ? null : asNumber(value)
      if (y === null) {
        reading.fail(line.line, 'inp.number', { got: value ?? '–', what: id })
        break
      }
      const x = series.date === null ? time : (series.date - start.day) * DAY + time - start.second
      const last = series.x.length - 1
      if (last >= 0 && x <= series.x[last]) {
        reading.fail(line.line, 'inp.order', { id, before: clock(series.x[last]), after: clock(x) })
        break
      }
      series.x.push(x)
      series.y.push(y)
      at += 2
    }
  }
  return new Map([...found].map(([id, { x, y }]) => [id, { x: Float64Array.from(x), y: Float64Array.from(y) }]))
}

const PATTERNS = { MONTHLY: 12, DAILY: 7, HOURLY: 24, WEEKEND: 24 } as const

export function readPatterns(reading: Reading): ReadonlyMap<string, DrainPattern> {
  const found = new Map<string, { kind: DrainPattern['kind']; factors: number[] }>()
  for (const line of reading.lines('PATTERNS')) {
    const [id] = line.words
    const named = line.words[1]?.toUpperCase()
    let pattern = found.get(id)
    let at = 1
    if (named !== undefined && Object.hasOwn(PATTERNS, named)) at = 2
    if (!pattern) {
      if (at === 1) reading.fail(line.line, 'parse.choice', { got: line.words[1] ?? '–', expected: Object.keys(PATTERNS).join(', ') })
      pattern = { kind: (at === 2 ? named?.toLowerCase() : 'hourly') as DrainPattern['kind'], factors: [] }
      found.set(id, pattern)
    }
    for (; at < line.words.length; at++) pattern.factors.push(reading.number(line, at, id))
  }
  return found
}

function pairs(reading: Reading, line: InpLine, from: number, take: (x: number, y: number) => void): void {
  if ((line.words.length - from) % 2 !== 0) reading.fail(line.line, 'inp.points', { id: line.words[0] })
  for (let at = from; at + 1 < line.words.length; at += 2) {
    const [x, y] = [asNumber(line.words[at]), asNumber(line.words[at + 1])]
    if (x === null || y === null) {
      reading.fail(line.line, 'inp.number', { got: x === null ? line.words[at] : line.words[at + 1], what: line.words[0] })
      return
    }
    take(x, y)
  }
}

function clock(seconds: number): string {
  const minutes = Math.round(seconds / 60)
  return `${Math.floor(minutes / 60)}:${String(Math.abs(minutes % 60)).padStart(2, '0')}`
}
