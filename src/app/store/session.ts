import { problem } from '@/core/base/problem'
import type { FloodWritten } from '@/scenarios/flood/types'
import type { Variant } from './decide.ts'
import type { Slice } from './state.ts'

/** What is kept of a session on this computer, so that a crash loses at most a second. */
export interface SessionSlice {
  readonly saved: { readonly state: 'saved' | 'unsaved' | 'saving' | 'failed'; readonly revision: number }
  /** A session that ended with changes, offered on start. */
  readonly offer: Session | null
  autosave(): Promise<void>
  lookForSession(): Promise<void>
  restore(): Promise<void>
  refuseRestore(): void
}
export interface Session {
  readonly version: 1
  readonly savedAt: string
  readonly story: string | null
  readonly written: FloodWritten
  /** Variants that were kept beside it. */
  readonly variants?: readonly Variant[]
  /** Names of the user's own files that were open. */
  readonly models: readonly string[]
}

const FILE = 'session.json'

export const sessionSlice: Slice<SessionSlice> = (set, get) => ({
  saved: { state: 'saved', revision: 0 },
  offer: null,
  async autosave() {
    const { document, revision, story, models, isDemo } = get()
    if (!document) return
    set({ saved: { state: 'saving', revision: get().saved.revision } })
    const session: Session = {
      version: 1,
      savedAt: new Date().toISOString(),
      story,
      written: document.present,
      variants: get().variants,
      models: isDemo ? [] : models.map((model) => model.file.name),
    }
    try {
      await write(JSON.stringify(session))
      set({ saved: { state: get().revision === revision ? 'saved' : 'unsaved', revision } })
    } catch (error) {
      set({ saved: { state: 'failed', revision: get().saved.revision } })
      get().tell({ tone: 'warning', problems: [problem('app.storage', { detail: error instanceof Error ? error.message : String(error) }, '', 'warning')] })
    }
  },
  async lookForSession() {
    try {
      const session = JSON.parse((await read()) ?? 'null') as Session | null
      if (session?.version === 1 && session.written?.kind === 'flood') set({ offer: session })
    } catch {
      // What cannot be read is not offered.
    }
  },
  async restore() {
    const { offer } = get()
    if (!offer) return
    set({ offer: null })
    await get().openWritten(offer.written, offer.story)
    set({ fileRevision: get().revision - 1, variants: offer.variants ?? [] })
    get().showWorkspace('rehearse')
    get().tell({ tone: 'good', note: { kind: 'restored' } })
  },
  refuseRestore() {
    set({ offer: null })
    void remove()
  },
})

/** The browser's private file system; where it cannot be written from the page, its key-value storage. */
async function root(): Promise<FileSystemDirectoryHandle | null> {
  try {
    return (await navigator.storage?.getDirectory?.()) ?? null
  } catch {
    return null
  }
}
async function write(text: string): Promise<void> {
  const handle = await (await root())?.getFileHandle(FILE, { create: true })
  if (!handle || !('createWritable' in handle)) return localStorage.setItem(`foresite:${FILE}`, text)
  const stream = await handle.createWritable()
  await stream.write(text)
  await stream.close()
}
async function read(): Promise<string | null> {
  try {
    const handle = await (await root())?.getFileHandle(FILE)
    if (handle) return await (await handle.getFile()).text()
  } catch {
    // No such file.
  }
  return localStorage.getItem(`foresite:${FILE}`)
}
async function remove(): Promise<void> {
  localStorage.removeItem(`foresite:${FILE}`)
  await (await root())?.removeEntry(FILE).catch(() => {})
}
