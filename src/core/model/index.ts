export type * from './site-model.ts'
