import { describe, expect, it } from 'vitest'
import { findElements, glob, needsProperties, type PropertySet, parseSelector, type SiteModel } from './index.ts'

const SETS: Record<string, PropertySet[]> = {
  gas: [set('Pset_PipeSegmentTypeCommon', { NominalDiameter: [200, 'mm'], Material: ['PE100', null], Buried: [true, null] })],
  water: [set('Pset_PipeSegmentTypeCommon', { NominalDiameter: [0.3, 'm'], Material: ['球墨铸铁', null] })],
  inches: [set('Custom', { NominalDiameter: [12, 'INCH'] }), set('Other.Set', { 'Fire rating': ['F90', null] })],
  vague: [set('Custom', { NominalDiameter: ['DN300', null] }), set('Custom2', { Load: [3, 'widgets'] })],
  typed: [set('Pset_A', { Class: ['own', null] }), { ...set('Pset_A', { Class: ['of its type', null] }), from: 'type' }],
}

const MODEL = {
  id: '02-UTL',
  file: { name: '02-UTL.ifc' },
  storeys: [{ name: 'B1 地下一层' }],
  systems: [
    { name: '燃气', type: 'GAS' },
    { name: '给水', type: 'WATERSUPPLY' },
  ],
  elements: [
    element(0, 'IfcPipeSegment', 'gas', { systems: [0], type: 'RIGIDSEGMENT', bottom: -3 }),
    element(1, 'IfcPipeSegment', 'water', { systems: [1], bottom: -1.5 }),
    element(2, 'IfcDuctSegment', 'inches', { storey: 0, bottom: 2 }),
    element(3, 'IfcWallStandardCase', 'vague', { storey: 0 }),
    element(4, 'IfcMember', 'typed', { state: 'bodyless' }),
  ],
} as unknown as SiteModel

it.each([
  ['IfcFlowSegment', 'gas water inches'],
  ['ifcpipesegment', 'gas water'],
  ['class=IfcPipe*', 'gas water'],
  ['class=IfcWall,IfcMember', 'vague typed'],
  ['not IfcDistributionElement', 'vague typed'],
  ['IfcFlowSegment and not system=GAS', 'water inches'],
  ['IfcFlowSegment !(system=燃气 or system=给水)', 'inches'],
  ['系统=燃气 或 系统=给水', 'gas water'],
  ['system!=GAS,WATERSUPPLY IfcFlowSegment', 'inches'],
  ['storey="B1*"', 'inches vague'],
  ['storey~地下 且 IfcWall', 'vague'],
  ['storey!=X*', 'gas water inches vague typed'],
  ['discipline=utilities and type=RIGID*', 'gas'],
  ['discipline=site', ''],
  ['file=02-UTL.ifc and file=02-utl and state=bodyless', 'typed'],
  ['wat', 'water'],
  ['"wat"', 'water'],
  ['name=wat', ''],
  ['name~WAT', 'water'],
  ['id=id-gas', 'gas'],
  ['id=ID-GAS', ''],
  ['bottom<-2 m', 'gas'],
  ['bottom ≤ -1500mm', 'gas water'],
  ['top>=3', 'inches'],
  ['Pset_PipeSegmentTypeCommon.NominalDiameter=0.2 m', 'gas'],
  ['*.NominalDiameter >= 30 cm', 'water inches'],
  ['.NominalDiameter>=300mm', 'water inches'],
  ['.NominalDiameter=200', 'gas'],
  ['.NominalDiameter=200 mm, 0.3 m', 'gas water'],
  ['.NominalDiameter=DN*', 'vague'],
  ['has Pset_*.NominalDiameter', 'gas water'],
  ['有 .NominalDiameter', 'gas water inches vague'],
  ['not has .NominalDiameter', 'typed'],
  ['.Buried=true', 'gas'],
  ['.Buried=是', 'gas'],
  ['.Buried=false', ''],
  ['.Material~铸铁', 'water'],
  ['.Material!=PE100', 'water'],
  ['"Other.Set"."Fire rating"=F90', 'inches'],
  ['.Class=own', 'typed'],
  ['.Class="of its type"', ''],
])('%s → %s', async (text, names) => {
  expect(await found(text)).toBe(names)
})

it('says of which elements it cannot tell, and never counts them as found', async () => {
  const selector = parsed('.NominalDiameter > 250 mm')
  const { refs, unclear } = await findElements(selector, [MODEL], read)
  expect(refs.map(({ index }) => index)).toEqual([1, 2])
  expect(unclear.map(({ index }) => index)).toEqual([3])
  // Nor is the opposite found: it may be smaller or larger.
  expect((await findElements(parsed('not .NominalDiameter > 250 mm'), [MODEL], read)).unclear.map(({ index }) => index)).toEqual([3])
  expect((await findElements(parsed('.Load = 3 kg'), [MODEL], read)).unclear).toHaveLength(1)
})

it('reads property sets only of elements that nothing else decides', async () => {
  const asked: number[] = []
  await findElements(parsed('IfcPipeSegment and (system=GAS or .NominalDiameter>1m)'), [MODEL], async (_, index) => {
    asked.push(index)
    return []
  })
  expect(asked).toEqual([1])
  expect(needsProperties(parsed('IfcWall or storey=1'))).toBe(false)
  expect(needsProperties(parsed('IfcWall or not has A.B'))).toBe(true)
})

describe('what is wrong is told with its place', () => {
  it.each([
    ['', 'selector.empty', undefined],
    ['IfcPipeSegmnt', 'selector.unknownClass', 0],
    ['IfcWall and discpline=site', 'selector.unknownField', 12],
    ['discipline=nonsense', 'selector.unknownValue', 11],
    ['(IfcWall', 'selector.unclosed', 0],
    ['name="abc', 'selector.unclosed', 5],
    ['IfcWall)', 'selector.expected', 7],
    ['IfcWall and', 'selector.expected', 11],
    ['name=', 'selector.expected', 5],
    ['= 3', 'selector.expected', 0],
    ['top=abc', 'selector.expected', 4],
    ['top>3 kg', 'selector.unit', 4],
    ['A.B>3 furlongs', 'selector.unit', 6],
    ['A.B>3furlongs', 'selector.unit', 4],
    ['name>3', 'selector.operator', 4],
    ['has Material', 'selector.expected', 4],
    [`${'('.repeat(100)}IfcWall${')'.repeat(100)}`, 'selector.tooLong', undefined],
    ['x'.repeat(5000), 'selector.tooLong', undefined],
  ])('%s', (text, key, at) => {
    const result = parseSelector(text)
    expect(result.ok).toBe(false)
    expect(result.problems[0].key).toBe(key)
    if (at !== undefined) expect((result.problems[0].facts as { at: number }).at).toBe(at)
  })
  it('guesses the class that was meant', () => {
    expect(parseSelector('IfcPipeSegmnt').problems[0].facts).toMatchObject({ near: 'IfcPipeSegment' })
  })
})

it('matches wildcards in linear time', () => {
  expect(glob('*a*b?')('xxaYYbz')).toBe(true)
  expect(glob('ＤＮ＊'.normalize('NFKC'))('dn300')).toBe(true)
  expect(glob('a*b')('ab c')).toBe(false)
  const started = performance.now()
  expect(glob(`${'*a'.repeat(30)}b`)('a'.repeat(5000))).toBe(false)
  expect(performance.now() - started).toBeLessThan(2000)
})

function parsed(text: string) {
  const result = parseSelector(text)
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.value
}
async function found(text: string): Promise<string> {
  const { refs } = await findElements(parsed(text), [MODEL], read)
  return refs.map(({ index }) => MODEL.elements[index].name).join(' ')
}
async function read(model: SiteModel, index: number) {
  return SETS[model.elements[index].name]
}
function set(name: string, properties: Record<string, [string | number | boolean, string | null]>): PropertySet {
  return { name, kind: 'properties', from: 'occurrence', properties: Object.entries(properties).map(([key, [value, unit]]) => ({ name: key, value, unit })) }
}
function element(index: number, kind: string, name: string, more: { systems?: number[]; storey?: number; type?: string; state?: string; bottom?: number }) {
  const { bottom, ...rest } = more
  return {
    index,
    class: kind,
    name,
    tag: '',
    globalId: `id-${name}`,
    type: '',
    state: 'shown',
    systems: [],
    storey: -1,
    bounds: bottom === undefined ? null : { min: [0, 0, bottom], max: [1, 1, bottom + 1] },
    ...rest,
  }
}
