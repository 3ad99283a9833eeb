import { IDENTITY, type Mat4, multiply, type Vec3 } from '@/core/base/geometry'
import { type HashBytes, hashBytes } from '@/core/base/hash'
import type { Job, Progress } from '@/core/base/job'
import { Failure, type Problem, problem } from '@/core/base/problem'
import type { Element, PropertySet, SiteModel } from '@/core/model'
import { type Body, findBody } from './bodies.ts'
import { type Closures, readClosures } from './closure.ts'
import { type Color, type Colors, readColors } from './colors.ts'
import { readGeoreference } from './georeference.ts'
import { readGridAxes } from './grid.ts'
import { type OwnBodies, type OwnBody, readOwnBodies } from './own-body.ts'
import { inverseRigid, type Placements, readPlacements } from './placement.ts'
import { isOpening, type Product, readProducts } from './products.ts'
import { readProperties } from './properties.ts'
import { readTasks } from './schedule.ts'
import { type Shard, type ShardProduct, writeShard } from './shard.ts'
import { looksLike } from './sniff.ts'
import { readSolids } from './solids.ts'
import { openStep, type StepFile } from './step-file.ts'
import { readStructure } from './structure.ts'
import { readUnits, type Units } from './units.ts'

export interface ReadInput {
  readonly name: string
  readonly bytes: Uint8Array
  readonly id: string
  /** Origin of the project frame [m] where the project has one; else it follows from this file. */
  readonly origin?: Vec3 | undefined
}
/** All of a model but its meshes, and what is to be meshed. */
export interface Outline {
  readonly model: SiteModel
  readonly work: readonly Work[]
}
export interface Work {
  readonly index: number
  readonly id: number
  /** How many openings cut it. */
  readonly openings: number
  /** Its items are of kinds that seldom need the engine. */
  readonly own: boolean
  /** Rough size of the task: bytes of text of its own shape lines are not known yet, so 1, and more with openings. */
  readonly cost: number
}
export interface ShardInput {
  /** Express ids of products. */
  readonly ids: readonly number[]
  /** With their openings cut out. */
  readonly cut: boolean
  /** Facets of a full circle. */
  readonly segments: number
  /** Only what needs no engine; the rest comes back as `foreign`. */
  readonly ownOnly?: boolean
  /** Shows the bodies to the engine in another place, from 1: faces in one plane that it mistook at the origin come out right there. */
  readonly place?: number
}
export interface ShardOutput extends Shard {
  /** Product axes to project frame [m], per product of the shard. */
  readonly placements: readonly Mat4[]
  /** Colour by material where the shape has none, per product. */
  readonly colors: readonly (Color | null)[]
  readonly refused: readonly { readonly id: number; readonly reason: Problem }[]
  /** Bodies that need no engine. */
  readonly direct: readonly (OwnBody & { readonly id: number; readonly placement: Mat4; readonly color: Color | null })[]
  /** Products that need the engine after all. */
  readonly foreign: readonly number[]
  /** Products of which an opening could not be given to the engine: they come out without it. */
  readonly uncut: readonly number[]
}
export interface ReaderJobs {
  readonly open: Job<ReadInput, Progress, Outline>
  readonly shard: Job<ShardInput, never, ShardOutput>
  readonly properties: Job<{ readonly id: number }, never, readonly PropertySet[]>
  readonly allProperties: Job<{ readonly ids: readonly number[] }, never, readonly (readonly PropertySet[])[]>
}

/** Of no meaning but that they differ [m]. */
const SHIFTS: readonly Vec3[] = [
  [5.983, -5.558, 1.377],
  [-23.171, 41.937, 7.719],
]
/** Its own place in the file, then the shifts. */
export const OTHER_PLACES = 1 + SHIFTS.length
const EMPTY_SHARD: Shard = { bytes: new Uint8Array(0), products: [], original: new Uint32Array(0) }
/** Placed items that one product may unfold to through mapped items. */
const MOST_PLACED = 20_000
const LARGEST_FILE = 2 ** 31 - 1
const LATEST = ['IFC2X3', 'IFC4', 'IFC4X3', 'IFC4X3_ADD2', 'IFC4X3_ADD1', 'IFC4_ADD1', 'IFC4_ADD2', 'IFC4_ADD2_TC1', 'IFC2X3_TC1']

/** Reads one file and answers for it as long as it lives. It never calls the engine; still it belongs in a worker that may be stopped. */
export function makeReader(hash: HashBytes = hashBytes): ReaderJobs {
  let file: OpenFile | null = null
  function opened(): OpenFile {
    if (!file) throw new Error('no file is open')
    return file
  }
  return {
    async *open(input, signal) {
      signal.throwIfAborted()
      const read = yield* openFile(input, hash)
      file = read.file
      return read.outline
    },
    // biome-ignore lint/correctness/useYield: a job of one answer
    async *shard(input, signal) {
      signal.throwIfAborted()
      return makeShard(opened(), input)
    },
    // biome-ignore lint/correctness/useYield: a job of one answer
    async *properties({ id }, signal) {
      signal.throwIfAborted()
      const { step, units } = opened()
      const from = opened()
      from.properties ??= readProperties(step, units)
      return from.properties(id)
    },
    // biome-ignore lint/correctness/useYield: a job of one answer
    async *allProperties({ ids }, signal) {
      signal.throwIfAborted()
      const from = opened()
      from.properties ??= readProperties(from.step, from.units)
      return ids.map(from.properties)
    },
  }
}

interface OpenFile {
  readonly step: StepFile
  readonly units: Units
  readonly products: ReadonlyMap<number, Product>
  readonly bodies: ReadonlyMap<number, Body>
  /** Products whose shape is damaged before its first item. */
  readonly faulty: ReadonlyMap<number, Problem>
  readonly voids: ReadonlyMap<number, readonly number[]>
  readonly placements: Placements
  readonly closures: Closures
  readonly styled: ReadonlyMap<number, readonly number[]>
  readonly origin: Vec3
  readonly colors: Colors
  readonly own: OwnBodies
  properties: ((id: number) => PropertySet[]) | null
}

async function* openFile(input: ReadInput, hash: HashBytes): AsyncGenerator<Progress, { file: OpenFile; outline: Outline }, undefined> {
  const { bytes, name } = input
  if (bytes.length === 0) throw new Failure(problem('file.empty', { name }, name))
  if (bytes.length > LARGEST_FILE)
    throw new Failure(problem('ifc.tooLarge', { megabytes: Math.round(bytes.length / 1e6), limit: Math.floor(LARGEST_FILE / 1e6) }, name))
  const other = looksLike(bytes)
  if (other) throw new Failure(problem('ifc.notIfc', { name, looksLike: other }, name))
  yield { kind: 'progress', what: 'index', done: 0, total: 3 }
  const step = openStep(bytes)
  if (step.faults.notStep) throw new Failure(problem('ifc.notIfc', { name, looksLike: 'text' }, name))
  yield { kind: 'progress', what: 'index', done: 1, total: 3 }

  const units = readUnits(step)
  const { toMetre } = units.length
  const products = readProducts(step)
  const placements = readPlacements(step)
  const structure = readStructure(step, products, units.project, placements, toMetre)
  yield { kind: 'progress', what: 'index', done: 2, total: 3 }

  const bodies = new Map<number, Body>()
  const faulty = new Map<number, Problem>()
  for (const product of products) {
    const { id, damaged } = product
    const body = damaged ? problem('ifc.damagedElement', { entity: `#${id} ${step.typeOf(id)}` }, `#${id}`) : findBody(step, product.representation)
    if (body && 'representations' in body) bodies.set(id, body)
    else if (body) faulty.set(id, body)
  }
  const { georeference, findings: mapFindings } = readGeoreference(step, toMetre)
  const origin = input.origin ?? frameOrigin(step, products, bodies, placements, toMetre)
  const styled = styledItems(step)
  const closures = readClosures(step)
  const colors = readColors(step, styled)
  const own = readOwnBodies(step, placements, toMetre, colors.ofItem, (roots) => closures.of(roots).fault === null)
  const work: Work[] = []
  const elements = products.map((product, index): Element => {
    const body = bodies.get(product.id)
    const openings = isOpening(product.class) ? [] : (structure.voids.get(product.id) ?? [])
    if (body)
      work.push({
        index,
        id: product.id,
        openings: openings.length,
        own: openings.length === 0 && own.likely(body.representations),
        cost: 1 + openings.length * 8,
      })
    const local = product.placement ? placements.local(product.placement) : IDENTITY
    return {
      index,
      expressId: product.id,
      globalId: product.globalId,
      class: product.class,
      type: product.type,
      name: product.name,
      tag: product.tag,
      storey: structure.storeyOf[index],
      systems: structure.systemsOf[index],
      host: structure.hostOf[index],
      fills: structure.fills[index],
      state: isOpening(product.class) ? 'opening' : faulty.has(product.id) ? 'refused' : 'bodyless',
      reason: faulty.get(product.id) ?? null,
      parts: [],
      solids:
        body && local && openings.length === 0
          ? readSolids(step, placements, toMetre, body.representations, multiply(shiftBack(origin, toMetre), local))
          : null,
      bounds: null,
    }
  })
  const tasks = readTasks(step, products)
  const gridAxes = readGridAxes(step, placements, toMetre, origin)
  const findings = [...fileFindings(step, products), ...units.findings, ...mapFindings]
  const { brokenVoids } = structure
  if (brokenVoids.length > 0) findings.push(problem('ifc.brokenVoids', { count: brokenVoids.length, first: brokenVoids[0] }, `#${brokenVoids[0]}`, 'warning'))
  if (origin.some((v) => v !== 0)) findings.push(problem('ifc.frameOrigin', { x: origin[0], y: origin[1], z: origin[2] }, '', 'info'))
  const physical = elements.filter((e) => e.state !== 'opening').length
  const model: SiteModel = {
    id: input.id,
    file: {
      name,
      sha256: await hash(bytes),
      bytes: bytes.length,
      schema: step.header.schema,
      encoding: step.encoding,
      application: applicationOf(step),
    },
    lengthUnit: units.length,
    frame: { origin, georeference },
    elements,
    shapes: [],
    storeys: structure.storeys.map((s) => ({ ...s, elevation: s.elevation - origin[2] })),
    systems: structure.systems,
    tree: structure.tree,
    joints: structure.joints,
    ...(gridAxes.length > 0 ? { gridAxes } : {}),
    ...(tasks.length > 0 ? { tasks } : {}),
    census: {
      entities: step.scan.count,
      products: physical,
      withBody: work.filter((w) => elements[w.index].state !== 'opening').length + elements.filter((e) => e.state === 'refused').length,
      shown: 0,
      simplified: 0,
      voided: 0,
      refused: 0,
      openings: elements.length - physical,
      triangles: 0,
    },
    findings,
  }
  const file: OpenFile = {
    step,
    units,
    products: new Map(products.map((p) => [p.id, p])),
    bodies,
    faulty,
    voids: structure.voids,
    placements,
    closures,
    styled,
    origin,
    colors,
    own,
    properties: null,
  }
  yield { kind: 'progress', what: 'index', done: 3, total: 3 }
  return { file, outline: { model, work } }
}

function fileFindings(step: StepFile, products: readonly Product[]): Problem[] {
  const { faults, duplicates, scan, header, encoding } = step
  const out: Problem[] = []
  if (faults.truncated) out.push(problem('ifc.truncated', { entities: scan.count }))
  if (faults.damagedCount > 0) out.push(problem('ifc.damaged', { count: faults.damagedCount }, '', 'warning'))
  if (duplicates.length > 0) out.push(problem('ifc.duplicateIds', { count: duplicates.length, first: duplicates[0] }, `#${duplicates[0]}`, 'warning'))
  if (faults.oversizeIds > 0) out.push(problem('ifc.oversizeIds', { count: faults.oversizeIds }, '', 'warning'))
  if (faults.dataSections > 1) out.push(problem('ifc.dataSections', { count: faults.dataSections }, '', 'warning'))
  if (!LATEST.includes(header.schema)) {
    const readAs = header.schema.startsWith('IFC4X') ? 'IFC4X3' : header.schema.startsWith('IFC2X') ? 'IFC2X3' : 'IFC4'
    out.push(problem('ifc.schema', { schema: header.schema, readAs }, '', 'warning'))
  }
  if (encoding === 'gb18030' || encoding === 'latin1')
    out.push(problem('ifc.encoding', { encoding: encoding === 'latin1' ? 'ISO 8859-1' : 'GB 18030' }, '', 'info'))
  const unknown = new Map<string, number>()
  for (const product of products) if (!product.knownClass) unknown.set(product.class, (unknown.get(product.class) ?? 0) + 1)
  for (const [name, count] of unknown) out.push(problem('ifc.unknownClass', { class: name, count }, '', 'info'))
  if (products.length === 0) out.push(problem('ifc.noProducts', { entities: scan.count }, '', 'warning'))
  const seen = new Set<string>()
  const twice: string[] = []
  for (const { globalId } of products) {
    if (seen.has(globalId)) twice.push(globalId)
    seen.add(globalId)
  }
  if (twice.length > 0) out.push(problem('ifc.duplicateGlobalIds', { count: twice.length, first: twice[0] }, '', 'warning'))
  return out
}

function applicationOf(step: StepFile): string {
  const application = step.idsOf('IFCAPPLICATION')[0]
  const args = application ? step.argsOf(application) : []
  const name = [args[2], args[1]].filter((v) => typeof v === 'string' && v).join(' ')
  const system = step.header.name[5]
  return name || (typeof system === 'string' ? system : '')
}

function shiftBack(origin: Vec3, toMetre: number): Mat4 {
  return [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, -origin[0] / toMetre, -origin[1] / toMetre, -origin[2] / toMetre, 1]
}

/** Nearer than this to the file's origin, coordinates stay as they are [m]; beyond, whole kilometres are taken off (as Conway does). */
const NEAR = 10_000
const GRID = 1_000

/** From the middle of the products' places, so that it depends on the file alone, never on which mesh comes first. */
function frameOrigin(step: StepFile, products: readonly Product[], bodies: ReadonlyMap<number, Body>, placements: Placements, toMetre: number): Vec3 {
  const places: Vec3[] = []
  const stride = Math.max(1, Math.floor(bodies.size / 400))
  let k = 0
  for (const product of products) {
    const body = bodies.get(product.id)
    if (!body || k++ % stride !== 0) continue
    const matrix = product.placement ? placements.local(product.placement) : IDENTITY
    const [x, y, z] = firstPoint(step, body.representations[0])
    const m = matrix ?? IDENTITY
    const place: Vec3 = [
      (m[0] * x + m[4] * y + m[8] * z + m[12]) * toMetre,
      (m[1] * x + m[5] * y + m[9] * z + m[13]) * toMetre,
      (m[2] * x + m[6] * y + m[10] * z + m[14]) * toMetre,
    ]
    if (place.every(Number.isFinite)) places.push(place)
  }
  const middle = [0, 1, 2].map((axis) => {
    const sorted = places.map((p) => p[axis]).sort((a, b) => a - b)
    return sorted[sorted.length >> 1] ?? 0
  })
  if (Math.abs(middle[0]) <= NEAR && Math.abs(middle[1]) <= NEAR && Math.abs(middle[2]) <= NEAR) return [0, 0, 0]
  return [snap(middle[0]), snap(middle[1]), Math.abs(middle[2]) > NEAR ? snap(middle[2]) : 0]
}
function snap(value: number): number {
  return Math.round(value / GRID) * GRID
}

/** Some point of a shape in its own axes: the first one that following references comes to. */
function firstPoint(step: StepFile, root: number): Vec3 {
  const queue = [root]
  const seen = new Set<number>()
  for (let id = queue.pop(); id !== undefined && seen.size < 2000; id = queue.pop()) {
    if (seen.has(id)) continue
    seen.add(id)
    const type = step.typeOf(id)
    if (type === 'IFCCARTESIANPOINT' || type === 'IFCCARTESIANPOINTLIST3D') {
      const list = step.argsOf(id)[0]
      const point = type === 'IFCCARTESIANPOINT' ? list : Array.isArray(list) ? list[0] : null
      if (Array.isArray(point) && point.length === 3 && point.every((v) => typeof v === 'number')) return point as unknown as Vec3
    }
    if (!type.includes('CONTEXT')) queue.push(...step.refsOf(id).slice(0, 8).reverse())
  }
  return [0, 0, 0]
}

/** Styles by the item they belong to. */
function styledItems(step: StepFile): Map<number, number[]> {
  const out = new Map<number, number[]>()
  for (const id of step.idsOf('IFCSTYLEDITEM')) {
    const refs = step.refsOf(id)
    const item = refs[0]
    if (item === undefined || refs.length < 2) continue
    const list = out.get(item)
    if (list) list.push(id)
    else out.set(item, [id])
  }
  return out
}

function makeShard(file: OpenFile, input: ShardInput): ShardOutput {
  const { step, units, closures, origin } = file
  const { toMetre } = units.length
  const refused: { id: number; reason: Problem }[] = []
  const made: ShardProduct[] = []
  const placed: Mat4[] = []
  const colors: ShardOutput['colors'][number][] = []
  const entities: number[] = []
  const uncut: number[] = []
  const direct: ShardOutput['direct'][number][] = []
  const foreign: number[] = []
  const toProject = multiply([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, -origin[0], -origin[1], -origin[2], 1], IDENTITY)

  for (const id of input.ids) {
    const product = file.products.get(id)
    const body = file.bodies.get(id)
    if (!product || !body) continue
    const unfolded = checkItems(body)
    if (unfolded) {
      refused.push({ id, reason: unfolded })
      continue
    }
    const place = placeOf(product)
    if ('reason' in place) {
      refused.push({ id, reason: place.reason })
      continue
    }
    const cuts = input.cut && !isOpening(product.class) ? (file.voids.get(id) ?? []) : []
    const own = cuts.length === 0 && !place.written ? file.own.read(body.representations, input.segments) : null
    if (own) {
      direct.push({ id, ...own, placement: multiply(toProject, place.matrix), color: file.colors.ofProduct(id) })
      continue
    }
    if (input.ownOnly) {
      foreign.push(id)
      continue
    }
    const fault = checkBody(body)
    if (fault.reason) {
      refused.push({ id, reason: fault.reason })
      continue
    }
    const openings: ShardProduct['openings'][number][] = []
    const extra: number[] = [...place.entities]
    for (const opening of cuts) {
      const own = file.products.get(opening)
      const shape = file.bodies.get(opening)
      if (!own || !shape) {
        if (own && file.faulty.has(opening)) uncut.push(id)
        continue
      }
      const cutFault = checkBody(shape)
      const there = own.placement ? file.placements.local(own.placement) : IDENTITY
      const here = product.placement ? file.placements.local(product.placement) : IDENTITY
      if (cutFault.reason || !there || !here) {
        uncut.push(id)
        continue
      }
      openings.push({ id: opening, representations: shape.representations, relative: multiply(inverseRigid(here), there) })
      extra.push(...cutFault.ids)
    }
    const at = input.place && !place.written ? elsewhere(product, input.place) : null
    made.push({ id, representations: body.representations, placement: place.written, at, openings })
    const matrix = multiply(toProject, place.matrix)
    placed.push(at ? multiply(matrix, inverseRigid(inMetres(at))) : matrix)
    colors.push(file.colors.ofProduct(id))
    for (const entity of fault.ids) entities.push(entity)
    for (const entity of extra) entities.push(entity)
  }
  const shard = made.length > 0 ? writeShard(step, made, withStyles(file, entities), { toMetre, angle: units.angle }) : EMPTY_SHARD
  return { ...shard, placements: placed, colors, refused, direct, foreign, uncut }

  function checkItems(body: Body): Problem | null {
    const items = body.representations.reduce((sum, r) => sum + closures.placedItems(r), 0)
    if (items <= MOST_PLACED) return null
    if (!Number.isFinite(items)) return problem('ifc.circular', { entity: `#${body.representations[0]}` })
    return problem('ifc.tooMany', { what: 'items', count: items, limit: MOST_PLACED })
  }
  function checkBody(body: Body): { ids: readonly number[]; reason: Problem | null } {
    const reason = checkItems(body)
    if (reason) return { ids: [], reason }
    const { ids, fault } = closures.of(body.representations)
    return { ids, reason: fault }
  }

  function elsewhere(product: Product, place: number): Mat4 {
    const own = product.placement ? file.placements.local(product.placement) : null
    if (place === 1 && own) return own
    const [x, y, z] = SHIFTS[Math.max(0, place - 2)]
    return [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, x / toMetre, y / toMetre, z / toMetre, 1]
  }
  function inMetres(m: Mat4): number[] {
    return [...m.slice(0, 12), m[12] * toMetre, m[13] * toMetre, m[14] * toMetre, 1]
  }

  /** A local placement as a matrix; another kind is written into the shard for the engine to resolve. */
  function placeOf(product: Product): { matrix: Mat4; written: number; entities: readonly number[] } | { reason: Problem } {
    if (!product.placement) return { matrix: IDENTITY, written: 0, entities: [] }
    const local = file.placements.local(product.placement)
    if (local) {
      const matrix = new Float64Array(local)
      for (let k = 12; k < 15; k++) matrix[k] *= toMetre
      return { matrix, written: 0, entities: [] }
    }
    const { ids, fault } = closures.of([product.placement])
    if (fault || !ids.some((id) => /LINEARPLACEMENT|GRIDPLACEMENT/.test(step.typeOf(id))))
      return { reason: problem('ifc.placement', { placement: `#${product.placement} ${step.typeOf(product.placement)}` }, `#${product.placement}`) }
    return { matrix: IDENTITY, written: product.placement, entities: ids }
  }
}

/** The entities with the styles of those that have one. */
function withStyles(file: OpenFile, entities: readonly number[]): number[] {
  const all = [...new Set(entities)]
  const styles: number[] = []
  for (const id of all) for (const style of file.styled.get(id) ?? []) styles.push(style)
  for (const style of styles) {
    const { ids, fault } = file.closures.of([style])
    if (!fault) for (const id of ids) all.push(id)
  }
  return [...new Set(all)]
}
