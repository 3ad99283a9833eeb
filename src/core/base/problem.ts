/**
 * What went wrong, as data. Core code never holds words: a problem is a key with its facts, and `messages/` words every key in
 * both languages (a missing wording does not compile).
 */
export interface Problem<K extends ProblemKey = ProblemKey> {
  readonly key: K
  readonly severity: Severity
  /** Where in the input: a JSON path (`pumps[2].discharge`), a file name, or `#123` of a STEP line. */
  readonly path: string
  readonly facts: ProblemFacts[K]
}
export type Severity = 'error' | 'warning' | 'info'
export type Facts = Readonly<Record<string, string | number>>

/**
 * Every problem of the program with the facts it carries. A subject adds its own keys from its own folder by declaration merging:
 * `declare module '@/core/base/problem' { interface ProblemTable { 'ifc.truncated': { entities: number } } }`
 */
export interface ProblemTable {
  'parse.unknownKey': { key: string; known: string }
  'parse.missing': { key: string }
  'parse.type': { expected: string; got: string }
  'parse.range': { expected: string; got: string }
  'parse.unit': { got: string; expected: string }
  'parse.choice': { got: string; expected: string }
  'parse.length': { of: 'array' | 'string'; expected: string; got: number }
  'parse.json': { detail: string }
  'parse.tooLarge': { limit: string }
  'file.notFound': { name: string }
  'file.empty': { name: string }
}
export type ProblemKey = keyof ProblemTable & string
export type ProblemFacts = ProblemTable

export function problem<K extends ProblemKey>(key: K, facts: ProblemFacts[K], path = '', severity: Severity = 'error'): Problem<K> {
  return { key, severity, path, facts }
}

/** Thrown when the world failed (a file, a device, a run), never for a bug of ours: hosts show it in words. */
export class Failure extends Error {
  readonly problems: readonly Problem[]
  constructor(...problems: Problem[]) {
    super(problems.map((p) => `${p.key} ${p.path} ${JSON.stringify(p.facts)}`).join('; '))
    this.name = 'Failure'
    this.problems = problems
  }
}

/** The outcome of parsing: the value, or every problem found (with warnings the value is still there). */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T; readonly problems: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] }
