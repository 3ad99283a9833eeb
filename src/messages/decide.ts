import type { ProblemTable } from '@/core/base/problem'
import type { Measure } from '@/core/decide'
import type { Language, Words } from './language.ts'

type Key = Extract<keyof ProblemTable, `decide.${string}`>

/** Words of what can be wrong with a plan of many runs. */
export const decideProblems: { readonly [K in Key]: Words<ProblemTable[K]> } = {
  'decide.path': { zh: ({ path }) => `情景里没有“${path}”这个位置`, en: ({ path }) => `The scenario has no place “${path}”` },
  'decide.scale': {
    zh: ({ path, got }) => `“${path}”处是 ${got}，不是数或带单位的量，不能乘系数`,
    en: ({ path, got }) => `At “${path}” stands ${got}, neither a number nor a quantity: it cannot be scaled`,
  },
  'decide.twice': { zh: ({ id }) => `编号“${id}”重复`, en: ({ id }) => `Id “${id}” stands twice` },
  'decide.range': {
    zh: ({ from, to }) => `区间应从小到大，实际 ${from} … ${to}`,
    en: ({ from, to }) => `A range goes from less to more, found ${from} … ${to}`,
  },
  'decide.variantSource': {
    zh: ({ id }) => `方案“${id}”要么给出差异（changes），要么指向情景文件（scenario），二者取一`,
    en: ({ id }) => `Variant “${id}” has either changes or a scenario file: give one of the two`,
  },
  'decide.notThisRun': {
    zh: ({ expected, got }) => `文件不是计划要的那次运行（应为 ${expected}，实际 ${got}），重新计算`,
    en: ({ expected, got }) => `The file is not the run that the plan asks for (expected ${expected}, found ${got}): it is computed again`,
  },
  'decide.missingRuns': {
    zh: ({ missing, total }) => `${total} 次运行中还缺 ${missing} 次；再运行一次 sweep 即可补齐`,
    en: ({ missing, total }) => `${missing} of ${total} runs are missing; run the sweep again to complete it`,
  },
  'decide.job': { zh: ({ got, total }) => `没有第 ${got} 个任务，共 ${total} 个`, en: ({ got, total }) => `There is no job ${got}; there are ${total}` },
  'decide.differentKinds': {
    zh: ({ kinds }) => `不同种类的预演不能放在一张表里：${kinds}`,
    en: ({ kinds }) => `Rehearsals of different kinds do not share a table: ${kinds}`,
  },
}

type Pair = { readonly zh: string; readonly en: string }
/** Figures by which variants are judged, by the id that a kind gives them. */
export const MEASURES: Readonly<Record<string, Pair>> = {
  inflow: { zh: '进坑水量', en: 'Water into the pit' },
  firstWater: { zh: '首次进水', en: 'First water' },
  peakInflow: { zh: '进水峰值', en: 'Peak inflow' },
  freeboard: { zh: '富余高度', en: 'Freeboard' },
  depth: { zh: '最大水深', en: 'Greatest depth' },
  area: { zh: '水深超过 0.15 m 的面积', en: 'Area deeper than 0.15 m' },
  street: { zh: '流到街上', en: 'Onto the street' },
  keptByPumps: { zh: '回流 + 挤占', en: 'Returned + displaced' },
  pumped: { zh: '泵出', en: 'Pumped' },
  pumps: { zh: '水泵台数', en: 'Number of pumps' },
  pumpHours: { zh: '水泵运行', en: 'Pump hours' },
  starts: { zh: '每小时启动（最多的一台）', en: 'Starts an hour (busiest pump)' },
  energy: { zh: '用电', en: 'Energy' },
  specificEnergy: { zh: '单位电耗', en: 'Specific energy' },
  error: { zh: '水量平衡误差', en: 'Mass balance error' },
  hash: { zh: '结果校验码 · 网格', en: 'Result hash · cell' },
}
/** Figures over time. */
export const LINES: Readonly<Record<string, Pair>> = {
  rain: { zh: '雨强', en: 'Rain' },
  inflow: { zh: '过口流量', en: 'Flow over the opening' },
  depth: { zh: '水深', en: 'Depth' },
  pumped: { zh: '水泵总流量', en: 'Flow of all pumps' },
  returned: { zh: '回流', en: 'Returned' },
}
/** Surfaces that a figure may be about. */
export const SUBJECTS: Readonly<Record<string, Pair>> = {
  pit: { zh: '基坑', en: 'pit' },
  yard: { zh: '场地', en: 'yard' },
  building: { zh: '建筑', en: 'building' },
  ground: { zh: '其他地面', en: 'other ground' },
}

export function sayMeasure({ id, subject }: Pick<Measure, 'id' | 'subject'>, language: Language, table: Readonly<Record<string, Pair>> = MEASURES): string {
  const pick = (pair: Pair) => (language === 'zh-CN' ? pair.zh : pair.en)
  const name = Object.hasOwn(table, id) ? pick(table[id]) : id
  const about = Object.hasOwn(SUBJECTS, subject) ? pick(SUBJECTS[subject]) : subject
  return about === '' ? name : `${name} · ${about}`
}

/** A figure with its unit, as tables show it; the same digits in both languages. */
export function sayValue(value: number | null, unit: string): string {
  if (value === null) return '–'
  if (unit === 's') return `${(value / 60).toFixed(1)} min`
  if (unit === '' && value !== 0 && Math.abs(value) < 0.01) return value.toExponential(1)
  return `${figure(value, unit)}${unit === '' ? '' : ` ${unit}`}`
}
/** The change of a figure, signed. */
export function sayDelta(by: number | null, unit: string): string {
  if (by === null) return ''
  if (by === 0) return '='
  const sign = by > 0 ? '+' : '−'
  return `${sign}${sayValue(Math.abs(by), unit)}`
}
const DIGITS: Readonly<Record<string, number>> = { m: 3, 'm³/s': 3, 'm³': 0, 'm²': 0, 'm³/h': 0, h: 1, kWh: 0, 'kWh/m³': 2, '1/h': 1, 'mm/h': 1, '': 0 }
function figure(value: number, unit: string): string {
  const digits = unit === 'm³' && Math.abs(value) < 10 ? 1 : (DIGITS[unit] ?? 2)
  const text = Math.abs(value).toFixed(digits)
  const [whole, rest] = text.split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ' ')
  return `${value < 0 && Number(text) !== 0 ? '−' : ''}${grouped}${rest ? `.${rest}` : ''}`
}
