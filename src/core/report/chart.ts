import { escapeXml } from '@/core/base/xml'
import type { Table } from './types.ts'

/** Figures over time: a drawing where the page can show one, a table of some of its moments where it cannot. */
export interface Chart {
  readonly kind: 'chart'
  readonly title: string
  readonly unit: string
  /** Name of the time axis, in minutes. */
  readonly time: string
  readonly minutes: readonly number[]
  readonly lines: readonly { readonly name: string; readonly values: readonly (number | null)[] }[]
}

const COLORS = ['#1763a8', '#b4540a', '#2f7d4f', '#8a3fa0', '#5b6470', '#a8321f']
const DASHES = ['', '6 3', '2 3', '8 3 2 3', '1 3', '10 4']
const [WIDTH, HEIGHT] = [680, 250]
const BOX = { left: 56, right: 96, top: 14, bottom: 34 }

/** Lines that differ by colour and dash, each with its name at its end. */
export function chartSvg({ title, unit, time, minutes, lines }: Chart): string {
  const values = lines.flatMap((line) => line.values.filter((value) => value !== null))
  const ends = ticks(Math.min(0, ...values), Math.max(1e-9, ...values), 5)
  const [low, high] = [ends[0], ends[ends.length - 1]]
  const [from, to] = [0, Math.max(1, ...minutes)]
  const x = (minute: number) => round(BOX.left + ((minute - from) / (to - from)) * (WIDTH - BOX.left - BOX.right))
  const y = (value: number) => round(HEIGHT - BOX.bottom - ((value - low) / (high - low)) * (HEIGHT - BOX.top - BOX.bottom))
  const digits = Math.max(0, Math.min(4, Math.ceil(-Math.log10(ends[1] - ends[0]))))
  const taken: number[] = []
  const drawn = lines.map(({ name, values: points }, k) => {
    let path = ''
    let pen = false
    let last = -1
    points.forEach((value, i) => {
      if (value === null) pen = false
      else {
        path += `${pen ? 'L' : 'M'}${x(minutes[i])} ${y(value)}`
        pen = true
        last = i
      }
    })
    if (last < 0) return ''
    let at = y(points[last] as number)
    while (taken.some((other) => Math.abs(other - at) < 13)) at -= 13
    taken.push(at)
    const color = COLORS[k % COLORS.length]
    return `<path d="${path}" fill="none" stroke="${color}" stroke-width="1.8" stroke-dasharray="${DASHES[k % DASHES.length]}"/><text x="${WIDTH - BOX.right + 6}" y="${round(at + 4)}" fill="${color}">${escapeXml(name)}</text>`
  })
  const rows = ends.map(
    (value) =>
      `<line x1="${BOX.left}" x2="${WIDTH - BOX.right}" y1="${y(value)}" y2="${y(value)}" stroke="#dce0e5"/><text x="${BOX.left - 6}" y="${round(y(value) + 4)}" text-anchor="end">${value.toFixed(digits)}</text>`,
  )
  const columns = ticks(from, to, 7)
    .filter((minute) => minute <= to)
    .map((minute) => `<text x="${x(minute)}" y="${HEIGHT - BOX.bottom + 16}" text-anchor="middle">${minute}</text>`)
  return `<figure style="margin:12px 0;break-inside:avoid"><figcaption><strong>${escapeXml(title)}</strong> ${escapeXml(unit)}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" width="100%" role="img" aria-label="${escapeXml(title)}" font-size="11" fill="#4a545f">${rows.join('')}${columns.join('')}<text x="${(BOX.left + WIDTH - BOX.right) / 2}" y="${HEIGHT - 4}" text-anchor="middle">${escapeXml(time)}</text>${drawn.join('')}</svg></figure>`
}

/** The chart's moments at a dozen times, a column a line. */
export function chartTable({ title, time, minutes, lines }: Chart): Table {
  const step = Math.max(1, Math.ceil(minutes.length / 12))
  const shown = minutes.flatMap((_, k) => ((k + 1) % step === 0 ? [k] : []))
  const most = Math.max(1e-9, ...lines.flatMap((line) => line.values.map((value) => Math.abs(value ?? 0))))
  const digits = most >= 100 ? 0 : most >= 10 ? 1 : 3
  return {
    kind: 'table',
    name: title.slice(0, 28),
    columns: [{ name: time }, ...lines.map(({ name }) => ({ name, digits }))],
    rows: shown.map((k) => [minutes[k], ...lines.map(({ values }) => values[k] ?? null)]),
  }
}

/** Round numbers from at or below `low` to at or above `high`. */
function ticks(low: number, high: number, count: number): number[] {
  const raw = (high - low) / count
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= raw) ?? 10)
  const from = Math.floor(low / step) * step
  const list: number[] = []
  for (let k = 0; list.length === 0 || list[list.length - 1] < high - step * 1e-9; k++) list.push(Number((from + k * step).toPrecision(12)))
  return list
}
function round(value: number): number {
  return Math.round(value * 10) / 10
}
