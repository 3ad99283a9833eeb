import { parseQuantity } from '@/core/base/quantity'
import type { Named } from '@/core/decide'
import type { FloodWritten } from './types.ts'

/** Years of the ladder (`domain.md` 3.4). */
const LADDER = [2, 5, 10, 20, 50, 100] as const
/** A storm that is a table has no return period: it is scaled instead. */
const SCALES = [0.6, 0.8, 1.2] as const

/** The storm as written, then the others of the ladder. */
export function stormLadder({ storm }: FloodWritten): Named[] {
  if (storm.kind === 'table') {
    const title = { zh: storm.source ? `按表：${storm.source}` : '按降雨过程表', en: storm.source ? `as the table: ${storm.source}` : 'as the table' }
    return [
      { id: 'table', title, changes: [] },
      ...SCALES.map((scale) => ({
        id: `x${scale}`,
        title: { zh: `雨量 × ${scale}`, en: `rain × ${scale}` },
        changes: [{ path: 'storm.factor', to: (storm.factor ?? 1) * scale }],
      })),
    ]
  }
  const own = parseQuantity(storm.returnPeriod, 'returnPeriod')
  const named = (years: number, changes: Named['changes']): Named => ({ id: `P${years}`, title: { zh: `P = ${years} 年`, en: `P = ${years} a` }, changes })
  return [named(own ?? 0, []), ...LADDER.filter((years) => years !== own).map((years) => named(years, [{ path: 'storm.returnPeriod', to: `${years} a` }]))]
}

/** N − 1: any one pump out, or any one feeder that pumps hang on. */
export function singleFailures({ pumps, panels }: FloodWritten): Named[] {
  return [
    ...pumps.map(({ id }) => ({
      id: `pump ${id}`,
      title: { zh: `${id} 故障`, en: `${id} out` },
      changes: [{ path: 'events[+]', to: { kind: 'pump-fails', at: '0 min', pump: id } }],
    })),
    ...panels
      .filter(({ id }) => pumps.some(({ panel }) => panel === id))
      .map(({ id }) => ({
        id: `feeder ${id}`,
        title: { zh: `${id} 停电`, en: `${id} without power` },
        changes: [{ path: 'events[+]', to: { kind: 'power-cut', at: '0 min', panel: id } }],
      })),
  ]
}
