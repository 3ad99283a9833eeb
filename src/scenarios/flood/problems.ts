declare module '@/core/base/problem' {
  interface ProblemTable {
    'scenario.discharge': Record<string, never>
    'scenario.twice': { id: string }
    'scenario.place': { id: string }
    'scenario.element': { tag: string }
    'scenario.outside': { id: string; x: number; y: number }
    'scenario.dry': { id: string; x: number; y: number }
    'scenario.unknown': { what: string; id: string; known: string }
    'scenario.level': { id: string; what: string }
    'scenario.startStop': { id: string; start: string; stop: string }
    'scenario.until': { at: string; until: string }
    'scenario.kernel': { got: string; known: string }
    'scenario.table': { row: number }
    'scenario.hash': { path: string; expected: string; got: string }
    'scenario.model': { path: string }
    /** The text of a network file is not at hand. */
    /** What a pump keeps the grates of a node of the pipes below from taking is not known. */
    'scenario.displaced': { id: string; node: string }
    'scenario.none': { name: string }
    'scenario.network': { path: string }
    /** A manhole's rim and the ground at its inlet do not meet. */
    'scenario.rim': { id: string; node: string; rim: number; ground: number }
    /** Exactly one of these keys must be given. */
    'scenario.either': { keys: string }
    'scenario.outfall': { id: string; node: string }
    /** Two runs that are compared were not made under the same conditions: `what` names them, apart by blanks. */
    'scenario.differs': { what: string }
    'scenario.crest': { id: string; crest: string; sill: string }
  }
}

export {}
