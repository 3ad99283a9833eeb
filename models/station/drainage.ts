import type { Vec3 } from '@/core/base/geometry'
import type { ElementRecipe, ExtrusionRecipe, FileRecipe, JointRecipe, SystemRecipe } from '@/core/ifc/write/index.ts'
import { COLOR } from './palette.ts'
import { box, pipe, type Range, rod, sideOn } from './shapes.ts'
import { ground, LOW_POINT, slabTop } from './site.ts'
import { DITCH_PIECES, ditchFloor, ditchOutline, sumpPlaces } from './sumps.ts'

/** 06-DRN: sumps, ditches, pumps with risers and hoses as in layout A, level sensors, panels and generator. */
export function drainage(): Pick<FileRecipe, 'elements' | 'systems' | 'joints' | 'links' | 'resources'> {
  const sets = PUMPS.map(pumpSet)
  const floor = floorDrainage()
  const supply = powerSupply()
  return {
    elements: [...floor.elements, ...sets.flatMap((s) => s.elements), ...supply.elements],
    systems: [floor.system, ...sets.map((s) => s.system), supply.system],
    joints: [...floor.joints, ...sets.flatMap((s) => s.joints)],
    links: sumpPlaces().map(({ id }) => [`LS-${id}`, id] as const),
    resources: [{ key: 'CR-PUMPING', name: '基坑抽排水设备 Pumping equipment', type: 'PUMPING', members: PUMPS.map((pump) => pump.id) }],
  }
}

interface PumpData {
  readonly id: string
  readonly sump: string
  readonly at: readonly [number, number]
  /** Corners of the steel pipe after the pump's outlet. */
  readonly riser: readonly Vec3[]
  /** Corners of the hose on the ground, from the end of the riser. */
  readonly hose: readonly (readonly [number, number])[]
  readonly hoseLength: number
  readonly panel: string
  readonly twice?: boolean
}
/** The end of every riser: the pipe crosses the parapet at this level [m]. */
const OVER = 0.9
const PUMPS: readonly PumpData[] = [
  {
    id: 'P-01',
    sump: 'SP1',
    at: [-94.55, -9.3],
    riser: [
      [-94.55, -9.3, OVER],
      [-94.55, -12.6, OVER],
    ],
    hose: [
      [-94.55, -12.6],
      [83, -12.6],
      [83, -30],
      [83, -48.1],
      [91.25, -48.1],
    ],
    hoseLength: 222,
    panel: 'DB1',
  },
  {
    id: 'P-02',
    sump: 'SP3',
    at: [0.45, -9.3],
    riser: [
      [0.45, -9.3, -16.8],
      [1.5, -9.4, -16.8],
      [1.5, -9.4, -9],
      [45, -9.4, -9],
      [45, -9.4, -5],
      [46.5, -9.4, -5],
      [46.5, -9.4, OVER],
      [46.5, -13.1, OVER],
    ],
    hose: [
      [46.5, -13.1],
      [82.4, -13.1],
      [82.4, -30],
      [82.4, -48.6],
      [91.25, -48.6],
    ],
    hoseLength: 81,
    panel: 'DB1',
  },
  {
    id: 'P-03',
    sump: 'SP5',
    at: [97.55, -9.3],
    riser: [
      [97.55, -9.3, OVER],
      [97.55, -12.6, OVER],
    ],
    hose: [
      [97.55, -12.6],
      [97.55, -26],
      [97.55, -48.1],
      [92.75, -48.1],
    ],
    hoseLength: 41,
    panel: 'DB2',
    twice: true,
  },
  {
    id: 'P-04',
    sump: 'SP6',
    at: [97.55, 9.3],
    riser: [
      [97.55, 9.3, OVER],
      [97.55, 12.6, OVER],
    ],
    hose: [
      [97.55, 12.6],
      [108, 12.6],
      [108, -26],
      [108, -48.6],
      [92.75, -48.6],
    ],
    hoseLength: 88,
    panel: 'DB2',
  },
]

const BORE = 0.168 / 2
function pumpSet(data: PumpData): { elements: ElementRecipe[]; system: SystemRecipe; joints: JointRecipe[] } {
  const sump = sumpPlaces().find(({ id }) => id === data.sump)!
  const [x, y] = data.at
  const foot = sump.floor + 0.03
  const outlet: Vec3 = [x, y, foot + 0.9]
  const pump = (key: string): ElementRecipe => ({
    id: data.id,
    key,
    title: '潜水排污泵 WQ100-25-15 Submersible pump',
    class: 'IfcPump',
    type: 'SUBMERSIBLEPUMP',
    in: 'platform',
    bodies: [box([x - 0.25, x + 0.25], [y - 0.25, y + 0.25], [foot, foot + 0.9])],
    color: COLOR.pump,
    material: '铸铁 Cast iron',
    sets: {
      Pset_PumpTypeCommon: { ConnectionSize: { measure: 'IfcPositiveLengthMeasure', value: 0.15 } },
      DT_Pump: {
        RatedFlow: 100,
        RatedHead: 25,
        CurvePoints: '0:33.33 50:31.25 100:25.00 150:14.58 200:0.00',
        PowerKW: 15,
        HoseDN: 150,
        HoseLength: data.hoseLength,
        StartLevel: 0.6,
        StopLevel: 0.25,
        PanelId: data.panel,
        DischargeNodeId: 'J3',
        Mobile: false,
        LeadTimeMin: 0,
      },
    },
  })
  const corners = [outlet, ...data.riser]
  const risers = corners.slice(1).map(
    (to, k): ElementRecipe => ({
      id: `${data.id}-r${k + 1}`,
      title: '排水立管 DN150 Riser',
      class: 'IfcPipeSegment',
      type: 'RIGIDSEGMENT',
      in: 'ground',
      bodies: [pipe(corners[k], to, BORE)],
      color: COLOR.steelLight,
      material: '钢 Steel',
      sets: nominal(0.15, 0.168),
    }),
  )
  const hoses = hoseLegs(data)
  const chain = [...risers.map((r) => r.id), ...hoses.map((h) => h.element.id)]
  const places = [...corners.slice(1), ...hoses.slice(1).map((h) => h.start)]
  const joints: JointRecipe[] = []
  const join = (from: string, to: string, at: Vec3) => joints.push({ from, to, at, system: 'DRAINAGE', kind: 'PIPE' })
  const copies = data.twice ? [data.id, `${data.id}#2`] : [data.id]
  for (const copy of copies) {
    join(data.sump, copy, [x, y, foot])
    join(copy, chain[0], outlet)
  }
  chain.slice(1).forEach((to, k) => {
    join(chain[k], to, places[k])
  })
  const elements = [...copies.map(pump), ...risers, ...hoses.map((h) => h.element)]
  const system = { id: data.id, title: '基坑排水 → J3 Pit drainage', type: 'DRAINAGE', members: [...copies, ...chain] }
  return { elements, system, joints }
}

/** Hoses lie 0.10 m (axis) over the ground and climb to 0.30 m at the rim of the manhole. Each leg is one element of straight pieces. */
function hoseLegs({ id, hose }: PumpData): { readonly element: ElementRecipe; readonly start: Vec3 }[] {
  const lay = 0.1
  return hose.slice(1).map((to, k) => {
    const from = hose[k]
    const last = k + 2 === hose.length
    const points = trace(from, to, last).map(([x, y, lift]): Vec3 => [x, y, ground(x, y) + lay + lift])
    if (k === 0) points.unshift([from[0], from[1], OVER])
    const bodies = points.slice(1).map((p, n) => hosePiece(points[n], p, n + 2 < points.length))
    const element: ElementRecipe = {
      id: `${id}-h${k + 1}`,
      title: '排水软管 DN150 Hose',
      class: 'IfcPipeSegment',
      type: 'FLEXIBLESEGMENT',
      in: 'ground',
      bodies,
      color: COLOR.hose,
      material: '橡胶 Rubber',
      sets: nominal(0.15, 0.168),
    }
    return { element, start: points[0] }
  })
}
/** Pieces overlap by a radius at inner bends, so that no wedge stays open. */
function hosePiece(a: Vec3, b: Vec3, bends: boolean): ExtrusionRecipe {
  if (!bends) return pipe(a, b, BORE)
  const length = Math.sqrt((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2 + (b[2] - a[2]) ** 2)
  const t = (length + BORE / 3) / length
  return pipe(a, [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t], BORE)
}
/** Points along a leg with what they stand over the lay of the hose: close together in the bowl, where the ground is curved. */
function trace(from: readonly [number, number], to: readonly [number, number], last: boolean): [number, number, number][] {
  const length = Math.abs(to[0] - from[0]) + Math.abs(to[1] - from[1])
  const at = (s: number): [number, number] => [from[0] + ((to[0] - from[0]) * s) / length, from[1] + ((to[1] - from[1]) * s) / length]
  const bowl = ([x, y]: [number, number]) => (x - LOW_POINT.x) ** 2 + (y - LOW_POINT.y) ** 2 < LOW_POINT.radius ** 2
  const stops = [0]
  const end = last ? length - 1 : length
  for (let s = 0; s < end; ) {
    const next = Math.min(end, s + 2)
    if (next === end || bowl(at(next)) || bowl(at(s))) stops.push(next)
    s = next
  }
  const points = stops.map((s): [number, number, number] => [...at(s), 0])
  return last ? [...points, [to[0], to[1], 0.2]] : points
}
function nominal(bore: number, outer: number): ElementRecipe['sets'] & object {
  return {
    Pset_PipeSegmentTypeCommon: {
      Status: { list: ['TEMPORARY'] },
      NominalDiameter: { measure: 'IfcPositiveLengthMeasure', value: bore },
      OuterDiameter: { measure: 'IfcPositiveLengthMeasure', value: outer },
    },
  }
}

function floorDrainage(): { elements: ElementRecipe[]; system: SystemRecipe; joints: JointRecipe[] } {
  const lining = 0.02
  const sumps = sumpPlaces().map(({ id, x, y, rim, floor }): ElementRecipe => {
    const shell = rod([x, y, floor], [x, y, rim], { kind: 'rectangle-hollow', width: 1.5, height: 1.5, thickness: lining })
    const half = 0.75 - lining
    return {
      id,
      title: '集水坑 Sump',
      class: 'IfcDistributionChamberElement',
      type: 'SUMP',
      in: 'platform',
      bodies: [shell, box([x - half, x + half], [y - half, y + half], [floor, floor + lining])],
      color: COLOR.steel,
      material: '钢衬 Steel lining',
      sets: {
        Pset_DistributionChamberElementTypeSump: {
          Length: { measure: 'IfcPositiveLengthMeasure', value: 1.5 },
          Width: { measure: 'IfcPositiveLengthMeasure', value: 1.5 },
          SumpInvertLevel: { measure: 'IfcPositiveLengthMeasure', value: 1.2 },
        },
        DT_Sump: {
          Area: 2.25,
          FloorLevel: { measure: 'IfcLengthMeasure', value: floor },
          RimLevel: { measure: 'IfcLengthMeasure', value: rim },
        },
      },
    }
  })
  const sensors = sumpPlaces().map(
    ({ id, x, y, floor }): ElementRecipe => ({
      id: `LS-${id}`,
      title: '液位传感器 Level sensor',
      class: 'IfcSensor',
      type: 'LEVELSENSOR',
      in: 'platform',
      bodies: [pipe([x, y - 0.6 * Math.sign(y), floor + 0.1], [x, y - 0.6 * Math.sign(y), floor + 1.1], 0.04)],
      color: COLOR.sensor,
    }),
  )
  const ditches = (['N', 'S'] as const).map((side): ElementRecipe => {
    const across = ([a, b]: Range): Range => (side === 'N' ? [a, b] : [-b, -a])
    return {
      id: `DITCH-${side}`,
      title: '排水沟 300x300 Ditch',
      class: 'IfcDistributionChamberElement',
      type: 'TRENCH',
      in: 'platform',
      bodies: DITCH_PIECES.map((piece) => sideOn(ditchOutline(piece), across(piece.y))),
      color: COLOR.concreteDark,
      material: '水泥砂浆 Mortar',
      sets: {
        Pset_DistributionChamberElementTypeTrench: {
          Width: { measure: 'IfcPositiveLengthMeasure', value: 0.3 },
          Depth: { measure: 'IfcPositiveLengthMeasure', value: 0.3 },
          InvertLevel: { measure: 'IfcPositiveLengthMeasure', value: 0.3 },
        },
        DT_Ditch: { Gradient: 0.003 },
      },
    }
  })
  const joints = sumpPlaces().flatMap(({ id, x, y }): JointRecipe[] => {
    const [ditch, centre] = [y > 0 ? 'DITCH-N' : 'DITCH-S', Math.sign(y) * (x < -20 ? 9.5 : 9.9)]
    const at = (side: number): Vec3 => [x + side, centre, ditchFloor(x + side)]
    return [-0.75, 0.75].map((side) => ({ from: ditch, to: id, at: at(side), system: 'DRAINAGE', kind: 'PIPE' }))
  })
  const members = [...sumps, ...sensors, ...ditches].map((element) => element.id)
  return { elements: [...sumps, ...ditches, ...sensors], system: { id: 'DITCH', title: '坑底集水 Pit floor drainage', type: 'DRAINAGE', members }, joints }
}

function powerSupply(): { elements: ElementRecipe[]; system: SystemRecipe } {
  const panel = (id: string, title: string, storey: string, x: Range, y: Range, bottom: number, height: number): ElementRecipe => ({
    id,
    title,
    class: 'IfcElectricDistributionBoard',
    type: 'DISTRIBUTIONBOARD',
    in: storey,
    bodies: [box(x, y, [bottom, bottom + height])],
    color: COLOR.panel,
    material: '钢 Steel',
    sets: {
      DT_FloodAsset: {
        CriticalLevel: { measure: 'IfcLengthMeasure', value: Math.round((bottom + 0.1) * 1e4) / 1e4 },
        Consequence: '跳闸，所带水泵停 Trips; its pumps stop',
        Owner: '总包 Contractor',
      },
    },
  })
  const skid = Math.round((ground(76.25, -24.25) + 0.15) * 1000) / 1000
  const genset: ElementRecipe = {
    id: 'GS1',
    title: '柴油发电机 200 kW Generator',
    class: 'IfcElectricGenerator',
    type: 'ENGINEGENERATOR',
    in: 'ground',
    bodies: [box([74.5, 78], [-25, -23.5], [skid, skid + 1.9])],
    color: COLOR.safety,
    material: '钢 Steel',
    sets: {
      DT_FloodAsset: {
        CriticalLevel: { measure: 'IfcLengthMeasure', value: Math.round((skid + 0.3) * 1000) / 1000 },
        Consequence: '备用电源失效 Standby power lost',
        Owner: '总包 Contractor',
      },
      DT_Genset: { PowerKW: 200, StartTimeMin: 6 },
    },
  }
  const elements = [
    panel('DB0', '总配电箱 Main panel', 'ground', [79.5, 80.5], [-20.3, -19.7], -0.14, 1.8),
    panel('DB1', '坑内配电箱 1 Pit panel 1', 'platform', [-60.4, -59.6], [-9.62, -9.22], slabTop(-60) + 0.15, 1.2),
    panel('DB2', '坑内配电箱 2 Pit panel 2', 'platform', [89.6, 90.4], [-10.3, -9.9], slabTop(90) + 0.6, 1.2),
    genset,
  ]
  return { elements, system: { id: 'EL-T', title: '临时用电 Temporary power', type: 'ELECTRICAL', members: elements.map((element) => element.id) } }
}
