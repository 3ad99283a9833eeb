import { describe, expect, it } from 'vitest'
import { createObjectTable } from './scene-objects.ts'
import { CUBE, IDENTITY, testModel } from './scene-test-site.ts'
import { cutOutline } from './section-outline.ts'
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
