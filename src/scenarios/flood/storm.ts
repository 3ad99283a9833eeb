import { type Dimension, parseQuantity } from '@/core/base/quantity'
import { chicagoStorm, type Hyetograph } from '@/core/flood'
import type { StormWritten } from './types.ts'

/** A written storm as steps of intensity; a table rests between rows that do not touch. */
export function hyetographOf(storm: StormWritten): Hyetograph {
  const { factor } = storm
  const asDesigned = unscaled(storm)
  return factor === undefined ? asDesigned : { from: asDesigned.from, rate: asDesigned.rate.map((rate) => rate * factor) }
}

function unscaled(storm: StormWritten): Hyetograph {
  if (storm.kind === 'chicago')
    return chicagoStorm(storm.formula, si(storm.returnPeriod, 'returnPeriod'), si(storm.duration, 'time'), storm.peakRatio, si(storm.step, 'time'))
  const from: number[] = []
  const rate: number[] = []
  for (const row of storm.rows) {
    const start = si(row.from, 'time')
    if (from.length > 0 && start > from[from.length - 1]) rate.push(0)
    else from.pop()
    from.push(start)
    rate.push(si(row.rate, 'rain'))
    from.push(si(row.to, 'time'))
  }
  return { from, rate }
}

/** SI value of a checked quantity. */
export function si(text: string, dimension: Dimension): number {
  const value = parseQuantity(text, dimension)
  if (value === null) throw new Error(`unchecked quantity ${text}`)
  return value
}
