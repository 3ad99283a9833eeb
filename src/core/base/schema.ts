import { z } from 'zod'
import { type Problem, type ProblemTable, problem } from './problem.ts'
import { type Dimension, formatQuantity, parseQuantity, unitOf, unitsOf } from './quantity.ts'

// The page's content security policy forbids code made at run time, which zod would otherwise try.
z.config({ jitless: true })

/** Marks the message of a value that is no text where a quantity is wanted; its units follow. */
const QUANTITY = 'quantity: '
const MOST_VALUES = 200_000
const MOST_LEVELS = 32

/** Text such as "12 L/s": kept as written, checked to be a finite number with a unit of the dimension, within a range (SI) where one is given. */
export function quantity(dimension: Dimension, range: { least?: number; most?: number; over?: number } = {}) {
  const units = unitsOf(dimension)
  const named = units.map((unit) => (unit === '' ? '1' : unit)).join(', ')
  const { least, most, over } = range
  return z
    .string({ error: `${QUANTITY}${named}` })
    .superRefine((text, context) => {
      const value = parseQuantity(text, dimension)
      if (value === null) return issue(context, 'parse.unit', { got: brief(text), expected: named })
      const limit = (si: number) => formatQuantity(si, dimension, unitOf(text, dimension))
      if (over !== undefined && value <= over) issue(context, 'parse.range', { expected: `> ${limit(over)}`, got: text })
      else if (least !== undefined && value < least) issue(context, 'parse.range', { expected: `≥ ${limit(least)}`, got: text })
      else if (most !== undefined && value > most) issue(context, 'parse.range', { expected: `≤ ${limit(most)}`, got: text })
    })
    .meta({
      description: `${dimension}, a number with a unit: ${named}`,
      maxLength: 64,
      pattern: `^\\s*[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?\\s*(${units.map((unit) => unit.replace(/[()^]/g, '\\$&')).join('|')})\\s*$`,
    })
}

/** An object that refuses keys it does not know, and says which it knows. */
export function object<S extends z.ZodRawShape>(shape: S) {
  return z.strictObject(shape, { error: (raw) => (raw.code === 'unrecognized_keys' ? Object.keys(shape).join(', ') : undefined) })
}

/** Adds one of our problems to a zod check. */
export function issue<K extends keyof ProblemTable & string>(context: z.RefinementCtx, key: K, facts: ProblemTable[K], path: (string | number)[] = []): void {
  context.addIssue({ code: 'custom', path, params: { key, facts }, message: key })
}

/** Everything that is wrong with a value, with its path; empty where it is right. Nothing of the value is used before its size is checked. */
export function findProblems(schema: z.ZodType, value: unknown): Problem[] {
  const shape = checkShape(value)
  if (shape.length > 0) return shape
  const result = schema.safeParse(value)
  return result.success ? [] : result.error.issues.flatMap((raw) => toProblems(raw, value))
}

/** JSON text → value, or the problem that it is none. */
export function parseJson(text: string): { value: unknown } | { problem: Problem } {
  if (text.length > 20_000_000) return { problem: problem('parse.tooLarge', { limit: '20 MB' }) }
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    return { problem: problem('parse.json', { detail: error instanceof Error ? error.message : String(error) }) }
  }
}

function checkShape(root: unknown): Problem[] {
  const stack: { value: unknown; level: number; path: string }[] = [{ value: root, level: 0, path: '' }]
  let count = 0
  while (stack.length > 0) {
    const { value, level, path } = stack.pop() as { value: unknown; level: number; path: string }
    if (++count > MOST_VALUES || level > MOST_LEVELS) return [problem('parse.tooLarge', { limit: `${MOST_VALUES} / ${MOST_LEVELS}` }, path)]
    if (typeof value === 'number' && !Number.isFinite(value)) return [problem('parse.type', { expected: 'finite number', got: String(value) }, path)]
    if (value === null || typeof value !== 'object') continue
    for (const key of Object.keys(value)) {
      const at = Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`
      if (key === '__proto__' || key === 'constructor' || key === 'prototype') return [problem('parse.unknownKey', { key, known: '' }, at)]
      stack.push({ value: (value as Record<string, unknown>)[key], level: level + 1, path: at })
    }
  }
  return []
}

function toProblems(raw: z.core.$ZodIssue, root: unknown): Problem[] {
  const path = raw.path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`),
    '',
  )
  const found = raw.path.reduce<unknown>(
    (value, part) => (value !== null && typeof value === 'object' ? (value as Record<PropertyKey, unknown>)[part] : undefined),
    root,
  )
  const got = found === undefined ? '–' : brief(typeof found === 'string' ? found : (JSON.stringify(found) ?? typeof found))
  const missing = () => [problem('parse.missing', { key: String(raw.path.at(-1) ?? '') }, path)]
  switch (raw.code) {
    case 'custom': {
      const { key, facts } = (raw.params ?? {}) as { key: keyof ProblemTable & string; facts: never }
      return [problem(key, facts, path)]
    }
    case 'unrecognized_keys':
      return raw.keys.map((key) => problem('parse.unknownKey', { key: brief(key), known: raw.message }, path === '' ? key : `${path}.${key}`))
    case 'invalid_type':
      if (found === undefined && raw.path.length > 0) return missing()
      if (raw.message.startsWith(QUANTITY)) return [problem('parse.unit', { got, expected: raw.message.slice(QUANTITY.length) }, path)]
      return [problem('parse.type', { expected: raw.expected, got: typeof found === 'string' ? `"${got}"` : got }, path)]
    case 'invalid_value':
      return found === undefined ? missing() : [problem('parse.choice', { got, expected: raw.values.map(String).join(', ') }, path)]
    case 'invalid_union':
      return found === undefined ? missing() : [problem('parse.choice', { got, expected: choices(raw).join(', ') }, path)]
    case 'too_small':
    case 'too_big': {
      const expected = raw.code === 'too_small' ? `≥ ${String(raw.minimum)}` : `≤ ${String(raw.maximum)}`
      if (raw.origin !== 'array' && raw.origin !== 'string') return [problem('parse.range', { expected, got }, path)]
      const { length } = found as { length: number }
      return [problem('parse.length', { of: raw.origin === 'array' ? 'array' : 'string', expected, got: length }, path)]
    }
    default:
      return [problem('parse.type', { expected: raw.message, got }, path)]
  }
}

/** What each branch of a union would have taken: its words, or the kind of value. */
function choices(raw: z.core.$ZodIssueInvalidUnion): string[] {
  if ('options' in raw && raw.options) return raw.options.map(String)
  const wanted = raw.errors.map(([first]) =>
    first?.code === 'invalid_value' ? first.values.map(String).join(', ') : first?.code === 'invalid_type' ? first.expected : '',
  )
  return [...new Set(wanted.filter((word) => word !== ''))]
}

function brief(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}
