import { describe, expect, it } from 'vitest'
import type { Mat4, Vec3 } from '@/core/base/geometry'
import { cross, dot, normalize, sub, transformPoint } from '@/core/base/geometry'
import { buildBoxTree } from './box-tree.ts'
import { createPicker } from './picking.ts'
import { createObjectTable } from './scene-objects.ts'
import { at, CUBE, drum, testModel } from './scene-test-site.ts'

/** A seeded sequence in 0 … 1 (mulberry32). */
function seeded(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
function turned(random: () => number): Mat4 {
  const u = normalize([random() - 0.5, random() - 0.5, random() - 0.5])
  const v = normalize(cross(u, [0.3, 0.9, 0.1]))
  const w = cross(u, v)
  const s = 0.5 + random()
  const place = [random() * 40, random() * 40, random() * 10]
  return [...u.map((n) => n * s), 0, ...v.map((n) => n * s), 0, ...w.map((n) => n * s), 0, ...place, 1]
}

const random = seeded(7)
const shapes = [CUBE, drum(16)]
const model = testModel(
  'm',
  Array.from({ length: 120 }, (_, k) => ({ shape: shapes[k % 2], matrices: [turned(random)] })),
)
const table = createObjectTable()
table.sync([model])
const picker = createPicker(table)
const all = { accept: () => true, sections: [] }

/** Every triangle of every element, one by one (Möller and Trumbore). */
function bruteForce(
  o: Vec3,
  d: Vec3,
  accept: (id: number) => boolean = () => true,
  shown: (p: Vec3) => boolean = () => true,
): { id: number; t: number } | null {
  let best: { id: number; t: number } | null = null
  for (const { id, element } of table.objects) {
    if (!accept(id)) continue
    for (const part of element.parts) {
      const { positions, indices } = model.shapes[part.shape]
      for (let f = 0; f < indices.length; f += 3) {
        const [a, b, c] = [0, 1, 2].map((k) => {
          const v = indices[f + k] * 3
          return transformPoint(part.matrix, positions[v], positions[v + 1], positions[v + 2])
        })
        const e1 = sub(b, a)
        const e2 = sub(c, a)
        const p = cross(d, e2)
        const det = dot(e1, p)
        if (Math.abs(det) < 1e-12) continue
        const s = sub(o, a)
        const u = dot(s, p) / det
        const q = cross(s, e1)
        const v = dot(d, q) / det
        const t = dot(e2, q) / det
        if (u < 0 || v < 0 || u + v > 1 || t < 0 || (best && t >= best.t)) continue
        if (shown([o[0] + d[0] * t, o[1] + d[1] * t, o[2] + d[2] * t])) best = { id, t }
      }
    }
  }
  return best
}
function rays(count: number): { o: Vec3; d: Vec3 }[] {
  return Array.from({ length: count }, () => {
    const o: Vec3 = [random() * 80 - 20, random() * 80 - 20, 15 + random() * 20]
    return { o, d: normalize(sub([random() * 40, random() * 40, random() * 10], o)) }
  })
}

describe('picking', () => {
  it('finds what trying every triangle finds', () => {
    let hits = 0
    for (const { o, d } of rays(400)) {
      const truth = bruteForce(o, d)
      const found = picker.cast(o, d, all)
      expect(found?.object.id ?? null).toBe(truth?.id ?? null)
      if (!truth || !found) continue
      hits++
      expect(found.distance).toBeCloseTo(truth.t, 4)
      expect(dot(found.normal, d)).toBeLessThanOrEqual(1e-6)
    }
    expect(hits).toBeGreaterThan(100)
  })
  it('looks through what is not accepted', () => {
    const even = (id: number) => id % 2 === 0
    for (const { o, d } of rays(150))
      expect(picker.cast(o, d, { accept: ({ id }) => even(id), sections: [] })?.object.id ?? null).toBe(bruteForce(o, d, even)?.id ?? null)
  })
  it('does not see what the section plane takes away', () => {
    const section = { normal: normalize([0.6, 0.2, 0.8]), offset: 18 }
    for (const { o, d } of rays(150)) {
      const truth = bruteForce(
        o,
        d,
        () => true,
        (p) => dot(section.normal, p) <= section.offset,
      )
      expect(picker.cast(o, d, { ...all, sections: [section] })?.object.id ?? null).toBe(truth?.id ?? null)
    }
  })
  it('stops at the given distance', () => {
    const o: Vec3 = [0.5, 0.5, 10]
    const near = createObjectTable()
    near.sync([testModel('n', [{ shape: CUBE, matrices: [at(0, 0, 0)] }])])
    const short = createPicker(near)
    expect(short.cast(o, [0, 0, -1], { ...all, far: 8.9 })).toBeNull()
    expect(short.cast(o, [0, 0, -1], { ...all, far: 9.1 })?.distance).toBeCloseTo(9, 6)
  })
})

describe('the tree of boxes', () => {
  it('visits every box that a ray meets', () => {
    const boxes = new Float64Array(600)
    for (let k = 0; k < 100; k++)
      for (let a = 0; a < 3; a++) {
        boxes[k * 6 + a] = random() * 10
        boxes[k * 6 + 3 + a] = boxes[k * 6 + a] + random()
      }
    const tree = buildBoxTree(boxes)
    for (const { o, d } of rays(50)) {
      const seen = new Set<number>()
      tree.cast(o, d, 0, Infinity, (item, far) => {
        seen.add(item)
        return far
      })
      for (let k = 0; k < 100; k++) {
        const enter = Math.max(...[0, 1, 2].map((a) => Math.min((boxes[k * 6 + a] - o[a]) / d[a], (boxes[k * 6 + 3 + a] - o[a]) / d[a])))
        const leave = Math.min(...[0, 1, 2].map((a) => Math.max((boxes[k * 6 + a] - o[a]) / d[a], (boxes[k * 6 + 3 + a] - o[a]) / d[a])))
        if (enter <= leave && leave >= 0) expect(seen.has(k)).toBe(true)
      }
    }
  })
})
