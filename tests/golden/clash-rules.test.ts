import { beforeAll, expect, it } from 'vitest'
import { finish } from '@/core/base/job'
import { type ClashReport, DEFAULT_RULES, findClashes } from '@/core/clash'
import type { SiteModel } from '@/core/model'
import { sayFinding } from '@/messages/clash-rules.ts'
import { importStation } from '../support/station.ts'

const INPUT = { rules: DEFAULT_RULES, scope: 'rules' as const, tolerance: null, clearance: null, segments: 96 }
const find = (models: readonly SiteModel[], more: Partial<Parameters<typeof findClashes>[0]> = {}): Promise<ClashReport> =>
  finish(findClashes({ models, ...INPUT, ...more }, new AbortController().signal))
const tags = (report: ClashReport, kind: string): string[] =>
  report.clashes
    .filter((clash) => clash.kind === kind)
    .map(({ a, b }) => [a.tag, b.tag].sort().join(' '))
    .sort()
const found = ({ findings }: ClashReport, rule: string): string[] =>
  findings
    .filter((finding) => finding.rule === rule)
    .map(({ a, b, figures }) =>
      [...[a.tag || a.name, b?.tag || b?.name || ''].filter(Boolean).sort(), ...Object.values(figures).map((v) => v.toFixed(2))].join(' '),
    )
    .sort()

/** What the demonstration site plants beyond clashes of pairs (C5, C7, C12–C15), found from the files alone. */
let report: ClashReport
let empty: ClashReport['empty']
beforeAll(async () => {
  const models = await importStation()
  // Without pairs the checks stand alone; the pairs themselves are the subject of another test.
  report = await find(models, { rules: { ...DEFAULT_RULES, rules: DEFAULT_RULES.rules.map((rule) => ({ ...rule, a: { ...rule.a, systems: ['SEWAGE'] } })) } })
  empty = report.empty
})

it('finds the drain that rises in the direction of flow, and no other pipe', () => {
  expect(found(report, 'gravity-fall')).toEqual(['DR1-s1 0.34 34.00 0.01'])
})
it('finds the duct that hangs into the walking zone, piece by piece in one group', () => {
  expect(found(report, 'headroom')).toEqual([1, 2, 3, 4].map((k) => `CD1-s${k} WZ-1 2.05 2.20 0.15`))
  expect(new Set(report.findings.filter(({ rule }) => rule === 'headroom').map(({ group }) => group)).size).toBe(1)
})
it('finds the crane and the trench that use one place in the same week', () => {
  expect(found(report, 'space-time')).toEqual(['CS-1 TR-1 9.00 2026.00 27.00 7.00'])
})
it('finds the parapet that is too low over the ground at its lowest place', () => {
  expect(found(report, 'edge-height')).toEqual([expect.stringMatching(/^PAR-[NW] 0\.29 0\.50 \d+\.00$/)])
})
it('finds the sumps that are too far apart', () => {
  expect(found(report, 'sump-spacing')).toEqual(['SP1 SP3 95.00 30.00', 'SP2 SP4 95.00 30.00', 'SP3 SP5 98.00 30.00', 'SP4 SP6 98.00 30.00'])
})
it('finds the sewer that runs through capping beams without an opening', () => {
  expect(found(report, 'missing-opening')).toEqual(['CB-N-6 S2-seg2 0.40', 'CB-S-6 S2-seg2 0.40'])
})
it('says each in both languages and tests every rule on something', () => {
  for (const finding of report.findings) {
    expect(sayFinding(finding, 'zh-CN')).toMatch(/[一-鿿]/)
    expect(sayFinding(finding, 'en')).toMatch(/^[^。，]+$/)
    expect(`${sayFinding(finding, 'zh-CN')}${sayFinding(finding, 'en')}`).not.toContain('undefined')
  }
  expect(empty).toEqual([])
})

it('tells a rule that no element fits from one that found nothing', async () => {
  const rules = { ...DEFAULT_RULES, rules: [{ id: 'chimneys', a: { classes: ['IfcChimney'] }, b: {}, find: ['hard' as const] }], checks: [] }
  const none = await find(await importStation(/02-UTL/), { rules })
  expect(none.empty).toEqual([{ rule: 'chimneys', side: 'a' }])
})

it('sets accepted patterns aside and counts them', async () => {
  const pattern = { id: 'gas-beside-power', a: { systems: ['GAS'] }, b: { systems: ['ELECTRICAL'] }, why: 'agreed with both owners' }
  const accepted = await find(await importStation(/02-UTL/), { rules: { ...DEFAULT_RULES, accepted: [pattern] } })
  expect(tags(accepted, 'clearance')).toEqual([])
  expect(accepted.ignored.filter(({ why }) => why === 'accepted').map(({ pattern: by }) => by)).toEqual(['gas-beside-power'])
})

it('reports chilled water supply beside return at 0.030 m, and not at 0.025 m', async () => {
  const models = await importStation(/05-MEP/)
  expect(tags(await find(models), 'clearance')).toEqual([])
  const wider = DEFAULT_RULES.clearances.map((entry) => (entry.a === '*' && entry.among === '' ? { ...entry, parallel: 0.03, crossing: 0.03 } : entry))
  const closer = await find(models, { rules: { ...DEFAULT_RULES, clearances: wider } })
  expect(tags(closer, 'clearance')).toHaveLength(13)
  for (const pair of tags(closer, 'clearance')) expect(pair).toMatch(/^CHR-s\d CHS-s\d$/)
})

it('finds what the old level of the telecom duct would hit', async () => {
  const models = await importStation(/02-UTL/)
  const before = tags(await find(models), 'hard')
  // T1 back at −1.65 … −1.15.
  const raised = models.map((model) => ({
    ...model,
    elements: model.elements.map((element) => (element.tag.startsWith('T1-') ? lifted(element, 1.25) : element)),
  }))
  expect(tags(await find(raised), 'hard').filter((pair) => !before.includes(pair))).toEqual([
    'E1-seg1 T1-seg3',
    'G1-seg1 T1-seg3',
    'S2-seg1 T1-seg4',
    'T1-seg2 W1-seg1',
  ])
})

it('finds the beams and parapets that the power duct would hit without its openings', async () => {
  // The openings stay in the file; what joins them to the beams goes.
  const models = await importStation(/02-UTL|03-STR/, (text, name) => {
    const openings = [...text.matchAll(/^#(\d+)=IFCOPENINGELEMENT\('[^']*',\$,'[^']*-OP-E1 /gm)].map(([, id]) => id)
    expect(openings).toHaveLength(name.startsWith('03') ? 4 : 0)
    return text.replace(/^#\d+=IFCRELVOIDSELEMENT\([^)]*,#(\d+)\);\n/gm, (line: string, id: string) => (openings.includes(id) ? '' : line))
  })
  const rules = { ...DEFAULT_RULES, rules: DEFAULT_RULES.rules.map((rule) => ({ ...rule, a: { ...rule.a, systems: ['ELECTRICAL'] } })) }
  const without = await find(models, { rules })
  const hits = without.clashes.filter(({ kind }) => kind === 'hard').map(({ a, b, depth }) => `${[a.tag, b.tag].sort().join(' ')} ${depth?.toFixed(3)}`)
  expect(hits.filter((hit) => hit.startsWith('CB-')).sort()).toEqual(['CB-N-5 E1-seg1 0.400', 'CB-S-5 E1-seg1 0.400'])
  expect(
    hits
      .filter((hit) => !hit.startsWith('CB-'))
      .map((hit) => hit.slice(0, hit.lastIndexOf(' ')))
      .sort(),
  ).toEqual(['E1-seg1 PAR-N', 'E1-seg1 PAR-S1'])
})

it('finds a support of the smoke duct that stands where the fire main runs', async () => {
  const [model] = await importStation(/05-MEP/)
  const support = model.elements.find(({ tag, bounds }) => tag.startsWith('SD1-h') && bounds && Math.abs((bounds.min[0] + bounds.max[0]) / 2 + 69) < 0.5)
  expect(support).toBeDefined()
  const elements = model.elements.map((element) => (element === support ? lifted(element, 0, -1) : element))
  const before = tags(await find([model]), 'hard')
  const after = tags(await find([{ ...model, elements }]), 'hard').filter((pair) => !before.includes(pair))
  expect(after.length).toBeGreaterThan(0)
  for (const pair of after) expect(pair).toMatch(new RegExp(`^FM1-s\\d ${support?.tag}$`))
})

/** The same element moved up [m] and along x [m]. */
function lifted(element: SiteModel['elements'][number], up: number, along = 0): SiteModel['elements'][number] {
  const moved = (matrix: ArrayLike<number>) => Float64Array.from(matrix, (v, k) => v + (k === 14 ? up : k === 12 ? along : 0))
  return {
    ...element,
    parts: element.parts.map((part) => ({ ...part, matrix: moved(part.matrix) })),
    solids: element.solids?.map((solid) => ({ ...solid, matrix: moved(solid.matrix) })) ?? null,
    bounds: element.bounds && {
      min: [element.bounds.min[0] + along, element.bounds.min[1], element.bounds.min[2] + up],
      max: [element.bounds.max[0] + along, element.bounds.max[1], element.bounds.max[2] + up],
    },
  }
}
