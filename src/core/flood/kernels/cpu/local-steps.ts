import { DRY, G } from './laws.ts'
import type { Layout } from './lay-out.ts'

/** No step is longer [s]. */
const LONGEST = 2
/** A tile whose speeds stay below this [m/s] … */
const STILL = 1e-6
/** … for so many steps, with all tiles round it, sleeps until something stirs. */
const PATIENCE = 4
/**
 * Steps must not go up and down: the scheme damps no wave of two cells, and a step that alternates by a factor of 1.2 near its limit feeds it (met:
 * a checkerboard of 1 cm on 3.5 cm of water). So a plan is kept until another saves this share of the work …
 */
const GAIN = 0.1
/** … and a tile takes longer steps only when they are so far below what it could take. */
const MARGIN = 0.8
/** Parts of the longest possible step that are weighed against each other: eight to an octave. */
const FRACTIONS = [1, 0.917, 0.841, 0.771, Math.SQRT1_2, 0.648, 0.595, 0.545]

/**
 * Which tile takes which step (`flood.md` 5; asynchronous updates, cf. Osher & Sanders 1983). A step of the kernel is cut into 2^top fine ones;
 * a tile of level k steps 2^k times in it, a seam as often as the finer of its tiles. Two things make it right: a tile is as fine as the finest
 * of the 3 × 3 tiles round it, and no wave crosses a tile in one step of the kernel (0.9 · 2^deepest ≤ 16 cells).
 * @param deepest greatest level; 0 gives one step for all
 */
export function makeLocalSteps({ dx, width, fields: { h, ux, uy }, tiles, seams }: Layout, deepest: number) {
  const count = tiles.length
  /** Stable step of each tile alone, and with those round it [s]. */
  const own = new Float64Array(count).fill(LONGEST)
  const stable = new Float64Array(count)
  const wet = new Int32Array(count)
  const calm = new Int32Array(count)
  const level = new Int8Array(count)
  const order = new Int32Array(count)
  const seamOrder = new Int32Array(seams.length)
  const dueTiles = new Int32Array(deepest + 1)
  const dueSeams = new Int32Array(deepest + 1)
  let kept = 0
  let broken = false

  /** Speeds of one tile, from the state as it is. */
  function look(t: number): void {
    const { cells } = tiles[t]
    let most = 0
    let sum = 0
    let moving = 0
    let filled = 0
    for (let i = 0; i < cells.length; i += 2)
      for (let p = cells[i]; p < cells[i + 1]; p++) {
        if (h[p] <= DRY) continue
        filled++
        const e = ux[p] < 0 ? -ux[p] : ux[p]
        const w = ux[p - 1] < 0 ? -ux[p - 1] : ux[p - 1]
        const n = uy[p] < 0 ? -uy[p] : uy[p]
        const s = uy[p - width] < 0 ? -uy[p - width] : uy[p - width]
        const flow = (e > w ? e : w) + (n > s ? n : s)
        const speed = Math.sqrt(2 * G * h[p]) + flow
        sum += speed
        if (flow > moving) moving = flow
        if (speed > most) most = speed
      }
    const dt = most > 0 ? (0.9 * dx) / most : LONGEST
    own[t] = dt < LONGEST ? dt : LONGEST
    wet[t] = filled
    calm[t] = moving > STILL ? 0 : calm[t] + 1
    if (!(sum < Infinity)) broken = true
  }

  /** Awake: something moves, or did a moment ago, in the tile or round it. */
  function awake(t: number): boolean {
    if (deepest === 0) return true
    const { block } = tiles[t]
    for (let i = 0; i < block.length; i++) if (calm[block[i]] < PATIENCE) return true
    return false
  }

  function levelFor(t: number, dt: number): number {
    let k = 0
    let step = dt
    while (step > (k < level[t] ? MARGIN : 1) * stable[t] && k < deepest) {
      step *= 0.5
      k++
    }
    return k
  }

  /** Cells stepped per second by a plan; a tile costs a little whatever is in it. */
  function work(dt: number): number {
    let sum = 0
    for (let t = 0; t < count; t++) if (awake(t)) sum += (wet[t] + 16) * (1 << levelFor(t, dt))
    return sum / dt
  }

  return {
    level,
    /** Tiles and seams, the finest first; the first `dueTiles[d]`, `dueSeams[d]` of them are of level ≥ d. */
    order,
    seamOrder,
    dueTiles,
    dueSeams,

    /** Greatest step that may be taken now, at most `limit` [s]: of those that may, the one whose work per second is least. NaN: the state is broken. */
    longest(limit: number): number {
      for (let t = 0; t < count; t++) if (level[t] >= 0) look(t)
      if (broken) return Number.NaN
      let least = LONGEST
      for (let t = 0; t < count; t++) {
        let dt = own[t]
        const { block } = tiles[t]
        for (let i = 0; i < block.length; i++) if (own[block[i]] < dt) dt = own[block[i]]
        stable[t] = dt
        if (dt < least) least = dt
      }
      let most = least
      for (let k = 0; k < deepest; k++) most *= 2
      if (most > limit) most = limit
      if (most > LONGEST) most = LONGEST
      if (deepest === 0) return most
      let best = most
      let bestWork = work(most)
      for (let k = 1; k < FRACTIONS.length; k++) {
        const dt = most * FRACTIONS[k]
        const other = work(dt)
        if (other >= bestWork) continue
        bestWork = other
        best = dt
      }
      if (!(kept <= most && kept > 0.4 * most && work(kept) * (1 - GAIN) <= bestWork)) kept = best
      return kept
    },

    /** Something comes to a tile or changes in it: it and those round it take part. */
    stir(t: number): void {
      calm[t] = 0
    },

    /** What the next plan depends on. */
    checkpoint: () => ({
      arrays: { own: own.slice(), wet: Float64Array.from(wet), calm: Float64Array.from(calm), level: Float64Array.from(level) },
      numbers: { kept, broken: broken ? 1 : 0 },
    }),
    restore(arrays: Readonly<Record<string, Float64Array>>, numbers: Readonly<Record<string, number>>): void {
      own.set(arrays.own)
      wet.set(arrays.wet)
      calm.set(arrays.calm)
      level.set(arrays.level)
      kept = numbers.kept
      broken = numbers.broken === 1
    },

    /** Gives each tile its level for a step of dt [s], −1 where it sleeps. Returns the greatest. */
    assign(dt: number): number {
      let top = 0
      for (let t = 0; t < count; t++) {
        level[t] = awake(t) ? levelFor(t, dt) : -1
        if (level[t] > top) top = level[t]
      }
      let [at, seamAt] = [0, 0]
      for (let k = top; k >= 0; k--) {
        for (let t = 0; t < count; t++) if (level[t] === k) order[at++] = t
        dueTiles[k] = at
        for (let s = 0; s < seams.length; s++) {
          const [low, high] = [level[seams[s].low], level[seams[s].high]]
          if ((low > high ? low : high) === k) seamOrder[seamAt++] = s
        }
        dueSeams[k] = seamAt
      }
      return top
    },
  }
}
export type LocalSteps = ReturnType<typeof makeLocalSteps>
