import type { Light, Measure } from './types.ts'

/** What changed of a figure against the baseline: `better` and `worse` by the measure's own sense, null where there is nothing to compare. */
export interface Delta {
  readonly by: number | null
  readonly sense: 'better' | 'worse' | 'same' | null
}
export function deltaOf(measure: Measure, baseline: Measure | undefined): Delta {
  if (measure.value === null || baseline?.value === undefined || baseline.value === null) return { by: null, sense: null }
  const by = measure.value - baseline.value
  if (Math.abs(by) <= 1e-9 * Math.max(1, Math.abs(baseline.value))) return { by: 0, sense: 'same' }
  if (measure.better === null) return { by, sense: null }
  return { by, sense: by < 0 === (measure.better === 'less') ? 'better' : 'worse' }
}

const ORDER: readonly Light[] = ['green', 'amber', 'red']
/** The worst light of a run; null where nothing is judged. */
export function worstLight(measures: readonly Measure[]): Light | null {
  let worst = -1
  for (const { light } of measures) if (light !== null) worst = Math.max(worst, ORDER.indexOf(light))
  return worst < 0 ? null : ORDER[worst]
}

export function measureOf(measures: readonly Measure[], like: Pick<Measure, 'id' | 'subject'>): Measure | undefined {
  return measures.find(({ id, subject }) => id === like.id && subject === like.subject)
}
