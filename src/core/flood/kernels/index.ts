import { makeCpuKernel } from './cpu/cpu-kernel.ts'
import type { MakeKernel } from './types.ts'

export const kernels: Readonly<Record<string, MakeKernel>> = { cpu: makeCpuKernel }
