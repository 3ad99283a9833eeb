import { type Problem, problem } from '@/core/base/problem'
import { enumOf, numberOf, refOf, refsOf, type StepFile, textOf, type Value } from './step-file.ts'

export interface Units {
  readonly length: { readonly name: string | null; readonly toMetre: number; readonly known: boolean }
  /** Radians in one unit of plane angle. */
  readonly angle: number
  /** Name of the unit of a kind (`LENGTHUNIT`), for showing quantities. */
  readonly names: ReadonlyMap<string, string>
  /** Express id of the project that counts, 0 for none. */
  readonly project: number
  readonly findings: readonly Problem[]
}

const PREFIXES: Readonly<Record<string, [number, string]>> = {
  EXA: [1e18, 'E'],
  PETA: [1e15, 'P'],
  TERA: [1e12, 'T'],
  GIGA: [1e9, 'G'],
  MEGA: [1e6, 'M'],
  KILO: [1e3, 'k'],
  HECTO: [1e2, 'h'],
  DECA: [1e1, 'da'],
  DECI: [1e-1, 'd'],
  CENTI: [1e-2, 'c'],
  MILLI: [1e-3, 'm'],
  MICRO: [1e-6, 'µ'],
  NANO: [1e-9, 'n'],
}
const SYMBOLS: Readonly<Record<string, string>> = {
  METRE: 'm',
  SQUARE_METRE: 'm²',
  CUBIC_METRE: 'm³',
  GRAM: 'g',
  SECOND: 's',
  RADIAN: 'rad',
  WATT: 'W',
  PASCAL: 'Pa',
  KELVIN: 'K',
  DEGREE_CELSIUS: '°C',
  NEWTON: 'N',
  AMPERE: 'A',
  VOLT: 'V',
  HERTZ: 'Hz',
  JOULE: 'J',
  LUMEN: 'lm',
  LUX: 'lx',
}
/** Longest and shortest length unit that is believed [m]: 1 km and 1 µm. */
const SANE_LENGTH = [1e-6, 1e3] as const

/** Reads IfcUnitAssignment of the first IfcProject. What it cannot know it does not guess: metres, marked as unknown. */
export function readUnits(step: StepFile): Units {
  const findings: Problem[] = []
  const projects = step.idsOf('IFCPROJECT')
  const project = projects[0] ?? 0
  if (projects.length === 0) findings.push(problem('ifc.noProject', {}, '', 'warning'))
  if (projects.length > 1) findings.push(problem('ifc.projects', { count: projects.length, used: project }, `#${projects[1]}`, 'warning'))
  const assigned = project ? refOf(step.argsOf(project)[8]) : (step.idsOf('IFCUNITASSIGNMENT')[0] ?? 0)
  const assignments = assigned ? [assigned] : []
  const names = new Map<string, string>()
  let length: Units['length'] = { name: null, toMetre: 1, known: false }
  let angle = 1
  for (const assignment of assignments)
    for (const unit of refsOf(step.argsOf(assignment)[0])) {
      const read = readUnit(step, unit, 0)
      if (!read) continue
      if (!names.has(read.kind)) names.set(read.kind, read.name)
      if (read.kind === 'LENGTHUNIT') {
        const sane = read.factor >= SANE_LENGTH[0] && read.factor <= SANE_LENGTH[1]
        if (!length.known) length = { name: read.name, toMetre: sane ? read.factor : 1, known: sane }
      } else if (read.kind === 'PLANEANGLEUNIT' && read.factor > 0 && read.factor <= 7) angle = read.factor
    }
  if (!length.known) findings.push(problem('ifc.lengthUnit', { unit: length.name ?? '–' }, assigned ? `#${assigned}` : '', 'error'))
  return { length, angle, names, project, findings }
}

function readUnit(step: StepFile, id: number, depth: number): { kind: string; name: string; factor: number } | null {
  if (depth > 4) return null
  const type = step.typeOf(id)
  const args = step.argsOf(id)
  if (type === 'IFCSIUNIT') {
    const prefix = enumOf(args[2])
    const base = enumOf(args[3])
    const symbol = SYMBOLS[base]
    if (prefix && !PREFIXES[prefix]) return { kind: enumOf(args[1]), name: `${prefix} ${base}`, factor: Number.NaN }
    const [factor, letter] = prefix ? PREFIXES[prefix] : [1, '']
    const right = enumOf(args[1]) !== 'LENGTHUNIT' || base === 'METRE'
    return { kind: enumOf(args[1]), name: symbol ? letter + symbol : prefix ? `${prefix} ${base}` : base || '–', factor: right ? factor : Number.NaN }
  }
  if (type === 'IFCCONVERSIONBASEDUNIT' || type === 'IFCCONVERSIONBASEDUNITWITHOFFSET') {
    const measure = step.argsOf(refOf(args[3]))
    const base = readUnit(step, refOf(measure[1]), depth + 1)
    // Some writers call areas and volumes length units; their base tells.
    const kind = base?.kind ?? enumOf(args[1])
    return { kind, name: textOf(args[2]), factor: numberOf(measure[0] as Value) * (base?.factor ?? Number.NaN) }
  }
  if (type === 'IFCCONTEXTDEPENDENTUNIT') return { kind: enumOf(args[1]), name: textOf(args[2]), factor: Number.NaN }
  return null
}

/** Scale of a named SI or conversion unit to metres, for map units; 1 where it cannot be read. */
export function lengthFactor(step: StepFile, id: number): number {
  const read = id ? readUnit(step, id, 0) : null
  return read && read.factor > 0 && Number.isFinite(read.factor) ? read.factor : 1
}

/** Name of one unit entity, e.g. of a property; null where it cannot be read. */
export function unitName(step: StepFile, id: number): string | null {
  return (id && readUnit(step, id, 0)?.name) || null
}
