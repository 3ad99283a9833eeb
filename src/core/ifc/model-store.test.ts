import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { finish } from '@/core/base/job'
import { type BlobStorage, type CachedModel, makeModelStore, type StoredBlob } from '@/core/model'
import { smallIfc } from '../../../tests/support/small-ifc.ts'
import { INGEST_VERSION, importModel, inlinePool } from './index.ts'

/** A disk of so many bytes that counts its writes as time. */
function disk(size = Number.POSITIVE_INFINITY): BlobStorage & { readonly files: Map<string, Uint8Array> } {
  const files = new Map<string, Uint8Array>()
  const times = new Map<string, number>()
  let now = 0
  return {
    files,
    read: async (name) => files.get(name) ?? null,
    async write(name, bytes) {
      const rest = [...files].reduce((sum, [other, { length }]) => sum + (other === name ? 0 : length), 0)
      if (rest + bytes.length > size) throw new DOMException('full', 'QuotaExceededError')
      files.set(name, bytes)
      times.set(name, now++)
    },
    async remove(name) {
      files.delete(name)
    },
    list: async () => [...files].map(([name, { length }]): StoredBlob => ({ name, bytes: length, written: times.get(name) ?? 0 })),
  }
}
async function fresh(): Promise<CachedModel> {
  const { model, allProperties } = await finish(importModel({ name: 'small.ifc', bytes: smallIfc() }, inlinePool(), new AbortController().signal))
  return { model, properties: await allProperties() }
}
const cached = await fresh()
const as = (sha256: string): CachedModel => ({ ...cached, model: { ...cached.model, file: { ...cached.model.file, sha256 } } })
const key = (sha256: string, engine = '0.0.78', settings = '24') => ({ sha256, engine, settings })

it('gives back what was kept, under the same file, engine and settings only', async () => {
  const store = makeModelStore(disk(), 1e9)
  expect(await store.recall(key('a'))).toBeNull()
  expect(await store.keep(key('a'), as('a'))).toBeNull()
  expect(await store.recall(key('a'))).toStrictEqual(as('a'))
  expect(await store.recall(key('b'))).toBeNull()
  expect(await store.recall(key('a', '0.0.79'))).toBeNull()
  expect(await store.recall(key('a', '0.0.78', '12'))).toBeNull()
})

it('throws away what is damaged, cut or another file', async () => {
  const storage = disk()
  const store = makeModelStore(storage, 1e9)
  await store.keep(key('a'), as('a'))
  const [[name, good]] = storage.files
  for (const bad of [good.slice(0, -9), good.map((byte, k) => (k === good.length >> 1 ? byte ^ 1 : byte)), new Uint8Array(3)]) {
    storage.files.set(name, bad)
    expect(await store.recall(key('a'))).toBeNull()
    expect(storage.files.size).toBe(0)
  }
  await store.keep(key('a'), as('b'))
  expect(await store.recall(key('a'))).toBeNull()
})

it('lets the oldest go for the newest, those of another version first', async () => {
  const storage = disk()
  const probe = makeModelStore(storage, 1e9)
  await probe.keep(key('a'), as('a'))
  const [one] = [...storage.files.values()].map((bytes) => bytes.length)
  await storage.remove([...storage.files.keys()][0])
  const store = makeModelStore(storage, one * 2.5)
  await store.keep(key('a'), as('a'))
  await store.keep(key('old', '0.0.1'), as('old'))
  await store.keep(key('c'), as('c'))
  expect(await store.recall(key('old', '0.0.1'))).toBeNull()
  expect(await store.recall(key('a'))).not.toBeNull()
  await store.keep(key('d'), as('d'))
  expect(await store.recall(key('a'))).toBeNull()
  expect(await store.recall(key('d'))).not.toBeNull()
  await store.clear()
  expect(storage.files.size).toBe(0)
})

it('says so where the disk is full, and keeps nothing half', async () => {
  const small = disk(10)
  expect(await makeModelStore(small, 1e9).keep(key('a'), as('a'))).toMatchObject({ key: 'cache.full' })
  expect(small.files.size).toBe(0)
  expect(await makeModelStore(disk(), 10).keep(key('a'), as('a'))).toMatchObject({ key: 'cache.full' })
})

it('names the engine that is installed', () => {
  const { dependencies } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8'))
  expect(INGEST_VERSION).toContain(`web-ifc-${dependencies['web-ifc']}+`)
})
