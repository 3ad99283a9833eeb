import type { Language } from '@/messages/language'
import { useTwin } from './store/use-twin.ts'

/** Picks the language's side of a pair. */
export type Say = <Z, E>(pair: { readonly zh: Z; readonly en: E }) => Z | E

export function useWords(): Say {
  return wordsIn(useTwin((state) => state.language))
}

const SAY: { readonly [L in Language]: Say } = { 'zh-CN': (pair) => pair.zh, en: (pair) => pair.en }

export function wordsIn(language: Language): Say {
  return SAY[language]
}
