import type { Vec3 } from '@/core/base/geometry'
import type { BodyRecipe, ElementRecipe, SpatialRecipe } from '@/core/ifc/write/index.ts'
import { COLOR } from './palette.ts'
import { box, endOn, every, mesh, type Range, sideOn, two } from './shapes.ts'
import { ground } from './site.ts'

/** What stands round the site: roads, the hutong with its courtyard houses, a block of flats, elms and the 10 kV line. */
export function neighbourhood(): { elements: ElementRecipe[]; spatial: SpatialRecipe[] } {
  const houses = HOUSES.map(house)
  const flats = block()
  return {
    elements: [...roads(), ...houses.flatMap((h) => h.elements), ...flats.elements, ...trees(), ...overheadLine()],
    spatial: [...houses.map((h) => h.spatial), ...flats.spatial],
  }
}

/** A skin of the given thickness on the ground, over a rectangle where the ground is a plane. */
export function skin([x0, x1]: Range, [y0, y1]: Range, over: number, thickness = 0.1): BodyRecipe {
  const ring = (lift: number): Vec3[] =>
    [
      [x0, y0],
      [x1, y0],
      [x1, y1],
      [x0, y1],
    ].map(([x, y]): Vec3 => [x, y, ground(x, y) + lift])
  return mesh()
    .loft(ring(over - thickness), ring(over))
    .done()
}

function roads(): ElementRecipe[] {
  const civil = (id: string, title: string, bodies: BodyRecipe[], color: string): ElementRecipe => ({
    id,
    title,
    class: 'IfcCivilElement',
    objectType: 'PAVING',
    in: 'site',
    bodies,
    color,
  })
  const kerb = (id: string, y: Range): ElementRecipe => ({
    id,
    title: '路缘石 Kerb',
    class: 'IfcCivilElement',
    objectType: 'KERB',
    in: 'site',
    bodies: [skin([-160, 160], y, 0.15, 0.3)],
    color: COLOR.kerb,
    material: '花岗岩 Granite',
  })
  const dashes = mesh()
  const dash = ([x0, x1]: Range, [y0, y1]: Range) => {
    const at = (x: number, y: number, z: number): Vec3 => [x, y, ground(x, y) + z]
    const ring = (z: number) => [at(x0, y0, z), at(x1, y0, z), at(x1, y1, z), at(x0, y1, z)]
    dashes.loft(ring(0.02), ring(0.06))
  }
  for (const y of [46.5, 58.5]) for (const x of every(9, -157, 36)) dash([x, x + 4], [y - 0.08, y + 0.08])
  for (const y of [52.35, 52.65]) dash([-160, 160], [y - 0.07, y + 0.07])
  return [
    civil('ROAD-N', '主路车行道 Main road', [skin([-160, 160], [40.27, 64.9], 0.03)], COLOR.asphalt),
    { ...civil('ROAD-N-M', '道路标线 Road markings', [dashes.done()], COLOR.marking) },
    kerb('KERB-N1', [40.12, 40.27]),
    kerb('KERB-N2', [64.9, 65.05]),
    civil('WALK-N', '人行道 Footway', [skin([-160, 160], [65.05, 69.5], 0.13, 0.2)], COLOR.paving),
    civil('LAWN-N', '绿地 Lawn', [skin([-160, 108], [69.5, 100], 0.05), skin([156, 160], [69.5, 100], 0.05), skin([108, 156], [88, 100], 0.05)], COLOR.lawn),
    civil('FORECOURT', '住宅楼前广场 Forecourt', [skin([108, 156], [69.5, 88], 0.05)], COLOR.paving),
    civil('LANE', '胡同 (砖铺) Hutong lane, brick paving', [skin([-134, 160], [-62, -56], 0.03)], COLOR.brick),
    civil('STREET-W', '西侧街道 West street', [skin([-160, -134], [-100, 39.8], 0.03)], COLOR.paving),
  ]
}

interface House {
  readonly id: string
  readonly x: Range
  readonly y: Range
  /** Floor over the ground in front of the gate [m]; below zero: lower than the lane. */
  readonly threshold: number
}
/** Two rows of fourteen courtyards south of the lane; three floors lie 0.10 m below it. */
const LOW_HOUSES = [5, 10, 12]
const HOUSES: readonly House[] = every(1, 0, 28).map((k) => {
  const [column, row] = [k % 14, Math.floor(k / 14)]
  const width = [18.4, 19.4, 19.8][(k * 5 + row) % 3]
  const x0 = -131 + 20.6 * column + (20 - width) / 2
  const y1 = row === 0 ? -64 : -82
  const depth = [16, 16.8][(k * 3) % 2]
  const threshold = LOW_HOUSES.includes(k + 1) ? -0.1 : [0.1, 0.12, 0.15][k % 3]
  return { id: `HOUSE-${two(k + 1)}`, x: [x0, x0 + width], y: [y1 - depth, y1], threshold }
})
const EAVES = 3
const RIDGE = 5.2
const OVERHANG = 0.5

/** A courtyard house: four wings about a yard, each with walls of 0.37 m and a pitched roof. */
function house({ id, x, y, threshold }: House): { elements: ElementRecipe[]; spatial: SpatialRecipe } {
  const gateX = x[0] + 2.4
  const floor = Math.round((ground(gateX, threshold < 0 ? -62 : y[1]) + threshold) * 1000) / 1000
  const [north, south, side] = [5, 4.4, 3.8]
  const wings = [
    { name: 'N', along: 'x', x, y: [y[1] - north, y[1]], ridge: RIDGE },
    { name: 'S', along: 'x', x, y: [y[0], y[0] + south], ridge: 4.9 },
    { name: 'W', along: 'y', x: [x[0], x[0] + side], y: [y[0] + south + 0.7, y[1] - north - 0.7], ridge: 4.5 },
    { name: 'E', along: 'y', x: [x[1] - side, x[1]], y: [y[0] + south + 0.7, y[1] - north - 0.7], ridge: 4.5 },
  ] as const
  const base = { in: id } as const
  const elements = wings.flatMap((wing): ElementRecipe[] => {
    const [wx, wy]: Range[] = [
      [wing.x[0], wing.x[1]],
      [wing.y[0], wing.y[1]],
    ]
    return [
      {
        id: `${id}-W${wing.name}`,
        title: '砖墙 Brick wall',
        class: 'IfcWall',
        type: 'SOLIDWALL',
        ...base,
        bodies: wingWalls(wing.along, wx, wy, floor, floor + wing.ridge),
        color: COLOR.greyBrick,
        material: '青砖 Grey brick',
      },
      {
        id: `${id}-R${wing.name}`,
        title: '坡屋顶 Pitched roof',
        class: 'IfcRoof',
        type: 'GABLE_ROOF',
        ...base,
        bodies: wingRoof(wing.along, wx, wy, floor, floor + wing.ridge),
        color: Number(id.slice(-2)) % 3 === 0 ? COLOR.roofTileOld : COLOR.roofTile,
        material: '灰瓦 Grey tile',
      },
    ]
  })
  const front = (at: number, out: number, [a, b]: Range, along: 'x' | 'y') => {
    const depth: Range = out > 0 ? [at, at + 0.06] : [at - 0.06, at]
    const z: Range = [floor + 0.1, floor + 2.6]
    return along === 'x' ? box([a + 1, b - 1], depth, z) : box(depth, [a + 0.8, b - 0.8], z)
  }
  const [n, s, w, e] = [y[1] - north, y[0] + south, x[0] + side, x[1] - side]
  const across: Range = [s + 0.7, n - 0.7]
  elements.push(
    {
      id: `${id}-F`,
      title: '木隔扇 Timber fronts to the courtyard',
      class: 'IfcWindow',
      type: 'WINDOW',
      ...base,
      bodies: [front(n, -1, [w, e], 'x'), front(s, 1, [w, e], 'x'), front(w, 1, across, 'y'), front(e, -1, across, 'y')],
      color: COLOR.timber,
      material: '木 Timber',
    },
    {
      id: `${id}-D`,
      title: '院门 Gate of the house',
      class: 'IfcDoor',
      type: 'DOOR',
      ...base,
      bodies: [box([gateX - 0.8, gateX + 0.8], [y[1], y[1] + 0.08], [floor, floor + 2.2])],
      color: COLOR.timber,
      material: '木 Timber',
      size: { height: 2.2, width: 1.6 },
    },
    {
      id: `${id}-FL`,
      title: '室内地面 Floor',
      class: 'IfcSlab',
      type: 'FLOOR',
      ...base,
      bodies: [box(x, y, [floor - 0.3, floor])],
      color: COLOR.greyBrick,
      material: '青砖 Grey brick',
      sets: {
        DT_FloodAsset: { CriticalLevel: { measure: 'IfcLengthMeasure', value: floor }, Consequence: '住户进水 Water in the house', Owner: '居民 Residents' },
      },
    },
  )
  const name = `四合院 ${id.slice(-2)}`
  return { elements, spatial: { key: id, class: 'IfcBuilding', name: `${id} ${name}`, title: `${name} Courtyard house`, in: 'site' } }
}
function wingWalls(along: 'x' | 'y', x: Range, y: Range, floor: number, ridge: number): BodyRecipe[] {
  const t = 0.37
  const ring: BodyRecipe = {
    ...box(x, y, [floor, floor + EAVES]),
    profile: { kind: 'rectangle-hollow', width: x[1] - x[0], height: y[1] - y[0], thickness: t },
  }
  const [from, to] = along === 'x' ? y : x
  const gable: Range[] = [
    [from, floor + EAVES],
    [to, floor + EAVES],
    [(from + to) / 2, ridge - 0.2],
  ]
  const ends: Range[] =
    along === 'x'
      ? [
          [x[0], x[0] + t],
          [x[1] - t, x[1]],
        ]
      : [
          [y[0], y[0] + t],
          [y[1] - t, y[1]],
        ]
  return [ring, ...ends.map((end) => (along === 'x' ? endOn(gable, end) : sideOn(gable, end)))]
}
function wingRoof(along: 'x' | 'y', x: Range, y: Range, floor: number, ridge: number): BodyRecipe[] {
  const [from, to] = along === 'x' ? y : x
  const middle = (from + to) / 2
  const pitch = (ridge - floor - EAVES) / (middle - from)
  const [left, right] = [from - OVERHANG, to + OVERHANG]
  const eave = floor + EAVES - OVERHANG * pitch
  const thick = 0.22
  const outline: Range[] = [
    [left, eave],
    [middle, ridge],
    [right, eave],
    [right, eave - thick],
    [middle, ridge - thick],
    [left, eave - thick],
  ]
  const length: Range = along === 'x' ? [x[0] - 0.25, x[1] + 0.25] : [y[0] - 0.25, y[1] + 0.25]
  const [low, high] = [middle - 0.16, middle + 0.16]
  const top: Range = [ridge - 0.12, ridge + 0.18]
  return along === 'x' ? [endOn(outline, length), box(length, [low, high], top)] : [sideOn(outline, length), box([low, high], length, top)]
}

/** Six storeys of flats in the north-east. */
function block(): { elements: ElementRecipe[]; spatial: SpatialRecipe[] } {
  const [x, y]: Range[] = [
    [112, 152],
    [70, 84],
  ]
  const base = Math.round((ground(132, 77) + 0.45) * 100) / 100
  const storey = 2.9
  const spatial: SpatialRecipe[] = [
    { key: 'BLOCK', class: 'IfcBuilding', name: 'BLOCK-NE 六层住宅楼', title: '六层住宅楼 Block of flats', in: 'site' },
    ...every(1, 1, 6).map(
      (n): SpatialRecipe => ({ key: `BLOCK-L${n}`, class: 'IfcBuildingStorey', name: `住宅 ${n} 层`, in: 'BLOCK', elevation: base + storey * (n - 1) }),
    ),
  ]
  const elements = every(1, 1, 6).flatMap((n): ElementRecipe[] => {
    const low = base + storey * (n - 1)
    const panes = mesh()
    const frames = mesh()
    for (const k of every(1, 0, 13)) {
      const left = x[0] + 1.1 + k * 3
      for (const face of [y[0], y[1]]) {
        const out = face === y[0] ? -1 : 1
        const depth = (d: number): Range => (out < 0 ? [face - d, face] : [face, face + d])
        panes.box([left, left + 1.7], depth(0.04), [low + 0.9, low + 2.4])
        frames.box([left - 0.1, left + 1.8], depth(0.12), [low + 0.78, low + 0.9])
      }
    }
    const wall: BodyRecipe = {
      ...box(x, y, [n === 1 ? ground(x[1], y[0]) - 0.1 : low, low + storey - 0.12]),
      profile: { kind: 'rectangle-hollow', width: x[1] - x[0], height: y[1] - y[0], thickness: 0.3 },
    }
    return [
      {
        id: `BLOCK-W${n}`,
        title: '外墙 Outer wall',
        class: 'IfcWall',
        type: 'SOLIDWALL',
        in: `BLOCK-L${n}`,
        bodies: [wall],
        color: COLOR.plaster,
        material: '砖混 Masonry',
      },
      {
        id: `BLOCK-S${n}`,
        title: '楼板 Floor slab',
        class: 'IfcSlab',
        type: n === 6 ? 'ROOF' : 'FLOOR',
        in: `BLOCK-L${n}`,
        bodies: [box([x[0] - 0.15, x[1] + 0.15], [y[0] - 0.15, y[1] + 0.15], [low + storey - 0.12, low + storey])],
        color: COLOR.concrete,
        material: '混凝土 Concrete',
      },
      {
        id: `BLOCK-G${n}`,
        title: '外窗 Windows',
        class: 'IfcWindow',
        type: 'WINDOW',
        in: `BLOCK-L${n}`,
        bodies: [panes.done(), frames.done(COLOR.concrete)],
        color: COLOR.glass,
      },
    ]
  })
  const roof = base + 6 * storey
  const rim = mesh()
    .box([x[0], x[1]], [y[0], y[0] + 0.24], [roof, roof + 0.9])
    .box([x[0], x[1]], [y[1] - 0.24, y[1]], [roof, roof + 0.9])
    .box([x[0], x[0] + 0.24], [y[0] + 0.24, y[1] - 0.24], [roof, roof + 0.9])
    .box([x[1] - 0.24, x[1]], [y[0] + 0.24, y[1] - 0.24], [roof, roof + 0.9])
    .box([120, 124], [75, 79], [roof, roof + 2.6])
    .box([140, 144], [75, 79], [roof, roof + 2.6])
  elements.push({
    id: 'BLOCK-RIM',
    title: '女儿墙 Roof parapet',
    class: 'IfcWall',
    type: 'PARAPET',
    in: 'BLOCK-L6',
    bodies: [rim.done()],
    color: COLOR.plaster,
    material: '砖混 Masonry',
  })
  return { elements, spatial }
}

/** Elms: along the road, on the west street, in courtyards, and four old ones kept inside the yard. */
function trees(): ElementRecipe[] {
  const road = every(15, -150, 17).map((x, k) => ({ x: x + (k % 3) - 1, y: 67.3, size: k % 3 }))
  const back = every(24, -148, 11).map((x, k) => ({ x, y: 82 + ((k * 7) % 9), size: (k + 1) % 3 }))
  const west = every(16, -92, 4).map((y, k) => ({ x: -136.5, y, size: k % 3 }))
  const yard = [
    { x: -121, y: -12, size: 2 },
    { x: 138, y: 14, size: 2 },
    { x: 126, y: 34, size: 1 },
    { x: -60, y: 34.2, size: 0 },
  ]
  const courts = HOUSES.filter((_, k) => k % 3 !== 1).map(({ x, y }, k) => ({
    x: (x[0] + x[1]) / 2 + (k % 2 ? 2.2 : -2),
    y: (y[0] + y[1]) / 2 - 0.4,
    size: k % 3 === 0 ? 1 : 0,
  }))
  const alongLane = every(41.2, -111, 6).map((x, k) => ({ x: x + 0.4, y: -81, size: (k + 1) % 2 }))
  return [...road, ...back, ...west, ...yard, ...courts, ...alongLane].map(({ x, y, size }, k) => {
    const height = [8.5, 11, 13.5][size]
    const at: Vec3 = [x, y, ground(x, y)]
    const girth = height * 0.022
    const trunk = mesh().column(x, y, [at[2] - 0.2, at[2] + height * 0.45], girth * 1.25, 6, girth * 0.8)
    const crown = mesh()
    const blobs: readonly (readonly [number, number, number, number])[] = [
      [0, 0, 0.66, 0.3],
      [0.17, 0.1, 0.56, 0.2],
      [-0.16, 0.12, 0.6, 0.21],
      [0.02, -0.19, 0.57, 0.2],
    ]
    for (const [dx, dy, dz, r] of blobs) blob(crown, [x + dx * height, y + dy * height, at[2] + dz * height], r * height)
    return {
      id: `TREE-${two(k + 1)}`,
      title: '榆树 Elm',
      class: 'IfcGeographicElement',
      type: 'USERDEFINED',
      objectType: 'VEGETATION',
      in: 'site',
      at,
      bodies: [trunk.done(COLOR.trunk), crown.done(k % 2 ? COLOR.crown : COLOR.crownDark)],
    }
  })
}
/** A ball of twenty triangles, a little flat. */
function blob(parts: ReturnType<typeof mesh>, [x, y, z]: Vec3, r: number): void {
  const g = (1 + Math.sqrt(5)) / 2
  const s = r / Math.sqrt(1 + g * g)
  const corners = [
    [-1, g, 0],
    [1, g, 0],
    [-1, -g, 0],
    [1, -g, 0],
    [0, -1, g],
    [0, 1, g],
    [0, -1, -g],
    [0, 1, -g],
    [g, 0, -1],
    [g, 0, 1],
    [-g, 0, -1],
    [-g, 0, 1],
  ].map(([a, b, c]): Vec3 => [x + a * s, y + b * s, z + c * s * 0.82])
  const faces = '0 11 5,0 5 1,0 1 7,0 7 10,0 10 11,1 5 9,5 11 4,11 10 2,10 7 6,7 1 8,3 9 4,3 4 2,3 2 6,3 6 8,3 8 9,4 9 5,2 4 11,6 2 10,8 6 7,9 8 1'
  parts.solid(
    corners,
    faces.split(',').map((face) => face.split(' ').map(Number)),
  )
}

/** 10 kV line along the lane: seven poles, three conductors at +10.5. */
function overheadLine(): ElementRecipe[] {
  const conductors = [-62.2, -61.5, -60.8]
  const level = 10.5
  const data = { class: 'IfcBuildingElementProxy', type: 'NOTDEFINED', in: 'site' } as const
  const poles = every(50, -150, 7).map((x, k): ElementRecipe => {
    const foot = ground(x, -61.5)
    const parts = mesh()
      .column(x, -61.5, [foot, level + 0.9], 0.2, 10, 0.12)
      .box([x - 0.05, x + 0.05], [-62.45, -60.55], [level - 0.42, level - 0.3])
    for (const y of conductors) parts.column(x, y, [level - 0.3, level], 0.06, 6, 0.03)
    return {
      id: `OHL-P${k + 1}`,
      title: '10 kV 电杆 Pole',
      ...data,
      at: [x, -61.5, foot],
      bodies: [parts.done()],
      color: COLOR.concrete,
      material: '混凝土 Concrete',
    }
  })
  const wires = conductors.map((y, k): ElementRecipe => {
    const wire = mesh().bar([-160, y, level], [160, y, level], 0.03)
    return {
      id: `OHL-${k + 1}`,
      title: '10 kV 架空导线 Overhead conductor',
      ...data,
      bodies: [wire.done()],
      color: COLOR.steel,
      material: '铝 Aluminium',
      sets: {
        DT_OverheadLine: {
          Voltage: 10,
          VerticalDistance: { measure: 'IfcLengthMeasure', value: 3 },
          HorizontalDistance: { measure: 'IfcLengthMeasure', value: 2 },
        },
      },
    }
  })
  return [...poles, ...wires]
}
