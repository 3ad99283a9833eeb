import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bodyOfSoup } from './body.ts'
import { compareBodies } from './compare.ts'

/** 42 known answers in 4 placements (`clash.md` 5.7): axis-aligned, rotated, at 4e6 / 5.2e6 m, both. */
const FOLDER = '../shared/data/clash/micro'
const there = existsSync(`${FOLDER}/expected.json`)

interface Expected {
  readonly status: 'hard' | 'touch' | 'clear'
  readonly depth?: number
  readonly thickness?: number
  readonly distance?: number
  readonly clearance50?: boolean
  readonly belowTol?: readonly number[]
  readonly tolMesh?: number
}

describe.skipIf(!there)('known answers (skipped where the shared data is absent)', () => {
  const expected = there ? (JSON.parse(readFileSync(`${FOLDER}/expected.json`, 'utf8')) as Record<string, Expected>) : {}
  const { elements } = there
    ? (JSON.parse(readFileSync(`${FOLDER}/meshes.json`, 'utf8')) as { elements: { id: string; v: number; vn: number; i: number; in: number }[] })
    : { elements: [] }
  const bytes = there ? readFileSync(`${FOLDER}/meshes.bin`) : Buffer.alloc(16)
  const data = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
  const count = Number(new DataView(data).getBigUint64(0, true))
  const positions = new Float64Array(data.slice(16, 16 + 8 * count))
  const indices = new Uint32Array(data.slice(16 + 8 * count))
  const soup = (id: string) => {
    const element = elements.find((entry) => entry.id === id)
    if (!element) throw new Error(id)
    const out: number[] = []
    for (let k = 0; k < element.in; k++) for (let c = 0; c < 3; c++) out.push(positions[element.v + 3 * indices[element.i + k] + c])
    return bodyOfSoup(Float64Array.from(out))
  }

  it.each(Object.entries(expected))('%s', (name, want) => {
    const [a, b] = [soup(`${name}:a`), soup(`${name}:b`)]
    for (const [one, two] of [
      [a, b],
      [b, a],
    ]) {
      const found = compareBodies(one, two, 0.5)
      const tolerance = want.belowTol ? 0.0005 : 0.002
      const status = found === null || (found.gap !== null && found.gap > 1e-6) ? 'clear' : (found.depth ?? 0) > tolerance ? 'hard' : 'touch'
      expect(status).toBe(want.status)
      if (want.depth !== undefined) expect(Math.abs((found?.depth ?? 0) - want.depth)).toBeLessThanOrEqual(0.05 * want.depth)
      if (want.distance !== undefined && want.distance > 0 && want.distance < 0.5)
        expect(Math.abs((found?.gap ?? 9) - want.distance)).toBeLessThanOrEqual(want.tolMesh ?? 1e-6)
      if (want.clearance50 !== undefined) expect((found?.gap ?? 9) < 0.05 - 1e-6).toBe(want.clearance50)
    }
  })
})
