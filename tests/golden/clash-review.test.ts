import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readZip } from '@/core/base/zip'
import { readBcf } from '@/core/review'
import { smallIfc } from '../support/small-ifc.ts'
import { foresite } from '../support/terminal.ts'

/** The wall stands in the way of the first pipe. */
const meeting =
  (x = 2000, y = 0) =>
  (text: string) =>
    text.replace('#54=IFCCARTESIANPOINT((0.,5000.,0.))', `#54=IFCCARTESIANPOINT((${x}.,${y}.,0.))`)
/** Not one GlobalId survives. */
const anew = (text: string) => text.replaceAll(/'0{19,21}([0-9a-z]{1,3})'/g, (_, end: string) => `'1${'0'.repeat(21 - end.length)}${end}'`)

let folder: string
const file = (name: string) => join(folder, name)
const write = (name: string, change: (text: string) => string) => writeFileSync(file(name), smallIfc(change))
const run = (...args: string[]) => foresite(['clash', ...args, '--self', '--json', '--quiet', '--lang', 'en'])
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'foresite-'))
  write('first.ifc', meeting())
  write('same.ifc', (text) => anew(meeting()(text)))
  write('fixed.ifc', (text) => anew(meeting(2000, 400)(text)))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('clashes in a pipeline', () => {
  it('compares with a baseline though no GlobalId survives, fails on new and worse, and writes BCF and reports', async () => {
    const first = await run(file('first.ifc'), '--bcf', file('first.bcf'), '--report', file('first.html'))
    expect(first.status, first.stderr).toBe(0)
    const before = JSON.parse(first.stdout)
    const hard = before.clashes.filter(({ kind }: { kind: string }) => kind === 'hard')
    expect(hard.length).toBeGreaterThan(0)
    writeFileSync(file('first.json'), first.stdout)

    const same = await run(file('same.ifc'), '--baseline', file('first.json'), '--fail-on', 'worse')
    expect(same.status, same.stderr).toBe(0)
    const now = JSON.parse(same.stdout)
    expect(now.baseline.counts).toMatchObject({ new: 0, worse: 0, resolved: 0, still: before.clashes.length })
    const told = (document: { clashes: Record<string, string>[] }, what: string) => document.clashes.map((one) => one[what]).sort()
    expect(told(now, 'key')).toEqual(told(before, 'key'))
    expect(new Set(told(now, 'status'))).toEqual(new Set(['still']))
    expect(told(now, 'id')).not.toEqual(told(before, 'id'))
    expect(new Set(Object.values(now.baseline.knownBy))).toEqual(new Set(['geometry']))

    const fixed = JSON.parse((await run(file('fixed.ifc'), '--baseline', file('first.json'))).stdout)
    expect(fixed.baseline.gone.find(({ key }: { key: string }) => key === hard[0].key)).toMatchObject({ outcome: 'resolved', why: 'apart' })
    writeFileSync(file('fixed.json'), JSON.stringify(fixed))
    const back = await run(file('first.ifc'), '--baseline', file('fixed.json'), '--fail-on', 'new')
    expect(back.status).toBe(10)

    const { archive, refused, problems } = readBcf(new Uint8Array(readFileSync(file('first.bcf'))), 'first.bcf')
    expect([refused, problems]).toEqual([0, []])
    expect(archive.topics).toHaveLength(before.clashes.length)
    const [topic] = archive.topics
    expect(topic.viewpoints[0].selection.map(({ globalId }) => globalId).sort()).toEqual([before.clashes[0].a.globalId, before.clashes[0].b.globalId].sort())
    expect(topic.header[0].name).toBe('first.ifc')
    expect(readFileSync(file('first.html'), 'utf8')).toContain(before.resultHash)
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
    expect(readZip(new Uint8Array(readFileSync(file('first.bcf')))).map(({ name }) => name)).toContain(`${topic.guid}/viewpoint.bcfv`)
  }, 120_000)

  it('says in words what is wrong with a baseline', async () => {
    writeFileSync(file('other.json'), '{"version":1,"models":[]}')
    const wrong = await run(file('first.ifc'), '--baseline', file('other.json'))
    expect(wrong.status).toBe(2)
    expect(JSON.parse(wrong.stdout).problems[0].message.en).toContain('missing')
    expect((await run(file('first.ifc'), '--fail-on', 'new')).status).toBe(2)
  })
})
