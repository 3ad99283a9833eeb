import { describe, expect, it } from 'vitest'
import { bandsOf, drawSamples, lineBandsOf, type Measure, parsePlan, quantile, type RunRecord, spreadCases } from './index.ts'

const record = (value: number | null, light: Measure['light'], line: number): RunRecord =>
  ({
    measures: [{ id: 'freeboard', subject: 'DB1', value, unit: 'm', light, better: 'more' }],
    times_s: [60],
    lines: [{ id: 'depth', subject: 'E', unit: 'm', values: [line] }],
  }) as unknown as RunRecord

describe('samples', () => {
  it('are the same for the same seed, and fill every part of a range once', () => {
    const ranges = [
      { path: 'storm.factor', times: [0.8, 1.2] },
      { path: 'nodes[J3].capacity', times: [0.5, 1] },
    ] as const
    const one = drawSamples(7, 20, ranges)
    expect(drawSamples(7, 20, ranges)).toEqual(one)
    expect(drawSamples(8, 20, ranges)).not.toEqual(one)
    const parts = one.map(([change]) => Math.floor((('times' in change ? change.times - 0.8 : 0) / 0.4) * 20)).sort((a, b) => a - b)
    expect(parts).toEqual(Array.from({ length: 20 }, (_, k) => k))
    // The first numbers of the seed, so that no machine and no change gives others unseen.
    expect(one[0].map((change) => ('times' in change ? Number(change.times.toFixed(6)) : 0))).toMatchInlineSnapshot(`
      [
        0.987783,
        0.539153,
      ]
    `)
  })
})

describe('bands', () => {
  it('take the values that occurred, and count the samples over the limit', () => {
    const records = [0.3, 0.1, -0.2, null, 0.2].map((value, k) => record(value, value !== null && value < 0 ? 'red' : 'green', k))
    expect(bandsOf(records)).toEqual([
      { id: 'freeboard', subject: 'DB1', unit: 'm', samples: 5, absent: 1, min: -0.2, p05: -0.2, p50: 0.1, p95: 0.3, max: 0.3, red: 0.2 },
    ])
    expect(lineBandsOf(records)[0]).toMatchObject({ p05: [0], p50: [2], p95: [4] })
    expect(quantile([], 0.5)).toBeNull()
  })
})

describe('a plan', () => {
  const changes = (path: string) => [{ path, to: 1 }]
  const spread = (variants: { id: string; written: { a: number } }[]) =>
    spreadCases({
      variants,
      common: [],
      conditions: [
        { id: 'P100', changes: [] },
        { id: 'P20', changes: changes('a') },
      ],
      failures: ({ id }) => (id === 'A' ? [{ id: 'P-01', changes: changes('b') }] : []),
      sampling: { samples: 2, seed: 1, ranges: [{ path: 'a', times: [0.5, 2] }] },
    })

  it('is every variant under every condition, with its failures and the same samples', () => {
    const cases = spread([
      { id: 'A', written: { a: 3 } },
      { id: 'B', written: { a: 5 } },
    ])
    if (!cases.ok) throw new Error('refused')
    expect(cases.value.map(({ variant, condition, failure, sample }) => [variant, condition, failure, sample].join(' '))).toEqual([
      'A P100  ',
      'A P20  ',
      'A P100 P-01 ',
      'A P100  1',
      'A P100  2',
      'B P100  ',
      'B P20  ',
      'B P100  1',
      'B P100  2',
    ])
    const factor = (k: number, of: number) => (cases.value[k].written.a as number) / of
    expect(factor(3, 3)).toBeCloseTo(factor(7, 5), 12)
  })

  it('says in its file what is wrong, with the path', () => {
    const wrong = parsePlan({ version: 1, title: { zh: '', en: '' }, base: 'a.json', variants: [{ id: 'A' }, { id: 'A', changes: [{ path: 'x' }] }], extra: 1 })
    expect(wrong.problems.map(({ path }) => path).sort()).toEqual(expect.arrayContaining(['extra']))
    const twice = parsePlan({ version: 1, title: { zh: '', en: '' }, base: 'a.json', variants: [{ id: 'A' }, { id: 'A' }] })
    expect(twice.problems).toMatchObject([{ key: 'decide.twice', path: 'variants[1].id' }])
  })
})
