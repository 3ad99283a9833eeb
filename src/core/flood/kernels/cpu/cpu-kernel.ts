import type { SiteGrid } from '@/core/site'
import { add, emptySum, worth } from '../../compensated-sum.ts'
import type { Exchange, FloodKernel } from '../types.ts'
import { type Sight, stepOrdinary, stepSides, stepSpecial } from './faces.ts'
import { DRY } from './laws.ts'
import { layOut, type Seam, type Tile } from './lay-out.ts'
import { makeLocalSteps } from './local-steps.ts'
import { keepPositive } from './positivity.ts'

/**
 * The staggered, momentum-conservative scheme after Stelling & Duinmeijer (2003), order 1, f64, with + − × ÷ √ only, on tiles that step by their
 * own speeds. Order in each fine step: velocity and discharge at all faces that are due, from the old state → positivity → new depth.
 * @param deepest greatest number of times that a step is halved for a tile; 0: one step for all
 */
export function makeCpuKernel(grid: SiteGrid, name: string, deepest: number): FloodKernel {
  const layout = layOut(grid)
  const { dx, width, fields, tiles, seams, pad, tileOf } = layout
  const { h, z, n, runoff, seepage, share, inverse, ux, uy, qx, qy, ux2, uy2, qx2, qy2, fx, fy, wanted, part } = fields
  const steps = makeLocalSteps(layout, deepest)
  const { level, order, seamOrder, dueTiles, dueSeams } = steps
  const alongX: Sight = { along: 1, across: width, dx, h, z, n, runoff, u: ux, q: qx, v: uy, qt: qy, uNew: ux2, qNew: qx2, moved: fx }
  const alongY: Sight = { along: width, across: 1, dx, h, z, n, runoff, u: uy, q: qy, v: ux, qt: qx, uNew: uy2, qNew: qy2, moved: fy }
  const positivity = keepPositive(layout)
  const square = dx * dx
  const seeping = new Uint8Array(tiles.length)
  const left = emptySum()
  let clipped = 0
  let cellSteps = 0

  function stepFaces(due: number, dueS: number, dt: number, rain: number): void {
    for (let i = 0; i < due; i++) {
      const { x, y, special, sides } = tiles[order[i]]
      const own = dt / (1 << level[order[i]])
      stepOrdinary(alongX, x, own, rain)
      stepOrdinary(alongY, y, own, rain)
      stepSpecial(alongX, alongY, special, own, rain)
      stepSides(alongX, alongY, sides, own)
    }
    for (let i = 0; i < dueS; i++) {
      const { axis, low, high, faces, special } = seams[seamOrder[i]]
      const own = dt / (1 << (level[low] > level[high] ? level[low] : level[high]))
      stepOrdinary(axis === 'x' ? alongX : alongY, faces, own, rain)
      stepSpecial(alongX, alongY, special, own, rain)
    }
  }

  /** New depths of a tile that is due; its faces' new velocities become the present ones. */
  function settle({ cells, special, sides }: Tile, dt: number, rain: number): void {
    for (let i = 0; i < cells.length; i += 2) {
      for (let p = cells[i]; p < cells[i + 1]; p++) {
        let next = h[p] + ((fx[p - 1] - fx[p] + (fy[p - width] - fy[p])) * inverse[p] + dt * (rain * runoff[p] + seepage[p]))
        if (next < 0) {
          clipped -= next * share[p] * square
          next = 0
        }
        h[p] = next
        ux[p] = ux2[p]
        qx[p] = qx2[p]
        uy[p] = uy2[p]
        qy[p] = qy2[p]
      }
      cellSteps += cells[i + 1] - cells[i]
    }
    for (let k = 0; k < special.length; k++) add(special[k].passed, (special[k].axis === 'x' ? fx : fy)[special[k].p])
    for (let k = 0; k < sides.length; k++) {
      const { face, axis, out } = sides[k]
      const [q, q2, f] = axis === 'x' ? [qx, qx2, fx] : [qy, qy2, fy]
      q[face] = q2[face]
      add(left, out * f[face])
    }
  }

  /** What goes over a seam reaches a tile that is not due now. */
  function settleSeam({ axis, low, high, faces, special }: Seam, depth: number): void {
    const { along, u, q, uNew, qNew, moved } = axis === 'x' ? alongX : alongY
    const [lowDue, highDue] = [level[low] >= depth, level[high] >= depth]
    for (let k = 0; k < special.length; k++) add(special[k].passed, moved[special[k].p])
    if (lowDue && highDue) return
    for (let i = 0; i < faces.length; i += 2) for (let p = faces[i]; p < faces[i + 1]; p++) cross(p)
    for (let k = 0; k < special.length; k++) cross(special[k].p)

    function cross(p: number): void {
      u[p] = uNew[p]
      q[p] = qNew[p]
      const cell = lowDue ? p + along : p
      const next = h[cell] + (lowDue ? moved[p] : -moved[p]) * inverse[cell]
      h[cell] = next < 0 ? 0 : next
      if (next < 0) clipped -= next * share[cell] * square
    }
  }

  function wake(rain: number, exchange: Exchange): void {
    for (let t = 0; t < tiles.length; t++) if (seeping[t] === 1 || (rain > 0 && tiles[t].rainy)) steps.stir(t)
    for (let k = 0; k < exchange.count; k++) {
      const p = pad(exchange.cell[k])
      exchange.taken[k] = 0
      if (exchange.supply[k] > 0 || (exchange.demand[k] > 0 && h[p] > 0)) steps.stir(tileOf(p))
    }
  }

  return {
    name,
    stableStep: (limit) => steps.longest(limit),

    step(dt, rain, exchange) {
      wake(rain, exchange)
      const top = steps.assign(dt)
      for (let fine = 0; fine < 1 << top; fine++) {
        let depth = top
        while (depth > 0 && (fine & ((1 << (top - depth + 1)) - 1)) === 0) depth--
        const [due, dueS] = [dueTiles[depth], dueSeams[depth]]
        stepFaces(due, dueS, dt, rain)
        for (let k = 0; k < exchange.count; k++) {
          const p = pad(exchange.cell[k])
          const own = level[tileOf(p)]
          if (own >= depth) wanted[p] += wantedNow(exchange, k, own) / square
        }
        positivity.limit(steps, due, dueS, depth)
        for (let i = 0; i < due; i++) settle(tiles[order[i]], dt / (1 << level[order[i]]), rain)
        for (let i = 0; i < dueS; i++) settleSeam(seams[seamOrder[i]], depth)
        for (let k = 0; k < exchange.count; k++) {
          const p = pad(exchange.cell[k])
          const own = level[tileOf(p)]
          if (own < depth) continue
          const taken = wantedNow(exchange, k, own) * part[p]
          exchange.taken[k] += taken
          h[p] += (exchange.supply[k] / (1 << own) - taken) / (square * share[p])
          if (h[p] < 0) {
            clipped -= h[p] * share[p] * square
            h[p] = 0
          }
        }
        for (let k = 0; k < exchange.count; k++) wanted[pad(exchange.cell[k])] = 0
        positivity.forget()
      }
    },

    setCrest(axis, face, crest) {
      const special = layout.special[axis].get(pad(face))
      if (!special) return
      special.crest = crest > special.built ? crest : special.built
      special.thin = special.crest > special.built ? special.crest > special.floorTop : special.thinBuilt
      steps.stir(tileOf(special.p))
      steps.stir(tileOf(special.p + (axis === 'x' ? 1 : width)))
    },
    setSeepage(rate) {
      seeping.fill(0)
      for (let c = 0; c < rate.length; c++) {
        seepage[pad(c)] = rate[c]
        if (rate[c] !== 0) seeping[tileOf(pad(c))] = 1
      }
    },
    fill(depth) {
      for (const field of [ux, uy, qx, qy]) field.fill(0)
      for (let c = 0; c < depth.length; c++) h[pad(c)] = grid.wet[c] === 1 ? depth[c] : 0
      for (let t = 0; t < tiles.length; t++) steps.stir(t)
      level.fill(0)
    },
    depthAt: (cell) => h[pad(cell)],
    flowAt: (axis, face) => (axis === 'x' ? qx : qy)[pad(face)] * dx,
    passedAt(axis, face) {
      const special = layout.special[axis].get(pad(face))
      return special ? worth(special.passed) * square : 0
    },
    boundary: () => worth(left) * square,
    clipped: () => clipped,
    cellSteps: () => cellSteps,

    volume() {
      const sum = emptySum()
      for (const { cells } of tiles) for (let i = 0; i < cells.length; i += 2) for (let p = cells[i]; p < cells[i + 1]; p++) add(sum, h[p] * share[p])
      return worth(sum) * square
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

    checkpoint() {
      const crested = [...layout.special.x.values(), ...layout.special.y.values()]
      const local = steps.checkpoint()
      return {
        kernel: name,
        arrays: {
          ...Object.fromEntries(MOVING.map((field) => [field, fields[field].slice()])),
          ...local.arrays,
          passed: Float64Array.from(crested.flatMap(({ passed }) => [passed.total, passed.lost])),
          crests: Float64Array.from(crested.flatMap(({ crest, thin }) => [crest, thin ? 1 : 0])),
        },
        numbers: { ...local.numbers, leftTotal: left.total, leftLost: left.lost, clipped, cellSteps },
      }
    },
    restore({ arrays, numbers }) {
      for (const field of MOVING) fields[field].set(arrays[field])
      steps.restore(arrays, numbers)
      ;[...layout.special.x.values(), ...layout.special.y.values()].forEach((face, k) => {
        face.passed.total = arrays.passed[2 * k]
        face.passed.lost = arrays.passed[2 * k + 1]
        face.crest = arrays.crests[2 * k]
        face.thin = arrays.crests[2 * k + 1] === 1
      })
      left.total = numbers.leftTotal
      left.lost = numbers.leftLost
      clipped = numbers.clipped
      cellSteps = numbers.cellSteps
    },

    state() {
      const out = new Float64Array(grid.columns * grid.rows)
      for (let r = 0; r < grid.rows; r++) for (let c = 0; c < grid.columns; c++) out[r * grid.columns + c] = h[(r + 1) * width + c + 1]
      return out
    },
  }
}

/** Fields that the next step reads before it writes them. */
const MOVING = ['h', 'ux', 'uy', 'qx', 'qy', 'ux2', 'uy2', 'qx2', 'qy2', 'fx', 'fy'] as const

/** What an exchange asks for in one step of a tile of level `own` [m³]: the rest at once, or its even part. */
function wantedNow(exchange: Exchange, k: number, own: number): number {
  return exchange.greedy[k] === 1 ? exchange.demand[k] - exchange.taken[k] : exchange.demand[k] / (1 << own)
}
