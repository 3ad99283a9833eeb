import type { Vec3 } from '@/core/base/geometry'
import type { ElementRecipe, TaskRecipe } from '@/core/ifc/write/index.ts'
import { COLOR } from './palette.ts'
import { box, every, type MeshBuilder, mesh, pipe } from './shapes.ts'

/** Two tower cranes with their foundations, and the lifts planned for them. */
export function cranes(): { elements: ElementRecipe[]; tasks: TaskRecipe[] } {
  return { elements: [...foundations(), ...CRANES.flatMap(crane)], tasks: lifts() }
}

interface Crane {
  readonly id: string
  readonly title: string
  readonly at: readonly [number, number]
  readonly foot: number
  readonly top: number
  readonly jib: number
  readonly under: number
  readonly counterJib: number
  readonly counterweight: number
  /** Azimuth at rest, counter-clockwise from +X [°]; hook at radius 30 m and this level. */
  readonly azimuth: number
  readonly hook: number
  readonly tied: boolean
  readonly chart: string
}
const CRANES: readonly Crane[] = [
  {
    id: 'TC1',
    title: '塔式起重机 1 (平臂) Tower crane 1',
    at: [-55, -16.5],
    foot: -1.2,
    top: 37.4,
    jib: 60,
    under: 30,
    counterJib: 14,
    counterweight: 29,
    azimuth: 225,
    hook: 18,
    tied: true,
    chart: '15:8.0 20:6.1 25:4.7 30:3.8 35:3.15 40:2.65 45:2.3 50:2.0 55:1.7 60:1.5',
  },
  {
    id: 'TC2',
    title: '塔式起重机 2 (平头) Tower crane 2',
    at: [52, 16.5],
    foot: -0.3,
    top: 46,
    jib: 55,
    under: 40,
    counterJib: 13,
    counterweight: 38.8,
    azimuth: 45,
    hook: 37,
    tied: false,
    chart: '15:6.0 20:4.3 25:3.3 30:2.65 35:2.2 40:1.85 45:1.6 50:1.45 55:1.3',
  },
]
const MAST = 1.6
const JIB = { width: 1.2, height: 1.5 }

function foundations(): ElementRecipe[] {
  const concrete = { color: COLOR.concrete, material: '钢筋混凝土 C35 Reinforced concrete', in: 'ground' } as const
  const piles = [50.3, 53.7].flatMap((x) => [12.4, 20.6].map((y) => ({ x, y })))
  return [
    {
      id: 'TC1-FTG',
      title: '塔吊基础 Crane footing 6x6x1.5',
      class: 'IfcFooting',
      type: 'PAD_FOOTING',
      bodies: [box([-58, -52], [-19.5, -13.5], [-2.7, -1.2])],
      ...concrete,
    },
    {
      id: 'TC2-CAP',
      title: '塔吊承台 Crane pile cap',
      class: 'IfcFooting',
      type: 'PILE_CAP',
      bodies: [box([49.5, 54.5], [11.6, 21.4], [-1.5, -0.3])],
      ...concrete,
    },
    ...piles.map(
      ({ x, y }, k): ElementRecipe => ({
        id: `TC2-P${k + 1}`,
        title: '塔吊桩 Φ800 Crane pile',
        class: 'IfcPile',
        type: 'BORED',
        bodies: [pipe([x, y, -18], [x, y, -1.5], 0.4)],
        ...concrete,
      }),
    ),
  ]
}

/** A crane is a whole of mast, jib and hook, so that a rehearsal can turn the jib and lower the hook. */
function crane(data: Crane): ElementRecipe[] {
  const { id, at, foot, top, under } = data
  const part = (name: string, title: string, bodies: ElementRecipe['bodies']): ElementRecipe => ({
    id: `${id}-${name}`,
    title,
    class: 'IfcTransportElement',
    type: 'LIFTINGGEAR',
    in: 'ground',
    partOf: id,
    bodies,
    color: COLOR.crane,
    material: '钢 Steel',
  })
  const whole: ElementRecipe = {
    id,
    title: data.title,
    class: 'IfcTransportElement',
    type: 'LIFTINGGEAR',
    in: 'ground',
    at: [at[0], at[1], foot],
    bodies: [],
    sets: {
      DT_Crane: {
        MastTop: { measure: 'IfcLengthMeasure', value: top },
        Jib: { measure: 'IfcLengthMeasure', value: data.jib },
        JibUnderside: { measure: 'IfcLengthMeasure', value: under },
        JibTop: { measure: 'IfcLengthMeasure', value: under + JIB.height },
        JibWidth: { measure: 'IfcLengthMeasure', value: JIB.width },
        CounterJib: { measure: 'IfcLengthMeasure', value: data.counterJib },
        CounterweightLow: { measure: 'IfcLengthMeasure', value: data.counterweight },
        LoadChart: data.chart,
        Azimuth: data.azimuth,
        HookRadius: { measure: 'IfcLengthMeasure', value: 30 },
        HookLevel: { measure: 'IfcLengthMeasure', value: data.hook },
        SlewRpm: 0.7,
        TrolleySpeed: 0.8,
        HoistSpeed: 1,
      },
    },
  }
  return [
    whole,
    part('MAST', '塔身 Mast', [mast(data)]),
    part('JIB', '起重臂与平衡臂 Jib and counter-jib', [jib(data), counterweight(data), cab(data)]),
    part('HOOK', '小车与吊钩 Trolley and hook', [hook(data)]),
  ]
}

function mast({ at: [x, y], foot, under }: Crane) {
  const parts = mesh()
  tower(parts, x, y, [foot, under - 0.2], MAST / 2, MAST / 2, Math.round((under - foot) / 2.4))
  return parts.done()
}
/** Four legs, horizontals and a diagonal a face, narrowing from one half side to another. */
function tower(parts: MeshBuilder, x: number, y: number, [low, high]: readonly [number, number], wide: number, narrow: number, panels: number): void {
  const leg = 0.14
  const corner = (k: number, level: number): Vec3 => {
    const half = wide + ((narrow - wide) * (level - low)) / (high - low) - leg / 2
    return [x + (k === 0 || k === 3 ? -half : half), y + (k < 2 ? -half : half), Math.min(Math.max(level, low + 0.05), high - 0.05)]
  }
  for (let k = 0; k < 4; k++) {
    const [from, to] = [corner(k, low), corner(k, high)]
    parts.bar([from[0], from[1], low], [to[0], to[1], high], leg)
  }
  for (const [n, level] of every((high - low) / panels, low, panels + 1).entries())
    for (let k = 0; k < 4; k++) {
      const next = (k + 1) % 4
      if (n > 0) parts.bar(corner(k, level), corner(next, level), 0.07)
      if (n < panels) parts.bar(corner((n + k) % 2 === 0 ? k : next, level), corner((n + k) % 2 === 0 ? next : k, level + (high - low) / panels), 0.07)
    }
}

/** From radius, side and level of a crane to the site. */
function turned({ at, azimuth }: Crane): (radius: number, side: number, level: number) => Vec3 {
  const angle = (azimuth * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  return (r, s, z) => [at[0] + r * cos - s * sin, at[1] + r * sin + s * cos, z]
}
function block(data: Crane, parts: MeshBuilder, r: readonly [number, number], s: readonly [number, number], z: readonly [number, number]): void {
  const at = turned(data)
  const ring = (level: number): Vec3[] => [at(r[0], s[0], level), at(r[1], s[0], level), at(r[1], s[1], level), at(r[0], s[1], level)]
  parts.loft(ring(z[0]), ring(z[1]))
}

function jib(data: Crane) {
  const parts = mesh()
  const at = turned(data)
  const { under, top, jib: reach, counterJib } = data
  const [half, high] = [JIB.width / 2 - 0.06, under + JIB.height - 0.06]
  const low = under + 0.06
  const root = 0.8
  const panels = Math.round((reach - root) / 2.4)
  const step = (reach - root) / panels
  for (const s of [-half, half]) parts.bar(at(root, s, low), at(reach, s, low), 0.12)
  parts.bar(at(root, 0, high), at(reach - step / 2, 0, high), 0.12)
  for (let k = 0; k <= panels; k++) {
    const r = root + k * step
    parts.bar(at(r, -half, low), at(r, half, low), 0.06)
    for (const s of [-half, half]) {
      if (k < panels) parts.bar(at(r, s, low), at(r + step / 2, 0, high), 0.06)
      if (k > 0) parts.bar(at(r, s, low), at(r - step / 2, 0, high), 0.06)
    }
  }
  block(data, parts, [-0.9, 0.9], [-0.9, 0.9], [under - 0.2, under + 0.5])
  block(data, parts, [-counterJib, -0.8], [-0.6, 0.6], [under + 0.1, under + 0.35])
  for (const s of [-0.57, 0.57]) {
    parts.bar(at(-counterJib, s, under + 1.2), at(-0.8, s, under + 1.2), 0.05)
    for (const r of every(2, -counterJib + 0.1, Math.floor(counterJib / 2))) parts.bar(at(r, s, under + 0.35), at(r, s, under + 1.2), 0.05)
  }
  tower(parts, data.at[0], data.at[1], [under + 0.5, top], 0.7, data.tied ? 0.2 : 0.35, data.tied ? 3 : 2)
  if (data.tied) {
    const head = at(0, 0, top - 0.15)
    for (const r of [reach * 0.42, reach * 0.8]) parts.bar(head, at(r, 0, high), 0.07)
    for (const s of [-0.5, 0.5]) parts.bar(head, at(-counterJib + 1, s, under + 0.35), 0.07)
  }
  return parts.done()
}
function counterweight(data: Crane) {
  const parts = mesh()
  for (const r of every(0.75, -data.counterJib + 0.3, 3)) block(data, parts, [r, r + 0.65], [-0.55, 0.55], [data.counterweight, data.under + 1.1])
  return parts.done(COLOR.craneWeight)
}
function cab(data: Crane) {
  const parts = mesh()
  block(data, parts, [0.9, 2.3], [-2.2, -0.9], [data.under - 1.1, data.under + 0.9])
  return parts.done(COLOR.office)
}
function hook(data: Crane) {
  const parts = mesh()
  const at = turned(data)
  const r = 30
  block(data, parts, [r - 0.6, r + 0.6], [-0.55, 0.55], [data.under - 0.3, data.under - 0.05])
  for (const s of [-0.15, 0.15]) parts.bar(at(r, s, data.hook + 0.7), at(r, s, data.under - 0.3), 0.04)
  block(data, parts, [r - 0.25, r + 0.25], [-0.25, 0.25], [data.hook, data.hook + 0.7])
  return parts.done()
}

function lifts(): TaskRecipe[] {
  const rows = [
    ['L1', 'TC1', '模板 Formwork', 30, '(-90,-40,0.2)', '(-76.5,-2.5,-10.9)', 2.1],
    ['L2', 'TC1', '钢筋 Rebar', 370, '(-90,-40,0.2)', '(-22.5,-3.9,-10.9)', 2],
    ['L3', 'TC1', '管材 Pipe bundle', 780, '(-90,-40,0.2)', '(-58.5,7.5,-10.9)', 2.4],
    ['M1', 'TC2', '钢支撑 Strut piece', 30, '(85,25,0)', '(40.5,-3,-17.8)', 1.9],
    ['M2', 'TC2', '钢支撑 Strut piece', 390, '(85,25,0)', '(1.5,6.5,-17.8)', 1.2],
    ['M3', 'TC2', '钢支撑 Strut piece', 820, '(85,25,0)', '(25.5,3,-17.8)', 1.6],
  ] as const
  return rows.map(([id, name, load, start, from, to, mass]) => ({
    key: id,
    name: `${name} ${id} ${load}`,
    start: `2026-06-29T08:${clock(start)}`,
    finish: `2026-06-29T08:${clock(start + 380)}`,
    on: [name],
    sets: { DT_Lift: { Crane: name, Start: start, From: from, To: to, Mass: mass }, DT_Work: { TaskId: id, Crew: 3 } },
  }))
}
function clock(seconds: number): string {
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`
}
