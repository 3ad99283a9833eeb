import type { Problem } from '@/core/base/problem'

/**
 * A question to models, parsed: which elements are meant. One language for the find panel, clash rules, the terminal and scenario files
 * (README.md has its grammar). Plain data: it crosses threads and is the same on every machine.
 */
export type Selector =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Selector[] }
  | { readonly kind: 'not'; readonly of: Selector }
  /** Anywhere in name, tag, class or GlobalId. */
  | { readonly kind: 'text'; readonly text: string }
  /** One of these classes or a subclass of one; patterns with `*` name classes themselves. */
  | { readonly kind: 'class'; readonly names: readonly string[] }
  | { readonly kind: 'field'; readonly field: Field; readonly op: TextOp; readonly values: readonly string[] }
  /** Lowest or highest point of the body [m], project frame. */
  | { readonly kind: 'level'; readonly edge: 'bottom' | 'top'; readonly op: Comparison; readonly value: number }
  | { readonly kind: 'has'; readonly set: string; readonly name: string }
  | { readonly kind: 'property'; readonly set: string; readonly name: string; readonly op: TextOp | Comparison; readonly values: readonly PropertyValue[] }

export type Field = 'type' | 'name' | 'tag' | 'id' | 'storey' | 'system' | 'discipline' | 'file' | 'state'
export type TextOp = '=' | '!=' | '~'
export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>='
/** What a property is compared with: the text as written, and where it is a number, its value and unit ('' for none). */
export interface PropertyValue {
  readonly text: string
  readonly number: { readonly value: number; readonly unit: string } | null
}

/** Positions are counted in characters from 0. */
declare module '@/core/base/problem' {
  interface ProblemTable {
    'selector.empty': Record<string, never>
    'selector.tooLong': { limit: number }
    'selector.expected': { at: number; expected: 'condition' | 'value' | 'number' | 'property' | 'end'; got: string }
    'selector.unclosed': { at: number; what: string }
    'selector.unknownField': { at: number; got: string; known: string }
    'selector.unknownClass': { at: number; got: string; near: string }
    'selector.unknownValue': { at: number; got: string; known: string }
    'selector.operator': { at: number; field: string; op: string }
    'selector.unit': { at: number; got: string; known: string }
    'selector.needsProperties': Record<string, never>
  }
}
export type SelectorProblem = Problem & { readonly key: `selector.${string}` }

/** Does the answer depend on property sets, which are read only when asked for? */
export function needsProperties(selector: Selector): boolean {
  switch (selector.kind) {
    case 'and':
    case 'or':
      return selector.of.some(needsProperties)
    case 'not':
      return needsProperties(selector.of)
    default:
      return selector.kind === 'has' || selector.kind === 'property'
  }
}
