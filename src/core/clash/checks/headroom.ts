import { compareBodies } from '../compare.ts'
import type { Check, Finding } from '../types.ts'
import { type CheckedWorld, finding, select } from './world.ts'

/** Deeper in the zone than this is in it [m]. */
const IN = 0.002

/** What hangs into a zone that people walk in: headroom left under it against the height of the zone. */
export function checkHeadroom(check: Extract<Check, { kind: 'headroom' }>, world: CheckedWorld): Finding[] {
  const services = select(world, check.of)
  return select(world, check.zones).flatMap((zone) => {
    const space = world.body(zone)
    if (!space) return []
    const { min, max } = zone.bounds
    return services.flatMap((service) => {
      const { bounds } = service
      for (let c = 0; c < 3; c++) if (bounds.min[c] >= max[c] - IN || bounds.max[c] <= min[c] + IN) return []
      const body = world.body(service)
      const found = body && compareBodies(body, space, 0, IN)
      if (!found?.depth || found.depth <= IN) return []
      const bottom = Math.max(bounds.min[2], min[2])
      const [x, y] = found.points[0]
      const figures = { headroom_m: bottom - min[2], required_m: max[2] - min[2], into_m: max[2] - bottom }
      return [
        finding(check, 'soft', service, zone, {
          figures,
          points: [
            [x, y, bottom],
            [x, y, min[2]],
          ],
          group: `${world.runOf(service)} × ${zone.element.name}`,
        }),
      ]
    })
  })
}
