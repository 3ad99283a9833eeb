import type { Conduit, DrainLink, DrainPump, Orifice, SectionShape, Weir } from '../network/types.ts'
import type { InpLine } from './lines.ts'
import { curveOf, type WrittenNode } from './nodes.ts'
import type { Options } from './options.ts'
import { asNumber, listed, type Reading } from './reading.ts'
import type { Curve } from './tables.ts'

export interface LinkTables {
  readonly nodes: ReadonlyMap<string, WrittenNode>
  readonly curves: ReadonlyMap<string, Curve>
}
interface WrittenSection {
  readonly line: InpLine
  readonly shape: string
  readonly sizes: readonly number[]
}

/** Conduits, pumps, orifices and weirs in the order of their sections. */
export function readLinks(reading: Reading, options: Options, tables: LinkTables): { readonly links: DrainLink[]; readonly lines: readonly number[] } {
  const { nodes, curves } = tables
  const order = new Map([...nodes.keys()].map((id, n) => [id, n]))
  const links: DrainLink[] = []
  const lines: number[] = []
  const seen = new Map<string, number>()
  const sections = readSections(reading)
  const losses = new Map(reading.lines('LOSSES').map((line) => [line.words[0], line]))

  for (const line of reading.lines('CONDUITS')) {
    const ends = endsOf(line)
    if (ends) add(line, readConduit(line, ends))
  }
  for (const line of reading.lines('PUMPS')) {
    const ends = endsOf(line)
    if (ends) add(line, readPump(line, ends))
  }
  for (const line of reading.lines('ORIFICES')) {
    const ends = endsOf(line)
    if (ends) add(line, readOrifice(line, ends))
  }
  for (const line of reading.lines('WEIRS')) {
    const ends = endsOf(line)
    if (ends) add(line, readWeir(line, ends))
  }
  for (const section of ['XSECTIONS', 'LOSSES'])
    for (const { words, line } of reading.lines(section))
      if (!seen.has(words[0])) reading.fail(line, 'inp.unknown', { what: 'link', id: words[0], known: listed(seen.keys()) })
  return { links, lines }

  function add(line: InpLine, link: DrainLink | null): void {
    const before = seen.get(line.words[0])
    if (before !== undefined) {
      reading.fail(line.line, 'inp.twice', { id: line.words[0], line: before })
      return
    }
    seen.set(line.words[0], line.line)
    if (!link) return
    links.push(link)
    lines.push(line.line)
  }

  function endsOf(line: InpLine): { id: string; from: number; to: number } | null {
    const [id, a, b] = line.words
    let whole = true
    for (const name of [a, b])
      if (name === undefined || !order.has(name)) {
        reading.fail(line.line, 'inp.unknown', { what: 'node', id: name ?? '–', known: listed(nodes.keys()) })
        whole = false
      }
    if (whole && a === b) {
      reading.fail(line.line, 'inp.itself', { id, node: a })
      whole = false
    }
    if (!whole) seen.set(id, line.line)
    return whole ? { id, from: order.get(a) as number, to: order.get(b) as number } : null
  }
  function bedOf(line: InpLine, end: 1 | 2): number {
    return nodes.get(line.words[end])?.node.invert ?? 0
  }
  /** A height over the bed of a node, or a level, as a level. Below the bed is no place for a sill. */
  function levelOf(line: InpLine, at: number, end: 1 | 2, what: string): number {
    const bed = bedOf(line, end)
    if (line.words[at] === undefined || line.words[at] === '*') return bed
    const given = reading.number(line, at, what)
    const level = options.levels ? given : bed + given
    if (level < bed - 1e-9) reading.fail(line.line, 'inp.sill', { id: line.words[0], got: given })
    return level < bed ? bed : level
  }

  function readConduit(line: InpLine, ends: { id: string; from: number; to: number }): Conduit | null {
    const length = reading.number(line, 3, 'Length')
    const manning = reading.number(line, 4, 'Roughness')
    if (length <= 0) reading.fail(line.line, 'parse.range', { expected: 'Length > 0', got: line.words[3] ?? '' })
    if (manning <= 0) reading.fail(line.line, 'parse.range', { expected: 'Roughness > 0', got: line.words[4] ?? '' })
    const loss = losses.get(ends.id)
    const shape = conduitShape(line, ends.id)
    const invertFrom = levelOf(line, 5, 1, 'InOffset')
    const invertTo = levelOf(line, 6, 2, 'OutOffset')
    const most = reading.number(line, 8, 'MaxFlow', 0) * options.flow
    if (!shape || length <= 0 || manning <= 0) return null
    const barrels = sections.get(ends.id)?.sizes[4] ?? 0
    return {
      kind: 'conduit',
      ...ends,
      length,
      manning,
      invertFrom,
      invertTo,
      section: shape,
      barrels: barrels >= 1 ? Math.floor(barrels) : 1,
      losses: {
        entry: loss ? reading.atLeast(loss, 1, 'Kentry', 0, 0) : 0,
        exit: loss ? reading.atLeast(loss, 2, 'Kexit', 0, 0) : 0,
        along: loss ? reading.atLeast(loss, 3, 'Kavg', 0, 0) : 0,
      },
      flap: loss ? reading.yes(loss, 4) : false,
      startFlow: reading.number(line, 7, 'InitFlow', 0) * options.flow,
      mostFlow: most > 0 ? most : Infinity,
    }
  }

  function conduitShape(line: InpLine, id: string): SectionShape | null {
    const written = sectionOf(line, id)
    if (!written) return null
    const [height, second, third, fourth] = written.sizes
    const need = (what: string, value: number, least = 0) => {
      if (value > least || (least < 0 && value >= 0)) return true
      reading.fail(written.line.line, 'parse.range', { expected: `${what} ${least < 0 ? '≥' : '>'} 0`, got: String(value) })
      return false
    }
    switch (written.shape) {
      case 'CIRCULAR':
        return need('Geom1', height) ? { kind: 'circular', diameter: height } : null
      case 'FORCE_MAIN':
        return need('Geom1', height) && need('Geom2', second)
          ? { kind: 'force-main', diameter: height, roughness: options.forceMain === 'hazen-williams' ? second : second / 1000 }
          : null
      case 'RECT_CLOSED':
        return need('Geom1', height) && need('Geom2', second) ? { kind: 'box', height, width: second } : null
      case 'RECT_OPEN':
        return need('Geom1', height) && need('Geom2', second) ? { kind: 'trapezoid', height, bottom: second, left: 0, right: 0 } : null
      case 'TRIANGULAR':
        return need('Geom1', height) && need('Geom2', second)
          ? { kind: 'trapezoid', height, bottom: 0, left: second / (2 * height), right: second / (2 * height) }
          : null
      case 'TRAPEZOIDAL':
        return need('Geom1', height) &&
          need('Geom2', second, -1) &&
          need('Geom3', third, -1) &&
          need('Geom4', fourth, -1) &&
          need('Geom2 + Geom3 + Geom4', second + third + fourth)
          ? { kind: 'trapezoid', height, bottom: second, left: third, right: fourth }
          : null
      default:
        reading.fail(written.line.line, 'inp.shape', { got: written.shape, known: 'CIRCULAR, RECT_CLOSED, RECT_OPEN, TRAPEZOIDAL, TRIANGULAR, FORCE_MAIN' })
        return null
    }
  }

  function sectionOf(line: InpLine, id: string): WrittenSection | null {
    const found = sections.get(id)
    if (!found) reading.fail(line.line, 'inp.section-missing', { id })
    return found ?? null
  }

  function readPump(line: InpLine, ends: { id: string; from: number; to: number }): DrainPump | null {
    const name = line.words[3] ?? '*'
    const status = (line.words[4] ?? 'ON').toUpperCase()
    if (status !== 'ON' && status !== 'OFF') reading.fail(line.line, 'parse.choice', { got: line.words[4], expected: 'ON, OFF' })
    const start = reading.atLeast(line, 5, 'Startup', 0, 0)
    const stop = reading.atLeast(line, 6, 'Shutoff', 0, 0)
    if (start > 0 && stop > 0 && start <= stop) reading.fail(line.line, 'inp.levels', { id: ends.id, start: String(start), stop: String(stop) })
    const rest = { kind: 'pump' as const, ...ends, on: status === 'ON', start, stop }
    if (name === '*') return { ...rest, curve: { type: 'ideal' } }
    const curve = curveOf(reading, line.line, name, curves, ['PUMP1', 'PUMP2', 'PUMP3', 'PUMP4', 'PUMP5'])
    if (!curve) return null
    const { x, y } = curve.table
    const falls = curve.kind === 'PUMP3' || curve.kind === 'PUMP5'
    for (let k = 0; k < x.length; k++) {
      if (y[k] < 0) reading.fail(curve.lines[k], 'parse.range', { expected: `${curve.id} ≥ 0`, got: String(y[k]) })
      if (falls && k > 0 && y[k] > y[k - 1]) reading.fail(curve.lines[k], 'inp.rises', { id: curve.id, from: y[k - 1], to: y[k] })
    }
    return { ...rest, curve: { type: Number(curve.kind.at(-1)) as 1 | 2 | 3 | 4 | 5, table: curve.table } }
  }

  function readOrifice(line: InpLine, ends: { id: string; from: number; to: number }): Orifice | null {
    const type = (line.words[3] ?? '').toUpperCase()
    if (type !== 'SIDE' && type !== 'BOTTOM') reading.fail(line.line, 'parse.choice', { got: line.words[3] ?? '–', expected: 'SIDE, BOTTOM' })
    const written = sectionOf(line, ends.id)
    if (!written) return null
    const [height, width] = written.sizes
    const circle = written.shape === 'CIRCULAR'
    if (!circle && written.shape !== 'RECT_CLOSED') {
      reading.fail(written.line.line, 'inp.shape', { got: written.shape, known: 'CIRCULAR, RECT_CLOSED' })
      return null
    }
    if (height <= 0 || (!circle && width <= 0)) {
      reading.fail(written.line.line, 'parse.range', { expected: 'Geom1, Geom2 > 0', got: `${height} ${width}` })
      return null
    }
    return {
      kind: 'orifice',
      ...ends,
      side: type === 'SIDE',
      sill: levelOf(line, 4, 1, 'Offset'),
      coefficient: reading.atLeast(line, 5, 'Cd', 0),
      gated: reading.yes(line, 6),
      travel: reading.atLeast(line, 7, 'CloseTime', 0, 0) * 3600,
      opening: circle ? { kind: 'circle', height } : { kind: 'box', height, width },
    }
  }

  function readWeir(line: InpLine, ends: { id: string; from: number; to: number }): Weir | null {
    const types: Readonly<Record<string, Weir['type']>> = { TRANSVERSE: 'transverse', SIDEFLOW: 'side-flow', 'V-NOTCH': 'v-notch', TRAPEZOIDAL: 'trapezoidal' }
    const word = (line.words[3] ?? '').toUpperCase()
    const type = Object.hasOwn(types, word) ? types[word] : undefined
    if (!type) reading.fail(line.line, 'parse.choice', { got: line.words[3] ?? '–', expected: Object.keys(types).join(', ') })
    const written = sectionOf(line, ends.id)
    if (!written || !type) return null
    const shapes = { transverse: 'RECT_OPEN', 'side-flow': 'RECT_OPEN', 'v-notch': 'TRIANGULAR', trapezoidal: 'TRAPEZOIDAL' }
    if (written.shape !== shapes[type]) reading.fail(written.line.line, 'inp.shape', { got: written.shape, known: shapes[type] })
    const [height, length, slope] = written.sizes
    if (height <= 0) reading.fail(written.line.line, 'parse.range', { expected: 'Geom1 > 0', got: String(height) })
    const coefficient = reading.atLeast(line, 5, 'Cd', 0)
    return {
      kind: 'weir',
      ...ends,
      type,
      sill: levelOf(line, 4, 1, 'CrestHt'),
      height,
      length,
      slope: type === 'v-notch' ? length / (2 * height) : slope,
      coefficient,
      gated: reading.yes(line, 6),
      contractions: reading.atLeast(line, 7, 'EC', 0, 0),
      endCoefficient: asNumber(line.words[8] ?? '') || coefficient,
      surcharges: (line.words[9] ?? 'YES').toUpperCase() !== 'NO',
    }
  }
}

function readSections(reading: Reading): ReadonlyMap<string, WrittenSection> {
  const sections = new Map<string, WrittenSection>()
  for (const line of reading.lines('XSECTIONS')) {
    const sizes = [2, 3, 4, 5, 6].map((at) => reading.number(line, at, `Geom${at - 1}`, 0))
    sections.set(line.words[0], { line, shape: (line.words[1] ?? '').toUpperCase(), sizes })
  }
  return sections
}
