import { expect, it } from 'vitest'
import { box, type HandMade, siteModel, terrain, wall } from './hand-made.ts'
import { areaOf, cellsOfKind, locate, lowestFaces, poolAt, rasterizeSite, type SiteGrid, spillLevels, volumeBelow } from './index.ts'

/**
 * The yard of a station pit: ground that falls to the south-east with a bowl 0.40 m deep, a plinth 0.30 m high round it with a gate, and a
 * pit behind a parapet with a gap. Volumes are compared with the integral of the ground's formula, taken at 0.2 m.
 */
const BOWL = { x: 92, y: -26, radius: 30 }
function ground(x: number, y: number): number {
  const d = Math.sqrt((x - BOWL.x) ** 2 + (y - BOWL.y) ** 2)
  return 0.3 - 0.002 * (x + 160) + 0.0015 * y - (d < BOWL.radius ? 0.2 * (1 + Math.cos((Math.PI * d) / BOWL.radius)) : 0)
}
const PARAPET = { foot: -0.9, top: 0.5 }
const SILL = -0.284
const GATE = -0.15

function yardSite(): HandMade[] {
  const parapet = (tag: string, x: [number, number], y: [number, number], top = PARAPET.top): HandMade => ({ tag, shape: box(x, y, PARAPET.foot, top) })
  const plinth = (a: [number, number], b: [number, number]): HandMade[] =>
    Array.from({ length: 40 }, (_, k): HandMade => {
      const at = (t: number): [number, number] => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]
      return { tag: 'PLINTH', shape: wall(at(k / 40), at((k + 1) / 40), 0.24, ground, (x, y) => ground(x, y) + 0.3) }
    })
  return [
    terrain([-160, 160], [-100, 100], ground, 1, { x: [-105, 105], y: [-11.15, 11.15] }),
    { class: 'IfcSlab', type: 'BASESLAB', tag: 'BS', shape: box([-104.2, 104.2], [-10.35, 10.35], -19, (x) => -17.6 - (0.4 * (x + 104.2)) / 208.4) },
    parapet('N', [-104.75, 104.75], [10.6, 10.9]),
    parapet('S1', [-104.75, 88], [-10.9, -10.6]),
    parapet('S2', [96, 104.75], [-10.9, -10.6]),
    parapet('SILL', [88, 96], [-10.9, -10.6], SILL),
    parapet('W', [-104.75, -104.45], [-10.6, 10.6]),
    parapet('E', [104.45, 104.75], [-10.6, 10.6]),
    { class: 'IfcDoor', type: 'GATE', tag: 'GAP', shape: box([88, 96], [-10.8, -10.7], SILL, 0.06) },
    ...plinth([-130, -55], [150, -55]),
    ...plinth([-130, 40], [150, 40]),
    ...plinth([-130, -55], [-130, 40]),
    ...plinth([150, -55], [150, -33]),
    ...plinth([150, -27], [150, 40]),
    { tag: 'THRESHOLD', shape: wall([150, -33], [150, -27], 0.24, -0.5, GATE) },
    { class: 'IfcDoor', type: 'GATE', tag: 'GATE-E', shape: wall([150, -33], [150, -27], 0.1, GATE, 2.3) },
  ]
}
const model = siteModel('yard', yardSite())

const grids = new Map<number, SiteGrid>()
function gridAt(cell: number): SiteGrid {
  const known = grids.get(cell)
  if (known) return known
  const made = rasterizeSite({ models: [model], cell, area: null, surfaces: {} })
  if (!made.ok) throw new Error(JSON.stringify(made.problems))
  grids.set(cell, made.value)
  return made.value
}

/** ∫ max(0, level − ground) over the yard less the pit's outline [m³]. */
function exactVolume(level: number): number {
  let volume = 0
  const h = 0.2
  for (let y = -55 + h / 2; y < 40; y += h)
    for (let x = -130 + h / 2; x < 150; x += h) if (!(Math.abs(x) < 105 && Math.abs(y) < 11.15)) volume += Math.max(0, level - ground(x, y))
  return volume * h * h
}

it.each([0.5, 1])('holds the volumes of the bowl at cells of %f m', (cell) => {
  const grid = gridAt(cell)
  const yard = cellsOfKind(grid, 'yard')
  for (const level of [SILL, GATE]) expect(Math.abs(volumeBelow(grid, yard, level) / exactVolume(level) - 1)).toBeLessThan(0.01)
  // The low point lies in the bowl at −0.643 m; its pool below the gap's sill joins that of the south-east corner.
  const low = yard.reduce((a, b) => (grid.floor[b] < grid.floor[a] ? b : a))
  expect(grid.floor[low]).toBeCloseTo(-0.643, 2)
  expect(Math.abs(grid.x0 + ((low % grid.columns) + 0.5) * cell - BOWL.x)).toBeLessThan(1.5)
  expect(Math.abs(volumeBelow(grid, poolAt(grid, low, SILL - 1e-4), SILL) / exactVolume(SILL) - 1)).toBeLessThan(0.01)
})

it.each([0.5, 1])('spills where the walls say at cells of %f m', (cell) => {
  const grid = gridAt(cell)
  const levels = spillLevels(grid, [locate(grid, BOWL.x + 0.1, BOWL.y + 0.1)])
  const at = (x: number, y: number) => levels[locate(grid, x, y)]
  expect(Math.abs(at(149.6, -54.6) - -0.317)).toBeLessThan(0.01)
  expect(at(0.1, 0.1)).toBeCloseTo(SILL, 6)
  expect(at(155, -30)).toBeCloseTo(GATE, 6)
  // And the only ways are the gap and the gate: without their faces, the parapet and the plinth are all there is.
  const kind = (i: number) => grid.surfaces[grid.surface[i]].id
  const openFaces = new Set(grid.openings.flatMap(({ faces }) => faces.map(({ axis, face }) => `${axis}${face}`)))
  const boarded = { ...grid, crests: grid.crests.map((crest) => (openFaces.has(`${crest.axis}${crest.face}`) ? { ...crest, level: 9 } : crest)) }
  expect(
    lowestFaces(
      boarded,
      (i) => kind(i) === 'pit',
      (i) => kind(i) !== 'pit',
    ).level,
  ).toBeCloseTo(PARAPET.top, 6)
  expect(
    lowestFaces(
      boarded,
      (i) => kind(i) === 'yard',
      (i) => kind(i) === 'ground',
    ).level,
  ).toBeCloseTo(ground(150, -55) + 0.3, 2)
})

it.each([0.5, 1, 2])('gives pit and yard their areas at cells of %f m', (cell) => {
  const grid = gridAt(cell)
  expect(areaOf(grid, cellsOfKind(grid, 'pit'))).toBeCloseTo(208.4 * 20.7, 0)
  expect(areaOf(grid, cellsOfKind(grid, 'yard')) / 21_980).toBeCloseTo(1, 1)
  expect(grid.openings.map(({ id, width, sill, inward }) => [id, width, sill, inward])).toEqual([
    ['GAP', 8, SILL, 1],
    ['GATE-E', 6, GATE, -1],
  ])
  expect(grid.openings.map(({ faces }) => faces.length * cell)).toEqual([8, 6])
  // Volume of the wedge at the slab's deep end, 0.30 m deep there.
  const wedge = (20.7 * 0.3 * 0.3 * (208.4 / 0.4)) / 2
  expect(volumeBelow(grid, cellsOfKind(grid, 'pit'), -17.7) / wedge).toBeCloseTo(1, 2)
})
