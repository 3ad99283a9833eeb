export { toDocx } from './docx.ts'
export { toHtml } from './html.ts'
export { toCsv, toXlsx } from './sheets.ts'
export type * from './types.ts'
