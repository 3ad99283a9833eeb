import { hashOf } from '@/core/base/hash'
import type { RunRecord } from '@/core/decide'

/**
 * Finished runs by their key in the browser's private file system. They belong to the program that computed them: its built files are
 * named by their content, so that runs of another build are not found. A page without such a name (development) keeps nothing.
 */
export interface KeptRuns {
  read(key: string): Promise<RunRecord | null>
  write(record: RunRecord): Promise<void>
}

export function keptRuns(): KeptRuns {
  const folder = async (): Promise<FileSystemDirectoryHandle | null> => {
    const build = buildName()
    if (!build) return null
    try {
      const root = await navigator.storage?.getDirectory?.()
      return (await (await root?.getDirectoryHandle('runs', { create: true }))?.getDirectoryHandle(build, { create: true })) ?? null
    } catch {
      return null
    }
  }
  return {
    async read(key) {
      try {
        const handle = await (await folder())?.getFileHandle(`${key}.json`)
        if (!handle) return null
        const { record, recordHash } = JSON.parse(await (await handle.getFile()).text()) as { record: RunRecord; recordHash: string }
        return record.key === key && hashOf(record) === recordHash ? record : null
      } catch {
        return null
      }
    },
    async write(record) {
      try {
        const handle = await (await folder())?.getFileHandle(`${record.key}.json`, { create: true })
        if (!handle || !('createWritable' in handle)) return
        const stream = await handle.createWritable()
        await stream.write(JSON.stringify({ record, recordHash: hashOf(JSON.parse(JSON.stringify(record))) }))
        await stream.close()
      } catch {
        // What is not kept is computed again.
      }
    },
  }
}

function buildName(): string | null {
  const entry = document.querySelector<HTMLScriptElement>('script[type="module"][src]')?.src ?? ''
  return /-([\w-]{8,})\.js$/.exec(entry)?.[1] ?? null
}
