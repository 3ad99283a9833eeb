import './problems.ts'
import { type Parsed, type Problem, problem } from '@/core/base/problem'
import type { SiteModel } from '@/core/model'
import { findBarriers } from './barriers.ts'
import { cropGrid } from './crop.ts'
import { groundWithSeam, sampleFloors, settleFloors } from './floors.ts'
import { findGates } from './gates.ts'
import { cellsOf, centreOf, type FaceKey, type Lattice, latticeOver } from './lattice.ts'
import type { Crest, GridOpening, SiteGrid, SurfaceKind } from './site-grid.ts'
import { gatherSources, type Sources } from './sources.ts'
import { findRegions, KINDS, type Kind, pitPorosity, type Region } from './surfaces.ts'

export interface SiteInput {
  readonly models: readonly SiteModel[]
  /** Edge of a cell [m]. */
  readonly cell: number
  /** Part of the site [m]; null for the whole ground. */
  readonly area: { readonly x: readonly [number, number]; readonly y: readonly [number, number] } | null
  /** Runoff share and Manning's n by kind of surface. */
  readonly surfaces: Readonly<Record<string, { readonly runoff: number; readonly manning: number }>>
}

const MOST_CELLS = 4e6
/** A solid that stands higher than this over the ground is a building, not a bank that water may cross [m]. */
const BANK = 1.5
/** Closed-in regions of at most so many cells are what the raster leaves between walls. */
const POCKET = 4
/** A crest stands over both floors when it is higher by this [m]. */
const THIN = 0.001
/** What counts where the scenario names no figures for a kind; rain on roofs goes down pipes, not into rooms. */
const DEFAULTS: Readonly<Record<Kind, { runoff: number; manning: number }>> = {
  pit: { runoff: 1, manning: 0.02 },
  yard: { runoff: 1, manning: 0.025 },
  building: { runoff: 0, manning: 0.03 },
  ground: { runoff: 1, manning: 0.025 },
}

/** The site as water sees it, from what the models say. Kinds of surface are judged on the whole site, then `area` is cut out. */
export function rasterizeSite({ models, cell, area, surfaces }: SiteInput): Parsed<SiteGrid> {
  const refused: Problem[] = models.filter((model) => !model.lengthUnit.known).map((model) => problem('site.unknownUnit', { model: model.id }, model.file.name))
  if (!(cell > 0) || !Number.isFinite(cell)) refused.push(problem('site.badCell', { cell_m: cell }, 'cell'))
  if (refused.length > 0) return { ok: false, problems: refused }

  const sources = gatherSources(models)
  if (!sources) return { ok: false, problems: [problem('site.noGround', { models: models.length }, 'models')] }
  const { min, max } = sources.ground
  const lattice = latticeFor(min, max, area, cell)
  if (!lattice) return { ok: false, problems: [problem('site.areaOutside', { x: `${min[0]}…${max[0]}`, y: `${min[1]}…${max[1]}` }, 'area')] }
  const cells = lattice.columns * lattice.rows
  if (cells > MOST_CELLS) return { ok: false, problems: [problem('site.tooManyCells', { cells, limit: MOST_CELLS }, area ? 'area' : 'cell')] }

  const whole = buildGrid(lattice, sources, surfaces)
  const grid = area ? cropGrid(whole, area) : whole
  return { ok: true, value: grid, problems: grid.findings }
}

/** The lattice that is judged: the whole ground, or of a ground too large for that, the area alone; null where the area misses the ground. */
function latticeFor(min: readonly number[], max: readonly number[], area: SiteInput['area'], cell: number): Lattice | null {
  const whole = latticeOver([min[0], max[0]], [min[1], max[1]], cell)
  if (!area) return whole
  const x = [Math.max(min[0], area.x[0]), Math.min(max[0], area.x[1])] as const
  const y = [Math.max(min[1], area.y[0]), Math.min(max[1], area.y[1])] as const
  if (!(x[1] > x[0] && y[1] > y[0])) return null
  return whole.columns * whole.rows > MOST_CELLS ? latticeOver(x, y, cell) : whole
}

function buildGrid(lattice: Lattice, sources: Sources, figures: SiteInput['surfaces']): SiteGrid {
  const findings: Problem[] = [...sources.findings]

  // 1. Floors as sampled, and the walls that stand on the ground between cells.
  const samples = sampleFloors(lattice, sources)
  const ground = groundWithSeam(lattice, samples.ground)
  const barriers = findBarriers(lattice, [...sources.barriers, ...sources.supports], sources.ground, ground)
  const gates = findGates(lattice, sources.gates, barriers, ground)

  // 2. Each cell falls to the ground or to a pit, on its own side of the walls; solids are high or dry.
  const { floor, pit } = settleFloors(lattice, samples.ground, samples.pit, (face) => !barriers.crossings.has(face))
  const wet = floor.map((level) => (!Number.isNaN(level) ? 1 : 0))
  for (const [i, top] of barriers.solid) {
    if (pit[i] || !wet[i]) continue
    if (top > floor[i] + BANK) wet[i] = 0
    else floor[i] = top
  }
  const state = { floor, pit, wet: Uint8Array.from(wet) }

  // 3. Crests: walls over both floors, and the edge of the pit.
  const standing = crestsOf(lattice, state, barriers.crossings)
  const walled = new Set(standing.filter((crest) => crest.thin).map(keyOf))
  const gated = new Set(gates.flatMap((gate) => gate.faces))

  // 4. What the barriers close in, and its figures. A pocket of a few cells between walls is wall.
  const closed = findRegions(lattice, state, (face) => walled.has(face) || gated.has(face), sources.roofs)
  const isPocket = ({ kind, cells }: Region) => (kind === 'yard' || kind === 'building') && cells.length <= POCKET
  for (const region of closed.filter(isPocket)) for (const i of region.cells) state.wet[i] = 0
  const regions = closed.filter((region) => !isPocket(region))
  const crests = standing.filter((crest) => cellsOf(lattice, keyOf(crest)).every((i) => state.wet[i]))
  const { surface, kinds, porosity } = layRegions(lattice, state, regions, sources, findings)
  const figuresOf = kinds.map(({ id }) => figures[id] ?? DEFAULTS[id])
  reportSurfaces(lattice, regions, figures, findings)
  reportHoles(lattice, state, findings)

  return {
    ...lattice,
    floor: floor.map((level) => (!Number.isNaN(level) ? level : 0)),
    wet: state.wet,
    porosity,
    manning: Float64Array.from(surface, (k) => figuresOf[k].manning),
    runoff: Float64Array.from(surface, (k, i) => (state.wet[i] ? figuresOf[k].runoff : 0)),
    surface,
    surfaces: kinds,
    crests,
    openings: openingsOf(lattice, state, gates, crests, regions, sources, findings),
    findings,
  }
}

interface State {
  /** NaN where there is none. */
  readonly floor: Float64Array
  readonly wet: Uint8Array
  readonly pit: Uint8Array
}

function crestsOf(lattice: Lattice, { floor, wet, pit }: State, crossings: ReturnType<typeof findBarriers>['crossings']): Crest[] {
  const faces = new Set<FaceKey>(crossings.keys())
  for (let i = 0; i < pit.length; i++) {
    if (i % lattice.columns < lattice.columns - 1 && pit[i] !== pit[i + 1]) faces.add(2 * i)
    if (i < pit.length - lattice.columns && pit[i] !== pit[i + lattice.columns]) faces.add(2 * i + 1)
  }
  const crests: Crest[] = []
  for (const key of [...faces].sort((a, b) => a - b)) {
    const [low, high] = cellsOf(lattice, key)
    if (!wet[low] || !wet[high]) continue
    const step = Math.max(floor[low], floor[high])
    const crossing = crossings.get(key)
    const thin = crossing !== undefined && crossing.level > step + THIN
    if (!thin && pit[low] === pit[high]) continue
    const { level, coefficient, source } = thin ? crossing : { level: step, coefficient: 1, source: '' }
    crests.push({ axis: key % 2 === 0 ? 'x' : 'y', face: low, level, thin, coefficient, source })
  }
  return crests
}

function layRegions(lattice: Lattice, state: State, regions: readonly Region[], sources: Sources, findings: Problem[]) {
  const cells = state.wet.length
  const present = KINDS.filter((kind) => kind === 'ground' || regions.some((region) => region.kind === kind))
  const source = sources.baseSlabBodies[0]?.id ?? ''
  const kinds: SurfaceKind[] = present.map((id) => ({ id, source: id === 'pit' ? source : '' }))
  const surface = new Uint8Array(cells).fill(present.indexOf('ground'))
  const porosity = new Float64Array(cells).fill(1)
  for (const region of regions) {
    for (const i of region.cells) surface[i] = present.indexOf(region.kind)
    if (region.kind !== 'pit' || sources.baseSlabBodies.length === 0) continue
    const share = pitPorosity(lattice, region.cells, sources.baseSlabBodies, sources.slabVoids)
    if (share.porosity === 1)
      findings.push(problem('site.pitArea', { raster_m2: region.cells.length * lattice.cell * lattice.cell, slab_m2: share.area }, '', 'warning'))
    for (const i of region.cells) porosity[i] = share.porosity
  }
  return { surface, kinds, porosity }
}

/** Which side of a gate is protected: the pit before the yard, the yard before open ground. */
const RANK: Readonly<Record<Kind, number>> = { pit: 3, yard: 2, building: 1, ground: 0 }

function openingsOf(
  lattice: Lattice,
  { floor, wet }: State,
  gates: ReturnType<typeof findGates>,
  crests: readonly Crest[],
  regions: readonly Region[],
  sources: Sources,
  findings: Problem[],
): GridOpening[] {
  const regionOf = new Int32Array(wet.length).fill(-1)
  regions.forEach((region, k) => {
    for (const i of region.cells) regionOf[i] = k
  })
  const levelOf = new Map(crests.map((crest) => [keyOf(crest), crest.level]))
  const openings: GridOpening[] = []
  for (const gate of gates) {
    let sill = Infinity
    const faces: GridOpening['faces'][number][] = []
    for (const key of gate.faces) {
      const [low, high] = cellsOf(lattice, key)
      if (!wet[low] || !wet[high] || regionOf[low] === regionOf[high]) continue
      const [a, b] = [RANK[regions[regionOf[low]].kind], RANK[regions[regionOf[high]].kind]]
      if (a === b || (a < 2 && b < 2)) continue
      const level = levelOf.get(key) ?? Math.max(floor[low], floor[high])
      if (level < sill) sill = level
      faces.push({ axis: key % 2 === 0 ? 'x' : 'y', face: low, inward: b > a ? 1 : -1 })
    }
    if (faces.length > 0) openings.push({ id: gate.id, source: gate.source, sill, width: gate.width, faces, inward: faces[0].inward })
    else reportUnused(gate.source, sources, findings)
  }
  return openings.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.source < b.source ? -1 : 1))
}

function keyOf(crest: { axis: 'x' | 'y'; face: number }): FaceKey {
  return 2 * crest.face + (crest.axis === 'y' ? 1 : 0)
}

/** Only gates by type are named: every room has doors that are no matter of water. */
function reportUnused(source: string, sources: Sources, findings: Problem[]): void {
  const body = sources.gates.find(({ id }) => id === source)
  if (body?.element.type !== 'GATE') return
  const { name, globalId, expressId } = body.element
  findings.push(problem('site.openingUnused', { name, globalId }, `#${expressId}`, 'info'))
}

function reportSurfaces(lattice: Lattice, regions: readonly Region[], figures: SiteInput['surfaces'], findings: Problem[]): void {
  for (const kind of KINDS) {
    const cells = regions.reduce((sum, region) => sum + (region.kind === kind ? region.cells.length : 0), 0)
    if (cells === 0 || figures[kind]) continue
    const area = cells * lattice.cell * lattice.cell
    if (kind === 'building') findings.push(problem('site.roofs', { area_m2: area }, '', 'info'))
    else findings.push(problem('site.surfaceMissing', { kind, area_m2: area, ...DEFAULTS[kind] }, `surfaces.${kind}`, 'warning'))
  }
}

/** Holes inside the site, each once; what lies outside the ground's outline is no hole. */
function reportHoles(lattice: Lattice, { floor }: State, findings: Problem[]): void {
  const bare = { floor, wet: Uint8Array.from(floor, (level) => (!Number.isNaN(level) ? 0 : 1)), pit: new Uint8Array(floor.length) }
  for (const { kind, cells } of findRegions(lattice, bare, () => false, null)) {
    if (kind === 'ground') continue
    const [x, y] = centreOf(lattice, cells[0])
    findings.push(problem('site.hole', { cells: cells.length, area_m2: cells.length * lattice.cell * lattice.cell, x_m: x, y_m: y }, '', 'warning'))
  }
}
