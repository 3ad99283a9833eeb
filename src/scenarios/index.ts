import type { KindName, ScenarioKind } from './contract.ts'
import { flood } from './flood/index.ts'

export type { KindName, KindTypes, ScenarioKind, ScenarioTypes } from './contract.ts'
export { putNetwork, wantedNetwork } from './flood/beside.ts'
export { hyetographOf, PUMP_CATALOGUE, type PumpType, pumpType, resolveSetup } from './flood/index.ts'
export type * from './flood/types.ts'

/** Headless registry: adding a kind is a folder, a line in the contract, and the compile error here. */
export const kinds: { readonly [K in KindName]: ScenarioKind<K> } = { flood }
