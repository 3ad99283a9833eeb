import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { finish } from '@/core/base/job'
import { DEFAULT_RULES, findClashes } from '@/core/clash'
import { importModel, inlinePool } from '@/core/ifc'
import type { SiteModel } from '@/core/model'

const FOLDER = '../shared/data/ifc/schependomlaan'

describe.skipIf(!existsSync(FOLDER))('groups of a real building (skipped where the shared data is absent)', () => {
  it('leaves at most half as many groups as clashes of its structure with all else, each with one host', async () => {
    const models: SiteModel[] = []
    const pool = inlinePool()
    for (const name of readdirSync(FOLDER).filter((file) => /\.ifc$/i.test(file)))
      models.push((await finish(importModel({ name, bytes: new Uint8Array(readFileSync(`${FOLDER}/${name}`)) }, pool, new AbortController().signal))).model)
    const structure = 'V_L_Constructief'
    const rule = { id: 'structure', a: { models: [structure] }, b: { where: `not file="${structure}"` }, find: ['hard', 'duplicate'] as const }
    const input = { models, rules: { ...DEFAULT_RULES, rules: [rule], checks: [] }, scope: 'rules' as const, tolerance: null, clearance: null, segments: null }
    const { clashes, groups } = await finish(findClashes(input, new AbortController().signal))
    expect(clashes.length).toBeGreaterThan(1000)
    expect(groups.length).toBeLessThanOrEqual(clashes.length / 2)
    const byId = new Map(clashes.map((clash) => [clash.id, clash]))
    expect(groups.reduce((sum, group) => sum + group.clashes.length, 0)).toBe(clashes.length)
    for (const { host, clashes: members } of groups)
      for (const id of members) {
        const { a, b } = byId.get(id) ?? clashes[0]
        expect([`${a.model}/${a.globalId}`, `${b.model}/${b.globalId}`]).toContain(host)
      }
  })
})
