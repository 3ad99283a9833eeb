import { expect, it } from 'vitest'
import { finish } from '@/core/base/job'
import type { SiteModel } from '@/core/model'
import { smallIfc } from '../../../tests/support/small-ifc.ts'
import { type EngineJobs, type EnginePool, importModel, inlinePool, type MeshInput } from './index.ts'

/** The real engine, made to fail on purpose: hang or throw at a product, or before the first one. */
function troubled(trouble: (input: MeshInput, id: number | null) => 'hang' | 'throw' | null, killed: { count: number }): EnginePool {
  const real = inlinePool()
  return {
    ...real,
    patience: 0.1,
    engines: 1,
    startEngine() {
      const engine = real.startEngine()
      const jobs: EngineJobs = {
        ...engine.jobs,
        async *meshShard(input, signal) {
          const fail = async (id: number | null): Promise<void> => {
            const what = trouble(input, id)
            if (what === 'throw') throw new WebAssembly.RuntimeError('memory access out of bounds')
            if (what === 'hang') await new Promise(() => {})
          }
          const run = engine.jobs.meshShard(input, signal)
          for (;;) {
            const step = await run.next()
            if (step.done) return step.value
            yield step.value
            if (step.value.kind === 'ready') await fail(null)
            if (step.value.kind === 'working') await fail(step.value.id)
          }
        },
      }
      return {
        jobs,
        kill() {
          killed.count++
          engine.kill()
        },
      }
    },
  }
}
/** With a pipe of a profile that only the engine reads. */
const OVAL = smallIfc((text) => text.replace('IFCCIRCLEPROFILEDEF(.AREA.,$,$,100.)', 'IFCELLIPSEPROFILEDEF(.AREA.,$,$,100.,90.)'))
async function open(pool: EnginePool): Promise<SiteModel> {
  return (await finish(importModel({ name: 'small.ifc', bytes: OVAL }, pool, new AbortController().signal))).model
}
const PIPE = 27
const WALL = 57

it.each([
  ['hang', 'ifc.hang'],
  ['throw', 'ifc.engine'],
] as const)('costs one element when the engine does %s on it', async (what, key) => {
  const killed = { count: 0 }
  const model = await open(troubled((_, id) => (id === PIPE ? what : null), killed))
  expect(model.elements.find((e) => e.expressId === PIPE)).toMatchObject({ state: 'refused', reason: { key }, solids: null })
  expect(model.census).toMatchObject({ shown: 2, voided: 1, refused: 1 })
  expect(killed.count).toBe(1)
})

it('tries a wall without its openings before it gives it up', async () => {
  const killed = { count: 0 }
  const cut = (input: MeshInput): boolean => new TextDecoder().decode(input.bytes).includes('IFCRELVOIDSELEMENT')
  const model = await open(troubled((input, id) => (id === WALL && cut(input) ? 'hang' : null), killed))
  expect(model.elements.find((e) => e.expressId === WALL)).toMatchObject({ state: 'simplified', reason: { key: 'ifc.uncut' } })
  expect(model.census).toMatchObject({ shown: 2, simplified: 1, voided: 1, refused: 0 })
})

it('halves a shard that fails before its first product until one is left', async () => {
  const killed = { count: 0 }
  const model = await open(troubled((input, id) => (id === null && input.products.some((p) => p.id === PIPE) ? 'throw' : null), killed))
  expect(model.elements.filter((e) => e.state === 'refused').map((e) => e.expressId)).toEqual([PIPE])
  expect(model.census).toMatchObject({ shown: 2, voided: 1, refused: 1 })
  expect(killed.count).toBeGreaterThan(1)
})

it('says so when the engine does not start, instead of blaming the elements', async () => {
  const pool = inlinePool(() => '/nowhere/engine.wasm')
  await expect(open(pool)).rejects.toMatchObject({ problems: [{ key: 'ifc.engineStart' }] })
})
