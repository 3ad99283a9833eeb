export { globalIdOf } from './global-id.ts'
export type * from './recipe.ts'
export { writeIfc } from './write-ifc.ts'
