export { CACHE_VERSION, type CachedModel, isCache, isGzip, openCache, packCache, readCache, writeCache } from './cache.ts'
export { ancestorsOf, isA, knownClasses, spellClass } from './classes.ts'
export { boundsOf, type Discipline, disciplineOf, isDrawn } from './queries.ts'
export type * from './site-model.ts'
