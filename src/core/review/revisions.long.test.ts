import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Workers } from '@/compute/pool'
import { finish } from '@/core/base/job'
import { importModel } from '@/core/ifc'
import { builtWorkers } from '../../../tests/support/node-workers.ts'
import { type ElementTrace, matchElements, sameSize, tracesOf } from './index.ts'

const DATA = resolve(import.meta.dirname, '../../../../shared/data/ifc/schependomlaan/revisions')
const PAIRS = existsSync(DATA) ? readdirSync(DATA).filter((name) => name.endsWith('.old.ifc')) : []
let workers: Workers
beforeAll(async () => {
  workers = await builtWorkers({ engines: 2 })
})
afterAll(() => workers.close())

/** Both in one frame: world coordinates. */
async function elementsOf(name: string): Promise<ElementTrace[]> {
  const { model, close } = await finish(importModel({ name, bytes: new Uint8Array(readFileSync(join(DATA, name))) }, workers, new AbortController().signal))
  close()
  return tracesOf([model]).filter(({ center }) => center !== null)
}
const within = (a: ElementTrace, b: ElementTrace, reach: number) => a.center!.every((at, axis) => Math.abs(at - b.center![axis]) <= reach)
const couldBe = (a: ElementTrace, b: ElementTrace) => a.class === b.class && sameSize(a, b) && within(a, b, 0.5)

describe.skipIf(PAIRS.length === 0)('re-exports in which no GlobalId survives (absent here: shared/data)', () => {
  it.each(PAIRS)('%s: whoever has a partner finds one, and none of another size', async (name) => {
    const [old, fresh] = [await elementsOf(name), await elementsOf(name.replace('.old.', '.new.'))]
    const ids = new Set(fresh.map(({ globalId }) => globalId))
    expect(old.filter(({ globalId }) => ids.has(globalId))).toEqual([])
    const matches = matchElements(old, fresh)
    const taken = matches.flatMap((match) => (match ? [match.now] : []))
    expect(new Set(taken).size).toBe(taken.length)
    let [withPartner, matched] = [0, 0]
    old.forEach((one, k) => {
      const match = matches[k]
      const partners = fresh.flatMap((other, j) => (couldBe(one, other) ? [j] : []))
      if (match) {
        matched++
        expect(sameSize(one, fresh[match.now])).toBe(true)
        expect(fresh[match.now].class).toBe(one.class)
      }
      if (partners.length === 0) return
      withPartner++
      // Without a match only where every partner went to another that could be it.
      if (!match) for (const j of partners) expect(taken).toContain(j)
    })
    console.log(`${name}: ${old.length} → ${fresh.length}, with a partner ${withPartner}, matched ${matched}`)
    expect(matched).toBeGreaterThanOrEqual(withPartner * 0.95)
  })
})
