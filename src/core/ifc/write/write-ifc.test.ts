import { describe, expect, it } from 'vitest'
import { globalIdOf } from './global-id.ts'
import type { FileRecipe } from './recipe.ts'
import { real, text } from './step-value.ts'
import { writeIfc } from './write-ifc.ts'

const RECIPE: FileRecipe = {
  id: 'T',
  title: '试验',
  georeference: { name: 'EPSG:4548', description: '', eastings: 1, northings: 2, height: 3 },
  time: '2026-06-01T08:00:00',
  spatial: [
    { key: 'site', class: 'IfcSite', name: 'site', in: null },
    { key: 'low', class: 'IfcBuildingStorey', name: 'low', in: 'site', elevation: -10.9 },
  ],
  elements: [0, 5].map((x) => ({
    id: `P${x}`,
    title: '柱',
    class: 'IfcColumn',
    type: 'COLUMN',
    in: 'low',
    color: '#B8B4AC',
    bodies: [{ kind: 'extrusion', profile: { kind: 'circle', radius: 0.3 }, origin: [x, 1, -10.9], axis: [0, 0, 1], ref: [1, 0, 0], length: 3 }],
    sets: { Pset_ColumnCommon: { LoadBearing: true, Status: { list: ['NEW'] } } },
  })),
  systems: [],
  joints: [],
  links: [],
  tasks: [],
  resources: [],
}
const written = (recipe: FileRecipe) => new TextDecoder().decode(writeIfc(recipe))

describe('values', () => {
  it('writes Chinese as uppercase UTF-16, and escapes quotes and backslashes', () => {
    expect(text("W1 雨水管 'DN600' \\")).toBe("'W1 \\X2\\96E86C347BA1\\X0\\ ''DN600'' \\\\'")
    expect(text('𠮷')).toBe("'\\X2\\D842DFB7\\X0\\'")
  })
  it('writes reals with a point and without a negative zero, and refuses what is no number', () => {
    expect([real(1), real(-0.0000001), real(0.1 + 0.2), real(1e21 / 1e21, 2)]).toEqual(['1.', '0.', '0.3', '1.'])
    expect(() => real(Number.NaN)).toThrow()
  })
})

describe('GlobalIds', () => {
  it('are the same for the same name and differ for others, 22 characters, the first at most 3', () => {
    expect(globalIdOf('W1-seg2')).toBe(globalIdOf('W1-seg2'))
    const ids = Array.from({ length: 500 }, (_, k) => globalIdOf(`P-${k}`))
    expect(new Set(ids).size).toBe(500)
    expect(ids.every((id) => /^[0-3][0-9A-Za-z_$]{21}$/.test(id))).toBe(true)
  })
})

describe('a file', () => {
  it('is the same for the same recipe, whatever was written before', () => {
    expect(written(RECIPE)).toBe(written(RECIPE))
  })
  it('shares one shape between equal elements and keeps coordinates near their storey', () => {
    const file = written(RECIPE)
    expect(file.match(/=IFCEXTRUDEDAREASOLID/g)).toHaveLength(1)
    expect(file.match(/=IFCSTYLEDITEM/g)).toHaveLength(1)
    expect(file.match(/=IFCPROPERTYSET\(/g)).toHaveLength(1)
    expect(file).toContain('IFCCARTESIANPOINT((5.,1.,0.))')
    expect(file).toContain('IFCCARTESIANPOINT((0.,0.,-10.9))')
  })
  it('refuses two elements of one key, a container that is not there, and a link to nothing', () => {
    const twice = { ...RECIPE, elements: [RECIPE.elements[0], RECIPE.elements[0]] }
    const lost = { ...RECIPE, elements: [{ ...RECIPE.elements[0], in: 'attic' }] }
    const link = { ...RECIPE, links: [['P0', 'P9']] as const }
    for (const recipe of [twice, lost, link]) expect(() => writeIfc(recipe)).toThrow()
  })
})
