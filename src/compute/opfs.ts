import type { BlobStorage, StoredBlob } from '@/core/model'

const FOLDER = 'models'

/** The browser's own disk for this page; null where it has none or does not allow it. */
export async function openOpfs(): Promise<BlobStorage | null> {
  if (typeof navigator === 'undefined' || !navigator.storage?.getDirectory) return null
  try {
    const root = await navigator.storage.getDirectory()
    return storageIn(await root.getDirectoryHandle(FOLDER, { create: true }))
  } catch {
    return null
  }
}

function storageIn(folder: FileSystemDirectoryHandle): BlobStorage {
  const remove = (name: string): Promise<void> => folder.removeEntry(name).catch(() => {})
  return {
    async read(name) {
      try {
        const file = await (await folder.getFileHandle(name)).getFile()
        return new Uint8Array(await file.arrayBuffer())
      } catch {
        return null
      }
    },
    async write(name, bytes) {
      const handle = await folder.getFileHandle(name, { create: true })
      try {
        // The file is replaced when the stream closes, never in between.
        const stream = await handle.createWritable()
        await stream.write(bytes as Uint8Array<ArrayBuffer>)
        await stream.close()
      } catch (error) {
        await remove(name)
        throw error
      }
    },
    remove,
    async list() {
      const found: StoredBlob[] = []
      for await (const handle of folder.values()) {
        if (handle.kind !== 'file') continue
        const file = await handle.getFile()
        found.push({ name: handle.name, bytes: file.size, written: file.lastModified })
      }
      return found
    },
  }
}
