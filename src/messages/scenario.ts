import type { ProblemTable } from '@/core/base/problem'
import type { Words } from './language.ts'

type Key = Extract<keyof ProblemTable, `scenario.${string}` | `flood.${string}`>

const WHAT: Record<string, { zh: string; en: string }> = {
  node: { zh: '排出口', en: 'discharge node' },
  panel: { zh: '配电箱', en: 'panel' },
  sump: { zh: '集水坑', en: 'sump' },
  pump: { zh: '水泵', en: 'pump' },
  inlet: { zh: '雨水口', en: 'inlet' },
  opening: { zh: '缺口', en: 'opening' },
  floor: { zh: '底标高', en: 'floor level' },
  area: { zh: '面积', en: 'area' },
  critical: { zh: '临界标高', en: 'critical level' },
  time: { zh: '历时', en: 'time' },
  cell: { zh: '网格', en: 'cell' },
  models: { zh: '模型', en: 'models' },
  rain: { zh: '降雨', en: 'rain' },
}
const say = (what: string, language: 'zh' | 'en') => WHAT[what]?.[language] ?? what
const listed = (what: string, language: 'zh' | 'en', comma: string) =>
  what
    .split(' ')
    .map((word) => say(word, language))
    .join(comma)
const m = (value: number) => value.toFixed(2)

/** Words of what can be wrong with a rehearsal. */
export const scenarioProblems: { readonly [K in Key]: Words<ProblemTable[K]> } = {
  'scenario.discharge': {
    zh: () => '排水去向要么是排出口（node），要么是地面位置（at），二者取一',
    en: () => 'Water goes either to a discharge node (node) or to a place on the ground (at): give one of the two',
  },
  'scenario.twice': { zh: ({ id }) => `编号“${id}”重复`, en: ({ id }) => `Id “${id}” stands twice` },
  'scenario.place': {
    zh: ({ id }) => `“${id}”没有位置：请填写 at，或用 element 指向模型中的构件（Tag）`,
    en: ({ id }) => `“${id}” has no place: give \`at\`, or \`element\` with the Tag of an element of the models`,
  },
  'scenario.element': { zh: ({ tag }) => `模型中没有 Tag 为“${tag}”的构件`, en: ({ tag }) => `No element of the models has the Tag “${tag}”` },
  'scenario.outside': {
    zh: ({ id, x, y }) => `“${id}”(${m(x)}, ${m(y)}) 在计算网格之外，请移到场地范围内`,
    en: ({ id, x, y }) => `“${id}” at (${m(x)}, ${m(y)}) lies outside the grid: move it onto the site`,
  },
  'scenario.dry': {
    zh: ({ id, x, y }) => `“${id}”(${m(x)}, ${m(y)}) 处是实体（墙或建筑），水到不了，请移开`,
    en: ({ id, x, y }) => `“${id}” at (${m(x)}, ${m(y)}) stands in something solid that water cannot reach: move it`,
  },
  'scenario.unknown': {
    zh: ({ what, id, known }) => `没有名为“${id}”的${say(what, 'zh')}。现有：${known || '无'}`,
    en: ({ what, id, known }) => `There is no ${say(what, 'en')} “${id}”. There are: ${known || 'none'}`,
  },
  'scenario.level': { zh: ({ id, what }) => `“${id}”缺少有效的${say(what, 'zh')}`, en: ({ id, what }) => `“${id}” has no valid ${say(what, 'en')}` },
  'scenario.startStop': {
    zh: ({ id, start, stop }) => `“${id}”的启泵水位（${start}）必须高于停泵水位（${stop}）`,
    en: ({ id, start, stop }) => `The start level of “${id}” (${start}) must be above its stop level (${stop})`,
  },
  'scenario.until': {
    zh: ({ at, until }) => `结束时间（${until}）必须晚于开始时间（${at}）`,
    en: ({ at, until }) => `The end (${until}) must be after the beginning (${at})`,
  },
  'scenario.kernel': {
    zh: ({ got, known }) => `没有名为“${got}”的计算内核。现有：${known}`,
    en: ({ got, known }) => `There is no kernel “${got}”. There are: ${known}`,
  },
  'scenario.table': {
    zh: ({ row }) => `降雨表第 ${row} 行的时间与前一行重叠或为空`,
    en: ({ row }) => `Row ${row} of the rain table is empty or overlaps the row before`,
  },
  'scenario.hash': {
    zh: ({ path, expected, got }) => `模型“${path}”与预演保存时不同（应为 ${expected}…，实际 ${got}…），结果可能不同`,
    en: ({ path, expected, got }) => `Model “${path}” is not the one this rehearsal was made for (expected ${expected}…, found ${got}…): results may differ`,
  },
  'scenario.model': { zh: ({ path }) => `没有打开模型“${path}”，请先打开它`, en: ({ path }) => `Model “${path}” is not open: open it first` },
  'scenario.displaced': {
    zh: ({ id, node }) => `“${id}”排入管网节点“${node}”：它挤占了多少雨水口流量无法得知，按 0 计`,
    en: ({ id, node }) => `“${id}” delivers into node “${node}” of the network: what it keeps the grates there from taking is not known, and told as 0`,
  },
  'scenario.none': {
    zh: ({ name }) => `先打开一个预演，再加入管网文件“${name}”`,
    en: ({ name }) => `Open a rehearsal first, then the network file “${name}” that belongs under it`,
  },
  'scenario.network': {
    zh: ({ path }) => `没有管网文件“${path}”的内容：请和情景文件一起打开，或放在情景文件旁用终端运行`,
    en: ({ path }) =>
      `The text of network file “${path}” is not at hand: open it together with the scenario, or run from the terminal with it beside the scenario`,
  },
  'scenario.rim': {
    zh: ({ id, node, rim, ground }) => `“${id}”处地面标高 ${m(ground)}，检查井“${node}”井口标高 ${m(rim)}，两者相差较大`,
    en: ({ id, node, rim, ground }) => `At “${id}” the ground is at ${m(ground)} and the rim of manhole “${node}” at ${m(rim)}: they should meet`,
  },
  'scenario.either': { zh: ({ keys }) => `${keys} 中必须且只能填写一项`, en: ({ keys }) => `Give exactly one of: ${keys}` },
  'scenario.outfall': {
    zh: ({ id, node }) => `“${id}”接到了排放口“${node}”；请改接检查井或调蓄池`,
    en: ({ id, node }) => `“${id}” leads to outfall “${node}”: let it lead to a manhole or a store`,
  },
  'scenario.differs': {
    zh: ({ what }) => `与第一次运行的${listed(what, 'zh', '、')}不同，不宜直接比较`,
    en: ({ what }) => `Not the same as the first run in ${listed(what, 'en', ', ')}: compare with care`,
  },
  'scenario.crest': {
    zh: ({ id, crest, sill }) => `“${id}”的顶标高 ${crest} 不高于门槛 ${sill}，不起作用`,
    en: ({ id, crest, sill }) => `The crest of “${id}” (${crest}) is not above the sill (${sill}): it has no effect`,
  },
  'flood.unstable': {
    zh: ({ time }) => `计算在 ${time.toFixed(0)} s 失稳，保留最后的正常状态`,
    en: ({ time }) => `The run became unstable at ${time.toFixed(0)} s; the last good state is kept`,
  },
}
