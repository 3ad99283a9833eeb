import { describe, expect, it } from 'vitest'
import type { Problem } from '@/core/base/problem'
import { sayProblem } from '@/messages/problems.ts'
import { makeGrid } from '../../../tests/support/flood-grid.ts'
import { CHAIN } from '../../../tests/support/network-file.ts'
import { putNetwork, wantedNetwork } from './beside.ts'
import { flood, resolveSetup } from './index.ts'

const SCENARIO = {
  version: 1,
  kind: 'flood',
  title: { zh: '管网', en: 'network' },
  models: [{ path: 'site.ifc' }],
  network: { path: 'nets/chain.inp', text: CHAIN },
  cell: '2 m',
  duration: '10 min',
  storm: { kind: 'table', rows: [{ from: '0 min', to: '5 min', rate: '60 mm/h' }] },
  surfaces: {},
  nodes: [],
  inlets: [{ id: 'G1', at: ['5 m', '1 m'], node: 'M1', capacity: '20 L/s' }],
  sumps: [],
  panels: [{ id: 'DB', at: ['9 m', '1 m'], critical: '9 m' }],
  pumps: [
    {
      id: 'P-01',
      type: 'P50',
      at: ['7 m', '1 m'],
      start: '0.1 m',
      stop: '0.05 m',
      discharge: { node: 'M1' },
      panel: 'DB',
      hose: { diameter: '0.1 m', length: '20 m' },
    },
  ],
}
const changed = (change: object) => ({ ...SCENARIO, ...change })
const grid = makeGrid({ columns: 10, rows: 1, cell: 2, floor: () => 5.8, manning: 0.02 })
function problemsOf(json: unknown): readonly Problem[] {
  const parsed = flood.parse(json)
  if (!parsed.ok) return parsed.problems
  return [...parsed.problems, ...flood.check(parsed.value, { grid, tagged: {}, reach: [] })]
}

describe('a scenario over a network file', () => {
  it('lets inlets and pumps lead to its manholes', () => {
    expect(problemsOf(SCENARIO).map(({ key, severity }) => `${severity} ${key}`)).toEqual(['info scenario.displaced'])
    const parsed = flood.parse(SCENARIO)
    expect(parsed.ok && parsed.value.network?.nodes.map(({ id }) => id)).toEqual(['M1', 'S1', 'S2', 'O1'])
  })

  it('asks for the text of its file once, and for none without one', () => {
    const bare = changed({ network: { path: 'nets/chain.inp' } })
    expect(wantedNetwork(bare)).toBe('nets/chain.inp')
    expect(putNetwork(bare, CHAIN)).toEqual(changed({ network: { path: 'nets/chain.inp', text: CHAIN } }))
    for (const json of [SCENARIO, { kind: 'flood' }, null, 7, { network: 'x' }]) expect(wantedNetwork(json)).toBeNull()
  })

  const wrong: readonly (readonly [string, object, string, string])[] = [
    ['no text of its file', { network: { path: 'nets/chain.inp' } }, 'network.path', 'scenario.network'],
    ['what is wrong in it', { network: { path: 'nets/chain.inp', text: CHAIN.replace('LPS', 'PINTS') } }, 'chain.inp:4', 'inp.units'],
    ['an inlet to nowhere', { inlets: [{ ...SCENARIO.inlets[0], node: 'M9' }] }, 'inlets[0].node', 'scenario.unknown'],
    ['an inlet to an outfall', { inlets: [{ ...SCENARIO.inlets[0], node: 'O1' }] }, 'inlets[0].node', 'scenario.outfall'],
    ['a pump to an outfall', { pumps: [{ ...SCENARIO.pumps[0], discharge: { node: 'O1' } }] }, 'pumps[0].discharge.node', 'scenario.outfall'],
    ['a node by the name of one below', { nodes: [{ id: 'M1', at: ['5 m', '1 m'], capacity: '10 L/s' }] }, 'nodes[0].id', 'scenario.twice'],
    ['a rim off the ground', { network: { path: 'x.inp', text: CHAIN.replace('M1 4.0 1.8', 'M1 4.0 3.1') } }, 'inlets[0].node', 'scenario.rim'],
  ]
  it.each(wrong)('is told %s', (_what, change, path, key) => {
    const found = problemsOf(changed(change)).find((one) => one.path === path && one.severity !== 'info')
    expect(found?.key).toBe(key)
    for (const language of ['zh-CN', 'en'] as const) expect(sayProblem(found as Problem, language).length).toBeGreaterThan(5)
  })
})

describe('the duty of pumps', () => {
  const sump = { id: 'SP', at: ['3 m', '1 m'], area: '4 m²', floor: '4 m' }
  const rule = { id: 'R1', sump: 'SP', above: '5.5 m', for: '2 min', start: 'P-01' }
  it('is read with its units', () => {
    const parsed = flood.parse(
      changed({
        sumps: [sump],
        panels: [{ ...SCENARIO.panels[0], generator: '5 min' }],
        pumps: [{ ...SCENARIO.pumps[0], ramp: '30 s', submergence: '80 mm', standby: true }],
        rules: [rule],
        clogs: [{ inlet: 'G1', at: '1 min', share: '50 %' }],
      }),
    )
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
    const setup = resolveSetup(parsed.value.written, { grid, tagged: {}, reach: [] }, parsed.value.network)
    if (!setup.ok) throw new Error(JSON.stringify(setup.problems))
    expect(setup.value).toMatchObject({
      panels: [{ generator: 300 }],
      pumps: [{ ramp: 30, standby: true, stop: 5.8 + 0.08 }],
      rules: [{ id: 'R1', watch: { kind: 'sump', sump: 'SP' }, beyond: 'above', level: 5.5, hold: 120, action: 'start', pump: 'P-01' }],
      clogs: [{ subject: 'G1', at: 60, until: null, share: 0.5 }],
    })
  })
  const wrong: readonly (readonly [string, object, string, string])[] = [
    ['two limits in a rule', { sumps: [sump], rules: [{ ...rule, below: '4 m' }] }, 'rules[0]', 'scenario.either'],
    ['a rule on a pump that is not there', { sumps: [sump], rules: [{ ...rule, start: 'P-07' }] }, 'rules[0].start', 'scenario.unknown'],
    ['a rule on a sump that is not there', { rules: [rule] }, 'rules[0].sump', 'scenario.unknown'],
    ['a rule on a node that is not there', { rules: [{ ...rule, sump: undefined, node: 'M7' }] }, 'rules[0].node', 'scenario.unknown'],
    ['a level in seconds', { sumps: [sump], rules: [{ ...rule, above: '3 s' }] }, 'rules[0].above', 'parse.unit'],
    ['a rule twice', { sumps: [sump], rules: [rule, rule] }, 'rules[1].id', 'scenario.twice'],
    ['a clog of nothing', { clogs: [{ at: '1 min', share: '50 %' }] }, 'clogs[0]', 'scenario.either'],
    ['a clog that ends before it begins', { clogs: [{ pump: 'P-01', at: '5 min', until: '1 min', share: '50 %' }] }, 'clogs[0].until', 'scenario.until'],
    ['a clog of more than all', { clogs: [{ pump: 'P-01', at: '5 min', share: '150 %' }] }, 'clogs[0].share', 'parse.range'],
    ['a start below the least submergence', { pumps: [{ ...SCENARIO.pumps[0], submergence: '0.3 m' }] }, 'pumps[0].start', 'scenario.startStop'],
  ]
  it.each(wrong)('is told %s', (_what, change, path, key) => {
    const found = problemsOf(JSON.parse(JSON.stringify(changed(change)))).find((one) => one.path === path)
    expect(found?.key).toBe(key)
    for (const language of ['zh-CN', 'en'] as const) expect(sayProblem(found as Problem, language).length).toBeGreaterThan(5)
  })
})
