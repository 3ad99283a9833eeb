import { CLI, COMMAND_WORDS, COMMON_OPTIONS, type OptionWords } from '@/messages/cli.ts'
import type { Language } from '@/messages/language.ts'
import { COMMANDS, type Command } from './commands.ts'

/** What a person sees who asks for help, or asks for nothing: all commands, or one with its options. */
export function helpText(command: Command | undefined, language: Language): string {
  const say = (words: { readonly zh: string; readonly en: string }) => (language === 'zh-CN' ? words.zh : words.en)
  const entries = (options: Readonly<Record<string, OptionWords>>) =>
    Object.entries(options).map(([name, words]) => `  ${`--${name}${words.value ? ` ${words.value}` : ''}`.padEnd(28)}${say(words)}`)
  const common = [`${say(CLI.common)}`, ...entries(COMMON_OPTIONS), '', say(CLI.exits)]
  if (!command) {
    const commands = COMMANDS.map(({ name, usage }) => `  foresite ${usage}\n      ${say(COMMAND_WORDS[name].what)}`)
    return `${[say(CLI.name), '', ...commands, '', say(CLI.more), '', ...common].join('\n')}\n`
  }
  const own = entries(COMMAND_WORDS[command.name].options)
  const lines = [say(COMMAND_WORDS[command.name].what), '', `${say(CLI.usage)}: foresite ${command.usage}`, '']
  return `${[...lines, ...(own.length > 0 ? [say(CLI.options), ...own, ''] : []), ...common].join('\n')}\n`
}
