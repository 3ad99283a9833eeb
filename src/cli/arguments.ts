import { type Problem, problem } from '@/core/base/problem'

/** `flag` stands alone, `value` takes one word, `list` takes the words up to the next option. */
export type OptionKind = 'flag' | 'value' | 'list'
export interface Arguments {
  readonly words: readonly string[]
  readonly flags: ReadonlySet<string>
  readonly values: Readonly<Record<string, string>>
  readonly lists: Readonly<Record<string, readonly string[]>>
  readonly problems: readonly Problem[]
}

export function parseArguments(argv: readonly string[], options: Readonly<Record<string, OptionKind>>): Arguments {
  const words: string[] = []
  const flags = new Set<string>()
  const values: Record<string, string> = {}
  const lists: Record<string, string[]> = {}
  const problems: Problem[] = []
  for (let k = 0; k < argv.length; k++) {
    const word = argv[k]
    if (!word.startsWith('--') || word === '--') {
      if (word !== '--') words.push(word)
      continue
    }
    const [name, inline] = word.slice(2).split(/=(.*)/s)
    const kind = Object.hasOwn(options, name) ? options[name] : undefined
    if (kind === undefined) {
      problems.push(
        problem('parse.unknownKey', {
          key: word,
          known: Object.keys(options)
            .map((option) => `--${option}`)
            .join(' '),
        }),
      )
    } else if (kind === 'flag') flags.add(name)
    else if (kind === 'value') {
      const given = inline !== undefined || argv[k + 1]?.startsWith('--') ? inline : argv[++k]
      if (given === undefined) problems.push(problem('parse.missing', { key: word }))
      else values[name] = given
    } else {
      const list = inline === undefined ? [] : [inline]
      while (k + 1 < argv.length && !argv[k + 1].startsWith('--')) list.push(argv[++k])
      lists[name] = [...(lists[name] ?? []), ...list]
    }
  }
  return { words, flags, values, lists, problems }
}
