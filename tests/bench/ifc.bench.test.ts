import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, readdirSync } from 'node:fs'
import { cpus } from 'node:os'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildMeasure, type How, type Measure, WORK } from './support/ifc-process.ts'
import { largeIfc, tiledIfc } from './support/large-ifc.ts'
import type { Measured } from './support/measure-ifc.ts'

/**
 * Opening IFC files beside web-ifc alone (`OpenModel`, `StreamAllMeshes`, a copy of every buffer; its own defaults), a fresh process each,
 * interleaved. `inline`: ours in one thread. `workers`: ours with a reader and two warm engines. Ratios of whole-process CPU, of the clock for the
 * file alone, and to the first mesh. Ours runs at its own 24 facets a circle against web-ifc's 12.
 */
const DATA = resolve(import.meta.dirname, '../../../shared/data/ifc')
const ROUNDS = 2
const SCHEPENDOMLAAN = join(DATA, 'schependomlaan')
const FEDERATION = ['BERNTS-Staalconstructie', 'V_L_Constructief', 'WILLEMSEN-Laagbouw', 'ROOT-Vebo', 'XELLA-1e verdieping', 'GEELEN-Breedplaat V1']

describe.skipIf(!existsSync(DATA))('opening IFC files (absent here: shared/data/ifc)', () => {
  let measure: Measure
  beforeAll(async () => {
    measure = await buildMeasure()
  })
  const parts = FEDERATION.map((name) => join(SCHEPENDOMLAAN, `${name}.ifc`))

  it.each([
    ['brep', 50],
    ['brep', 200],
    ['faceset', 30],
  ] as const)('%s of %i MB', async (kind, megabytes) => {
    const [peer, inline] = compared(['web-ifc', 'inline'], [await largeIfc(parts, kind, megabytes)])
    told(`${kind}-${megabytes}`, peer, inline)
    expect(inline.triangles).toBeGreaterThan(0.999 * peer.triangles)
  })

  it.each([
    ['Office_A', () => join(DATA, 'web-ifc-tests/Office_A_20110811.ifc')],
    ['Office_A tiled to 24 MB', () => tiledIfc(join(DATA, 'web-ifc-tests/Office_A_20110811.ifc'), 'office', 24)],
  ] as const)('%s', (name, path) => {
    const [peer, inline, workers] = compared(['web-ifc', 'inline', 'workers'], [path()])
    told(name, peer, inline)
    told(`${name}, two warm engines`, peer, workers)
    expect(workers.triangles).toBe(inline.triangles)
  })

  it('the 30 files of Schependomlaan', () => {
    const files = readdirSync(SCHEPENDOMLAAN).filter((name) => /\.ifc$/i.test(name))
    const [peer, workers] = compared(
      ['web-ifc', 'workers'],
      files.map((name) => join(SCHEPENDOMLAAN, name)),
      1,
    )
    told('Schependomlaan, two warm engines', peer, workers)
    expect(files.length).toBe(30)
  })

  /** Sums over the files, the least of the rounds for each. */
  function compared(hows: readonly How[], files: readonly string[], rounds = ROUNDS): Measured[] {
    const best = new Map<string, Measured>()
    for (let round = 0; round < rounds; round++)
      for (const file of files)
        for (const how of hows) {
          const run = measure(how, file)
          const known = best.get(`${how} ${file}`)
          if (!known || run.cpu < known.cpu) best.set(`${how} ${file}`, run)
        }
    return hows.map((how) => files.map((file) => best.get(`${how} ${file}`) as Measured).reduce(added))
  }
})

function added(a: Measured, b: Measured): Measured {
  const sum = (key: 'cpu' | 'ready' | 'wall' | 'elements' | 'triangles'): number => a[key] + b[key]
  const both = (key: 'first' | 'firstWall' | 'outline'): number | null => (a[key] === null || b[key] === null ? null : a[key] + b[key])
  return {
    cpu: sum('cpu'),
    ready: sum('ready'),
    wall: sum('wall'),
    first: both('first'),
    firstWall: both('firstWall'),
    outline: both('outline'),
    elements: sum('elements'),
    triangles: sum('triangles'),
    peak: Math.max(a.peak, b.peak),
  }
}

function told(name: string, peer: Measured, ours: Measured): void {
  const ratio = (mine: number | null, theirs: number | null): string => (mine === null || theirs === null ? '–' : (mine / theirs).toFixed(2))
  const row = [
    name,
    `CPU ${ratio(ours.cpu, peer.cpu)}`,
    `wall ${ratio(ours.wall, peer.wall)}`,
    `first mesh ${ratio(ours.first, peer.first)}`,
    `outline ${ours.outline?.toFixed(2) ?? '–'} s`,
    `peak ${ours.peak.toFixed(0)} MB (${ratio(ours.peak, peer.peak)})`,
  ]
  process.stderr.write(`${row.join(' · ')}\n`)
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: import.meta.dirname, encoding: 'utf8' }).trim()
  appendFileSync(
    join(WORK, 'ifc.csv'),
    `${[commit, `"${cpus()[0].model}"`, name, ours.cpu, peer.cpu, ours.wall, peer.wall, ours.first, peer.first, ours.outline, ours.peak, peer.peak].join()}\n`,
  )
}
