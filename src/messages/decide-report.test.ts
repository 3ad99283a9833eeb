import { expect, it } from 'vitest'
import type { RunRecord } from '@/core/decide'
import { toDocx, toHtml } from '@/core/report'
import { rehearsalReport } from './decide-report.ts'

const record = (name: string, inflow: number, margin: number): RunRecord => ({
  version: 1,
  kind: 'flood',
  key: name.repeat(64).slice(0, 64),
  title: { zh: `方案${name}`, en: `Layout ${name}` },
  scenarioHash: 'c'.repeat(64),
  models: [{ path: 'a/01-SITE.ifc', sha256: 'd'.repeat(64) }],
  kernel: 'cpu',
  cell_m: 2,
  cells: 7000,
  steps: 100,
  simulated_s: 120,
  resultHash: 'e'.repeat(64),
  scenario: { pumps: [{ id: 'P-01', type: 'P100', sump: 'SP1', discharge: { node: name === 'a' ? 'J3' : 'RM5' } }] },
  measures: [
    { id: 'inflow', subject: '', value: inflow, unit: 'm³', light: inflow > 1 ? 'amber' : 'green', better: 'less' },
    { id: 'freeboard', subject: 'DB1', value: margin, unit: 'm', light: margin <= 0 ? 'red' : 'green', better: 'more' },
    { id: 'error', subject: '', value: 3e-14, unit: '', light: 'green', better: 'less' },
  ],
  times_s: [60, 120],
  lines: [{ id: 'inflow', subject: 'GAP', unit: 'm³/s', values: [0, inflow / 1000] }],
  contacts: [
    {
      model: '03',
      globalId: '3v6EQmruA6NBW_2Ki9lhMz',
      class: 'IfcElectricDistributionBoard',
      name: 'DB1 <b>',
      tag: '',
      first_s: 60,
      depth_m: 0.25,
      depthAt_s: 120,
      duration_s: 60,
      level_m: -17.4,
      critical_m: -17.435,
      margin_m: margin,
    },
  ],
  events: [{ t_s: 61, what: 'first-water', subject: 'GAP', cause: 'overtopping', value: 1 }],
  basis: {
    storm: { kind: 'chicago', formula: 'beijing-II', returnPeriod: '100 a', duration: '120 min', peakRatio: 0.4, step: '5 min' },
    rain_mm: 127.8,
    levelPool: { volume_m3: 1500 },
  },
})
const made = (language: 'zh-CN' | 'en') =>
  rehearsalReport([record('a', 1189.4, -0.035), record('b', 137, 0.2)], { at: '2026-01-02T03:04:05Z', pictures: [] }, language)

it('has the same figures in both languages, every run with its id and what the model does not do', () => {
  const figures = (html: string) => [...html.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].flatMap(([, cell]) => cell.match(/[−+]?\d[\d.]*(e-?\d+)?/g) ?? [])
  const [zh, en] = [toHtml(made('zh-CN')), toHtml(made('en'))]
  expect(figures(en)).toEqual(figures(zh))
  expect(figures(en).length).toBeGreaterThan(25)
  for (const figure of [
    '1 189 m³',
    '137 m³',
    '−1 052 m³',
    '−0.035 m',
    '3.0e-14',
    '127.8 mm',
    'aaaaaaaaaaaa',
    'bbbbbbbbbbbb',
    'eeeeeeeeeeee',
    `SHA-256 ${'d'.repeat(64)}`,
  ])
    for (const html of [zh, en]) expect(html).toContain(figure)
  expect(en).toContain('P-01 discharge to RM5 instead of J3')
  expect(en).toContain('Layout b has the fewest figures that are bad')
  expect(zh).toContain('本模型不包括什么')
  expect(zh).toContain('编制')
  expect(en).not.toContain('<b>')
})

it('is a Word file with the same tables', () => {
  const bytes = toDocx(made('en'))
  expect(String.fromCharCode(...bytes.subarray(0, 2))).toBe('PK')
  expect(bytes.length).toBeGreaterThan(5000)
})
