import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { foresite } from '../support/terminal.ts'

const STORIES = resolve(import.meta.dirname, '../../scenarios')
let folder: string
const file = (name: string) => join(folder, name)
const PLAN = {
  version: 1,
  title: { zh: '比选', en: 'Comparison' },
  base: join(STORIES, 'a-planned.json'),
  common: [
    { path: 'cell', to: '4 m' },
    { path: 'duration', to: '4 min' },
    { path: 'storm.factor', to: 1 },
  ],
  variants: [{ id: 'A' }, { id: 'C', scenario: join(STORIES, 'c-moved-station.json') }],
  sampling: { samples: 2, seed: 3, ranges: [{ path: 'storm.factor', times: [0.8, 1.2] }] },
}
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'foresite-sweep-'))
  writeFileSync(file('plan.json'), JSON.stringify(PLAN))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const document = (text: string) => JSON.parse(text)

it('a sweep goes on where it was stopped; what others computed is collected bit for bit', async () => {
  const stopped = await foresite(['sweep', file('plan.json'), '--workers', '1', '--lang', 'en'], { interruptAt: 'done 2 / 6' })
  expect(stopped.status).toBe(130)
  const kept = readdirSync(file('plan.runs'))
  expect(kept.length).toBeGreaterThanOrEqual(2)
  expect(kept.length).toBeLessThan(6)
  expect(kept.every((name) => /^[0-9a-f]{64}\.json$/.test(name))).toBe(true)
  const missing = await foresite(['sweep', file('plan.json'), '--collect', file('plan.runs'), '--json'])
  expect(missing.status).toBe(2)
  expect(document(missing.stdout).problems[0]).toMatchObject({ key: 'decide.missingRuns', facts: { missing: 6 - kept.length, total: 6 } })

  // A file that was damaged counts as missing, and is said.
  const damaged = join(file('plan.runs'), kept[0])
  writeFileSync(damaged, readFileSync(damaged, 'utf8').replace(/"value":\d/, '"value":9'))
  const done = await foresite(['sweep', file('plan.json'), '--workers', '2', '--json', '--lang', 'en'])
  expect(done.status, done.stderr).toBe(0)
  expect(done.stderr).toContain('is not the run that the plan asks for')

  // The same jobs one by one, as GNU parallel or Slurm start them, the last one first and twice.
  await foresite(['sweep', file('plan.json'), '--out', file('others'), '--emit', file('jobs.txt')])
  const lines = readFileSync(file('jobs.txt'), 'utf8').trim().split('\n')
  expect(lines).toHaveLength(6)
  for (const line of [lines[5], lines[5]]) execFileSync('/bin/sh', ['-c', line])
  for (const name of readdirSync(file('others'))) expect(readFileSync(join(file('others'), name))).toEqual(readFileSync(join(file('plan.runs'), name)))
  expect(readdirSync(file('others'))).toHaveLength(1)
  await foresite(['sweep', file('plan.json'), '--emit', file('slurm.sh')])
  expect(readFileSync(file('slurm.sh'), 'utf8')).toContain('--array=1-6')

  const collected = await foresite(['sweep', file('plan.json'), '--collect', file('plan.runs'), '--json'])
  expect(collected.stdout).toBe(done.stdout)
  const published = async (name: string) => z.fromJSONSchema(document((await foresite(['schema', name])).stdout))
  expect((await published('sweep')).safeParse(document(done.stdout)).error?.issues ?? []).toEqual([])
  expect((await published('plan')).safeParse(PLAN).error?.issues ?? []).toEqual([])
  const record = document(readFileSync(damaged, 'utf8')).record
  expect((await published('record')).safeParse(record).error?.issues ?? []).toEqual([])

  const { cases, bands, variants } = document(done.stdout)
  expect(cases.map(({ job, variant, sample }: { job: number; variant: string; sample: number | null }) => [job, variant, sample])).toEqual([
    [1, 'A', null],
    [2, 'A', 1],
    [3, 'A', 2],
    [4, 'C', null],
    [5, 'C', 1],
    [6, 'C', 2],
  ])
  expect(new Set(cases.map(({ key }: { key: string }) => key)).size).toBe(6)
  expect(
    bands.find(({ variant, id, subject }: { variant: string; id: string; subject: string }) => variant === 'C' && id === 'freeboard' && subject === 'DB0'),
  ).toMatchObject({
    samples: 2,
  })
  expect(variants[1].difference.en).toContain('all discharge to RM5 instead of J3')
}, 400_000)

it('says what is wrong with a plan before anything runs', async () => {
  const wrong = { ...PLAN, variants: [{ id: 'A', changes: [{ path: 'pumps[P-09].start', to: '1 m' }] }] }
  writeFileSync(file('wrong.json'), JSON.stringify(wrong))
  const ended = await foresite(['sweep', file('wrong.json'), '--json'])
  expect(ended.status).toBe(2)
  expect(document(ended.stdout).problems[0]).toMatchObject({ key: 'decide.path', path: 'wrong.json: variants[0].changes[0].path' })
  const unit = { ...PLAN, conditions: [{ id: 'x', changes: [{ path: 'storm.returnPeriod', to: '20 kg' }] }] }
  writeFileSync(file('unit.json'), JSON.stringify(unit))
  expect(document((await foresite(['sweep', file('unit.json'), '--json'])).stdout).problems[0]).toMatchObject({
    key: 'parse.unit',
    path: 'A / x: storm.returnPeriod',
  })
  expect((await foresite(['sweep', file('plan.json'), '--job', '7', '--json'])).status).toBe(2)
})
