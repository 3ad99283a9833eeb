import type { FloodResult } from '@/core/flood'
import type { Language } from './language.ts'

interface Told {
  readonly result: FloodResult
  readonly verdict: { readonly street: number }
}
/** What a run says, with the reason from the ledger: what the pumps sent back and what they shut out. */
export function sayVerdict({ result, verdict }: Told, language: Language): string {
  const zh = language === 'zh-CN'
  const returned = result.pumps.reduce((sum, pump) => sum + pump.returned, 0)
  const displaced = result.pumps.reduce((sum, pump) => sum + pump.displaced, 0)
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
  if (over.length === 0) lines.push(zh ? '所有关键设施均低于临界标高。' : 'Every asset stays below its critical level.')
  else {
    const list = over.map(({ id, firstOver }) => `${id} (${((firstOver ?? 0) / 60).toFixed(0)} min)`)
    lines.push(zh ? `超过临界标高：${list.join('、')}。` : `Over the critical level: ${list.join(', ')}.`)
  }
  const { street } = verdict
  if (street > 1) lines.push(zh ? `代价：${cubic(street)} 从场地大门流到街上。` : `The price: ${cubic(street)} leave by the gates onto the street.`)
  else lines.push(zh ? '没有水从场地大门流到街上。' : 'Nothing leaves by the gates onto the street.')
  lines.push(zh ? `水量平衡误差 ${result.balance.errorRelative.toExponential(1)}。` : `Mass balance error ${result.balance.errorRelative.toExponential(1)}.`)
  return lines.join('\n')
}

/** One layout among others, as its run told. */
export interface Layout {
  readonly title: { readonly zh: string; readonly en: string }
  /** Came in over the openings, left by the gates, came back or was shut out because of the pumps [m³]. */
  readonly over: number
  readonly street: number
  readonly kept: number
  readonly first: number | null /* s */
  readonly assetsOver: readonly string[]
}
/** Which layout lets least in and keeps every asset dry, and what it costs the street; then one line a layout. `best` is one of `layouts`. */
export function sayComparison(layouts: readonly Layout[], best: Layout, language: Language): string {
  const zh = language === 'zh-CN'
  const name = ({ title }: Layout) => (zh ? title.zh : title.en)
  const assets = ({ assetsOver }: Layout) =>
    assetsOver.length === 0
      ? zh
        ? '全部设施低于临界标高'
        : 'every asset below its critical level'
      : zh
        ? `${assetsOver.join('、')} 超过临界标高`
        : `${assetsOver.join(', ')} over the critical level`
  const line = (layout: Layout) =>
    zh
      ? `${name(layout)}：进水 ${cubic(layout.over)}${layout.first === null ? '' : `（首次 ${(layout.first / 60).toFixed(1)} min）`}，${assets(layout)}，流到街上 ${cubic(layout.street)}，水泵使 ${cubic(layout.kept)} 留在地面`
      : `${name(layout)}: ${cubic(layout.over)} come in${layout.first === null ? '' : ` (first at ${(layout.first / 60).toFixed(1)} min)`}, ${assets(layout)}, ${cubic(layout.street)} onto the street, ${cubic(layout.kept)} kept on the ground by the pumps`
  const head = zh
    ? `${best.assetsOver.length === 0 ? '设施全部安全的方案中进水最少' : '没有方案能保住全部设施；进水最少'}：${name(best)}。代价：${cubic(best.street)} 流到街上。`
    : `${best.assetsOver.length === 0 ? 'Of the layouts that keep every asset dry, least comes in with' : 'No layout keeps every asset dry; least comes in with'} ${name(best)}. The price: ${cubic(best.street)} onto the street.`
  return [head, ...layouts.map((layout) => `  ${line(layout)}`)].join('\n')
}

function cubic(volume: number): string {
  return `${Math.round(volume).toLocaleString('en-US').replaceAll(',', ' ')} m³`
}
