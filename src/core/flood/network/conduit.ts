import { power } from './powers.ts'
import { criticalDepth, makeSection, normalDepth, type Section, type Slot, twoThirds } from './sections.ts'
import type { Conduit, DrainNetwork, DrainNode } from './types.ts'

const G = 9.81
/** Depth below which an end counts as dry [m]. */
const DRY = 3e-5
/** No water runs faster in a pipe [m/s]: guards the first moments of a dry one. */
const FASTEST = 15
/** A level conduit counts as falling by this much in its drawn direction [m] (0.001 ft, as in SWMM): else uniform flow would have no meaning in it. */
const LEAST_FALL = 3.048e-4

/** A conduit over a run: what moves in it, and what its step needs to know again. */
export interface Channel {
  readonly conduit: Conduit
  readonly section: Section
  /** Bed slope in the drawn direction, never 0 [–]. */
  readonly slope: number
  /** One of its ends is an outfall. */
  readonly ends: boolean
  /** Its end hangs over the bed of its node, so that water may fall out of it. */
  readonly hangs: { readonly from: boolean; readonly to: boolean }
  flow: number
  /** Area halfway at the last step [m²]. */
  area: number
  /** g A / L: how strongly a difference of level drives it [m²/s²·1/m]. */
  pull: number
}

export function makeChannel(conduit: Conduit, slot: Slot, from: DrainNode, to: DrainNode): Channel {
  const fall = conduit.invertFrom - conduit.invertTo
  return {
    conduit,
    section: makeSection(conduit.section, slot),
    slope: (Math.abs(fall) < LEAST_FALL ? LEAST_FALL : fall) / conduit.length,
    ends: from.kind === 'outfall' || to.kind === 'outfall',
    hangs: { from: conduit.invertFrom > from.invert + 1e-6, to: conduit.invertTo > to.invert + 1e-6 },
    flow: conduit.startFlow,
    area: 0,
    pull: 0,
  }
}

/** Depth with which `flow` leaves the end of a conduit freely: critical or normal, the lower [m]. */
export function leavingDepth({ conduit, section, slope }: Channel, flow: number, towards: 'from' | 'to'): { critical: number; normal: number } {
  const each = Math.abs(flow) / conduit.barrels
  const down = towards === 'to' ? slope : -slope
  return { critical: criticalDepth(section, each), normal: normalDepth(section, conduit.manning, down, each) }
}

/**
 * The flow after dt [s] between two levels, by the momentum equation of the reach as one piece (as SWMM's dynamic wave has it):
 * ∂Q/∂t = −gA ∂H/∂x − gA S_f + 2v ∂A/∂t + v² ∂A/∂x, areas halfway, moved upstream and without the inertial terms as the flow becomes
 * supercritical; friction and local losses wholly implicit, q + k q|q| = q*.
 */
export function advanceChannel(channel: Channel, network: DrainNetwork, from: number, to: number, dt: number): number {
  const { conduit, section, slope, hangs } = channel
  const old = channel.flow / conduit.barrels
  let y1 = from > conduit.invertFrom ? from - conduit.invertFrom : 0
  let y2 = to > conduit.invertTo ? to - conduit.invertTo : 0
  if (old > 0 && hangs.to && y2 < section.full) y2 = Math.max(y2, falling(channel, old, 'to'))
  if (old < 0 && hangs.from && y1 < section.full) y1 = Math.max(y1, falling(channel, old, 'from'))
  if (y1 <= DRY && y2 <= DRY) return rest(channel)
  const e1 = conduit.invertFrom + y1
  const e2 = conduit.invertTo + y2
  const full = section.closed && y1 >= section.full && y2 >= section.full
  if (section.closed && network.slot === 'narrow') {
    y1 = Math.min(y1, section.full)
    y2 = Math.min(y2, section.full)
  }
  const middle = (y1 + y2) / 2
  const [a1, a2, area] = [section.area(y1), section.area(y2), section.area(middle)]
  const width = section.width(middle)
  let v = area > 0 ? old / area : 0
  v = v > FASTEST ? FASTEST : v < -FASTEST ? -FASTEST : v
  const froude = full ? 0 : Math.abs(v) / Math.sqrt((G * area) / width)
  // 1 for subcritical flow, 0 from critical on.
  const calm = froude <= 0.5 ? 1 : froude >= 1 ? 0 : 2 * (1 - froude)
  const inertia = full ? 0 : network.inertia === 'whole' ? 1 : network.inertia === 'none' ? 0 : calm
  let weighted = area
  let radius = section.radius(middle)
  // Fast flow is steered from above; up the bed it cannot be fast for long.
  if (!full && calm < 1 && old * slope > 0 && (e1 - e2) * slope >= 0) {
    const [above, areaAbove] = slope > 0 ? [y1, a1] : [y2, a2]
    weighted = areaAbove + (area - areaAbove) * calm
    radius = section.radius(above) + (radius - section.radius(above)) * calm
  }
  if (weighted <= 0 || radius <= 0) return rest(channel)
  channel.pull = ((G * weighted) / conduit.length) * conduit.barrels
  const grown = channel.area > 0 ? area - channel.area : 0
  channel.area = area
  const driven = old + (G * dt * weighted * (e1 - e2)) / conduit.length + inertia * (2 * v * grown + (dt * v * v * (a2 - a1)) / conduit.length)
  const lost = conduit.losses.entry + conduit.losses.exit + conduit.losses.along
  let q: number
  if (full && conduit.section.kind === 'force-main') q = pressed(network, conduit, conduit.section, driven, weighted, radius, dt, lost)
  else {
    const third = twoThirds(radius)
    const k = dt * ((G * conduit.manning * conduit.manning) / (weighted * third * third) + lost / (2 * conduit.length * weighted))
    q = (2 * driven) / (1 + Math.sqrt(1 + 4 * k * Math.abs(driven)))
  }
  if (q > 0) {
    if (y1 <= DRY) q = 0
    else if (y1 < section.full) q = bounded(channel, network, q, slope, y1, a1, y2)
  } else if (q < 0) {
    if (y2 <= DRY || conduit.flap) q = 0
    else if (y2 < section.full) q = -bounded(channel, network, -q, -slope, y2, a2, y1)
  }
  const all = q * conduit.barrels
  return all > conduit.mostFlow ? conduit.mostFlow : all < -conduit.mostFlow ? -conduit.mostFlow : all
}

function rest(channel: Channel): number {
  channel.area = 0
  channel.pull = 0
  return 0
}

function falling(channel: Channel, flow: number, towards: 'from' | 'to'): number {
  const { critical, normal } = leavingDepth(channel, flow * channel.conduit.barrels, towards)
  return Math.min(critical, normal)
}

/** Supercritical flow, or one that runs towards deeper water, is held to uniform flow at its upstream depth (SWMM's NORMAL_FLOW_LIMITED). */
function bounded({ section, conduit, ends }: Channel, { normalFlow }: DrainNetwork, q: number, slope: number, y: number, area: number, beyond: number): number {
  if (slope <= 0 || normalFlow === 'none' || area <= 0) return q
  const rising = normalFlow !== 'froude' && y < beyond
  const fast = normalFlow !== 'slope' && !ends && (q * q * section.width(y)) / (G * area * area * area) >= 1
  if (!rising && !fast) return q
  const uniform = (Math.sqrt(slope) / conduit.manning) * area * twoThirds(section.radius(y))
  return q < uniform ? q : uniform
}

/** A full pressure main: Hazen–Williams S = (v / (0.849 C R^0.63))^1.852, or Darcy–Weisbach S = f v² / (8 g R), f by Swamee–Jain for rough flow. */
function pressed(
  { forceMain }: DrainNetwork,
  conduit: Conduit,
  { roughness }: { readonly roughness: number },
  driven: number,
  area: number,
  radius: number,
  dt: number,
  lost: number,
): number {
  const local = (dt * lost) / (2 * conduit.length * area)
  const size = Math.abs(driven)
  if (size === 0) return 0
  let k: (q: number) => number
  if (forceMain === 'hazen-williams') {
    const unit = (dt * G * area) / power(0.849 * roughness * power(radius, 0.63) * area, 1.852)
    k = (q) => local + unit * power(q, -0.148)
  } else {
    const root = 4 * logTen(3.7 * ((4 * radius) / roughness)) * logTen(3.7 * ((4 * radius) / roughness))
    const f = 1 / root
    k = () => local + (dt * f) / (8 * radius * area)
  }
  // q + k(q) q² = size; the left side grows with q: halve.
  let [low, high] = [0, size]
  for (let n = 0; n < 60 && high - low > 1e-12 * size; n++) {
    const q = (low + high) / 2
    if (q + k(q) * q * q > size) high = q
    else low = q
  }
  return driven > 0 ? low : -low
}

/** log₁₀ x for x > 1, as the power to which ten must be raised. */
function logTen(x: number): number {
  let [low, high] = [0, 16]
  for (let n = 0; n < 60; n++) {
    const middle = (low + high) / 2
    if (power(10, middle) < x) low = middle
    else high = middle
  }
  return (low + high) / 2
}
