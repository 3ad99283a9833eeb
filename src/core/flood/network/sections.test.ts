import { describe, expect, it } from 'vitest'
import { makeBasin } from './basin.ts'
import { criticalDepth, makeSection, normalDepth } from './sections.ts'

describe('cross-sections', () => {
  const pipe = makeSection({ kind: 'circular', diameter: 0.4 }, 'narrow')
  it('holds what its width adds up to', () => {
    for (const section of [
      pipe,
      makeSection({ kind: 'circular', diameter: 1.5 }, 'wide'),
      makeSection({ kind: 'box', height: 2, width: 3 }, 'wide'),
      makeSection({ kind: 'trapezoid', height: 1.2, bottom: 0.6, left: 1.5, right: 0.5 }, 'narrow'),
    ]) {
      let sum = 0
      const top = section.full * 0.98
      const parts = 200_000
      for (let k = 0; k < parts; k++) sum += (section.width(((k + 0.5) / parts) * top) * top) / parts
      // Up to where a slot takes over from a narrowing crown.
      expect(Math.abs(sum - section.area(top))).toBeLessThan(2e-3 * section.area(top))
    }
  })
  it('runs full with Manning’s flow, and half full with half of it', () => {
    const full = (1 / 0.013) * pipe.area(0.4) * 0.1 ** (2 / 3) * Math.sqrt(0.01)
    expect(pipe.radius(0.4)).toBeCloseTo(0.1, 12)
    expect(Math.abs(normalDepth(pipe, 0.013, 0.01, full / 2) - 0.2)).toBeLessThan(1e-4)
    expect(normalDepth(pipe, 0.013, 0.01, 2 * full)).toBe(0.4)
  })
  it('is critical in a rectangle at the cube root of q²/g', () => {
    const channel = makeSection({ kind: 'trapezoid', height: 3, bottom: 2, left: 0, right: 0 }, 'narrow')
    expect(Math.abs(criticalDepth(channel, 4) - (4 / 9.81) ** (1 / 3))).toBeLessThan(2e-5)
  })
})

it('finds the level of every volume, and the volume of every level', () => {
  const basin = makeBasin([0, 1, 2, 3, 5], (level) => (level < 1 ? 4 * level : level < 2 ? 10 : level < 3 ? 0.02 : 7 - level))
  let before = -1
  for (let k = 0; k <= 6000; k++) {
    const level = k / 1000
    const volume = basin.volumeAt(level)
    expect(volume).toBeGreaterThan(before)
    expect(Math.abs(basin.levelAt(volume) - level)).toBeLessThan(1e-7)
    before = volume
  }
})
