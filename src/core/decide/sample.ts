import { seededRandom } from '@/core/base/random'
import type { Change } from './change.ts'

/** What lies at `path` is multiplied by a factor drawn evenly between the two. */
export interface Range {
  readonly path: string
  readonly times: readonly [number, number]
}

/**
 * Latin hypercube: every range is cut into as many equal parts as there are samples, and each part is drawn from once, in a seeded order
 * of its own. The same seed gives the same samples on every machine.
 */
export function drawSamples(seed: number, count: number, ranges: readonly Range[]): Change[][] {
  const random = seededRandom(seed)
  const columns = ranges.map(({ times: [from, to] }) => {
    const parts = Array.from({ length: count }, (_, k) => k)
    for (let k = count - 1; k > 0; k--) {
      const other = Math.floor(random() * (k + 1))
      ;[parts[k], parts[other]] = [parts[other], parts[k]]
    }
    return parts.map((part) => from + ((to - from) * (part + random())) / count)
  })
  return Array.from({ length: count }, (_, k) => ranges.map(({ path }, r) => ({ path, times: columns[r][k] })))
}
