import { rename, rm, writeFile } from 'node:fs/promises'

/** Written beside its place first: a stop in the middle leaves nothing half-written. */
export async function writeWhole(path: string, text: string | Uint8Array, signal?: AbortSignal): Promise<void> {
  const draft = `${path}.${process.pid}.part`
  try {
    await writeFile(draft, text)
    signal?.throwIfAborted()
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}
