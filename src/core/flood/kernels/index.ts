import { makeCpuKernel } from './cpu/cpu-kernel.ts'
import type { MakeKernel } from './types.ts'

/** `cpu`: local time steps, the record. `uniform`: the same arithmetic with one step for all, the oracle that it is judged by. */
export const kernels: Readonly<Record<string, MakeKernel>> = {
  cpu: (grid) => makeCpuKernel(grid, 'cpu', 4),
  uniform: (grid) => makeCpuKernel(grid, 'uniform', 0),
}
