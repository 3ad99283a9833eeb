import { expect, it } from 'vitest'
import { finish } from '@/core/base/job'
import { Failure } from '@/core/base/problem'
import { type Element, isA, type SiteModel } from '@/core/model'
import { smallIfc } from '../../../tests/support/small-ifc.ts'
import { type ImportedModel, importModel, inlinePool } from './index.ts'

const pool = inlinePool()
function open(bytes: Uint8Array, name = 'small.ifc'): Promise<ImportedModel> {
  return finish(importModel({ name, bytes }, pool, new AbortController().signal))
}
async function model(change?: (text: string) => string): Promise<SiteModel> {
  return (await open(smallIfc(change))).model
}
function tagged(of: SiteModel, tag: string): Element {
  const found = of.elements.find((e) => e.tag === tag)
  if (!found) throw new Error(`no element ${tag}`)
  return found
}
const keys = (of: SiteModel): string[] => of.findings.map((f) => f.key)

it('tells each product once: shown, voided, opening or without body', async () => {
  const { census, elements, id } = await model()
  expect(id).toBe('small')
  expect(census).toMatchObject({ products: 9, withBody: 4, shown: 3, simplified: 0, voided: 1, refused: 0, openings: 2 })
  expect(elements.find((e) => e.name === 'Gone')).toMatchObject({ state: 'voided', reason: { key: 'ifc.voided', facts: { openings: 1 } } })
  expect(elements.filter((e) => e.state === 'bodyless').map((e) => e.class)).toEqual([
    'IfcSite',
    'IfcBuildingStorey',
    'IfcDistributionPort',
    'IfcDistributionPort',
    'IfcDoor',
  ])
})

it('gives metres with Z up in the place the file says', async () => {
  const pipe = tagged(await model(), 'P-1')
  expect(pipe.bounds).toEqual({ min: [1, expect.closeTo(-0.1, 12), expect.closeTo(3.4, 12)], max: [3, expect.closeTo(0.1, 12), expect.closeTo(3.6, 12)] })
})

it('describes straight round bodies exactly, in double precision', async () => {
  const it = await model()
  const [pipe] = tagged(it, 'P-1').solids ?? []
  expect(pipe).toMatchObject({ kind: 'circle', radius: 0.1, length: 2, thickness: null })
  expect([...pipe.matrix.slice(8, 15)]).toEqual([1, 0, 0, 0, 1, 0, 3.5])
  const [hollow] = tagged(it, 'P-2').solids ?? []
  expect(hollow).toMatchObject({ kind: 'circle', radius: 0.1, length: 1.5, thickness: 0.01 })
  expect([...hollow.matrix.slice(12, 15)]).toEqual([3, 0, 3.5])
})

it('cuts the hole out of the wall and keeps no exact solid of what is cut', async () => {
  const it = await model()
  const wall = tagged(it, 'W-1')
  const shape = it.shapes[wall.parts[0].shape]
  expect(shape.closed).toBe(true)
  expect(volume(shape.positions, shape.indices)).toBeCloseTo(3 * 0.2 * 2.5 - 1 * 0.2 * 2, 5)
  expect(wall.solids).toBeNull()
  expect(it.elements.find((e) => e.name === 'Hole')).toMatchObject({
    state: 'opening',
    host: wall.index,
    solids: [{ kind: 'rectangle', width: 1, height: 0.4, length: 2 }],
  })
  expect(tagged(it, 'D-1')).toMatchObject({ fills: it.elements.find((e) => e.name === 'Hole')?.index, type: 'GATE' })
})

it('reads names, storeys, systems and joints', async () => {
  const it = await model()
  const pipe = tagged(it, 'P-1')
  expect(pipe).toMatchObject({ name: '雨水管 DN200', class: 'IfcPipeSegment', type: 'RIGIDSEGMENT', storey: 0, systems: [0] })
  expect(it.storeys).toMatchObject([{ name: 'F2', elevation: 3 }])
  expect(it.systems).toMatchObject([{ name: '雨水', type: 'STORMWATER' }])
  expect(it.joints).toEqual([[pipe.index, tagged(it, 'P-2').index]])
  expect(isA(pipe.class, 'IfcDistributionElement')).toBe(true)
  expect(it.tree.children[0].children[0]).toMatchObject({
    name: 'F2',
    elements: ['P-1', 'P-2', 'W-1', 'D-1'].map((tag) => tagged(it, tag).index).concat(it.elements.findIndex((e) => e.name === 'Gone')),
  })
})

it('shows the parts of an assembly where the assembly stands', async () => {
  const it = await model((text) =>
    text
      .replace('(#27,#36,#57,#65,#74),#15', '(#27,#57,#65,#74),#15')
      .replace('ENDSEC;\nEND-', "#110=IFCRELAGGREGATES('000000000000000000000z',$,$,$,#57,(#36));\nENDSEC;\nEND-"),
  )
  const part = tagged(it, 'P-2')
  expect(part).toMatchObject({ host: tagged(it, 'W-1').index, storey: 0 })
  expect(it.tree.children[0].children[0].elements).toContain(part.index)
})

it('reads property sets, quantities and those of the type when asked', async () => {
  const { model: it, properties } = await open(smallIfc())
  expect(await properties(tagged(it, 'P-1').index)).toEqual([
    {
      name: 'Pset_PipeSegmentTypeCommon',
      kind: 'properties',
      from: 'occurrence',
      properties: [
        { name: 'NominalDiameter', value: 200, unit: 'mm' },
        { name: '状态', value: 'EXISTING', unit: null },
      ],
    },
    { name: 'Qto_PipeSegmentBaseQuantities', kind: 'quantities', from: 'occurrence', properties: [{ name: 'Length', value: 2000, unit: 'mm' }] },
    { name: 'Pset_Type', kind: 'properties', from: 'type', properties: [{ name: 'Insulated', value: false, unit: null }] },
  ])
})

it('does not depend on where the model stands: 7,000 km away the same shapes come out', async () => {
  const near = await model()
  const far = await model((text) =>
    text.replace(
      '#10=IFCLOCALPLACEMENT($,#4);',
      '#10=IFCLOCALPLACEMENT($,#210);\n#209=IFCCARTESIANPOINT((255123000.,7411456000.,0.));\n#210=IFCAXIS2PLACEMENT3D(#209,$,$);',
    ),
  )
  expect(far.frame.origin).toEqual([255000, 7411000, 0])
  expect(far.shapes).toEqual(near.shapes)
  const [a, b] = [tagged(near, 'P-1'), tagged(far, 'P-1')]
  expect(b.bounds?.min[0]).toBeCloseTo((a.bounds?.min[0] ?? 0) + 123, 6)
  expect(b.solids?.[0].matrix[13]).toBeCloseTo(456, 9)
})

it('keeps the file’s unit when a second project says another', async () => {
  const it = await model((text) => text.replace('ENDSEC;\nEND-ISO', "#300=IFCPROJECT('0000000000000000000zzz',$,'Q',$,$,$,$,(),$);\nENDSEC;\nEND-ISO"))
  expect(keys(it)).toEqual(['ifc.projects'])
  expect(tagged(it, 'P-1').bounds?.max[0]).toBe(3)
})

it('never guesses a unit: without one it says so', async () => {
  const it = await model((text) => text.replace('IFCUNITASSIGNMENT((#5,#6))', 'IFCUNITASSIGNMENT((#6))'))
  expect(it.lengthUnit).toEqual({ name: null, toMetre: 1, known: false })
  expect(it.findings).toMatchObject([{ key: 'ifc.lengthUnit', severity: 'error' }])
})

it('names a file that is cut off, wherever it is cut', async () => {
  const whole = smallIfc()
  for (let cut = 400; cut < whole.length - 20; cut += 977) {
    const it = (await open(whole.slice(0, cut))).model
    expect(keys(it), `cut at ${cut}`).toContain('ifc.truncated')
    const { products, withBody, shown, simplified, voided, refused } = it.census
    expect(shown + simplified + voided + refused).toBe(withBody)
    expect(withBody).toBeLessThanOrEqual(products)
  }
})

it.each([
  ['a missing attribute', '#23=IFCEXTRUDEDAREASOLID(#20,#22,2000.);', 'ifc.badEntity'],
  ['a decimal comma', '#20=IFCCIRCLEPROFILEDEF(.AREA.,$,$,100,5);', 'ifc.badEntity'],
  ['a radius that is no number', '#20=IFCCIRCLEPROFILEDEF(.AREA.,$,$,NaN);', 'ifc.badEntity'],
  ['a zero direction', '#22=IFCAXIS2PLACEMENT3D(#21,#400,#2);\n#400=IFCDIRECTION((0.,0.,0.));', 'ifc.badEntity'],
  [
    'a shape in itself',
    "#24=IFCSHAPEREPRESENTATION(#8,'Body','MappedRepresentation',(#200));\n#200=IFCMAPPEDITEM(#201,#202);\n#201=IFCREPRESENTATIONMAP(#4,#24);\n#202=IFCCARTESIANTRANSFORMATIONOPERATOR3D($,$,#1,$,$);",
    'ifc.circular',
  ],
  ['a reference to nothing', '#23=IFCEXTRUDEDAREASOLID(#999,#22,#2,2000.);', 'ifc.missingEntity'],
  ['a place in itself', '#26=IFCLOCALPLACEMENT(#26,#4);', 'ifc.placement'],
  ['a damaged product line', "#27=IFCPIPESEGMENT('0000000000000000000006',$,'Pipe',$,$,#26 #25,'P-1',.RIGIDSEGMENT.);", 'ifc.damagedElement'],
  ['a damaged shape line', "#24=IFCSHAPEREPRESENTATION(#8$,'Body','SweptSolid',(#23));", 'ifc.badEntity'],
])('refuses one element for %s, with the reason, and shows the others', async (_, line, key) => {
  const id = /^#\d+=/.exec(line)?.[0] ?? ''
  const it = await model((text) => text.replace(new RegExp(`^${id}.*$`, 'm'), () => line))
  expect(it.elements.find((e) => e.expressId === 27)).toMatchObject({ state: 'refused', reason: { key } })
  expect(tagged(it, 'W-1').state).toBe('shown')
  expect(it.census.shown + it.census.simplified + it.census.voided + it.census.refused).toBe(it.census.withBody)
})

it('marks a wall simplified when its opening is damaged', async () => {
  const it = await model((text) => text.replace('#60=IFCSHAPEREPRESENTATION(#8,', '#60=IFCSHAPEREPRESENTATION(#8$,'))
  expect(tagged(it, 'W-1')).toMatchObject({ state: 'simplified', reason: { key: 'ifc.uncut', facts: { openings: 1 } } })
})

it('takes the first of two entities with one id, and says so', async () => {
  const it = await model((text) => text.replace('#26=', '#26=IFCLOCALPLACEMENT(#14,#4);\n#26='))
  expect(it.findings).toMatchObject([{ key: 'ifc.duplicateIds', facts: { count: 1, first: 26 } }])
  expect(it.census.shown).toBe(3)
})

it.each([
  ['nothing', new Uint8Array(0), 'file.empty', {}],
  ['a zip', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]), 'ifc.notIfc', { looksLike: 'zip' }],
  ['a web page', new TextEncoder().encode('<!DOCTYPE html><html>'), 'ifc.notIfc', { looksLike: 'html' }],
  ['UTF-16', new Uint8Array([0xff, 0xfe, 0x49, 0, 0x53, 0]), 'ifc.notIfc', { looksLike: 'utf16' }],
  ['words', new TextEncoder().encode('Dear reader,'), 'ifc.notIfc', { looksLike: 'text' }],
])('says what %s is instead of an IFC file', async (_, bytes, key, facts) => {
  const failed = await open(bytes, 'x.ifc').catch((error: unknown) => error)
  expect(failed).toBeInstanceOf(Failure)
  expect((failed as Failure).problems[0]).toMatchObject({ key, facts })
})

it('stops when told to, with the reason given', async () => {
  const stop = new AbortController()
  const run = importModel({ name: 'small.ifc', bytes: smallIfc() }, inlinePool(), stop.signal)
  const stopped = finish(run, (event) => {
    if (event.kind === 'elements') stop.abort(new Error('enough'))
  })
  await expect(stopped).rejects.toThrow('enough')
})

/** Volume of a closed mesh by the divergence theorem. */
function volume(p: Float32Array, indices: Uint32Array): number {
  let six = 0
  for (let t = 0; t < indices.length; t += 3) {
    const [a, b, c] = [indices[t] * 3, indices[t + 1] * 3, indices[t + 2] * 3]
    six += p[a] * (p[b + 1] * p[c + 2] - p[b + 2] * p[c + 1]) + p[a + 1] * (p[b + 2] * p[c] - p[b] * p[c + 2]) + p[a + 2] * (p[b] * p[c + 1] - p[b + 1] * p[c])
  }
  return Math.abs(six) / 6
}
