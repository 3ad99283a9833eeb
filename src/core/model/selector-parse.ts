import { type Parsed, type Problem, problem } from '@/core/base/problem'
import { isA, knownClasses, spellClass } from './classes.ts'
import { DISCIPLINES } from './queries.ts'
import type { Comparison, Field, PropertyValue, Selector, TextOp } from './selector.ts'
import { type Token, tokenize } from './selector-tokens.ts'
import { KNOWN_UNITS, LENGTH_UNITS, unitNamed } from './selector-units.ts'

const LONGEST = 4000
const DEEPEST = 64

type Key = Field | 'class' | 'bottom' | 'top'
const KEYS: Readonly<Record<string, Key>> = {
  class: 'class',
  类别: 'class',
  type: 'type',
  类型: 'type',
  name: 'name',
  名称: 'name',
  tag: 'tag',
  编号: 'tag',
  id: 'id',
  storey: 'storey',
  楼层: 'storey',
  system: 'system',
  系统: 'system',
  discipline: 'discipline',
  专业: 'discipline',
  file: 'file',
  文件: 'file',
  state: 'state',
  状态: 'state',
  bottom: 'bottom',
  底标高: 'bottom',
  top: 'top',
  顶标高: 'top',
}
const STATES = ['shown', 'simplified', 'voided', 'refused', 'bodyless', 'opening']
const HAS = ['has', '有']
const NUMBER = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(.*)$/

/** Text → selector, or what is wrong with it and where. */
export function parseSelector(text: string): Parsed<Selector> {
  if (text.trim() === '') return { ok: false, problems: [problem('selector.empty', {})] }
  if (text.length > LONGEST) return { ok: false, problems: [problem('selector.tooLong', { limit: LONGEST })] }
  const read = tokenize(text)
  if ('unclosed' in read) return { ok: false, problems: [problem('selector.unclosed', { at: read.unclosed, what: text[read.unclosed] })] }
  try {
    return { ok: true, value: parse(read.tokens), problems: [] }
  } catch (error) {
    if (!(error instanceof Wrong)) throw error
    return { ok: false, problems: [error.problem] }
  }
}

/** Leaves the descent at the first thing that is wrong. */
class Wrong extends Error {
  readonly problem: Problem
  constructor(found: Problem) {
    super(found.key)
    this.problem = found
  }
}

function parse(tokens: readonly Token[]): Selector {
  let at = 0
  const now = () => tokens[at]
  const take = (kind: Token['kind']) => now().kind === kind && Boolean(++at)
  const expected = (what: 'condition' | 'value' | 'number' | 'property' | 'end', token = now()) =>
    new Wrong(problem('selector.expected', { at: token.at, expected: what, got: token.kind === 'end' ? '' : token.text }))

  function either(depth: number): Selector {
    const of = [both(depth)]
    while (take('or')) of.push(both(depth))
    return of.length > 1 ? { kind: 'or', of } : of[0]
  }
  function both(depth: number): Selector {
    const of = [one(depth)]
    for (;;) {
      if (take('and')) of.push(one(depth))
      else if (['word', '(', 'not'].includes(now().kind)) of.push(one(depth))
      else return of.length > 1 ? { kind: 'and', of } : of[0]
    }
  }
  function one(depth: number): Selector {
    if (depth > DEEPEST) throw new Wrong(problem('selector.tooLong', { limit: DEEPEST }))
    if (take('not')) return { kind: 'not', of: one(depth + 1) }
    const open = now()
    if (take('(')) {
      const inner = either(depth + 1)
      if (!take(')')) throw now().kind === 'end' ? new Wrong(problem('selector.unclosed', { at: open.at, what: '(' })) : expected('end')
      return inner
    }
    if (now().kind !== 'word') throw expected('condition')
    return condition(tokens[at++])
  }

  function condition(word: Token): Selector {
    if (!word.quoted && HAS.includes(word.text.toLowerCase()) && now().kind === 'word') {
      const path = tokens[at++]
      if (path.parts.length < 2) throw expected('property', path)
      return { kind: 'has', ...propertyOf(path) }
    }
    if (now().kind !== 'op') return alone(word)
    const operator = tokens[at++]
    const op = operator.text as TextOp | Comparison
    if (word.parts.length > 1) return { kind: 'property', ...propertyOf(word), op, values: values(op, true).map(propertyValue) }
    const key = Object.hasOwn(KEYS, word.text.toLowerCase()) ? KEYS[word.text.toLowerCase()] : undefined
    if (!key || word.quoted)
      throw new Wrong(
        problem('selector.unknownField', {
          at: word.at,
          got: word.text,
          known: `${Object.keys(KEYS)
            .filter((k) => /^[a-z]/.test(k))
            .join(', ')}, Pset.Property`,
        }),
      )
    if (key === 'bottom' || key === 'top') {
      if (op === '~') throw new Wrong(problem('selector.operator', { at: operator.at, field: key, op }))
      return { kind: 'level', edge: key, op, value: metres(values(op, true)[0]) }
    }
    if (op !== '=' && op !== '!=' && op !== '~') throw new Wrong(problem('selector.operator', { at: operator.at, field: key, op }))
    const words = values(op).map(([token]) => token)
    if (key === 'class') {
      if (op === '~') return { kind: 'class', names: words.map(({ text }) => `*${text}*`) }
      const found: Selector = { kind: 'class', names: words.map(className) }
      return op === '=' ? found : { kind: 'not', of: found }
    }
    if (op !== '~') {
      if (key === 'discipline') oneOf(words, DISCIPLINES)
      if (key === 'state') oneOf(words, STATES)
    }
    return { kind: 'field', field: key, op, values: words.map(({ text }) => text) }
  }

  /** What stands after an operator: words with commas between, each with the unit that follows it. */
  function values(op: string, measured = false): [Token, unit: string][] {
    const found: [Token, string][] = []
    do {
      if (now().kind !== 'word') throw expected('value')
      const word = tokens[at++]
      found.push([word, measured && !word.quoted && NUMBER.exec(word.text)?.[2] === '' ? unitAfter() : ''])
    } while ((op === '=' || op === '!=') && take(','))
    return found
  }

  /** A plain word after a number is its unit; one that is none must not pass as text to look for. */
  function unitAfter(): string {
    const next = now()
    if (next.kind !== 'word' || next.quoted || tokens[at + 1].kind === 'op' || /^ifc/i.test(next.text) || HAS.includes(next.text.toLowerCase())) return ''
    if (!unitNamed(next.text)) throw new Wrong(problem('selector.unit', { at: next.at, got: next.text, known: KNOWN_UNITS.join(', ') }))
    at++
    return next.text
  }

  const selector = either(0)
  if (now().kind !== 'end') throw expected('end')
  return selector
}

/** A word without an operator: a class, or text to look for. */
function alone(word: Token): Selector {
  if (!word.quoted && /^ifc[a-z*?]/i.test(word.text)) return { kind: 'class', names: [className(word)] }
  return { kind: 'text', text: word.text }
}

function propertyOf({ parts }: Token) {
  return { set: parts[0] || '*', name: parts.slice(1).join('.') || '*' }
}

function propertyValue([{ text, quoted, at }, unit]: [Token, string]): PropertyValue {
  const match = quoted ? null : NUMBER.exec(text)
  if (!match) return { text, number: null }
  const written = unit || match[2]
  // `300mm` is a quantity, `300-A` a name that begins with digits.
  if (written !== '' && !unitNamed(written)) {
    if (/^[a-zµ°²³/%‰]+$/i.test(written)) throw new Wrong(problem('selector.unit', { at, got: written, known: KNOWN_UNITS.join(', ') }))
    return { text, number: null }
  }
  return { text: unit ? `${text} ${unit}` : text, number: { value: Number(match[1]), unit: written } }
}

function metres([token, unit]: [Token, string]): number {
  const match = NUMBER.exec(token.text)
  if (!match) throw new Wrong(problem('selector.expected', { at: token.at, expected: 'number', got: token.text }))
  const found = unitNamed(unit || match[2] || 'm')
  if (found?.kind !== 'length') throw new Wrong(problem('selector.unit', { at: token.at, got: unit || match[2], known: LENGTH_UNITS.join(', ') }))
  return Number(match[1]) * found.factor
}

function className({ text, at }: Token): string {
  if (/[*?]/.test(text)) return text
  const spelled = spellClass(text.toUpperCase())
  if (spelled) return spelled
  throw new Wrong(problem('selector.unknownClass', { at, got: text, near: nearest(text) }))
}

/** The class whose name differs least, for a hint. */
function nearest(text: string): string {
  let best = ''
  let least = Math.max(3, text.length / 3)
  for (const name of knownClasses()) {
    if (!isA(name, 'IfcProduct')) continue
    const distance = edits(text.toLowerCase(), name.toLowerCase(), least)
    if (distance < least) [best, least] = [name, distance]
  }
  return best
}

/** Levenshtein distance; gives up above `most`. */
function edits(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return Infinity
  let row = Array.from({ length: b.length + 1 }, (_, k) => k)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)))
    row = next
  }
  return row[b.length]
}

function oneOf(words: readonly Token[], known: readonly string[]): void {
  for (const { text, at } of words)
    if (!/[*?]/.test(text) && !known.includes(text.toLowerCase())) throw new Wrong(problem('selector.unknownValue', { at, got: text, known: known.join(', ') }))
}
