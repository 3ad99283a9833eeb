import { type Parsed, problem } from '@/core/base/problem'
import type { DrainInflow, DrainLink, DrainNetwork, DrainNode, DrainPattern, Table } from '../network/types.ts'
import { readControls } from './controls.ts'
import { readLines } from './lines.ts'
import { readLinks } from './links.ts'
import { readNodes, type WrittenNode } from './nodes.ts'
import { readOptions } from './options.ts'
import { asNumber, beginReading, listed, type Reading } from './reading.ts'
import { readCurves, readPatterns, readSeries } from './tables.ts'

/** More than this is no network of a site. */
const MOST = 100_000
/** Rows that a run may write. */
const MOST_ROWS = 1_000_000

/** Text of a SWMM 5 input file → the network in it, or every problem with its line (`name:line`). */
export function readNetwork(text: string, name: string): Parsed<DrainNetwork> {
  const lines = readLines(text, name)
  if (lines.sections.size === 0) return { ok: false, problems: lines.problems.length > 0 ? lines.problems : [problem('inp.none', {}, name)] }
  const reading = beginReading(lines)
  const options = readOptions(reading)
  const curves = readCurves(reading, options.flow)
  const series = readSeries(reading, options.start)
  const patterns = readPatterns(reading)
  const written = readNodes(reading, options, { curves, series })
  if (written.size === 0) reading.problems.push(problem('inp.empty', {}, name))
  const { links, lines: linkLines } = readLinks(reading, options, { nodes: written, curves })
  if (written.size > MOST || links.length > MOST) reading.problems.push(problem('parse.tooLarge', { limit: `${MOST}` }, name))
  if (options.duration / options.reportEvery > MOST_ROWS)
    reading.problems.push(
      problem('parse.range', { expected: `REPORT_STEP ≥ ${Math.ceil(options.duration / MOST_ROWS)} s`, got: `${options.reportEvery} s` }, name),
    )
  checkOutfalls(reading, written, links, linkLines)
  const order = new Map([...written.keys()].map((id, n) => [id, n]))
  const inflows = readInflows(reading, { order, flow: options.flow, series, patterns })
  const rules = readControls(reading, { order, links, startDay: options.start.day, flow: options.flow })
  if (reading.problems.some(({ severity }) => severity === 'error')) return { ok: false, problems: reading.problems }
  const { duration, reportEvery, reportFrom, step, clock, leastArea, forceMain, normalFlow, inertia, slot } = options
  const title = reading
    .lines('TITLE')
    .map(({ words }) => words.join(' '))
    .join(' ')
  const nodes = rims(written, links)
  return {
    ok: true,
    value: { title, nodes, links, inflows, rules, duration, reportEvery, reportFrom, step, clock, leastArea, forceMain, normalFlow, inertia, slot },
    problems: reading.problems,
  }
}

/** A junction without a depth reaches up to the highest crown of its conduits. */
function rims(written: ReadonlyMap<string, WrittenNode>, links: readonly DrainLink[]): DrainNode[] {
  const crown = new Map<number, number>()
  for (const link of links) {
    if (link.kind !== 'conduit') continue
    const height = 'diameter' in link.section ? link.section.diameter : link.section.height
    for (const [node, level] of [
      [link.from, link.invertFrom + height],
      [link.to, link.invertTo + height],
    ] as const)
      crown.set(node, Math.max(crown.get(node) ?? -Infinity, level))
  }
  return [...written.values()].map(({ node, openTop }, n) =>
    node.kind === 'junction' && openTop ? { ...node, rim: Math.max(node.rim, crown.get(n) ?? node.invert) + (node.rim - node.invert) } : node,
  )
}

/** Water leaves at an outfall: it is the end of one link, and of no link between two outfalls. An ideal pump is the only way out of its node. */
function checkOutfalls(reading: Reading, written: ReadonlyMap<string, WrittenNode>, links: readonly DrainLink[], lines: readonly number[]): void {
  const nodes = [...written.values()]
  const ends = new Map<number, number>()
  links.forEach((link, l) => {
    const [from, to] = [nodes[link.from].node, nodes[link.to].node]
    if (from.kind === 'outfall' && to.kind === 'outfall') reading.fail(lines[l], 'inp.outfalls', { id: link.id, from: from.id, to: to.id })
    else if (from.kind === 'outfall') reading.fail(lines[l], 'inp.upstream', { id: link.id, node: from.id })
    if (link.kind === 'pump' && link.curve.type === 'ideal' && links.some((other) => other !== link && other.from === link.from))
      reading.fail(lines[l], 'inp.ideal', { id: link.id, node: from.id })
    for (const end of [link.from, link.to]) ends.set(end, (ends.get(end) ?? 0) + 1)
  })
  nodes.forEach(({ node, line }, n) => {
    if (node.kind === 'outfall' && (ends.get(n) ?? 0) > 1) reading.fail(line, 'inp.outfall', { id: node.id, links: ends.get(n) ?? 0 })
  })
}

interface InflowTables {
  readonly order: ReadonlyMap<string, number>
  readonly flow: number
  readonly series: ReadonlyMap<string, Table>
  readonly patterns: ReadonlyMap<string, DrainPattern>
}

/** [INFLOWS] node FLOW series FLOW unit-factor scale baseline pattern; [DWF] node FLOW average patterns. Other constituents are no water. */
function readInflows(reading: Reading, { order, flow, series, patterns }: InflowTables): DrainInflow[] {
  const inflows: DrainInflow[] = []
  const nodeOf = (id: string, line: number) => {
    const node = order.get(id)
    if (node === undefined) reading.fail(line, 'inp.unknown', { what: 'node', id, known: listed(order.keys()) })
    return node
  }
  const patternsOf = (names: readonly string[], line: number) =>
    names.flatMap((id) => {
      if (id === '' || id === '*') return []
      const found = patterns.get(id)
      if (!found) reading.fail(line, 'inp.unknown', { what: 'pattern', id, known: listed(patterns.keys()) })
      return found ? [found] : []
    })
  for (const line of reading.lines('INFLOWS')) {
    const [id, what, name = ''] = line.words
    const node = nodeOf(id, line.line)
    if (what === undefined) reading.fail(line.line, 'parse.missing', { key: 'FLOW' })
    if (what?.toUpperCase() !== 'FLOW') continue
    const table = name === '' || name === '*' ? null : (series.get(name) ?? null)
    if (name !== '' && name !== '*' && !table) reading.fail(line.line, 'inp.unknown', { what: 'series', id: name, known: listed(series.keys()) })
    const scale = reading.number(line, 5, 'Sfactor', 1) * flow
    const baseline = reading.number(line, 6, 'Base', 0) * flow
    if (node !== undefined) inflows.push({ node, baseline, patterns: patternsOf(line.words.slice(7, 8), line.line), series: table, scale })
  }
  for (const line of reading.lines('DWF')) {
    const [id, what] = line.words
    const node = nodeOf(id, line.line)
    if (what?.toUpperCase() !== 'FLOW') continue
    if (asNumber(line.words[2] ?? '') === null) reading.fail(line.line, 'inp.number', { got: line.words[2] ?? '–', what: 'Average' })
    else if (node !== undefined)
      inflows.push({ node, baseline: Number(line.words[2]) * flow, patterns: patternsOf(line.words.slice(3, 7), line.line), series: null, scale: 0 })
  }
  return inflows
}
