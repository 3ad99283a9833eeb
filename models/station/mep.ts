import type { Vec3 } from '@/core/base/geometry'
import type { ElementClass, ElementRecipe, FileRecipe, JointRecipe, ProfileRecipe, SystemRecipe } from '@/core/ifc/write/index.ts'
import { COLOR } from './palette.ts'
import { box, boxAlong, every, type Range, rod, two } from './shapes.ts'
import { MID, slabTop } from './site.ts'

/** 05-MEP: the services of the built west part with their supports. */
export function mep(): Pick<FileRecipe, 'elements' | 'systems' | 'joints' | 'links'> {
  const parts = [...RUNS.map(straightRun), ductAcross(), fireMainAcross(), hydrantDrops(), sprinklerBranches()]
  const supports = [...RUNS.flatMap(supportsOf), ...supportsAcross()]
  const systems = new Map<string, SystemRecipe>()
  for (const { system, elements } of parts) {
    const known = systems.get(system.id)
    const members = [...(known?.members ?? []), ...elements.map((element) => element.id)]
    systems.set(system.id, { ...(known ?? system), members })
  }
  return {
    elements: [...parts.flatMap((part) => part.elements), ...supports.map((support) => support.element)],
    systems: [...systems.values()],
    joints: parts.flatMap((part) => part.joints),
    links: supports.flatMap(({ element, carries }) => carries.map((run) => [element.id, run] as const)),
  }
}

interface Part {
  readonly system: Omit<SystemRecipe, 'members'>
  readonly elements: readonly ElementRecipe[]
  readonly joints: readonly JointRecipe[]
}
interface Section {
  readonly round?: number /* outer diameter, m */
  readonly wall?: number /* thickness of a round section that is drawn hollow, m */
  readonly flat?: readonly [width: number, height: number]
}
interface Run {
  readonly id: string
  readonly title: string
  readonly system: string
  readonly color: string
  readonly section: Section
  readonly y: number
  /** Axis at the west and the east end [m]. */
  readonly z: readonly [number, number]
  /** Ends of the pieces, from west to east. */
  readonly stops: readonly number[]
  readonly support: 'hanger' | 'frame' | 'stand' | 'none'
  readonly carries?: readonly string[]
}
const PLATFORM = every(14, -100, 6)
const CONCOURSE = every(15, -100, 5)
function level(z: number): [number, number] {
  return [z, z]
}

const RUNS: readonly Run[] = [
  run('SD1', '排烟风管 1600x630 Smoke duct', 'EXHAUST', COLOR.exhaust, { flat: [1.6, 0.63] }, -4, level(-12.2), PLATFORM),
  run('SD2', '送风风管 1250x500 Supply duct', 'AIRCONDITIONING', COLOR.supply, { flat: [1.25, 0.5] }, 4, level(-12.2), PLATFORM),
  run('FM2', '消防干管 DN150 Fire main', 'FIREPROTECTION', COLOR.fire, { round: 0.168 }, 2, level(-12.2), PLATFORM),
  run('FM3', '消火栓干管 DN150 Hydrant main', 'FIREPROTECTION', COLOR.fire, { round: 0.168 }, 9, level(-12.2), PLATFORM),
  run('SPK', '喷淋干管 DN150 Sprinkler main', 'FIREPROTECTION', COLOR.fire, { round: 0.168 }, -1.6, level(-11.75), PLATFORM),
  {
    ...run('CHS', '冷冻水供水 DN100 Chilled water supply', 'CHILLEDWATER', COLOR.chilled, { round: 0.174 }, 6.5, level(-12), PLATFORM),
    carries: ['CHS', 'CHR'],
  },
  { ...run('CHR', '冷冻水回水 DN100 Chilled water return', 'CHILLEDWATER', COLOR.chilled, { round: 0.174 }, 6.7, level(-12), PLATFORM), support: 'none' },
  run('PW1', '给水 DN80 Water', 'DOMESTICCOLDWATER', COLOR.water, { round: 0.089 }, 7.4, level(-12), PLATFORM),
  run('CT1', '强电桥架 400x100 Power tray', 'ELECTRICAL', COLOR.trayPower, { flat: [0.4, 0.1] }, -6.2, level(-11.7), PLATFORM),
  run('CT2', '弱电桥架 300x100 Data tray', 'COMMUNICATION', COLOR.trayData, { flat: [0.3, 0.1] }, -7.2, level(-11.7), PLATFORM),
  { ...run('DR1', '重力排水 DN150 Gravity drain', 'WASTEWATER', COLOR.waste, { round: 0.16 }, 8.4, [-16.46, -16.8], [-94, -60]), support: 'stand' },
  { ...run('DR2', '重力排水 DN150 Gravity drain', 'WASTEWATER', COLOR.waste, { round: 0.16 }, -8.4, [-16.84, -16.5], [-94, -60]), support: 'stand' },
  { ...run('CD1', '回风管 1000x400 Return duct', 'AIRCONDITIONING', COLOR.supply, { flat: [1, 0.4] }, -6, level(-8.65), CONCOURSE), support: 'frame' },
  { ...run('CD2', '送风管 1000x400 Supply duct', 'AIRCONDITIONING', COLOR.supply, { flat: [1, 0.4] }, 3, level(-8.4), CONCOURSE), support: 'frame' },
  { ...run('CT3', '桥架 300x100 Cable tray', 'ELECTRICAL', COLOR.trayPower, { flat: [0.3, 0.1] }, -8.4, level(-8.35), CONCOURSE), support: 'frame' },
]
function run(
  id: string,
  title: string,
  system: string,
  color: string,
  section: Section,
  y: number,
  z: readonly [number, number],
  stops: readonly number[],
): Run {
  return { id, title, system, color, section, y, z, stops, support: 'hanger' }
}

function classOf(system: string): { class: ElementClass; type: string; kind: JointRecipe['kind'] } {
  if (system === 'EXHAUST' || system === 'AIRCONDITIONING') return { class: 'IfcDuctSegment', type: 'RIGIDSEGMENT', kind: 'DUCT' }
  if (system === 'ELECTRICAL' || system === 'COMMUNICATION') return { class: 'IfcCableCarrierSegment', type: 'CABLETRAYSEGMENT', kind: 'CABLECARRIER' }
  return { class: 'IfcPipeSegment', type: 'RIGIDSEGMENT', kind: 'PIPE' }
}
type Piece = Pick<Run, 'title' | 'system' | 'color' | 'section'>
function piece(id: string, data: Piece, from: Vec3, to: Vec3, extra: ElementRecipe['sets'] = {}): ElementRecipe {
  const { round, flat, wall } = data.section
  const storey = from[2] > MID.top ? 'concourse' : 'platform'
  const size = round
    ? { Pset_PipeSegmentTypeCommon: { OuterDiameter: { measure: 'IfcPositiveLengthMeasure' as const, value: round } } }
    : { DT_Section: { Width: flat![0], Height: flat![1] } }
  return {
    id,
    title: data.title,
    class: classOf(data.system).class,
    type: classOf(data.system).type,
    in: storey,
    bodies: [round ? rod(from, to, circle(round, wall)) : rectangle(from, to, flat!)],
    color: data.color,
    material: round ? '钢 Steel' : '镀锌钢板 Galvanised steel',
    sets: { ...size, ...extra },
  }
}
function circle(diameter: number, thickness: number | undefined): ProfileRecipe {
  return thickness ? { kind: 'circle-hollow', radius: diameter / 2, thickness } : { kind: 'circle', radius: diameter / 2 }
}
/** Level runs along x or y with an upright rectangular section. */
function rectangle(from: Vec3, to: Vec3, [width, height]: readonly [number, number]) {
  const z: Range = [from[2] - height / 2, from[2] + height / 2]
  if (from[1] === to[1]) return boxAlong('x', [from[0], to[0]], [from[1] - width / 2, from[1] + width / 2], z)
  return boxAlong('y', [from[0] - width / 2, from[0] + width / 2], [from[1], to[1]], z)
}
function chain(id: string, data: Piece, points: readonly Vec3[], extra?: ElementRecipe['sets']): Part {
  const elements = points.slice(1).map((to, k) => piece(`${id}-s${k + 1}`, data, points[k], to, extra))
  const joints = points.slice(1, -1).map((at, k) => joint(`${id}-s${k + 1}`, `${id}-s${k + 2}`, at, data.system))
  return { system: { id, title: data.title, type: data.system }, elements, joints }
}
function joint(from: string, to: string, at: Vec3, system: string): JointRecipe {
  return { from, to, at, system, kind: classOf(system).kind }
}

function axisAt({ stops, z }: Run, x: number): number {
  const [west, east] = [stops[0], stops[stops.length - 1]]
  return z[0] + ((z[1] - z[0]) * (x - west)) / (east - west)
}
function straightRun(data: Run): Part {
  const points = data.stops.map((x): Vec3 => [x, data.y, axisAt(data, x)])
  // Gravity drains flow west, to the sumps; a positive gradient falls in the direction of flow.
  if (data.system === 'WASTEWATER') {
    const fall = (data.z[1] - data.z[0]) / (data.stops[1] - data.stops[0])
    const westward = points.toReversed()
    return chain(data.id, data, westward, {
      Pset_PipeSegmentOccurrence: { Gradient: Math.round(fall * 1e6) / 1e6, InvertElevation: { measure: 'IfcLengthMeasure', value: data.z[1] - 0.075 } },
    })
  }
  return chain(data.id, data, points)
}

const VD1: Piece & { readonly z: number; readonly x: number } = {
  title: '风管 1200x800 Duct',
  system: 'AIRCONDITIONING',
  color: COLOR.supply,
  section: { flat: [1.2, 0.8] },
  z: -13.05,
  x: -63,
}
function ductAcross(): Part {
  return chain(
    'VD1',
    VD1,
    [-8, -2.5, 2.5, 8].map((y): Vec3 => [VD1.x, y, VD1.z]),
  )
}
const FM1: Piece & { readonly z: number; readonly x: number } = {
  title: '消防干管 DN200 Fire main',
  system: 'FIREPROTECTION',
  color: COLOR.fire,
  section: { round: 0.219, wall: 0.006 },
  z: -12.2,
  x: -70,
}
function fireMainAcross(): Part {
  const part = chain(
    'FM1',
    FM1,
    [-9.2, -6.6, -1, 2].map((y): Vec3 => [FM1.x, y, FM1.z]),
  )
  return { ...part, joints: [...part.joints, joint('FM1-s3', 'FM2-s3', [FM1.x, 2, FM1.z], FM1.system)] }
}
function hydrantDrops(): Part {
  const data: Piece = { title: '消火栓支管 DN65 Hydrant drop', system: 'FIREPROTECTION', color: COLOR.fire, section: { round: 0.076 } }
  const places = [
    { x: -90, main: 'FM3-s1' },
    { x: -66, main: 'FM3-s3' },
    { x: -42, main: 'FM3-s5' },
  ]
  return {
    system: { id: 'FM3', title: '消火栓干管 DN150 Hydrant main', type: data.system },
    elements: places.map(({ x }, k) => piece(`FM3-D${k + 1}`, data, [x, 9, -12.2], [x, 9, -16.5])),
    joints: places.map(({ x, main }, k) => joint(main, `FM3-D${k + 1}`, [x, 9, -12.2], data.system)),
  }
}
function sprinklerBranches(): Part {
  const data: Piece = { title: '喷淋支管 DN32 Sprinkler branch', system: 'FIREPROTECTION', color: COLOR.fire, section: { round: 0.042 } }
  const places = every(9, -94.5, 8)
  return {
    system: { id: 'SPK', title: '喷淋干管 DN150 Sprinkler main', type: data.system },
    elements: places.map((x, k) => piece(`SPK-B${k + 1}`, data, [x, -5.5, -11.75], [x, 1.5, -11.75])),
    joints: places.map((x, k) => joint(`SPK-s${Math.floor((x + 100) / 14) + 1}`, `SPK-B${k + 1}`, [x, -1.6, -11.75], data.system)),
  }
}

interface Support {
  readonly element: ElementRecipe
  readonly carries: readonly string[]
}
/** Square rods of 0.02 m at the sides of a run, a bar of 0.04 m under it. */
const ROD = 0.02
const BAR = 0.04
const BESIDE = 0.03

function supportsOf(data: Run): Support[] {
  if (data.support === 'none') return []
  const [first, last] = [data.stops[0], data.stops[data.stops.length - 1]]
  return every(4, -97, 17)
    .filter((x) => x > first && x < last)
    .map((x, k) => {
      const carried = (data.carries ?? [data.id]).map((id) => RUNS.find((r) => r.id === id)!)
      const half = halfOf(data.section)
      const [low, high] = [Math.min(...carried.map((r) => r.y)) - half.width, Math.max(...carried.map((r) => r.y)) + half.width]
      const under = axisAt(data, x) - half.height - slackUnder(data)
      const index = data.stops.filter((stop) => stop < x).length
      const pieces = carried.map((r) => (r.system === 'WASTEWATER' ? `${r.id}-s1` : `${r.id}-s${index}`))
      return support(`${data.id}-h${two(k + 1)}`, data, [x - BAR / 2, x + BAR / 2], [low, high], under, pieces)
    })
}
function halfOf({ round, flat }: Section): { width: number; height: number } {
  return round ? { width: round / 2, height: round / 2 } : { width: flat![0] / 2, height: flat![1] / 2 }
}
/** A sloping pipe rests on the edge of its bar: the bar lies lower by what the pipe falls over half of the bar's width. */
function slackUnder({ z, stops }: Run): number {
  const slope = Math.abs((z[1] - z[0]) / (stops[stops.length - 1] - stops[0]))
  return slope === 0 ? 0 : (slope * BAR) / 2 + 0.00001
}
function support(id: string, data: Pick<Run, 'support'>, x: Range, y: Range, under: number, carries: readonly string[]): Support {
  const middle = (x[0] + x[1]) / 2
  const leg = (at: number) => {
    const z: Range = data.support === 'hanger' ? [under - BAR, MID.under] : [data.support === 'frame' ? MID.top : slabTop(middle), under]
    return box([middle - ROD / 2, middle + ROD / 2], [at - ROD / 2, at + ROD / 2], z)
  }
  const outer: Range = [y[0] - BESIDE, y[1] + BESIDE]
  const bodies = [box(x, [outer[0] - ROD, outer[1] + ROD], [under - BAR, under]), leg(outer[0]), leg(outer[1])]
  return { element: hanger(id, bodies, data.support === 'frame' ? 'concourse' : 'platform'), carries }
}
function hanger(id: string, bodies: ElementRecipe['bodies'], storey: string): ElementRecipe {
  return {
    id,
    title: '支吊架 Support',
    class: 'IfcMember',
    type: 'USERDEFINED',
    objectType: '支吊架 SUPPORT',
    in: storey,
    bodies,
    color: COLOR.hanger,
    material: '钢 Steel',
  }
}

function supportsAcross(): Support[] {
  const across = (id: string, data: Piece & { readonly x: number; readonly z: number }, ys: readonly number[]): Support[] =>
    ys.map((y, k) => {
      const half = halfOf(data.section)
      const under = data.z - half.height
      const rods = [data.x - half.width - BESIDE, data.x + half.width + BESIDE]
      const bodies = [
        box([rods[0] - ROD, rods[1] + ROD], [y - BAR / 2, y + BAR / 2], [under - BAR, under]),
        ...rods.map((x) => box([x - ROD / 2, x + ROD / 2], [y - ROD / 2, y + ROD / 2], [under - BAR, MID.under])),
      ]
      return { element: hanger(`${id}-h${two(k + 1)}`, bodies, 'platform'), carries: [`${id}-s${k + 1}`] }
    })
  return [...across('VD1', VD1, [-5.4, 1, 5.4]), ...across('FM1', FM1, [-8.2, -2.6, 0.6])]
}
