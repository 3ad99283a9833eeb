import type { Vec3 } from '@/core/base/geometry'
import type { BodyRecipe, ElementRecipe, FileRecipe, SpatialRecipe, TaskRecipe } from '@/core/ifc/write/index.ts'
import { skin } from './neighbourhood.ts'
import { COLOR } from './palette.ts'
import { box, every, type MeshBuilder, mesh, type Range, rod } from './shapes.ts'
import { ground, LOW_POINT, MID, type Site, slabTop } from './site.ts'

/** What the contractor keeps in the yard, and the zones in which people and machines work. */
export function facilities(site: Site): Pick<FileRecipe, 'elements' | 'spatial' | 'tasks'> {
  const offices = siteOffices()
  return {
    elements: [...haulRoad(site), ...offices.elements, ...storage(site), ...safety(), ...assembly(), ...vehicles()],
    spatial: [offices.spatial, ...zones()],
    tasks: zoneTasks(),
  }
}

/** Levels for foundations of the yard, to the centimetre. */
function level(x: number, y: number): number {
  return Math.round(ground(x, y) * 100) / 100
}
function civil(id: string, title: string, bodies: BodyRecipe[], color: string): ElementRecipe {
  return { id, title, class: 'IfcCivilElement', objectType: 'PAVING', in: 'site', bodies, color, material: '混凝土 Concrete' }
}

/** Concrete road from the east gate past the gap and to the west yard; it follows the bowl. */
function haulRoad({ gap }: Site): ElementRecipe[] {
  const parts: BodyRecipe[] = [
    skin([-125, 60], [-33, -27], 0.02),
    draped([60, 124], [-33, -27]),
    skin([124, 149.8], [-33, -27], 0.02),
    draped([gap.from, gap.to], [-27, -11.4]),
  ]
  const gate = ground(150, -30)
  const ramp = mesh()
  const [s, n] = [-33, -27]
  const side = (x: number, z: number): Vec3[] => [
    [x, s, z],
    [x, n, z],
    [x, n, gate - 0.1],
    [x, s, gate - 0.1],
  ]
  ramp.loft(side(149.88, -0.15), side(146.5, ground(146.5, -30) + 0.02))
  ramp.loft(side(153.5, ground(153.5, -30) + 0.02), side(150.12, -0.15))
  return [
    civil('HAUL', '施工道路 Haul road', parts, COLOR.concreteDark),
    civil('GATE-E-RAMP', '东门坡道 Ramps of the east gate', [ramp.done()], COLOR.concreteDark),
    civil('GATE-E-WAY', '东门外道路 Way outside the east gate', [skin([150.12, 160], [-33, -27], 0.02)], COLOR.concreteDark),
    ...[
      [83, -30],
      [82.4, -30],
      [97.55, -30],
      [108, -30],
    ].map(([x, y], k): ElementRecipe => hoseRamp(`HOSE-RAMP-${k + 1}`, x, y)),
  ]
}
/** A skin on the curved ground, in squares of about 1.5 m. */
function draped(x: Range, y: Range): BodyRecipe {
  const [columns, rows] = [Math.ceil((x[1] - x[0]) / 1.5), Math.ceil((y[1] - y[0]) / 1.5)]
  const points: Vec3[] = []
  const faces: [number, number, number][] = []
  const number = (c: number, r: number, under: boolean) => (r * (columns + 1) + c) * 2 + (under ? 1 : 0)
  for (let r = 0; r <= rows; r++)
    for (let c = 0; c <= columns; c++) {
      const [px, py] = [x[0] + ((x[1] - x[0]) * c) / columns, y[0] + ((y[1] - y[0]) * r) / rows]
      const z = ground(px, py)
      points.push([px, py, z + 0.02], [px, py, z - 0.08])
    }
  const quad = (a: number, b: number, c: number, d: number) => faces.push([a, b, c], [a, c, d])
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) {
      quad(number(c, r, false), number(c + 1, r, false), number(c + 1, r + 1, false), number(c, r + 1, false))
      quad(number(c, r, true), number(c, r + 1, true), number(c + 1, r + 1, true), number(c + 1, r, true))
    }
  for (let c = 0; c < columns; c++) {
    quad(number(c, 0, true), number(c + 1, 0, true), number(c + 1, 0, false), number(c, 0, false))
    quad(number(c + 1, rows, true), number(c, rows, true), number(c, rows, false), number(c + 1, rows, false))
  }
  for (let r = 0; r < rows; r++) {
    quad(number(0, r + 1, true), number(0, r, true), number(0, r, false), number(0, r + 1, false))
    quad(number(columns, r, true), number(columns, r + 1, true), number(columns, r + 1, false), number(columns, r, false))
  }
  return { kind: 'mesh', points, faces, closed: true }
}
/** Rubber ramp on both sides of a hose where the road crosses it. */
function hoseRamp(id: string, x: number, y: number): ElementRecipe {
  const parts = mesh()
  const z = (px: number, py: number, over: number): Vec3 => [px, py, ground(px, py) + over]
  for (const side of [-1, 1]) {
    const [inner, outer] = [x + side * 0.11, x + side * 0.7]
    const end = (py: number): Vec3[] =>
      side > 0 ? [z(inner, py, 0), z(outer, py, 0), z(inner, py, 0.2)] : [z(outer, py, 0), z(inner, py, 0), z(inner, py, 0.2)]
    parts.loft(end(y + 2.8), end(y - 2.8))
  }
  return {
    id,
    title: '过管坡道 Hose ramp',
    class: 'IfcBuildingElementProxy',
    type: 'NOTDEFINED',
    in: 'site',
    bodies: [parts.done()],
    color: COLOR.safety,
    material: '橡胶 Rubber',
  }
}

function siteOffices(): { elements: ElementRecipe[]; spatial: SpatialRecipe } {
  const spatial: SpatialRecipe = { key: 'OFFICE', class: 'IfcBuilding', name: 'OFFICE 项目部', title: '项目部 (集装箱房) Site offices', in: 'site' }
  const [x0, base] = [-123, level(-120, 25) + 0.25]
  const storey = 2.8
  const elements: ElementRecipe[] = []
  for (const floor of [0, 1])
    for (const [k, y] of every(3, 20.5, 3).entries()) {
      const z = base + floor * storey
      const id = `OFF-${floor + 1}${k + 1}`
      const trim = mesh()
      for (const px of [x0, x0 + 5.86]) for (const py of [y + 0.02, y + 2.84]) trim.box([px, px + 0.14], [py, py + 0.14], [z, z + storey])
      trim.box([x0 - 0.02, x0 + 6.02], [y + 0.01, y + 2.99], [z + storey - 0.16, z + storey])
      trim.box([x0 - 0.02, x0 + 6.02], [y + 0.01, y + 2.99], [z, z + 0.12])
      elements.push(
        {
          id,
          title: '集装箱房 Office module 6x3',
          class: 'IfcWall',
          type: 'SOLIDWALL',
          in: 'OFFICE',
          bodies: [
            {
              ...box([x0 + 0.03, x0 + 5.97], [y + 0.04, y + 2.96], [z + 0.12, z + storey - 0.16]),
              profile: { kind: 'rectangle-hollow', width: 5.94, height: 2.92, thickness: 0.08 },
            },
          ],
          color: COLOR.office,
          material: '彩钢夹芯板 Sandwich panel',
        },
        {
          id: `${id}-F`,
          title: '箱房框架 Frame of the module',
          class: 'IfcMember',
          type: 'MEMBER',
          in: 'OFFICE',
          bodies: [trim.done()],
          color: COLOR.officeRoof,
          material: '钢 Steel',
        },
        {
          id: `${id}-G`,
          title: '箱房门窗 Door and windows',
          class: 'IfcWindow',
          type: 'WINDOW',
          in: 'OFFICE',
          bodies: [
            box([x0 + 5.97, x0 + 6], [y + 0.5, y + 1.4], [z + 0.13, z + 2.2], COLOR.gate),
            box([x0 + 5.97, x0 + 6], [y + 1.7, y + 2.6], [z + 1, z + 2.1]),
            box([x0, x0 + 0.03], [y + 0.9, y + 2.1], [z + 1, z + 2.1]),
          ],
          color: COLOR.glass,
        },
      )
    }
  const deck = base + storey
  const walk = mesh()
    .box([x0 + 6.02, x0 + 7.2], [20.5, 29.5], [deck - 0.1, deck])
    .bar([x0 + 7.17, 20.5, deck + 1.05], [x0 + 7.17, 29.5, deck + 1.05], 0.05)
  for (const y of every(2.98, 20.53, 4)) walk.box([x0 + 7.14, x0 + 7.2], [y - 0.03, y + 0.03], [base - 0.25, deck + 1.05])
  const steps = 15
  for (let k = 0; k < steps; k++) {
    const z = base + (deck - base) * ((k + 1) / (steps + 1))
    walk.box([x0 + 6.1, x0 + 7.1], [16.4 + k * 0.27, 16.4 + k * 0.27 + 0.29], [z - 0.05, z])
  }
  for (const px of [x0 + 6.08, x0 + 7.12]) walk.bar([px, 16.3, base], [px, 20.5, deck - 0.08], 0.08)
  const pad = box([x0 - 0.3, x0 + 7.5], [16, 30], [base - 0.35, base])
  elements.push(
    {
      id: 'OFF-STAIR',
      title: '外走廊与楼梯 Gallery and stair',
      class: 'IfcStair',
      type: 'STRAIGHT_RUN_STAIR',
      in: 'OFFICE',
      bodies: [walk.done()],
      color: COLOR.scaffold,
      material: '钢 Steel',
    },
    {
      id: 'OFF-PAD',
      title: '项目部地坪 Office pad',
      class: 'IfcSlab',
      type: 'FLOOR',
      in: 'OFFICE',
      bodies: [pad],
      color: COLOR.concrete,
      material: '混凝土 Concrete',
    },
  )
  return { elements, spatial }
}

function storage({ gap }: Site): ElementRecipe[] {
  const proxy = (id: string, title: string, bodies: BodyRecipe[], color: string, material: string): ElementRecipe => ({
    id,
    title,
    class: 'IfcBuildingElementProxy',
    type: 'NOTDEFINED',
    in: 'site',
    bodies,
    color,
    material,
  })
  const pad = (id: string, title: string, x: Range, y: Range, top: number): ElementRecipe => ({
    ...civil(id, title, [box(x, y, [Math.min(...x.flatMap((px) => y.map((py) => ground(px, py)))) - 0.05, top])], COLOR.concrete),
  })
  const [west, east] = [0.2, Math.round((ground(85, 25) + 0.12) * 100) / 100]
  const rebar = mesh()
  for (let layer = 0; layer < 3; layer++) {
    const z = west + layer * 0.42
    for (const x of [-94.2, -90.5, -86.8]) rebar.box([x - 0.06, x + 0.06], [-44.6, -40.4], [z, z + 0.1])
    for (const y of every(1, -44.2, 4)) rebar.box([-95.4, -85.6], [y - 0.32, y + 0.32], [z + 0.1, z + 0.42])
  }
  const boards = mesh()
  for (let k = 0; k < 7; k++) boards.box([-95.2 + 0.04 * (k % 2), -92.8 + 0.04 * (k % 2)], [-38.9, -36], [west + k * 0.14, west + k * 0.14 + 0.11])
  for (let k = 0; k < 5; k++) boards.box([-92 + 0.03 * (k % 2), -89.6], [-38.8, -36.1], [west + k * 0.14, west + k * 0.14 + 0.11])
  const tubes = [0, 1, 2, 3].map((k) =>
    rod([80.2, 22.6 + 0.68 * k, east + 0.36], [86.2, 22.6 + 0.68 * k, east + 0.36], { kind: 'circle-hollow', radius: 0.3045, thickness: 0.016 }),
  )
  const upper = [0, 1, 2].map((k) =>
    rod([80.2, 22.94 + 0.68 * k, east + 0.95], [86.2, 22.94 + 0.68 * k, east + 0.95], { kind: 'circle-hollow', radius: 0.3045, thickness: 0.016 }),
  )
  const timbers = [81.2, 85.2].map((x) => box([x - 0.1, x + 0.1], [22.2, 25.1], [east, east + 0.0555], COLOR.wood))
  const cageFoot = level(60, -45)
  const cage = mesh()
  const [cx, cy]: Range[] = [
    [59, 61],
    [-45.75, -44.25],
  ]
  for (const x of cx) for (const y of cy) cage.box([x - 0.03, x + 0.03], [y - 0.03, y + 0.03], [cageFoot, cageFoot + 1.9])
  for (const z of [cageFoot + 0.1, cageFoot + 0.7, cageFoot + 1.3, cageFoot + 1.87]) {
    for (const y of cy) cage.bar([cx[0], y, z], [cx[1], y, z], 0.04)
    for (const x of cx) cage.bar([x, cy[0], z], [x, cy[1], z], 0.04)
  }
  for (const x of every(0.4, 59.4, 4)) cage.column(x, -45, [cageFoot, cageFoot + 1.45], 0.115, 8)
  const storeFoot = level(-110, -45)
  const store = mesh().box([-112, -108], [-46.5, -43.5], [storeFoot, storeFoot + 2.6])
  const ribs = mesh()
  for (const x of every(0.5, -111.75, 8)) ribs.box([x - 0.06, x + 0.06], [-46.55, -43.45], [storeFoot + 0.1, storeFoot + 2.5])
  const bags = mesh()
  for (let layer = 0; layer < 4; layer++)
    for (let k = 0; k < 6 - (layer % 2); k++)
      bags.box(
        [-107.3 + (layer % 2) * 0.3 + k * 0.6, -106.75 + (layer % 2) * 0.3 + k * 0.6],
        [-45.6, -45.2],
        [storeFoot + layer * 0.16, storeFoot + layer * 0.16 + 0.15],
      )
  const logs = mesh()
  const shelf = Math.max(ground(gap.from - 4.1, -12.3), ground(gap.from - 0.4, -12.3))
  for (let k = 0; k < 4; k++) logs.box([gap.from - 4.1, gap.from - 0.4], [-12.36, -11.76], [shelf + k * 0.1, shelf + k * 0.1 + 0.085])
  const foot = level(80, -20) - 0.15
  return [
    pad('M-W', '材料堆场 Material yard', [-96, -84], [-45, -35], west),
    pad('M-E', '钢支撑堆场 Laydown', [79, 91], [21, 29], east),
    proxy('M-W-RB', '钢筋三层堆放 Rebar stack, 3 high', [rebar.done()], COLOR.rebar, '钢筋 Rebar'),
    proxy('M-W-FW', '模板 Formwork panels', [boards.done()], COLOR.wood, '木模板 Plywood'),
    proxy('M-E-ST', '钢支撑管节 Strut pieces', [...tubes, ...upper, ...timbers], COLOR.steel, '钢 Steel'),
    proxy('GAS-CAGE', '气瓶笼 Gas-cylinder cage', [cage.done()], COLOR.safety, '钢 Steel'),
    proxy('STORE-E', '应急物资库 12 m² Emergency store', [store.done(), ribs.done(COLOR.rebar)], COLOR.store, '钢 Steel'),
    proxy('SANDBAGS', '沙袋 Sandbags', [bags.done()], COLOR.shutter, '砂 Sand'),
    proxy('STOP-LOGS', '挡水板 (存放) Stop-logs, stored', [logs.done()], COLOR.steelLight, '铝 Aluminium'),
    proxy('DB0-BASE', '总配电箱基座 Base of the main panel', [box([79.55, 80.45], [-20.25, -19.75], [foot, -0.14])], COLOR.concrete, '混凝土 Concrete'),
  ]
}

function safety(): ElementRecipe[] {
  const mastFoot = ground(-100, -48)
  const mast = mesh()
    .column(-100, -48, [mastFoot, mastFoot + 10], 0.08, 8, 0.05)
    .bar([-100.7, -48, mastFoot + 9.6], [-99.3, -48, mastFoot + 9.6], 0.05)
    .box([-100.4, -99.6], [-48.2, -47.8], [mastFoot + 1.2, mastFoot + 1.9])
  for (const x of [-100.7, -99.3]) mast.column(x, -48, [mastFoot + 9.6, mastFoot + 9.95], 0.12, 6, 0.12)
  const cameras = [
    [-109, 17],
    [0, -24],
    [112, -14],
  ].map(([x, y], k): ElementRecipe => {
    const foot = ground(x, y)
    const parts = mesh()
      .column(x, y, [foot, foot + 6], 0.09, 8, 0.06)
      .bar([x, y, foot + 5.9], [x, y + (y > 0 ? -1 : 1), foot + 5.9], 0.06)
    head(parts, x, y + (y > 0 ? -1.1 : 1.1), foot + 5.8)
    return {
      id: `CAM-${k + 1}`,
      title: '视频监控杆 Camera pole',
      class: 'IfcBuildingElementProxy',
      type: 'NOTDEFINED',
      in: 'site',
      bodies: [parts.done()],
      color: COLOR.steelLight,
      material: '钢 Steel',
    }
  })
  return [
    {
      id: 'WM1',
      title: '气象站 Weather mast',
      class: 'IfcSensor',
      type: 'WINDSENSOR',
      in: 'site',
      bodies: [mast.done()],
      color: COLOR.steelLight,
      material: '钢 Steel',
    },
    ...cameras,
  ]
}
function head(parts: MeshBuilder, x: number, y: number, z: number): void {
  parts.box([x - 0.12, x + 0.12], [y - 0.25, y + 0.25], [z - 0.12, z + 0.1])
}

/** Assembly point on the west street: slab 0.25 m over the ground with a light roof for 60 people. */
function assembly(): ElementRecipe[] {
  const [x, y]: Range[] = [
    [-146, -134],
    [-34, -26],
  ]
  const top = Math.round((ground(-140, -30) + 0.25) * 1000) / 1000
  const roof = mesh()
  for (const px of [x[0] + 0.6, -140, x[1] - 0.6])
    for (const py of [y[0] + 0.6, y[1] - 0.6]) roof.box([px - 0.06, px + 0.06], [py - 0.06, py + 0.06], [top, top + 2.7])
  roof.box([x[0] + 0.2, x[1] - 0.2], [y[0] + 0.2, y[1] - 0.2], [top + 2.7, top + 2.85])
  return [
    {
      id: 'ASSEMBLY',
      title: '集合点 Assembly point',
      class: 'IfcSlab',
      type: 'FLOOR',
      in: 'site',
      bodies: [box(x, y, [Math.min(ground(x[1], y[0]), ground(x[0], y[0])) - 0.05, top])],
      color: COLOR.concrete,
      material: '混凝土 Concrete',
    },
    {
      id: 'ASSEMBLY-R',
      title: '集合点雨棚 Shelter',
      class: 'IfcRoof',
      type: 'FLAT_ROOF',
      in: 'site',
      bodies: [roof.done()],
      color: COLOR.officeRoof,
      material: '钢 Steel',
    },
  ]
}

function vehicles(): ElementRecipe[] {
  return [truck('TRUCK-1', 121, -36.5, 1), truck('TRUCK-2', -112, -30, -1), excavator('EXC-1', 116, 4)]
}
function truck(id: string, x: number, y: number, way: 1 | -1): ElementRecipe {
  const foot = Math.max(ground(x - 4, y), ground(x + 4, y)) + 0.02
  const at = (a: number, b: number): Range => (way > 0 ? [x + a, x + b] : [x - b, x - a])
  const across = (half: number): Range => [y - half, y + half]
  const cab = mesh()
    .box(at(2.2, 3.9), across(1.2), [foot + 0.9, foot + 2.9])
    .box(at(-4, 2.1), across(0.5), [foot + 0.75, foot + 1])
  const bed = mesh()
    .box(at(-4, 2), across(1.2), [foot + 1, foot + 1.2])
    .box(at(-4, 2), [y - 1.2, y - 1.1], [foot + 1.2, foot + 2.1])
    .box(at(-4, 2), [y + 1.1, y + 1.2], [foot + 1.2, foot + 2.1])
    .box(at(1.9, 2), across(1.1), [foot + 1.2, foot + 2.3])
    .box(at(-4, -3.9), across(1.1), [foot + 1.2, foot + 2.1])
  const glass = mesh().box(at(3.9, 3.93), across(1.05), [foot + 1.8, foot + 2.7])
  const wheels = mesh()
  for (const a of [-3, -1.8, 3]) for (const side of [-1, 1]) wheel(wheels, x + way * a, y + side * 1.05, foot + 0.5, 0.5)
  return {
    id,
    title: '自卸车 Dump truck',
    class: 'IfcTransportElement',
    type: 'NOTDEFINED',
    in: 'site',
    bodies: [cab.done(COLOR.power), bed.done(COLOR.gate), glass.done(COLOR.glass), wheels.done('#4A4B4D')],
  }
}
function excavator(id: string, x: number, y: number): ElementRecipe {
  const foot = Math.max(ground(x - 2, y), ground(x, y + 2)) + 0.02
  const body = mesh()
    .box([x - 1.7, x + 1.3], [y - 1.25, y + 1.25], [foot + 1.1, foot + 1.9])
    .box([x - 1.7, x - 0.3], [y - 1.25, y + 1.25], [foot + 1.9, foot + 2.3])
  body.bar([x + 1.1, y - 0.2, foot + 1.7], [x + 3.6, y - 0.2, foot + 4.6], 0.42).bar([x + 3.5, y - 0.2, foot + 4.6], [x + 5.6, y - 0.2, foot + 2.2], 0.32)
  body.box([x + 5.2, x + 6.1], [y - 0.8, y + 0.4], [foot + 1.3, foot + 2.3])
  const cab = mesh().box([x - 0.2, x + 1.3], [y + 0.2, y + 1.25], [foot + 1.9, foot + 3.1])
  const tracks = mesh()
  for (const side of [-1, 1]) tracks.box([x - 2, x + 2], [y + side * 1.15 - 0.3, y + side * 1.15 + 0.3], [foot, foot + 0.9])
  return {
    id,
    title: '挖掘机 Excavator',
    class: 'IfcTransportElement',
    type: 'NOTDEFINED',
    in: 'site',
    bodies: [body.done(COLOR.crane), cab.done(COLOR.glass), tracks.done('#55575A')],
  }
}
function wheel(parts: MeshBuilder, x: number, y: number, z: number, r: number): void {
  const ring = (side: number): Vec3[] => every(Math.PI / 5, 0, 10).map((a): Vec3 => [x + r * Math.cos(a), y + side * 0.15, z + r * Math.sin(a)])
  parts.loft(ring(1), ring(-1))
}

const CRANE_STAND = { x: [62, 74] as Range, y: [-24, -14] as Range }
const TRENCH = { x: [68, 80] as Range, y: [-22, -20.5] as Range }

/** Where people work, walk and stand; the levels are floors. */
function zones(): SpatialRecipe[] {
  const zone = (
    key: string,
    title: string,
    type: string,
    x: Range,
    y: Range,
    floor: number,
    height: number,
    sets: NonNullable<SpatialRecipe['sets']>,
  ): SpatialRecipe => ({
    key,
    name: key,
    title,
    class: 'IfcSpatialZone',
    type,
    in: 'site',
    bodies: [box(x, y, [floor, floor + height])],
    color: COLOR.safety,
    transparency: 0.9,
    sets,
  })
  const crew = (people: number, task: string): NonNullable<SpatialRecipe['sets']> => ({ DT_Zone: { People: people, Task: task } })
  const yardLevel = ground(LOW_POINT.x, LOW_POINT.y)
  return [
    zone('Z-1', '西段站台层 (绑扎/机电) West platform', 'CONSTRUCTION', [-100, -30], [-9, 9], slabTop(-65), 3, crew(12, '钢筋绑扎、机电安装')),
    zone('Z-2', '东段坑底 (支模) East pit', 'CONSTRUCTION', [-18, 95], [-9, 9], slabTop(38.5), 3, crew(24, '支模')),
    zone('Z-3', '中板 Middle slab', 'CONSTRUCTION', [-100, -22], [-9, 9], MID.top, 3, crew(6, '中板')),
    zone('Z-4', '南侧场地 South yard', 'CONSTRUCTION', [60, 120], [-40, -14], yardLevel, 3, crew(8, '卸料')),
    zone('Z-5', '办公区 Offices', 'OCCUPANCY', [-128, -112], [20, 30], ground(-120, 25), 6, crew(10, '办公')),
    zone('Z-A', '集合点 Assembly point', 'OCCUPANCY', [-146, -134], [-34, -26], Math.round((ground(-140, -30) + 0.25) * 1000) / 1000, 2.5, {
      DT_Zone: { People: 0, Capacity: 60 },
    }),
    zone('WZ-1', '站厅走道 Walking zone', 'OCCUPANCY', [-100, -40], [-7, 4], MID.top, 2.2, {
      DT_Headroom: { FloorLevel: { measure: 'IfcLengthMeasure', value: MID.top }, Height: { measure: 'IfcLengthMeasure', value: 2.2 } },
    }),
    zone('CS-1', '汽车吊站位 Standing of the mobile crane', 'CONSTRUCTION', CRANE_STAND.x, CRANE_STAND.y, ground(68, -19), 4, {
      DT_Work: { TaskId: 'CS-1', Crew: 3 },
    }),
    zone('TR-1', '电缆沟开挖 Open cable trench', 'CONSTRUCTION', TRENCH.x, TRENCH.y, ground(74, -21.25) - 1, 1.5, { DT_Work: { TaskId: 'TR-1', Crew: 4 } }),
  ]
}
/** Crane and trench share ground in week 27 of 2026, not in week 28. */
function zoneTasks(): TaskRecipe[] {
  const [w27, w28] = [
    ['2026-06-29T08:00:00', '2026-07-05T18:00:00'],
    ['2026-07-06T08:00:00', '2026-07-12T18:00:00'],
  ] as const
  const task = (key: string, name: string, week: readonly [string, string], on: string, label: string): TaskRecipe => ({
    key,
    name,
    start: week[0],
    finish: week[1],
    on: [on],
    sets: { DT_Work: { TaskId: key, Crew: on === 'CS-1' ? 3 : 4, Week: label } },
  })
  return [
    task('CS-1-W27', '汽车吊作业 Mobile crane', w27, 'CS-1', '2026-W27'),
    task('TR-1-W27', '电缆沟开挖 Cable trench', w27, 'TR-1', '2026-W27'),
    task('CS-1-W28', '汽车吊作业 Mobile crane', w28, 'CS-1', '2026-W28'),
  ]
}
