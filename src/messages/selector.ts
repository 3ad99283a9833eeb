import type { ProblemTable } from '@/core/base/problem'
import type { Words } from './language.ts'

type SelectorKey = Extract<keyof ProblemTable, `selector.${string}`>

const EXPECTED = {
  condition: { zh: '条件', en: 'a condition' },
  value: { zh: '值', en: 'a value' },
  number: { zh: '带单位的数', en: 'a number with a unit' },
  property: { zh: '“属性集.属性”', en: '“Pset.Property”' },
  end: { zh: '查询结束或“且 / 或”', en: 'the end, “and” or “or”' },
} as const
/** People count characters from one. */
const zhAt = (at: number) => `第 ${at + 1} 个字符：`
const enAt = (at: number) => `Character ${at + 1}: `

/** Words for what can be wrong with a query. */
export const selectorProblems: { readonly [K in SelectorKey]: Words<ProblemTable[K]> } = {
  'selector.empty': { zh: () => '查询为空', en: () => 'The query is empty' },
  'selector.tooLong': {
    zh: ({ limit }) => `查询过长或嵌套过深（上限 ${limit}）`,
    en: ({ limit }) => `The query is too long or too deeply nested (limit ${limit})`,
  },
  'selector.expected': {
    zh: ({ at, expected, got }) => `${zhAt(at)}此处应为${EXPECTED[expected].zh}${got ? `，实际是“${got}”` : '，但查询到此为止'}`,
    en: ({ at, expected, got }) => `${enAt(at)}expected ${EXPECTED[expected].en}, ${got ? `found “${got}”` : 'but the query ends here'}`,
  },
  'selector.unclosed': { zh: ({ at, what }) => `${zhAt(at)}“${what}”没有闭合`, en: ({ at, what }) => `${enAt(at)}“${what}” is never closed` },
  'selector.unknownField': {
    zh: ({ at, got, known }) => `${zhAt(at)}没有“${got}”这个字段。可用：${known}`,
    en: ({ at, got, known }) => `${enAt(at)}there is no field “${got}”. Known: ${known}`,
  },
  'selector.unknownClass': {
    zh: ({ at, got, near }) => `${zhAt(at)}没有 IFC 类“${got}”${near ? `，是否为 ${near}？` : ''}`,
    en: ({ at, got, near }) => `${enAt(at)}there is no IFC class “${got}”${near ? `; did you mean ${near}?` : ''}`,
  },
  'selector.unknownValue': {
    zh: ({ at, got, known }) => `${zhAt(at)}“${got}”不在可选值内：${known}`,
    en: ({ at, got, known }) => `${enAt(at)}“${got}” is none of: ${known}`,
  },
  'selector.operator': {
    zh: ({ at, field, op }) => `${zhAt(at)}“${field}”不能用“${op}”比较`,
    en: ({ at, field, op }) => `${enAt(at)}“${field}” cannot be compared with “${op}”`,
  },
  'selector.unit': {
    zh: ({ at, got, known }) => `${zhAt(at)}不认识单位“${got}”（如 ${known}）。若是文本，请加引号`,
    en: ({ at, got, known }) => `${enAt(at)}unknown unit “${got}” (such as ${known}). Put text in quotes`,
  },
  'selector.needsProperties': {
    zh: () => '此处的查询不能用属性条件：属性集未随模型读入',
    en: () => 'A query cannot ask for properties here: property sets are not read with the models',
  },
}
