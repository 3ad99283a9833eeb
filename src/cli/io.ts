import type { Language } from '@/messages/language.ts'

/** What a command has of the terminal: where to write, in which language, and when to stop. */
export interface CliIo {
  /** One JSON document on stdout instead of words. */
  readonly json: boolean
  readonly lang: Language
  readonly quiet: boolean
  readonly stdout: (text: string) => void
  readonly stderr: (text: string) => void
  readonly signal: AbortSignal
}
