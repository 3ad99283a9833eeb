import { type Problem, problem } from '@/core/base/problem'
import '../network/problems.ts'

/** A line of data: its words, and where it stands. */
export interface InpLine {
  readonly words: readonly string[]
  readonly line: number
}
export interface InpText {
  readonly name: string
  readonly sections: ReadonlyMap<string, readonly InpLine[]>
  readonly problems: readonly Problem[]
}

/** What is computed. */
export const COMPUTED = [
  'TITLE',
  'OPTIONS',
  'JUNCTIONS',
  'OUTFALLS',
  'STORAGE',
  'CONDUITS',
  'PUMPS',
  'ORIFICES',
  'WEIRS',
  'XSECTIONS',
  'LOSSES',
  'CURVES',
  'TIMESERIES',
  'PATTERNS',
  'INFLOWS',
  'DWF',
  'CONTROLS',
] as const
/** What only draws or reports: read past in silence. */
const DRAWN = new Set(['REPORT', 'MAP', 'COORDINATES', 'VERTICES', 'POLYGONS', 'SYMBOLS', 'LABELS', 'BACKDROP', 'TAGS', 'PROFILES', 'FILES'])
/** Water quality: no water depends on it. */
const QUALITY = new Set(['POLLUTANTS', 'LANDUSES', 'COVERAGES', 'BUILDUP', 'WASHOFF', 'TREATMENT', 'LOADINGS'])
/** These would bring, take or lead water in ways that are not computed here. */
const WATER = new Set([
  'DIVIDERS',
  'OUTLETS',
  'STREETS',
  'INLETS',
  'INLET_USAGE',
  'TRANSECTS',
  'RDII',
  'HYDROGRAPHS',
  'RAINGAGES',
  'SUBCATCHMENTS',
  'SUBAREAS',
  'INFILTRATION',
  'LID_CONTROLS',
  'LID_USAGE',
  'AQUIFERS',
  'GROUNDWATER',
  'GWF',
  'SNOWPACKS',
  'ADJUSTMENTS',
  'EVENTS',
])
/** Evaporation and temperature matter only where a subcatchment or an open store is exposed; their standing lines say nothing. */
const WEATHER = new Set(['EVAPORATION', 'TEMPERATURE'])
const MOST_LINES = 2_000_000

/** Text of a SWMM file → its sections. What begins with `;` is a remark; a quoted word may be empty. */
export function readLines(text: string, name: string): InpText {
  const sections = new Map<string, InpLine[]>()
  const problems: Problem[] = []
  const told = new Set<string>()
  let current: string | null = null
  const rows = text.split(/\r\n|\n|\r/)
  if (rows.length > MOST_LINES) return { name, sections, problems: [problem('parse.tooLarge', { limit: `${MOST_LINES}` }, name)] }
  rows.forEach((row, k) => {
    const bare = row.split(';', 1)[0].trim()
    if (bare === '') return
    const path = `${name}:${k + 1}`
    if (bare.startsWith('[')) {
      current = bare.replace(/^\[\s*|\s*\].*$|\s+$/g, '').toUpperCase()
      const known: boolean = (COMPUTED as readonly string[]).includes(current) || DRAWN.has(current) || QUALITY.has(current) || WATER.has(current)
      if (!known && !WEATHER.has(current)) problems.push(problem('inp.section', { name: bare.slice(0, 40), known: COMPUTED.join(', ') }, path))
      return
    }
    if (current === null) {
      if (problems.length === 0) problems.push(problem('inp.outside', { text: bare.slice(0, 40) }, path))
      return
    }
    if ((WATER.has(current) || QUALITY.has(current)) && !told.has(current)) {
      told.add(current)
      problems.push(WATER.has(current) ? problem('inp.unsupported', { name: current }, path) : problem('inp.ignored', { name: current }, path, 'warning'))
    }
    const words = (bare.match(/"[^"]*"|\S+/g) ?? []).map((word) => (word.startsWith('"') ? word.replace(/^"|"$/g, '') : word))
    const list = sections.get(current)
    if (list) list.push({ words, line: k + 1 })
    else sections.set(current, [{ words, line: k + 1 }])
  })
  if (current === null) return { name, sections, problems: [problem('inp.none', {}, name)] }
  return { name, sections, problems }
}
