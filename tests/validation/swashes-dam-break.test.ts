/**
 * The dam breaks of SWASHES (Delestre et al. 2013): 10 m, h_l 5 mm, h_r 1 mm (Stoker 1957) or dry (Ritter 1892), at 6 s, frictionless. Limits at 200
 * cells 1 and 2 % (`flood.md` 4); a local inertial scheme is off by 17 and 22 %.
 */
import { it } from 'vitest'
import { channel } from '../support/channel.ts'
import { l1 } from '../support/flood-grid.ts'
import { makeJudge } from '../support/judge.ts'

const judge = makeJudge('Dam breaks of SWASHES', 'Stoker 1957, Ritter 1892; SWASHES')
const [g, hl, hr, t] = [9.81, 0.005, 0.001, 6]
/** Middle state from −8 g h_r c² (√(g h_l) − c)² + (c² − g h_r)² (c² + g h_r) = 0. */
function middle(): number {
  const f = (c: number) => -8 * g * hr * c * c * (Math.sqrt(g * hl) - c) ** 2 + (c * c - g * hr) ** 2 * (c * c + g * hr)
  let [low, high] = [Math.sqrt(g * hr), Math.sqrt(g * hl)]
  for (let k = 0; k < 100; k++) {
    const c = (low + high) / 2
    if (f(c) > 0) high = c
    else low = c
  }
  return low
}
const cm = middle()
const cl = Math.sqrt(g * hl)
const fan = (s: number) => (4 / (9 * g)) * (cl - s / (2 * t)) ** 2
const stoker = (s: number) =>
  s < -cl * t ? hl : s < (2 * cl - 3 * cm) * t ? fan(s) : s < ((2 * cm * cm * (cl - cm)) / (cm * cm - g * hr)) * t ? (cm * cm) / g : hr
const ritter = (s: number) => (s < -cl * t ? hl : s < 2 * cl * t ? fan(s) : 0)

it.each([
  [100, 0.015, 0.026],
  [200, 0.01, 0.02],
])('at %i cells', (n, wet, dry) => {
  const cell = 10 / n
  for (const [name, right, exact, limit] of [
    ['wet bed', hr, stoker, wet],
    ['dry bed', 0, ritter, dry],
  ] as const) {
    const run = channel({ cell, from: -5, to: 5, bed: () => 0, depth: (x) => (x < 0 ? hl : right), end: 'wall' })
    run.advance(t)
    judge(`${name}, depth L1`, `${n} cells`, l1(run.depths(), run.xs.map(exact)), limit)
  }
})
