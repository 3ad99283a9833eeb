import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import * as WebIFC from 'web-ifc'
import { globalIdOf, writeIfc } from '@/core/ifc/write/index.ts'
import { AS_DESIGNED, ground, LOW_POINT, PIT, slabTop, YARD } from './station/site.ts'
import { buildStation, stationFiles } from './station.site.ts'

const NAMES = ['01-SITE', '02-UTL', '03-STR', '04-TMP', '05-MEP', '06-DRN']
const committed = (name: string) => new Uint8Array(readFileSync(new URL(`./${name}.ifc`, import.meta.url)))

/** One opened file: what it says of each element, by Tag (the second of two equal ones as `tag#2`). */
interface Opened {
  readonly text: string
  readonly lines: ReadonlyMap<number, { readonly type: string; readonly args: string }>
  readonly shapes: ReadonlyMap<number, Shape>
  readonly byTag: ReadonlyMap<string, Shape>
}
interface Shape {
  readonly min: number[]
  readonly max: number[]
  readonly triangles: number
  readonly volume: number
  /** Corners of the triangles in the frame of the file, nine numbers each. */
  readonly corners: Float64Array
}
const opened = new Map<string, Opened>()

beforeAll(async () => {
  const api = new WebIFC.IfcAPI()
  await api.Init(undefined, true)
  api.SetLogLevel(WebIFC.LogLevel.LOG_LEVEL_OFF)
  for (const name of NAMES) opened.set(name, open(api, committed(name)))
  api.Dispose()
})

it('comes out of the recipe byte for byte', async () => {
  const built = await buildStation()
  expect(built.map(({ name }) => name)).toEqual(NAMES.map((name) => `${name}.ifc`))
  for (const { name, bytes } of built) expect(Buffer.compare(bytes, committed(name.replace('.ifc', ''))), name).toBe(0)
  expect(built.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeLessThan(6 * 2 ** 20)
})

it('writes a gap that is elsewhere and higher when the recipe says so', () => {
  const files = stationFiles({ gap: { from: 78, to: 86, sill: AS_DESIGNED.gap.sill + 0.1 } })
  const opening = files
    .find(({ id }) => id === '03-STR')!
    .elements.find(({ id }) => id === 'GAP-SILL')!
    .openings!.find(({ id }) => id === 'GAP-OP')!.bodies[0]
  expect(opening).toMatchObject({ kind: 'extrusion', length: 8 })
  expect(opening.kind === 'extrusion' && opening.origin[0]).toBe(78)
  expect(writeIfc(files[2]).length).toBeGreaterThan(50_000)
})

describe.each(NAMES)('%s', (name) => {
  it('has a unique GlobalId of 22 characters for every rooted instance', () => {
    const plain = /^IFC(MATERIAL|PROPERTY(SINGLE|ENUMERATED)VALUE)$/
    const rooted = [...opened.get(name)!.lines.values()].filter(({ type, args }) => !plain.test(type) && /^'[^']*',\$,[$']/.test(args))
    const ids = rooted.flatMap(({ args }) => /^'([0-9A-Za-z_$]{22})',/.exec(args)?.[1] ?? [])
    expect(ids.length).toBe(rooted.length)
    expect(ids.length).toBeGreaterThan(50)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.every((id) => '0123'.includes(id[0]))).toBe(true)
  })

  it('refers only to instances that are there, before or after', () => {
    const { lines } = opened.get(name)!
    const missing = [...lines.values()].flatMap(({ args }) => [...unquoted(args).matchAll(/#(\d+)/g)].map((m) => Number(m[1])).filter((id) => !lines.has(id)))
    expect(missing).toEqual([])
  })

  it('is IFC4 in metres, with the one map frame and a fixed time', () => {
    const { text } = opened.get(name)!
    expect(text).toContain("FILE_SCHEMA(('IFC4'))")
    expect(text).toContain(`FILE_NAME('${name}.ifc','2026-06-01T08:00:00'`)
    expect(text).toMatch(/=IFCSIUNIT\(\*,\.LENGTHUNIT\.,\$,\.METRE\.\);/)
    expect(text).toMatch(/=IFCMAPCONVERSION\(#\d+,#\d+,445300\.,4418250\.,46\.5,1\.,0\.,1\.\);/)
    expect(text).toMatch(/=IFCPROJECTEDCRS\('EPSG:4548'/)
    expect([...text.matchAll(/\\X2\\([^\\]*)\\X0\\/g)].every((m) => /^([0-9A-F]{4})+$/.test(m[1]))).toBe(true)
    expect([...text].every((c) => c === '\n' || (c >= ' ' && c <= '~'))).toBe(true)
  })

  it('holds every product in the tree: contained, part of another, an opening, or a port', () => {
    const { lines } = opened.get(name)!
    const held = new Set<number>()
    for (const { type, args } of lines.values()) {
      const lists = [...unquoted(args).matchAll(/\(([#\d,]+)\)/g)].flatMap((m) => m[1].split(',').map((ref) => Number(ref.slice(1))))
      const refs = unquoted(args)
        .split(',')
        .filter((arg) => /^#\d+$/.test(arg))
        .map((ref) => Number(ref.slice(1)))
      if (/^IFCREL(CONTAINEDIN|REFERENCEDIN|AGGREGATES|NESTS)/.test(type)) for (const id of lists) held.add(id)
      if (type === 'IFCRELVOIDSELEMENT') held.add(refs.at(-1)!)
    }
    const loose = [...lines]
      .filter(([id, { type, args }]) => isProduct(type, args) && !held.has(id))
      .map(([, { type, args }]) => `${type} ${args.slice(0, 60)}`)
    expect(loose).toEqual([])
  })

  it('opens in the engine with a closed body for every element that has one', () => {
    const { lines, shapes } = opened.get(name)!
    const bodies = [...lines].filter(([, { type, args }]) => isProduct(type, args) && hasBody(args) && !/OPENING|SPACE$|SPATIALZONE/.test(type))
    expect(bodies.length).toBeGreaterThan(40)
    const lost = bodies.filter(([id]) => !((shapes.get(id)?.triangles ?? 0) > 0)).map(([, { args }]) => args.slice(0, 60))
    expect(lost).toEqual([])
    const inside = bodies.filter(([id, { type }]) => type !== 'IFCGEOGRAPHICELEMENT' && !(shapes.get(id)!.volume > 0)).map(([, { args }]) => args.slice(0, 60))
    expect(inside).toEqual([])
  })
})

it('has the elements of the design, file by file', () => {
  const count = (name: string, type: string) => [...opened.get(name)!.lines.values()].filter((line) => line.type === type).length
  expect(Object.fromEntries(['IFCWALL', 'IFCBEAM', 'IFCCOLUMN', 'IFCSLAB', 'IFCDOOR', 'IFCSPACE'].map((type) => [type, count('03-STR', type)]))).toEqual({
    IFCWALL: 106,
    IFCBEAM: 16,
    IFCCOLUMN: 10,
    IFCSLAB: 8,
    IFCDOOR: 2,
    IFCSPACE: 8,
  })
  const struts = [...opened.get('04-TMP')!.byTag.keys()].filter((tag) => tag.startsWith('STRUT-'))
  expect([1, 2, 3].map((layer) => struts.filter((tag) => tag.startsWith(`STRUT-${layer}-`)).length)).toEqual([23, 69, 41])
  expect(count('01-SITE', 'IFCBUILDING')).toBe(1 + 28 + 2)
  expect(count('01-SITE', 'IFCSPATIALZONE')).toBe(9)
  expect(count('02-UTL', 'IFCDISTRIBUTIONSYSTEM')).toBe(10)
  expect(count('02-UTL', 'IFCWASTETERMINAL')).toBe(22 + 6 + 6)
  expect(count('05-MEP', 'IFCDISTRIBUTIONSYSTEM')).toBe(17)
  expect(count('05-MEP', 'IFCRELCONNECTSPORTS')).toBe(10 * 4 + 3 * 3 + 2 + 3 + 3 + 8)
  expect(count('06-DRN', 'IFCPUMP')).toBe(5)
  expect(NAMES.map((name) => count(name, 'IFCRELCONNECTSPORTS') * 2 === count(name, 'IFCDISTRIBUTIONPORT'))).toEqual(NAMES.map(() => true))
})

it('derives GlobalIds from names, also of the pump that was exported twice', () => {
  const { text } = opened.get('06-DRN')!
  for (const key of ['P-03', 'P-03#2'])
    expect(text).toMatch(new RegExp(`=IFCPUMP\\('${escaped(globalIdOf(key))}',\\$,'P-03 [^']*',\\$,\\$,#\\d+,#\\d+,'P-03',`))
})

describe('ground', () => {
  it('lies where the formula says, at the corners and at the low point', () => {
    expect(ground(-160, 100)).toBeCloseTo(0.45, 9)
    expect(ground(160, -100)).toBeCloseTo(-0.49, 9)
    expect(ground(LOW_POINT.x, LOW_POINT.y)).toBeCloseTo(-0.643, 9)
    const { corners } = opened.get('01-SITE')!.byTag.get('TERRAIN')!
    for (let k = 0; k < corners.length; k += 3) expect(Math.abs(corners[k + 2] - ground(corners[k], corners[k + 1]))).toBeLessThan(1e-4)
  })

  it('has no triangle longer than 5 m, within 30 m of the low point than 1 m, and a hole for the pit alone', () => {
    const { corners } = opened.get('01-SITE')!.byTag.get('TERRAIN')!
    let area = 0
    for (let k = 0; k < corners.length; k += 9) {
      const p = [0, 3, 6].map((c) => [corners[k + c], corners[k + c + 1]])
      const edges = p.map(([x, y], n) => Math.hypot(x - p[(n + 1) % 3][0], y - p[(n + 1) % 3][1]))
      const inside = p.every(([x, y]) => Math.hypot(x - LOW_POINT.x, y - LOW_POINT.y) < LOW_POINT.radius)
      expect(Math.max(...edges)).toBeLessThan(inside ? 1.0001 : 5.0001)
      expect(p.some(([x, y]) => Math.abs(x) < PIT.x - 1e-3 && Math.abs(y) < PIT.y - 1e-3)).toBe(false)
      area += Math.abs((p[1][0] - p[0][0]) * (p[2][1] - p[0][1]) - (p[2][0] - p[0][0]) * (p[1][1] - p[0][1])) / 2
    }
    expect(area).toBeCloseTo(320 * 200 - 4 * PIT.x * PIT.y, 1)
  })

  it('holds in the yard what the formula holds: 341 m³ below the sill of the gap, 1,095 m³ below the threshold of the east gate', () => {
    const { corners } = opened.get('01-SITE')!.byTag.get('TERRAIN')!
    expect(Math.abs(storage(corners, -0.284, -55, 40) / 341.5 - 1)).toBeLessThan(0.005)
    expect(Math.abs(storage(corners, -0.15, -55, 40) / 1095.1 - 1)).toBeLessThan(0.005)
  })

  it('is fenced by a plinth 0.30 m over it, cut down to the threshold at the east gate', () => {
    const site = opened.get('01-SITE')!.byTag
    expect(site.get('PLINTH-N')!.max[2]).toBeCloseTo(ground(-130.12, 40) + 0.3, 3)
    expect(site.get('PLINTH-S')!.min[2]).toBeCloseTo(ground(150.12, -55), 3)
    expect(levelAt(site.get('PLINTH-E')!, 150.01, -30.01)).toBeCloseTo(-0.15, 4)
    expect(levelAt(site.get('PLINTH-E')!, 150.01, -26.5)).toBeCloseTo(ground(150, -26.5) + 0.3, 3)
    expect(levelAt(site.get('PLINTH-W')!, -130.01, -30)).toBeCloseTo(0.495, 3)
    for (const x of [-100, 0, 92, 140]) expect(levelAt(site.get('PLINTH-S')!, x + 0.013, -55.01)).toBeCloseTo(ground(x, -55) + 0.3, 3)
  })

  it('stands 0.29 m under the parapet in the north-west, and the gap is 0.15 m over the yard', () => {
    const str = opened.get('03-STR')!.byTag
    expect(str.get('PAR-N')!.max[2] - ground(-PIT.x, PIT.y)).toBeCloseTo(0.29, 1)
    expect(str.get('GAP-SILL')!.max[2]).toBeCloseTo(-0.284, 6)
    expect([str.get('GAP-SILL')!.min[0], str.get('GAP-SILL')!.max[0]].map((x) => Math.round(x * 1e4) / 1e4)).toEqual([88, 96])
  })
})

describe('planted pairs', () => {
  /** File, tag, box [m]. */
  const boxes: readonly [string, string, readonly number[], readonly number[]][] = [
    ['04-TMP', 'STRUT-1-k07', [-36.4, -10.25, -1.8], [-35.6, 10.25, -0.8]],
    ['02-UTL', 'E1-seg1', [22, -44, -1.5], [23.2, 44, -0.7]],
    ['02-UTL', 'H1-seg2', [-96, 13.3, -4.2], [-32, 15.7, -2.2]],
    ['03-STR', 'VS-W-1', [-60, 11.15, -12], [-59.4, 17.15, -0.5]],
    ['03-STR', 'VS-E-1', [-40.6, 11.15, -12], [-40, 17.15, -0.5]],
    ['02-UTL', 'T1-seg2', [-96, -14.3, -2.9], [-32, -13.7, -2.4]],
    ['04-TMP', 'TC1-FTG', [-58, -19.5, -2.7], [-52, -13.5, -1.2]],
    ['03-STR', 'CB-S-6', [45, -11.25, -1.7], [75, -10.25, -0.9]],
    ['03-STR', 'CB-N-6', [45, 10.25, -1.7], [75, 11.25, -0.9]],
    ['05-MEP', 'SD1-s3', [-72, -4.8, -12.515], [-58, -3.2, -11.885]],
    ['05-MEP', 'VD1-s2', [-63.6, -2.5, -13.45], [-62.4, 2.5, -12.65]],
    ['03-STR', 'COL-k04', [-63.4, -0.4, slabTop(-63)], [-62.6, 0.4, -11.3]],
    ['06-DRN', 'P-03', [97.3, -9.55, slabTop(98) - 1.17], [97.8, -9.05, slabTop(98) - 0.27]],
    ['06-DRN', 'P-03#2', [97.3, -9.55, slabTop(98) - 1.17], [97.8, -9.05, slabTop(98) - 0.27]],
  ]
  it.each(boxes)('%s %s is the box of the design', (file, tag, min, max) => {
    const shape = opened.get(file)!.byTag.get(tag)!
    for (let axis = 0; axis < 3; axis++) {
      expect(shape.min[axis]).toBeCloseTo(min[axis], 4)
      expect(shape.max[axis]).toBeCloseTo(max[axis], 4)
    }
  })

  /** File, tag, middle of the ends and outer radius [m]; the engine draws circles with corners on the circle. */
  const rounds: readonly [string, string, readonly number[], readonly number[], number][] = [
    ['02-UTL', 'W1-seg2', [-36, -12, -1.6], [-36, 12, -1.6], 0.3175],
    ['02-UTL', 'G1-seg1', [21.5, -44, -1.1], [21.5, 44, -1.1], 0.1625],
    ['02-UTL', 'S2-seg2', [58.5, -12, -1.28], [58.5, 12, -1.28], 0.2],
    ['05-MEP', 'FM1-s2', [-70, -6.6, -12.2], [-70, -1, -12.2], 0.1095],
    ['05-MEP', 'CHS-s3', [-72, 6.5, -12], [-58, 6.5, -12], 0.087],
    ['05-MEP', 'CHR-s3', [-72, 6.7, -12], [-58, 6.7, -12], 0.087],
    ['06-DRN', 'P-02-r5', [45, -9.4, -9], [45, -9.4, -5], 0.084],
    ['04-TMP', 'STRUT-2-x45', [45, -9.85, -6.8], [45, 9.85, -6.8], 0.3045],
  ]
  it.each(rounds)('%s %s is the cylinder of the design', (file, tag, from, to, radius) => {
    const { corners } = opened.get(file)!.byTag.get(tag)!
    const along = to.map((v, axis) => v - from[axis])
    const length = Math.hypot(...along)
    const inner: number[] = []
    let [least, most] = [Infinity, -Infinity]
    for (let k = 0; k < corners.length; k += 3) {
      const d = from.map((v, axis) => corners[k + axis] - v)
      const s = d.reduce((sum, v, axis) => sum + (v * along[axis]) / length, 0)
      inner.push(Math.sqrt(Math.max(0, d.reduce((sum, v) => sum + v * v, 0) - s * s)))
      least = Math.min(least, s)
      most = Math.max(most, s)
    }
    expect(Math.max(...inner)).toBeCloseTo(radius, 4)
    expect(least).toBeCloseTo(0, 4)
    expect(most).toBeCloseTo(length, 4)
  })
})

it('takes sleeves, sumps and ditches out of walls and slabs', () => {
  const str = opened.get('03-STR')!.byTag
  const notches = 1.4 * 0.3 * 0.3 + 0.525 * 0.0625 * 0.3
  expect(str.get('PAR-N')!.volume).toBeCloseTo(209.5 * 0.3 * 1.4 - notches, 3)
  expect(str.get('MS')!.volume).toBeLessThan(84.2 * 20.7 * 0.4 - 6 * 2.2 * 0.4)
  const slab = 208.4 * 20.7 - 6 * 2.25
  expect(str.get('BS')!.volume).toBeLessThan(slab - 2 * 200 * 0.3 * 0.3)
  expect(str.get('BS')!.volume).toBeGreaterThan(slab - 2 * 200 * 0.3 * 0.45)
  // Over the sleeves nothing of the beam is left where the pipes run.
  expect(inside(str.get('CB-N-3')!, [-36.01, 10.75, -1.61])).toBe(false)
  expect(inside(str.get('CB-N-5')!, [22.6, 10.75, -1.11])).toBe(false)
  expect(inside(str.get('CB-N-6')!, [58.51, 10.75, -1.281])).toBe(true)
})

function open(api: WebIFC.IfcAPI, bytes: Uint8Array): Opened {
  const text = new TextDecoder('latin1').decode(bytes)
  const lines = new Map([...text.matchAll(/^#(\d+)=(IFC\w+)\((.*)\);$/gm)].map((m) => [Number(m[1]), { type: m[2], args: m[3] }] as const))
  const model = api.OpenModel(bytes, { TAPE_SIZE: 1 << 20, CIRCLE_SEGMENTS: 16 })
  const shapes = new Map<number, Shape>()
  api.StreamAllMeshes(model, (mesh) => {
    shapes.set(mesh.expressID, shapeOf(api, model, mesh))
  })
  api.CloseModel(model)
  const byTag = new Map<string, Shape>()
  for (const [id, shape] of shapes) {
    const tag = tagOf(lines.get(id)!)
    byTag.set(byTag.has(tag) ? `${tag}#2` : tag, shape)
  }
  return { text, lines, shapes, byTag }
}
function tagOf({ args }: { readonly args: string }): string {
  return /^'[^']*',\$,'([^' ]*)/.exec(args)?.[1] ?? ''
}
function isProduct(type: string, args: string): boolean {
  return !/^IFC(REL|PROPERTYSET|PROJECT|SITE$|TASK|DISTRIBUTIONSYSTEM|CONSTRUCTION)/.test(type) && /^'[^']{22}',\$,'/.test(args)
}
function hasBody(args: string): boolean {
  return /^'[^']{22}',\$,'(?:[^']|'')*',\$,(?:\$|'[^']*'),#\d+,#\d+/.test(args)
}
function unquoted(args: string): string {
  return args.replace(/'(?:[^']|'')*'/g, "''")
}
function escaped(value: string): string {
  return value.replace(/\$/g, '\\$')
}

function shapeOf(api: WebIFC.IfcAPI, model: number, mesh: WebIFC.FlatMesh): Shape {
  const [min, max] = [
    [Infinity, Infinity, Infinity],
    [-Infinity, -Infinity, -Infinity],
  ]
  const corners: number[] = []
  let volume = 0
  for (let g = 0; g < mesh.geometries.size(); g++) {
    const placed = mesh.geometries.get(g)
    const geometry = api.GetGeometry(model, placed.geometryExpressID)
    const vertices = api.GetVertexArray(geometry.GetVertexData(), geometry.GetVertexDataSize())
    const indices = api.GetIndexArray(geometry.GetIndexData(), geometry.GetIndexDataSize())
    const m = placed.flatTransformation
    const at = (k: number) => {
      const [x, y, z] = [vertices[6 * k], vertices[6 * k + 1], vertices[6 * k + 2]]
      // The engine hands out Y-up.
      return [m[0] * x + m[4] * y + m[8] * z + m[12], -(m[2] * x + m[6] * y + m[10] * z + m[14]), m[1] * x + m[5] * y + m[9] * z + m[13]]
    }
    for (let k = 0; k < indices.length; k += 3) {
      const [a, b, c] = [at(indices[k]), at(indices[k + 1]), at(indices[k + 2])]
      corners.push(...a, ...b, ...c)
      volume += (a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0]) + a[2] * (b[0] * c[1] - b[1] * c[0])) / 6
    }
    geometry.delete()
  }
  for (let k = 0; k < corners.length; k++) {
    min[k % 3] = Math.min(min[k % 3], corners[k])
    max[k % 3] = Math.max(max[k % 3], corners[k])
  }
  return { min, max, triangles: corners.length / 9, volume, corners: Float64Array.from(corners) }
}

/** Levels of a body's faces over a point, from below. */
function levelsAt({ corners }: Shape, x: number, y: number): number[] {
  const levels: number[] = []
  for (let k = 0; k < corners.length; k += 9) {
    const [ax, ay, az, bx, by, bz, cx, cy, cz] = corners.subarray(k, k + 9)
    const d = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
    if (Math.abs(d) < 1e-12) continue
    const u = ((x - ax) * (cy - ay) - (cx - ax) * (y - ay)) / d
    const v = ((bx - ax) * (y - ay) - (x - ax) * (by - ay)) / d
    if (u >= 0 && v >= 0 && u + v <= 1) levels.push(az + u * (bz - az) + v * (cz - az))
  }
  return levels.sort((a, b) => a - b)
}
function levelAt(shape: Shape, x: number, y: number): number {
  return levelsAt(shape, x, y).at(-1) ?? Number.NaN
}
function inside(shape: Shape, [x, y, z]: readonly [number, number, number]): boolean {
  return levelsAt(shape, x, y).filter((level) => level > z).length % 2 === 1
}

/** What the ground holds below a level between the west and the east plinth [m³]: each triangle as four by four small ones. */
function storage(corners: Float64Array, level: number, south: number, north: number): number {
  let volume = 0
  for (let k = 0; k < corners.length; k += 9) {
    const [ax, ay, az, bx, by, bz, cx, cy, cz] = corners.subarray(k, k + 9)
    const [x, y] = [(ax + bx + cx) / 3, (ay + by + cy) / 3]
    if (x < YARD.west || x > YARD.east || y < south || y > north) continue
    const area = Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2
    for (let i = 0; i < 4; i++)
      for (let j = 0; j < 4 - i; j++)
        for (const turned of j < 3 - i ? [1 / 3, 2 / 3] : [1 / 3]) {
          const [u, v] = [(i + turned) / 4, (j + turned) / 4]
          volume += (Math.max(0, level - (az + u * (bz - az) + v * (cz - az))) * area) / 16
        }
  }
  return volume
}
