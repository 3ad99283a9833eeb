import type { Clash } from '@/core/clash'
import type { ClashSlice } from './clash.ts'

const NONE: readonly Clash[] = []

/** The clashes that are shown: of the report, or those found so far. */
export function clashesOf(state: Pick<ClashSlice, 'clashes' | 'found'>): readonly Clash[] {
  return state.clashes.state === 'ready' ? state.clashes.value.clashes : state.clashes.state === 'running' ? state.found : NONE
}
