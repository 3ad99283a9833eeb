import type { ElementRecipe, OpeningRecipe } from '@/core/ifc/write/index.ts'
import { COLOR } from './palette.ts'
import { box, endOn, every, mesh, type Range, sideOn } from './shapes.ts'
import { ground, PIT, type Site, YARD } from './site.ts'

/** The fence of the yard: brick plinth that follows the ground, hoarding on it, the two gates, and the fill behind the parapet. */
export function yard(site: Site): ElementRecipe[] {
  return [...plinth(), ...hoarding(), ...gates(), ...fill(site)]
}

const HALF = 0.12
const RISE = 0.3
const PANEL = 2.5
export const EAST_GATE = { y: [-33, -27] as Range, sill: -0.15 }
export const WEST_GATE = { y: [-31, -29] as Range }

interface Side {
  readonly id: 'N' | 'S' | 'W' | 'E'
  readonly along: 'x' | 'y'
  readonly at: number
  readonly from: number
  readonly to: number
}
const SIDES: readonly Side[] = [
  { id: 'N', along: 'x', at: YARD.north, from: YARD.west - HALF, to: YARD.east + HALF },
  { id: 'S', along: 'x', at: YARD.south, from: YARD.west - HALF, to: YARD.east + HALF },
  { id: 'W', along: 'y', at: YARD.west, from: YARD.south + HALF, to: YARD.north - HALF },
  { id: 'E', along: 'y', at: YARD.east, from: YARD.south + HALF, to: YARD.north - HALF },
]
function levelOn(side: Side, s: number): number {
  return side.along === 'x' ? ground(s, side.at) : ground(side.at, s)
}
/** A wall between two heights over the ground; corners every 5 m, because the bowl touches the south side. */
function follow(side: Side, [from, to]: Range, [low, high]: Range, thickness: number) {
  const count = Math.max(1, Math.ceil((to - from) / 5))
  const stops = Array.from({ length: count + 1 }, (_, k) => from + ((to - from) * k) / count)
  const inner = stops.filter(
    (s, k) =>
      k === 0 ||
      k === count ||
      Math.abs(levelOn(side, s) - (levelOn(side, from) + ((levelOn(side, to) - levelOn(side, from)) * (s - from)) / (to - from))) > 1e-6,
  )
  const at = (s: number, over: number): Range => [s, levelOn(side, s) + over]
  const outline = [...inner.map((s) => at(s, low)), ...inner.toReversed().map((s) => at(s, high))]
  const across: Range = [side.at - thickness / 2, side.at + thickness / 2]
  return side.along === 'x' ? sideOn(outline, across) : endOn(outline, across)
}

function plinth(): ElementRecipe[] {
  return SIDES.map((side) => {
    const gate: OpeningRecipe = {
      id: 'GATE-E-OP',
      title: '东门洞口 Opening of the east gate',
      bodies: [box([side.at - 0.3, side.at + 0.3], EAST_GATE.y, [EAST_GATE.sill, 4])],
      filledBy: 'GATE-E',
    }
    return {
      id: `PLINTH-${side.id}`,
      title: '围挡砖砌基座 Brick plinth',
      class: 'IfcWall',
      type: 'PARAPET',
      in: 'site',
      bodies: [follow(side, [side.from, side.to], [0, RISE], 2 * HALF)],
      color: COLOR.brick,
      material: '砖砌 Brick',
      ...(side.id === 'E' ? { openings: [gate] } : {}),
    }
  })
}

function hoarding(): ElementRecipe[] {
  return SIDES.flatMap((side): ElementRecipe[] => {
    const gate = { N: null, S: null, W: WEST_GATE.y, E: EAST_GATE.y }[side.id]
    const stretches: Range[] = gate
      ? [
          [side.from, gate[0] - (side.id === 'E' ? 0.35 : 0.1)],
          [gate[1] + (side.id === 'E' ? 0.35 : 0.1), side.to],
        ]
      : [[side.from, side.to]]
    return stretches.flatMap((stretch, k): ElementRecipe[] => {
      const id = `HRD-${side.id}${gate ? k + 1 : ''}`
      const data = { class: 'IfcPlate', type: 'SHEET', in: 'site', material: '彩钢板 Coated steel sheet' } as const
      return [
        { id, title: '围挡 Hoarding 2.5 m', ...data, bodies: [follow(side, stretch, [RISE, RISE + PANEL], 0.06)], color: COLOR.hoarding },
        {
          id: `${id}-P`,
          title: '围挡立柱 Hoarding posts',
          ...data,
          class: 'IfcMember',
          type: 'POST',
          bodies: [posts(side, stretch)],
          color: COLOR.hoardingPost,
        },
      ]
    })
  })
}
function posts(side: Side, [from, to]: Range) {
  const parts = mesh()
  const count = Math.round((to - from) / 3)
  for (const s of every((to - from - 0.1) / count, from + 0.05, count + 1)) {
    const foot = levelOn(side, s) + RISE
    const [along, across]: Range[] = [
      [s - 0.05, s + 0.05],
      [side.at - 0.06, side.at + 0.06],
    ]
    const z: Range = [foot, foot + PANEL + 0.06]
    if (side.along === 'x') parts.box(along, across, z)
    else parts.box(across, along, z)
  }
  return parts.done()
}

function gates(): ElementRecipe[] {
  const [south, north] = EAST_GATE.y
  const x = YARD.east
  const foot = EAST_GATE.sill + 0.05
  const leaf = (at: number, out: 1 | -1) => box([x - 3, x - 0.06], [at - 0.03 + out * 0.1, at + 0.03 + out * 0.1], [foot, foot + 2.4], COLOR.gate)
  const post = (at: number) => box([x - 0.2, x + 0.2], [at - 0.2, at + 0.2], [EAST_GATE.sill, 2.9], COLOR.brick)
  const step = ground(YARD.west, -30) + RISE
  const [west, w] = [WEST_GATE.y, YARD.west]
  const rim = ground(w, west[0]) + RISE
  const bars = mesh()
  for (const y of every(0.2, west[0] + 0.1, 10)) bars.box([w - 0.015, w + 0.015], [y - 0.015, y + 0.015], [rim + 0.1, rim + 2.1])
  bars.box([w - 0.02, w + 0.02], west, [rim + 0.1, rim + 0.16]).box([w - 0.02, w + 0.02], west, [rim + 2.04, rim + 2.1])
  bars.box([w - 0.08, w + 0.08], [west[0] - 0.1, west[0]], [rim + 0.01, rim + 2.6]).box([w - 0.08, w + 0.08], [west[1], west[1] + 0.1], [rim + 0.01, rim + 2.6])
  return [
    {
      id: 'GATE-E',
      title: '东大门 (开启) East gate, open',
      class: 'IfcDoor',
      type: 'GATE',
      in: 'site',
      bodies: [post(south), post(north), leaf(south, 1), leaf(north, -1)],
      color: COLOR.gate,
      material: '钢 Steel',
      size: { height: 2.4, width: north - south },
      sets: barrier(EAST_GATE.sill, EAST_GATE.sill + 0.5, 'OPEN', 10, 2),
    },
    {
      id: 'G-W',
      title: '西侧人行门 West foot gate',
      class: 'IfcDoor',
      type: 'GATE',
      in: 'site',
      bodies: [bars.done()],
      color: COLOR.gate,
      material: '钢 Steel',
      size: { height: 2.1, width: 2 },
      sets: barrier(Math.round(step * 1000) / 1000, Math.round(step * 1000) / 1000, 'OPEN', 1, 1),
    },
    {
      id: 'G-W-STEP',
      title: '人行门踏步 Steps of the foot gate',
      class: 'IfcStair',
      type: 'NOTDEFINED',
      in: 'site',
      bodies: [box([w + HALF, w + HALF + 0.35], west, [ground(w, -29), step - 0.15]), box([w - HALF - 0.35, w - HALF], west, [ground(w, -29), step - 0.15])],
      color: COLOR.concrete,
    },
  ]
}
function barrier(sill: number, crest: number, state: string, minutes: number, crew: number): NonNullable<ElementRecipe['sets']> {
  return {
    DT_Barrier: {
      SillLevel: { measure: 'IfcLengthMeasure', value: sill },
      CrestLevel: { measure: 'IfcLengthMeasure', value: crest },
      State: state,
      CloseTimeMin: minutes,
      Crew: crew,
      LeakRate: 0,
    },
  }
}

/** Backfill between the edge of the ground and the parapet, on the capping beam; level with the sill at the gap. */
function fill({ gap }: Site): ElementRecipe[] {
  const foot = -0.9
  const data = { title: '冠梁外侧回填 Backfill on the capping beam', class: 'IfcCivilElement', in: 'site', color: COLOR.paving, material: '素土 Soil' } as const
  const strip = (id: string, x: Range, y: Range): ElementRecipe => {
    const along = x[1] - x[0] > y[1] - y[0]
    const stops = along ? [x[0], ...[64, 70, 76, 82, 88, 92, 96, 100].filter((s) => s > x[0] && s < x[1]), x[1]] : [y[0], y[1]]
    const middle = along ? (y[0] + y[1]) / 2 : (x[0] + x[1]) / 2
    const top = stops.toReversed().map((s): Range => [s, along ? ground(s, middle) : ground(middle, s)])
    const outline: Range[] = [[stops[0], foot], [stops[stops.length - 1], foot], ...top]
    return { id, ...data, objectType: 'FILL', bodies: [along ? sideOn(outline, y) : endOn(outline, x)] }
  }
  const south: Range = [-PIT.y, -10.9]
  return [
    strip('FILL-N', [-PIT.x, PIT.x], [10.9, PIT.y]),
    strip('FILL-S1', [-PIT.x, gap.from], south),
    strip('FILL-S2', [gap.to, PIT.x], south),
    {
      id: 'FILL-GAP',
      ...data,
      objectType: 'FILL',
      title: '缺口坡道 Apron of the gap',
      bodies: [box([gap.from, gap.to], south, [foot, gap.sill])],
      color: COLOR.concrete,
    },
    strip('FILL-W', [-PIT.x, -104.75], [-10.9, 10.9]),
    strip('FILL-E', [104.75, PIT.x], [-10.9, 10.9]),
  ]
}
