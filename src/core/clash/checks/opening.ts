import type { Body } from '../body.ts'
import { isInside } from '../bvh.ts'
import type { Candidate } from '../select.ts'
import type { Check, Finding } from '../types.ts'
import { axisOf, type CheckedWorld, finding, select } from './world.ts'

/** The way through a host, as a multiple of its middle extent, up to which it leads across. */
const ACROSS = 2
/** Places tried along an axis. */
const STEPS = 256

/** What runs right through a host: its axis enters and leaves the body, for which there is no opening. */
export function checkOpening(check: Extract<Check, { kind: 'opening' }>, world: CheckedWorld): Finding[] {
  const key = (model: string, index: number) => `${model}/${index}`
  const services = new Map(select(world, check.of).map((one) => [key(one.model.id, one.element.index), one]))
  const hosts = new Map(select(world, check.through).map((one) => [key(one.model.id, one.element.index), one]))
  return world.clashes.flatMap(({ kind, a, b, depth, points }) => {
    if (kind !== 'hard') return []
    const [one, two] = [key(a.model, a.index), key(b.model, b.index)]
    const service = services.get(one) ?? services.get(two)
    const host = hosts.get(one) ?? hosts.get(two)
    const body = host && world.body(host)
    if (!service || !host || !body || service === host || !runsThrough(service, host, body)) return []
    return [
      finding(check, 'rule', service, host, {
        figures: { depth_m: depth ?? 0 },
        points,
        group: `${world.runOf(service)} × ${host.element.tag || host.element.globalId}`,
      }),
    ]
  })
}

function runsThrough(service: Candidate, host: Candidate, body: Body): boolean {
  const axis = axisOf(service)
  if (!axis) return false
  // Only the stretch of the axis in the host's box matters.
  let [near, far] = [0, 1]
  for (let c = 0; c < 3; c++) {
    const d = axis.to[c] - axis.from[c]
    const [low, high] = [host.bounds.min[c] - axis.from[c], host.bounds.max[c] - axis.from[c]]
    if (d === 0) {
      if (low > 0 || high < 0) return false
      continue
    }
    near = Math.max(near, Math.min(low / d, high / d))
    far = Math.min(far, Math.max(low / d, high / d))
  }
  if (near >= far || near <= 0 || far >= 1) return false
  const size = [0, 1, 2].map((c) => host.bounds.max[c] - host.bounds.min[c]).sort((p, q) => p - q)
  const length = Math.sqrt([0, 1, 2].reduce((sum, c) => sum + (axis.to[c] - axis.from[c]) ** 2, 0))
  // What lies along a beam does not run through it.
  if ((far - near) * length > ACROSS * size[1]) return false
  for (let k = 0; k < STEPS; k++) {
    const f = near + ((far - near) * (k + 0.5)) / STEPS
    const [x, y, z] = [0, 1, 2].map((c) => axis.from[c] + f * (axis.to[c] - axis.from[c]))
    if (body.pieces.some((piece) => isInside(piece.bvh, x, y, z))) return true
  }
  return false
}
