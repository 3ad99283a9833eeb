/** Height of the ground at a place in plan [m], null where there is none. */
export type Ground = (x: number, y: number) => number | null

const CELL = 5

/** Looks the ground up in triangles (nine numbers each), the highest where several lie over each other. */
export function groundOf(soups: readonly Float64Array[]): Ground {
  const cells = new Map<string, [Float64Array, number][]>()
  for (const t of soups)
    for (let i = 0; i < t.length; i += 9) {
      const [x0, x1] = [Math.min(t[i], t[i + 3], t[i + 6]), Math.max(t[i], t[i + 3], t[i + 6])]
      const [y0, y1] = [Math.min(t[i + 1], t[i + 4], t[i + 7]), Math.max(t[i + 1], t[i + 4], t[i + 7])]
      if ((x1 - x0) * (y1 - y0) > 1e6) continue
      for (let x = Math.floor(x0 / CELL); x <= Math.floor(x1 / CELL); x++)
        for (let y = Math.floor(y0 / CELL); y <= Math.floor(y1 / CELL); y++) {
          const list = cells.get(`${x},${y}`)
          if (list) list.push([t, i])
          else cells.set(`${x},${y}`, [[t, i]])
        }
    }
  return (x, y) => {
    let highest: number | null = null
    for (const [t, i] of cells.get(`${Math.floor(x / CELL)},${Math.floor(y / CELL)}`) ?? []) {
      const [ux, uy] = [t[i + 3] - t[i], t[i + 4] - t[i + 1]]
      const [vx, vy] = [t[i + 6] - t[i], t[i + 7] - t[i + 1]]
      const area = ux * vy - uy * vx
      if (area === 0) continue
      const [px, py] = [x - t[i], y - t[i + 1]]
      const [u, v] = [(px * vy - py * vx) / area, (ux * py - uy * px) / area]
      if (u < -1e-9 || v < -1e-9 || u + v > 1 + 1e-9) continue
      const z = t[i + 2] + u * (t[i + 5] - t[i + 2]) + v * (t[i + 8] - t[i + 2])
      if (highest === null || z > highest) highest = z
    }
    return highest
  }
}
