/** Seeded damage to STEP files: cuts, flipped and stray characters, lost lines and attributes, swapped references, types and numbers. */
export function* mutants(text: string, count: number, seed: number): Generator<string, void, undefined> {
  const random = sequence(seed)
  const lines = text.split('\n')
  const first = lines.findIndex((line) => line.startsWith('DATA;')) + 1
  const highest = Math.max(...[...text.matchAll(/^#(\d+)/gm)].map((match) => Number(match[1])))
  for (let k = 0; k < count; k++) yield mutant()

  function mutant(): string {
    const at = Math.floor(random() * text.length)
    const line = first + Math.floor(random() * (lines.length - first - 3))
    const edit = (change: (line: string) => string): string => lines.map((l, k) => (k === line ? change(l) : l)).join('\n')
    switch (Math.floor(random() * 14)) {
      case 0:
        return text.slice(0, at)
      case 1:
        return text.slice(0, at) + String.fromCharCode(32 + Math.floor(random() * 95)) + text.slice(at + 1)
      case 2:
        return text.slice(0, at) + "$),(#';*"[Math.floor(random() * 8)] + text.slice(at)
      case 3:
        return text.slice(0, at) + text.slice(at + 1 + Math.floor(random() * 200))
      case 4:
        return edit(() => '')
      case 5:
        return edit((l) => l.replace(/#\d+(?=[,)])/, () => `#${anyId()}`))
      case 6:
        return edit((l) => l.replace(/-?\d+\.\d*/, () => ['0.', '-1.', '1.E300', 'NaN', '$', '1,5', '1.E-300'][Math.floor(random() * 7)]))
      case 7:
        return edit((l) => l.replace(/,[^,]*(?=,|\))/, ''))
      case 8:
        return edit((l) => l.replace(/^#\d+/, () => `#${anyId()}`))
      case 9:
        return edit((l) => l.replace(/=\s*IFC[A-Z0-9]+/, () => `=${TYPES[Math.floor(random() * TYPES.length)]}`))
      case 10: {
        // Some other references of the line point somewhere else: cycles come of it.
        const own = /^#(\d+)/.exec(lines[line])?.[1] ?? '1'
        return edit((l) => l.replaceAll(/#\d+(?=[,)])/g, (ref) => (random() < 0.5 ? `#${random() < 0.3 ? own : anyId()}` : ref)))
      }
      case 11:
        return text.slice(0, at) + '\0'.repeat(1 + Math.floor(random() * 64)) + text.slice(at + 64)
      case 12: {
        const other = first + Math.floor(random() * (lines.length - first - 3))
        return edit(() => lines[other])
      }
      default: {
        const until = at + Math.floor(random() * 2000)
        return text.slice(0, at) + text.slice(at, until) + text.slice(at, until) + text.slice(until)
      }
    }
  }
  function anyId(): number {
    return 1 + Math.floor(random() * (highest + 3))
  }
}
const TYPES = ['IFCPOLYLINE', 'IFCWALL', 'IFCMAPPEDITEM', 'IFCFACE', 'IFCBOOLEANRESULT', 'IFCLOCALPLACEMENT', 'IFCCLOSEDSHELL', 'IFCNOTHING']

/** Numbers in 0…1 that are the same on every run (a linear congruence, Numerical Recipes). */
function sequence(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
}
