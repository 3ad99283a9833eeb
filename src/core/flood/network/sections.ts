import { powMinus43 } from '../kernels/cpu/laws.ts'
import { arcsine, power } from './powers.ts'
import type { SectionShape } from './types.ts'

const G = 9.81
/** Width of the slot of a well surcharged section, as a share of its greatest width. */
const SLOT = 0.01
/** Depth over diameter at which a circular pipe carries most. */
const FULLEST = 0.938

/**
 * `wide`: the slot of Sjöberg (1981), 0.5423 e^(−(y/D)^2.4) of the width, narrowing to 1 % at 1.78 D: softens the blow as a conduit fills, and
 * holds some water of its own. `narrow`: 1 % from the crown on.
 */
export type Slot = 'wide' | 'narrow'

/** A cross-section by depth. Above the crown of a closed one a slot stands (Preissmann), so that pressure is a level like any other. */
export interface Section {
  /** Height [m]. */
  readonly full: number
  readonly closed: boolean
  area(y: number): number
  /** Width of the water's surface [m]. */
  width(y: number): number
  /** Hydraulic radius [m]. */
  radius(y: number): number
  /** Depth of greatest conveyance [m]. */
  readonly fullest: number
}

export function makeSection(shape: SectionShape, slot: Slot): Section {
  if (shape.kind === 'trapezoid') return trapezoid(shape.height, shape.bottom, shape.left, shape.right)
  return shape.kind === 'box' ? box(shape.height, shape.width, slot) : circle(shape.diameter, slot)
}

function slotWidth(slot: Slot, share: number): number {
  if (slot === 'narrow' || share > 1.78) return SLOT
  return 0.5423 * power(Math.E, -power(share, 2.4))
}

function circle(diameter: number, slot: Slot): Section {
  const r = diameter / 2
  const fullArea = Math.PI * r * r
  /** Half the angle that the water spans [rad]. */
  const angle = (y: number) => 2 * arcsine(Math.sqrt(y / diameter))
  const area = (y: number) => {
    if (y <= 0) return 0
    if (y >= diameter) return fullArea + (y - diameter) * slotWidth(slot, y / diameter) * diameter
    const share = y / diameter
    return r * r * (angle(y) - (1 - 2 * share) * 2 * Math.sqrt(share * (1 - share)))
  }
  return {
    full: diameter,
    closed: true,
    fullest: FULLEST * diameter,
    area,
    width(y) {
      if (y <= 0) return 0
      const chord = y < diameter ? 2 * Math.sqrt(y * (diameter - y)) : 0
      // Well below the crown no slot is wider than the water.
      return y < 0.9 * diameter ? chord : Math.max(chord, slotWidth(slot, y / diameter) * diameter)
    },
    radius: (y) => (y <= 0 ? 0 : y >= diameter ? r / 2 : area(y) / (2 * r * angle(y))),
  }
}

function box(height: number, width: number, slot: Slot): Section {
  return {
    full: height,
    closed: true,
    fullest: height,
    area: (y) => (y <= 0 ? 0 : y >= height ? height * width + (y - height) * slotWidth(slot, y / height) * width : y * width),
    width: (y) => (y < 0 ? 0 : y >= height ? slotWidth(slot, y / height) * width : width),
    radius: (y) => (y <= 0 ? 0 : y >= height ? (height * width) / (2 * (height + width)) : (y * width) / (width + 2 * y)),
  }
}

function trapezoid(height: number, bottom: number, left: number, right: number): Section {
  const sides = Math.sqrt(1 + left * left) + Math.sqrt(1 + right * right)
  const spread = left + right
  const area = (y: number): number => (y <= 0 ? 0 : y <= height ? y * (bottom + 0.5 * spread * y) : area(height) + (y - height) * (bottom + spread * height))
  return {
    full: height,
    closed: false,
    fullest: height,
    area,
    width: (y) => (y < 0 ? 0 : bottom + spread * Math.min(y, height)),
    // Above its banks the walls go on straight up.
    radius: (y) => (y <= 0 ? 0 : area(y) / (bottom + sides * Math.min(y, height) + 2 * Math.max(0, y - height))),
  }
}

/** R^(2/3) of a hydraulic radius [m^(2/3)]. */
export function twoThirds(radius: number): number {
  return radius <= 0 ? 0 : 1 / Math.sqrt(powMinus43(radius))
}

/** Depth at which uniform flow on `slope` carries `flow` [m]; the full height where none does. */
export function normalDepth(section: Section, manning: number, slope: number, flow: number): number {
  if (slope <= 0) return section.full
  const wanted = (flow * manning) / Math.sqrt(slope)
  return depthWhere(section.fullest, section.full, (y) => section.area(y) * twoThirds(section.radius(y)) >= wanted)
}

/** Depth at which `flow` is critical [m]: Q² W = g A³; the full height where none is. */
export function criticalDepth(section: Section, flow: number): number {
  return depthWhere(section.full, section.full, (y) => {
    const area = section.area(y)
    return G * area * area * area >= flow * flow * section.width(y)
  })
}

/** The least depth that is enough, by halving, to a hundredth of a millimetre. */
function depthWhere(top: number, otherwise: number, enough: (y: number) => boolean): number {
  let high = top * (1 - 1e-12)
  if (!enough(high)) return otherwise
  let low = 0
  while (high - low > 1e-5) {
    const middle = (low + high) / 2
    if (enough(middle)) high = middle
    else low = middle
  }
  return (low + high) / 2
}
