import type { Vec3 } from '@/core/base/geometry'
import type { ElementRecipe, MeshRecipe } from '@/core/ifc/write/index.ts'
import { COLOR } from './palette.ts'
import { ground, LOW_POINT, PIT, YARD } from './site.ts'

/** The ground as it stands: one open surface with a hole where the pit is, edges on the plinth line, finer about the low point. */
export function terrain(): ElementRecipe {
  return {
    id: 'TERRAIN',
    title: '场地地形 Terrain',
    class: 'IfcGeographicElement',
    type: 'TERRAIN',
    in: 'site',
    at: [0, 0, 0],
    bodies: [groundMesh()],
    color: COLOR.soil,
    material: '杂填土 Fill',
  }
}

/** No edge of a triangle is longer than this [m], and near the low point no longer than `FINE`. */
const COARSE = 5
const FINE = 1

function groundMesh(): MeshRecipe {
  const xs = lines([-160, YARD.west, -PIT.x, PIT.x, YARD.east, 160])
  const ys = lines([-100, YARD.south, -PIT.y, PIT.y, YARD.north, 100])
  const points: Vec3[] = []
  const numbers = new Map<string, number>()
  const faces: [number, number, number][] = []
  const point = (x: number, y: number) => {
    const key = `${x.toFixed(4)},${y.toFixed(4)}`
    const known = numbers.get(key)
    if (known !== undefined) return known
    points.push([x, y, ground(x, y)])
    numbers.set(key, points.length - 1)
    return points.length - 1
  }
  const inPit = (i: number, j: number) => xs[i] >= -PIT.x && xs[i + 1] <= PIT.x && ys[j] >= -PIT.y && ys[j + 1] <= PIT.y
  /** Into how many columns and rows a cell is cut. */
  const cuts = (i: number, j: number): [number, number] => {
    if (i < 0 || j < 0 || i + 1 >= xs.length || j + 1 >= ys.length || inPit(i, j)) return [1, 1]
    const dx = Math.max(xs[i] - LOW_POINT.x, LOW_POINT.x - xs[i + 1], 0)
    const dy = Math.max(ys[j] - LOW_POINT.y, LOW_POINT.y - ys[j + 1], 0)
    if (dx * dx + dy * dy >= LOW_POINT.radius ** 2) return [1, 1]
    const leg = FINE / Math.SQRT2
    return [Math.ceil((xs[i + 1] - xs[i]) / leg), Math.ceil((ys[j + 1] - ys[j]) / leg)]
  }
  for (let i = 0; i + 1 < xs.length; i++)
    for (let j = 0; j + 1 < ys.length; j++) {
      if (inPit(i, j)) continue
      const [columns, rows] = cuts(i, j)
      const at = (a: number, b: number) => point(between(xs, i, a / columns), between(ys, j, b / rows))
      if (columns > 1 || rows > 1) {
        for (let a = 0; a < columns; a++)
          for (let b = 0; b < rows; b++) {
            const [sw, se, ne, nw] = [at(a, b), at(a + 1, b), at(a + 1, b + 1), at(a, b + 1)]
            faces.push([sw, se, ne], [sw, ne, nw])
          }
        continue
      }
      // A coarse cell takes over the corners of finer neighbours on its edges, so that the surface has no seams.
      const [south, east, north, west] = [cuts(i, j - 1)[0], cuts(i + 1, j)[1], cuts(i, j + 1)[0], cuts(i - 1, j)[1]]
      const rim: number[] = []
      for (let k = 0; k < south; k++) rim.push(point(between(xs, i, k / south), ys[j]))
      for (let k = 0; k < east; k++) rim.push(point(xs[i + 1], between(ys, j, k / east)))
      for (let k = 0; k < north; k++) rim.push(point(between(xs, i, 1 - k / north), ys[j + 1]))
      for (let k = 0; k < west; k++) rim.push(point(xs[i], between(ys, j, 1 - k / west)))
      if (rim.length === 4) faces.push([rim[0], rim[1], rim[2]], [rim[0], rim[2], rim[3]])
      else {
        const middle = point((xs[i] + xs[i + 1]) / 2, (ys[j] + ys[j + 1]) / 2)
        rim.forEach((p, k) => {
          faces.push([middle, p, rim[(k + 1) % rim.length]])
        })
      }
    }
  return { kind: 'mesh', points, faces, closed: false }
}

function between(values: readonly number[], k: number, share: number): number {
  return values[k] + (values[k + 1] - values[k]) * share
}
/** Grid lines through the given places, close enough that a cell's diagonal keeps to COARSE. */
function lines(places: readonly number[]): number[] {
  const leg = COARSE / Math.SQRT2
  return places.flatMap((from, k) => {
    if (k + 1 === places.length) return [from]
    const count = Math.ceil((places[k + 1] - from) / leg)
    return Array.from({ length: count }, (_, n) => from + ((places[k + 1] - from) * n) / count)
  })
}
