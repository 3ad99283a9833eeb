import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { CHAIN } from '../support/network-file.ts'
import { foresite } from '../support/terminal.ts'

let folder: string
const file = (name: string) => join(folder, name)
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'foresite-network-'))
  writeFileSync(file('chain.inp'), CHAIN)
  writeFileSync(file('wrong.inp'), CHAIN.replace('FLOW_UNITS LPS', 'FLOW_UNITS PINTS').replace('R1 S1 S2 SIDE 1.2', 'R1 S1 S2 SIDE -1'))
  writeFileSync(file('long.inp'), CHAIN.replace('END_DATE 07/20/2021', 'END_DATE 10/20/2021'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a SWMM network from the terminal', () => {
  it('runs alone: a document by the published schema, and a series with the columns of its kind', async () => {
    const { status, stdout, stderr } = await foresite(['run', file('chain.inp'), '--series', file('out.csv'), '--json', '--lang', 'en', '--fail-on', 'balance'])
    expect(status, stderr).toBe(0)
    const document = JSON.parse(stdout)
    const schema = z.fromJSONSchema(JSON.parse((await foresite(['schema', 'run'])).stdout))
    expect(schema.safeParse(document).error?.issues ?? []).toEqual([])
    expect(schema.safeParse({ ...document, nodes: [{ id: 'S1' }] }).success).toBe(false)
    expect(document).toMatchObject({ version: 1, kind: 'network', title: { en: 'chain' }, simulated_s: 7200, models: [] })
    expect(Math.abs(document.balance.error_rel)).toBeLessThan(1e-9)
    expect(document.pumps[0].starts).toBeGreaterThan(0)
    expect(document.events.map(({ what }: { what: string }) => what)).toContain('gate-shuts')
    expect(stderr).toContain('P1 starts')

    const [head, ...rows] = readFileSync(file('out.csv'), 'utf8').trim().split('\n')
    expect(head).toBe(
      't_s,M1_depth,M1_head,M1_volume,M1_overflow,M1_flooding,S1_depth,S1_head,S1_volume,S1_overflow,S1_flooding,S2_depth,S2_head,S2_volume,S2_overflow,S2_flooding,O1_depth,O1_head,C1_flow,P1_flow,R1_flow,W1_flow',
    )
    expect(rows).toHaveLength(120)
    expect(rows.map((row) => Number(row.split(',')[0]))).toEqual(Array.from({ length: 120 }, (_, k) => (k + 1) * 60))
    // The store's volume is its depth times its area.
    const [, , , , , , depth, , volume] = rows[60].split(',').map(Number)
    expect(volume).toBeCloseTo(50 * depth, 6)
  })

  it('says in words what came of it, in both languages, and stops where it is told', async () => {
    const zh = await foresite(['run', file('chain.inp'), '--quiet', '--lang', 'zh-CN', '--until', '30min'])
    expect(zh.stdout).toContain('水量误差')
    const en = await foresite(['run', file('chain.inp'), '--quiet', '--lang', 'en', '--until', '1800'])
    expect(en.stdout).toContain('volume error')
    expect(en.stderr).toBe('')
  })

  it('names every problem with its line, and runs nothing', async () => {
    for (const command of ['run', 'check']) {
      const { status, stdout, stderr } = await foresite([command, file('wrong.inp'), '--json', '--lang', 'en'])
      expect(status).toBe(2)
      const problems = (JSON.parse(stdout) as { problems: { key: string; path: string }[] }).problems.map(({ key, path }) => `${path} ${key}`)
      expect(problems).toEqual(['wrong.inp:4 inp.units', 'wrong.inp:24 inp.sill'])
      expect(stderr).toContain('PINTS')
    }
    expect((await foresite(['check', file('chain.inp'), '--lang', 'en'])).stdout).toContain('Ready to run')
    const option = await foresite(['run', file('chain.inp'), '--cell', '1m', '--json'])
    expect([option.status, JSON.parse(option.stdout).problems[0].key]).toEqual([2, 'network.option'])
    expect((await foresite(['run', file('none.inp')])).status).toBe(2)
  })

  it('stops at Ctrl+C and leaves nothing half-written', async () => {
    const { status, stdout } = await foresite(['run', file('long.inp'), '--series', file('half.csv'), '--json', '--lang', 'en'], {
      interruptAt: 'simulated ',
    })
    expect([status, stdout]).toEqual([130, ''])
    expect(readdirSync(folder).filter((name) => name.includes('half'))).toEqual([])
  })
})

describe('a rehearsal over a SWMM network', () => {
  const story = (name: string, path: string) => {
    const models = resolve(import.meta.dirname, '../../models')
    const json = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../scenarios/a-planned.json'), 'utf8'))
    for (const model of json.models) model.path = join(models, model.path.split('/').pop())
    const [inlet] = json.inlets
    Object.assign(json, { cell: '4 m', duration: '2 min', network: { path }, inlets: [...json.inlets.slice(1), { ...inlet, node: 'M1' }] })
    json.pumps[0].discharge = { node: 'M1' }
    writeFileSync(file(name), JSON.stringify(json))
    return file(name)
  }

  it('finds the file beside the scenario, and tells both balances', async () => {
    const { status, stdout, stderr } = await foresite([
      'run',
      story('over.json', 'chain.inp'),
      '--json',
      '--quiet',
      '--lang',
      'en',
      '--series',
      file('over.csv'),
    ])
    expect(status, stderr).toBe(0)
    expect(stderr).toContain('rim of manhole')
    const document = JSON.parse(stdout)
    const schema = z.fromJSONSchema(JSON.parse((await foresite(['schema', 'run'])).stdout))
    expect(schema.safeParse(document).error?.issues ?? []).toEqual([])
    expect(Math.abs(document.balance.error_rel)).toBeLessThan(1e-9)
    expect(Math.abs(document.network.balance.error_rel)).toBeLessThan(1e-9)
    expect(document.network.nodes.map(({ id }: { id: string }) => id)).toEqual(['M1', 'S1', 'S2', 'O1'])
    expect(readFileSync(file('over.csv'), 'utf8').split('\n')[0]).toContain('M1_level_m')
  })

  it('names what is wrong in it with its line, before anything is loaded', async () => {
    const wrong = await foresite(['check', story('wrong.json', 'wrong.inp'), '--json'])
    expect([wrong.status, JSON.parse(wrong.stdout).problems[0].path]).toEqual([2, 'wrong.inp:4'])
    const missing = await foresite(['run', story('missing.json', 'none.inp'), '--json'])
    expect([missing.status, JSON.parse(missing.stdout).problems[0].key]).toEqual([2, 'file.notFound'])
  })
})
