import type { ElementRecipe, OpeningRecipe } from '@/core/ifc/write/index.ts'
import { COLOR } from './palette.ts'
import { box, boxAlong, every, pipe, type Range, sideOn, two } from './shapes.ts'
import { MID, PIT, type Site, slabTop } from './site.ts'
import { DITCH_PIECES, ditchOutline, sumpPlaces } from './sumps.ts'

/** 03-STR: diaphragm wall, beams, parapet, slabs, columns, side walls, vent shaft and kerbs. */
export function structure(site: Site): ElementRecipe[] {
  return [...diaphragmWall(), ...cappingBeam(), ...parapet(site), ...slabs(), ...sideWalls(), ...columns(), ...ventShaft(), ...kerbs()]
}

const CONCRETE = { color: COLOR.concrete, material: '钢筋混凝土 C35 Reinforced concrete' } as const
const SIDES = [
  { id: 'N', sign: 1 },
  { id: 'S', sign: -1 },
] as const
function mirrored(range: Range, sign: 1 | -1): Range {
  return sign === 1 ? range : [-range[1], -range[0]]
}

/** Sleeves of the lines that cross the top of the wall: 0.10 m clear all round. */
const CLEAR = 0.1
function sleeveW1(id: string, y: Range): OpeningRecipe {
  return { id, title: 'W1 套管 Sleeve', bodies: [pipe([-36, y[0], -1.6], [-36, y[1], -1.6], 0.635 / 2 + CLEAR)] }
}
function sleeveG1(id: string, y: Range): OpeningRecipe {
  return { id, title: 'G1 套管 Sleeve', bodies: [pipe([21.5, y[0], -1.1], [21.5, y[1], -1.1], 0.325 / 2 + CLEAR)] }
}
function sleeveE1(id: string, y: Range): OpeningRecipe {
  const [x, z]: [Range, Range] = [
    [22 - CLEAR, 23.2 + CLEAR],
    [-1.5 - CLEAR, -0.7 + CLEAR],
  ]
  return { id, title: 'E1 预留洞 Opening', bodies: [boxAlong('y', x, y, z)] }
}
/** A little more than the thickness of what is cut, so that no face of the opening lies in one of the wall. */
function through([from, to]: Range): Range {
  return [from - 0.05, to + 0.05]
}

function diaphragmWall(): ElementRecipe[] {
  const z: Range = [-31, -1.7]
  const data = { title: '地下连续墙 Diaphragm wall panel', class: 'IfcWall', type: 'SOLIDWALL', in: 'platform', ...CONCRETE } as const
  const panels = SIDES.flatMap(({ id, sign }) =>
    every(6, -PIT.x, 35).map((x, k): ElementRecipe => {
      const name = `DW-${id}-${two(k + 1)}`
      const y = mirrored([PIT.innerY, PIT.y], sign)
      const openings = k + 1 === 12 ? { openings: [sleeveW1(`${name}-OP-W1`, through(y))] } : {}
      return { id: name, ...data, bodies: [box([x, x + 6], y, z)], ...openings }
    }),
  )
  const portal = (id: string, x: Range, y: number, centre: number): OpeningRecipe => ({
    id,
    title: '盾构洞门 Φ5.8 Tunnel portal',
    bodies: [pipe([x[0], y, centre], [x[1], y, centre], 2.9)],
  })
  const ends = [
    { id: 'DW-W', x: [-PIT.x, -PIT.innerX] as Range, side: 'W', centre: -14.6 },
    { id: 'DW-E', x: [PIT.innerX, PIT.x] as Range, side: 'E', centre: -15 },
  ].map(({ id, x, side, centre }): ElementRecipe => {
    const cut = through(x)
    const portals = [portal(`${id}-OP-${side}L`, cut, 5.6, centre), portal(`${id}-OP-${side}R`, cut, -5.6, centre)]
    const gate: OpeningRecipe = {
      id: 'GATE-X-OP',
      title: '既有站接口洞口 Opening to the existing station',
      bodies: [box(cut, [-2, 2], [-17, -14])],
      filledBy: 'GATE-X',
    }
    return { id, ...data, bodies: [box(x, [-PIT.innerY, PIT.innerY], z)], openings: side === 'W' ? [...portals, gate] : portals }
  })
  return [...panels, ...ends]
}

function cappingBeam(): ElementRecipe[] {
  const z: Range = [-1.7, -0.9]
  const data = { title: '冠梁 Capping beam', class: 'IfcBeam', type: 'BEAM', in: 'ground', ...CONCRETE } as const
  const long = SIDES.flatMap(({ id, sign }) =>
    every(30, -PIT.x, 7).map((x, k): ElementRecipe => {
      const name = `CB-${id}-${k + 1}`
      const y = mirrored([10.25, 11.25], sign)
      const cut = through(y)
      const openings = [
        ...(k + 1 === 3 ? [sleeveW1(`${name}-OP-W1`, cut)] : []),
        ...(k + 1 === 5 ? [sleeveG1(`${name}-OP-G1`, cut), sleeveE1(`${name}-OP-E1`, cut)] : []),
      ]
      return { id: name, ...data, bodies: [boxAlong('x', [x, x + 30], y, z)], ...(openings.length > 0 ? { openings } : {}) }
    }),
  )
  const ends = [
    { id: 'CB-W', x: [-105.1, -104.1] as Range },
    { id: 'CB-E', x: [104.1, 105.1] as Range },
  ].map(({ id, x }): ElementRecipe => ({ id, ...data, bodies: [boxAlong('y', x, [-10.25, 10.25], z)] }))
  return [...long, ...ends]
}

/** Parapet on the capping beam; the gap for vehicles is a lower piece of it, cut down to its sill. */
function parapet({ gap }: Site): ElementRecipe[] {
  const z: Range = [-0.9, 0.5]
  const data = { title: '挡水墙 Parapet', class: 'IfcWall', type: 'PARAPET', in: 'ground', ...CONCRETE } as const
  const north: Range = [10.6, 10.9]
  const south: Range = [-10.9, -10.6]
  // At the foot of the parapet both sleeves are rectangular notches: only their upper part reaches into it.
  const notchG1 = (id: string, y: Range): OpeningRecipe => {
    const half = 0.325 / 2 + CLEAR
    return { id, title: 'G1 预留洞 Opening', bodies: [boxAlong('y', [21.5 - half, 21.5 + half], y, [-1.1 - half, -1.1 + half])] }
  }
  const feet = (id: string, y: Range) => [notchG1(`${id}-OP-G1`, through(y)), sleeveE1(`${id}-OP-E1`, through(y))]
  const wall = (id: string, x: Range, y: Range, openings: readonly OpeningRecipe[] = []): ElementRecipe => ({
    id,
    ...data,
    bodies: [boxAlong(x[1] - x[0] > 1 ? 'x' : 'y', x, y, z)],
    ...(openings.length > 0 ? { openings } : {}),
    sets: { Pset_WallCommon: { IsExternal: true, Reference: 'PAR 300' }, DT_Parapet: { CrestLevel: { measure: 'IfcLengthMeasure', value: z[1] } } },
  })
  const width = gap.to - gap.from
  const boards = 0.06
  const sill: ElementRecipe = {
    id: 'GAP-SILL',
    ...data,
    title: '吊装缺口门槛 Gap with sill',
    bodies: [boxAlong('x', [gap.from, gap.to], south, z)],
    openings: [
      {
        id: 'GAP-OP',
        title: '吊装/车辆缺口 Gap for vehicles',
        bodies: [boxAlong('x', [gap.from, gap.to], through(south), [gap.sill, z[1] + 0.1])],
        filledBy: 'GAP',
      },
    ],
  }
  const slot = (x: Range) => box(x, [-10.93, -10.57], [gap.sill, boards + 0.02], COLOR.steel)
  const gate: ElementRecipe = {
    id: 'GAP',
    title: '吊装/车辆缺口挡水板槽 Slots for stop-logs',
    class: 'IfcDoor',
    type: 'GATE',
    in: 'ground',
    bodies: [slot([gap.from, gap.from + 0.12]), slot([gap.to - 0.12, gap.to])],
    color: COLOR.steel,
    material: '钢 Steel',
    size: { height: boards - gap.sill, width },
    sets: {
      DT_Barrier: {
        SillLevel: { measure: 'IfcLengthMeasure', value: gap.sill },
        CrestLevel: { measure: 'IfcLengthMeasure', value: boards },
        State: 'OPEN',
        CloseTimeMin: 12,
        Crew: 2,
        LeakRate: 0,
      },
    },
  }
  return [
    wall('PAR-N', [-104.75, 104.75], north, feet('PAR-N', north)),
    wall('PAR-S1', [-104.75, gap.from], south, feet('PAR-S1', south)),
    wall('PAR-S2', [gap.to, 104.75], south),
    wall('PAR-W', [-104.75, -104.45], [-10.6, 10.6]),
    wall('PAR-E', [104.45, 104.75], [-10.6, 10.6]),
    sill,
    gate,
  ]
}

function slabs(): ElementRecipe[] {
  const [x0, x1] = [-PIT.innerX, PIT.innerX]
  const y: Range = [-PIT.innerY, PIT.innerY]
  const outline: Range[] = [
    [x0, slabTop(x0) - 1],
    [x1, slabTop(x1) - 1],
    [x1, slabTop(x1)],
    [x0, slabTop(x0)],
  ]
  const sumps = sumpPlaces()
  const base: ElementRecipe = {
    id: 'BS',
    title: '底板 Base slab',
    class: 'IfcSlab',
    type: 'BASESLAB',
    in: 'platform',
    bodies: [sideOn(outline, y)],
    ...CONCRETE,
    openings: [
      ...sumps.map(({ id, x, y: sy, floor, rim }) => ({
        id: `BS-OP-${id}`,
        title: '集水坑洞口 Opening for sump',
        bodies: [box([x - 0.75, x + 0.75], [sy - 0.75, sy + 0.75], [Math.min(floor, rim - 1) - 0.1, rim + 0.1])],
      })),
      ...SIDES.flatMap(({ id, sign }) =>
        DITCH_PIECES.map((piece, k) => ({
          id: `BS-OP-DITCH-${id}${k + 1}`,
          title: '排水沟槽 Recess for the ditch',
          bodies: [sideOn(ditchOutline(piece, 0.1), mirrored(piece.y, sign))],
        })),
      ),
    ],
  }
  const blinding: ElementRecipe = {
    id: 'BL',
    title: '垫层 Blinding',
    class: 'IfcSlab',
    type: 'NOTDEFINED',
    in: 'platform',
    bodies: [box([x0, x1], y, [-19.2, -19])],
    color: COLOR.concreteDark,
    material: '素混凝土 C20 Plain concrete',
    openings: sumps
      .filter(({ floor }) => floor < -19.001)
      .map(({ id, x, y: sy }) => ({
        id: `BL-OP-${id}`,
        title: '集水坑洞口 Opening for sump',
        bodies: [box([x - 0.75, x + 0.75], [sy - 0.75, sy + 0.75], [-19.3, -18.9])],
      })),
  }
  const middle: ElementRecipe = {
    id: 'MS',
    title: '中板 Middle slab',
    class: 'IfcSlab',
    type: 'FLOOR',
    in: 'concourse',
    bodies: [box([-104.2, -20], y, [MID.under, MID.top])],
    ...CONCRETE,
    openings: [
      { id: 'MS-OP1', title: '楼梯洞口 Stair opening', bodies: [box([-27, -21], [4, 6.2], [MID.under - 0.1, MID.top + 0.1])] },
      { id: 'MS-OP-P01', title: 'P-01 排水管洞口 Opening for riser', bodies: [pipe([-94.55, -9.3, MID.under - 0.1], [-94.55, -9.3, MID.top + 0.1], 0.16)] },
    ],
  }
  const rim = (x: Range, ry: Range) => box(x, ry, [MID.top, MID.top + 0.1])
  const upstand: ElementRecipe = {
    id: 'KERB-MS',
    title: '中板洞口挡水坎 Kerb of the stair opening',
    class: 'IfcWall',
    type: 'PARAPET',
    in: 'concourse',
    bodies: [rim([-27.1, -20.9], [3.9, 4]), rim([-27.1, -20.9], [6.2, 6.3]), rim([-27.1, -27], [4, 6.2])],
    ...CONCRETE,
  }
  return [base, blinding, middle, upstand]
}

function sideWalls(): ElementRecipe[] {
  const outline: Range[] = [
    [-104.2, slabTop(-104.2)],
    [-20, slabTop(-20)],
    [-20, MID.under],
    [-104.2, MID.under],
  ]
  return SIDES.map(({ id, sign }): ElementRecipe => {
    const sump = sumpPlaces().find((place) => place.x === -95 && Math.sign(place.y) === sign)!
    const niche = box([sump.x - 0.75, sump.x + 0.75], mirrored([9.55, 10.05], sign), [sump.rim - 0.1, sump.rim + 1.5])
    return {
      id: `SW-${id}`,
      title: '侧墙 Side wall',
      class: 'IfcWall',
      type: 'SOLIDWALL',
      in: 'platform',
      bodies: [sideOn(outline, mirrored([9.65, PIT.innerY], sign))],
      ...CONCRETE,
      openings: [{ id: `SW-${id}-OP-${sump.id}`, title: '集水坑壁龛 Niche over the sump', bodies: [niche] }],
    }
  })
}

function columns(): ElementRecipe[] {
  return every(9, -99, 9).map((x, k) => ({
    id: `COL-k${two(k)}`,
    title: '结构柱 Column',
    class: 'IfcColumn',
    type: 'COLUMN',
    in: 'platform',
    bodies: [box([x - 0.4, x + 0.4], [-0.4, 0.4], [slabTop(x), MID.under])],
    ...CONCRETE,
  }))
}

/** Planned vent shaft north of the pit: it cuts the heating culvert. */
function ventShaft(): ElementRecipe[] {
  const z: Range = [-12, -0.5]
  const wall = (id: string, x: Range, y: Range): ElementRecipe => ({
    id,
    title: '风亭墙 Vent shaft wall (planned)',
    class: 'IfcWall',
    type: 'SOLIDWALL',
    in: 'concourse',
    bodies: [box(x, y, z)],
    ...CONCRETE,
    sets: { Pset_WallCommon: { Status: { list: ['NEW'] } } },
  })
  return [
    wall('VS-W-1', [-60, -59.4], [11.15, 17.15]),
    wall('VS-W-2', [-60, -59.4], [17.15, 23.4]),
    wall('VS-E-1', [-40.6, -40], [11.15, 17.15]),
    wall('VS-E-2', [-40.6, -40], [17.15, 23.4]),
    wall('VS-N-1', [-60, -53.5], [23.4, 24]),
    wall('VS-N-2', [-53.5, -46.5], [23.4, 24]),
    wall('VS-N-3', [-46.5, -40], [23.4, 24]),
    {
      id: 'VS-FLOOR',
      title: '风亭底板 Vent shaft floor (planned)',
      class: 'IfcSlab',
      type: 'FLOOR',
      in: 'concourse',
      bodies: [box([-60, -40], [11.15, 24], [-12.6, -12])],
      ...CONCRETE,
    },
  ]
}

/** Brick kerbs in front of the tunnel portals. */
function kerbs(): ElementRecipe[] {
  return [
    { id: 'KERB-WL', x: [-104.2, -103.6] as Range, y: [2.6, 8.6] as Range, top: -17.1 },
    { id: 'KERB-WR', x: [-104.2, -103.6] as Range, y: [-8.6, -2.6] as Range, top: -17.1 },
    { id: 'KERB-EL', x: [103.6, 104.2] as Range, y: [2.6, 8.6] as Range, top: -17.5 },
    { id: 'KERB-ER', x: [103.6, 104.2] as Range, y: [-8.6, -2.6] as Range, top: -17.5 },
  ].map(({ id, x, y, top }) => ({
    id,
    title: '洞门挡水坎 Portal kerb',
    class: 'IfcWall',
    type: 'PARAPET',
    in: 'platform',
    bodies: [box(x, y, [slabTop(x[0] < 0 ? x[1] : x[0]), top])],
    color: COLOR.brick,
    material: '砖砌 Brick',
    sets: { DT_Barrier: { SillLevel: { measure: 'IfcLengthMeasure', value: top }, CrestLevel: { measure: 'IfcLengthMeasure', value: top } } },
  }))
}
