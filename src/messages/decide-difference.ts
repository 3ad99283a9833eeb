import type { Json, JsonObject } from '@/core/decide'
import type { Language } from './language.ts'

type Item = { readonly id: string; readonly [key: string]: Json | undefined }
const LISTS = {
  pumps: { zh: '水泵', en: 'pump' },
  panels: { zh: '配电箱', en: 'panel' },
  nodes: { zh: '排出口', en: 'discharge node' },
  barriers: { zh: '挡水板', en: 'stop-log' },
  sumps: { zh: '集水坑', en: 'sump' },
  inlets: { zh: '雨水口', en: 'gully' },
  probes: { zh: '测点', en: 'probe' },
  assets: { zh: '关键设施', en: 'asset' },
  seepage: { zh: '渗水', en: 'seepage' },
} as const
const FIELDS: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  type: { zh: '型号', en: 'type' },
  sump: { zh: '集水坑', en: 'sump' },
  start: { zh: '启泵水深', en: 'start depth' },
  stop: { zh: '停泵水深', en: 'stop depth' },
  panel: { zh: '供电', en: 'panel' },
  hose: { zh: '软管', en: 'hose' },
  capacity: { zh: '接纳上限', en: 'capacity' },
  crest: { zh: '板顶标高', en: 'crest' },
  critical: { zh: '警戒水位', en: 'critical level' },
  at: { zh: '位置或时刻', en: 'place or time' },
  element: { zh: '模型构件', en: 'element' },
  opening: { zh: '口门', en: 'opening' },
  node: { zh: '排出口', en: 'node' },
  flow: { zh: '流量', en: 'flow' },
}
const TOP: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  cell: { zh: '网格', en: 'cell' },
  duration: { zh: '历时', en: 'duration' },
  frames: { zh: '输出间隔', en: 'output step' },
  storm: { zh: '暴雨', en: 'storm' },
  surfaces: { zh: '下垫面', en: 'surfaces' },
  area: { zh: '计算范围', en: 'area' },
  models: { zh: '模型', en: 'models' },
}
/** What is said elsewhere or decides nothing. */
const UNSAID: ReadonlySet<string> = new Set(['title', 'note', '$schema', 'version', 'kind'])

/** What differs of scenario `b` from scenario `a`, in words, the weightiest first; empty where nothing that counts differs. */
export function sayDifference(a: JsonObject, b: JsonObject, language: Language): string[] {
  const zh = language === 'zh-CN'
  const said: string[] = []
  pumps(listOf(a, 'pumps'), listOf(b, 'pumps'), zh, said)
  barriers(listOf(a, 'barriers'), listOf(b, 'barriers'), zh, said)
  events(a.events, b.events, zh, said)
  storm(a.storm, b.storm, zh, said)
  for (const list of Object.keys(LISTS) as (keyof typeof LISTS)[]) if (list !== 'pumps' && list !== 'barriers') others(list, a, b, zh, said)
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    if (UNSAID.has(key) || key in LISTS || key === 'events' || key === 'storm' || equal(a[key], b[key])) continue
    const name = TOP[key] ? (zh ? TOP[key].zh : TOP[key].en) : key
    const [before, after] = [a[key], b[key]]
    said.push(short(before) && short(after) ? instead(name, plain(after), plain(before), zh) : zh ? `${name}不同` : `other ${name}`)
  }
  return said
}

function pumps(a: readonly Item[], b: readonly Item[], zh: boolean, said: string[]): void {
  const { added, removed, kept } = matched(a, b)
  for (const pump of added) {
    const where = place(pump, zh)
    said.push(
      zh
        ? `增设 ${pump.id}（${plain(pump.type)}）${where}，排往 ${discharge(pump.discharge)}`
        : `${pump.id} (${plain(pump.type)}) set ${where}, discharge to ${discharge(pump.discharge)}`,
    )
  }
  if (removed.length > 0) said.push(zh ? `撤去 ${names(removed, zh)}` : `${names(removed, zh)} taken away`)
  const moved = kept.filter(([before, after]) => place(before, zh) !== place(after, zh))
  for (const [, after] of moved) said.push(zh ? `${after.id} 移到${place(after, zh)}` : `${after.id} moved ${place(after, zh)}`)
  // Pumps that change from the same node to the same node are one sentence.
  const turned = new Map<string, Item[]>()
  for (const [before, after] of kept) {
    if (equal(before.discharge, after.discharge)) continue
    const key = JSON.stringify([discharge(before.discharge), discharge(after.discharge)])
    turned.set(key, [...(turned.get(key) ?? []), after])
  }
  for (const [key, list] of turned) {
    const [from, to] = JSON.parse(key) as [string, string]
    const everyOne = list.length === kept.length && kept.length > 1 && added.every((pump) => discharge(pump.discharge) === to)
    const who = everyOne ? (zh ? '全部水泵' : 'all') : names(list, zh)
    said.push(zh ? `${who}改排 ${to}（原为 ${from}）` : everyOne ? `all discharge to ${to} instead of ${from}` : `${who} discharge to ${to} instead of ${from}`)
  }
  for (const [before, after] of kept) fields(before, after, ['at', 'sump', 'element', 'discharge'], zh, said)
}

function barriers(a: readonly Item[], b: readonly Item[], zh: boolean, said: string[]): void {
  const { added, removed, kept } = matched(a, b)
  for (const board of added)
    said.push(
      zh
        ? `${plain(board.opening)} 加挡水板 ${board.id}，板顶 ${plain(board.crest)}，T+${plain(board.at)} 就位`
        : `stop-log ${board.id} on ${plain(board.opening)} up to ${plain(board.crest)}, in place at T+${plain(board.at)}`,
    )
  if (removed.length > 0) said.push(zh ? `不设挡水板 ${names(removed, zh)}` : `no stop-log ${names(removed, zh)}`)
  for (const [before, after] of kept) fields(before, after, [], zh, said)
}

function events(a: Json | undefined, b: Json | undefined, zh: boolean, said: string[]): void {
  const texts = (list: Json | undefined) => (Array.isArray(list) ? (list as JsonObject[]).map((event) => sayEvent(event, zh)) : [])
  const before = texts(a)
  const after = texts(b)
  for (const text of after) if (!before.includes(text)) said.push(text)
  for (const text of before) if (!after.includes(text)) said.push(zh ? `没有“${text}”` : `without “${text}”`)
}
function sayEvent(event: JsonObject, zh: boolean): string {
  const until = event.until === undefined ? '' : zh ? ` 至 ${plain(event.until)}` : ` until ${plain(event.until)}`
  if (event.kind === 'pump-fails')
    return zh ? `T+${plain(event.at)}${until} ${plain(event.pump)} 故障` : `${plain(event.pump)} fails at T+${plain(event.at)}${until}`
  if (event.kind === 'power-cut')
    return zh ? `T+${plain(event.at)}${until} ${plain(event.panel)} 停电` : `${plain(event.panel)} loses power at T+${plain(event.at)}${until}`
  if (event.kind === 'node-capacity')
    return zh
      ? `T+${plain(event.at)} ${plain(event.node)} 只接纳 ${plain(event.capacity)}`
      : `${plain(event.node)} takes ${plain(event.capacity)} from T+${plain(event.at)} on`
  return JSON.stringify(event)
}

function storm(a: Json | undefined, b: Json | undefined, zh: boolean, said: string[]): void {
  if (equal(a, b)) return
  const name = (value: Json | undefined) => {
    const one = (value ?? {}) as JsonObject
    const factor = one.factor === undefined ? '' : ` × ${plain(one.factor)}`
    if (one.kind === 'chicago') return `${zh ? '重现期' : 'return period'} ${plain(one.returnPeriod)}, ${plain(one.duration)}, ${plain(one.formula)}${factor}`
    return `${zh ? '降雨过程表' : 'rain table'}${factor}`
  }
  said.push(zh ? `暴雨：${name(b)}（原为 ${name(a)}）` : `storm: ${name(b)} instead of ${name(a)}`)
}

function others(list: keyof typeof LISTS, a: JsonObject, b: JsonObject, zh: boolean, said: string[]): void {
  const { added, removed, kept } = matched(listOf(a, list), listOf(b, list))
  const word = zh ? LISTS[list].zh : LISTS[list].en
  for (const item of added) {
    const size = item.capacity ?? item.critical ?? item.flow
    said.push(
      zh ? `增加${word} ${item.id}${size === undefined ? '' : `（${plain(size)}）`}` : `new ${word} ${item.id}${size === undefined ? '' : ` (${plain(size)})`}`,
    )
  }
  if (removed.length > 0) said.push(zh ? `去掉${word} ${names(removed, zh)}` : `no ${word} ${names(removed, zh)}`)
  for (const [before, after] of kept) fields(before, after, [], zh, said)
}

function fields(before: Item, after: Item, except: readonly string[], zh: boolean, said: string[]): void {
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (except.includes(key) || equal(before[key], after[key])) continue
    const name = FIELDS[key] ? (zh ? FIELDS[key].zh : FIELDS[key].en) : key
    said.push(instead(`${after.id} ${name}`, plain(after[key]), plain(before[key]), zh))
  }
}

function instead(what: string, now: string, before: string, zh: boolean): string {
  return zh ? `${what} ${now}（原为 ${before}）` : `${what} ${now} instead of ${before}`
}
function place(item: Item, zh: boolean): string {
  if (item.sump !== undefined) return zh ? `于 ${plain(item.sump)}` : `in ${plain(item.sump)}`
  if (Array.isArray(item.at))
    return `${zh ? '于 ' : 'at '}(${(item.at as Json[]).map((value) => plain(value).replace(/ m$/, '').replace('-', '−')).join(', ')})`
  return zh ? `于模型 ${plain(item.element ?? item.id)} 处` : `at ${plain(item.element ?? item.id)}`
}
function discharge(value: Json | undefined): string {
  const to = (value ?? {}) as JsonObject
  return to.node === undefined ? plain(to.at) : plain(to.node)
}
function plain(value: Json | undefined): string {
  if (value === undefined || value === null) return '–'
  if (typeof value === 'string') return value.replace(/^-/, '−')
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return Array.isArray(value) ? `(${value.map(plain).join(', ')})` : JSON.stringify(value)
}
function short(value: Json | undefined): boolean {
  return value === undefined || typeof value !== 'object'
}
function names(list: readonly Item[], zh: boolean): string {
  return list.map(({ id }) => id).join(zh ? '、' : ', ')
}
function listOf(document: JsonObject, key: string): readonly Item[] {
  const list = document[key]
  return Array.isArray(list) ? (list as unknown as Item[]) : []
}
function matched(a: readonly Item[], b: readonly Item[]) {
  const before = new Map(a.map((item) => [item.id, item]))
  const after = new Set(b.map(({ id }) => id))
  return {
    added: b.filter(({ id }) => !before.has(id)),
    removed: a.filter(({ id }) => !after.has(id)),
    kept: b.flatMap((item): [Item, Item][] => {
      const was = before.get(item.id)
      return was ? [[was, item]] : []
    }),
  }
}
function equal(a: Json | undefined, b: Json | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
