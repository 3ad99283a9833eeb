import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { finish } from '@/core/base/job'
import { type ImportedModel, importModel, inlinePool } from './index.ts'

const HOSTILE = resolve(import.meta.dirname, '../../../../shared/data/hostile')
/** Takes the engine 20 s: it needs workers that can be stopped (`hostile.long.test.ts`). */
const NEEDS_WORKERS = ['82-400openings.ifc']
const pool = inlinePool()
const open = (name: string): Promise<ImportedModel> =>
  finish(importModel({ name, bytes: new Uint8Array(readFileSync(join(HOSTILE, name))) }, pool, new AbortController().signal))

describe.skipIf(!existsSync(HOSTILE))('hostile files (absent here: shared/data/hostile)', () => {
  const names = existsSync(HOSTILE) ? readdirSync(HOSTILE).filter((name) => name.endsWith('.ifc') && !NEEDS_WORKERS.includes(name)) : []

  it.each(names)('%s ends with every product accounted for and no number that is not finite', async (name) => {
    const { model } = await open(name)
    const { products, withBody, shown, simplified, voided, refused } = model.census
    expect(shown + simplified + voided + refused).toBe(withBody)
    expect(withBody).toBeLessThanOrEqual(products)
    expect(new Set(model.elements.map((e) => e.expressId)).size).toBe(model.elements.length)
    for (const element of model.elements) if (['refused', 'simplified', 'voided'].includes(element.state)) expect(element.reason).not.toBeNull()
    for (const shape of model.shapes) expect(shape.positions.every(Number.isFinite)).toBe(true)
  })

  it.each([
    ['60-dupids.ifc', ['ifc.duplicateIds']],
    ['15-twoDATA.ifc', ['ifc.duplicateIds', 'ifc.dataSections']],
    ['66-wrapAlias.ifc', ['ifc.oversizeIds']],
    ['99c-unitInch.ifc', ['ifc.lengthUnit']],
    ['99d-nounits.ifc', ['ifc.lengthUnit']],
    ['77-openingSelf.ifc', ['ifc.brokenVoids']],
    ['unit-1000x-duplicate-project.ifc', ['ifc.duplicateIds']],
  ])('%s says what is wrong', async (name, keys) => {
    const { model } = await open(name)
    expect(model.findings.map((f) => f.key)).toEqual(keys)
  })

  it('keeps a millimetre file at its size when its project line is doubled', async () => {
    const { model } = await open('unit-1000x-duplicate-project.ifc')
    expect(model.lengthUnit).toEqual({ name: 'mm', toMetre: 0.001, known: true })
    expect(Math.max(...model.elements.map((e) => e.bounds?.max[0] ?? 0))).toBeCloseTo(0.02, 5)
  })

  it('opens the healthy file as before after all of them', async () => {
    const before = await finish(
      importModel({ name: 'a.ifc', bytes: new Uint8Array(readFileSync(join(HOSTILE, '00-good-reference.ifc'))) }, inlinePool(), new AbortController().signal),
    )
    for (const name of names) await open(name)
    const after = await open('00-good-reference.ifc')
    expect(after.model.elements).toEqual(before.model.elements)
    expect(after.model.shapes).toEqual(before.model.shapes)
  })
})
