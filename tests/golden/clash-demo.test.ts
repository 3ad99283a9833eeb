import { expect, it } from 'vitest'
import { finish } from '@/core/base/job'
import { DEFAULT_RULES, findClashes } from '@/core/clash'
import { importStation } from '../support/station.ts'

/** The planted conflicts of the demonstration site, in closed form: kind, the two, depth or gap in metres. */
const PLANTED: readonly (readonly [string, string, string, number])[] = [
  ['hard', 'STRUT-1-k07', 'W1-seg2', 0.4],
  ['clearance', 'E1-seg1', 'G1-seg1', 0.3375],
  ['hard', 'H1-seg2', 'VS-W-1', 1.0],
  ['hard', 'H1-seg2', 'VS-E-1', 1.0],
  ['hard', 'T1-seg2', 'TC1-FTG', 0.3],
  ['hard', 'CB-S-6', 'S2-seg2', 0.4],
  ['hard', 'CB-N-6', 'S2-seg2', 0.4],
  ['hard', 'FM1-s2', 'SD1-s3', 0.315],
  ['hard', 'COL-k04', 'VD1-s2', 0.4],
  ['duplicate', 'P-03', 'P-03', 0],
  ['hard', 'P-02-r5', 'STRUT-2-x45', 0.3045],
]
const INPUT = { rules: DEFAULT_RULES, scope: 'rules' as const, tolerance: null, clearance: null, segments: 96 }

it('finds exactly the planted conflicts of the demonstration site, each within 2 mm', async () => {
  const models = await importStation()
  const report = await finish(findClashes({ models, ...INPUT }, new AbortController().signal))
  const found = report.clashes.map(({ kind, a, b, depth, gap }) => ({ kind, pair: [a.tag, b.tag].sort().join(' '), size: kind === 'clearance' ? gap : depth }))
  const listed = found.map(({ kind, pair }) => `${kind} ${pair}`).sort()
  expect(listed).toEqual(PLANTED.map(([kind, a, b]) => `${kind} ${[a, b].sort().join(' ')}`).sort())
  for (const [kind, a, b, size] of PLANTED) {
    if (kind === 'duplicate') continue
    const entry = found.find((one) => one.kind === kind && one.pair === [a, b].sort().join(' '))
    expect(Math.abs((entry?.size ?? 9) - size), `${a} ${b}`).toBeLessThan(0.002)
  }
  const again = await finish(findClashes({ models: [...models].reverse(), ...INPUT }, new AbortController().signal))
  expect(again.hash).toBe(report.hash)
})
