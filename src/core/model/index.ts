export { ancestorsOf, isA, knownClasses, spellClass } from './classes.ts'
export type * from './site-model.ts'
