import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { finish } from '@/core/base/job'
import { type Clash, type ClashReport, DEFAULT_RULES, findClashes } from '@/core/clash'
import { importModel, inlinePool } from '@/core/ifc'
import type { SiteModel } from '@/core/model'

/** Answers of an independent program with exact predicates over pairs of real models (`shared/data/clash/README.md`). */
const DATA = '../shared/data'
export const TRUTH_THERE = existsSync(`${DATA}/clash/truth`)

interface Truth {
  readonly hard: readonly TruthPair[]
  readonly touch: readonly TruthPair[]
  readonly open: readonly TruthPair[]
  readonly near: readonly TruthPair[]
}
/** Names a pair of elements across files; `value`: depth or gap [m]. */
interface TruthPair {
  readonly key: string
  readonly value: number
  readonly contained: boolean
}
interface Written {
  readonly A: string
  readonly B: string
  readonly hard: readonly unknown[][]
  readonly touch: readonly unknown[][]
  readonly open: readonly unknown[][]
  readonly near: readonly unknown[][]
}

export function truthNames(): string[] {
  return TRUTH_THERE
    ? readdirSync(`${DATA}/clash/truth`)
        .filter((name) => name.endsWith('.truth.json'))
        .map((name) => name.slice(0, -11))
        .sort()
    : []
}

function readTruth(name: string): { truth: Truth; a: string[]; b: string[] | 'self' } {
  const file = JSON.parse(readFileSync(`${DATA}/clash/truth/${name}.truth.json`, 'utf8')) as Written
  const key = (row: readonly unknown[]) => pairKey(`${row[2]}/${row[0]}`, `${row[3]}/${row[1]}`)
  const pairs = (list: readonly unknown[][], value: (row: readonly unknown[]) => number): TruthPair[] =>
    list.map((row) => ({ key: key(row), value: value(row), contained: Number(row[7]) === 1 }))
  return {
    truth: {
      hard: pairs(file.hard, (row) => Math.max(Number(row[4]), Number(row[5]))),
      touch: pairs(file.touch, (row) => Number(row[4])),
      open: pairs(file.open, () => 0),
      near: pairs(file.near, (row) => Number(row[4])),
    },
    a: file.A.split(','),
    b: file.B === 'self' ? 'self' : file.B.split(','),
  }
}

function pairKey(one: string, two: string): string {
  return one < two ? `${one} ${two}` : `${two} ${one}`
}

/** Compares what the engine finds with the truth; each line says one thing that is wrong. `ratios`: found depth by true depth, sorted. */
export function compareWithTruth(clashes: readonly Clash[], name: string): { wrong: string[]; ratios: number[] } {
  const { truth, a, b } = readTruth(name)
  const [inA, inB] = [new Set(a), new Set(b === 'self' ? a : b)]
  const found = new Map<string, Clash>()
  for (const clash of clashes) {
    const [p, q] = [clash.a, clash.b]
    if ((inA.has(p.model) && inB.has(q.model)) || (inA.has(q.model) && inB.has(p.model)))
      found.set(pairKey(`${p.model}/${p.globalId}`, `${q.model}/${q.globalId}`), clash)
  }
  const wrong: string[] = []
  const say = (what: string, { key, value }: { key: string; value: number }): void => {
    const clash = found.get(key)
    wrong.push(`${what}: ${key}, truth ${value}, found ${clash ? `${clash.kind} ${clash.depth ?? ''} ${clash.gap}` : 'nothing'}`)
  }
  const isHard = (key: string): boolean => ['hard', 'duplicate'].includes(found.get(key)?.kind ?? '')
  const ratios: number[] = []
  for (const pair of truth.hard) {
    if (!isHard(pair.key)) say('hard, not found', pair)
    else if ((found.get(pair.key)?.depth ?? 0) < pair.value - ROUNDED) say('shallower than the lower bound', pair)
    ratios.push((found.get(pair.key)?.depth ?? 0) / pair.value)
  }
  for (const pair of truth.touch) {
    if (!found.has(pair.key)) say('meets, not found', pair)
    // Depths of the truth are at most 4 % low.
    if (isHard(pair.key) && pair.value < 0.96 * TOLERANCE) say('at most 2 mm deep, found hard', pair)
  }
  for (const pair of truth.near) {
    const clash = found.get(pair.key)
    if (pair.value >= CLEARANCE - ROUNDED ? clash && clash.kind !== 'clearance' : clash?.kind !== 'clearance') say('apart', pair)
    else if (clash && Math.abs((clash.gap ?? 9) - pair.value) > ROUNDED) say('gap', pair)
  }
  const known = new Set([...truth.hard, ...truth.touch, ...truth.open, ...truth.near].map(({ key }) => key))
  for (const key of found.keys()) if (!known.has(key)) say('not in the truth', { key, value: Number.NaN })
  return { wrong, ratios: ratios.sort((x, y) => x - y) }
}
const TOLERANCE = 0.002
export const CLEARANCE = 0.05
/** The truth is written to the micrometre. */
const ROUNDED = 1e-6

/** Models of the truth, every pair of them compared as it was there: engine's meshes of 12 facets a circle, hollows as modelled. */
export async function clashesOfTruth(name: string): Promise<ClashReport> {
  const { a, b } = readTruth(name)
  const models = (await importNamed([...a, ...(b === 'self' ? [] : b)], 12)).map(({ model }) => model)
  const rules = { ...DEFAULT_RULES, hollow: 'modelled' as const }
  const input = { models, rules, scope: b === 'self' ? ('self' as const) : ('all' as const), tolerance: null, clearance: CLEARANCE, segments: null }
  return finish(findClashes(input, new AbortController().signal))
}

/** Models by the names that the truth uses, each in its own frame; `segments` as the truth's web-ifc counts them, one more than the facets. */
async function importNamed(names: readonly string[], segments: number): Promise<{ name: string; model: SiteModel }[]> {
  const pool = inlinePool()
  const models: { name: string; model: SiteModel }[] = []
  for (const name of names) {
    const path = pathOf(name)
    const input = { name: path, id: name, bytes: new Uint8Array(readFileSync(path)), segments: segments - 1 }
    models.push({ name, model: (await finish(importModel(input, pool, new AbortController().signal))).model })
  }
  return models
}

const DRAINAGE: Readonly<Record<string, string>> = { d1: 'DrainageSystem-1-1.ifc', d2: 'DrainageSystem-1-2.ifc', d3: 'DrainageSystem-2.IFC' }
function pathOf(name: string): string {
  if (DRAINAGE[name]) return join(DATA, 'ifc/infra-unit', DRAINAGE[name])
  const folder = join(DATA, 'ifc/schependomlaan')
  const found = readdirSync(folder).find((file) => file.replace(/\.ifc$/i, '').replaceAll(' ', '_') === name)
  if (!found) throw new Error(`no model named ${name}`)
  return join(folder, found)
}
