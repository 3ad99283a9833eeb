import { chicagoStorm, type FloodSetup, type Pump } from '@/core/flood'
import type { Crest, GridOpening, SiteGrid } from '@/core/site'

/** What the stories and the recipe tests change of the site. */
export interface FormulaSite {
  readonly cell: number
  /** Runoff share of the yard [–]. */
  readonly runoff: number
  readonly gap: { readonly from: number; readonly to: number; readonly sill: number }
}
export const AS_DESIGNED: FormulaSite = { cell: 1, runoff: 0.7, gap: { from: 88, to: 96, sill: -0.284 } }

/** Ground level [m]: a plane with a bowl of 30 m round the low point (92, −26). */
export function ground(x: number, y: number): number {
  const plane = 0.3 - 0.002 * (x + 160) + 0.0015 * y
  const d = Math.hypot(x - 92, y + 26)
  return d < 30 ? plane - 0.2 * (1 + Math.cos((Math.PI * d) / 30)) : plane
}
export const slab = (x: number): number => -17.6 - (0.4 * (x + 104.2)) / 208.4

/**
 * The demonstration site straight from its formulas, without IFC: terrain, pit with parapet and gap, hoarding on its plinth with the east
 * gate. It stands beside the grid that is rasterized from the models, so that a difference between the two shows where it comes from.
 */
export function formulaSite({ cell, runoff, gap }: FormulaSite): SiteGrid {
  const [x0, x1, y0, y1] = [-131, 153, -57, 42]
  const columns = Math.round((x1 - x0) / cell)
  const rows = Math.round((y1 - y0) / cell)
  const size = columns * rows
  const x = (c: number) => x0 + (c + 0.5) * cell
  const y = (r: number) => y0 + (r + 0.5) * cell
  const inPit = (px: number, py: number) => Math.abs(px) < 105 && Math.abs(py) < 10.75
  const inYard = (px: number, py: number) => px > -130 && px < 150 && py > -55 && py < 40
  const grid = {
    floor: new Float64Array(size),
    wet: new Uint8Array(size).fill(1),
    porosity: new Float64Array(size).fill(1),
    manning: new Float64Array(size).fill(0.025),
    runoff: new Float64Array(size).fill(runoff),
    surface: new Uint8Array(size),
  }
  let pitCells = 0
  for (let k = 0; k < size; k++) if (inPit(x(k % columns), y(Math.floor(k / columns)))) pitCells++
  for (let k = 0; k < size; k++) {
    const [px, py] = [x(k % columns), y(Math.floor(k / columns))]
    const pit = inPit(px, py)
    grid.floor[k] = pit ? slab(px < -104.2 ? -104.2 : px > 104.2 ? 104.2 : px) : ground(px, py)
    grid.surface[k] = pit ? 0 : inYard(px, py) ? 1 : 2
    if (!pit) continue
    grid.porosity[k] = (208.4 * 20.7) / (pitCells * cell * cell)
    grid.manning[k] = 0.02
    grid.runoff[k] = 1
  }
  const crests: Crest[] = []
  const gapFaces: GridOpening['faces'][number][] = []
  const gateFaces: GridOpening['faces'][number][] = []
  const gateEast = (fy: number) => fy > -33 && fy < -27
  for (let k = 0; k < size; k++) {
    const c = k % columns
    const r = (k - c) / columns
    for (const axis of ['x', 'y'] as const) {
      if (axis === 'x' ? c === columns - 1 : r === rows - 1) continue
      const other = axis === 'x' ? k + 1 : k + columns
      const [fx, fy] = axis === 'x' ? [x(c) + cell / 2, y(r)] : [x(c), y(r) + cell / 2]
      const [a, b] = [grid.surface[k], grid.surface[other]]
      if (a === b) continue
      let level = 0.5
      if (a !== 0 && b !== 0) {
        level = ground(fx, fy) + 0.3
        if (axis === 'x' && fx > 0 && gateEast(fy)) {
          level = -0.15
          gateFaces.push({ axis, face: k, inward: -1 })
        }
      } else if (axis === 'y' && fy < 0 && fx > gap.from && fx < gap.to) {
        level = gap.sill
        gapFaces.push({ axis, face: k, inward: 1 })
      }
      crests.push({ axis, face: k, level, thin: true, coefficient: 1, source: '' })
    }
  }
  return {
    columns,
    rows,
    cell,
    x0,
    y0,
    ...grid,
    surfaces: [
      { id: 'pit', source: '' },
      { id: 'yard', source: '' },
      { id: 'ground', source: '' },
    ],
    crests,
    openings: [
      { id: 'GAP', source: '', sill: gap.sill, width: gap.to - gap.from, faces: gapFaces, inward: 1 },
      { id: 'GATE-E', source: '', sill: -0.15, width: 6, faces: gateFaces, inward: -1 },
    ],
    findings: [],
  }
}

const SUMPS = [
  ['SP1', -95, -9.3],
  ['SP3', 0, -9.3],
  ['SP5', 98, -9.3],
  ['SP6', 98, 9.3],
] as const

/** The layouts of the stories: A as planned, B with four more pumps in the pit, C with a station at the low point and all on the main sewer, D with stop-logs. `none`: no pumps at all. */
export type Layout = 'A' | 'B' | 'C' | 'D' | 'none' | 'A on R1'

export function formulaStory(layout: Layout, returnPeriod = 100, minutes = 120): FloodSetup {
  const sumps = SUMPS.map(([id, x, y]) => ({ id, x, y, area: 2.25, floor: slab(x) - 1.2, rim: slab(x) }))
  const node = layout === 'C' || layout === 'A on R1' ? 'RM5' : 'J3'
  const inSump = (id: string, at: number, panel: string): Pump => {
    const { id: sump, x, y, floor } = sumps[at]
    return {
      id,
      x,
      y,
      sump,
      start: floor + 0.6,
      stop: floor + 0.25,
      discharge: { kind: 'node', node },
      panel,
      curve: { kind: 'rated', flow: 100 / 3600 },
      power: 15000,
    }
  }
  const planned = [inSump('P-01', 0, 'DB1'), inSump('P-02', 1, 'DB1'), inSump('P-03', 2, 'DB2'), inSump('P-04', 3, 'DB2')]
  const more = [inSump('P-07', 2, 'DB2'), inSump('P-08', 2, 'DB2'), inSump('P-09', 3, 'DB2'), inSump('P-10', 3, 'DB2')]
  const low = ground(92, -26)
  const station = [
    ['P-05', 91],
    ['P-06', 93],
  ].map(
    ([id, x]): Pump => ({
      id: String(id),
      x: Number(x),
      y: -26,
      sump: null,
      start: low + 0.15,
      stop: low + 0.06,
      discharge: { kind: 'node', node },
      panel: 'DB0',
      curve: { kind: 'rated', flow: 400 / 3600 },
      power: 50000,
    }),
  )
  return {
    duration: minutes * 60,
    frameEvery: 60,
    rain: chicagoStorm('beijing-II', returnPeriod, 7200, 0.4, 300),
    seepage: [{ id: 'SEEPAGE', x: 0, y: 0, flow: 40 / 3600, surface: 'pit' }],
    nodes: [
      { id: 'J3', x: 92, y: -48, capacity: 0.1 },
      { id: 'RM5', x: 90, y: 30, capacity: 2.28 },
    ],
    inlets: [0, 1, 2, 3, 4, 5].map((i) => ({ id: `YG${i + 1}`, node: 'J3', x: 88.75 + 1.3 * i, y: -30, capacity: 0.02, perimeter: 1.6 })),
    sumps,
    panels: [
      { id: 'DB0', x: 80, y: -20, critical: -0.04 },
      { id: 'DB1', x: -60, y: -9.42, critical: -17.435 },
      { id: 'DB2', x: 90, y: -10.1, critical: -17.273 },
    ],
    pumps: layout === 'none' ? [] : layout === 'B' ? [...planned, ...more] : layout === 'C' ? [...planned, ...station] : planned,
    barriers: layout === 'D' ? [{ id: 'BOARDS', opening: 'GAP', crest: 0.06, at: 0 }] : [],
    events: [],
    probes: [
      { id: 'LOW', x: 92, y: -26 },
      { id: 'PIT-E', x: 103, y: 0 },
    ],
    assets: [{ id: 'DB0', globalId: '', name: 'DB0', x: 80, y: -20, critical: -0.04 }],
  }
}
