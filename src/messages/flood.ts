import type { FloodLog, FloodResult } from '@/core/flood'
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
  edit: { zh: () => '方案被修改', en: () => 'The layout was changed' },
}

/** One line of the log: clock and words. */
export function sayLog(log: FloodLog, language: Language): string {
  return `${clock(log.time)} ${sayWhat(log, language)}`
}
export function sayWhat(log: FloodLog, language: Language): string {
  return language === 'zh-CN' ? WHAT[log.what].zh(log) : WHAT[log.what].en(log)
}

interface Told {
  readonly result: FloodResult
}
/** What the run says, with the reason from the ledger: what the pumps sent back and what they shut out. */
export function sayVerdict({ result }: Told, language: Language): string {
  const zh = language === 'zh-CN'
  const returned = result.pumps.reduce((sum, pump) => sum + pump.returned, 0)
  const displaced = result.pumps.reduce((sum, pump) => sum + pump.displaced, 0)
  const street = result.balance.out.boundary
  const lines: string[] = []
  const entered = result.openings.filter(({ volume }) => volume > 1)
  if (entered.length === 0) lines.push(zh ? '没有水越过缺口。' : 'No water comes over the openings.')
  for (const { id, volume, first, peak } of entered)
    lines.push(
      zh
        ? `经 ${id} 进水 ${cubic(volume)}，${first === null ? '' : `首次过水 ${(first / 60).toFixed(1)} min，`}最大 ${peak.toFixed(2)} m³/s。`
        : `${cubic(volume)} come in over ${id}${first === null ? '' : `, first at ${(first / 60).toFixed(1)} min`}, at most ${peak.toFixed(2)} m³/s.`,
    )
  if (returned + displaced > 1)
    lines.push(
      zh
        ? `水泵使 ${cubic(returned + displaced)} 留在地面：${cubic(returned)} 从雨水口回流，${cubic(displaced)} 因管道被占而排不进雨水口。`
        : `The pumps keep ${cubic(returned + displaced)} on the ground: ${cubic(returned)} come back at the gullies, ${cubic(displaced)} find the gullies shut because the sewer is full.`,
    )
  const over = result.assets.filter(({ firstOver }) => firstOver !== null)
  lines.push(
    over.length === 0
      ? zh
        ? '所有关键设施均低于临界标高。'
        : 'Every asset stays below its critical level.'
      : zh
        ? `超过临界标高：${over.map(({ id, firstOver }) => `${id}（${((firstOver ?? 0) / 60).toFixed(0)} min）`).join('、')}。`
        : `Over the critical level: ${over.map(({ id, firstOver }) => `${id} (${((firstOver ?? 0) / 60).toFixed(0)} min)`).join(', ')}.`,
  )
  lines.push(zh ? `流出场地边界（街道）${cubic(street)}。` : `${cubic(street)} leave over the edge of the site (street).`)
  lines.push(zh ? `水量平衡误差 ${result.balance.errorRelative.toExponential(1)}。` : `Mass balance error ${result.balance.errorRelative.toExponential(1)}.`)
  return lines.join('\n')
}

export function clock(seconds: number): string {
  const minutes = Math.floor(seconds / 60 + 1e-9)
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`
}
function cubic(volume: number): string {
  return `${Math.round(volume).toLocaleString('en-US').replaceAll(',', ' ')} m³`
}
function level(value: number | null): string {
  return value === null ? '' : `${value.toFixed(2)} m`
}
function flow(value: number | null): string {
  return value === null ? '' : `${value.toFixed(3)} m³/s`
}
