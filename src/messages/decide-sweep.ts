import type { Band, Light, Measure } from '@/core/decide'
import { sayMeasure, sayValue } from './decide.ts'
import type { Language } from './language.ts'

export const LIGHTS: Readonly<Record<Light, { readonly zh: string; readonly en: string; readonly mark: string }>> = {
  green: { zh: '合格', en: 'good', mark: '●' },
  amber: { zh: '注意', en: 'caution', mark: '▲' },
  red: { zh: '不合格', en: 'bad', mark: '✕' },
}

interface Told {
  readonly title: { readonly zh: string; readonly en: string }
  readonly resultHash: string
  readonly variants: readonly {
    readonly id: string
    readonly title: { readonly zh: string; readonly en: string }
    readonly difference: { readonly zh: readonly string[]; readonly en: readonly string[] }
  }[]
  readonly cases: readonly {
    readonly variant: string
    readonly condition: string | null
    readonly failure: string | null
    readonly sample: number | null
    readonly light: Light | null
    readonly measures: readonly Measure[]
  }[]
  readonly bands: readonly (Band & { readonly variant: string })[]
}

/** A sweep in words: what differs, one line a run, then the bands of the samples. */
export function saySweep({ title, resultHash, variants, cases, bands }: Told, language: Language): string {
  const zh = language === 'zh-CN'
  const lines = [zh ? title.zh : title.en, '']
  for (const { id, title: name, difference } of variants) {
    const words = zh ? difference.zh : difference.en
    lines.push(`${id}  ${zh ? name.zh : name.en}${words.length > 0 ? `: ${words.join(zh ? '；' : '; ')}` : ''}`)
  }
  lines.push('')
  for (const { variant, condition, failure, sample, light, measures } of cases) {
    if (sample !== null) continue
    const judged = measures.filter(({ light: own, id }) => id === 'inflow' || own === 'red' || own === 'amber')
    const facts = judged.map((measure) => `${sayMeasure(measure, language)} ${sayValue(measure.value, measure.unit)}`)
    lines.push(
      `${light ? LIGHTS[light].mark : ' '} ${[variant, condition, failure].filter((part) => part !== null).join(' / ')}: ${facts.join(zh ? '，' : ', ')}`,
    )
  }
  if (bands.length > 0) lines.push('', zh ? '抽样（5 % – 50 % – 95 %；超过临界的样本数）' : 'samples (5 % – 50 % – 95 %; samples that cross the limit)')
  for (const band of bands) {
    if (!['inflow', 'freeboard', 'depth'].includes(band.id)) continue
    const three = [band.p05, band.p50, band.p95].map((value) => sayValue(value, band.unit)).join(' – ')
    const chance = band.red === null ? '' : ` · ${Math.round(band.red * band.samples)} / ${band.samples}`
    lines.push(`  ${band.variant} ${sayMeasure(band, language)}: ${three}${chance}`)
  }
  lines.push('', `${zh ? '结果校验码' : 'result hash'} ${resultHash}`)
  return lines.join('\n')
}
