import { expect, it } from 'vitest'
import { finish } from '@/core/base/job'
import { Failure } from '@/core/base/problem'
import { type CachedModel, openCache, packCache, readCache, writeCache } from '@/core/model'
import { smallIfc } from '../../../tests/support/small-ifc.ts'
import { importModel, inlinePool } from './index.ts'

async function fresh(): Promise<CachedModel> {
  const { model, properties } = await finish(importModel({ name: 'small.ifc', bytes: smallIfc() }, inlinePool(), new AbortController().signal))
  return { model, properties: await Promise.all(model.elements.map((e) => properties(e.index))) }
}

it('gives back exactly what was imported, to the last bit', async () => {
  const cached = await fresh()
  const [back, again] = readCache(writeCache([cached, { ...cached, model: { ...cached.model, id: 'again' } }]))
  expect(back).toStrictEqual(cached)
  expect(again.model.id).toBe('again')
  expect(again.model.shapes).toEqual(cached.model.shapes)
})

it('survives the way through gzip', async () => {
  const cached = await fresh()
  expect(await openCache(await packCache([cached]))).toStrictEqual([cached])
})

it('notices every single changed byte, a cut, and what is no cache', async () => {
  const bytes = writeCache([await fresh()])
  for (let at = 80; at < bytes.length; at += 997) {
    const damaged = bytes.slice()
    damaged[at] ^= 1
    expect(() => readCache(damaged), `byte ${at}`).toThrow(Failure)
  }
  expect(() => readCache(bytes.slice(0, -1))).toThrow('cache.damaged')
  expect(() => readCache(new TextEncoder().encode('x'.repeat(200)))).toThrow('cache.notCache')
  await expect(openCache(new Uint8Array([0x1f, 0x8b, 8, 0, 0]))).rejects.toThrow('cache.damaged')
  bytes[8]++
  expect(() => readCache(bytes)).toThrow('cache.version')
})
