import { describe, expect, it } from 'vitest'
import { clashesOfTruth, compareWithTruth, TRUTH_THERE } from '../support/clash-truth.ts'

describe.skipIf(!TRUTH_THERE)('real models against an independent exact program (skipped where the shared data is absent)', () => {
  it.each(['schep.jordahl-steel', 'schep.steel-floors'])('%s: every hard pair, no false one, gaps to a micrometre', async (name) => {
    const { wrong, ratios } = compareWithTruth((await clashesOfTruth(name)).clashes, name)
    expect(wrong).toEqual([])
    expect(ratios[Math.floor(0.9 * ratios.length)]).toBeLessThanOrEqual(1.04)
  })
})
