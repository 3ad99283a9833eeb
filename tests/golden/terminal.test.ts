import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { COMMANDS } from '../../src/cli/commands.ts'
import { COMMAND_WORDS } from '../../src/messages/cli.ts'
import { smallIfc } from '../support/small-ifc.ts'
import { foresite } from '../support/terminal.ts'

const STORY = resolve(import.meta.dirname, '../../scenarios/a-planned.json')
const MODELS = resolve(import.meta.dirname, '../../models')
let folder: string
const file = (name: string) => join(folder, name)
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'foresite-'))
  writeFileSync(file('empty.ifc'), '')
  writeFileSync(file('page.ifc'), '<!DOCTYPE html><html></html>')
  writeFileSync(file('small.ifc'), smallIfc())
  writeFileSync(file('broken.json'), '{"version": 1,')
  writeFileSync(file('empty.json'), '  ')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A story with a change, its models named in full. */
function story(
  name: string,
  change: (json: Record<string, never> & { pumps: Record<string, unknown>[]; models: { path: string; sha256?: string }[] }) => void,
): string {
  const json = JSON.parse(readFileSync(STORY, 'utf8'))
  for (const model of json.models) model.path = join(MODELS, model.path.split('/').pop())
  json.cell = '4 m'
  json.duration = '2 min'
  change(json)
  writeFileSync(file(name), JSON.stringify(json))
  return file(name)
}
const document = (text: string) => JSON.parse(text)
/** The published schema, as anyone outside reads it. */
async function published(name: string): Promise<z.ZodType> {
  const { status, stdout } = await foresite(['schema', name])
  expect(status).toBe(0)
  return z.fromJSONSchema(document(stdout))
}

describe('the terminal', () => {
  it('shows help in both languages, for all and for each command, and its version', async () => {
    for (const [lang, word] of [
      ['zh-CN', '退出码'],
      ['en', 'bad input'],
    ]) {
      const all = await foresite(['--help', '--lang', lang])
      expect(all.status).toBe(0)
      for (const { name } of COMMANDS) expect(all.stdout).toContain(`foresite ${name}`)
      expect(all.stdout).toContain(word)
    }
    const run = await foresite(['run', '--help', '--lang', 'en'])
    expect(run.stdout).toContain('--until')
    expect((await foresite(['--version'])).stdout).toMatch(/^foresite \d+\.\d+\.\d+\n$/)
  })

  it('words every option of every command', () => {
    for (const { name, options } of COMMANDS) expect(Object.keys(COMMAND_WORDS[name].options).sort(), name).toEqual(Object.keys(options).sort())
  })

  const wrong: readonly (readonly [string, () => string[], number, string, string])[] = [
    ['an unknown command', () => ['rum', STORY], 2, 'parse.choice', ''],
    ['an unknown option', () => ['run', STORY, '--cells', '1m'], 2, 'parse.unknownKey', ''],
    ['an unknown language', () => ['check', STORY, '--lang', 'fr'], 2, 'parse.choice', '--lang'],
    ['an option without its value', () => ['run', STORY, '--cell'], 2, 'parse.missing', ''],
    ['an unknown kernel', () => ['run', STORY, '--kernel', 'constructor'], 2, 'parse.choice', '--kernel'],
    ['no number of workers', () => ['run', STORY, '--workers', 'many'], 2, 'parse.range', '--workers'],
    ['a cell in kilograms', () => ['run', STORY, '--cell', '1kg'], 2, 'parse.unit', '--cell'],
    ['a cell out of range', () => ['run', STORY, '--cell', '1km'], 2, 'parse.range', 'cell'],
    ['too many cells', () => ['run', story('fine.json', (json) => void delete json.area), '--cell', '0.1m'], 4, 'site.tooManyCells', ''],
    ['a scenario that is not there', () => ['check', file('nowhere.json')], 2, 'file.notFound', 'nowhere.json'],
    ['an empty scenario', () => ['check', file('empty.json')], 2, 'file.empty', 'empty.json'],
    ['a scenario cut off', () => ['check', file('broken.json')], 2, 'parse.json', 'broken.json'],
    [
      'a scenario in which a key is unknown',
      () => ['check', story('key.json', ({ pumps }) => void (pumps[2].capacity = '5 L/s'))],
      2,
      'parse.unknownKey',
      'pumps[2].capacity',
    ],
    [
      'a scenario whose discharge node is missing',
      () => ['check', story('node.json', ({ pumps }) => void (pumps[2].discharge = { node: 'J9' }))],
      2,
      'scenario.unknown',
      'pumps[2].discharge.node',
    ],
    ['a missing model', () => ['run', story('model.json', ({ models }) => void (models[1].path = file('none.ifc')))], 2, 'file.notFound', 'none.ifc'],
    ['an empty model', () => ['run', STORY, '--model', file('empty.ifc')], 2, 'file.empty', 'empty.ifc'],
    ['a model that is no IFC', () => ['run', STORY, '--model', file('page.ifc')], 2, 'ifc.notIfc', 'page.ifc'],
    ['a clash of what is no IFC', () => ['clash', file('page.ifc'), file('empty.ifc')], 2, 'ifc.notIfc', 'page.ifc'],
    ['a look into what is no IFC', () => ['inspect', file('page.ifc')], 2, 'ifc.notIfc', 'page.ifc'],
    ['a query that is none', () => ['inspect', file('small.ifc'), '--where', 'IfcWal and ('], 2, 'selector.unknownClass', '--where'],
    [
      'a rule that asks for properties',
      () => {
        const side = { where: 'IfcWall and .Width > 1 m' }
        writeFileSync(
          file('rules.json'),
          JSON.stringify({
            version: 1,
            tolerance: '2 mm',
            hollow: 'filled',
            rules: [{ id: 'r', a: side, b: { where: 'IfcSlab' }, find: ['hard'] }],
            clearances: [],
          }),
        )
        return ['clash', file('small.ifc'), '--rules', file('rules.json')]
      },
      2,
      'selector.needsProperties',
      'rules[0].a.where',
    ],
    ['a report of what is no run', () => ['report', STORY], 2, 'parse.missing', 'a-planned.json: scenarioHash'],
  ]
  it.each(wrong)('refuses %s', async (_what, args, status, key, path) => {
    const ended = await foresite([...args(), '--json'])
    expect(ended.status, ended.stderr).toBe(status)
    const { problems } = document(ended.stdout) as { problems: { key: string; path: string; facts: object; message: { zh: string; en: string } }[] }
    const found = problems.find((one) => one.key === key && one.path.endsWith(path))
    expect(found, ended.stdout).toBeDefined()
    expect(found?.message.zh.length).toBeGreaterThan(3)
    expect(found?.message.en.length).toBeGreaterThan(3)
    expect(ended.stderr.length).toBeGreaterThan(5)
  })

  it('only warns of a model that is another by its name', async () => {
    const { status, stdout } = await foresite(['check', story('hash.json', ({ models }) => void (models[2].sha256 = '0'.repeat(64))), '--json'])
    expect(status).toBe(0)
    expect(document(stdout).problems.find(({ key }: { key: string }) => key === 'scenario.hash')).toMatchObject({
      path: 'models[2].sha256',
      severity: 'warning',
    })
  })

  it('stops at Ctrl+C in the middle of a run, soon, and leaves nothing half-written', async () => {
    const begun = performance.now()
    const args = ['run', STORY, '--cell', '2m', '--series', file('half.csv'), '--json', '--lang', 'en']
    const { status, stdout } = await foresite(args, { interruptAt: 'simulated 10 min' })
    expect(status).toBe(130)
    expect(stdout).toBe('')
    expect(readdirSync(folder).filter((name) => name.includes('half'))).toEqual([])
    expect(performance.now() - begun).toBeLessThan(40_000)
  })

  it('prints documents that keep to the published schemas', async () => {
    const run = await foresite(['run', story('run.json', () => {}), '--json', '--quiet', '--series', file('run.csv')])
    expect(run.status, run.stderr).toBe(0)
    writeFileSync(file('run.out.json'), run.stdout)
    const csv = readFileSync(file('run.csv'), 'utf8').trim().split('\n')
    expect(csv).toHaveLength(1 + 2)
    expect(csv[0]).toContain('GAP_volume_m3')
    const small = file('small.ifc')
    const documents = {
      run: run.stdout,
      report: (await foresite(['report', file('run.out.json'), file('run.out.json'), '--json'])).stdout,
      inspect: (await foresite(['inspect', small, '--where', 'IfcElement', '--json', '--quiet'])).stdout,
      clash: (await foresite(['clash', small, '--self', '--json', '--quiet'])).stdout,
    }
    for (const [name, text] of Object.entries(documents)) {
      const checked = (await published(name)).safeParse(document(text))
      expect(checked.error?.issues ?? [], name).toEqual([])
      expect((await published(name)).safeParse({ ...document(text), version: 2 }).success, name).toBe(false)
    }
    const [inspected] = document(documents.inspect).files
    expect(inspected.elements.length).toBe(inspected.matches)
    expect(inspected.matches).toBeGreaterThan(0)
    const scenario = await published('scenario')
    for (const name of readdirSync(resolve(STORY, '..')))
      expect(scenario.safeParse(document(readFileSync(resolve(STORY, '..', name), 'utf8'))).error?.issues ?? [], name).toEqual([])
    expect(scenario.safeParse({ ...document(readFileSync(STORY, 'utf8')), cell: '1 kg' }).success).toBe(false)
    expect(scenario.safeParse({ ...document(readFileSync(STORY, 'utf8')), cells: '1 m' }).success).toBe(false)
  })

  it('says the same numbers again, whatever the threads and the order of the models', async () => {
    const path = story('again.json', () => {})
    const names = (document(readFileSync(path, 'utf8')) as { models: { path: string }[] }).models.map((model) => model.path)
    const one = document((await foresite(['run', path, '--json', '--quiet', '--workers', '1'])).stdout)
    const two = document((await foresite(['run', path, '--json', '--quiet', '--workers', '2', '--model', ...names.reverse()])).stdout)
    expect(one.resultHash).toMatch(/^[0-9a-f]{64}$/)
    expect(two.resultHash).toBe(one.resultHash)
    expect(two.scenarioHash).toBe(one.scenarioHash)
    expect(one).toMatchObject({ kernel: 'cpu', cell_m: 4, simulated_s: 120 })
  })

  it('compares two versions of a model as its schema says, and tells by its exit that something changed', async () => {
    writeFileSync(
      file('moved.ifc'),
      smallIfc((text) => text.replace('#21=IFCCARTESIANPOINT((1000.,0.,500.))', '#21=IFCCARTESIANPOINT((1000.,250.,500.))')),
    )
    const same = await foresite(['compare', file('small.ifc'), file('small.ifc'), '--json', '--fail-on', 'changes'])
    expect(same.status).toBe(0)
    const { status, stdout } = await foresite(['compare', file('small.ifc'), file('moved.ifc'), '--json', '--fail-on', 'changes'])
    expect(status).toBe(10)
    expect((await published('compare')).safeParse(document(stdout)).error).toBeUndefined()
    expect(document(stdout)).toMatchObject({ counts: { added: 0, removed: 0, moved: 1, reshaped: 0 }, changed: [{ after: { tag: 'P-1' } }] })
    const words = await foresite(['compare', file('small.ifc'), file('moved.ifc'), '--lang', 'zh-CN'])
    expect(words.stdout).toContain('移动 1')
    expect((await foresite(['compare', file('small.ifc')])).status).toBe(2)
  })
})
