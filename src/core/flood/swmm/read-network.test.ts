import { describe, expect, it } from 'vitest'
import { sayProblem } from '@/messages/problems.ts'
import { CHAIN } from '../../../../tests/support/network-file.ts'
import { readNetwork } from './read-network.ts'

describe('a SWMM file', () => {
  it('is read into SI', () => {
    const read = readNetwork(CHAIN, 'chain.inp')
    if (!read.ok) throw new Error(JSON.stringify(read.problems))
    expect(read.problems).toEqual([])
    const { nodes, links, inflows, duration, reportEvery, clock } = read.value
    expect(nodes.map(({ id }) => id)).toEqual(['M1', 'S1', 'S2', 'O1'])
    expect(links.map(({ id, kind }) => `${id} ${kind}`)).toEqual(['C1 conduit', 'P1 pump', 'R1 orifice', 'W1 weir'])
    expect([duration, reportEvery, clock.second, clock.weekday, clock.month]).toEqual([7200, 60, 57600, 2, 6])
    expect(links[1]).toMatchObject({ start: 1, stop: 0.35, on: false, curve: { type: 3, table: { y: Float64Array.of(0.08, 0.06, 0) } } })
    expect(links[2]).toMatchObject({ sill: 1.2, side: true, opening: { kind: 'circle', height: 0.2 } })
    expect(inflows).toMatchObject([{ node: 1, baseline: 0.005, scale: 0.001 }])
    // No ponding without ALLOW_PONDING.
    expect(nodes[0]).toMatchObject({ kind: 'junction', rim: 5.8, pondedArea: 0 })
  })

  it('knows offsets as levels, dates of series, depths by the crown, and rules', () => {
    const text = CHAIN.replace('[JUNCTIONS]', 'LINK_OFFSETS ELEVATION\nALLOW_PONDING YES\n[JUNCTIONS]')
      .replace('M1 4.0 1.8', 'M1 4.0 0')
      .replace('C1 M1 O1 80 0.013 0 0', 'C1 M1 O1 80 0.013 4.25 3.2')
      .replace('RIVER 0:00', 'RIVER 07/20/2021 16:00')
      .replace('RIVER 0:30', 'RIVER 16:30')
      .replace('RIVER 2:00', 'RIVER 07/21/2021 2:00')
      .replace(
        '[INFLOWS]',
        '[CONTROLS]\nRULE A\nIF NODE S1 DEPTH > 2\nAND SIMULATION TIME > 0:10\nOR LINK C1 FLOW >= 20\nTHEN PUMP P1 STATUS = OFF\nELSE PUMP P1 STATUS = ON\nPRIORITY 2\n[INFLOWS]',
      )
    const read = readNetwork(text, 'levels.inp')
    if (!read.ok) throw new Error(JSON.stringify(read.problems))
    expect(read.value.nodes[0]).toMatchObject({ rim: 4.55, pondedArea: 20 })
    expect(read.value.links[0]).toMatchObject({ invertFrom: 4.25, invertTo: 3.2 })
    expect(read.value.nodes[3]).toMatchObject({ stage: { table: { x: Float64Array.of(0, 1800, 36000) } } })
    expect(read.value.rules).toMatchObject([{ id: 'A', priority: 2, premises: [[{ value: 2 }, { value: 600 }], [{ relation: '>=', value: 0.02 }]] }])
  })

  const wrong: readonly (readonly [string, readonly [string, string], string, string])[] = [
    ['an unknown section', ['[WEIRS]', '[WIERS]'], 'inp.section', '[WIERS]'],
    ['a section that brings water and is not computed', ['[TIMESERIES]', '[SUBCATCHMENTS]\nA B C\n[TIMESERIES]'], 'inp.unsupported', 'A B C'],
    ['unknown flow units', ['FLOW_UNITS LPS', 'FLOW_UNITS FURLONGS'], 'inp.units', 'FLOW_UNITS'],
    ['US units', ['FLOW_UNITS LPS', 'FLOW_UNITS CFS'], 'inp.units', 'FLOW_UNITS'],
    ['an unknown option', ['ROUTING_STEP 1', 'ROUTING_STEPS 1'], 'inp.option', 'ROUTING_STEPS'],
    ['a curve that rises with head', ['HEAD  4 60', 'HEAD  4 90'], 'inp.rises', 'HEAD  4 90'],
    ['a curve that goes back', ['HEAD  4 60', 'HEAD  9 60'], 'inp.order', 'HEAD  8 0'],
    ['a pump that discharges into itself', ['P1 S1 M1', 'P1 S1 S1'], 'inp.itself', 'P1 S1 S1'],
    ['a time series out of order', ['RAIN 1:00 20', 'RAIN 0:10 20'], 'inp.order', 'RAIN 0:10'],
    ['a missing node', ['C1 M1 O1', 'C1 M9 O1'], 'inp.unknown', 'C1 M9'],
    ['inflow to a missing node', ['S1 FLOW RAIN', 'S7 FLOW RAIN'], 'inp.unknown', 'S7 FLOW'],
    ['a missing series', ['S1 FLOW RAIN', 'S1 FLOW SNOW'], 'inp.unknown', 'S1 FLOW SNOW'],
    ['a missing curve', ['P1 S1 M1 HEAD', 'P1 S1 M1 TAIL'], 'inp.unknown', 'P1 S1 M1 TAIL'],
    ['a curve of another kind', ['P1 S1 M1 HEAD', 'P1 S1 M1 AREA'], 'inp.curve', 'P1 S1 M1 AREA'],
    ['a negative sill', ['R1 S1 S2 SIDE 1.2', 'R1 S1 S2 SIDE -1.2'], 'inp.sill', 'R1 S1 S2'],
    ['a negative crest', ['TRANSVERSE 2.0', 'TRANSVERSE -2.0'], 'inp.sill', 'W1 S1 S2'],
    [
      'outfalls that lead to each other',
      ['O1 3.2 TIMESERIES RIVER YES', 'O1 3.2 TIMESERIES RIVER YES\nO2 1 FREE NO\n[PUMPS]\nCX O1 O2 *'],
      'inp.outfalls',
      'CX O1 O2',
    ],
    ['an outfall with two links', ['W1 S1 S2', 'W1 S1 O1'], 'inp.outfall', 'O1 3.2'],
    ['a link out of an outfall', ['C1 M1 O1', 'C1 O1 M1'], 'inp.upstream', 'C1 O1 M1'],
    ['an ideal pump beside another way out', ['P1 S1 M1 HEAD', 'P1 S1 M1 *'], 'inp.ideal', 'P1 S1 M1 *'],
    ['a start below the stop', ['OFF 1.0 0.35', 'OFF 0.3 0.35'], 'inp.levels', 'P1 S1 M1'],
    ['no cross-section', ['C1 CIRCULAR 0.3 0 0 0 1\n', ''], 'inp.section-missing', 'C1 M1 O1'],
    ['an unknown shape', ['C1 CIRCULAR', 'C1 STARFISH'], 'inp.shape', 'C1 STARFISH'],
    ['a cross-section of no link', ['W1 RECT_OPEN', 'W9 RECT_OPEN'], 'inp.unknown', 'W9 RECT'],
    ['what is no number', ['M1 4.0 1.8', 'M1 4.0 deep'], 'inp.number', 'M1 4.0'],
    ['an id twice', ['S2 0.5 4', 'S1 0.5 4'], 'inp.twice', 'S1 0.5 4'],
    ['a length of nothing', ['O1 80 0.013', 'O1 0 0.013'], 'parse.range', 'C1 M1 O1'],
    ['an end before the start', ['END_TIME 18', 'END_TIME 15'], 'inp.dates', 'END_TIME'],
    ['a series in another file', ['RAIN 0:00 0\n', 'RAIN FILE "rain.dat"\n'], 'inp.file', 'RAIN FILE'],
    ['a rule on a missing pump', ['[INFLOWS]', '[CONTROLS]\nRULE A\nIF NODE S1 DEPTH > 2\nTHEN PUMP P9 STATUS = ON\n[INFLOWS]'], 'inp.unknown', 'THEN PUMP'],
    ['a rule that says nothing', ['[INFLOWS]', '[CONTROLS]\nRULE A\nIF NODE S1 DEEP > 2\n[INFLOWS]'], 'inp.rule', 'IF NODE'],
    ['a value outside sections', ['[TITLE]', 'hello\n[TITLE]'], 'inp.outside', 'hello'],
  ]
  it.each(wrong)('is refused for %s, with its line', (_what, [from, to], key, line) => {
    expect(CHAIN).toContain(from)
    const text = CHAIN.replace(from, to)
    const read = readNetwork(text, 'chain.inp')
    const found = read.problems.find((one) => one.key === key && one.severity === 'error')
    expect(found, JSON.stringify(read.problems)).toBeDefined()
    expect(found?.path).toMatch(/^chain\.inp:\d+$/)
    expect(text.split('\n')[Number(found?.path.slice(10)) - 1]).toContain(line)
    expect(read.ok).toBe(false)
    for (const problem of read.problems) for (const language of ['zh-CN', 'en'] as const) expect(sayProblem(problem, language).length).toBeGreaterThan(5)
  })

  it('is refused whole where it is something else', () => {
    for (const text of ['ISO-10303-21;\nHEADER;', '\u0000\u0001\u0002', '[]', '{"version": 1}', '[TITLE]\nnothing'])
      expect(readNetwork(text, 'other.inp').ok, text).toBe(false)
  })
})
