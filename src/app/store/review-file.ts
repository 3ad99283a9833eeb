import { sha256Hex } from '@/core/base/hash'
import type { Issue, Review, ReviewOp, RunTrace } from '@/core/review'
import { appendFile, readFile, removeFile, writeFile } from './files.ts'

/**
 * The review on disk: a base (the last run and what was said until then), and a log of what has been done since, a line each. A change
 * only appends a line, so that it costs the same however long the list is. A line that is torn ends the log; what stands before it holds.
 */
export type LogEntry = (ReviewOp & { readonly merge?: boolean }) | { readonly op: 'undo' } | { readonly op: 'redo' }
export interface SavedReview {
  readonly run: RunTrace | null
  readonly issues: readonly Issue[]
  readonly log: readonly LogEntry[]
}

const BASE = ['review-a.jsonl', 'review-b.jsonl'] as const
const POINTER = 'review.json'
/** Entries a line of the base, so that no line takes long to make. */
const LINE = 200

interface Pointer {
  readonly version: 1
  readonly base: (typeof BASE)[number]
  readonly log: string
}

/** Writes a new base beside the old one, then points to it: a crash in between leaves the old. Lets the page breathe between lines. */
export async function writeBase(run: RunTrace | null, review: Review): Promise<string> {
  const before = await pointer()
  const base = before?.base === BASE[0] ? BASE[1] : BASE[0]
  const log = `${base}.log`
  await removeFile(log)
  const lines: string[] = []
  let breathed = performance.now()
  const put = async (line: object) => {
    lines.push(`${JSON.stringify(line, encodeBytes)}\n`)
    if (performance.now() - breathed < 12) return
    await new Promise((done) => setTimeout(done))
    breathed = performance.now()
  }
  if (run) {
    const { clashes, elements, gone, skipped, ignored, ...head } = run
    await put({ run: head })
    for (const [name, list] of Object.entries({ clashes, elements, gone, skipped, ignored }))
      for (let k = 0; k < list.length; k += LINE) await put({ [name]: list.slice(k, k + LINE) })
  }
  const issues = [...review.issues.values()]
  for (let k = 0; k < issues.length; k += LINE) await put({ issues: issues.slice(k, k + LINE) })
  await put({ end: true })
  await writeFile(base, lines)
  const next: Pointer = { version: 1, base, log }
  await writeFile(POINTER, [JSON.stringify(next)])
  return log
}

export async function appendLog(log: string, entries: readonly LogEntry[]): Promise<void> {
  const lines = entries.map((entry) => {
    const text = JSON.stringify(entry, encodeBytes)
    return `${sha256Hex(new TextEncoder().encode(text)).slice(0, 8)} ${text}\n`
  })
  await appendFile(log, lines.join(''))
}

export async function readReview(): Promise<{ readonly saved: SavedReview; readonly log: string } | null> {
  const at = await pointer()
  const file = at && (await readFile(at.base))
  if (!at || !file) return null
  let run: RunTrace | null = null
  const issues: Issue[] = []
  let whole = false
  for (const line of (await file.text()).split('\n')) {
    if (line === '') continue
    const part = JSON.parse(line, decodeBytes) as Partial<Record<'clashes' | 'elements' | 'gone' | 'skipped' | 'ignored', never[]>> & {
      run?: RunTrace
      issues?: Issue[]
      end?: true
    }
    if (part.run) run = { ...part.run, clashes: [], elements: [], gone: [], skipped: [], ignored: [] }
    for (const name of ['clashes', 'elements', 'gone', 'skipped', 'ignored'] as const) if (part[name] && run) (run[name] as unknown[]).push(...part[name])
    if (part.issues) issues.push(...part.issues)
    whole ||= part.end === true
  }
  if (!whole) return null
  const log: LogEntry[] = []
  for (const line of ((await (await readFile(at.log))?.text()) ?? '').split('\n')) {
    const text = line.slice(9)
    if (line === '' || sha256Hex(new TextEncoder().encode(text)).slice(0, 8) !== line.slice(0, 8)) break
    log.push(JSON.parse(text, decodeBytes) as LogEntry)
  }
  return { saved: { run, issues, log }, log: at.log }
}

async function pointer(): Promise<Pointer | null> {
  try {
    const found = JSON.parse((await (await readFile(POINTER))?.text()) ?? 'null') as Pointer | null
    return found?.version === 1 ? found : null
  } catch {
    return null
  }
}

/** Pictures and kept files as base64; maps of attributes as lists. */
function encodeBytes(_key: string, value: unknown): unknown {
  if (value instanceof Uint8Array) {
    let text = ''
    for (let k = 0; k < value.length; k += 8192) text += String.fromCharCode(...value.subarray(k, k + 8192))
    return { '~bytes': btoa(text) }
  }
  return value instanceof Map ? { '~map': [...value] } : value
}
function decodeBytes(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const { '~bytes': bytes, '~map': map } = value as { '~bytes'?: string; '~map'?: [unknown, unknown][] }
  if (typeof bytes === 'string') return Uint8Array.from(atob(bytes), (character) => character.charCodeAt(0))
  return Array.isArray(map) ? new Map(map) : value
}
