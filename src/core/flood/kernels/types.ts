import type { SiteGrid } from '@/core/site'

/**
 * What does the arithmetic of one run. Rain, pumps, sewers, boards, events, ledger and order live once, above it. Cells are numbered as in
 * the grid. `uniform` (one step for all) is the oracle; any other kernel must agree with it.
 */
export interface FloodKernel {
  readonly name: string
  /** The step to take from the present state [s], at most `limit`; NaN where the state is broken. */
  stableStep(limit: number): number
  /** Advances by dt [s] ≤ `stableStep()` under a rain of `rain` [m/s], exchanging water at single cells. */
  step(dt: number, rain: number, exchange: Exchange): void
  /** Raises or lowers the crest of a face that has one, or belongs to an opening [m]; −Infinity leaves what the grid has. */
  setCrest(axis: 'x' | 'y', face: number, level: number): void
  /** Steady inflow of each cell [m/s]. */
  setSeepage(seepage: Float64Array): void
  /** Lets water stand in the cells, at rest: depth of each [m]. */
  fill(depth: ArrayLike<number>): void
  /** Depth [m] of a cell. */
  depthAt(cell: number): number
  /** Discharge through a face at the end of the last step [m³/s], positive towards +x/+y. */
  flowAt(axis: 'x' | 'y', face: number): number
  /** Volume that went over a face with a crest, or of an opening, since the start [m³], positive towards +x/+y; 0 at any other face. */
  passedAt(axis: 'x' | 'y', face: number): number
  /** Water on the surface [m³]. */
  volume(): number
  /** Water that left over the open sides since the start [m³]. */
  boundary(): number
  /** Water made by rounding at cells that ran dry [m³]: part of the error, told. */
  clipped(): number
  /** Cells stepped since the start: what the run cost. */
  cellSteps(): number
  /** Writes depth [m] and velocity at cell centres [m/s]. */
  read(depth: Float32Array, u: Float32Array, v: Float32Array): void
  /** Takes the greatest depth so far and the first time over 0.05 m. */
  track(time: number, maxDepth: Float32Array, arrival: Float32Array): void
  /** The f64 depths of all cells in grid order, for the record's hash. */
  state(): Float64Array
  /** Everything that the next steps depend on, as a copy; a kernel of the same name and grid goes on from it bit for bit. */
  checkpoint(): KernelState
  restore(state: KernelState): void
}
/** Named arrays and numbers of a kernel's own. */
export interface KernelState {
  readonly kernel: string
  readonly arrays: Readonly<Record<string, Float64Array>>
  readonly numbers: Readonly<Record<string, number>>
}
/** Exchange at single cells in one step: `demand` wanted out, `supply` brought in [m³]; the kernel writes into `taken` what was there. */
export interface Exchange {
  count: number
  readonly cell: Int32Array
  readonly demand: Float64Array
  /** 1: takes what comes as soon as it comes, up to `demand` (a hole in the floor); 0: evenly over the step. */
  readonly greedy: Uint8Array
  readonly supply: Float64Array
  readonly taken: Float64Array
}
export type MakeKernel = (grid: SiteGrid) => FloodKernel
