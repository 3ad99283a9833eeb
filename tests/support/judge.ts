import { mkdirSync, writeFileSync } from 'node:fs'
import { afterAll, expect } from 'vitest'

/** One line of the trust page: what was measured in which case, against which limit. */
export interface Judgement {
  readonly case: string
  readonly source: string
  readonly measure: string
  /** How fine: cell size or number of cells, in words. */
  readonly at: string
  readonly error: number
  readonly limit: number
}

/** A judge for one case: every measured error must be under its limit, and all are kept in `.cache/validation` for the trust page. */
export function makeJudge(name: string, source: string): (measure: string, at: string, error: number, limit: number) => void {
  const kept: Judgement[] = []
  afterAll(() => {
    const folder = new URL('../../.cache/validation/', import.meta.url)
    mkdirSync(folder, { recursive: true })
    writeFileSync(new URL(`${name.replaceAll(/[^a-z0-9]+/gi, '-')}.json`, folder), JSON.stringify(kept))
  })
  return (measure, at, error, limit) => {
    kept.push({ case: name, source, measure, at, error, limit })
    expect(error, `${name}: ${measure} at ${at}`).toBeLessThanOrEqual(limit)
  }
}
