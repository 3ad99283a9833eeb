import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { finish } from '../../src/core/base/job.ts'
import { Failure } from '../../src/core/base/problem.ts'
import { type EnginePool, importModel } from '../../src/core/ifc/index.ts'
import type { SiteModel } from '../../src/core/model/index.ts'
import { mutants } from './mutants.ts'
import { smallIfc } from './small-ifc.ts'

const DATA = resolve(import.meta.dirname, '../../../shared/data')
/** Small files of four kinds: pipes and a cut wall, booleans and openings, drainage of IFC4X3, terrain. Absent ones are left out. */
export function fuzzedFiles(): { name: string; text: string }[] {
  const real = ['hostile/00-good-reference.ifc', 'ifc/infra-unit/DrainageSystem-1-1.ifc', 'ifc/schependomlaan/ROOT-prefab_balkons.ifc']
  return [
    { name: 'small.ifc', text: new TextDecoder().decode(smallIfc()) },
    ...real.filter((path) => existsSync(join(DATA, path))).map((path) => ({ name: path, text: readFileSync(join(DATA, path), 'latin1') })),
  ]
}

export interface Outcomes {
  whole: number
  findings: number
  refused: number
  /** What must not happen, in words. */
  readonly wrong: string[]
  /** Longest time of one mutant [s]. */
  slowest: number
}

/** Opens seeded mutants through the whole way of an import, and the healthy file after every tenth of them. */
export async function fuzz(file: { name: string; text: string }, count: number, seed: number, pool: EnginePool): Promise<Outcomes> {
  const outcomes: Outcomes = { whole: 0, findings: 0, refused: 0, wrong: [], slowest: 0 }
  const healthy = Buffer.from(file.text, 'latin1')
  const open = async (bytes: Uint8Array): Promise<SiteModel> => {
    const imported = await finish(importModel({ name: file.name, bytes: new Uint8Array(bytes) }, pool, new AbortController().signal))
    imported.close()
    return imported.model
  }
  const first = JSON.stringify(await open(healthy), plain)
  let k = 0
  for (const text of mutants(file.text, count, seed)) {
    const label = `${file.name}, seed ${seed}, mutant ${k++}`
    const began = performance.now()
    try {
      const model = await open(Buffer.from(text, 'latin1'))
      const { shown, simplified, voided, refused, withBody } = model.census
      if (shown + simplified + voided + refused !== withBody) outcomes.wrong.push(`${label}: ${withBody} bodies, ${shown}+${simplified}+${voided}+${refused}`)
      for (const shape of model.shapes) if (!shape.positions.every(Number.isFinite)) outcomes.wrong.push(`${label}: a number is not finite`)
      for (const element of model.elements)
        if (['simplified', 'refused', 'voided'].includes(element.state) && !element.reason)
          outcomes.wrong.push(`${label}: #${element.expressId} without a reason`)
      const troubled = model.findings.length > 0 || model.elements.some((e) => e.reason && e.state !== 'voided')
      outcomes[troubled ? 'findings' : 'whole']++
    } catch (error) {
      if (error instanceof Failure) outcomes.refused++
      else outcomes.wrong.push(`${label}: ${error instanceof Error ? error.stack : String(error)}`)
    }
    outcomes.slowest = Math.max(outcomes.slowest, (performance.now() - began) / 1000)
    if (k % Math.max(1, Math.floor(count / 10)) === 0 && JSON.stringify(await open(healthy), plain) !== first)
      outcomes.wrong.push(`${label}: the healthy file opens differently afterwards`)
  }
  return outcomes
}

function plain(_: string, value: unknown): unknown {
  return ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value
}
