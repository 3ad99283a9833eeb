import { describe, expect, it } from 'vitest'
import { CUBE, drum } from './scene-test-site.ts'
import { prepareShape } from './shape-geometry.ts'

describe('shapes made ready to draw', () => {
  it('gives a cube three normals a corner and its twelve edges', () => {
    const cube = prepareShape(CUBE)
    expect(cube.positions.length / 3).toBe(24)
    expect(cube.indices.length).toBe(36)
    expect(cube.edges.length / 6).toBe(12)
    for (let k = 0; k < cube.normals.length; k += 4) expect([...cube.normals.slice(k, k + 3)].map(Math.abs).sort()).toEqual([0, 0, 127])
  })
  it('shades a pipe smoothly round and shows only its two rims', () => {
    const facets = 24
    const pipe = prepareShape(drum(facets))
    // Two rims of vertices for the side, two for the caps and their hubs.
    expect(pipe.positions.length / 3).toBe(4 * facets + 2)
    expect(pipe.edges.length / 6).toBe(2 * facets)
    for (let k = 0; k < pipe.positions.length / 3; k++) {
      const [x, y, z] = pipe.normals.slice(k * 4, k * 4 + 3)
      if (Math.abs(z) > 100) continue
      const outward = (x * pipe.positions[k * 3] + y * pipe.positions[k * 3 + 1]) / 127
      expect(outward).toBeGreaterThan(0.98)
    }
  })
  it('welds triangles that share no vertex in the file', () => {
    const soup = {
      positions: new Float32Array([0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0]),
      indices: new Uint32Array([0, 1, 2, 3, 4, 5]),
      closed: false,
    }
    expect(prepareShape(soup).edges.length / 6).toBe(4)
  })
})
