import { describe, expect, it } from 'vitest'
import { createObjectTable } from './scene-objects.ts'
import { CUBE, IDENTITY, testModel } from './scene-test-site.ts'
import { cutOutline, gripsOf, movedFace, planesOf } from './section-outline.ts'
import { soilBlock } from './soil-block.ts'

/** A square of ground 30 m wide with a hole of 10 m in its middle. */
function holed() {
  const positions: number[] = []
  const indices: number[] = []
  for (let r = 0; r < 4; r++) for (let c = 0; c < 4; c++) positions.push(c * 10, r * 10, 0)
  for (let r = 0; r < 3; r++)
    for (let c = 0; c < 3; c++) {
      if (r === 1 && c === 1) continue
      const a = r * 4 + c
      indices.push(a, a + 1, a + 5, a, a + 5, a + 4)
    }
  return { positions: new Float32Array(positions), indices: new Uint32Array(indices), closed: false }
}

describe('the block of soil', () => {
  it('has sides down to its underside round the site and a low rim in the hole, all facing away from the ground', () => {
    const table = createObjectTable()
    table.sync([testModel('m', [{ shape: holed(), matrices: [IDENTITY], class: 'IfcGeographicElement' }])])
    const block = soilBlock(table.objects, { min: [0, 0, -12], max: [30, 30, 0] })
    if (!block) throw new Error('a block expected')
    expect(block.box).toEqual({ min: [0, 0, -15], max: [30, 30, 0] })
    const sides = block.positions.length / 18
    expect(sides).toBe(12 + 4)
    for (let k = 0; k < block.positions.length / 3; k++) {
      const [x, y, z] = block.positions.slice(k * 3, k * 3 + 3)
      const [nx, ny] = block.normals.slice(k * 3, k * 3 + 2)
      const outside = x === 0 || x === 30 || y === 0 || y === 30
      const deepest = outside ? -15 : -2
      expect([0, deepest]).toContain(z)
      const away = nx * (x - 15) + ny * (y - 15)
      if (outside) expect(away).toBeGreaterThan(0)
      else expect(away).toBeLessThan(0)
    }
  })
  it('is none without ground', () => {
    const table = createObjectTable()
    table.sync([testModel('m', [{ shape: CUBE, matrices: [IDENTITY] }])])
    expect(soilBlock([], { min: [0, 0, 0], max: [1, 1, 1] })).toBeNull()
  })
})

describe('the outline of a section', () => {
  const box = { min: [0, 0, 0] as const, max: [4, 2, 1] as const }
  it('is the rectangle of a straight cut', () => {
    const outline = cutOutline({ normal: [1, 0, 0], offset: 3 }, box)
    expect(outline.length).toBe(4)
    for (const [x] of outline) expect(x).toBe(3)
  })
  it('is a hexagon through the middle of a cube, its corners in turn', () => {
    const s = Math.sqrt(1 / 3)
    const outline = cutOutline({ normal: [s, s, s], offset: 1.5 * s }, { min: [0, 0, 0], max: [1, 1, 1] })
    expect(outline.length).toBe(6)
    const steps = outline.map((p, k) => Math.hypot(...p.map((n, a) => n - outline[(k + 1) % 6][a])))
    for (const step of steps) expect(step).toBeCloseTo(Math.SQRT1_2, 9)
  })
  it('is empty beside the box', () => {
    expect(cutOutline({ normal: [0, 0, 1], offset: 5 }, box)).toEqual([])
  })
})

describe('the section box', () => {
  const box = { min: [0, 0, 0] as const, max: [2, 4, 6] as const }
  it('keeps its inside, and has a grip in the middle of every face', () => {
    const planes = planesOf({ section: null, sectionBox: box })
    const inside = (p: readonly [number, number, number]) =>
      planes.every(({ normal, offset }) => normal[0] * p[0] + normal[1] * p[1] + normal[2] * p[2] <= offset)
    expect(inside([1, 2, 3])).toBe(true)
    for (const p of [
      [-0.1, 2, 3],
      [2.1, 2, 3],
      [1, -0.1, 3],
      [1, 4.1, 3],
      [1, 2, -0.1],
      [1, 2, 6.1],
    ] as const)
      expect(inside(p)).toBe(false)
    expect(gripsOf({ section: null, sectionBox: box }, box).map(({ at }) => at)).toEqual([
      [2, 2, 3],
      [0, 2, 3],
      [1, 4, 3],
      [1, 0, 3],
      [1, 2, 6],
      [1, 2, 0],
    ])
  })
  it('moves one face at a time and never turns inside out', () => {
    const [east, west] = planesOf({ section: null, sectionBox: box })
    expect(movedFace(box, east, 3)).toEqual({ min: [0, 0, 0], max: [3, 4, 6] })
    expect(movedFace(box, west, 1)).toEqual({ min: [-1, 0, 0], max: [2, 4, 6] })
    expect(movedFace(box, east, -5).max[0]).toBeGreaterThan(0)
  })
})
