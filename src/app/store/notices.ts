import type { Problem } from '@/core/base/problem'
import type { Slice } from './state.ts'

/** What the program has to say: problems with their words, or one of the fixed notes. */
export interface Notice {
  readonly id: number
  readonly tone: 'info' | 'good' | 'warning' | 'error'
  readonly problems: readonly Problem[]
  /** Key of a note in `messages/app`, with its facts. */
  readonly note: Note | null
  /** What it is about: a file name. */
  readonly subject: string
}
export type Note =
  | { readonly kind: 'opened'; readonly name: string; readonly elements: number; readonly withheld: number }
  | { readonly kind: 'saved'; readonly name: string }
  | { readonly kind: 'edited-live'; readonly time: number }
  | { readonly kind: 'restored' }
  | { readonly kind: 'topics'; readonly name: string; readonly topics: number }
  | { readonly kind: 'review-restored'; readonly issues: number }
  | { readonly kind: 'placed'; readonly id: string; readonly x: number; readonly y: number }

export interface NoticesSlice {
  readonly notices: readonly Notice[]
  /** The last sentence for screen readers. */
  readonly announcement: string
  tell(notice: Partial<Omit<Notice, 'id'>>): void
  dismiss(id: number): void
  announce(sentence: string): void
}

let lastId = 0

export const noticesSlice: Slice<NoticesSlice> = (set, get) => ({
  notices: [],
  announcement: '',
  tell(notice) {
    const next: Notice = { id: ++lastId, tone: 'info', problems: [], note: null, subject: '', ...notice }
    set({ notices: [...get().notices.slice(-3), next] })
    if (next.tone === 'info' || next.tone === 'good') setTimeout(() => get().dismiss(next.id), 6000)
  },
  dismiss(id) {
    set({ notices: get().notices.filter((notice) => notice.id !== id) })
  },
  announce(sentence) {
    set({ announcement: sentence })
  },
})
