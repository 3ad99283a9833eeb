import type { Selector } from './selector.ts'
import { type Match, matcherOf } from './selector-match.ts'
import type { ElementRef, PropertySet, SiteModel } from './site-model.ts'

/** Elements that a selector means, in the order of the models. */
export interface Found {
  readonly refs: readonly ElementRef[]
  /** Elements of which it cannot be said: their property has another unit, or is no number. They are not among `refs`. */
  readonly unclear: readonly ElementRef[]
}
export type ReadProperties = (model: SiteModel, element: number) => Promise<readonly PropertySet[]>

/** Property sets asked for at once. */
const BATCH = 256

/** Property sets are read only of elements that nothing else decides. */
export async function findElements(selector: Selector, models: readonly SiteModel[], read: ReadProperties, signal?: AbortSignal): Promise<Found> {
  const refs: ElementRef[] = []
  const unclear: ElementRef[] = []
  for (const model of models) {
    const match = matcherOf(selector, model)
    const truths = model.elements.map((element) => match(element, null))
    await settle(truths, match, model, read, signal)
    truths.forEach((truth, index) => {
      if (truth !== false) (truth ? refs : unclear).push({ model: model.id, index })
    })
  }
  return { refs, unclear }
}

async function settle(truths: (boolean | null)[], match: Match, model: SiteModel, read: ReadProperties, signal: AbortSignal | undefined): Promise<void> {
  const open = truths.flatMap((truth, index) => (truth === null ? [index] : []))
  for (let from = 0; from < open.length; from += BATCH) {
    signal?.throwIfAborted()
    const batch = open.slice(from, from + BATCH)
    const sets = await Promise.all(batch.map((index) => read(model, index)))
    batch.forEach((index, k) => {
      truths[index] = match(model.elements[index], sets[k])
    })
  }
}
