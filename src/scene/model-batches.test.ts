import { describe, expect, it } from 'vitest'
import { buildBatches } from './model-batches.ts'
import { createObjectTable } from './scene-objects.ts'
import { at, CUBE, drum, testModel } from './scene-test-site.ts'

function batchesOf(elements: Parameters<typeof testModel>[1]) {
  const table = createObjectTable()
  table.sync([testModel('m', elements)])
  return [...buildBatches(table.objects)].filter((batch) => batch !== null)
}
const DRUM = drum(32)

describe('batches', () => {
  it('merges what is rare and instances what is frequent, and loses no triangle', () => {
    const drums = Array.from({ length: 9 }, (_, k) => ({ shape: DRUM, matrices: [at(k * 3, 0, 0)] }))
    const cubes = Array.from({ length: 5 }, (_, k) => ({ shape: CUBE, matrices: [at(k * 2, 10, 0)] }))
    const batches = batchesOf([...drums, ...cubes])
    const merged = batches.find((batch) => batch.form === 'merged')
    const instanced = batches.find((batch) => batch.form === 'instanced')
    expect(batches.length).toBe(2)
    expect(merged?.form === 'merged' && merged.indices.length / 3).toBe(5 * 12)
    expect(instanced?.form === 'instanced' && instanced.ids.length).toBe(9)
    // Edges of instances lie in the merged batch: two rims each.
    expect(merged?.form === 'merged' && merged.edges.length / 6).toBe(5 * 12 + 9 * 64)
  })
  it('writes the place and the object of every vertex', () => {
    const [batch] = batchesOf([
      { shape: CUBE, matrices: [at(0, 0, 0)] },
      { shape: CUBE, matrices: [at(10, 0, 0, 2)] },
    ])
    if (batch.form !== 'merged') throw new Error('merged expected')
    for (let k = 0; k < batch.ids.length; k++) {
      const x = batch.positions[k * 3]
      expect(batch.ids[k]).toBe(x >= 10 ? 1 : 0)
      expect(x >= 10 ? x <= 12 : x <= 1).toBe(true)
    }
  })
  it('keeps the faces of a mirrored part turned outwards', () => {
    const [batch] = batchesOf([{ shape: CUBE, matrices: [[-1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]] }])
    if (batch.form !== 'merged') throw new Error('merged expected')
    const { positions: p, normals: n, indices } = batch
    for (let f = 0; f < indices.length; f += 3) {
      const [a, b, c] = [indices[f] * 3, indices[f + 1] * 3, indices[f + 2] * 3]
      const middle = [0, 1, 2].map((k) => (p[a + k] + p[b + k] + p[c + k]) / 3 - [-0.5, 0.5, 0.5][k])
      const u = [0, 1, 2].map((k) => p[b + k] - p[a + k])
      const v = [0, 1, 2].map((k) => p[c + k] - p[a + k])
      const face = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]]
      expect(face[0] * middle[0] + face[1] * middle[1] + face[2] * middle[2]).toBeGreaterThan(0)
      const k = indices[f] * 4
      expect(n[k] * middle[0] + n[k + 1] * middle[1] + n[k + 2] * middle[2]).toBeGreaterThan(0)
    }
  })
  it('keeps the ground apart', () => {
    const kinds = batchesOf([
      { shape: CUBE, matrices: [at(0, 0, 0)], class: 'IfcGeographicElement' },
      { shape: CUBE, matrices: [at(3, 0, 0)] },
    ]).map((batch) => batch.kind)
    expect(kinds.sort()).toEqual(['ground', 'solid'])
  })
})
