import { Failure, type Problem, problem } from '@/core/base/problem'
import { CACHE_VERSION, type CachedModel, openCache, packCache } from './cache.ts'

/** Named files of the host: a folder of the browser's own disk, of the computer, or (in tests) a map. */
export interface BlobStorage {
  read(name: string): Promise<Uint8Array | null>
  /** Whole or not at all. Throws where it does not fit. */
  write(name: string, bytes: Uint8Array): Promise<void>
  remove(name: string): Promise<void>
  list(): Promise<readonly StoredBlob[]>
}
export interface StoredBlob {
  readonly name: string
  readonly bytes: number
  /** When it was last written [ms]. */
  readonly written: number
}

/** Which import a stored model stands for: another engine, setting or frame is another model. */
export interface StoreKey {
  readonly sha256: string
  /** Version of whatever turns the file into a model. */
  readonly engine: string
  /** Settings and frame in a fixed order. */
  readonly settings: string
}
export interface ModelStore {
  /** Null where there is none, or it is not what was written: then it is thrown away. */
  recall(key: StoreKey): Promise<CachedModel | null>
  /** Null where it is kept; else why not. The model itself is none the worse. */
  keep(key: StoreKey, cached: CachedModel): Promise<Problem | null>
  clear(): Promise<void>
}

declare module '@/core/base/problem' {
  interface ProblemTable {
    'cache.full': { megabytes: number }
  }
}

const SUFFIX = '.fsc'

/** Models kept between sessions under the hash of their file, at most `limit` bytes; the oldest give way. */
export function makeModelStore(storage: BlobStorage, limit: number): ModelStore {
  return {
    async recall(key) {
      const name = nameOf(key)
      const bytes = await storage.read(name)
      if (!bytes) return null
      try {
        const [cached] = await openCache(bytes, name)
        if (cached?.model.file.sha256 === key.sha256) return cached
      } catch (error) {
        if (!(error instanceof Failure)) throw error
      }
      await storage.remove(name)
      return null
    },
    async keep(key, cached) {
      const name = nameOf(key)
      const bytes = await packCache([cached])
      const full = problem('cache.full', { megabytes: Math.ceil(bytes.length / 1e6) }, '', 'info')
      if (bytes.length > limit) return full
      const others = (await storage.list()).filter((blob) => blob.name !== name)
      const oldest = others.filter((blob) => blob.name.endsWith(SUFFIX)).sort((a, b) => rank(a, key) - rank(b, key) || a.written - b.written)
      let used = others.reduce((sum, blob) => sum + blob.bytes, 0)
      const evict = async (): Promise<boolean> => {
        const blob = oldest.shift()
        if (!blob) return false
        used -= blob.bytes
        await storage.remove(blob.name)
        return true
      }
      while (used + bytes.length > limit && (await evict()));
      for (;;) {
        try {
          await storage.write(name, bytes)
          return null
        } catch {
          // The disk allows less than the limit: what is older gives way until it fits.
          if (!(await evict())) return full
        }
      }
    },
    async clear() {
      for (const { name } of await storage.list()) if (name.endsWith(SUFFIX)) await storage.remove(name)
    },
  }
}

function nameOf({ sha256, engine, settings }: StoreKey): string {
  return `${versionOf(engine)}-${sha256}-${settings.replaceAll(/[^A-Za-z0-9.+-]/g, '_')}${SUFFIX}`
}
function versionOf(engine: string): string {
  return `${CACHE_VERSION}-${engine.replaceAll(/[^A-Za-z0-9.]/g, '_')}`
}
/** What another version wrote goes first: nothing will ask for it again. */
function rank(blob: StoredBlob, key: StoreKey): number {
  return blob.name.startsWith(`${versionOf(key.engine)}-`) ? 1 : 0
}
