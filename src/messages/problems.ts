import type { Problem, ProblemKey, ProblemTable } from '@/core/base/problem'
import { appProblems } from './app.ts'
import { ifcProblems } from './ifc.ts'
import type { Language, Words } from './language.ts'
import { cacheProblems } from './model.ts'
import { scenarioProblems } from './scenario.ts'
import { siteProblems } from './site.ts'

type ProblemWords<K extends ProblemKey> = { readonly [P in K]: Words<ProblemTable[P]> }

/** Words of `core/base`; every subject has its own table beside this one and joins in `ALL`. */
const base: ProblemWords<
  | 'parse.unknownKey'
  | 'parse.missing'
  | 'parse.type'
  | 'parse.range'
  | 'parse.unit'
  | 'parse.choice'
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
  'parse.type': { zh: ({ expected, got }) => `应为${expected}，实际是${got}`, en: ({ expected, got }) => `Expected ${expected}, found ${got}` },
  'parse.range': {
    zh: ({ expected, got }) => `超出范围：应${expected}，实际 ${got}`,
    en: ({ expected, got }) => `Out of range: expected ${expected}, found ${got}`,
  },
  'parse.unit': {
    zh: ({ got, expected }) => `“${got}”的数值或单位不对，应为数字加单位：${expected}`,
    en: ({ got, expected }) => `“${got}” is not a number with a unit of: ${expected}`,
  },
  'parse.choice': { zh: ({ got, expected }) => `“${got}”不在可选值内：${expected}`, en: ({ got, expected }) => `“${got}” is none of: ${expected}` },
  'parse.json': { zh: ({ detail }) => `不是有效的 JSON：${detail}`, en: ({ detail }) => `Not valid JSON: ${detail}` },
  'parse.tooLarge': { zh: ({ limit }) => `内容过大或嵌套过深，上限 ${limit}`, en: ({ limit }) => `Too large or too deeply nested; the limit is ${limit}` },
  'file.notFound': { zh: ({ name }) => `找不到文件“${name}”`, en: ({ name }) => `File “${name}” was not found` },
  'file.empty': { zh: ({ name }) => `文件“${name}”是空的`, en: ({ name }) => `File “${name}” is empty` },
}

const ALL: ProblemWords<ProblemKey> = { ...base, ...siteProblems, ...ifcProblems, ...cacheProblems, ...scenarioProblems, ...appProblems }

/** The sentence of a problem, without its path. */
export function sayProblem(problem: Problem, language: Language): string {
  const words = ALL[problem.key] as Words<unknown> as { zh: (facts: unknown) => string; en: (facts: unknown) => string }
  return language === 'zh-CN' ? words.zh(problem.facts) : words.en(problem.facts)
}
