import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Workers } from '@/compute/pool'
import { finish } from '@/core/base/job'
import { Failure } from '@/core/base/problem'
import { builtWorkers } from '../../../tests/support/node-workers.ts'
import { smallIfc } from '../../../tests/support/small-ifc.ts'
import { type ImportedModel, importModel } from './index.ts'

const DATA = resolve(import.meta.dirname, '../../../../shared/data')
const absent = !existsSync(DATA)
/** Seconds without a heartbeat. */
const PATIENCE = 5
let workers: Workers
beforeAll(async () => {
  workers = await builtWorkers({ engines: 2, patience: PATIENCE })
})
afterAll(() => workers.close())

function open(bytes: Uint8Array, name: string, signal = new AbortController().signal): Promise<ImportedModel> {
  return finish(importModel({ name, bytes }, workers, signal))
}
function read(...path: string[]): Uint8Array {
  return new Uint8Array(readFileSync(join(DATA, ...path)))
}
function accounted({ model }: ImportedModel): void {
  const { products, withBody, shown, simplified, voided, refused } = model.census
  expect(shown + simplified + voided + refused).toBe(withBody)
  expect(withBody).toBeLessThanOrEqual(products)
  for (const shape of model.shapes) if (!shape.positions.every(Number.isFinite)) throw new Error('a number is not finite')
}

describe.skipIf(absent)('files nobody here wrote (absent here: shared/data)', () => {
  const hostile = absent ? [] : readdirSync(join(DATA, 'hostile')).filter((name) => name.endsWith('.ifc'))
  it('ends on every hostile file, and the healthy one opens identically after each', async () => {
    const healthy = read('hostile', '00-good-reference.ifc')
    const first = await open(healthy, 'good.ifc')
    for (const name of hostile) {
      const imported = await open(read('hostile', name), name)
      accounted(imported)
      imported.close()
      const again = await open(healthy, 'good.ifc')
      expect(again.model, `after ${name}`).toEqual(first.model)
      again.close()
    }
    first.close()
  }, 300_000)

  it('shows a slab whose 400 holes take too long without them, and says so', async () => {
    const started = performance.now()
    const { model, close } = await open(read('hostile', '82-400openings.ifc'), '82.ifc')
    expect((performance.now() - started) / 1000).toBeLessThan(PATIENCE + 5)
    expect(model.census).toMatchObject({ shown: 5, simplified: 1, refused: 0 })
    expect(model.elements.find((e) => e.state === 'simplified')?.reason).toMatchObject({ key: 'ifc.uncut', facts: { openings: 400 } })
    close()
  })

  const files = absent
    ? []
    : readdirSync(join(DATA, 'ifc'), { recursive: true })
        .map(String)
        .filter((name) => /\.ifc$/i.test(name))
  it.each(files)('opens %s with no body lost', async (name) => {
    const imported = await open(read('ifc', name), name)
    accounted(imported)
    expect(imported.model.census.refused).toBe(0)
    expect(imported.model.census.simplified).toBe(0)
    imported.close()
  })

  it('gives all memory back: ten times open and close', async () => {
    const bytes = read('ifc', 'web-ifc-tests', 'Office_A_20110811.ifc')
    const cycle = async (): Promise<number> => {
      const { close } = await open(bytes, 'Office_A.ifc')
      close()
      await new Promise((resolve) => setTimeout(resolve, 200))
      globalThis.gc?.()
      return process.memoryUsage().rss
    }
    for (let k = 0; k < 3; k++) await cycle()
    const before = await cycle()
    let after = before
    for (let k = 0; k < 10; k++) after = await cycle()
    expect(after / before).toBeLessThan(1.1)
  }, 120_000)
})

it('stops within 100 ms when told to, in the middle of anything', async () => {
  const bytes = absent ? smallIfc() : read('hostile', '82-400openings.ifc')
  for (const delay of [0, 20, 300, 1500]) {
    const stop = new AbortController()
    const running = open(bytes, 'x.ifc', stop.signal).catch((error: unknown) => error)
    await new Promise((resolve) => setTimeout(resolve, delay))
    const told = performance.now()
    stop.abort(new Error('enough'))
    const end = await running
    if (end instanceof Error) expect(end.message).toBe('enough')
    expect(performance.now() - told, `after ${delay} ms`).toBeLessThan(100)
  }
})

it('ends on mutants of a whole file: loaded with findings or refused with a reason', async () => {
  const text = new TextDecoder().decode(smallIfc())
  const random = sequence(7)
  const outcomes = { whole: 0, findings: 0, refused: 0 }
  for (let k = 0; k < 400; k++) {
    const bytes = new TextEncoder().encode(mutant(text, random))
    try {
      const imported = await open(bytes, `mutant-${k}.ifc`)
      accounted(imported)
      const troubled = imported.model.findings.length > 0 || imported.model.elements.some((e) => e.reason && e.state !== 'voided')
      outcomes[troubled ? 'findings' : 'whole']++
      imported.close()
    } catch (error) {
      if (!(error instanceof Failure)) throw new Error(`mutant ${k}: ${error}`, { cause: error })
      outcomes.refused++
    }
  }
  expect(outcomes.whole + outcomes.findings + outcomes.refused).toBe(400)
  expect(outcomes.findings).toBeGreaterThan(100)
}, 600_000)

/** Numbers in 0…1 that are the same on every run (a linear congruence, Numerical Recipes). */
function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
}

function mutant(text: string, random: () => number): string {
  const at = Math.floor(random() * text.length)
  const lines = text.split('\n')
  const line = 6 + Math.floor(random() * (lines.length - 9))
  const edit = (change: (line: string) => string): string => lines.map((l, k) => (k === line ? change(l) : l)).join('\n')
  switch (Math.floor(random() * 10)) {
    case 0:
      return text.slice(0, at)
    case 1:
      return text.slice(0, at) + String.fromCharCode(32 + Math.floor(random() * 95)) + text.slice(at + 1)
    case 2:
      return text.slice(0, at) + "$),(#';*"[Math.floor(random() * 8)] + text.slice(at)
    case 3:
      return text.slice(0, at) + text.slice(at + 1 + Math.floor(random() * 200))
    case 4:
      return edit(() => '')
    case 5:
      return edit((l) => l.replace(/#\d+(?=[,)])/, () => `#${1 + Math.floor(random() * 101)}`))
    case 6:
      return edit((l) => l.replace(/-?\d+\.\d*/, () => ['0.', '-1.', '1.E300', 'NaN', '$', '1,5'][Math.floor(random() * 6)]))
    case 7:
      return edit((l) => l.replace(/,[^,]*(?=,|\))/, ''))
    case 8:
      return edit((l) => l.replace(/^#\d+/, () => `#${1 + Math.floor(random() * 101)}`))
    default:
      return edit((l) => l.replace(/=IFC[A-Z0-9]+/, () => `=${['IFCPOLYLINE', 'IFCWALL', 'IFCMAPPEDITEM', 'IFCFACE', 'IFCNOTHING'][Math.floor(random() * 5)]}`))
  }
}
