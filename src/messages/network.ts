import type { ProblemTable } from '@/core/base/problem'
import type { DrainBalance, DrainLog, DrainResult } from '@/core/flood'
import { clock } from './flood.ts'
import type { Language, Words } from './language.ts'

type Key = Extract<keyof ProblemTable, `inp.${string}` | `network.${string}`>

const KIND = {
  node: { zh: '节点', en: 'node' },
  link: { zh: '连接', en: 'link' },
  curve: { zh: '曲线', en: 'curve' },
  series: { zh: '时间序列', en: 'time series' },
  pattern: { zh: '模式', en: 'pattern' },
  rule: { zh: '规则', en: 'rule' },
} as const

/** Words of what can be wrong with a SWMM file, and with the network in it. */
export const networkProblems: { readonly [K in Key]: Words<ProblemTable[K]> } = {
  'network.unstable': {
    zh: ({ time, id }) => `管网计算在 ${time.toFixed(0)} s 失稳${id ? `（节点“${id}”）` : ''}，已停止`,
    en: ({ time, id }) => `The network became unstable at ${time.toFixed(0)} s${id ? ` (node “${id}”)` : ''}: the run was stopped`,
  },
  'network.option': {
    zh: ({ option }) => `${option} 只用于场地预演，单独计算管网时不用`,
    en: ({ option }) => `${option} is for a rehearsal on a site: a network that runs alone has no use for it`,
  },
  'inp.none': { zh: () => '不是 SWMM 输入文件：没有任何 [段落]', en: () => 'Not a SWMM input file: it has no [SECTION]' },
  'inp.empty': {
    zh: () => '文件中没有节点（JUNCTIONS、STORAGE、OUTFALLS 均为空）',
    en: () => 'There are no nodes in the file (JUNCTIONS, STORAGE and OUTFALLS are empty)',
  },
  'inp.outside': { zh: ({ text }) => `“${text}”不在任何 [段落] 之内`, en: ({ text }) => `“${text}” stands outside any [SECTION]` },
  'inp.section': {
    zh: ({ name, known }) => `不认识的段落“${name}”。可计算的段落：${known}`,
    en: ({ name, known }) => `Unknown section “${name}”. Sections that are computed: ${known}`,
  },
  'inp.unsupported': {
    zh: ({ name }) => `段落 [${name}] 会改变水量，但本程序不计算它；请从文件中去掉，或改用可计算的元件`,
    en: ({ name }) => `Section [${name}] would change the water, and is not computed here: take it out of the file, or use elements that are computed`,
  },
  'inp.ignored': { zh: ({ name }) => `${name} 不参与计算`, en: ({ name }) => `${name} is not computed` },
  'inp.units': {
    zh: ({ got, expected }) => `流量单位“${got}”不在可用单位内：${expected}（公制）`,
    en: ({ got, expected }) => `Flow unit “${got}” is none of: ${expected} (metric)`,
  },
  'inp.option': {
    zh: ({ name, known }) => `不认识的选项“${name}”。起作用的选项：${known}`,
    en: ({ name, known }) => `Unknown option “${name}”. Options in use: ${known}`,
  },
  'inp.routing': {
    zh: ({ got }) => `FLOW_ROUTING ${got} 按动力波计算`,
    en: ({ got }) => `FLOW_ROUTING ${got} is computed as a dynamic wave`,
  },
  'inp.number': { zh: ({ got, what }) => `${what}：“${got}”不是数`, en: ({ got, what }) => `${what}: “${got}” is not a number` },
  'inp.time': {
    zh: ({ got, what }) => `${what}：“${got}”不是时间或日期（H:MM、小时数、MM/DD/YYYY）`,
    en: ({ got, what }) => `${what}: “${got}” is no time or date (H:MM, hours, MM/DD/YYYY)`,
  },
  'inp.unknown': {
    zh: ({ what, id, known }) => `没有名为“${id}”的${KIND[what].zh}。现有：${known || '无'}`,
    en: ({ what, id, known }) => `There is no ${KIND[what].en} “${id}”. There are: ${known || 'none'}`,
  },
  'inp.twice': { zh: ({ id, line }) => `“${id}”重复，第 ${line} 行已有`, en: ({ id, line }) => `“${id}” stands twice: it is already on line ${line}` },
  'inp.itself': {
    zh: ({ id, node }) => `“${id}”从节点“${node}”又排回同一节点`,
    en: ({ id, node }) => `“${id}” leads from node “${node}” back into itself`,
  },
  'inp.outfall': {
    zh: ({ id, links }) => `排放口“${id}”连着 ${links} 条连接，只能有一条`,
    en: ({ id, links }) => `Outfall “${id}” is the end of ${links} links: it may be of one only`,
  },
  'inp.outfalls': {
    zh: ({ id, from, to }) => `“${id}”连接两个排放口（“${from}”和“${to}”），水无处可去`,
    en: ({ id, from, to }) => `“${id}” joins two outfalls (“${from}” and “${to}”): water would go in a circle outside the network`,
  },
  'inp.upstream': {
    zh: ({ id, node }) => `“${id}”从排放口“${node}”流出；排放口只能在连接的末端`,
    en: ({ id, node }) => `“${id}” leads out of outfall “${node}”: an outfall is where a link ends`,
  },
  'inp.ideal': {
    zh: ({ id, node }) => `“${id}”是理想泵（*），必须是节点“${node}”唯一的出路；请给它一条水泵曲线`,
    en: ({ id, node }) => `“${id}” is an ideal pump (*) and must be the only way out of node “${node}”: give it a pump curve`,
  },
  'inp.section-missing': { zh: ({ id }) => `“${id}”在 [XSECTIONS] 中没有断面`, en: ({ id }) => `“${id}” has no cross-section in [XSECTIONS]` },
  'inp.shape': {
    zh: ({ got, known }) => `断面形状“${got}”在此不可用。可用：${known}`,
    en: ({ got, known }) => `Shape “${got}” cannot be used here. It may be: ${known}`,
  },
  'inp.curve': {
    zh: ({ id, got, expected }) => `曲线“${id}”是 ${got}，此处需要 ${expected}`,
    en: ({ id, got, expected }) => `Curve “${id}” is of kind ${got}; here it must be ${expected}`,
  },
  'inp.points': { zh: ({ id }) => `“${id}”的数据不成对，或没有数据`, en: ({ id }) => `“${id}” has no points, or a value without its partner` },
  'inp.rises': {
    zh: ({ id, from, to }) => `水泵曲线“${id}”的流量随扬程增大（${from} → ${to}），应随扬程减小`,
    en: ({ id, from, to }) => `Pump curve “${id}” rises with head (${from} → ${to}): flow must fall as the head grows`,
  },
  'inp.order': {
    zh: ({ id, before, after }) => `“${id}”的次序颠倒：${after} 在 ${before} 之后`,
    en: ({ id, before, after }) => `“${id}” is out of order: ${after} comes after ${before}`,
  },
  'inp.sill': {
    zh: ({ id, got }) => `“${id}”的底槛 ${got} 低于节点底`,
    en: ({ id, got }) => `The sill of “${id}” (${got}) is below the bottom of its node`,
  },
  'inp.levels': {
    zh: ({ id, start, stop }) => `“${id}”的启泵水深（${start}）必须大于停泵水深（${stop}）`,
    en: ({ id, start, stop }) => `The start depth of “${id}” (${start}) must be above its stop depth (${stop})`,
  },
  'inp.dates': {
    zh: ({ start, end }) => `结束时间（${end || '缺'}）必须晚于开始时间（${start || '缺'}）`,
    en: ({ start, end }) => `The end (${end || 'none'}) must be after the start (${start || 'none'})`,
  },
  'inp.file': {
    zh: ({ id }) => `时间序列“${id}”引用外部文件；请把数据写进 [TIMESERIES]`,
    en: ({ id }) => `Time series “${id}” is in another file: write its values into [TIMESERIES]`,
  },
  'inp.rule': {
    zh: ({ got, expected }) => `规则“${got}”不对，应为：${expected}`,
    en: ({ got, expected }) => `The rule “${got}” cannot be read; it should have: ${expected}`,
  },
}

const WHAT: { readonly [W in DrainLog['what']]: { zh: (log: DrainLog) => string; en: (log: DrainLog) => string } } = {
  'pump-start': { zh: (log) => `${log.subject} 启泵${why(log, 'zh')}`, en: (log) => `${log.subject} starts${why(log, 'en')}` },
  'pump-stop': { zh: (log) => `${log.subject} 停泵${why(log, 'zh')}`, en: (log) => `${log.subject} stops${why(log, 'en')}` },
  floods: { zh: ({ subject }) => `${subject} 满溢，水从井口涌出`, en: ({ subject }) => `${subject} is full: water rises over its rim` },
  'flood-ends': { zh: ({ subject }) => `${subject} 不再满溢`, en: ({ subject }) => `${subject} no longer floods` },
  'gate-shuts': {
    zh: ({ subject, value }) => `${subject} 拍门关闭（外水位 ${value.toFixed(2)} m）`,
    en: ({ subject, value }) => `The flap gate of ${subject} shuts (outside ${value.toFixed(2)} m)`,
  },
  'gate-opens': {
    zh: ({ subject, value }) => `${subject} 拍门打开（外水位 ${value.toFixed(2)} m）`,
    en: ({ subject, value }) => `The flap gate of ${subject} opens (outside ${value.toFixed(2)} m)`,
  },
  setting: {
    zh: ({ subject, value, cause }) => `${subject} 调到 ${value}（规则 ${cause}）`,
    en: ({ subject, value, cause }) => `${subject} is set to ${value} (rule ${cause})`,
  },
}
function why({ cause, value }: DrainLog, language: 'zh' | 'en'): string {
  if (cause === 'level') return language === 'zh' ? `（水位 ${value.toFixed(2)} m）` : ` (level ${value.toFixed(2)} m)`
  return language === 'zh' ? `（规则 ${cause}）` : ` (rule ${cause})`
}

/** One line of a network's log: clock and words. */
export function sayDrainLog(log: DrainLog, language: Language): string {
  return `${clock(log.time)} ${language === 'zh-CN' ? WHAT[log.what].zh(log) : WHAT[log.what].en(log)}`
}

/** What came of a network, in a few lines: the balance first, then what flooded and how the pumps ran. */
export function sayDrainage({ balance, nodes, pumps }: DrainResult, language: Language): string {
  const zh = language === 'zh-CN'
  const flooded = nodes.filter((node) => node.flooded > 0)
  const lines = [
    zh ? waterZh(balance) : waterEn(balance),
    flooded.length === 0
      ? zh
        ? '没有节点满溢。'
        : 'No node flooded.'
      : flooded
          .map(({ id, flooded: volume, firstFlood }) =>
            zh
              ? `${id} 溢出 ${volume.toFixed(1)} m³，首次 ${clock(firstFlood ?? 0)}`
              : `${id} flooded ${volume.toFixed(1)} m³, first at ${clock(firstFlood ?? 0)}`,
          )
          .join('\n'),
    ...pumps.map(({ id, starts, hours, volume }) =>
      zh
        ? `${id} 启动 ${starts} 次，运行 ${hours.toFixed(2)} h，抽水 ${volume.toFixed(1)} m³`
        : `${id}: ${starts} ${starts === 1 ? 'start' : 'starts'}, ${hours.toFixed(2)} h, ${volume.toFixed(1)} m³ pumped`,
    ),
  ]
  return lines.join('\n')
}
function waterZh({ in: into, out, storedStart, storedEnd, errorRelative }: DrainBalance): string {
  return `入流 ${into.inflow.toFixed(1)} m³，倒灌 ${into.backflow.toFixed(1)} m³；排出 ${out.outfalls.toFixed(1)} m³，溢出 ${out.flooding.toFixed(1)} m³；存水 ${storedStart.toFixed(1)} → ${storedEnd.toFixed(1)} m³；水量误差 ${errorRelative.toExponential(1)}`
}
function waterEn({ in: into, out, storedStart, storedEnd, errorRelative }: DrainBalance): string {
  return `In ${into.inflow.toFixed(1)} m³, back in through outfalls ${into.backflow.toFixed(1)} m³; out ${out.outfalls.toFixed(1)} m³, over rims ${out.flooding.toFixed(1)} m³; stored ${storedStart.toFixed(1)} → ${storedEnd.toFixed(1)} m³; volume error ${errorRelative.toExponential(1)}`
}
