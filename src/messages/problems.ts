import type { Problem, ProblemKey, ProblemTable } from '@/core/base/problem'
import { appProblems } from './app.ts'
import { bcfProblems } from './bcf.ts'
import { decideProblems } from './decide.ts'
import { ifcProblems } from './ifc.ts'
import type { Language, Words } from './language.ts'
import { cacheProblems } from './model.ts'
import { networkProblems } from './network.ts'
import { scenarioProblems } from './scenario.ts'
import { selectorProblems } from './selector.ts'
import { siteProblems } from './site.ts'

/** What a value should have been, as the parser calls it. */
const KIND: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  string: { zh: '文本', en: 'text' },
  number: { zh: '数', en: 'a number' },
  'finite number': { zh: '有限的数', en: 'a finite number' },
  boolean: { zh: 'true 或 false', en: 'true or false' },
  object: { zh: '对象 { … }', en: 'an object { … }' },
  array: { zh: '列表 [ … ]', en: 'a list [ … ]' },
  tuple: { zh: '列表 [ … ]', en: 'a list [ … ]' },
  sha256: { zh: '64 位十六进制的 SHA-256', en: 'a SHA-256 of 64 hexadecimal digits' },
}
const say = (kind: string, language: 'zh' | 'en') => (Object.hasOwn(KIND, kind) ? KIND[kind][language] : kind)

type ProblemWords<K extends ProblemKey> = { readonly [P in K]: Words<ProblemTable[P]> }

/** Words of `core/base`; every subject has its own table beside this one and joins in `ALL`. */
const base: ProblemWords<
  | 'parse.unknownKey'
  | 'parse.missing'
  | 'parse.type'
  | 'parse.range'
  | 'parse.unit'
  | 'parse.choice'
  | 'parse.length'
  | 'parse.json'
  | 'parse.tooLarge'
  | 'file.notFound'
  | 'file.empty'
> = {
  'parse.unknownKey': {
    zh: ({ key, known }) => `不认识的字段“${key}”。可用字段：${known}`,
    en: ({ key, known }) => `Unknown key “${key}”. Known keys: ${known}`,
  },
  'parse.missing': { zh: ({ key }) => `缺少字段“${key}”`, en: ({ key }) => `“${key}” is missing` },
  'parse.type': {
    zh: ({ expected, got }) => `应为${say(expected, 'zh')}，实际是 ${got}`,
    en: ({ expected, got }) => `Expected ${say(expected, 'en')}, found ${got}`,
  },
  'parse.range': {
    zh: ({ expected, got }) => `超出范围：应为 ${expected}，实际 ${got}`,
    en: ({ expected, got }) => `Out of range: expected ${expected}, found ${got}`,
  },
  'parse.unit': {
    zh: ({ got, expected }) => `“${got}”的数值或单位不对，应为数字加单位：${expected}`,
    en: ({ got, expected }) => `“${got}” is not a number with a unit of: ${expected}`,
  },
  'parse.choice': { zh: ({ got, expected }) => `“${got}”不在可选值内：${expected}`, en: ({ got, expected }) => `“${got}” is none of: ${expected}` },
  'parse.length': {
    zh: ({ of, expected, got }) => (of === 'array' ? `项数应 ${expected}，实际 ${got} 项` : `字符数应 ${expected}，实际 ${got} 个`),
    en: ({ of, expected, got }) => `Expected ${expected} ${of === 'array' ? 'entries' : 'characters'}, found ${got}`,
  },
  'parse.json': { zh: ({ detail }) => `不是有效的 JSON：${detail}`, en: ({ detail }) => `Not valid JSON: ${detail}` },
  'parse.tooLarge': { zh: ({ limit }) => `内容过大或嵌套过深，上限 ${limit}`, en: ({ limit }) => `Too large or too deeply nested; the limit is ${limit}` },
  'file.notFound': { zh: ({ name }) => `找不到文件“${name}”`, en: ({ name }) => `File “${name}” was not found` },
  'file.empty': { zh: ({ name }) => `文件“${name}”是空的`, en: ({ name }) => `File “${name}” is empty` },
}

const ALL: ProblemWords<ProblemKey> = {
  ...base,
  ...siteProblems,
  ...ifcProblems,
  ...cacheProblems,
  ...selectorProblems,
  ...scenarioProblems,
  ...networkProblems,
  ...appProblems,
  ...bcfProblems,
  ...decideProblems,
}

/** The sentence of a problem, without its path. */
export function sayProblem(problem: Problem, language: Language): string {
  const words = ALL[problem.key] as Words<unknown> as { zh: (facts: unknown) => string; en: (facts: unknown) => string }
  return language === 'zh-CN' ? words.zh(problem.facts) : words.en(problem.facts)
}
