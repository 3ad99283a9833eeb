import type { DrainNode, Stage, StorageShape, Table } from '../network/types.ts'
import type { InpLine } from './lines.ts'
import type { Options } from './options.ts'
import { asNumber, listed, type Reading } from './reading.ts'
import type { Curve } from './tables.ts'

/** A node as written; the rim of a junction without a depth follows from its conduits. */
export interface WrittenNode {
  readonly node: DrainNode
  readonly line: number
  readonly openTop: boolean
}
export interface NodeTables {
  readonly curves: ReadonlyMap<string, Curve>
  readonly series: ReadonlyMap<string, Table>
}

export function readNodes(reading: Reading, options: Options, tables: NodeTables): ReadonlyMap<string, WrittenNode> {
  const nodes = new Map<string, WrittenNode>()
  const add = (line: InpLine, node: DrainNode, openTop = false) => {
    const before = nodes.get(node.id)
    if (before) reading.fail(line.line, 'inp.twice', { id: node.id, line: before.line })
    else nodes.set(node.id, { node, line: line.line, openTop })
  }
  for (const line of reading.lines('JUNCTIONS')) {
    const invert = reading.number(line, 1, 'Elevation')
    const depth = reading.atLeast(line, 2, 'MaxDepth', 0, 0)
    const startDepth = reading.atLeast(line, 3, 'InitDepth', 0, 0)
    const above = reading.atLeast(line, 4, 'SurDepth', 0, 0)
    const ponded = reading.atLeast(line, 5, 'Aponded', 0, 0)
    const rim = invert + depth + above
    add(line, { kind: 'junction', id: line.words[0], invert, startDepth, rim, pondedArea: options.ponding ? ponded : 0 }, depth === 0)
  }
  for (const line of reading.lines('STORAGE')) {
    const invert = reading.number(line, 1, 'Elevation')
    const depth = reading.atLeast(line, 2, 'MaxDepth', 0)
    if (depth === 0) reading.fail(line.line, 'parse.range', { expected: 'MaxDepth > 0', got: line.words[2] ?? '' })
    const startDepth = reading.atLeast(line, 3, 'InitDepth', 0, 0)
    const { shape, next } = readShape(reading, line, tables.curves)
    const above = reading.atLeast(line, next, 'SurDepth', 0, 0)
    // Evaporation and seepage of a store are not computed.
    if (reading.number(line, next + 1, 'Fevap', 0) > 0 || line.words.length > next + 2)
      reading.fail(line.line, 'inp.ignored', { name: 'Fevap, Psi, Ksat, IMD' }, 'warning')
    add(line, { kind: 'storage', id: line.words[0], invert, startDepth, rim: invert + depth + above, shape })
  }
  for (const line of reading.lines('OUTFALLS')) {
    const invert = reading.number(line, 1, 'Elevation')
    const { stage, next } = readStage(reading, line, tables)
    if (line.words[next + 1] !== undefined && line.words[next + 1] !== '*') reading.fail(line.line, 'inp.ignored', { name: 'RouteTo' }, 'warning')
    add(line, { kind: 'outfall', id: line.words[0], invert, startDepth: 0, stage, gated: reading.yes(line, next) })
  }
  return nodes
}

const SHAPES = ['FUNCTIONAL', 'TABULAR', 'CYLINDRICAL', 'CONICAL', 'PARABOLIC', 'PYRAMIDAL']

function readShape(reading: Reading, line: InpLine, curves: ReadonlyMap<string, Curve>): { shape: StorageShape; next: number } {
  const kind = (line.words[4] ?? '').toUpperCase()
  const none: StorageShape = { kind: 'power', constant: 1, factor: 0, exponent: 0 }
  const three = (what: readonly [string, string, string], least = 0) =>
    what.map((name, k) => reading.atLeast(line, 5 + k, name, least, k > 0 ? 0 : undefined)) as [number, number, number]
  const { PI } = Math
  switch (kind) {
    case 'FUNCTIONAL': {
      const [factor, exponent, constant] = three(['Coeff', 'Expon', 'Const'])
      if (factor === 0 && constant === 0) reading.fail(line.line, 'parse.range', { expected: 'Coeff > 0, Const > 0', got: line.words.slice(5, 8).join(' ') })
      return { shape: { kind: 'power', constant, factor, exponent }, next: 8 }
    }
    case 'TABULAR': {
      const curve = curveOf(reading, line.line, line.words[5] ?? '–', curves, ['STORAGE'])
      if (curve && [...curve.table.y].some((area) => area < 0)) reading.fail(line.line, 'parse.range', { expected: 'A ≥ 0', got: curve.id })
      return { shape: curve ? { kind: 'table', table: curve.table } : none, next: 6 }
    }
    case 'CYLINDRICAL': {
      const [l, w] = three(['L', 'W', 'Z'])
      return { shape: { kind: 'quadratic', a: (PI / 4) * l * w, b: 0, c: 0 }, next: 8 }
    }
    case 'CONICAL': {
      const [l, w, z] = three(['L', 'W', 'Z'])
      return { shape: { kind: 'quadratic', a: (PI / 4) * l * w, b: PI * w * z, c: l > 0 ? (PI * w * z * z) / l : 0 }, next: 8 }
    }
    case 'PARABOLIC': {
      const [l, w, h] = three(['L', 'W', 'H'])
      return { shape: { kind: 'quadratic', a: 0, b: h > 0 ? ((PI / 4) * l * w) / h : 0, c: 0 }, next: 8 }
    }
    case 'PYRAMIDAL': {
      const [l, w, z] = three(['L', 'W', 'Z'])
      return { shape: { kind: 'quadratic', a: l * w, b: 2 * (l + w) * z, c: 4 * z * z }, next: 8 }
    }
    default:
      reading.fail(line.line, 'parse.choice', { got: line.words[4] ?? '–', expected: SHAPES.join(', ') })
      return { shape: none, next: line.words.length }
  }
}

function readStage(reading: Reading, line: InpLine, { curves, series }: NodeTables): { stage: Stage; next: number } {
  const kind = (line.words[2] ?? '').toUpperCase()
  switch (kind) {
    case 'FREE':
      return { stage: { kind: 'free' }, next: 3 }
    case 'NORMAL':
      return { stage: { kind: 'normal' }, next: 3 }
    case 'FIXED':
      return { stage: { kind: 'fixed', level: reading.number(line, 3, 'Stage') }, next: 4 }
    case 'TIDAL': {
      const curve = curveOf(reading, line.line, line.words[3] ?? '–', curves, ['TIDAL'])
      return { stage: curve ? { kind: 'tide', table: curve.table } : { kind: 'free' }, next: 4 }
    }
    case 'TIMESERIES': {
      const table = series.get(line.words[3] ?? '')
      if (!table) reading.fail(line.line, 'inp.unknown', { what: 'series', id: line.words[3] ?? '–', known: listed(series.keys()) })
      return { stage: table ? { kind: 'series', table } : { kind: 'free' }, next: 4 }
    }
    default:
      // The old form: a level alone is a fixed stage.
      if (asNumber(line.words[2] ?? '') !== null) return { stage: { kind: 'fixed', level: reading.number(line, 2, 'Stage') }, next: 3 }
      reading.fail(line.line, 'parse.choice', { got: line.words[2] ?? '–', expected: 'FREE, NORMAL, FIXED, TIDAL, TIMESERIES' })
      return { stage: { kind: 'free' }, next: line.words.length }
  }
}

export function curveOf(reading: Reading, line: number, id: string, curves: ReadonlyMap<string, Curve>, kinds: readonly string[]): Curve | null {
  const curve = curves.get(id)
  if (!curve) {
    reading.fail(line, 'inp.unknown', { what: 'curve', id, known: listed(curves.keys()) })
    return null
  }
  if (!kinds.includes(curve.kind)) {
    reading.fail(line, 'inp.curve', { id, got: curve.kind, expected: kinds.join(', ') })
    return null
  }
  if (curve.table.x.length === 0) {
    reading.fail(line, 'inp.points', { id })
    return null
  }
  return curve
}
