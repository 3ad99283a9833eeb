import type { Element, SiteModel } from '@/core/model'
import { locate, type SiteGrid } from '@/core/site'
import type { ElementReach } from './types.ts'

/** Ground, rooms and notes are not things that get wet. */
const NOT_THINGS: ReadonlySet<string> = new Set(['IfcSite', 'IfcBuilding', 'IfcGeographicElement', 'IfcSpace', 'IfcSpatialZone', 'IfcAnnotation', 'IfcGrid'])

/**
 * Where water can reach each element: its meshes, seen from above, cell by cell, with the bottom and top that it has there. An element in
 * a solid cell (a wall that fills it) is reached from the open cells beside it.
 */
export function reachOf(models: readonly SiteModel[], grid: SiteGrid): ElementReach[] {
  const sorted = [...models].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  const origin = sorted[0]?.frame.origin ?? [0, 0, 0]
  const found: ElementReach[] = []
  for (const model of sorted) {
    const shift = [model.frame.origin[0] - origin[0], model.frame.origin[1] - origin[1], model.frame.origin[2] - origin[2]] as const
    for (const element of model.elements) {
      if (!element.bounds || element.state === 'opening' || NOT_THINGS.has(element.class)) continue
      const print = footprint(model, element, grid, shift)
      if (print.size === 0) continue
      const cells = [...print.keys()].sort((a, b) => a - b)
      found.push({
        model: model.id,
        globalId: element.globalId,
        class: element.class,
        name: element.name,
        tag: element.tag,
        cells: Int32Array.from(cells),
        bottoms: Float32Array.from(cells, (cell) => print.get(cell)![0]),
        tops: Float32Array.from(cells, (cell) => print.get(cell)![1]),
      })
    }
  }
  return found
}

type Print = Map<number, [bottom: number, top: number]>

function footprint(model: SiteModel, element: Element, grid: SiteGrid, [dx, dy, dz]: readonly [number, number, number]): Print {
  const all: Print = new Map()
  const add = (x: number, y: number, z: number) => {
    const cell = locate(grid, x, y)
    if (cell < 0) return
    const span = all.get(cell)
    if (!span) all.set(cell, [z, z])
    else {
      if (z < span[0]) span[0] = z
      if (z > span[1]) span[1] = z
    }
  }
  for (const { shape, matrix: m } of element.parts) {
    const { positions, indices } = model.shapes[shape] ?? { positions: new Float32Array(), indices: new Uint32Array() }
    const placed = new Float64Array(positions.length)
    for (let k = 0; k < positions.length; k += 3) {
      const [x, y, z] = [positions[k], positions[k + 1], positions[k + 2]]
      placed[k] = m[0] * x + m[4] * y + m[8] * z + m[12] + dx
      placed[k + 1] = m[1] * x + m[5] * y + m[9] * z + m[13] + dy
      placed[k + 2] = m[2] * x + m[6] * y + m[10] * z + m[14] + dz
    }
    for (let k = 0; k < indices.length; k += 3) sprinkle(placed, indices[k] * 3, indices[k + 1] * 3, indices[k + 2] * 3, grid.cell / 2, add)
  }
  const open: Print = new Map()
  for (const [cell, span] of all) {
    const cells = grid.wet[cell] === 1 ? [cell] : besides(cell, grid).filter((other) => grid.wet[other] === 1)
    for (const reached of cells) {
      const known = open.get(reached)
      open.set(reached, known ? [Math.min(known[0], span[0]), Math.max(known[1], span[1])] : [span[0], span[1]])
    }
  }
  return open
}

/** Points of a triangle, nowhere further apart in plan than `step` [m]. */
function sprinkle(p: Float64Array, a: number, b: number, c: number, step: number, add: (x: number, y: number, z: number) => void): void {
  const longest = Math.max(planLength(p, a, b), planLength(p, b, c), planLength(p, c, a))
  const parts = Math.max(1, Math.ceil(longest / step))
  for (let i = 0; i <= parts; i++)
    for (let j = 0; j <= parts - i; j++) {
      const [u, v] = [i / parts, j / parts]
      const w = 1 - u - v
      add(u * p[a] + v * p[b] + w * p[c], u * p[a + 1] + v * p[b + 1] + w * p[c + 1], u * p[a + 2] + v * p[b + 2] + w * p[c + 2])
    }
}

function planLength(p: Float64Array, a: number, b: number): number {
  const [dx, dy] = [p[a] - p[b], p[a + 1] - p[b + 1]]
  return Math.sqrt(dx * dx + dy * dy)
}

function besides(cell: number, { columns, wet }: SiteGrid): number[] {
  const column = cell % columns
  return [...(column > 0 ? [cell - 1] : []), ...(column < columns - 1 ? [cell + 1] : []), cell - columns, cell + columns].filter(
    (other) => other >= 0 && other < wet.length,
  )
}
