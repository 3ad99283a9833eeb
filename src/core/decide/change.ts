import { canonicalJson } from '@/core/base/hash'
import { type Parsed, type Problem, problem } from '@/core/base/problem'
import './problems.ts'

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined }
export type JsonObject = { readonly [key: string]: Json | undefined }

/**
 * One difference between two documents. A path walks keys (`storm.returnPeriod`) and entries of lists by id (`pumps[P-05].discharge`);
 * `[*]` is every entry, `[+]` a new one at the end of a list whose entries have no id. Exactly one of `to`, `times`, `remove` is given:
 * `times` scales a number, or a quantity in its own unit.
 */
export type Change =
  | { readonly path: string; readonly to: Json }
  | { readonly path: string; readonly times: number }
  | { readonly path: string; readonly remove: true }

/** What leads from one document to another; `applyChanges(a, differences(a, b))` is b, also in the order of its lists. */
export function differences(a: JsonObject, b: JsonObject): Change[] {
  const changes: Change[] = []
  compare(a, b, '', changes)
  return changes
}

function compare(a: Json | undefined, b: Json | undefined, path: string, out: Change[]): void {
  if (same(a, b)) return
  if (b === undefined) out.push({ path, remove: true })
  else if (isObject(a) && isObject(b)) {
    for (const key of Object.keys(a)) compare(a[key], b[key], join(path, key), out)
    for (const key of Object.keys(b)) if (!(key in a)) compare(undefined, b[key], join(path, key), out)
  } else if (isList(a) && isList(b)) compareLists(a, b, path, out)
  else out.push({ path, to: b })
}

function compareLists(a: readonly Json[], b: readonly Json[], path: string, out: Change[]): void {
  const [before, after] = [byId(a), byId(b)]
  if (before && after) {
    const found: Change[] = []
    for (const id of before.keys()) if (!after.has(id)) found.push({ path: `${path}${entry(id)}`, remove: true })
    for (const [id, item] of after) compare(before.get(id), item, `${path}${entry(id)}`, found)
    const kept = [...before.keys()].filter((id) => after.has(id))
    const added = [...after.keys()].filter((id) => !before.has(id))
    // Order counts (a list is summed in its order): where entries changed places, the whole list is the difference.
    if ([...kept, ...added].join('\n') === [...after.keys()].join('\n')) {
      out.push(...found)
      return
    }
  } else if (b.length > a.length && a.every((item, k) => same(item, b[k]))) {
    for (const item of b.slice(a.length)) out.push({ path: `${path}[+]`, to: item })
    return
  }
  out.push({ path, to: b })
}

/** The document with the changes made in their order; what cannot be made is said by its path. */
export function applyChanges<T extends JsonObject>(document: T, changes: readonly Change[]): Parsed<T> {
  const problems: Problem[] = []
  let value: Json = document
  changes.forEach((change, k) => {
    const steps = parsePath(change.path)
    const done = steps.length > 0 ? changeAt(value, steps, change) : undefined
    if (done === undefined) problems.push(problem('decide.path', { path: change.path }, `changes[${k}].path`))
    else if (done instanceof Wrong) problems.push(problem('decide.scale', { path: change.path, got: done.got }, `changes[${k}].times`))
    else value = done
  })
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: value as T, problems: [] }
}

/** What was there and could not be scaled. */
class Wrong {
  readonly got: string
  constructor(got: string) {
    this.got = got
  }
}

/** undefined: there is no such place. */
function changeAt(value: Json | undefined, steps: readonly Step[], change: Change): Json | undefined | Wrong {
  const [step, ...rest] = steps
  if (!step) return undefined
  if (step.kind === 'key') {
    if (!isObject(value)) return undefined
    const inner = rest.length > 0 ? changeAt(value[step.name], rest, change) : leaf(value[step.name], change)
    if (inner === undefined || inner instanceof Wrong) return inner
    const { [step.name]: _, ...others } = value
    return inner === REMOVED ? others : step.name in value ? { ...value, [step.name]: inner } : { ...others, [step.name]: inner }
  }
  if (value === undefined && step.kind !== 'every' && rest.length === 0) return changeAt([], steps, change)
  if (!isList(value)) return undefined
  if (step.kind === 'new') return 'to' in change && rest.length === 0 ? [...value, change.to] : undefined
  const list: Json[] = []
  let found = false
  for (const item of value) {
    if (step.kind === 'id' && !(isObject(item) && item.id === step.id)) {
      list.push(item)
      continue
    }
    found = true
    const inner = rest.length > 0 ? changeAt(item, rest, change) : leaf(item, change)
    if (inner === undefined || inner instanceof Wrong) return inner
    if (inner !== REMOVED) list.push(inner)
  }
  if (found) return list
  if (step.kind === 'every') return value
  return 'to' in change && rest.length === 0 && isObject(change.to) ? [...value, change.to] : undefined
}

const REMOVED = Object.freeze({ removed: true }) as unknown as Json
function leaf(value: Json | undefined, change: Change): Json | undefined | Wrong {
  if ('to' in change) return change.to
  if (value === undefined) return undefined
  if ('remove' in change) return REMOVED
  if (typeof value === 'number') return value * change.times
  const [, amount, unit] = (typeof value === 'string' && /^\s*([+-]?[\d.]+(?:e[+-]?\d+)?)(.*)$/i.exec(value)) || []
  if (amount === undefined || !Number.isFinite(Number(amount))) return new Wrong(JSON.stringify(value))
  return `${Number(amount) * change.times}${unit}`
}

type Step = { readonly kind: 'key'; readonly name: string } | { readonly kind: 'id'; readonly id: string } | { readonly kind: 'every' | 'new' }

/** Empty where the text is no path. */
function parsePath(path: string): Step[] {
  const steps: Step[] = []
  const token = /(?:^|\.)([\w$-]+)|\[("(?:[^"\\]|\\.)*"|[^\]]*)\]/gy
  while (token.lastIndex < path.length) {
    const match = token.exec(path)
    if (!match) return []
    const [, name, inner] = match
    if (name === '__proto__' || name === 'constructor' || name === 'prototype') return []
    if (name !== undefined) steps.push({ kind: 'key', name })
    else if (inner === '*') steps.push({ kind: 'every' })
    else if (inner === '+') steps.push({ kind: 'new' })
    else steps.push({ kind: 'id', id: inner.startsWith('"') ? (JSON.parse(inner) as string) : inner })
  }
  return steps
}

function entry(id: string): string {
  return /[\]"\\]|^[*+]$|^$/.test(id) ? `[${JSON.stringify(id)}]` : `[${id}]`
}
function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`
}
function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}
function same(a: Json | undefined, b: Json | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && canonicalJson(a) === canonicalJson(b))
}
/** Entries by id, or null where not every entry has one of its own. */
function byId(list: readonly Json[]): Map<string, Json> | null {
  const map = new Map<string, Json>()
  for (const item of list) {
    if (!isObject(item) || typeof item.id !== 'string' || map.has(item.id)) return null
    map.set(item.id, item)
  }
  return map
}
