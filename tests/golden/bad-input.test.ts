import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Problem } from '@/core/base/problem'
import type { SiteModel } from '@/core/model'
import { sayProblem } from '@/messages/problems.ts'
import { kinds } from '@/scenarios'
import { importStation } from '../support/station.ts'

const text = readFileSync(new URL('../../scenarios/a-planned.json', import.meta.url), 'utf8')
type Json = Record<string, unknown> & {
  pumps: Record<string, unknown>[]
  nodes: Record<string, unknown>[]
  models: Record<string, unknown>[]
  storm: Record<string, unknown>
}
const story = (change: (json: Json) => void): unknown => {
  const json = JSON.parse(text) as Json
  change(json)
  return json
}

describe('bad input is told with its path, in both languages', () => {
  let models: SiteModel[]
  beforeAll(async () => {
    models = await importStation()
  })
  function problemsOf(written: unknown, given = models): readonly Problem[] {
    const parsed = kinds.flood.parse(written)
    if (!parsed.ok) return parsed.problems
    const world = kinds.flood.prepare(parsed.value, given)
    return world.ok ? [...world.problems, ...kinds.flood.check(parsed.value, world.value)] : world.problems
  }

  const cases: readonly (readonly [string, (json: Json) => void, string, string])[] = [
    ['an unknown key', (json) => void (json.pumps[1].capacity = '5 L/s'), 'pumps[1].capacity', 'parse.unknownKey'],
    ['a wrong unit', (json) => void (json.pumps[0].start = '0.6 kg'), 'pumps[0].start', 'parse.unit'],
    ['a pump without a panel', (json) => void delete json.pumps[2].panel, 'pumps[2].panel', 'parse.missing'],
    ['a pump whose panel does not exist', (json) => void (json.pumps[2].panel = 'DB9'), 'pumps[2].panel', 'scenario.unknown'],
    [
      'a pump outside the grid',
      (json) => void Object.assign(json.pumps[0], { at: ['900 m', '0 m'], element: undefined, sump: undefined }),
      'pumps[0].at',
      'scenario.outside',
    ],
    ['a missing discharge node', (json) => void (json.pumps[3].discharge = { node: 'J9' }), 'pumps[3].discharge.node', 'scenario.unknown'],
    ['no discharge at all', (json) => void (json.pumps[3].discharge = {}), 'pumps[3].discharge', 'scenario.discharge'],
    ['not a number', (json) => void (json.storm.peakRatio = Number.NaN), 'storm.peakRatio', 'parse.type'],
    ['a number out of range', (json) => void (json.storm.peakRatio = 7), 'storm.peakRatio', 'parse.range'],
    ['an endless quantity', (json) => void (json.cell = '1e999 m'), 'cell', 'parse.unit'],
    ['start below stop', (json) => void (json.pumps[0].start = '0.1 m'), 'pumps[0].start', 'scenario.startStop'],
    ['an id twice', (json) => void (json.pumps[1].id = 'P-01'), 'pumps[1].id', 'scenario.twice'],
    ['a model that is not open', (json) => void (json.models[0].path = 'elsewhere/99-NONE.ifc'), 'models[0].path', 'scenario.model'],
    ['a model that is another by that name', (json) => void (json.models[2].sha256 = '0'.repeat(64)), 'models[2].sha256', 'scenario.hash'],
    ['an element that no model has', (json) => void (json.nodes[0].element = 'J99'), 'nodes[0].element', 'scenario.element'],
  ]
  it.each(cases)('%s', (_what, change, path, key) => {
    const found = problemsOf(story(change)).find((one) => one.path === path)
    expect(found?.key).toBe(key)
    for (const language of ['zh-CN', 'en'] as const) expect(sayProblem(found as Problem, language).length).toBeGreaterThan(5)
  })

  it('refuses keys that would reach a prototype, and what is too deep', () => {
    expect(kinds.flood.parse(JSON.parse('{"__proto__": {"polluted": 1}}')).ok).toBe(false)
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
    expect(kinds.flood.parse(JSON.parse('['.repeat(5000) + ']'.repeat(5000))).ok).toBe(false)
  })

  it('accepts the story as it is', () => {
    expect(problemsOf(JSON.parse(text)).filter(({ severity }) => severity === 'error')).toEqual([])
  })
})
