export { type Band, bandsOf, type LineBand, lineBandsOf, quantile } from './bands.ts'
export { applyChanges, type Change, differences, type Json, type JsonObject } from './change.ts'
export { type Delta, deltaOf, measureOf, worstLight } from './judge.ts'
export { type Case, type Named, type Plan, parsePlan, planSchema, type Spread, spreadCases } from './plan.ts'
export { drawSamples, type Range } from './sample.ts'
export type * from './types.ts'

import './problems.ts'
