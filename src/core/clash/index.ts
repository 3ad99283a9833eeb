export { DEFAULT_RULES } from './default-rules.ts'
export { type ClashShare, concludeClashes, findClashes, type ShareInput, searchClashes } from './find-clashes.ts'
export { parseRules, rulesSchema } from './parse-rules.ts'
export type * from './types.ts'
