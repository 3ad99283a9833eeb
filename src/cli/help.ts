import type { Language } from '@/messages/language.ts'
import { COMMANDS, type Command } from './commands.ts'

/** What a person sees who asks for help, or asks for nothing. */
export function helpText(command: Command | undefined, language: Language): string {
  const zh = language === 'zh-CN'
  const shown = command ? [command] : COMMANDS
  const lines = shown.map(({ usage, zh: inChinese, en }) => `  foresite ${usage}\n      ${zh ? inChinese : en}`)
  const common = zh
    ? '通用选项：--json（标准输出只有一个 JSON 文档）  --lang zh-CN|en  --quiet\n退出码：0 完成 · 2 输入有误 · 3 什么都没能载入 · 4 达到上限 · 10 满足 --fail-on · 70 程序缺陷 · 130 已取消'
    : 'Common options: --json (one JSON document on stdout)  --lang zh-CN|en  --quiet\nExit: 0 done · 2 bad input · 3 nothing could be loaded · 4 stopped at a budget · 10 a --fail-on holds · 70 a bug · 130 cancelled'
  return `${zh ? '工地预演' : 'Foresite'}\n\n${lines.join('\n')}\n\n${common}\n`
}
