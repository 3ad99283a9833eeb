import type { Words } from '@/messages/language'

/** 'water' is how it would look; the others are data in exact legend colours. */
export type WaterLook = 'water' | 'depth' | 'velocity'

/** Values in [from, to) have this colour, sRGB 0…255, in the picture as in the legend. */
export interface LegendClass {
  readonly from: number
  readonly to: number
  readonly color: readonly [number, number, number]
}
export interface Legend {
  readonly look: WaterLook
  readonly name: Words
  readonly unit: string
  /** Rising; a value below the first `from` has no colour. */
  readonly classes: readonly LegendClass[]
}

/** The classes of Chinese practice for ponding: below 5 cm nobody is asked to act. A single hue that darkens: readable without colour vision. */
export const DEPTH_LEGEND: Legend = {
  look: 'depth',
  name: { zh: '水深', en: 'Depth' },
  unit: 'm',
  classes: [
    { from: 0.01, to: 0.05, color: [222, 240, 250] },
    { from: 0.05, to: 0.15, color: [175, 217, 240] },
    { from: 0.15, to: 0.3, color: [115, 184, 224] },
    { from: 0.3, to: 0.5, color: [58, 144, 202] },
    { from: 0.5, to: 1, color: [24, 99, 168] },
    { from: 1, to: 2, color: [19, 60, 125] },
    { from: 2, to: Number.POSITIVE_INFINITY, color: [38, 22, 76] },
  ],
}

/** Velocity: 0.5 m/s is hard to wade in knee-deep, above 2 m/s adults are swept away. Perceptually ordered from pale to dark. */
export const VELOCITY_LEGEND: Legend = {
  look: 'velocity',
  name: { zh: '流速', en: 'Velocity' },
  unit: 'm/s',
  classes: [
    { from: 0, to: 0.1, color: [253, 245, 205] },
    { from: 0.1, to: 0.25, color: [250, 217, 135] },
    { from: 0.25, to: 0.5, color: [245, 173, 82] },
    { from: 0.5, to: 1, color: [226, 117, 55] },
    { from: 1, to: 2, color: [184, 62, 54] },
    { from: 2, to: Number.POSITIVE_INFINITY, color: [110, 20, 62] },
  ],
}

/** Depth of one run less that of another: blue where there is less, orange where there is more; alike, nothing. Told apart without red and green. */
export const DIFFERENCE_CLASSES: readonly LegendClass[] = [
  { from: Number.NEGATIVE_INFINITY, to: -0.3, color: [5, 60, 120] },
  { from: -0.3, to: -0.1, color: [40, 120, 190] },
  { from: -0.1, to: -0.02, color: [150, 200, 235] },
  { from: 0.02, to: 0.1, color: [253, 205, 140] },
  { from: 0.1, to: 0.3, color: [235, 125, 40] },
  { from: 0.3, to: Number.POSITIVE_INFINITY, color: [150, 55, 5] },
]

/** Thinner water is not drawn with data colours [m]. */
export const SHOWN_DEPTH = 0.01

export function legendOf(look: WaterLook): Legend | null {
  return look === 'depth' ? DEPTH_LEGEND : look === 'velocity' ? VELOCITY_LEGEND : null
}

/** The colour a value is drawn with, or null. */
export function colorOf(legend: Legend, value: number): readonly [number, number, number] | null {
  return legend.classes.find((c) => value >= c.from && value < c.to)?.color ?? null
}
