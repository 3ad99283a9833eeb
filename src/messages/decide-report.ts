import { deltaOf, type Json, type JsonObject, type Measure, measureOf, type RunRecord, worstLight } from '@/core/decide'
import type { Block, Cell, Report, Table } from '@/core/report'
import { APP } from './app.ts'
import { DECIDE } from './app-decide.ts'
import { FLOOD } from './app-flood.ts'
import { LINES, SUBJECTS, sayDelta, sayMeasure, sayValue } from './decide.ts'
import { sayDifference } from './decide-difference.ts'
import { LIGHTS } from './decide-sweep.ts'
import type { Language } from './language.ts'

export interface RehearsalFacts {
  /** ISO 8601. */
  readonly at: string
  readonly pictures: readonly { readonly caption: { readonly zh: string; readonly en: string }; readonly bytes: Uint8Array }[]
}

const R = {
  title: { zh: '防汛预演比选报告', en: 'Flood rehearsal: comparison of layouts' },
  one: { zh: '防汛预演报告', en: 'Flood rehearsal report' },
  basis: { zh: '1 依据与假定', en: '1 Basis and assumptions' },
  pictures: { zh: '模型与现场', en: 'Model and site' },
  variants: { zh: '2 方案', en: '2 Layouts' },
  figures: { zh: '3 指标', en: '3 Figures' },
  lines: { zh: '4 过程线', en: '4 Hydrographs' },
  wet: { zh: '5 浸水构件', en: '5 What got wet' },
  events: { zh: '6 事件过程', en: '6 Events' },
  check: { zh: '7 核对', en: '7 Checks' },
  limits: { zh: '8 本模型不包括什么', en: '8 What this model does not do' },
  conclusion: { zh: '9 结论', en: '9 Conclusion' },
  opinion: { zh: '意见：', en: 'Opinion:' },
  sign: { zh: ['编制', '审核', '批准', '日期'], en: ['Prepared', 'Checked', 'Approved', 'Date'] },
  storm: { zh: '设计暴雨', en: 'Design storm' },
  rainTotal: { zh: '总雨量', en: 'Total rain' },
  simulated: { zh: '模拟历时', en: 'Simulated' },
  grid: { zh: '计算网格', en: 'Grid' },
  surfaces: { zh: '径流系数 / 糙率', en: 'Run-off / Manning n' },
  seepage: { zh: '渗水', en: 'Seepage' },
  nodes: { zh: '排出口能力', en: 'Capacity of discharge nodes' },
  kernel: { zh: '计算内核', en: 'Kernel' },
  model: { zh: '模型', en: 'Model' },
  layout: { zh: '方案', en: 'Layout' },
  differs: { zh: '与基准的差别', en: 'Against the baseline' },
  run: { zh: '运行编号', en: 'Run id' },
  scenario: { zh: '情景校验码', en: 'Scenario hash' },
  result: { zh: '结果校验码', en: 'Result hash' },
  figure: { zh: '指标', en: 'Figure' },
  minutes: { zh: '时间 (min)', en: 'Time (min)' },
  first: { zh: '首次 (min)', en: 'First (min)' },
  depth: { zh: '最大水深 (m)', en: 'Greatest depth (m)' },
  lasts: { zh: '历时 (min)', en: 'For (min)' },
  margin: { zh: '距警戒水位 (m)', en: 'To critical level (m)' },
  time: { zh: '时间 (min)', en: 'Time (min)' },
  what: { zh: '发生了什么', en: 'What happened' },
  balance: { zh: '水量平衡相对误差', en: 'Relative mass balance error' },
  pool: { zh: '水池法进水量 (m³)', en: 'Inflow by level pool (m³)' },
  twoD: { zh: '二维进水量 (m³)', en: 'Inflow in 2D (m³)' },
  poolNote: {
    zh: '水池法不计地面汇流时间，一般偏大偏早；二者量级相同即可，差得多时要查原因。',
    en: 'The level pool knows no travel time over the ground: as a rule it gives more, and earlier. The same order of size is what to look for.',
  },
  more: { zh: (n: number) => `另有 ${n} 个，见运行记录。`, en: (n: number) => `${n} more are in the run's record.` },
  mixed: {
    zh: '注意：各次运行的网格、历时或模型不同，不宜直接比较。',
    en: 'Mind: the runs differ in grid, time or models; compare with care.',
  },
  best: {
    zh: (name: string, inflow: string) => `所列方案中，${name} 的不合格项最少、进坑水量最少（${inflow}）。`,
    en: (name: string, inflow: string) => `Of these layouts ${name} has the fewest figures that are bad, and the least water into the pit (${inflow}).`,
  },
  bad: { zh: (list: string) => `仍不合格：${list}。`, en: (list: string) => `Still bad: ${list}.` },
  noBad: { zh: '没有不合格项。', en: 'No figure is bad.' },
  price: { zh: (list: string) => `比基准差的：${list}。`, en: (list: string) => `Worse than the baseline: ${list}.` },
  only: {
    zh: '结论只对所列模型、暴雨和假定成立；最优性未经证明。',
    en: 'This holds for the models, storm and assumptions named here; it is not proven to be the best that can be done.',
  },
  footer: {
    zh: (runs: string, models: string) => `工地预演 Foresite · 运行 ${runs} · 模型 ${models} · 筛查模型，不替代设计计算和专家论证`,
    en: (runs: string, models: string) => `Foresite · runs ${runs} · models ${models} · screening model; no substitute for design and expert review`,
  },
} as const
/** Elements of a layout that the report lists. */
const MOST_WET = 25
const TOLD = new Set([
  'first-water',
  'asset-over',
  'panel-trips',
  'power-cut',
  'power-back',
  'pump-fails',
  'pump-restored',
  'node-surcharges',
  'barrier-placed',
  'node-capacity',
  'edit',
])

/** The report of one or more runs, the first as the baseline. The same figures, digit by digit, in both languages. */
export function rehearsalReport(records: readonly RunRecord[], { at, pictures }: RehearsalFacts, language: Language): Report {
  const t = <Z, E>(pair: { readonly zh: Z; readonly en: E }): Z | E => (language === 'en' ? pair.en : pair.zh)
  const [base] = records
  const names = records.map((_, k) => (k < 20 ? String.fromCharCode(0x2460 + k) : `(${k + 1})`))
  const title = ({ title: own }: RunRecord) => t(own)
  const mixed = records.some((one) => one.cell_m !== base.cell_m || one.simulated_s !== base.simulated_s || hashes(one) !== hashes(base))
  const blocks: Block[] = [
    { kind: 'heading', level: 1, text: t(R.basis) },
    { kind: 'facts', items: basisOf(base, t) },
    ...(mixed ? [{ kind: 'paragraph', tone: 'warning', text: t(R.mixed) } as const] : []),
    ...(pictures.length > 0 ? [{ kind: 'heading', level: 2, text: t(R.pictures) } as const] : []),
    ...pictures.flatMap(({ caption, bytes }): Block[] => [
      { kind: 'picture', bytes, alt: t(caption) },
      { kind: 'paragraph', tone: 'quiet', text: t(caption) },
    ]),
    { kind: 'heading', level: 1, text: t(R.variants) },
    variantsTable(),
    { kind: 'heading', level: 1, text: t(R.figures) },
    figuresTable(),
    { kind: 'paragraph', tone: 'quiet', text: t(DECIDE.lightsNote) },
    { kind: 'heading', level: 1, text: t(R.lines) },
    ...charts(),
    { kind: 'heading', level: 1, text: t(R.wet) },
    { kind: 'paragraph', tone: 'quiet', text: t(DECIDE.wetNote) },
    ...records.flatMap((record, k) => wetOf(record, names[k])),
    { kind: 'heading', level: 1, text: t(R.events) },
    ...records.map((record, k) => eventsOf(record, names[k])),
    { kind: 'heading', level: 1, text: t(R.check) },
    checksTable(),
    { kind: 'paragraph', tone: 'quiet', text: t(R.poolNote) },
    { kind: 'heading', level: 1, text: t(R.limits) },
    { kind: 'list', items: [...t(APP.limits), t(DECIDE.coarse)] },
    { kind: 'heading', level: 1, text: t(R.conclusion) },
    { kind: 'list', items: conclusion() },
    { kind: 'paragraph', text: `${t(R.opinion)}\n\n\n` },
    { kind: 'signatures', names: t(R.sign) },
  ]
  return {
    title: t(records.length > 1 ? R.title : R.one),
    language,
    lead: `${title(base)} · ${at.slice(0, 16).replace('T', ' ')} UTC`,
    blocks,
    footer: t(R.footer)(records.map(({ key }) => key.slice(0, 12)).join(', '), base.models.map(({ sha256 }) => sha256.slice(0, 8)).join(', ')),
  }

  function variantsTable(): Table {
    return {
      kind: 'table',
      name: t(R.variants),
      columns: [
        { name: t(R.layout), share: 2 },
        { name: t(R.differs), share: 4 },
        { name: t(R.run), share: 1.6 },
        { name: t(R.result), share: 1.6 },
      ],
      rows: records.map((record, k): Cell[] => [
        `${names[k]}  ${title(record)}`,
        k === 0 ? t(DECIDE.baseline) : sayDifference(base.scenario, record.scenario, language).join('; ') || t(DECIDE.sameAsBaseline),
        record.key.slice(0, 12),
        record.resultHash.slice(0, 12),
      ]),
    }
  }

  function figuresTable(): Table {
    const rows: Measure[] = []
    for (const record of records) for (const measure of record.measures) if (!measureOf(rows, measure)) rows.push(measure)
    return {
      kind: 'table',
      name: t(R.figures),
      columns: [{ name: t(R.figure), share: 1.6 }, ...names.map((name) => ({ name, share: 1.3 }))],
      rows: rows.map((row): Cell[] => [
        sayMeasure(row, language),
        ...records.map((record, k) => {
          const measure = measureOf(record.measures, row)
          if (!measure) return null
          const delta = k === 0 ? null : deltaOf(measure, measureOf(base.measures, row))
          const change = delta && delta.by !== null && delta.sense !== 'same' ? ` (${sayDelta(delta.by, measure.unit)})` : ''
          return `${measure.light ? `${LIGHTS[measure.light].mark} ` : ''}${sayValue(measure.value, measure.unit)}${change}`
        }),
      ]),
    }
  }

  /** One chart a line that anything happens in, a curve a layout. */
  function charts(): Block[] {
    const minutes = base.times_s.map((time) => time / 60)
    const lines: RunRecord['lines'][number][] = []
    for (const record of records)
      for (const line of record.lines) if (!lines.some(({ id, subject }) => id === line.id && subject === line.subject)) lines.push(line)
    return lines.flatMap((line): Block[] => {
      const curves = records.map((record, k) => ({
        name: names[k],
        values: record.lines.find(({ id, subject }) => id === line.id && subject === line.subject)?.values ?? [],
      }))
      const most = Math.max(0, ...curves.flatMap(({ values }) => values.map((value) => Math.abs(value ?? 0))))
      if (most <= 1e-3) return []
      const alike = line.id === 'rain' ? curves.slice(0, 1).map(({ values }) => ({ name: t(LINES.rain), values })) : curves
      return [{ kind: 'chart', title: sayMeasure(line, language, LINES), unit: line.unit, time: t(R.minutes), minutes, lines: alike }]
    })
  }

  function wetOf({ contacts }: RunRecord, name: string): Block[] {
    const things = contacts.filter(
      ({ class: kind, margin_m }) => margin_m !== null || !/Slab|Wall|Covering|Footing|Pile|Beam|Column|Civil|Earthworks|Plate|Member/.test(kind),
    )
    const sorted = [...things].sort((a, b) => (a.margin_m ?? 1e9) - (b.margin_m ?? 1e9) || b.depth_m - a.depth_m)
    return [
      { kind: 'heading', level: 2, text: `${name} · ${t(DECIDE.wetCount)(contacts.length)}` },
      {
        kind: 'table',
        name: `${t(DECIDE.wet)} ${name}`,
        columns: [
          { name: t(DECIDE.element), share: 2.2 },
          { name: 'GlobalId', share: 2.4 },
          { name: t(R.first), digits: 0 },
          { name: t(R.depth), digits: 2 },
          { name: t(R.lasts), digits: 0 },
          { name: t(R.margin), digits: 2 },
        ],
        rows: sorted
          .slice(0, MOST_WET)
          .map((one): Cell[] => [one.tag || one.name || one.class, one.globalId, one.first_s / 60, one.depth_m, one.duration_s / 60, one.margin_m]),
      },
      ...(contacts.length > MOST_WET
        ? [{ kind: 'paragraph', tone: 'quiet', text: t(R.more)(contacts.length - Math.min(MOST_WET, sorted.length)) } as const]
        : []),
    ]
  }

  function eventsOf({ events }: RunRecord, name: string): Block {
    const told = events.filter(({ what }) => TOLD.has(what)).slice(0, 40)
    return {
      kind: 'table',
      name: `${t(R.events)} ${name}`,
      columns: [
        { name: `${name} · ${t(R.time)}`, share: 1, digits: 1 },
        { name: t(R.what), share: 4 },
      ],
      rows: told.map(({ t_s, what, subject }): Cell[] => {
        const words = (FLOOD.log as Readonly<Record<string, { readonly zh: (s: string) => string; readonly en: (s: string) => string } | undefined>>)[what]
        return [t_s / 60, words ? t(words)(subject) : `${what} ${subject}`]
      }),
    }
  }

  function checksTable(): Table {
    return {
      kind: 'table',
      name: t(R.check),
      columns: [
        { name: t(R.layout), share: 1 },
        { name: t(R.balance), share: 1.4 },
        { name: t(R.twoD), share: 1.4, digits: 0 },
        { name: t(R.pool), share: 1.4, digits: 0 },
        { name: t(R.scenario), share: 1.6 },
      ],
      rows: records.map((record, k): Cell[] => [
        names[k],
        sayValue(measureOf(record.measures, { id: 'error', subject: '' })?.value ?? null, ''),
        measureOf(record.measures, { id: 'inflow', subject: '' })?.value ?? null,
        numberAt(record.basis.levelPool, 'volume_m3'),
        record.scenarioHash.slice(0, 12),
      ]),
    }
  }

  function conclusion(): string[] {
    const reds = ({ measures }: RunRecord) => measures.filter(({ light }) => light === 'red')
    const inflow = ({ measures }: RunRecord) => measures[0]?.value ?? 0
    const order = [...records.keys()].sort((a, b) => reds(records[a]).length - reds(records[b]).length || inflow(records[a]) - inflow(records[b]))
    const best = records[order[0]]
    const name = `${names[order[0]]} ${title(best)}`
    const worse = best === base ? [] : best.measures.filter((measure) => deltaOf(measure, measureOf(base.measures, measure)).sense === 'worse')
    const say = (list: readonly Measure[]) =>
      list.map((measure) => `${sayMeasure(measure, language)} ${sayValue(measure.value, measure.unit)}`).join(language === 'en' ? ', ' : '，')
    return [
      ...(records.length > 1 ? [t(R.best)(name, sayValue(inflow(best), 'm³'))] : []),
      worstLight(best.measures) === 'red' ? t(R.bad)(say(reds(best))) : t(R.noBad),
      ...(worse.length > 0 ? [t(R.price)(say(worse))] : []),
      t(R.only),
    ]
  }
}

function basisOf(record: RunRecord, t: <Z, E>(pair: { readonly zh: Z; readonly en: E }) => Z | E): [string, string][] {
  const { basis } = record
  const storm = (basis.storm ?? {}) as JsonObject
  const factor = storm.factor === undefined ? '' : ` × ${String(storm.factor)}`
  const formulas = FLOOD.formulas as Readonly<Record<string, { readonly zh: string; readonly en: string } | undefined>>
  const formula = formulas[String(storm.formula)]
  const told =
    storm.kind === 'chicago'
      ? `${formula ? t(formula) : String(storm.formula)}, P = ${String(storm.returnPeriod)}, ${String(storm.duration)}, r = ${String(storm.peakRatio)}, Δt = ${String(storm.step)}${factor}`
      : `${t(FLOOD.table)}${storm.source === undefined ? '' : ` (${String(storm.source)})`}${factor}`
  const list = (value: Json | undefined) => (Array.isArray(value) ? (value as JsonObject[]) : [])
  const surface = (name: string) => (Object.hasOwn(SUBJECTS, name) ? t(SUBJECTS[name]) : name)
  const surfaces = Object.entries((basis.surfaces ?? {}) as { readonly [key: string]: { readonly runoff: number; readonly manning: number } })
  return [
    [t(R.storm), told],
    [t(R.rainTotal), `${Number(basis.rain_mm).toFixed(1)} mm`],
    [t(R.simulated), `${(record.simulated_s / 60).toFixed(0)} min`],
    [t(R.grid), `${record.cell_m} m × ${record.cells}`],
    [t(R.surfaces), surfaces.map(([name, { runoff, manning }]) => `${surface(name)} ${runoff} / ${manning}`).join('; ')],
    [
      t(R.seepage),
      list(basis.seepage)
        .map(({ surface: name, flow }) => `${surface(String(name))} ${String(flow)}`)
        .join('; ') || '–',
    ],
    [
      t(R.nodes),
      list(basis.nodes)
        .map(({ id, capacity }) => `${String(id)} ${String(capacity)}`)
        .join('; ') || '–',
    ],
    [t(R.kernel), record.kernel],
    ...record.models.map(({ path, sha256 }): [string, string] => [`${t(R.model)} ${path.replaceAll('\\', '/').split('/').pop() ?? path}`, `SHA-256 ${sha256}`]),
  ]
}

function hashes({ models }: RunRecord): string {
  return models.map(({ sha256 }) => sha256).join()
}
function numberAt(value: Json | undefined, key: string): number | null {
  const found = typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject)[key] : null
  return typeof found === 'number' ? found : null
}
