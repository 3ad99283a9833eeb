import { expect, it } from 'vitest'
import { box, type HandMade, prism, siteModel, terrain, wall } from './hand-made.ts'
import { areaOf, cellsOfKind, locate, lowestFaces, rasterizeSite, spillLevels, volumeBelow } from './index.ts'

const SURFACES = { pit: { runoff: 1, manning: 0.02 }, yard: { runoff: 0.7, manning: 0.025 }, ground: { runoff: 0.85, manning: 0.03 } }

function gridOf(things: readonly HandMade[], cell = 1, area: { x: [number, number]; y: [number, number] } | null = null) {
  const made = rasterizeSite({ models: [siteModel('A', things)], cell, area, surfaces: SURFACES })
  if (!made.ok) throw new Error(JSON.stringify(made.problems))
  return made.value
}

/** A pit of 20.7 × 8.3 m between walls, 10 m deep, under a hole that is 0.8 m wider; a parapet stands in the seam, with a gap of 3 m. */
function pitSite(ground: (x: number, y: number) => number = () => 0): HandMade[] {
  const parapet = (x: [number, number], y: [number, number], tag: string, top = 0.5): HandMade => ({
    class: 'IfcWall',
    type: 'PARAPET',
    tag,
    shape: box(x, y, -0.9, top),
  })
  return [
    terrain([-20, 20], [-20, 20], ground, 2, { x: [-11.15, 11.15], y: [-4.95, 4.95] }),
    { class: 'IfcSlab', type: 'BASESLAB', tag: 'BS', shape: box([-10.35, 10.35], [-4.15, 4.15], -11, (x) => -10 - 0.02 * x) },
    { class: 'IfcSlab', type: 'FLOOR', tag: 'MS', shape: box([-10.35, 0], [-4.15, 4.15], -5.4, -5) },
    { class: 'IfcBeam', tag: 'STRUT', shape: box([-1, 1], [-4.15, 4.15], -0.5, 0.6) },
    { class: 'IfcWall', tag: 'DW', shape: box([-11.15, -10.35], [-4.95, 4.95], -20, -1.7) },
    parapet([-10.9, 10.9], [4.4, 4.7], 'PAR-N'),
    parapet([-10.9, -10.6], [-4.4, 4.4], 'PAR-W'),
    parapet([10.6, 10.9], [-4.4, 4.4], 'PAR-E'),
    parapet([-10.9, 4], [-4.7, -4.4], 'PAR-S1'),
    parapet([7, 10.9], [-4.7, -4.4], 'PAR-S2'),
    parapet([4, 7], [-4.7, -4.4], 'SILL', 0.15),
    { class: 'IfcDoor', type: 'GATE', tag: 'GAP', shape: box([4, 7], [-4.6, -4.5], 0.15, 0.5) },
  ]
}

it('takes the ground of a tilted plane exactly', () => {
  const grid = gridOf([terrain([0, 10], [0, 6], (x, y) => 0.5 * x - 0.25 * y, 2)])
  expect([grid.columns, grid.rows, grid.x0, grid.y0]).toEqual([10, 6, 0, 0])
  const i = locate(grid, 7.5, 2.5)
  expect(grid.floor[i]).toBeCloseTo(0.5 * 7.5 - 0.25 * 2.5, 6)
  expect(grid.surfaces[grid.surface[i]].id).toBe('ground')
  expect(grid.runoff[i]).toBe(0.85)
})

it.each([0.5, 1, 2, 0.7])('gives a pit its floor, area and volume at cells of %f m', (cell) => {
  const grid = gridOf(pitSite(), cell)
  const pit = cellsOfKind(grid, 'pit')
  expect(areaOf(grid, pit) / (20.7 * 8.3)).toBeCloseTo(1, 6)
  expect(volumeBelow(grid, pit, -8) / (20.7 * 8.3 * 2)).toBeCloseTo(1, 2)
  expect(grid.floor[locate(grid, 5.3, 0.3)]).toBeCloseTo(-10.1, 1)
  // Under the mid slab the floor is still the base slab, and the strut over the pit is no floor.
  expect(grid.floor[locate(grid, -6, 0)]).toBeCloseTo(-9.88, 1)
  for (const i of pit) expect(grid.floor[i]).toBeLessThan(-9)
})

it.each([0.25, 0.5, 1, 2, 0.7])('closes the parapet but for its gap at cells of %f m', (cell) => {
  const grid = gridOf(pitSite(), cell)
  const inPit = locate(grid, 0, 0)
  const corner = locate(grid, -19.9, -19.9)
  expect(spillLevels(grid, [corner])[inPit]).toBeCloseTo(0.15, 6)
  const gap = grid.openings.find(({ id }) => id === 'GAP')
  expect(gap?.sill).toBeCloseTo(0.15, 6)
  expect(gap?.width).toBeCloseTo(3, 6)
  expect(gap!.faces.length * cell).toBeGreaterThan(3 - cell - 1e-9)
  expect(gap!.faces.length * cell).toBeLessThan(3 + cell + 1e-9)
  for (const face of gap!.faces) expect([face.axis, face.inward]).toEqual(['y', 1])
  // With a board in the gap nothing is open below the parapet's top.
  const gapFaces = new Set(gap!.faces.map(({ face }) => face))
  const boarded = { ...grid, crests: grid.crests.map((crest) => (crest.axis === 'y' && gapFaces.has(crest.face) ? { ...crest, level: 9 } : crest)) }
  expect(spillLevels(boarded, [corner])[inPit]).toBeCloseTo(0.5, 6)
})

it('says of every crest which element made it', () => {
  const grid = gridOf(pitSite())
  const sources = new Set(grid.crests.map(({ source }) => source.split('-').slice(1, -1).join('-')))
  expect([...sources].sort()).toEqual(['PAR-E', 'PAR-N', 'PAR-S1', 'PAR-S2', 'PAR-W', 'SILL'])
  expect(grid.crests.every(({ thin, coefficient }) => thin && coefficient === 1)).toBe(true)
})

it('keeps the edge of a pit without a parapet as a crest at the ground', () => {
  const grid = gridOf(pitSite().filter(({ type }) => type !== 'PARAPET'))
  expect(grid.crests.length).toBeGreaterThan(50)
  for (const crest of grid.crests) expect([crest.level, crest.thin]).toEqual([0, false])
})

it('calls ground that walls and gates close in a yard, and gives the way through the gate', () => {
  const plinth = (a: [number, number], b: [number, number], tag: string): HandMade => ({ tag, shape: wall(a, b, 0.24, 0, 0.3) })
  const grid = gridOf([
    terrain([-20, 20], [-20, 20], () => 0, 4),
    plinth([-10, -10], [10, -10], 'S'),
    plinth([-10, 10], [10, 10], 'N'),
    plinth([-10, -10], [-10, 10], 'W'),
    plinth([10, -10], [10, -2], 'E1'),
    plinth([10, 2], [10, 10], 'E2'),
    { class: 'IfcDoor', type: 'GATE', tag: 'GATE-E', shape: wall([10, -2], [10, 2], 0.1, 0, 2.5) },
    // The sheets of a hoarding on the plinth are not tight: the plinth's top counts.
    { class: 'IfcPlate', tag: 'H', shape: wall([-10, 10], [10, 10], 0.05, 0.3, 2.8) },
  ])
  expect(areaOf(grid, cellsOfKind(grid, 'yard'))).toBe(400)
  expect(grid.openings.map(({ id, sill, width, inward }) => ({ id, sill, width, inward }))).toEqual([{ id: 'GATE-E', sill: 0, width: 4, inward: -1 }])
  expect(grid.openings[0].faces).toHaveLength(4)
  const { level } = lowestFaces(
    { ...grid, crests: grid.crests },
    (i) => grid.surface[i] === 0,
    (i) => grid.surface[i] === 1,
  )
  expect(level).toBe(0)
  for (const crest of grid.crests) expect(crest.level).toBeCloseTo(0.3, 6)
})

it.each([0.3, 1, 0.6])('keeps a slanting wall closed at cells of %f m, and says how much too long its faces are', (cell) => {
  const diamond: [number, number][] = [
    [0, -12],
    [12, 0],
    [0, 12],
    [-12, 0],
  ]
  const walls = diamond.map((p, k): HandMade => ({ tag: `D${k}`, shape: wall(p, diamond[(k + 1) % 4], 0.2, -0.5, 0.4) }))
  // Posts close the corners that two slanting ends leave open.
  const posts = diamond.map(([x, y], k): HandMade => ({ tag: `P${k}`, shape: box([x - 0.2, x + 0.2], [y - 0.2, y + 0.2], -0.5, 0.4) }))
  const grid = gridOf([terrain([-20, 20], [-20, 20], () => 0, 4), ...walls, ...posts], cell)
  expect(spillLevels(grid, [locate(grid, 0, 0)])[locate(grid, 15, 15)]).toBeCloseTo(0.4, 6)
  const slanting = grid.crests.filter(({ source }) => source.includes('-D'))
  for (const crest of slanting) expect(crest.coefficient).toBeCloseTo(Math.SQRT1_2, 5)
  expect(areaOf(grid, cellsOfKind(grid, 'yard')) / 288).toBeCloseTo(1, 1)
})

it('gives crests the level of the wall at the very place', () => {
  const grid = gridOf([terrain([0, 20], [0, 10], (x) => 0.01 * x, 5), { shape: wall([0, 5], [20, 5], 0.2, -1, (x) => 0.01 * x + 0.3) }])
  expect(grid.crests).toHaveLength(20)
  for (const { face, level } of grid.crests) expect(level).toBeCloseTo(0.01 * ((face % 20) + 0.5) + 0.3, 5)
})

it('keeps houses dry inside thick solids, raises low banks and leaves what hangs in the air alone', () => {
  const grid = gridOf([
    terrain([0, 30], [0, 30], () => 0, 5),
    { tag: 'house', shape: box([4.2, 9.8], [4.2, 9.8], -0.5, 6) },
    { tag: 'bank', shape: box([14, 18], [0, 30], -0.5, 0.6) },
    { tag: 'bridge', shape: box([22, 24], [0, 30], 3, 4) },
    { class: 'IfcSlab', tag: 'deck', shape: box([20, 30], [0, 30], 1, 1.2) },
  ])
  expect(grid.wet[locate(grid, 7, 7)]).toBe(0)
  expect(grid.floor[locate(grid, 16.5, 20)]).toBeCloseTo(0.6, 6)
  expect(grid.floor[locate(grid, 23.5, 20)]).toBe(0)
  expect(spillLevels(grid, [locate(grid, 1, 1)])[locate(grid, 29, 1)]).toBeCloseTo(0.6, 6)
})

it('counts walls that stand on slabs and walls in the ground, not those in the air', () => {
  const grid = gridOf([
    terrain([0, 30], [0, 10], () => 0, 5),
    { class: 'IfcSlab', type: 'FLOOR', tag: 'slab', shape: box([4, 11], [-1, 11], -0.3, 0.12) },
    { tag: 'on slab', shape: wall([5, -1], [5, 11], 0.3, 0.12, 3) },
    { tag: 'foot', shape: wall([15, -1], [15, 11], 0.3, -0.2, 0.4) },
    { tag: 'on wall', shape: wall([15, -1], [15, 11], 0.2, 0.41, 1) },
    { tag: 'in the air', shape: wall([25, -1], [25, 11], 0.2, 0.3, 2) },
  ])
  const levels = new Map(grid.crests.map(({ face, level }) => [face % 30, level]))
  expect([...levels].map(([column, level]) => [column, Math.round(level * 100) / 100])).toEqual([
    [4, 3],
    [14, 1],
  ])
})

it('does not depend on the order of models, elements or triangles', () => {
  const things = pitSite((x, y) => 0.002 * x - 0.003 * y)
  const one = rasterizeSite({ models: [siteModel('A', things.slice(0, 1)), siteModel('B', things.slice(1))], cell: 0.7, area: null, surfaces: SURFACES })
  const turned = siteModel('B', things.slice(1))
  const other = rasterizeSite({
    models: [{ ...turned, elements: [...turned.elements].reverse() }, siteModel('A', things.slice(0, 1))],
    cell: 0.7,
    area: null,
    surfaces: SURFACES,
  })
  expect(other).toEqual(one)
})

it('moves models of another origin into the common frame', () => {
  const things = pitSite()
  const shifted = siteModel('B', things.slice(1), [0, 0, 0])
  const ground = siteModel('A', [terrain([-120, -80], [30, 70], () => -5, 2, { x: [-111.15, -88.85], y: [45.05, 54.95] })], [100, -50, 5])
  const made = rasterizeSite({ models: [ground, shifted], cell: 1, area: null, surfaces: SURFACES })
  expect(made.ok).toBe(true)
  if (!made.ok) return
  expect([made.value.x0, made.value.y0]).toEqual([-120, 30])
  expect(areaOf(made.value, cellsOfKind(made.value, 'pit')) / (20.7 * 8.3)).toBeCloseTo(1, 5)
})

it('cuts an area out of the whole, judged on the whole', () => {
  const whole = gridOf(pitSite())
  const part = gridOf(pitSite(), 1, { x: [0.2, 15], y: [-9, 0] })
  expect([part.columns, part.rows, part.x0, part.y0]).toEqual([15, 9, 0, -9])
  for (let i = 0; i < part.floor.length; i++) {
    const there = locate(whole, part.x0 + (i % 15) + 0.5, part.y0 + Math.floor(i / 15) + 0.5)
    expect([part.floor[i], part.porosity[i], part.surface[i]]).toEqual([whole.floor[there], whole.porosity[there], whole.surface[there]])
  }
  expect(part.openings[0].faces.map(({ face }) => [face % 15, Math.floor(face / 15)])).toEqual([
    [4, 3],
    [5, 3],
    [6, 3],
  ])
  expect(spillLevels(part, [locate(part, 1, -8)])[locate(part, 5, -1)]).toBeCloseTo(0.15, 6)
})

it('digs an excavation into ground without a hole', () => {
  const grid = gridOf([terrain([0, 30], [0, 30], () => 0, 5), { class: 'IfcEarthworksCut', type: 'EXCAVATION', shape: box([10, 20], [10, 20], -3, 0) }])
  expect(areaOf(grid, cellsOfKind(grid, 'pit'))).toBe(100)
  expect(grid.floor[locate(grid, 15, 15)]).toBe(-3)
})

it('names holes of the ground that have no floor, and does not let water stand there', () => {
  const grid = gridOf([terrain([0, 30], [0, 30], () => 0, 5, { x: [10, 20], y: [10, 20] })])
  expect(grid.wet[locate(grid, 15, 15)]).toBe(0)
  expect(grid.findings.map(({ key, facts }) => [key, facts])).toEqual([['site.hole', { cells: 36, area_m2: 36, x_m: 12.5, y_m: 12.5 }]])
})

it('refuses models without a length unit, sites without ground, and areas outside', () => {
  const ground = terrain([0, 10], [0, 10], () => 0, 5)
  const keys = (input: Parameters<typeof rasterizeSite>[0]) => {
    const made = rasterizeSite(input)
    return made.ok ? 'ok' : made.problems.map(({ key }) => key)
  }
  const model = siteModel('A', [ground])
  const rest = { cell: 1, area: null, surfaces: SURFACES }
  expect(keys({ ...rest, models: [{ ...model, lengthUnit: { name: null, toMetre: 1, known: false } }] })).toEqual(['site.unknownUnit'])
  expect(
    keys({
      ...rest,
      models: [
        siteModel('A', [
          {
            shape: prism(
              [
                [0, 0],
                [1, 0],
                [0, 1],
              ],
              0,
              1,
            ),
          },
        ]),
      ],
    }),
  ).toEqual(['site.noGround'])
  expect(keys({ ...rest, models: [model], area: { x: [20, 30], y: [0, 10] } })).toEqual(['site.areaOutside'])
  expect(keys({ ...rest, models: [model], cell: 0 })).toEqual(['site.badCell'])
  expect(keys({ ...rest, models: [model], cell: 0.001 })).toEqual(['site.tooManyCells'])
  expect(keys({ ...rest, models: [model] })).toBe('ok')
})
