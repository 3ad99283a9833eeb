import { expect, it } from 'vitest'
import { finish } from '@/core/base/job'
import type { SiteModel } from '@/core/model'
import { smallIfc } from '../../../tests/support/small-ifc.ts'
import { importModel, inlinePool } from './index.ts'

/** A terrain of two triangles over a 10 m square, in the map's coordinates, with the given faces. */
async function terrain(faces: string): Promise<SiteModel> {
  const lines = [
    '#300=IFCCARTESIANPOINTLIST3D(((500000000.,4400000000.,0.),(500010000.,4400000000.,0.),(500010000.,4400010000.,1000.),(500000000.,4400010000.,1000.)));',
    `#301=IFCTRIANGULATEDIRREGULARNETWORK(#300,$,.F.,(${faces}),$,(1,1));`,
    "#302=IFCSHAPEREPRESENTATION(#8,'Surface','Tessellation',(#301));",
    '#303=IFCPRODUCTDEFINITIONSHAPE($,$,(#302));',
    "#304=IFCSOLIDSTRATUM('0000000000000000000zzz',$,'Ground',$,$,#10,#303,'T-1',$);",
  ].join('\n')
  const bytes = smallIfc((text) => text.replace('ENDSEC;\nEND-ISO', `${lines}\nENDSEC;\nEND-ISO`))
  return (await finish(importModel({ name: 't.ifc', bytes, origin: [500000, 4400000, 0] }, inlinePool(), new AbortController().signal))).model
}

it('shows a terrain whose class the released schemas do not know', async () => {
  const model = await terrain('(1,2,3),(1,3,4)')
  const ground = model.elements.find((e) => e.tag === 'T-1')
  expect(ground).toMatchObject({ state: 'shown', class: 'IfcSolidStratum', bounds: { min: [0, 0, 0], max: [10, 10, 1] } })
  expect(model.shapes[ground?.parts[0].shape ?? -1].closed).toBe(false)
})

it('leaves out a face that names no point, keeps the rest and says so', async () => {
  const model = await terrain('(1,2,3),(1,3,4),(1,2,99),(0,1,2)')
  const ground = model.elements.find((e) => e.tag === 'T-1')
  expect(ground).toMatchObject({ state: 'simplified', reason: { key: 'ifc.badTriangles', facts: { skipped: 2, of: 4 } } })
  expect(model.shapes[ground?.parts[0].shape ?? -1].indices.length).toBe(6)
})

it('refuses a terrain without a single good face', async () => {
  const model = await terrain('(7,8,9)')
  expect(model.elements.find((e) => e.tag === 'T-1')).toMatchObject({ state: 'refused', reason: { key: 'ifc.badTriangles' } })
})
