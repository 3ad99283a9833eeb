import { Failure, type Problem } from '@/core/base/problem'
import { boundsOf, type Element, findElements, parseSelector, type Selector, type SiteModel } from '@/core/model'
import { sayProblem } from '@/messages/problems.ts'
import type { CliIo } from './io.ts'
import { type LoadedModel, loadModels } from './load-models.ts'
import { inBoth, problemDocument, problemEntry } from './problem-document.ts'

export interface InspectArgs {
  readonly files: readonly string[]
  readonly elements: boolean
  /** A selector as text: only what it means is listed. */
  readonly where: string | null
}
/** Elements a selector means, by index, and those of which it cannot be said. */
interface Chosen {
  readonly where: string
  readonly indices: ReadonlySet<number>
  readonly unclear: number
}

/** What is in these files: census, units, frame, load report. Exit 2 where a file is no model, 3 where none shows anything. */
export async function inspect({ files, elements, where }: InspectArgs, io: CliIo): Promise<number> {
  const selector = where === null ? null : selectorOf(where)
  const loaded = await loadModels(files, io, { apart: true })
  try {
    const { models, problems } = loaded
    const chosen = new Map<LoadedModel, Chosen>()
    if (selector) for (const model of models) chosen.set(model, await choose(model, selector, where ?? ''))
    if (models.length === 0) {
      if (io.json) io.stdout(problemDocument(problems))
    } else if (io.json) {
      const document = {
        version: 1,
        files: models.map((model) => describeFile(model, elements || where !== null, chosen.get(model))),
        ...(problems.length > 0 ? { problems: problems.map(problemEntry) } : {}),
      }
      io.stdout(`${JSON.stringify(document)}\n`)
    } else for (const model of models) io.stdout(inWords(model, elements || where !== null, io, chosen.get(model)))
    for (const problem of problems) io.stderr(`${problem.path}: ${sayProblem(problem, io.lang)}\n`)
    if (problems.length > 0) return 2
    return models.some(({ model }) => model.census.shown + model.census.simplified > 0) ? 0 : 3
  } finally {
    loaded.close()
  }
}

function selectorOf(where: string): Selector {
  const parsed = parseSelector(where)
  if (!parsed.ok) throw new Failure(...parsed.problems.map((found) => ({ ...found, path: '--where' })))
  return parsed.value
}

async function choose({ model, properties }: LoadedModel, selector: Selector, where: string): Promise<Chosen> {
  const { refs, unclear } = await findElements(selector, [model], (_, element) => properties(element))
  return { where, indices: new Set(refs.map(({ index }) => index)), unclear: unclear.length }
}
function chosenOf(model: SiteModel, chosen: Chosen | undefined): readonly Element[] {
  return chosen ? model.elements.filter(({ index }) => chosen.indices.has(index)) : model.elements
}

function describeFile({ path, model, timing }: LoadedModel, withElements: boolean, chosen: Chosen | undefined): object {
  const { file, lengthUnit, census, frame } = model
  return {
    path,
    model: model.id,
    sha256: file.sha256,
    bytes: file.bytes,
    schema: file.schema,
    encoding: file.encoding,
    application: file.application,
    lengthUnit,
    entities: census.entities,
    products: {
      inFile: census.products,
      withBody: census.withBody,
      shown: census.shown,
      simplified: census.simplified,
      voided: census.voided,
      refused: census.refused,
      openings: census.openings ?? 0,
    },
    triangles: census.triangles,
    bounds: boundsOf(model),
    frame: { origin_m: frame.origin },
    classes: classCounts(model),
    storeys: model.storeys.map((s) => ({ expressId: s.expressId, globalId: s.globalId, name: s.name, elevation_m: s.elevation })),
    systems: model.systems.map((s, k) => ({
      expressId: s.expressId,
      globalId: s.globalId,
      name: s.name,
      type: s.type,
      elements: model.elements.reduce((n, e) => n + (e.systems.includes(k) ? 1 : 0), 0),
    })),
    joints: model.joints.length,
    georeference: frame.georeference
      ? {
          epsg: frame.georeference.epsg,
          eastings_m: frame.georeference.eastings,
          northings_m: frame.georeference.northings,
          height_m: frame.georeference.height,
          rotation_rad: frame.georeference.rotation,
          scale: frame.georeference.scale,
        }
      : null,
    findings: findingsOf(model),
    ...(chosen ? { where: chosen.where, matches: chosen.indices.size, unclear: chosen.unclear } : {}),
    ...(withElements ? { elements: chosenOf(model, chosen).map((element) => describeElement(element, model)) } : {}),
    timing_s: timing,
    peakRss_bytes: process.resourceUsage().maxRSS * 1024,
  }
}

function classCounts(model: SiteModel): Record<string, number> {
  const counts = new Map<string, number>()
  for (const element of model.elements) counts.set(element.class, (counts.get(element.class) ?? 0) + 1)
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** What is said of the file as a whole, then of its elements. */
function findingsOf(model: SiteModel): object[] {
  const whole = model.findings.map((finding) => ({ ...entry(finding), expressId: idIn(finding), globalId: null }))
  const each = model.elements.flatMap((element) =>
    element.reason ? [{ ...entry(element.reason), expressId: element.expressId, globalId: element.globalId, state: element.state }] : [],
  )
  return [...whole, ...each]
}
function entry(problem: Problem): object {
  return { key: problem.key, severity: problem.severity, path: problem.path, facts: problem.facts, message: inBoth(problem) }
}
function idIn(problem: Problem): number | null {
  const match = /^#(\d+)$/.exec(problem.path)
  return match ? Number(match[1]) : null
}

function describeElement(element: Element, model: SiteModel): object {
  return {
    globalId: element.globalId,
    expressId: element.expressId,
    class: element.class,
    type: element.type,
    name: element.name,
    tag: element.tag,
    storey: element.storey >= 0 ? model.storeys[element.storey].name : null,
    systems: element.systems.map((k) => model.systems[k].name),
    state: element.state,
    reason: element.reason ? entry(element.reason) : null,
    triangles: trianglesOf(element, model),
    bounds: element.bounds,
  }
}
function trianglesOf(element: Element, model: SiteModel): number {
  return element.parts.reduce((sum, part) => sum + model.shapes[part.shape].indices.length / 3, 0)
}

const WORDS = {
  products: { zh: '构件', en: 'products' },
  shown: { zh: '显示', en: 'shown' },
  simplified: { zh: '简化', en: 'simplified' },
  voided: { zh: '被洞口挖除', en: 'voided' },
  refused: { zh: '拒绝', en: 'refused' },
  bodyless: { zh: '无实体', en: 'without body' },
  openings: { zh: '洞口', en: 'openings' },
  triangles: { zh: '三角形', en: 'triangles' },
  unit: { zh: '长度单位', en: 'length unit' },
  unknown: { zh: '未知', en: 'unknown' },
  bounds: { zh: '范围', en: 'extent' },
  storeys: { zh: '楼层', en: 'storeys' },
  systems: { zh: '系统', en: 'systems' },
  map: { zh: '地图坐标', en: 'map coordinates' },
  matches: { zh: '符合', en: 'matches' },
  unclear: { zh: '无法判断（单位不同或不是数）', en: 'undecided (other unit, or no number)' },
} as const

function inWords({ path, model, timing }: LoadedModel, withElements: boolean, io: CliIo, chosen: Chosen | undefined): string {
  const say = (key: keyof typeof WORDS): string => WORDS[key][io.lang === 'zh-CN' ? 'zh' : 'en']
  const { census, lengthUnit, frame } = model
  const bodyless = census.products - census.withBody
  const box = boundsOf(model)
  const lines = [
    `${path}  ${model.file.schema}  ${(model.file.bytes / 1e6).toFixed(2)} MB  ${timing.total.toFixed(2)} s`,
    `  ${say('products')} ${census.products} = ${say('shown')} ${census.shown} + ${say('simplified')} ${census.simplified} + ${say('voided')} ${census.voided} + ${say('refused')} ${census.refused} + ${say('bodyless')} ${bodyless};  ${say('openings')} ${census.openings ?? 0};  ${say('triangles')} ${census.triangles}`,
    `  ${say('unit')} ${lengthUnit.known ? lengthUnit.name : say('unknown')}`,
  ]
  if (box) lines.push(`  ${say('bounds')} X ${span(box.min[0], box.max[0])}  Y ${span(box.min[1], box.max[1])}  Z ${span(box.min[2], box.max[2])} m`)
  if (model.storeys.length > 0) lines.push(`  ${say('storeys')} ${model.storeys.map((s) => `${s.name} (${s.elevation.toFixed(2)} m)`).join(', ')}`)
  if (model.systems.length > 0) lines.push(`  ${say('systems')} ${model.systems.map((s) => (s.type ? `${s.name} (${s.type})` : s.name)).join(', ')}`)
  if (frame.georeference) lines.push(`  ${say('map')} ${frame.georeference.epsg} E ${frame.georeference.eastings} N ${frame.georeference.northings} m`)
  for (const [name, count] of Object.entries(classCounts(model))) lines.push(`    ${String(count).padStart(6)}  ${name}`)
  for (const finding of model.findings) lines.push(`  ! ${finding.path ? `${finding.path} ` : ''}${sayProblem(finding, io.lang)}`)
  if (chosen) lines.push(`  ${say('matches')} ${chosen.indices.size}${chosen.unclear > 0 ? `;  ${say('unclear')} ${chosen.unclear}` : ''}   ${chosen.where}`)
  for (const element of chosenOf(model, chosen)) {
    if (element.reason) lines.push(`  - #${element.expressId} ${element.class} ${element.name}: ${sayProblem(element.reason, io.lang)}`)
    else if (withElements) lines.push(`    #${element.expressId} ${element.globalId} ${element.class} ${element.name} (${element.state})`)
  }
  return `${lines.map(printable).join('\n')}\n`
}
/** Names of a file may hold control characters, which a terminal would obey. */
function printable(line: string): string {
  return line.replaceAll(/\p{Cc}/gu, ' ')
}
function span(from: number, to: number): string {
  return `${from.toFixed(2)}…${to.toFixed(2)}`
}
