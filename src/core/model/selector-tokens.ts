/** A piece of a selector's text. `parts` are those between dots outside quotes. */
export interface Token {
  readonly kind: 'word' | 'op' | '(' | ')' | ',' | 'and' | 'or' | 'not' | 'end'
  readonly text: string
  readonly parts: readonly string[]
  readonly quoted: boolean
  /** First character and the one after the last. */
  readonly at: number
  readonly end: number
}

const QUOTES: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”', '‘': '’', '「': '」' }
const OPERATORS: readonly (readonly [string, string])[] = [
  ['!=', '!='],
  ['<=', '<='],
  ['>=', '>='],
  ['≠', '!='],
  ['≤', '<='],
  ['≥', '>='],
  ['=', '='],
  ['＝', '='],
  ['<', '<'],
  ['＜', '<'],
  ['>', '>'],
  ['＞', '>'],
  ['~', '~'],
]
const SIGNS: Readonly<Record<string, Token['kind']>> = {
  '(': '(',
  '（': '(',
  ')': ')',
  '）': ')',
  ',': ',',
  '，': ',',
  '&': 'and',
  '|': 'or',
  '!': 'not',
  '！': 'not',
}
const WORDS: Readonly<Record<string, Token['kind']>> = { and: 'and', or: 'or', not: 'not', 且: 'and', 与: 'and', 或: 'or', 非: 'not' }

/** Splits the text; the position of a quote that is never closed where there is one. */
export function tokenize(text: string): { readonly tokens: Token[] } | { readonly unclosed: number } {
  const tokens: Token[] = []
  let at = 0
  const sign = (kind: Token['kind'], from: string, meaning = from) => {
    tokens.push({ kind, text: meaning, parts: [], quoted: false, at, end: at + from.length })
    at += from.length
  }
  for (;;) {
    while (at < text.length && /\s/.test(text[at])) at++
    if (at >= text.length) break
    const operator = OPERATORS.find(([written]) => text.startsWith(written, at))
    if (operator) sign('op', operator[0], operator[1])
    else if (text.startsWith('&&', at) || text.startsWith('||', at)) sign(SIGNS[text[at]], text.slice(at, at + 2))
    else if (SIGNS[text[at]]) sign(SIGNS[text[at]], text[at])
    else {
      const word = readWord(text, at)
      if (typeof word === 'number') return { unclosed: word }
      const keyword = word.quoted ? undefined : WORDS[word.text.toLowerCase()]
      tokens.push(keyword ? { ...word, kind: keyword } : word)
      at = word.end
    }
  }
  tokens.push({ kind: 'end', text: '', parts: [], quoted: false, at: text.length, end: text.length })
  return { tokens }
}

/** Pieces with and without quotes that stand together are one word: `"Pset A".'Fire rating'`. */
function readWord(text: string, from: number): Token | number {
  const parts = ['']
  let quoted = false
  let at = from
  while (at < text.length) {
    const close = QUOTES[text[at]]
    if (close) {
      const end = text.indexOf(close, at + 1)
      if (end < 0) return at
      quoted = true
      parts[parts.length - 1] += text.slice(at + 1, end)
      at = end + 1
    } else if (/\s/.test(text[at]) || SIGNS[text[at]] || OPERATORS.some(([written]) => text.startsWith(written, at))) break
    else {
      if (text[at] === '.') parts.push('')
      else parts[parts.length - 1] += text[at]
      at++
    }
  }
  return { kind: 'word', text: parts.join('.'), parts, quoted, at: from, end: at }
}
