import type { RunRecord } from './types.ts'

/** One figure over all samples of a variant. */
export interface Band {
  readonly id: string
  readonly subject: string
  readonly unit: string
  readonly samples: number
  /** Samples in which it did not occur; the figures below are of the others. */
  readonly absent: number
  readonly min: number | null
  readonly p05: number | null
  readonly p50: number | null
  readonly p95: number | null
  readonly max: number | null
  /** Share of the samples in which its light is red: for an asset, the probability that its critical level is reached. */
  readonly red: number | null
}
/** A figure over time: at every moment the 5th, 50th and 95th percentile of the samples. */
export interface LineBand {
  readonly id: string
  readonly subject: string
  readonly unit: string
  readonly p05: readonly (number | null)[]
  readonly p50: readonly (number | null)[]
  readonly p95: readonly (number | null)[]
}

export function bandsOf(records: readonly RunRecord[]): Band[] {
  const first = records[0]
  if (!first) return []
  return first.measures.map(({ id, subject, unit }) => {
    const found = records.flatMap((record) => record.measures.filter((measure) => measure.id === id && measure.subject === subject))
    const values = sorted(found.flatMap(({ value }) => (value === null ? [] : [value])))
    const judged = found.filter(({ light }) => light !== null)
    return {
      id,
      subject,
      unit,
      samples: found.length,
      absent: found.length - values.length,
      min: values[0] ?? null,
      p05: quantile(values, 0.05),
      p50: quantile(values, 0.5),
      p95: quantile(values, 0.95),
      max: values.at(-1) ?? null,
      red: judged.length > 0 ? judged.filter(({ light }) => light === 'red').length / judged.length : null,
    }
  })
}

export function lineBandsOf(records: readonly RunRecord[]): LineBand[] {
  const first = records[0]
  if (!first) return []
  return first.lines.map(({ id, subject, unit }) => {
    const all = records.flatMap((record) => record.lines.filter((line) => line.id === id && line.subject === subject))
    const columns = first.times_s.map((_, k) => sorted(all.flatMap(({ values }) => (values[k] === null || values[k] === undefined ? [] : [values[k]]))))
    const at = (share: number) => columns.map((column) => quantile(column, share))
    return { id, subject, unit, p05: at(0.05), p50: at(0.5), p95: at(0.95) }
  })
}

/** The smallest value that at least this share of the values does not exceed: one of the values themselves, so that nothing is made up between two. */
export function quantile(ascending: readonly number[], share: number): number | null {
  if (ascending.length === 0) return null
  return ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)]
}

function sorted(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b)
}
