import type { Vec3 } from '@/core/base/geometry'
import type { Task } from '@/core/model'
import type { Candidate } from '../select.ts'
import type { Check, Finding } from '../types.ts'
import { areaOf, common, isConvex, outlineOf } from './plan.ts'
import { type CheckedWorld, finding, select } from './world.ts'

/** Shared ground that matters [m²]. */
const LEAST = 0.01
const DAY = 86_400_000

interface Use {
  readonly zone: Candidate
  readonly task: Task
}

/** Zones of tasks that run at the same time and share ground. */
export function checkSpaceTime(check: Extract<Check, { kind: 'space-time' }>, world: CheckedWorld): Finding[] {
  const zones = new Map(select(world, check.zones).map((zone) => [`${zone.model.id}/${zone.element.index}`, zone]))
  const uses = world.models.flatMap((model) =>
    (model.tasks ?? []).flatMap((task) =>
      task.elements.flatMap((index): Use[] => {
        const zone = zones.get(`${model.id}/${index}`)
        return zone ? [{ zone, task }] : []
      }),
    ),
  )
  return uses.flatMap((one, k) =>
    uses.slice(k + 1).flatMap((two) => {
      if (one.zone === two.zone) return []
      const begin = Math.max(at(one.task.start), at(two.task.start))
      const end = Math.min(at(one.task.finish), at(two.task.finish))
      const shared = begin < end ? groundShared(one.zone, two.zone) : null
      if (!shared) return []
      const [a, b] = one.zone.element.globalId < two.zone.element.globalId ? [one, two] : [two, one]
      const { year, week } = weekOf(begin)
      const figures = { area_m2: shared.area, year, week, days: Math.ceil((end - begin) / DAY) }
      const points = [shared.place, shared.place] as const
      return [finding(check, 'rule', a.zone, b.zone, { figures, points, group: `${year}-W${week}`, more: `${a.task.globalId}/${b.task.globalId}` })]
    }),
  )
}

function groundShared(a: Candidate, b: Candidate): { area: number; place: Vec3 } | null {
  if (a.bounds.max[2] < b.bounds.min[2] || b.bounds.max[2] < a.bounds.min[2]) return null
  const [p, q] = [outlineOf(a), outlineOf(b)]
  const both = isConvex(q) ? common(p, q) : isConvex(p) ? common(q, p) : []
  const area = Math.abs(areaOf(both))
  if (area < LEAST) return null
  const sum = both.reduce(([x, y], [u, v]) => [x + u, y + v], [0, 0])
  return { area, place: [sum[0] / both.length, sum[1] / both.length, Math.max(a.bounds.min[2], b.bounds.min[2])] }
}

/** Local times of one site: read as if they were UTC, so that the result is the same in every time zone. */
function at(text: string): number {
  return Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`)
}

/** Week of ISO 8601: that of the Thursday nearest to the day. */
function weekOf(time: number): { year: number; week: number } {
  const day = Math.floor(time / DAY)
  // 1970-01-01 was a Thursday.
  const thursday = day - ((((day + 3) % 7) + 7) % 7) + 3
  let year = 1970 + Math.floor(thursday / 365.2425)
  if (Date.UTC(year + 1, 0, 1) <= thursday * DAY) year++
  if (Date.UTC(year, 0, 1) > thursday * DAY) year--
  return { year, week: 1 + Math.floor((thursday - Date.UTC(year, 0, 1) / DAY) / 7) }
}
