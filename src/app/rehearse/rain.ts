import type { Hyetograph } from '@/core/flood'
import { useTwin } from '../store/use-twin.ts'

/** The storm of the scenario as steps of intensity; null while the storm is not right. */
export function useRain(): Hyetograph | null {
  return useTwin((state) => state.rain)
}
