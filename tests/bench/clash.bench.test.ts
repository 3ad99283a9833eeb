import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { BufferAttribute, BufferGeometry, Matrix4, Vector3 } from 'three'
import { MeshBVH } from 'three-mesh-bvh'
import { describe, expect, it } from 'vitest'
import { finish } from '@/core/base/job'
import { DEFAULT_RULES } from '@/core/clash'
import { type Body, bodyOf } from '@/core/clash/body.ts'
import { compareBodies } from '@/core/clash/compare.ts'
import { nearPairs } from '@/core/clash/pairs.ts'
import { type Candidate, everythingOf } from '@/core/clash/select.ts'
import { surfaceDistance } from '@/core/clash/surfaces.ts'
import { importModel, inlinePool } from '@/core/ifc'
import type { SiteModel } from '@/core/model'

/**
 * Beside three-mesh-bvh on the same meshes and candidate pairs: the structure of a real building against all else. CPU seconds, the two in
 * turn for every batch of pairs, trees built before. Ratios are told, never tested: timings decide nothing.
 */
const FOLDER = '../shared/data/ifc/schependomlaan'
const STRUCTURE = 'V_L_Constructief'
const BATCH = 60

describe.skipIf(!existsSync(FOLDER))('clash beside three-mesh-bvh (skipped where the shared data is absent)', () => {
  it('full comparison with depth beside bare intersectsGeometry; exact 50 mm clearance beside closestPointToGeometry', async () => {
    const models: SiteModel[] = []
    for (const name of readdirSync(FOLDER).filter((file) => /\.ifc$/i.test(file)))
      models.push(
        (await finish(importModel({ name, bytes: new Uint8Array(readFileSync(`${FOLDER}/${name}`)) }, inlinePool(), new AbortController().signal))).model,
      )
    const input = { models, rules: { ...DEFAULT_RULES, clearances: [] }, scope: 'all' as const, tolerance: null, clearance: 0.05, segments: null }
    const pairs = nearPairs(everythingOf(models), input).filter(([a, b]) => a.model.id === STRUCTURE || b.model.id === STRUCTURE)
    const bodies = new Map<Candidate, { ours: Body; theirs: MeshBVH; geometry: BufferGeometry }>()
    const bodyFor = (candidate: Candidate) => {
      const known = bodies.get(candidate)
      if (known) return known
      const ours = bodyOf(candidate.model, candidate.element, { segments: null, fill: false, shift: candidate.shift })
      if (!ours) return null
      const geometry = new BufferGeometry()
      const soup = Float32Array.from(ours.pieces.flatMap(({ bvh }) => Array.from(bvh.triangles)))
      geometry.setAttribute('position', new BufferAttribute(soup, 3))
      const theirs = new MeshBVH(geometry)
      geometry.boundsTree = theirs
      const made = { ours, theirs, geometry }
      bodies.set(candidate, made)
      return made
    }
    const sides = pairs.flatMap(([a, b]) => {
      const [one, two] = [bodyFor(a), bodyFor(b)]
      return one && two ? [[one, two] as const] : []
    })
    const unit = new Matrix4()
    const hit = () => ({ point: new Vector3(), distance: 0, faceIndex: 0 })
    const found = { ours: 0, theirs: 0 }
    const works: Record<string, (pair: (typeof sides)[number]) => void> = {
      compare: ([a, b]) => void (found.ours += (compareBodies(a.ours, b.ours, 0)?.depth ?? 0) > 0.002 ? 1 : 0),
      intersects: ([a, b]) => void (found.theirs += a.theirs.intersectsGeometry(b.geometry, unit) ? 1 : 0),
      clearance: ([a, b]) => {
        const points = new Float64Array(6)
        let least = 0.05
        for (const p of a.ours.pieces) for (const q of b.ours.pieces) least = Math.min(least, surfaceDistance(p.bvh, q.bvh, least, points))
      },
      closest: ([a, b]) => void a.theirs.closestPointToGeometry(b.geometry, unit, hit(), hit(), 0, 0.05),
    }
    const spent = new Map<string, number>()
    for (let from = 0; from < sides.length; from += BATCH)
      for (const [name, work] of Object.entries(works)) {
        const before = process.cpuUsage()
        for (const pair of sides.slice(from, from + BATCH)) work(pair)
        const { user, system } = process.cpuUsage(before)
        spent.set(name, (spent.get(name) ?? 0) + (user + system) / 1e6)
      }
    const seconds = (name: string) => spent.get(name) ?? 0
    process.stderr.write(
      `${sides.length} pairs; full comparison with depth ${seconds('compare').toFixed(2)} s, intersectsGeometry ${seconds('intersects').toFixed(2)} s, ratio ` +
        `${(seconds('compare') / seconds('intersects')).toFixed(2)}; clearance ${seconds('clearance').toFixed(2)} s, closestPointToGeometry ` +
        `${seconds('closest').toFixed(2)} s, ratio ${(seconds('clearance') / seconds('closest')).toFixed(3)}; hard ${found.ours}, crossing there ${found.theirs}\n`,
    )
    expect(sides.length).toBeGreaterThan(500)
    expect(found.ours).toBeGreaterThan(0)
  })
})
