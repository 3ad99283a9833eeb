declare module '@/core/base/problem' {
  interface ProblemTable {
    /** The levels of a network became no numbers; `id` names the node, or nothing. */
    'network.unstable': { time: number; id: string }
    /** An option that means nothing to a network which runs alone. */
    'network.option': { option: string }
    'inp.none': Record<string, never>
    'inp.empty': Record<string, never>
    'inp.outside': { text: string }
    'inp.section': { name: string; known: string }
    'inp.unsupported': { name: string }
    'inp.ignored': { name: string }
    'inp.units': { got: string; expected: string }
    'inp.option': { name: string; known: string }
    'inp.routing': { got: string }
    'inp.number': { got: string; what: string }
    'inp.time': { got: string; what: string }
    'inp.unknown': { what: 'node' | 'link' | 'curve' | 'series' | 'pattern' | 'rule'; id: string; known: string }
    'inp.twice': { id: string; line: number }
    'inp.itself': { id: string; node: string }
    'inp.outfall': { id: string; links: number }
    'inp.outfalls': { id: string; from: string; to: string }
    'inp.ideal': { id: string; node: string }
    'inp.upstream': { id: string; node: string }
    'inp.section-missing': { id: string }
    'inp.shape': { got: string; known: string }
    'inp.curve': { id: string; got: string; expected: string }
    'inp.points': { id: string }
    'inp.rises': { id: string; from: number; to: number }
    'inp.order': { id: string; before: string; after: string }
    'inp.sill': { id: string; got: number }
    'inp.levels': { id: string; start: string; stop: string }
    'inp.dates': { start: string; end: string }
    'inp.file': { id: string }
    'inp.rule': { got: string; expected: string }
  }
}

export {}
