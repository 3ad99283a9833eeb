import type { ClashSide, Finding } from '@/core/clash'
import type { Language } from './language.ts'

/** One plain sentence of what a check found: what, how much, and what it should be. */
export function sayFinding({ check, a, b, figures: f }: Finding, language: Language): string {
  const zh = language === 'zh-CN'
  const [one, two] = [nameOf(a), b ? nameOf(b) : '']
  switch (check) {
    case 'slope':
      return zh
        ? `${one} 沿流向上坡：${metres(f.length_m)} 内升高 ${metres(f.rise_m)}，重力流排不出去`
        : `${one} rises in the direction of flow: ${metres(f.rise_m)} over ${metres(f.length_m)}; it cannot drain by gravity`
    case 'headroom':
      return zh
        ? `${one} 下方净高 ${metres(f.headroom_m)}，小于通行区 ${two} 要求的 ${metres(f.required_m)}`
        : `${one} leaves ${metres(f.headroom_m)} of headroom, less than the ${metres(f.required_m)} of walking zone ${two}`
    case 'space-time':
      return zh
        ? `${one} 与 ${two} 在 ${f.year} 年第 ${f.week} 周同时占用 ${f.area_m2.toFixed(1)} m² 场地`
        : `${one} and ${two} use the same ${f.area_m2.toFixed(1)} m² of ground in week ${f.week} of ${f.year}`
    case 'edge-height':
      return zh
        ? `${one} 只高出地面 ${metres(f.height_m)}，小于要求的 ${metres(f.least_m)}（同一道墙共 ${f.walls} 段不足）`
        : `${one} stands only ${metres(f.height_m)} above the ground, less than the required ${metres(f.least_m)} (${f.walls} walls of this line are too low)`
    case 'spacing':
      return zh
        ? `${one} 与 ${two} 相距 ${metres(f.distance_m)}，大于允许的 ${metres(f.most_m)}`
        : `${one} and ${two} are ${metres(f.distance_m)} apart, more than the ${metres(f.most_m)} allowed`
    case 'opening':
      return zh ? `${one} 穿过 ${two}，但没有预留洞口` : `${one} runs through ${two}, which has no opening for it`
  }
}

/** A rule that no element fits has tested nothing. */
export function sayEmpty(rule: string, side: 'a' | 'b', language: Language): string {
  return language === 'zh-CN'
    ? `规则 ${rule}：${side === 'a' ? '甲' : '乙'}方没有构件，未作检查`
    : `Rule ${rule}: no element on side ${side.toUpperCase()}; nothing was tested`
}

function nameOf({ name, tag, globalId }: ClashSide): string {
  return name || tag || globalId
}
function metres(value: number): string {
  return `${value.toFixed(2)} m`
}
