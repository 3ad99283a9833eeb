import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { sha256Hex } from '@/core/base/hash'
import { finish } from '@/core/base/job'
import { importModel, inlinePool } from '@/core/ifc'
import type { SiteModel } from '@/core/model'
import { type FloodWritten, kinds } from '@/scenarios'
import { AS_DESIGNED, type Site } from '../../models/station/site.ts'
import { buildStation } from '../../models/station.site.ts'

const read = (name: string) => JSON.parse(readFileSync(new URL(`../../scenarios/${name}.json`, import.meta.url), 'utf8')) as FloodWritten

async function modelsOf(site: Site): Promise<SiteModel[]> {
  const pool = inlinePool()
  const models: SiteModel[] = []
  for (const { name, bytes } of await buildStation(site)) models.push((await finish(importModel({ name, bytes }, pool, new AbortController().signal))).model)
  return models
}
async function overGap(story: string, models: readonly SiteModel[], returnPeriod: string): Promise<number> {
  const written = read(story)
  const parsed = kinds.flood.parse({
    ...written,
    models: written.models.map(({ path }) => ({ path })),
    cell: '2 m',
    duration: '90 min',
    storm: { ...written.storm, returnPeriod },
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  const world = kinds.flood.prepare(parsed.value, models)
  if (!world.ok) throw new Error(JSON.stringify(world.problems))
  const result = await finish(kinds.flood.simulate({ scenario: parsed.value, world: world.value }, new AbortController().signal))
  expect(Math.abs(result.balance.errorRelative)).toBeLessThan(1e-9)
  return result.openings.find(({ id }) => id === 'GAP')?.volume ?? Number.NaN
}

it('follows a changed recipe alone: a higher sill lets less in, a gap further from the low point too, and the order of the layouts holds', async () => {
  const designed = await modelsOf(AS_DESIGNED)
  const { from, to, sill } = AS_DESIGNED.gap
  const higher = await modelsOf({ ...AS_DESIGNED, gap: { from, to, sill: sill + 0.1 } })
  const west = await modelsOf({ ...AS_DESIGNED, gap: { from: from - 10, to: to - 10, sill: sill + 0.1 } })
  const asDesigned = await overGap('a-planned', designed, '20 a')
  const withHigherSill = await overGap('a-planned', higher, '20 a')
  const furtherWest = await overGap('a-planned', west, '20 a')
  expect(asDesigned).toBeGreaterThan(50)
  expect(withHigherSill).toBeLessThan(0.6 * asDesigned)
  expect(furtherWest).toBeLessThan(0.7 * asDesigned)
  const moved = await overGap('c-moved-station', designed, '20 a')
  const boarded = await overGap('d-stop-logs', designed, '20 a')
  expect(boarded).toBeLessThan(1)
  expect(moved).toBeLessThan(asDesigned)
})

it('the stories name the committed models by their content', () => {
  for (const story of ['a-planned', 'b-more-pumps', 'c-moved-station', 'd-stop-logs', 'z-zhengzhou'])
    for (const { path, sha256 } of read(story).models)
      expect(sha256, `${story} ${path}: npm run models mends this`).toBe(
        sha256Hex(new Uint8Array(readFileSync(new URL(path, new URL('../../scenarios/', import.meta.url))))),
      )
})
