export type * from './site-grid.ts'
