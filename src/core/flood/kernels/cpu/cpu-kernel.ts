import type { SiteGrid } from '@/core/site'
import type { Exchange, FloodKernel } from '../types.ts'
import { stepOrdinary, stepSides, stepSpecial } from './faces.ts'
import { DRY, G } from './laws.ts'
import { layOut } from './lay-out.ts'

/**
 * The oracle: the staggered, momentum-conservative scheme after Stelling & Duinmeijer (2003), order 1, f64, with + − × ÷ √ only.
 * Order in time: velocity and discharge at all faces from the old state → positivity → new depth.
 */
export function makeCpuKernel(grid: SiteGrid): FloodKernel {
  const layout = layOut(grid)
  const { dx, width, size, share, runoff, cells, sides, pad } = layout
  const h = new Float64Array(size)
  const inflow = new Float64Array(size)
  let [ux, uy, qx, qy] = [new Float64Array(size), new Float64Array(size), new Float64Array(size), new Float64Array(size)]
  let [ux2, uy2, qx2, qy2] = [new Float64Array(size), new Float64Array(size), new Float64Array(size), new Float64Array(size)]
  const wanted = new Float64Array(size)
  const part = new Float64Array(size).fill(1)
  const scarce = new Int32Array(size)
  const specials = { x: new Map(layout.x.special.map((face) => [face.p, face])), y: new Map(layout.y.special.map((face) => [face.p, face])) }
  let left = 0
  let clipped = 0

  /** What leaves cell p over its faces in dt, as depth × share [m]. */
  function outflow(p: number, courant: number): number {
    let q = 0
    if (qx2[p] > 0) q += qx2[p]
    if (qx2[p - 1] < 0) q -= qx2[p - 1]
    if (qy2[p] > 0) q += qy2[p]
    if (qy2[p - width] < 0) q -= qy2[p - width]
    return q * courant
  }

  return {
    name: 'cpu',

    stableStep() {
      let most = 0
      for (let k = 0; k < cells.length; k++) {
        const p = cells[k]
        if (h[p] <= DRY) continue
        const e = ux[p] < 0 ? -ux[p] : ux[p]
        const w = ux[p - 1] < 0 ? -ux[p - 1] : ux[p - 1]
        const n = uy[p] < 0 ? -uy[p] : uy[p]
        const s = uy[p - width] < 0 ? -uy[p - width] : uy[p - width]
        const speed = Math.sqrt(2 * G * h[p]) + (e > w ? e : w) + (n > s ? n : s)
        if (speed > most) most = speed
      }
      const dt = most > 0 ? (0.9 * dx) / most : 2
      return dt < 2 ? dt : 2
    },

    step(dt: number, rain: number, exchange: Exchange) {
      const alongX = { along: 1, across: width, h, u: ux, q: qx, v: uy, qt: qy, uNew: ux2, qNew: qx2 }
      const alongY = { along: width, across: 1, h, u: uy, q: qy, v: ux, qt: qx, uNew: uy2, qNew: qy2 }
      stepOrdinary(layout, layout.x.ordinary, alongX, dt, rain)
      stepOrdinary(layout, layout.y.ordinary, alongY, dt, rain)
      stepSpecial(layout, layout.x.special, alongX, dt, rain)
      stepSpecial(layout, layout.y.special, alongY, dt, rain)
      stepSides(sides, h, qx2, qy2)
      const courant = dt / dx
      const square = dx * dx
      for (let k = 0; k < exchange.count; k++) wanted[pad(exchange.cell[k])] += exchange.demand[k] / square
      let count = 0
      for (let k = 0; k < cells.length; k++) {
        const p = cells[k]
        if (outflow(p, courant) + wanted[p] > h[p] * share[p]) scarce[count++] = p
      }
      // All factors first, then all faces: a face belongs to one donor only, so the order does not matter.
      for (let k = 0; k < count; k++) part[scarce[k]] = (h[scarce[k]] * share[scarce[k]]) / (outflow(scarce[k], courant) + wanted[scarce[k]])
      for (let k = 0; k < count; k++) {
        const p = scarce[k]
        if (qx2[p] > 0) qx2[p] *= part[p]
        if (qx2[p - 1] < 0) qx2[p - 1] *= part[p]
        if (qy2[p] > 0) qy2[p] *= part[p]
        if (qy2[p - width] < 0) qy2[p - width] *= part[p]
      }
      for (let k = 0; k < sides.length; k++) left += sides[k].out * (sides[k].axis === 'x' ? qx2 : qy2)[sides[k].face] * dt * dx
      for (let k = 0; k < cells.length; k++) {
        const p = cells[k]
        h[p] += (courant * (qx2[p - 1] - qx2[p] + (qy2[p - width] - qy2[p]))) / share[p] + dt * (rain * runoff[p] + inflow[p])
      }
      for (let k = 0; k < exchange.count; k++) {
        const p = pad(exchange.cell[k])
        exchange.taken[k] = exchange.demand[k] * part[p]
        h[p] += (exchange.supply[k] - exchange.taken[k]) / (square * share[p])
      }
      for (let k = 0; k < exchange.count; k++) wanted[pad(exchange.cell[k])] = 0
      for (let k = 0; k < count; k++) {
        const p = scarce[k]
        part[p] = 1
        if (h[p] < 0) {
          clipped -= h[p] * share[p] * square
          h[p] = 0
        }
      }
      ;[ux, ux2] = [ux2, ux]
      ;[uy, uy2] = [uy2, uy]
      ;[qx, qx2] = [qx2, qx]
      ;[qy, qy2] = [qy2, qy]
    },

    setCrest(axis, face, level) {
      const special = specials[axis].get(pad(face))
      if (!special) return
      special.crest = level > special.built ? level : special.built
      special.thin = special.crest > special.built ? special.crest > special.floorTop : special.thinBuilt
    },
    setSeepage(seepage) {
      for (let c = 0; c < seepage.length; c++) inflow[pad(c)] = seepage[c]
    },
    depthAt: (cell) => h[pad(cell)],
    flowAt: (axis, face) => (axis === 'x' ? qx : qy)[pad(face)] * dx,
    boundary: () => left,
    clipped: () => clipped,

    volume() {
      let sum = 0
      let lost = 0
      for (let k = 0; k < cells.length; k++) {
        const x = h[cells[k]] * share[cells[k]]
        const total = sum + x
        lost += sum >= x ? sum - total + x : x - total + sum
        sum = total
      }
      return (sum + lost) * dx * dx
    },

    read(depth, u, v) {
      for (let r = 0; r < grid.rows; r++)
        for (let c = 0; c < grid.columns; c++) {
          const p = (r + 1) * width + c + 1
          const k = r * grid.columns + c
          depth[k] = h[p]
          const thick = h[p] > DRY ? h[p] : Infinity
          const east = 0.5 * (qx[p] + qx[p - 1])
          const north = 0.5 * (qy[p] + qy[p - width])
          u[k] = east / thick
          v[k] = north / thick
        }
    },

    track(time, maxDepth, arrival) {
      for (let r = 0; r < grid.rows; r++)
        for (let c = 0; c < grid.columns; c++) {
          const depth = h[(r + 1) * width + c + 1]
          const k = r * grid.columns + c
          if (depth > maxDepth[k]) maxDepth[k] = depth
          if (depth > 0.05 && arrival[k] < 0) arrival[k] = time
        }
    },

    checkpoint: () => ({
      kernel: 'cpu',
      arrays: { h: h.slice(), ux: ux.slice(), uy: uy.slice(), qx: qx.slice(), qy: qy.slice() },
      numbers: { left, clipped },
    }),
    restore({ arrays, numbers }) {
      h.set(arrays.h)
      ux.set(arrays.ux)
      uy.set(arrays.uy)
      qx.set(arrays.qx)
      qy.set(arrays.qy)
      left = numbers.left
      clipped = numbers.clipped
    },

    state() {
      const out = new Float64Array(grid.columns * grid.rows)
      for (let r = 0; r < grid.rows; r++) for (let c = 0; c < grid.columns; c++) out[r * grid.columns + c] = h[(r + 1) * width + c + 1]
      return out
    },
  }
}
