import { isA } from './classes.ts'
import { disciplineOf } from './queries.ts'
import type { Comparison, PropertyValue, Selector, TextOp } from './selector.ts'
import { onOneScale } from './selector-units.ts'
import type { Element, PropertySet, SiteModel } from './site-model.ts'

/** Three-valued: null where property sets are needed and not given, or where what they say cannot be compared (another unit, no number). */
export type Truth = boolean | null
export type Match = (element: Element, sets: readonly PropertySet[] | null) => Truth

/** The selector as a test of one model's elements. What holds for the whole model, its storeys and systems is looked up once. */
export function matcherOf(selector: Selector, model: SiteModel): Match {
  switch (selector.kind) {
    case 'and':
    case 'or': {
      const decisive = selector.kind === 'or'
      const tests = selector.of.map((one) => matcherOf(one, model))
      return (element, sets) => {
        let unknown = false
        for (const test of tests) {
          const truth = test(element, sets)
          if (truth === decisive) return decisive
          if (truth === null) unknown = true
        }
        return unknown ? null : !decisive
      }
    }
    case 'not': {
      const test = matcherOf(selector.of, model)
      return (element, sets) => {
        const truth = test(element, sets)
        return truth === null ? null : !truth
      }
    }
    case 'text': {
      const wanted = fold(selector.text)
      return ({ name, tag, globalId, class: kind }) => [name, tag, kind].some((text) => fold(text).includes(wanted)) || globalId === selector.text
    }
    case 'class': {
      const tests = selector.names.map((name) => (/[*?]/.test(name) ? glob(name) : (kind: string) => isA(kind, name)))
      return ({ class: kind }) => tests.some((test) => test(kind))
    }
    case 'field':
      return fieldMatcher(selector, model)
    case 'level':
      return ({ bounds }) => bounds !== null && compare(selector.op, (selector.edge === 'top' ? bounds.max : bounds.min)[2], selector.value)
    case 'has': {
      const find = rowFinder(selector.set, selector.name)
      return (_, sets) => (sets ? find(sets).length > 0 : null)
    }
    case 'property':
      return propertyMatcher(selector)
  }
}

function fieldMatcher({ field, op, values }: Extract<Selector, { kind: 'field' }>, model: SiteModel): Match {
  const test = textTest(op, values)
  switch (field) {
    case 'name':
    case 'tag':
    case 'type':
    case 'state':
      return (element) => test([element[field]])
    case 'id':
      // GlobalIds are told apart by case.
      return ({ globalId }) => values.includes(globalId) !== (op === '!=')
    case 'discipline':
      return constant(test([disciplineOf(model)]))
    case 'file':
      return constant(test([model.id, model.file.name]))
    case 'storey': {
      const fits = model.storeys.map(({ name }) => test([name]))
      return ({ storey }) => (storey < 0 ? op === '!=' : fits[storey])
    }
    case 'system': {
      const same = textTest(op === '!=' ? '=' : op, values)
      const fits = model.systems.map(({ name, type }) => same([name, type]))
      return ({ systems }) => systems.some((k) => fits[k]) !== (op === '!=')
    }
  }
}

function propertyMatcher({ set, name, op, values }: Extract<Selector, { kind: 'property' }>): Match {
  const find = rowFinder(set, name)
  const tests = values.map((value) => valueTest(op === '!=' ? '=' : op, value))
  return (_, sets) => {
    if (!sets) return null
    let unknown = false
    const rows = find(sets)
    for (const row of rows)
      for (const test of tests) {
        const truth = test(row)
        if (truth) return op !== '!='
        if (truth === null) unknown = true
      }
    return unknown ? null : op === '!=' && rows.length > 0
  }
}

type Row = PropertySet['properties'][number]

/** Properties of that name; where an element has one itself, the one of its type does not count. */
function rowFinder(set: string, name: string): (sets: readonly PropertySet[]) => Row[] {
  const [inSet, named] = [glob(set), glob(name)]
  return (sets) => {
    const found = new Map<string, Row>()
    for (const from of ['occurrence', 'type'] as const)
      for (const one of sets) {
        if (one.from !== from || !inSet(one.name)) continue
        for (const row of one.properties) {
          const key = `${one.name}\u0000${row.name}`
          if (named(row.name) && !found.has(key)) found.set(key, row)
        }
      }
    return [...found.values()]
  }
}

const YES = ['true', 'yes', '是', '.t.']
const NO = ['false', 'no', '否', '.f.']

function valueTest(op: TextOp | Comparison, { text, number }: PropertyValue): (row: Row) => Truth {
  if (op === '~' || (op === '=' && !number)) {
    const test = textTest(op, [text])
    const folded = fold(text)
    return ({ value }) => {
      if (value === null) return false
      if (typeof value === 'boolean') return op === '=' && (value ? YES : NO).includes(folded)
      return test([String(value)])
    }
  }
  const ordered = op as Comparison
  return ({ value, unit }) => {
    if (value === null || typeof value === 'boolean') return false
    if (!number) return null
    const found = typeof value === 'number' ? value : Number(value.trim() || Number.NaN)
    // A text such as "DN300" has no size to compare; equality with a number it does not have either.
    if (!Number.isFinite(found)) return op === '=' ? fold(String(value)) === fold(text) : null
    const pair = onOneScale(number, found, unit)
    return pair ? compare(ordered, pair[1], pair[0]) : null
  }
}

/** Numbers that differ by less than this share are the same: files write decimals. */
const SAME = 1e-9
function compare(op: Comparison, found: number, asked: number): boolean {
  const same = Math.abs(found - asked) <= SAME * Math.max(Math.abs(found), Math.abs(asked))
  switch (op) {
    case '=':
      return same
    case '!=':
      return !same
    case '<':
      return found < asked && !same
    case '<=':
      return found < asked || same
    case '>':
      return found > asked && !same
    case '>=':
      return found > asked || same
  }
}

function textTest(op: TextOp | Comparison, values: readonly string[]): (texts: readonly string[]) => boolean {
  if (op === '~') {
    const wanted = values.map(fold)
    return (texts) => texts.some((text) => wanted.some((one) => fold(text).includes(one)))
  }
  const tests = values.map(glob)
  return (texts) => texts.some((text) => tests.some((test) => test(text))) !== (op === '!=')
}

function constant(truth: boolean): Match {
  return () => truth
}

/** Full-width letters, case and outer blanks make no difference. */
function fold(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase()
}

/** `*` stands for any text, `?` for one character. In time proportional to the two lengths. */
export function glob(pattern: string): (text: string) => boolean {
  const wanted = [...fold(pattern)]
  if (!wanted.includes('*') && !wanted.includes('?')) {
    const plain = wanted.join('')
    return (text) => fold(text) === plain
  }
  return (text) => {
    const letters = [...fold(text)]
    let [t, p] = [0, 0]
    let [star, from] = [-1, 0]
    while (t < letters.length) {
      if (p < wanted.length && wanted[p] === '*') [star, from] = [p++, t]
      else if (p < wanted.length && (wanted[p] === '?' || wanted[p] === letters[t])) [t, p] = [t + 1, p + 1]
      else if (star >= 0) [t, p] = [++from, star + 1]
      else return false
    }
    while (wanted[p] === '*') p++
    return p === wanted.length
  }
}
