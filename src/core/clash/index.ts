export { DEFAULT_RULES } from './default-rules.ts'
export { findClashes } from './find-clashes.ts'
export { parseRules, rulesSchema } from './parse-rules.ts'
export type * from './types.ts'
