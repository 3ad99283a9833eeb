import type { Clash, ClashSide, IgnoreReason } from '@/core/clash'
import type { Language } from './language.ts'

/** One plain sentence: what meets what, by how much. */
export function sayClash(clash: Clash, language: Language): string {
  const { a, b, depth, gap, required } = clash
  const zh = language === 'zh-CN'
  const [one, two] = [nameOf(a), nameOf(b)]
  switch (clash.kind) {
    case 'hard':
      if (clash.marks.includes('contained'))
        return zh ? `${one} 与 ${two} 互相包含，深 ${metres(depth)}` : `${one} and ${two}: one lies inside the other, ${metres(depth)} deep`
      return zh ? `${one} 侵入 ${two}，深 ${metres(depth)}` : `${one} enters ${two} by ${metres(depth)}`
    case 'surface':
      return zh
        ? `${one} 穿过 ${two} 的表面（几何不封闭），深约 ${metres(depth)}`
        : `${one} passes through the surface of ${two} (open mesh), about ${metres(depth)}`
    case 'clearance': {
      const how = clash.parallel === null ? '' : clash.parallel ? (zh ? '平行' : 'parallel ') : zh ? '交叉' : 'crossing '
      return zh
        ? `${one} 与 ${two} ${how}净距 ${metres(gap)}，小于参考值 ${metres(required)}`
        : `${one} and ${two}: ${how}gap ${metres(gap)}, less than the reference of ${metres(required)}`
    }
    case 'duplicate':
      return zh ? `${one} 与 ${two} 在同一位置重复` : `${one} and ${two} are the same thing twice in one place`
    case 'touch':
      return zh ? `${one} 与 ${two} 接触，不算碰撞` : `${one} touches ${two}; not a clash`
  }
}

/** Why a pair is set aside by design. */
export const IGNORED: { readonly [R in IgnoreReason]: { readonly zh: string; readonly en: string } } = {
  'same-run': { zh: '同一管路的相连部分', en: 'joined parts of one run' },
  'own-opening': { zh: '穿过自己的预留洞口', en: 'through its own opening' },
  support: { zh: '支吊架与所承管线', en: 'a support and what it carries' },
  'pump-set': { zh: '水泵与其管路', en: 'a pump and its pipes' },
  terrain: { zh: '地形', en: 'terrain' },
  aggregate: { zh: '同一组合件', en: 'parts of one assembly' },
  accepted: { zh: '已认可的做法', en: 'an accepted pattern' },
}

function nameOf({ name, tag, globalId }: ClashSide): string {
  return name || tag || globalId
}
function metres(value: number | null): string {
  return value === null ? '–' : `${value.toFixed(3)} m`
}
