/** Files in the browser's private file system. What `write` and `append` have resolved for survives a killed browser. */
export async function writeFile(name: string, parts: Iterable<string | Uint8Array>): Promise<void> {
  const stream = await (await folder()).getFileHandle(name, { create: true }).then((handle) => handle.createWritable())
  try {
    for (const part of parts) await stream.write(part as FileSystemWriteChunkType)
    await stream.close()
  } catch (error) {
    await stream.abort().catch(() => {})
    throw error
  }
}

export async function appendFile(name: string, text: string): Promise<void> {
  const handle = await (await folder()).getFileHandle(name, { create: true })
  const { size } = await handle.getFile()
  const stream = await handle.createWritable({ keepExistingData: true })
  await stream.write({ type: 'write', position: size, data: text })
  await stream.close()
}

/** null where there is none, or no such file system. */
export async function readFile(name: string): Promise<File | null> {
  try {
    return await (await (await folder()).getFileHandle(name)).getFile()
  } catch {
    return null
  }
}

export async function removeFile(name: string): Promise<void> {
  await folder()
    .then((root) => root.removeEntry(name))
    .catch(() => {})
}

function folder(): Promise<FileSystemDirectoryHandle> {
  return navigator.storage.getDirectory()
}
