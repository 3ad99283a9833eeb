import { existsSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { finish } from '@/core/base/job'
import { importModel, inlinePool } from '@/core/ifc'
import type { SiteModel } from '@/core/model'
import { AS_DESIGNED, ground, type Site } from '../../../models/station/site.ts'
import { stationFiles } from '../../../models/station.site.ts'
import { writeIfc } from '../ifc/write/index.ts'
import { areaOf, cellsOfKind, locate, lowestFaces, poolAt, rasterizeSite, type SiteGrid, spillLevels, tagElements, volumeBelow } from './index.ts'

/** The demonstration site, read from its committed files. */
const FILES = ['01-SITE', '02-UTL', '03-STR', '04-TMP', '05-MEP', '06-DRN'].map((name) => new URL(`../../../models/${name}.ifc`, import.meta.url))
const PIT_AREA = 208.4 * 20.7

async function read(name: string, bytes: Uint8Array): Promise<SiteModel> {
  return (await finish(importModel({ name, bytes }, inlinePool(), new AbortController().signal))).model
}
function gridOf(models: readonly SiteModel[], cell: number): SiteGrid {
  const made = rasterizeSite({ models, cell, area: null, surfaces: {} })
  if (!made.ok) throw new Error(JSON.stringify(made.problems))
  return made.value
}
function kindAt(grid: SiteGrid, x: number, y: number): string {
  return grid.surfaces[grid.surface[locate(grid, x, y)]].id
}
/** The grid with all its openings boarded up. */
function boarded(grid: SiteGrid): SiteGrid {
  const faces = new Set(grid.openings.flatMap((opening) => opening.faces.map(({ axis, face }) => `${axis}${face}`)))
  return { ...grid, crests: grid.crests.map((crest) => (faces.has(`${crest.axis}${crest.face}`) ? { ...crest, level: 9 } : crest)) }
}

describe.skipIf(!FILES.every((file) => existsSync(file)))('the demonstration site', () => {
  let models: SiteModel[] = []
  let one: SiteGrid
  beforeAll(async () => {
    models = await Promise.all(FILES.map((file) => read(file.pathname.split('/').at(-1)!, readFileSync(file))))
    one = gridOf(models, 1)
  })

  it('has its pit, yard and streets', () => {
    expect([one.columns, one.rows, one.x0, one.y0]).toEqual([320, 200, -160, -100])
    expect(Math.abs(areaOf(one, cellsOfKind(one, 'pit')) / PIT_AREA - 1)).toBeLessThan(1e-4)
    expect(areaOf(one, cellsOfKind(one, 'yard'))).toBe(21_980)
    expect(['pit', 'yard', 'yard', 'ground', 'ground']).toEqual([
      kindAt(one, 0, 0),
      kindAt(one, 92, -26),
      kindAt(one, -120, 25),
      kindAt(one, -147, -40),
      kindAt(one, 0, 50),
    ])
  })

  it('has the base slab for a floor everywhere in the pit, also under the middle slab, struts and ditches', () => {
    for (const i of cellsOfKind(one, 'pit')) {
      const x = one.x0 + (i % one.columns) + 0.5
      expect(Math.abs(one.floor[i] - (-17.6 - (0.4 * (x + 104.2)) / 208.4))).toBeLessThan(0.003)
    }
    // Water 0.30 m deep at the east end: a wedge.
    expect(volumeBelow(one, cellsOfKind(one, 'pit'), -17.7) / ((20.7 * 0.3 * 0.3 * (208.4 / 0.4)) / 2)).toBeCloseTo(1, 2)
  })

  it('has its openings: the gap, the east gate and the foot gate', () => {
    const told = one.openings.map(({ id, sill, width, faces, inward }) => ({ id, sill, width, faces: faces.length, inward }))
    expect(told).toMatchObject([
      { id: 'G-W', faces: 2, inward: 1 },
      { id: 'GAP', faces: 8, inward: 1 },
      { id: 'GATE-E', faces: 6, inward: -1 },
    ])
    expect(one.openings.map(({ sill }) => Math.round(sill * 1000) / 1000)).toEqual([0.494, -0.284, -0.15])
    expect(one.openings.map(({ width }) => Math.round(width * 10) / 10)).toEqual([2.2, 8, 6])
    const [gap] = one.openings.filter(({ id }) => id === 'GAP')
    expect(gap.faces.map(({ axis, face }) => [axis, one.x0 + (face % one.columns), one.y0 + Math.floor(face / one.columns) + 1])).toEqual(
      Array.from({ length: 8 }, (_, k) => ['y', 88 + k, -11]),
    )
  })

  it.each([0.5, 1])('lets water go only where the design lets it, at cells of %f m', (cell) => {
    const grid = cell === 1 ? one : gridOf(models, cell)
    const levels = spillLevels(grid, [locate(grid, 92.1, -26.1)])
    const at = (x: number, y: number) => levels[locate(grid, x, y)]
    expect(Math.abs(at(149.6, -54.6) - -0.317)).toBeLessThan(0.01)
    expect(at(0.1, 0.1)).toBeCloseTo(-0.284, 6)
    expect(at(155, -30)).toBeCloseTo(-0.15, 6)
    const kind = (i: number) => grid.surfaces[grid.surface[i]].id
    const closed = boarded(grid)
    expect(
      lowestFaces(
        closed,
        (i) => kind(i) === 'pit',
        (i) => kind(i) !== 'pit',
      ).level,
    ).toBeCloseTo(0.5, 6)
    // Over the plinth at its lowest corner, in the south-east.
    expect(
      lowestFaces(
        closed,
        (i) => kind(i) === 'yard',
        (i) => kind(i) === 'ground',
      ).level,
    ).toBeCloseTo(ground(150, -55) + 0.3, 2)
  })

  it('holds in the yard what the formula of its ground holds', () => {
    const yard = cellsOfKind(one, 'yard')
    const low = yard.reduce((a, b) => (one.floor[b] < one.floor[a] ? b : a))
    expect(Math.abs(one.floor[low] - -0.643)).toBeLessThan(0.002)
    for (const level of [-0.284, -0.15]) expect(Math.abs(volumeBelow(one, yard, level) / yardVolume(level) - 1)).toBeLessThan(0.01)
    expect(volumeBelow(one, poolAt(one, low, -0.2841), -0.284)).toBeCloseTo(volumeBelow(one, yard, -0.284), 6)
    // The published basin figures, 360 and 1,049 m³, are those of the ground from y −60 to the pit, without the plinth.
    const window = Array.from(one.floor, (_, i) => i).filter((i) => {
      const [x, y] = [one.x0 + (i % one.columns) + 0.5, one.y0 + Math.floor(i / one.columns) + 0.5]
      return x > -130 && x < 150 && y > -60 && y < 11 && !(Math.abs(x) < 105 && Math.abs(y) < 11)
    })
    expect(Math.abs(volumeBelow(one, window, -0.284) / 360 - 1)).toBeLessThan(0.02)
    expect(Math.abs(volumeBelow(one, window, -0.15) / 1049 - 1)).toBeLessThan(0.02)
  })

  it('tells where tagged elements stand', () => {
    const { tagged, findings } = tagElements(models)
    const round = (value: number) => Math.round(value * 1000) / 1000
    const place = (tag: string) => [tagged[tag].x, tagged[tag].y, tagged[tag].bottom].map(round)
    expect(place('SP5').slice(0, 2)).toEqual([98, -9.3])
    expect(round(tagged.SP5.area)).toBe(2.25)
    expect(place('DB0')).toEqual([80, -20, -0.14])
    expect(place('P-02').slice(0, 2)).toEqual([0.45, -9.3])
    expect(place('J3').slice(0, 2)).toEqual([92, -48])
    expect(findings.map(({ facts }) => facts)).toContainEqual({ tag: 'P-03', count: 2 })
  })

  it('says nothing that is wrong with it', () => {
    expect(one.findings.map(({ key }) => key).filter((key) => key !== 'site.surfaceMissing' && key !== 'site.roofs')).toEqual([])
  })
})

describe('a changed design', () => {
  it('moves the gap and lifts its sill in the grid as in the recipe', async () => {
    const changed: Site = { ...AS_DESIGNED, gap: { from: 78, to: 86, sill: -0.184 } }
    const recipes = stationFiles(changed).filter(({ id }) => id === '01-SITE' || id === '03-STR')
    const grid = gridOf(await Promise.all(recipes.map((recipe) => read(`${recipe.id}.ifc`, writeIfc(recipe)))), 1)
    const gap = grid.openings.find(({ id }) => id === 'GAP')!
    expect(gap.sill).toBeCloseTo(-0.184, 5)
    expect(gap.faces.map(({ face }) => grid.x0 + (face % grid.columns))).toEqual([78, 79, 80, 81, 82, 83, 84, 85])
    expect(spillLevels(boarded(grid), [locate(grid, 92.1, -26.1)])[locate(grid, 0.1, 0.1)]).toBeCloseTo(0.5, 6)
  })
})

/** ∫ max(0, level − ground) over the yard less the outline of the pit [m³]. */
function yardVolume(level: number): number {
  let volume = 0
  const h = 0.2
  for (let y = -55 + h / 2; y < 40; y += h)
    for (let x = -130 + h / 2; x < 150; x += h) if (!(Math.abs(x) < 105 && Math.abs(y) < 11.15)) volume += Math.max(0, level - ground(x, y))
  return volume * h * h
}
