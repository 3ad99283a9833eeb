import { clip, DRY, frictionSpeed, G, powMinus43, STILL, villemonte } from './laws.ts'
import type { OpenSide, Runs } from './lay-out.ts'
import type { SpecialFace } from './split-faces.ts'

/** What a face is computed from, seen along its axis: `u`, `q` on its own faces, `v`, `qt` on the transverse ones; `along`, `across` are the strides. */
export interface Sight {
  readonly along: number
  readonly across: number
  readonly dx: number
  readonly h: Float64Array
  readonly z: Float64Array
  readonly n: Float64Array
  readonly runoff: Float64Array
  readonly u: Float64Array
  readonly q: Float64Array
  readonly v: Float64Array
  readonly qt: Float64Array
  readonly uNew: Float64Array
  readonly qNew: Float64Array
  readonly moved: Float64Array
}

/** New velocity, unit discharge and moved volume on ordinary faces: `flood.md` 2, steps 1–6, after Stelling & Duinmeijer (2003). */
export function stepOrdinary({ along, across, dx, h, z, n, runoff, u, q, v, qt, uNew, qNew, moved }: Sight, faces: Runs, dt: number, rain: number): void {
  const courant = dt / dx
  const gravity = G * courant
  const manning = 0.25 * G * dt
  const wetting = dx * rain
  for (let k = 0; k < faces.length; k += 2)
    for (let L = faces[k]; L < faces[k + 1]; L++) {
      const R = L + along
      const hL = h[L]
      const hR = h[R]
      uNew[L] = 0
      qNew[L] = 0
      moved[L] = 0
      if (hL <= DRY && hR <= DRY) continue
      let mean = 0.5 * (hL + hR)
      if (mean < DRY) mean = DRY
      const kappa = (0.5 * courant) / mean
      const u0 = u[L]
      const q0 = q[L]
      let a = kappa * (q[L - along] + q0)
      let b = kappa * (q0 + q[R])
      let c = kappa * (qt[L - across] + qt[R - across])
      let d = kappa * (qt[L] + qt[R])
      a = a < 0 ? 0 : a > 1 ? 1 : a
      b = b > 0 ? 0 : b < -1 ? -1 : b
      c = c < 0 ? 0 : c > 1 ? 1 : c
      d = d > 0 ? 0 : d < -1 ? -1 : d
      // Pairs of terms that mirror or swap axes are added first, so that a symmetric flow stays symmetric to the last bit.
      const advection = a * (u0 - u[L - along]) + b * (u[R] - u0) + (c * (u0 - u[L - across]) + d * (u[L + across] - u0))
      const zL = z[L]
      const zR = z[R]
      const wL = zL + hL
      const wR = zR + hR
      let left = wL
      let right = wR
      if (hR <= DRY && zR > wL) right = wL
      else if (hL <= DRY && zL > wR) left = wR
      let star = u0 - advection - gravity * (right - left)
      // Rain brings no momentum.
      if (rain > 0) star /= 1 + wetting * (runoff[L] + runoff[R]) * kappa
      const sill = 0.5 * (zL + zR)
      let depth: number
      if (star >= 0) {
        depth = wL - sill
        if (depth > hL) depth = hL
      } else {
        depth = wR - sill
        if (depth > hR) depth = hR
      }
      if (depth <= DRY || (star < STILL && star > -STILL)) continue
      const rough = n[L] + n[R]
      const cross = 0.25 * (v[L] + v[R] + (v[L - across] + v[R - across]))
      const speed = frictionSpeed(star < 0 ? -star : star, manning * (rough * rough) * powMinus43(depth), cross)
      const next = star < 0 ? -speed : speed
      uNew[L] = next
      qNew[L] = next * depth
      moved[L] = next * depth * courant
    }
}

/** New velocity and unit discharge over crests and steps: `flood.md` 3, free and drowned. */
export function stepSpecial(alongX: Sight, alongY: Sight, faces: readonly SpecialFace[], dt: number, rain: number): void {
  for (let k = 0; k < faces.length; k++) {
    const face = faces[k]
    const { along, across, dx, h, z: floor, n: manning, runoff, u, q, v, qt, uNew, qNew, moved } = face.axis === 'x' ? alongX : alongY
    const L = face.p
    const R = L + along
    const zc = face.crest
    uNew[L] = 0
    qNew[L] = 0
    moved[L] = 0
    const wL = floor[L] + h[L]
    const wR = floor[R] + h[R]
    if ((h[L] <= DRY || wL <= zc + DRY) && (h[R] <= DRY || wR <= zc + DRY)) continue
    let mean = 0.5 * (h[L] + h[R])
    if (mean < DRY) mean = DRY
    const kappa = (0.5 * dt) / (dx * mean)
    const u0 = u[L]
    const q0 = q[L]
    const a = clip(kappa * (q[L - along] + q0), 0, 1)
    const b = clip(kappa * (q0 + q[R]), -1, 0)
    const c = clip(kappa * (qt[L - across] + qt[R - across]), 0, 1)
    const d = clip(kappa * (qt[L] + qt[R]), -1, 0)
    const advection = a * (u0 - u[L - along]) + b * (u[R] - u0) + (c * (u0 - u[L - across]) + d * (u[L + across] - u0))
    const pressure = (G * dt * ((wR > zc ? wR : zc) - (wL > zc ? wL : zc))) / dx
    const wet = 1 + (dt * rain * (runoff[L] + runoff[R])) / (2 * mean)
    const east = u0 - advection - pressure >= 0
    const sign = east ? 1 : -1
    const up = east ? L : R
    const over = (east ? wL : wR) - zc
    if (h[up] <= DRY || over <= DRY) continue
    const behind = east ? L - along : R
    const beyond = east ? L - along : R + along
    let approach = (sign * 0.5 * (q[behind] + q0)) / h[up]
    if (approach < 0) approach = 0
    if (zc <= floor[up] && sign * u[behind] > approach) approach = sign * u[behind]
    const tail = (east ? wR : wL) - zc
    const n = 0.5 * (manning[L] + manning[R])
    const cross = 0.25 * (v[L] + v[R] + (v[L - across] + v[R - across]))
    let energy = over + (approach * approach) / (2 * G)
    if (tail <= (2 * energy) / 3 || approach * approach > G * over) {
      // Free, or the approach is supercritical. The crest lies half a cell from the cell's centre.
      const fall = (east ? face.runsLeft : face.runsRight) && floor[beyond] > floor[up] ? 0.5 * (floor[beyond] - floor[up]) : 0
      const star = sign * ((u0 - advection - pressure) / wet) + (G * dt * fall) / (dx * wet)
      energy -= clip(0.5 * dx * n * n * approach * approach * powMinus43(h[up]) - fall, 0, energy / 3)
      const critical = (2 * energy) / 3
      let speed = star > STILL ? frictionSpeed(star, 0.5 * G * n * n * dt * powMinus43(over), cross) : 0
      let flow = speed * over
      let most = face.coefficient * Math.sqrt(G) * critical * Math.sqrt(critical)
      if (face.thin && tail > 0) most *= villemonte(tail / energy)
      if (flow > most) {
        flow = most
        const contracted = tail > critical ? tail : critical
        speed = flow / (over < contracted ? over : contracted)
      }
      uNew[L] = sign * speed
      qNew[L] = sign * flow
      moved[L] = (sign * flow * dt) / dx
      continue
    }
    // Drowned: Bernoulli with inertia and an implicit local loss, back to a plain face where the crest is well under water.
    const rise = zc - (floor[L] < floor[R] ? floor[L] : floor[R])
    const least = over < tail ? over : tail
    const plain = rise > 0 ? clip(least / rise - 1, 0, 1) : 1
    const head = energy - tail
    let loss = 1
    if (head > 0) {
      const critical = (2 * energy) / 3
      const law = face.thin
        ? face.coefficient * Math.sqrt(G) * critical * Math.sqrt(critical) * villemonte(tail / energy)
        : face.coefficient * tail * Math.sqrt(2 * G * head)
      const k2 = law > 0 ? (2 * G * head * least * least) / (law * law) : 1
      if (k2 > 1) loss = k2
    }
    const star = (u0 - plain * advection - pressure + (sign * (1 - plain) * G * dt * (energy - over)) / dx) / wet
    const depth = least + plain * (over - least)
    const local = ((1 - plain) * loss * dt) / (2 * dx)
    const size = star < 0 ? -star : star
    if (size < STILL) continue
    const speed = frictionSpeed((2 * size) / (1 + Math.sqrt(1 + 4 * local * size)), G * n * n * dt * powMinus43(depth), cross)
    uNew[L] = star < 0 ? -speed : speed
    qNew[L] = uNew[L] * depth
    moved[L] = (qNew[L] * dt) / dx
  }
}

/** Open sides let water out and never in: at the critical discharge of the depth that stands there, q = √g (2E/3)^1.5 with E = h. */
export function stepSides(alongX: Sight, alongY: Sight, sides: readonly OpenSide[], dt: number): void {
  for (let k = 0; k < sides.length; k++) {
    const { p, face, axis, out } = sides[k]
    const { h, dx, qNew, moved } = axis === 'x' ? alongX : alongY
    const critical = (2 * h[p]) / 3
    const flow = h[p] > DRY ? Math.sqrt(G * critical) * critical : 0
    qNew[face] = out * flow
    moved[face] = (out * flow * dt) / dx
  }
}
