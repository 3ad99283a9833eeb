import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Workers } from '@/compute/pool'
import { fuzz, fuzzedFiles } from '../../../tests/support/fuzz-ifc.ts'
import { builtWorkers } from '../../../tests/support/node-workers.ts'

/** Seconds without a heartbeat. */
const PATIENCE = 5
let workers: Workers
beforeAll(async () => {
  workers = await builtWorkers({ engines: 1, patience: PATIENCE })
})
afterAll(() => workers.close())

it.each(fuzzedFiles())('$name: 50 mutants end as loaded, loaded with findings or refused, and the healthy file is the same after them', async (file) => {
  const outcomes = await fuzz(file, 50, 11, workers)
  expect(outcomes.wrong).toEqual([])
  expect(outcomes.whole + outcomes.findings + outcomes.refused).toBe(50)
  expect(outcomes.findings).toBeGreaterThan(5)
  expect(outcomes.slowest).toBeLessThan(2 * PATIENCE + 10)
})
