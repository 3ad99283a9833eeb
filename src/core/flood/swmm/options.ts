import type { DrainNetwork } from '../network/types.ts'
import { asDate, asTime, type Reading } from './reading.ts'

/** Factor of the file's flows to m³/s. Files in US units are refused: their feet would have to be told from metres everywhere. */
const FLOW = { CMS: 1, LPS: 1e-3, MLD: 1000 / 86400 } as const
/** Options that change nothing here: other solvers' damping, hydrology, threads and reports. */
const PASSED = new Set(
  `INFILTRATION FLOW_ROUTING LINK_OFFSETS MIN_SLOPE SWEEP_START SWEEP_END DRY_DAYS WET_STEP DRY_STEP RULE_STEP
  VARIABLE_STEP MAX_TRIALS HEAD_TOLERANCE THREADS LENGTHENING_STEP MINIMUM_STEP SYS_FLOW_TOL LAT_FLOW_TOL SKIP_STEADY_STATE TEMPDIR IGNORE_RAINFALL
  IGNORE_SNOWMELT IGNORE_GROUNDWATER IGNORE_RDII IGNORE_QUALITY IGNORE_ROUTING COMPATIBILITY`.split(/\s+/),
)
const USED = [
  'FLOW_UNITS',
  'ALLOW_PONDING',
  'START_DATE',
  'START_TIME',
  'END_DATE',
  'END_TIME',
  'REPORT_START_DATE',
  'REPORT_START_TIME',
  'REPORT_STEP',
  'ROUTING_STEP',
  'MIN_SURFAREA',
  'NORMAL_FLOW_LIMITED',
  'FORCE_MAIN_EQUATION',
  'INERTIAL_DAMPING',
  'SURCHARGE_METHOD',
]
const DAMPING = { NONE: 'whole', PARTIAL: 'subcritical', FULL: 'none' } as const
/** Steps are never longer than this [s]: pumps switch and rows stand at the second. */
const LONGEST_STEP = 1
/** Chamber of a junction where none is told: 4 ft across [m²]. */
const CHAMBER = 1.167
const DAY = 86400

export interface Options
  extends Pick<DrainNetwork, 'duration' | 'reportEvery' | 'reportFrom' | 'step' | 'clock' | 'leastArea' | 'forceMain' | 'normalFlow' | 'inertia' | 'slot'> {
  /** To m³/s. */
  readonly flow: number
  readonly ponding: boolean
  /** Offsets of links are levels, not heights over the bed. */
  readonly levels: boolean
  readonly start: { readonly day: number; readonly second: number }
}

export function readOptions(reading: Reading): Options {
  const found = new Map<string, { readonly value: string; readonly line: number }>()
  for (const { words, line } of reading.lines('OPTIONS')) {
    const name = words[0].toUpperCase()
    if (!USED.includes(name) && !PASSED.has(name)) reading.fail(line, 'inp.option', { name: words[0].slice(0, 40), known: USED.join(', ') })
    else if (words[1] === undefined) reading.fail(line, 'parse.missing', { key: name })
    else found.set(name, { value: words[1], line })
  }
  const units = choice('FLOW_UNITS', 'CMS', Object.keys(FLOW), (got) => ({ key: 'inp.units', facts: { got, expected: Object.keys(FLOW).join(', ') } }))
  const routing = found.get('FLOW_ROUTING')
  if (routing && routing.value.toUpperCase() !== 'DYNWAVE') reading.fail(routing.line, 'inp.routing', { got: routing.value }, 'warning')

  const startDay = date('START_DATE', { day: 0, month: 0, weekday: 0 })
  const startSecond = time('START_TIME', 0)
  const endDay = date('END_DATE', startDay)
  const endSecond = time('END_TIME', DAY)
  const since = (day: number, second: number) => (day - startDay.day) * DAY + second - startSecond
  const duration = since(endDay.day, endSecond)
  const place = found.get('END_TIME') ?? found.get('END_DATE')
  if (!(duration > 0))
    reading.fail(place?.line ?? 1, 'inp.dates', {
      start: `${found.get('START_DATE')?.value ?? ''} ${found.get('START_TIME')?.value ?? ''}`.trim(),
      end: `${found.get('END_DATE')?.value ?? ''} ${found.get('END_TIME')?.value ?? ''}`.trim(),
    })
  const reportEvery = positive('REPORT_STEP', 900, time('REPORT_STEP', 900))
  const step = positive('ROUTING_STEP', 20, seconds('ROUTING_STEP', 20))
  const area = number('MIN_SURFAREA', 0)
  return {
    flow: FLOW[units as keyof typeof FLOW],
    ponding: choice('ALLOW_PONDING', 'NO', ['YES', 'NO']) === 'YES',
    levels: choice('LINK_OFFSETS', 'DEPTH', ['DEPTH', 'ELEVATION']) === 'ELEVATION',
    start: { day: startDay.day, second: startSecond },
    duration,
    reportEvery,
    reportFrom: Math.max(0, since(date('REPORT_START_DATE', startDay).day, time('REPORT_START_TIME', startSecond))),
    step: Math.min(LONGEST_STEP, step),
    clock: { second: startSecond, weekday: startDay.weekday, month: startDay.month },
    leastArea: area > 0 ? area : CHAMBER,
    forceMain: choice('FORCE_MAIN_EQUATION', 'H-W', ['H-W', 'D-W']) === 'H-W' ? 'hazen-williams' : 'darcy-weisbach',
    slot: choice('SURCHARGE_METHOD', 'EXTRAN', ['EXTRAN', 'SLOT']) === 'SLOT' ? 'wide' : 'narrow',
    inertia: DAMPING[choice('INERTIAL_DAMPING', 'PARTIAL', Object.keys(DAMPING)) as keyof typeof DAMPING],
    normalFlow: choice('NORMAL_FLOW_LIMITED', 'BOTH', ['SLOPE', 'FROUDE', 'BOTH', 'NONE']).toLowerCase() as DrainNetwork['normalFlow'],
  }

  function choice(
    name: string,
    fallback: string,
    known: readonly string[],
    wrong?: (got: string) => { key: 'inp.units'; facts: { got: string; expected: string } },
  ): string {
    const given = found.get(name)
    if (!given) return fallback
    const value = given.value.toUpperCase()
    if (known.includes(value)) return value
    const told = wrong?.(given.value)
    if (told) reading.fail(given.line, told.key, told.facts)
    else reading.fail(given.line, 'parse.choice', { got: given.value, expected: known.join(', ') })
    return fallback
  }
  function number(name: string, fallback: number): number {
    const given = found.get(name)
    return given ? reading.number({ words: [name, given.value], line: given.line }, 1, name) : fallback
  }
  function time(name: string, fallback: number): number {
    const given = found.get(name)
    if (!given) return fallback
    const value = asTime(given.value)
    if (value === null) reading.fail(given.line, 'inp.time', { got: given.value, what: name })
    return value ?? fallback
  }
  /** A step: seconds, or a clock. */
  function seconds(name: string, fallback: number): number {
    const given = found.get(name)
    return given?.value.includes(':') ? time(name, fallback) : number(name, fallback)
  }
  function positive(name: string, fallback: number, value: number): number {
    if (value > 0) return value
    reading.fail(found.get(name)?.line ?? 1, 'parse.range', { expected: `${name} > 0`, got: found.get(name)?.value ?? '' })
    return fallback
  }
  function date<T extends { day: number; month: number; weekday: number }>(name: string, fallback: T) {
    const given = found.get(name)
    if (!given) return fallback
    const value = asDate(given.value)
    if (value === null) reading.fail(given.line, 'inp.time', { got: given.value, what: name })
    return value ?? fallback
  }
}
