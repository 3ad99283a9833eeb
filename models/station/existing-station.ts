import type { ElementRecipe, SpatialRecipe } from '@/core/ifc/write/index.ts'
import { COLOR } from './palette.ts'
import { box, boxAlong, mesh, pipe, type Range, rod } from './shapes.ts'
import { ground } from './site.ts'
import { dogLeg, flight } from './stairs.ts'

/** Second levels under the ground west and east of the pit: the existing station with its entrance, and the tunnel stubs. */
export function existingStation(): { elements: ElementRecipe[]; spatial: SpatialRecipe[] } {
  return { elements: [...gateX(), ...passage(), ...hall(), ...corridor(), ...shaft(), ...stubs()], spatial: rooms() }
}

const WALL = 0.4
const SHELL = { in: 'platform', color: COLOR.concreteDark, material: '钢筋混凝土 (既有) Existing concrete' } as const
const PASSAGE = { x: [-136, -105] as Range, floor: -17.2, ceiling: -14 }
const HALL = { x: [-158, -136] as Range, y: [-10, 10] as Range, floor: -17.4, ceiling: -12 }
const CORRIDOR = { x: [-156, -152] as Range, y: [-16, -10.4] as Range, floor: -17.4, ceiling: -14.2 }
const SHAFT = { x: [-158, -150] as Range, y: [-24, -16.4] as Range, floor: -17.4, sill: 0.7, top: 3.2 }
const LINE_SILL = -17.3

function shell(id: string, title: string, body: ElementRecipe['bodies'][number], openings: ElementRecipe['openings'] = []): ElementRecipe {
  return { id, title, class: 'IfcWall', type: 'SOLIDWALL', bodies: [body], ...SHELL, ...(openings.length > 0 ? { openings } : {}) }
}

function gateX(): ElementRecipe[] {
  const panel: Range = [-104.75, -104.6]
  const ribs = [-16.4, -15.5, -14.6].map((z) => boxAlong('y', [panel[1], panel[1] + 0.12], [-1.95, 1.95], [z - 0.08, z + 0.08]))
  return [
    {
      id: 'GATE-X',
      title: '临时防淹门 Flood gate to the existing station',
      class: 'IfcDoor',
      type: 'GATE',
      in: 'platform',
      bodies: [boxAlong('y', panel, [-2, 2], [-17, -14]), ...ribs],
      color: COLOR.safety,
      material: '钢 Steel',
      size: { height: 3, width: 4 },
      sets: {
        DT_Barrier: {
          SillLevel: { measure: 'IfcLengthMeasure', value: -17 },
          CrestLevel: { measure: 'IfcLengthMeasure', value: -14 },
          State: 'CLOSED',
          CloseTimeMin: 10,
          Crew: 2,
          LeakRate: 0.001,
        },
        DT_Gate: { State: 'CLOSED', LeakRate: { measure: 'IfcVolumetricFlowRateMeasure', value: 0.001 } },
        DT_FloodAsset: {
          CriticalLevel: { measure: 'IfcLengthMeasure', value: -17 },
          Consequence: '倒灌运营线路 Backflow to the operating line',
          Owner: '运营单位 Operator',
        },
      },
    },
  ]
}

function passage(): ElementRecipe[] {
  const { x, floor, ceiling } = PASSAGE
  const middle = (floor + ceiling) / 2
  const profile = { kind: 'rectangle-hollow', width: 4 + 2 * WALL, height: ceiling - floor + 2 * WALL, thickness: WALL } as const
  return [shell('XP', '既有站连接通道 Passage', rod([x[0] + WALL, 0, middle], [x[1], 0, middle], profile))]
}

function hall(): ElementRecipe[] {
  const { x, y, floor, ceiling } = HALL
  const z: Range = [floor, ceiling]
  const [west, east] = [x[0] - WALL, x[1] + WALL]
  const [south, north] = [y[0] - WALL, y[1] + WALL]
  const slab = (id: string, title: string, level: Range): ElementRecipe => ({
    id,
    title,
    class: 'IfcSlab',
    type: 'FLOOR',
    bodies: [box([west, east], [south, north], level)],
    ...SHELL,
  })
  const line = (id: string, ry: Range) => ({
    id,
    title: '运营线路侧洞口 Opening to the operating line',
    bodies: [box([x[1] - 0.1, east + 0.1], ry, [LINE_SILL, -13.2])],
    sets: {
      DT_Barrier: { SillLevel: { measure: 'IfcLengthMeasure', value: LINE_SILL }, CrestLevel: { measure: 'IfcLengthMeasure', value: LINE_SILL } },
    } as const,
  })
  return [
    shell('XH-W', '既有站厅西墙 Hall wall', box([west, x[0]], [south, north], z)),
    shell('XH-N', '既有站厅北墙 Hall wall', box(x, [y[1], north], z)),
    shell('XH-S', '既有站厅南墙 Hall wall', box(x, [south, y[0]], z), [
      { id: 'XH-S-OP', title: '走道洞口 Opening', bodies: [box(CORRIDOR.x, [south - 0.1, y[0] + 0.1], [CORRIDOR.floor, CORRIDOR.ceiling])] },
    ]),
    shell('XH-E', '既有站厅东墙 Hall wall', box([x[1], east], [south, north], z), [
      { id: 'XH-E-OP', title: '通道洞口 Opening', bodies: [box([x[1] - 0.1, east + 0.1], [-2, 2], [PASSAGE.floor, PASSAGE.ceiling])] },
      line('XH-OP1', [3.2, 8.2]),
      line('XH-OP2', [-8.2, -3.2]),
    ]),
    slab('XH-FLOOR', '既有站厅底板 Hall floor', [floor - WALL, floor]),
    slab('XH-ROOF', '既有站厅顶板 Hall roof', [ceiling, ceiling + WALL]),
  ]
}

function corridor(): ElementRecipe[] {
  const { x, y, floor, ceiling } = CORRIDOR
  const [cx, cz] = [(x[0] + x[1]) / 2, (floor + ceiling) / 2]
  const profile = { kind: 'rectangle-hollow', width: 4 + 2 * WALL, height: ceiling - floor + 2 * WALL, thickness: WALL } as const
  return [shell('XC', '既有站走道 Corridor', rod([cx, y[0], cz], [cx, y[1], cz], profile))]
}

/** Stair shaft to the street; its walls reach the sill 0.45 m over the ground, the pavilion stands on them. */
function shaft(): ElementRecipe[] {
  const { x, y, floor, sill, top } = SHAFT
  const [west, east, south, north] = [x[0] - WALL, x[1] + WALL, y[0] - WALL, y[1] + WALL]
  const z: Range = [floor - WALL, sill]
  const stair = dogLeg({
    along: 'x',
    ends: [-156.5, -151.46],
    lanes: [
      [-20, -16.4],
      [-24, -20.4],
    ],
    from: floor,
    to: sill,
    flights: 6,
    steps: 18,
    waist: 0.2,
  })
  const landings = stair.landings.map(({ atEnd, level }) => box(atEnd === 1 ? [-151.46, x[1]] : [x[0], -156.5], y, [level - 0.2, level]))
  const street = box([x[0], -156.5], [-24, -20.4], [sill - 0.2, sill])
  const lintel = top - 0.3
  const glass = (id: string, rx: Range, ry: Range): ElementRecipe => ({
    id,
    title: '出入口玻璃幕墙 Glazing of the entrance',
    class: 'IfcPlate',
    type: 'CURTAIN_PANEL',
    in: 'ground',
    bodies: [box(rx, ry, [sill, lintel])],
    color: COLOR.glass,
    transparency: 0.45,
    material: '玻璃 Glass',
  })
  const frame = mesh()
  for (const px of [west, -155.9, -152.1, east - 0.2]) for (const py of [south, north - 0.2]) frame.box([px, px + 0.2], [py, py + 0.2], [sill, lintel])
  const g = ground(-154, south)
  return [
    shell('XS-W', '出入口竖井西墙 Shaft wall', box([west, x[0]], [south, north], z)),
    shell('XS-E', '出入口竖井东墙 Shaft wall', box([x[1], east], [south, north], z)),
    shell('XS-S', '出入口竖井南墙 Shaft wall', box(x, [south, y[0]], z)),
    shell('XS-N', '出入口竖井北墙 Shaft wall', box(x, [y[1], north], z), [
      { id: 'XS-N-OP', title: '走道洞口 Opening', bodies: [box(CORRIDOR.x, [y[1] - 0.1, north + 0.1], [CORRIDOR.floor, CORRIDOR.ceiling])] },
    ]),
    { id: 'XS-FLOOR', title: '竖井底板 Shaft floor', class: 'IfcSlab', type: 'FLOOR', bodies: [box(x, y, [floor - WALL, floor])], ...SHELL },
    {
      id: 'XS-ST',
      title: '既有站楼梯 Stair to the street',
      class: 'IfcStair',
      type: 'HALF_TURN_STAIR',
      bodies: [...stair.flights, ...landings, street],
      ...SHELL,
    },
    glass('XS-GL-W', [west, west + 0.06], [south + 0.2, north - 0.2]),
    glass('XS-GL-E', [east - 0.06, east], [south + 0.2, north - 0.2]),
    glass('XS-GL-N', [west + 0.2, east - 0.2], [north - 0.06, north]),
    glass('XS-GL-S1', [west + 0.2, -155.9], [south, south + 0.06]),
    glass('XS-GL-S2', [-151.9, east - 0.2], [south, south + 0.06]),
    {
      id: 'XS-FRAME',
      title: '出入口钢架 Frame of the entrance',
      class: 'IfcColumn',
      type: 'COLUMN',
      in: 'ground',
      bodies: [frame.done()],
      color: COLOR.steel,
      material: '钢 Steel',
    },
    {
      id: 'XS-ROOF',
      title: '出入口顶棚 Roof of the entrance pavilion',
      class: 'IfcSlab',
      type: 'ROOF',
      in: 'ground',
      bodies: [box([west - 0.8, east + 0.8], [south - 1.2, north + 0.8], [lintel, top])],
      color: COLOR.officeRoof,
      material: '铝板 Aluminium',
    },
    {
      id: 'XS-STEP',
      title: '出入口踏步 Steps of the entrance',
      class: 'IfcStair',
      type: 'STRAIGHT_RUN_STAIR',
      in: 'ground',
      bodies: [flight({ along: 'y', start: south - 1.2, direction: 1, across: [-156, -152], from: g - 0.1, to: sill, steps: 4, going: 0.3, waist: 0.5 })],
      color: COLOR.concrete,
      material: '石材 Stone',
      sets: { DT_Barrier: { SillLevel: { measure: 'IfcLengthMeasure', value: sill }, CrestLevel: { measure: 'IfcLengthMeasure', value: sill } } },
    },
  ]
}

/** Shield tunnels as far as they stand: 30 m of lining with a steel bulkhead at the end. */
const STUBS = [
  { id: 'TUN-WL', y: 5.6, x: [-134.2, -104.2] as Range, invert: -17.3, end: -134.2 },
  { id: 'TUN-WR', y: -5.6, x: [-134.2, -104.2] as Range, invert: -17.3, end: -134.2 },
  { id: 'TUN-EL', y: 5.6, x: [104.2, 134.2] as Range, invert: -17.7, end: 134.2 },
  { id: 'TUN-ER', y: -5.6, x: [104.2, 134.2] as Range, invert: -17.7, end: 134.2 },
]
function stubs(): ElementRecipe[] {
  return STUBS.flatMap(({ id, y, x, invert, end }): ElementRecipe[] => {
    const z = invert + 2.7
    const inside = end - 0.2 * Math.sign(end)
    return [
      {
        id,
        title: '盾构隧道 (既成 30 m) Tunnel stub',
        class: 'IfcWall',
        type: 'SOLIDWALL',
        in: 'platform',
        bodies: [rod([x[0], y, z], [x[1], y, z], { kind: 'circle-hollow', radius: 3, thickness: 0.3 })],
        color: COLOR.concrete,
        material: '预制管片 Segmental lining',
      },
      {
        id: `${id}-BH`,
        title: '钢封门 Steel bulkhead',
        class: 'IfcPlate',
        type: 'SHEET',
        in: 'platform',
        bodies: [pipe([Math.min(end, inside), y, z], [Math.max(end, inside), y, z], 2.7)],
        color: COLOR.steel,
        material: '钢 Steel',
      },
    ]
  })
}

/** Rooms that store water, with their volume by level [m³]. */
function rooms(): SpatialRecipe[] {
  const east = '-17.50:8.2 -17.30:23.0 -17.10:41.7 -17.00:52.3 -16.79:76.5 -16.50:113.7 -16.00:185.3 -15.00:343.5 -12.30:687'
  const west = '-17.30:0 -17.10:8.2 -17.00:15.0 -16.79:32.9 -16.50:63.5 -16.00:127.4 -15.00:279.0 -11.90:687'
  const existing = '-17.40:0 -17.30:52 -17.10:169 -17.00:234 -16.79:370 -16.50:558 -16.00:881 -15.00:1528'
  const store = (volumes: string, boundary: string) => ({ DT_Store: { LevelVolume: volumes, Boundary: boundary } })
  const room = (key: string, title: string, bodies: SpatialRecipe['bodies'] & object, sets: SpatialRecipe['sets'] & object): SpatialRecipe => ({
    key,
    name: key,
    title,
    class: 'IfcSpace',
    type: 'INTERNAL',
    in: 'platform',
    bodies,
    color: COLOR.water,
    transparency: 0.8,
    sets,
  })
  const tunnels = STUBS.map(({ id, y, x, invert }) => {
    const z = invert + 2.7
    return room(`SPC-${id}`, '隧道内净空 Tunnel', [pipe([x[0], y, z], [x[1], y, z], 2.7)], store(invert < -17.5 ? east : west, 'closed'))
  })
  return [
    ...tunnels,
    room('SPC-XP', '连接通道 Passage', [box([...PASSAGE.x], [-2, 2], [PASSAGE.floor, PASSAGE.ceiling])], store(existing, 'SPC-XH')),
    room(
      'SPC-XH',
      '既有站厅 Hall',
      [box([...HALL.x], [...HALL.y], [HALL.floor, HALL.ceiling])],
      store(existing, `operating line, 10 m at ${LINE_SILL.toFixed(2)}`),
    ),
    room('SPC-XC', '走道 Corridor', [box([...CORRIDOR.x], [...CORRIDOR.y], [CORRIDOR.floor, CORRIDOR.ceiling])], store(existing, 'SPC-XH')),
    room('SPC-XS', '楼梯井 Stair shaft', [box([...SHAFT.x], [...SHAFT.y], [SHAFT.floor, SHAFT.sill])], store(existing, `street over ${SHAFT.sill.toFixed(2)}`)),
  ]
}
