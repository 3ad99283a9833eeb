import type { REVIEW } from '@/messages/review'
import { reviewList } from '../store/review-rows.ts'
import type { TwinState } from '../store/state.ts'

/** What an export takes: what is chosen; else what people have said something of; else the list as it is filtered. */
export interface Selection {
  readonly what: keyof typeof REVIEW.exportWhat
  readonly keys: readonly string[]
}
export function selectionOf(state: TwinState): Selection {
  if (state.chosen.size) return { what: 'chosen', keys: [...state.chosen] }
  const recorded = [...state.review.present.issues.keys()]
  return recorded.length ? { what: 'recorded', keys: recorded } : { what: 'shown', keys: reviewList(state).keys }
}
