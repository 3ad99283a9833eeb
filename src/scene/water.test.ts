import { describe, expect, it } from 'vitest'
import type { SiteGrid } from '@/core/site'
import { crestLevels, findFalls } from './falls.ts'
import { createFrameStore } from './frame-store.ts'
import { drape } from './hose-drawing.ts'
import { colorOf, DEPTH_LEGEND, VELOCITY_LEGEND } from './legend.ts'
import type { WaterFrame } from './scene-props.ts'
import { classesGlsl } from './water-shader.ts'

const frame = (time: number): WaterFrame => ({ time, depth: new Float32Array(1), u: new Float32Array(1), v: new Float32Array(1) })

describe('legend', () => {
  it('rises without gaps and ends open', () => {
    for (const { classes } of [DEPTH_LEGEND, VELOCITY_LEGEND]) {
      for (let k = 1; k < classes.length; k++) expect(classes[k].from).toBe(classes[k - 1].to)
      expect(classes.at(-1)?.to).toBe(Infinity)
      expect(new Set(classes.map((c) => c.color.join())).size).toBe(classes.length)
    }
  })
  it('colours a value by its class, the border belonging to the upper one', () => {
    expect(colorOf(DEPTH_LEGEND, 0.3)).toEqual(DEPTH_LEGEND.classes[3].color)
    expect(colorOf(DEPTH_LEGEND, 0.2999)).toEqual(DEPTH_LEGEND.classes[2].color)
    expect(colorOf(DEPTH_LEGEND, 0.001)).toBeNull()
    expect(colorOf(VELOCITY_LEGEND, 50)).toEqual(VELOCITY_LEGEND.classes.at(-1)?.color)
  })
  it('is the same in the shader: its branches, run as written, give the legend colours', () => {
    for (const legend of [DEPTH_LEGEND, VELOCITY_LEGEND]) {
      const branches = [...classesGlsl(legend).matchAll(/value >= ([\d.]+)\) return vec3\(([\d., ]+)\) \/ 255/g)].map((m) => ({
        from: Number(m[1]),
        color: m[2].split(',').map(Number),
      }))
      expect(branches.length).toBe(legend.classes.length)
      for (const value of [0.011, 0.05, 0.12, 0.15, 0.29, 0.31, 0.75, 1.5, 2, 9])
        expect(branches.find((b) => value >= b.from)?.color).toEqual([...(colorOf(legend, value) ?? [])])
    }
  })
})

describe('frames by time', () => {
  it('finds the two round a moment and how far between', () => {
    const store = createFrameStore()
    expect(store.around(5)).toBeNull()
    const [a, b] = [frame(0), frame(10)]
    store.push(a)
    store.push(b)
    expect(store.around(2.5)).toEqual({ before: a, after: b, mix: 0.25 })
    expect(store.around(-1)?.before).toBe(a)
    expect(store.around(99)).toEqual({ before: b, after: b, mix: 0 })
  })
  it('drops what a live edit overtakes, and tells', () => {
    const store = createFrameStore()
    let told = 0
    const stop = store.subscribe(() => told++)
    for (const t of [0, 10, 20, 30]) store.push(frame(t))
    store.push(frame(20))
    expect(store.times).toEqual([0, 10, 20])
    stop()
    store.clear()
    expect(told).toBe(5)
  })
})

/** Two cells side by side: a yard at 0 m and a pit floor at −10 m. */
function edge(depth: number, u: number, crest: number | null): { grid: SiteGrid; frame: WaterFrame } {
  const grid = {
    columns: 2,
    rows: 1,
    cell: 1,
    x0: 0,
    y0: 0,
    floor: new Float64Array([0, -10]),
    wet: new Uint8Array([1, 1]),
    crests: crest === null ? [] : [{ axis: 'x', face: 0, level: crest, thin: true, coefficient: 1, source: '' }],
  } as unknown as SiteGrid
  return { grid, frame: { time: 0, depth: new Float32Array([depth, 0.5]), u: new Float32Array([u, 0]), v: new Float32Array(2) } }
}

describe('falls', () => {
  const falls = (depth: number, u: number, crest: number | null) => {
    const { grid, frame } = edge(depth, u, crest)
    return findFalls(grid, frame, crestLevels(grid))
  }
  it('falls where water runs over the edge, from its surface to that below', () => {
    const { count, edges, flows } = falls(0.2, 0.5, null)
    expect(count).toBe(1)
    expect([...edges.slice(0, 2)]).toEqual([1, 0.5])
    expect(edges[3]).toBeCloseTo(-9.5, 5)
    expect([...flows.slice(0, 2)]).toEqual([1, 0])
  })
  it('does not fall when it runs the other way, or stands behind a higher crest, or is a film', () => {
    expect(falls(0.2, -0.5, null).count).toBe(0)
    expect(falls(0.2, 0.5, 0.3).count).toBe(0)
    expect(falls(0.001, 0.5, null).count).toBe(0)
    expect(falls(0.2, 0.5, 0.1).count).toBe(1)
  })
})

describe('a hose', () => {
  it('follows the ground between corners whose level is not given, and keeps those that are', () => {
    const laid = drape(
      [
        [0, 0, 5],
        [0, 0, Number.NaN],
        [6, 0, Number.NaN],
      ],
      (x) => x / 10,
      2,
    )
    expect(laid[0]).toEqual([0, 0, 5])
    expect(laid.length).toBe(5)
    for (const [x, , z] of laid.slice(1)) expect(z).toBeCloseTo(x / 10 + 0.12, 9)
  })
})
