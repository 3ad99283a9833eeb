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
    'scenario.crest': { id: string; crest: string; sill: string }
  }
}

export {}
