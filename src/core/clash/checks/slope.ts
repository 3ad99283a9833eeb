import { isA } from '@/core/model'
import type { Candidate } from '../select.ts'
import type { Check, Finding } from '../types.ts'
import { axisOf, type CheckedWorld, finding, select } from './world.ts'

/** A rise that is no rise: accuracy of levels in drawings [m], and per metre. */
const LEVEL = { absolute: 0.002, slope: 1e-4 }

/** Gravity pipes that rise in the direction they are drawn in. Risers and what a pump presses through do not count. */
export function checkSlope(check: Extract<Check, { kind: 'slope' }>, world: CheckedWorld): Finding[] {
  const pressed = underPressure(world)
  return select(world, check.of).flatMap((pipe) => {
    const axis = axisOf(pipe)
    if (!axis || pressed(pipe)) return []
    const { from, to } = axis
    const flat = Math.sqrt((to[0] - from[0]) ** 2 + (to[1] - from[1]) ** 2)
    const rise = to[2] - from[2]
    if (rise > flat || rise <= LEVEL.absolute + LEVEL.slope * flat) return []
    const figures = { rise_m: rise, length_m: flat, slope: rise / flat }
    return [finding(check, 'rule', pipe, null, { figures, points: [from, to], group: world.runOf(pipe) })]
  })
}

/** Parts that ports join to a pump without a chamber between. */
function underPressure({ models }: CheckedWorld): (candidate: Candidate) => boolean {
  const pressed = new Set<string>()
  for (const model of models) {
    const neighbours = new Map<number, number[]>()
    for (const [a, b] of model.joints) {
      neighbours.set(a, [...(neighbours.get(a) ?? []), b])
      neighbours.set(b, [...(neighbours.get(b) ?? []), a])
    }
    const waiting = model.elements.filter((element) => isA(element.class, 'IfcPump')).map(({ index }) => index)
    const seen = new Set(waiting)
    for (let k = waiting.pop(); k !== undefined; k = waiting.pop()) {
      pressed.add(`${model.id}/${k}`)
      for (const next of neighbours.get(k) ?? []) {
        const { class: name } = model.elements[next]
        if (seen.has(next) || !(isA(name, 'IfcFlowSegment') || isA(name, 'IfcFlowFitting') || isA(name, 'IfcFlowController'))) continue
        seen.add(next)
        waiting.push(next)
      }
    }
  }
  return ({ model, element }) => pressed.has(`${model.id}/${element.index}`)
}
