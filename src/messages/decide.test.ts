import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { JsonObject } from '@/core/decide'
import { sayDelta, sayValue } from './decide.ts'
import { sayDifference } from './decide-difference.ts'

const story = (name: string) => JSON.parse(readFileSync(new URL(`../../scenarios/${name}.json`, import.meta.url), 'utf8')) as JsonObject
const a = story('a-planned')

it('says what differs of a variant, in both languages', () => {
  expect(sayDifference(a, story('c-moved-station'), 'en')).toEqual([
    'P-05 (P400) set at (91, −26), discharge to RM5',
    'P-06 (P400) set at (93, −26), discharge to RM5',
    'all discharge to RM5 instead of J3',
    'new discharge node RM5 (2.28 m³/s)',
  ])
  expect(sayDifference(a, story('c-moved-station'), 'zh-CN')).toEqual([
    '增设 P-05（P400）于 (91, −26)，排往 RM5',
    '增设 P-06（P400）于 (93, −26)，排往 RM5',
    '全部水泵改排 RM5（原为 J3）',
    '增加排出口 RM5（2.28 m³/s）',
  ])
  expect(sayDifference(a, story('d-stop-logs'), 'en')[0]).toMatch(/^stop-log \S+ on GAP up to 0\.06/)
  expect(sayDifference(a, a, 'en')).toEqual([])
  expect(sayDifference(a, { ...a, events: [{ kind: 'pump-fails', at: '45 min', pump: 'P-03' }], cell: '2 m' }, 'en')).toEqual([
    'P-03 fails at T+45 min',
    'cell 2 m instead of 1 m',
  ])
})

it('gives figures their unit and their sign', () => {
  expect(sayValue(1189.4, 'm³')).toBe('1 189 m³')
  expect(sayValue(-0.0314, 'm')).toBe('−0.031 m')
  expect(sayValue(2988, 's')).toBe('49.8 min')
  expect(sayValue(null, 'm')).toBe('–')
  expect(sayDelta(-0.25, 'm')).toBe('−0.250 m')
  expect(sayDelta(0, 'm')).toBe('=')
})
