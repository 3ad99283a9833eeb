import { describe, expect, it } from 'vitest'
import { clashesOfTruth, compareWithTruth, TRUTH_THERE, truthNames } from '../support/clash-truth.ts'

describe.skipIf(!TRUTH_THERE)('all real models against an independent exact program (skipped where the shared data is absent)', () => {
  it.each(truthNames())('%s: every hard pair, no false one, gaps to a micrometre', async (name) => {
    const { wrong, ratios } = compareWithTruth((await clashesOfTruth(name)).clashes, name)
    expect(wrong).toEqual([])
    if (ratios.length > 0) expect(ratios[Math.floor(0.9 * ratios.length)]).toBeLessThanOrEqual(1.04)
  })
})
