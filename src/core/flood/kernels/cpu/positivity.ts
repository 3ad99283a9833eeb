import type { Layout } from './lay-out.ts'
import type { LocalSteps } from './local-steps.ts'

/**
 * No cell gives more than it has: what leaves a cell over the faces that are due, and into pumps, gullies and sumps, is cut by one factor a
 * cell. A face has one donor, so the order does not matter.
 */
export function keepPositive({ width, size, fields: { h, share, qx2, qy2, fx, fy, wanted, part }, tiles, seams }: Layout) {
  /** What leaves over seams from cells that are not due themselves. */
  const loss = new Float64Array(size)
  const scarce = new Int32Array(size)
  let count = 0

  function outflow(p: number): number {
    let out = 0
    if (fx[p] > 0) out += fx[p]
    if (fx[p - 1] < 0) out -= fx[p - 1]
    if (fy[p] > 0) out += fy[p]
    if (fy[p - width] < 0) out -= fy[p - width]
    return out
  }

  return {
    /** Cuts what is too much among the faces of the first `due` tiles and `dueS` seams, those of level ≥ depth. */
    limit({ level, order, seamOrder }: LocalSteps, due: number, dueS: number, depth: number): void {
      count = 0
      for (let i = 0; i < due; i++) {
        const { cells } = tiles[order[i]]
        for (let k = 0; k < cells.length; k += 2)
          for (let p = cells[k]; p < cells[k + 1]; p++) if (outflow(p) + wanted[p] > h[p] * share[p]) scarce[count++] = p
      }
      for (let k = 0; k < count; k++) part[scarce[k]] = (h[scarce[k]] * share[scarce[k]]) / (outflow(scarce[k]) + wanted[scarce[k]])
      for (let pass = 0; pass < 3; pass++)
        for (let i = 0; i < dueS; i++) {
          const { axis, low, high, faces, special } = seams[seamOrder[i]]
          if (level[low] >= depth && level[high] >= depth) continue
          const stride = axis === 'x' ? 1 : width
          const [f, q] = axis === 'x' ? [fx, qx2] : [fy, qy2]
          const giver = level[low] >= depth ? -1 : 1
          for (let k = 0; k < faces.length; k += 2) for (let p = faces[k]; p < faces[k + 1]; p++) cutSeam(pass, p, giver > 0 ? p : p + stride, giver, f, q)
          for (let k = 0; k < special.length; k++) cutSeam(pass, special[k].p, giver > 0 ? special[k].p : special[k].p + stride, giver, f, q)
        }
      for (let k = 0; k < count; k++) {
        const p = scarce[k]
        const factor = part[p]
        if (fx[p] > 0) [fx[p], qx2[p]] = [fx[p] * factor, qx2[p] * factor]
        if (fx[p - 1] < 0) [fx[p - 1], qx2[p - 1]] = [fx[p - 1] * factor, qx2[p - 1] * factor]
        if (fy[p] > 0) [fy[p], qy2[p]] = [fy[p] * factor, qy2[p] * factor]
        if (fy[p - width] < 0) [fy[p - width], qy2[p - width]] = [fy[p - width] * factor, qy2[p - width] * factor]
      }
    },
    /** After the step: all cells have what they want. */
    forget(): void {
      for (let k = 0; k < count; k++) part[scarce[k]] = 1
    },
  }

  /** A face whose cell on the side of `giver` is not due: its losses are summed, then cut, then forgotten. */
  function cutSeam(pass: number, p: number, cell: number, giver: number, f: Float64Array, q: Float64Array): void {
    if (giver * f[p] <= 0) return
    if (pass === 0) loss[cell] += giver * f[p]
    else if (pass === 2) loss[cell] = 0
    else if (loss[cell] > h[cell] * share[cell]) {
      const factor = (h[cell] * share[cell]) / loss[cell]
      f[p] *= factor
      q[p] *= factor
    }
  }
}
