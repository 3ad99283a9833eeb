import type { FloodLog } from '@/core/flood'
import type { Language } from './language.ts'

const WHAT: { readonly [W in FloodLog['what']]: { zh: (log: FloodLog) => string; en: (log: FloodLog) => string } } = {
  'pump-start': {
    zh: ({ subject, value }) => `${subject} 启泵（水位 ${level(value)}）`,
    en: ({ subject, value }) => `${subject} starts (level ${level(value)})`,
  },
  'pump-stop': {
    zh: ({ subject, cause }) => `${subject} 停泵${cause === 'level' ? '（水位降到停泵水位）' : `（${cause}）`}`,
    en: ({ subject, cause }) => `${subject} stops${cause === 'level' ? ' (stop level)' : ` (${cause})`}`,
  },
  'pump-fails': { zh: ({ subject }) => `${subject} 故障`, en: ({ subject }) => `${subject} fails` },
  'pump-restored': { zh: ({ subject }) => `${subject} 恢复`, en: ({ subject }) => `${subject} is restored` },
  'panel-trips': {
    zh: ({ subject, value }) => `配电箱 ${subject} 进水跳闸（${level(value)}）`,
    en: ({ subject, value }) => `Panel ${subject} trips under water (${level(value)})`,
  },
  'power-cut': { zh: ({ subject }) => `${subject} 断电`, en: ({ subject }) => `Power of ${subject} is cut` },
  'power-back': { zh: ({ subject }) => `${subject} 恢复供电`, en: ({ subject }) => `Power of ${subject} is back` },
  'barrier-placed': {
    zh: ({ subject, cause, value }) => `${subject} 就位于 ${cause}，顶标高 ${level(value)}`,
    en: ({ subject, cause, value }) => `${subject} stands in ${cause}, crest ${level(value)}`,
  },
  'node-capacity': {
    zh: ({ subject, value }) => `${subject} 可接纳流量变为 ${flow(value)}`,
    en: ({ subject, value }) => `${subject} now takes ${flow(value)}`,
  },
  'first-water': { zh: ({ subject }) => `${subject} 首次过水（累计超过 1 m³）`, en: ({ subject }) => `First water over ${subject} (more than 1 m³)` },
  'asset-over': {
    zh: ({ subject, value }) => `${subject} 处水位达到临界标高（${level(value)}）`,
    en: ({ subject, value }) => `Water at ${subject} reaches its critical level (${level(value)})`,
  },
  'node-surcharges': {
    zh: ({ subject }) => `${subject} 超过接纳能力，水从雨水口返回地面`,
    en: ({ subject }) => `${subject} takes no more: water comes up at its gullies`,
  },
  floods: { zh: ({ subject }) => `检查井 ${subject} 满溢，水从井口涌出`, en: ({ subject }) => `Manhole ${subject} is full: water rises over its rim` },
  'flood-ends': { zh: ({ subject }) => `检查井 ${subject} 不再满溢`, en: ({ subject }) => `Manhole ${subject} no longer floods` },
  'gate-shuts': {
    zh: ({ subject, value }) => `${subject} 拍门关闭（外水位 ${level(value)}）`,
    en: ({ subject, value }) => `The flap gate of ${subject} shuts (outside ${level(value)})`,
  },
  'gate-opens': {
    zh: ({ subject, value }) => `${subject} 拍门打开（外水位 ${level(value)}）`,
    en: ({ subject, value }) => `The flap gate of ${subject} opens (outside ${level(value)})`,
  },
  setting: {
    zh: ({ subject, value, cause }) => `${subject} 调到 ${value ?? ''}（规则 ${cause}）`,
    en: ({ subject, value, cause }) => `${subject} is set to ${value ?? ''} (rule ${cause})`,
  },
  clogs: {
    zh: ({ subject, value }) => `${subject} 堵塞，过流减少 ${percent(value)}`,
    en: ({ subject, value }) => `${subject} clogs: it passes ${percent(value)} less`,
  },
  clears: { zh: ({ subject }) => `${subject} 疏通`, en: ({ subject }) => `${subject} is clear again` },
  'generator-starts': { zh: ({ subject }) => `${subject} 的发电机供电`, en: ({ subject }) => `The generator of ${subject} takes over` },
  'rule-fires': {
    zh: ({ subject, cause, value }) => `规则 ${subject} 生效于 ${cause}（水位 ${level(value)}）`,
    en: ({ subject, cause, value }) => `Rule ${subject} acts on ${cause} (level ${level(value)})`,
  },
  edit: { zh: () => '方案被修改', en: () => 'The layout was changed' },
}

/** One line of the log: clock and words. */
export function sayLog(log: FloodLog, language: Language): string {
  return `${clock(log.time)} ${sayWhat(log, language)}`
}
export function sayWhat(log: FloodLog, language: Language): string {
  return language === 'zh-CN' ? WHAT[log.what].zh(log) : WHAT[log.what].en(log)
}

export function clock(seconds: number): string {
  const minutes = Math.floor(seconds / 60 + 1e-9)
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`
}
function level(value: number | null): string {
  return value === null ? '' : `${value.toFixed(2)} m`
}
function percent(value: number | null): string {
  return value === null ? '' : `${Math.round(value * 100)} %`
}
function flow(value: number | null): string {
  return value === null ? '' : `${value.toFixed(3)} m³/s`
}
