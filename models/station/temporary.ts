import type { Vec3 } from '@/core/base/geometry'
import type { ElementRecipe, FileRecipe } from '@/core/ifc/write/index.ts'
import { cranes } from './cranes.ts'
import { COLOR } from './palette.ts'
import { box, boxAlong, every, mesh, pipe, type Range, rod, two } from './shapes.ts'
import { ground, MID, type Site, slabTop } from './site.ts'
import { dogLeg, flight } from './stairs.ts'

/** 04-TMP: struts, walers, posts and piles, suspension of live lines, stair towers and ladder, cranes. */
export function temporary(site: Site): Pick<FileRecipe, 'elements' | 'tasks'> {
  const { elements, tasks } = cranes()
  return { elements: [...guardrails(site), ...struts(), ...walers(), ...posts(), ...suspension(), ...stairTowers(), ...ladder(), ...elements], tasks }
}

const STEEL = { color: COLOR.steel, material: '钢 Q235 Steel' } as const
const CONCRETE = { color: COLOR.concrete, material: '钢筋混凝土 C30 Reinforced concrete' } as const

function struts(): ElementRecipe[] {
  const concrete = every(9, -99, 23).map(
    (x, k): ElementRecipe => ({
      id: `STRUT-1-k${two(k)}`,
      title: '第1道混凝土支撑 800x1000 Concrete strut',
      class: 'IfcBeam',
      type: 'BEAM',
      in: 'ground',
      bodies: [boxAlong('y', [x - 0.4, x + 0.4], [-10.25, 10.25], [-1.8, -0.8])],
      ...CONCRETE,
    }),
  )
  const steel = (layer: number, z: number, storey: string, from: number): ElementRecipe[] =>
    every(3, -102, 69)
      .filter((x) => x >= from)
      .map((x) => ({
        id: `STRUT-${layer}-x${x}`,
        title: `第${layer}道钢支撑 Φ609x16 Steel strut`,
        class: 'IfcMember',
        type: 'STRUT',
        in: storey,
        bodies: [rod([x, -9.85, z], [x, 9.85, z], { kind: 'circle-hollow', radius: 0.3045, thickness: 0.016 })],
        ...STEEL,
      }))
  return [...concrete, ...steel(2, -6.8, 'concourse', -102), ...steel(3, -11.6, 'platform', -18)]
}

/** Edge protection on the parapet, open where risers, bridges and beams cross it and at the gap. */
function guardrails({ gap }: Site): ElementRecipe[] {
  const crossings: readonly Range[] = [
    [-95, -94.1],
    [-92.6, -91.4],
    [19.1, 19.9],
    [20.5, 24.2],
    [46, 47],
    [57.7, 59.3],
    [69.4, 70.6],
    [97.1, 98],
  ]
  const rail = (id: string, along: 'x' | 'y', at: number, ends: Range, open: readonly Range[]): ElementRecipe => {
    const parts = mesh()
    const bar = (from: Range, z: number) =>
      parts.bar(along === 'x' ? [from[0], at, z] : [at, from[0], z], along === 'x' ? [from[1], at, z] : [at, from[1], z], 0.05)
    for (const [from, to] of without(ends, open)) {
      for (const z of [1, 1.55]) bar([from, to], z)
      const count = Math.max(1, Math.ceil((to - from) / 2.5))
      for (const s of every((to - from - 0.06) / count, from + 0.03, count + 1))
        parts.bar(along === 'x' ? [s, at, 0.5] : [at, s, 0.5], along === 'x' ? [s, at, 1.575] : [at, s, 1.575], 0.05)
    }
    return {
      id,
      title: '临边防护 Guard rail',
      class: 'IfcRailing',
      type: 'GUARDRAIL',
      in: 'ground',
      bodies: [parts.done()],
      color: COLOR.safety,
      material: '钢管 Steel tube',
    }
  }
  return [
    rail('GR-N', 'x', 10.75, [-104.6, 104.6], crossings),
    rail('GR-S1', 'x', -10.75, [-104.6, gap.from - 0.1], crossings),
    rail('GR-S2', 'x', -10.75, [gap.to + 0.1, 104.6], crossings),
    rail('GR-W', 'y', -104.6, [-10.6, 10.6], []),
    rail('GR-E', 'y', 104.6, [-10.6, 10.6], []),
  ]
}
/** What is left of a stretch between openings. */
function without([from, to]: Range, open: readonly Range[]): Range[] {
  const left: Range[] = []
  let at = from
  for (const [a, b] of open) {
    if (b <= at || a >= to) continue
    if (a - at > 0.3) left.push([at, a])
    at = b
  }
  if (to - at > 0.3) left.push([at, to])
  return left
}

function walers(): ElementRecipe[] {
  const waler = (id: string, x: Range, y: Range, z: Range, storey: string): ElementRecipe => ({
    id,
    title: '钢围檩 Waler',
    class: 'IfcMember',
    type: 'MEMBER',
    in: storey,
    bodies: [boxAlong('x', x, y, z)],
    ...STEEL,
  })
  const [north, south]: Range[] = [
    [9.85, 10.35],
    [-10.35, -9.85],
  ]
  return [
    waler('WALER-2-N', [-104.2, 104.2], north, [-7.15, -6.45], 'concourse'),
    waler('WALER-2-S', [-104.2, 104.2], south, [-7.15, -6.45], 'concourse'),
    waler('WALER-3-N', [-20, 104.2], north, [-11.95, -11.25], 'platform'),
    waler('WALER-3-S', [-20, 104.2], south, [-11.95, -11.25], 'platform'),
  ]
}

/** Lattice posts on bored piles in the east; props on the middle slab in the west, none where the water main lies (k07). */
function posts(): ElementRecipe[] {
  const square = (x: number, z: Range) => box([x - 0.23, x + 0.23], [-0.23, 0.23], z)
  return every(9, -99, 23).flatMap((x, k): ElementRecipe[] => {
    const data = { class: 'IfcColumn', type: 'COLUMN', ...STEEL } as const
    if (k === 7) return []
    if (k < 9) return [{ id: `PROP-k${two(k)}`, title: '临时立柱 Prop 460x460', in: 'concourse', bodies: [square(x, [MID.top, -1.8])], ...data }]
    return [
      { id: `POST-k${two(k)}`, title: '格构柱 Lattice post 460x460', in: 'platform', bodies: [square(x, [-19.2, -1.8])], ...data },
      {
        id: `PILE-k${two(k)}`,
        title: '立柱桩 Φ900 Bored pile',
        class: 'IfcPile',
        type: 'BORED',
        in: 'platform',
        bodies: [pipe([x, 0, -35], [x, 0, -19.2], 0.45)],
        ...CONCRETE,
      },
    ]
  })
}

/** Live lines across the pit hang from Bailey beams: cradles under G1 with E1 and under S2. W1 hangs on nothing yet. */
function suspension(): ElementRecipe[] {
  const ys = every(3, -9, 7)
  const data = { class: 'IfcMember', type: 'MEMBER', in: 'ground', ...STEEL } as const
  const rodAt = (x: number, y: number, low: number) => box([x - 0.015, x + 0.015], [y - 0.015, y + 0.015], [low, 0.6])
  const cradle = (id: string, y: number, x: Range, z: Range, rods: Range, saddle: readonly ReturnType<typeof box>[]): ElementRecipe => ({
    id,
    title: '悬吊托架 Cradle with rods',
    ...data,
    bodies: [box(x, [y - 0.1, y + 0.1], z), ...saddle, rodAt(rods[0], y, z[1]), rodAt(rods[1], y, z[1])],
  })
  const gasSaddle = (y: number) => box([21.4, 21.6], [y - 0.1, y + 0.1], [-1.5, -1.2625])
  return [
    ...ys.map((y, k) => cradle(`SUS-GE-${k + 1}`, y, [20.7, 24], [-1.62, -1.5], [20.8, 23.9], [gasSaddle(y)])),
    ...ys.map((y, k) => cradle(`SUS-S2-${k + 1}`, y, [57.9, 59.1], [-1.6, -1.48], [58, 59], [])),
    ...[
      { id: 'BLY-GE', xs: [20.8, 23.9] },
      { id: 'BLY-S2', xs: [58, 59] },
    ].flatMap(({ id, xs }) => [
      ...xs.map((x, k): ElementRecipe => ({ id: `${id}-${k + 1}`, title: '贝雷梁 Bailey beam', ...data, class: 'IfcBeam', type: 'BEAM', bodies: [bailey(x)] })),
      ...[14, -14].map(
        (y): ElementRecipe => ({
          id: `${id}-F${y > 0 ? 'N' : 'S'}`,
          title: '贝雷梁支座 Support of the Bailey beam',
          class: 'IfcFooting',
          type: 'NOTDEFINED',
          in: 'ground',
          bodies: [box([xs[0] - 0.3, xs[1] + 0.3], [y - 0.25, y + 0.25], [ground(xs[0], y), 0.6])],
          ...CONCRETE,
        }),
      ),
    ]),
  ]
}
function bailey(x: number) {
  const parts = mesh()
  const [low, high] = [0.66, 2.04]
  const panels = 18
  const step = 27.9 / panels
  for (const z of [low, high]) parts.box([x - 0.1, x + 0.1], [-14, 14], [z - 0.06, z + 0.06])
  for (let k = 0; k <= panels; k++) {
    const y = -13.95 + k * step
    parts.bar([x, y, low], [x, y, high], 0.07)
    if (k < panels) parts.bar([x, y, low], [x, y + step, high], 0.06).bar([x, y, high], [x, y + step, low], 0.06)
  }
  return parts.done()
}

function stairTowers(): ElementRecipe[] {
  return [
    ...tower('ST1', '马道梯笼 1 Stair tower 1', [-92.55, -90.45], MID.top, 7, 9),
    ...tower('ST2', '马道梯笼 2 Stair tower 2', [69.45, 71.55], -17.935, 11, 9),
    platformStair(),
  ]
}
const TOWER = { y: [5, 9.6] as Range, top: 0.6 }
function tower(id: string, title: string, x: Range, foot: number, flights: number, steps: number): ElementRecipe[] {
  const lanes: [Range, Range] = [
    [x[0] + 0.04, x[0] + 1.02],
    [x[1] - 1.02, x[1] - 0.04],
  ]
  const ends: Range = [6, 8.6]
  const stair = dogLeg({ along: 'y', ends, lanes, from: foot, to: TOWER.top, flights, steps, waist: 0.12 })
  const deck = (y: Range, level: number) => box([x[0] + 0.04, x[1] - 0.04], y, [level - 0.06, level])
  const landings = stair.landings.map(({ atEnd, level }) => deck(atEnd === 1 ? [ends[1], TOWER.y[1] - 0.04] : [TOWER.y[0] + 0.04, ends[0]], level))
  const bridge = box(lanes[0], [TOWER.y[1] - 0.04, 11.9], [TOWER.top - 0.08, TOWER.top])
  const middle = (x[0] + x[1]) / 2
  const down = flight({
    along: 'y',
    start: 12.8,
    direction: -1,
    across: lanes[0],
    from: ground(middle, 12.8),
    to: TOWER.top,
    steps: 3,
    going: 0.3,
    waist: 0.3,
  })
  const frame = mesh()
  const [w, e, s, n] = [x[0] + 0.02, x[1] - 0.02, TOWER.y[0] + 0.02, TOWER.y[1] - 0.02]
  for (const px of [w, e]) for (const py of [s, (s + n) / 2, n]) frame.box([px - 0.02, px + 0.02], [py - 0.02, py + 0.02], [foot, TOWER.top + 1.1])
  for (const level of every((TOWER.top - foot) / flights, foot + (TOWER.top - foot) / flights, flights))
    for (const z of [level - 0.03, level + 1.1]) {
      if (z > TOWER.top + 1.1) continue
      for (const px of [w, e]) frame.bar([px, s, z], [px, n, z], 0.04)
      for (const py of [s, n]) if (py === s || level < TOWER.top - 0.1) frame.bar([w, py, z], [e, py, z], 0.04)
    }
  for (const px of lanes[0]) {
    frame.bar([px, TOWER.y[1], TOWER.top + 1.05], [px, 11.9, TOWER.top + 1.05], 0.04)
    for (const py of [10.4, 11.15, 11.88]) frame.bar([px, py, TOWER.top], [px, py, TOWER.top + 1.05], 0.04)
  }
  return [
    {
      id,
      title,
      class: 'IfcStair',
      type: 'HALF_TURN_STAIR',
      in: 'ground',
      bodies: [...stair.flights, ...landings, deck([ends[1], TOWER.y[1] - 0.04], TOWER.top), bridge, down],
      ...STEEL,
      sets: { DT_Route: { Width: 1, FootLevel: { measure: 'IfcLengthMeasure', value: foot }, TopLevel: { measure: 'IfcLengthMeasure', value: TOWER.top } } },
    },
    {
      id: `${id}-F`,
      title: '梯笼架体 Frame of the stair tower',
      class: 'IfcMember',
      type: 'MEMBER',
      in: 'ground',
      bodies: [frame.done()],
      color: COLOR.scaffold,
      material: '钢管 Steel tube',
    },
  ]
}
/** Steel stair from the middle slab to the platform through MS-OP1. */
function platformStair(): ElementRecipe {
  const foot = slabTop(-24)
  const lanes: [Range, Range] = [
    [4.06, 5.06],
    [5.14, 6.14],
  ]
  const ends: Range = [-25.3, -22.7]
  const stair = dogLeg({ along: 'x', ends, lanes, from: foot, to: MID.top, flights: 4, steps: 9, waist: 0.12 })
  const landings = stair.landings.map(({ atEnd, level }) => box(atEnd === 1 ? [ends[1], -21.3] : [-26.7, ends[0]], [4.06, 6.14], [level - 0.06, level]))
  const top = box([-26.98, ends[0]], lanes[1], [MID.top - 0.06, MID.top])
  return {
    id: 'ST3',
    title: '钢楼梯 Steel stair to the platform',
    class: 'IfcStair',
    type: 'HALF_TURN_STAIR',
    in: 'platform',
    bodies: [...stair.flights, ...landings, top],
    ...STEEL,
    sets: {
      DT_Route: {
        Width: 1,
        FootLevel: { measure: 'IfcLengthMeasure', value: Math.round(foot * 1000) / 1000 },
        TopLevel: { measure: 'IfcLengthMeasure', value: MID.top },
      },
    },
  }
}

function ladder(): ElementRecipe[] {
  const foot = -17.84
  const [x, y]: Range[] = [
    [19.2, 19.8],
    [-9.05, -8.45],
  ]
  const parts = mesh()
  const top = 1.6
  for (const px of [x[0] + 0.03, x[1] - 0.03]) parts.box([px - 0.03, px + 0.03], [y[0], y[0] + 0.06], [foot, top])
  for (const z of every(0.3, foot + 0.3, Math.floor((0.6 - foot) / 0.3))) parts.bar([x[0] + 0.06, y[0] + 0.03, z], [x[1] - 0.06, y[0] + 0.03, z], 0.03)
  // Safety cage: hoops of three sides, joined by uprights.
  for (const z of every(1.2, foot + 2.4, Math.floor((top - foot - 2.4) / 1.2) + 1)) {
    const corners: Vec3[] = [
      [x[0] + 0.02, y[0] + 0.06, z],
      [x[0] + 0.02, y[1] - 0.02, z],
      [x[1] - 0.02, y[1] - 0.02, z],
      [x[1] - 0.02, y[0] + 0.06, z],
    ]
    for (let k = 0; k < 3; k++) parts.bar(corners[k], corners[k + 1], 0.03)
  }
  for (const px of [x[0] + 0.02, x[1] - 0.02]) parts.bar([px, y[1] - 0.02, foot + 2.4], [px, y[1] - 0.02, top], 0.03)
  const bridge = box(x, [-11.6, y[0]], [0.52, 0.6])
  const down = flight({ along: 'y', start: -12.2, direction: 1, across: x, from: ground(19.5, -12.2), to: 0.6, steps: 3, going: 0.2, waist: 0.3 })
  return [
    {
      id: 'LAD1',
      title: '应急爬梯 Ladder with cage',
      class: 'IfcStair',
      type: 'NOTDEFINED',
      in: 'ground',
      bodies: [parts.done()],
      ...STEEL,
      sets: { DT_Route: { FootLevel: { measure: 'IfcLengthMeasure', value: foot }, Kind: 'ladder' } },
    },
    { id: 'LAD1-L', title: '爬梯平台 Landing of the ladder', class: 'IfcStair', type: 'NOTDEFINED', in: 'ground', bodies: [bridge, down], ...STEEL },
  ]
}
