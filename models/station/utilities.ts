import type { Vec3 } from '@/core/base/geometry'
import type { ElementRecipe, FileRecipe, JointRecipe, PropertySets, SystemRecipe } from '@/core/ifc/write/index.ts'
import { COLOR } from './palette.ts'
import { box, boxAlong, every, pipe, type Range, rod, two } from './shapes.ts'
import { ground } from './site.ts'

/** 02-UTL: what lies in the ground already. Levels and joints of the storm and foul lines follow from their falls. */
export function utilities(): Pick<FileRecipe, 'elements' | 'systems' | 'joints'> {
  const lines = [water(), gas(), power(), telecom(), heating(), stormNorth(), stormHutong(), sewageMain(), sewageBranch(), oldCulvert()]
  return { elements: lines.flatMap((l) => l.elements), systems: lines.map((l) => l.system), joints: lines.flatMap((l) => l.joints) }
}

interface Line {
  readonly system: SystemRecipe
  readonly elements: readonly ElementRecipe[]
  readonly joints: readonly JointRecipe[]
}
type Meeting = readonly [from: string, to: string, at: Vec3]

function line(
  id: string,
  title: string,
  type: string,
  elements: readonly ElementRecipe[],
  meetings: readonly Meeting[],
  kind: JointRecipe['kind'] = 'PIPE',
): Line {
  return {
    system: { id, title, type, members: elements.map((element) => element.id) },
    elements,
    joints: meetings.map(([from, to, at]) => ({ from, to, at, system: type, kind })),
  }
}

interface PipeData {
  readonly title: string
  readonly outer: number
  readonly nominal: number
  readonly inner: number
  readonly color: string
  readonly material: string
  readonly roughness?: number
  readonly invert?: number
  readonly gradient?: number
  readonly hollow?: boolean
}
function pipeElement(id: string, from: Vec3, to: Vec3, data: PipeData): ElementRecipe {
  const radius = data.outer / 2
  const thickness = (data.outer - data.inner) / 2
  const body = data.hollow ? rod(from, to, { kind: 'circle-hollow', radius, thickness }) : pipe(from, to, radius)
  return {
    id,
    title: data.title,
    class: 'IfcPipeSegment',
    type: data.nominal >= 1 ? 'CULVERT' : 'RIGIDSEGMENT',
    in: 'site',
    bodies: [body],
    color: data.color,
    material: data.material,
    sets: {
      Pset_PipeSegmentTypeCommon: {
        Status: { list: ['EXISTING'] },
        NominalDiameter: { measure: 'IfcPositiveLengthMeasure', value: data.nominal },
        InnerDiameter: { measure: 'IfcPositiveLengthMeasure', value: data.inner },
        OuterDiameter: { measure: 'IfcPositiveLengthMeasure', value: data.outer },
      },
      Pset_PipeSegmentOccurrence: {
        ...(data.roughness ? { InteriorRoughnessCoefficient: { measure: 'IfcPositiveLengthMeasure', value: data.roughness } } : {}),
        ...(data.gradient === undefined ? {} : { Gradient: { measure: 'IfcPositiveRatioMeasure', value: data.gradient } }),
        ...(data.invert === undefined ? {} : { InvertElevation: { measure: 'IfcLengthMeasure', value: data.invert } }),
      },
    },
  }
}

type ChamberType = 'MANHOLE' | 'VALVECHAMBER' | 'INSPECTIONCHAMBER'
function chamber(id: string, title: string, type: ChamberType, x: Range, y: Range, z: Range, color: string, sets?: PropertySets): ElementRecipe {
  const status = { Pset_DistributionChamberElementCommon: { Status: { list: ['EXISTING'] } } }
  return {
    id,
    title,
    class: 'IfcDistributionChamberElement',
    type,
    in: 'site',
    bodies: [box(x, y, z)],
    color,
    material: '砖砌 Brick',
    sets: { ...status, ...sets },
  }
}
function node(lineId: string, invert: number, rim: number, downstream: string): PropertySets {
  return {
    DT_Node: {
      LineId: lineId,
      InvertLevel: { measure: 'IfcLengthMeasure', value: invert },
      RimLevel: { measure: 'IfcLengthMeasure', value: rim },
      Downstream: downstream,
    },
  }
}
/** Half of a manhole's side [m]; its floor lies 0.30 m below the invert. */
const HALF = 0.75
function manhole(id: string, lineId: string, x: number, y: number, invert: number, downstream: string, color: string): ElementRecipe {
  const rim = ground(x, y)
  const z: Range = [invert - 0.3, rim]
  return chamber(id, '检查井 Manhole', 'MANHOLE', [x - HALF, x + HALF], [y - HALF, y + HALF], z, color, node(lineId, invert, rim, downstream))
}

function water(): Line {
  const data: PipeData = {
    title: '给水 DN600 球墨铸铁 Water main',
    outer: 0.635,
    inner: 0.6152,
    nominal: 0.6,
    color: COLOR.water,
    material: '球墨铸铁 Ductile iron',
    hollow: true,
  }
  const at = (y: number): Vec3 => [-36, y, -1.6]
  const segment = (n: number, from: number, to: number) => pipeElement(`W1-seg${n}`, at(from), at(to), data)
  const valve = (id: string, y: Range) => chamber(id, '阀门井 Valve chamber', 'VALVECHAMBER', [-36.75, -35.25], y, [-2.3, 0], COLOR.water)
  return line(
    'W1',
    '给水 DN600 球墨铸铁 (悬吊)',
    'WATERSUPPLY',
    [valve('W1-VCS', [-45.5, -44]), segment(1, -44, -12), segment(2, -12, 12), segment(3, 12, 25), valve('W1-VCN', [25, 26.5])],
    [
      ['W1-VCS', 'W1-seg1', at(-44)],
      ['W1-seg1', 'W1-seg2', at(-12)],
      ['W1-seg2', 'W1-seg3', at(12)],
      ['W1-seg3', 'W1-VCN', at(25)],
    ],
  )
}

function gas(): Line {
  const data: PipeData = {
    title: '中压燃气 DN300 钢 Gas main',
    outer: 0.325,
    inner: 0.309,
    nominal: 0.3,
    color: COLOR.gas,
    material: '钢 Steel',
  }
  return line('G1', '中压燃气 DN300 钢', 'GAS', [pipeElement('G1-seg1', [21.5, -44, -1.1], [21.5, 44, -1.1], data)], [])
}

function bank(id: string, title: string, type: 'CONDUITSEGMENT' | 'CABLETRUNKINGSEGMENT', body: ReturnType<typeof boxAlong>, color: string): ElementRecipe {
  return {
    id,
    title,
    class: 'IfcCableCarrierSegment',
    type,
    in: 'site',
    bodies: [body],
    color,
    material: '混凝土包封 Concrete encasement',
    sets: {
      Pset_CableCarrierSegmentTypeConduitSegment: { NominalWidth: body.profile.kind === 'rectangle' ? body.profile.width : 0 },
      DT_Status: { Status: 'EXISTING' },
    },
  }
}
function power(): Line {
  const body = boxAlong('y', [22, 23.2], [-44, 44], [-1.5, -0.7])
  return line('E1', '电力排管 12孔', 'ELECTRICAL', [bank('E1-seg1', '电力排管 12孔 Power duct bank', 'CONDUITSEGMENT', body, COLOR.power)], [], 'CABLECARRIER')
}

/** Lines along x in five pieces of 64 m. */
function lengths(id: string): { readonly id: string; readonly x: Range }[] {
  return every(64, -160, 5).map((from, k) => ({ id: `${id}-seg${k + 1}`, x: [from, from + 64] as const }))
}
function meetings(id: string, y: number, z: number): Meeting[] {
  return every(64, -96, 4).map((x, k) => [`${id}-seg${k + 1}`, `${id}-seg${k + 2}`, [x, y, z]] as const)
}
function telecom(): Line {
  const elements = lengths('T1').map(({ id, x }) =>
    bank(id, '通信 24孔 Telecom duct bank', 'CONDUITSEGMENT', boxAlong('x', x, [-14.3, -13.7], [-2.9, -2.4]), COLOR.telecom),
  )
  return line('T1', '通信 24孔', 'COMMUNICATION', elements, meetings('T1', -14, -2.65), 'CABLECARRIER')
}
function heating(): Line {
  const elements = lengths('H1').map(
    ({ id, x }): ElementRecipe => ({
      id,
      title: '热力沟 2xDN500 Heating culvert',
      class: 'IfcPipeSegment',
      type: 'CULVERT',
      in: 'site',
      bodies: [boxAlong('x', x, [13.3, 15.7], [-4.2, -2.2])],
      color: COLOR.heat,
      material: '钢筋混凝土 Reinforced concrete',
      sets: {
        Pset_PipeSegmentTypeCommon: { Status: { list: ['EXISTING'] } },
        Pset_PipeSegmentTypeCulvert: {
          InternalWidth: { measure: 'IfcLengthMeasure', value: 1.9 },
          ClearDepth: { measure: 'IfcLengthMeasure', value: 1.5 },
        },
        DT_Carries: { Pipes: '2 x DN500', NominalDiameter: { measure: 'IfcPositiveLengthMeasure', value: 0.5 } },
      },
    }),
  )
  return line('H1', '热力沟 2xDN500', 'HEATING', elements, meetings('H1', 14.5, -3.2))
}

interface SewerData {
  readonly id: string
  readonly title: string
  readonly type: 'STORMWATER' | 'SEWAGE'
  readonly y: number
  readonly from: number
  readonly pipe: PipeData
  readonly nodes: readonly { readonly id: string; readonly x: number; readonly invert: number }[]
  readonly outfall: { readonly id: string; readonly invert: number; readonly capacity: number | null }
}
/** A sewer along x between manholes: pipes end at the manholes' walls, their axes lie on the line of inverts. */
function sewer(data: SewerData): Line {
  const { id, y, nodes, outfall } = data
  const color = data.type === 'SEWAGE' ? COLOR.sewage : COLOR.storm
  const invertAt = invertOf(data)
  const axis = (x: number): Vec3 => [x, y, invertAt(x) + data.pipe.inner / 2]
  const manholes = nodes.map(({ id: name, x, invert }, k) => manhole(name, id, x, y, invert, nodes[k + 1]?.id ?? outfall.id, color))
  const stops = [data.from, ...nodes.map((n) => n.x), 160]
  const joints: Meeting[] = []
  const pipes = stops.slice(1).map((end, k) => {
    const name = `${id}-seg${k + 1}`
    const [from, to] = [k === 0 ? stops[0] : stops[k] + HALF, k === nodes.length ? end : end - HALF]
    if (k > 0) joints.push([nodes[k - 1].id, name, axis(from)])
    joints.push([name, k === nodes.length ? outfall.id : nodes[k].id, axis(to)])
    const gradient = (invertAt(from) - invertAt(to)) / (to - from)
    return pipeElement(name, axis(from), axis(to), { ...data.pipe, invert: invertAt(from), gradient: Math.max(0, Math.round(gradient * 1e6) / 1e6) })
  })
  const [, , z] = axis(160)
  const half = data.pipe.outer / 2 + 0.2
  const end = chamber(outfall.id, '下游出口 Outfall (boundary)', 'INSPECTIONCHAMBER', [160, 160.3], [y - half, y + half], [z - half, z + half], color, {
    ...node(id, outfall.invert, ground(160, y), ''),
    DT_Outfall: {
      ...(outfall.capacity === null ? {} : { Capacity: { measure: 'IfcVolumetricFlowRateMeasure' as const, value: outfall.capacity } }),
      InvertLevel: { measure: 'IfcLengthMeasure', value: outfall.invert },
      Stage: { measure: 'IfcLengthMeasure', value: outfall.invert },
    },
  })
  return line(id, data.title, data.type, [...pipes, ...manholes, end], joints)
}
function invertOf({ nodes, outfall }: SewerData): (x: number) => number {
  const [a, b] = [nodes[0], { x: 160, invert: outfall.invert }]
  return (x) => a.invert + ((b.invert - a.invert) * (x - a.x)) / (b.x - a.x)
}

/** Pipes that join gullies to sewers. */
const LATERAL: PipeData = {
  title: '雨水口连接管 DN300 Gully lateral',
  outer: 0.315,
  inner: 0.297,
  nominal: 0.3,
  color: COLOR.storm,
  material: 'HDPE',
}
/** Grates show through the paving that lies on the ground [m]; water enters at ground level. */
const GRATE = 0.04
function gully(id: string, lineId: string, x: Range, y: Range, floor: number, downstream: string): ElementRecipe {
  const rim = ground((x[0] + x[1]) / 2, (y[0] + y[1]) / 2)
  return {
    id,
    title: '雨水口 Gully',
    class: 'IfcWasteTerminal',
    type: 'GULLYSUMP',
    in: 'site',
    bodies: [box(x, y, [floor, rim + GRATE])],
    color: COLOR.storm,
    material: '砖砌 Brick',
    sets: {
      ...node(lineId, floor, rim, downstream),
      DT_Inlet: { Capacity: { measure: 'IfcVolumetricFlowRateMeasure', value: 0.02 }, Perimeter: { measure: 'IfcLengthMeasure', value: 2 } },
    },
  }
}
function joined(main: Line, elements: readonly ElementRecipe[], more: readonly Meeting[]): Line {
  const all = line(main.system.id, main.system.title, main.system.type, [...main.elements, ...elements], more)
  return { ...all, joints: [...main.joints, ...all.joints] }
}

function stormNorth(): Line {
  const nodes = [
    [-150, -3.615],
    [-90, -3.705],
    [-30, -3.795],
    [30, -3.885],
    [90, -3.975],
    [150, -4.065],
  ].map(([x, invert], k) => ({ id: `RM${k + 1}`, x, invert }))
  const data: SewerData = {
    id: 'R1',
    title: '雨水 D1400 RC',
    type: 'STORMWATER',
    y: 30,
    from: -160,
    pipe: {
      title: '雨水 D1400 钢筋混凝土 Storm sewer',
      outer: 1.68,
      inner: 1.4,
      nominal: 1.4,
      color: COLOR.storm,
      material: '钢筋混凝土 Reinforced concrete',
      roughness: 0.0015,
    },
    nodes,
    outfall: { id: 'OF-R1', invert: -4.08, capacity: 2.28 },
  }
  const invertAt = invertOf(data)
  const elements: ElementRecipe[] = []
  const more: Meeting[] = []
  every(30, -145, 11).forEach((x, k) => {
    const id = `GN-${two(k + 1)}`
    const segment = `R1-seg${nodes.filter((n) => n.x < x).length + 1}`
    const b: Vec3 = [x, 64.5, -0.9]
    const a: Vec3 = [x, 40.5, -1]
    const out: Vec3 = [x, 40, -1]
    const saddle: Vec3 = [x, 30, invertAt(x) + 1.4]
    elements.push(
      gully(`${id}a`, 'R1', [x - 0.25, x + 0.25], [40, 40.5], -1.3, segment),
      gully(`${id}b`, 'R1', [x - 0.25, x + 0.25], [64.5, 65], -1.2, `${id}a`),
      pipeElement(`${id}-p1`, b, a, LATERAL),
      pipeElement(`${id}-p2`, out, saddle, LATERAL),
    )
    more.push([`${id}b`, `${id}-p1`, b], [`${id}-p1`, `${id}a`, a], [`${id}a`, `${id}-p2`, out], [`${id}-p2`, segment, saddle])
  })
  return joined(sewer(data), elements, more)
}

function stormHutong(): Line {
  const nodes = [
    { id: 'J6', x: -88, invert: -2.156 },
    { id: 'J5', x: -28, invert: -2.336 },
    { id: 'J4', x: 32, invert: -2.516 },
    { id: 'J3', x: 92, invert: -2.696 },
    { id: 'J2', x: 122, invert: -2.786 },
    { id: 'J1', x: 152, invert: -2.876 },
  ]
  const elements: ElementRecipe[] = []
  const more: Meeting[] = []
  for (const { id, x } of nodes) {
    const [from, to]: [Vec3, Vec3] = [
      [x, -56, -1.25],
      [x, -48 - HALF, -1.4],
    ]
    elements.push(gully(`GH-${id}`, 'R2', [x - 0.25, x + 0.25], [-56.5, -56], -1.6, id), pipeElement(`GH-${id}-p1`, from, to, LATERAL))
    more.push([`GH-${id}`, `GH-${id}-p1`, from], [`GH-${id}-p1`, id, to])
  }
  // Six gullies side by side about the low point of the yard, on one pipe that drains to J3.
  const [first, last]: [Vec3, Vec3] = [
    [88.75, -30, -1.4],
    [95.25, -30, -1.4],
  ]
  const [tee, end]: [Vec3, Vec3] = [
    [92, -30, -1.4],
    [92, -48 + HALF, -1.55],
  ]
  elements.push(pipeElement('YG-p1', first, last, LATERAL), pipeElement('YG-p2', tee, end, LATERAL))
  more.push(['YG-p1', 'YG-p2', tee], ['YG-p2', 'J3', end])
  every(1.3, 88.75, 6).forEach((x, k) => {
    elements.push(gully(`YG${k + 1}`, 'R2', [x - 0.25, x + 0.25], [-30.25, -29.75], -1.4, 'J3'))
    more.push([`YG${k + 1}`, 'YG-p1', [x, -30, -1.4]])
  })
  const main = sewer({
    id: 'R2',
    title: '雨水 D600 RC (胡同)',
    type: 'STORMWATER',
    y: -48,
    from: -140,
    pipe: {
      title: '雨水 D600 钢筋混凝土 Storm sewer (hutong)',
      outer: 0.72,
      inner: 0.6,
      nominal: 0.6,
      color: COLOR.storm,
      material: '钢筋混凝土 Reinforced concrete',
      roughness: 0.0015,
    },
    nodes,
    outfall: { id: 'OF-R2', invert: -2.9, capacity: 0.34 },
  })
  return joined(main, elements, more)
}

function sewageMain(): Line {
  return sewer({
    id: 'S1',
    title: '污水 D1100 RC',
    type: 'SEWAGE',
    y: 36,
    from: -160,
    pipe: {
      title: '污水 D1100 钢筋混凝土 Sewer',
      outer: 1.32,
      inner: 1.1,
      nominal: 1.1,
      color: COLOR.sewage,
      material: '钢筋混凝土 Reinforced concrete',
      roughness: 0.0015,
    },
    nodes: [-135, -75, -15, 58.5, 105].map((x, k) => ({ id: `SM${k + 1}`, x, invert: -6 })),
    outfall: { id: 'OF-S1', invert: -6, capacity: null },
  })
}

function sewageBranch(): Line {
  const data: PipeData = {
    title: '污水支管 DN400 Sewer branch',
    outer: 0.4,
    inner: 0.36,
    nominal: 0.4,
    color: COLOR.sewage,
    material: 'HDPE',
    invert: -1.46,
    gradient: 0,
  }
  const at = (y: number): Vec3 => [58.5, y, -1.28]
  const head = chamber('S2-M1', '污水起点井 Head manhole', 'MANHOLE', [57.75, 59.25], [-45.5, -44], [-1.9, -0.3], COLOR.sewage, node('S2', -1.46, -0.3, 'SM4'))
  return line(
    'S2',
    '污水支管 DN400',
    'SEWAGE',
    [head, pipeElement('S2-seg1', at(-44), at(-12), data), pipeElement('S2-seg2', at(-12), at(12), data), pipeElement('S2-seg3', at(12), at(35.25), data)],
    [
      ['S2-M1', 'S2-seg1', at(-44)],
      ['S2-seg1', 'S2-seg2', at(-12)],
      ['S2-seg2', 'S2-seg3', at(12)],
      ['S2-seg3', 'SM4', at(35.25)],
    ],
  )
}

function oldCulvert(): Line {
  const element: ElementRecipe = {
    id: 'O1',
    title: '废弃砖沟 1.0x1.2 Abandoned brick culvert',
    class: 'IfcPipeSegment',
    type: 'CULVERT',
    in: 'site',
    bodies: [rod([108, 18, -3], [116.5, 26.5, -3], { kind: 'rectangle', width: 1, height: 1.2 })],
    color: COLOR.old,
    material: '砖砌 Brick',
    sets: {
      Pset_PipeSegmentTypeCommon: { Status: { list: ['UNSET'] } },
      Pset_PipeSegmentTypeCulvert: {
        InternalWidth: { measure: 'IfcLengthMeasure', value: 0.6 },
        ClearDepth: { measure: 'IfcLengthMeasure', value: 0.8 },
      },
    },
  }
  return line('O1', '废弃砖沟', 'DRAINAGE', [element], [])
}
