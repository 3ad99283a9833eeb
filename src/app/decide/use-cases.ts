import { useEffect, useState } from 'react'
import type { KeyedCase } from '../store/decide.ts'
import { useGet, useTwin } from '../store/use-twin.ts'

const NONE: readonly KeyedCase[] = []

/** The runs of the present choice; they follow variants, storms and grid. */
export function useCases(): readonly KeyedCase[] {
  const get = useGet()
  const variants = useTwin((state) => state.variants)
  const ladder = useTwin((state) => state.ladder)
  const failures = useTwin((state) => state.failures)
  const runCell = useTwin((state) => state.runCell)
  const models = useTwin((state) => state.models)
  const [cases, setCases] = useState(NONE)
  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what `cases()` reads of the store
  useEffect(() => {
    let wanted = true
    get()
      .cases()
      .then((made) => wanted && setCases(made))
      .catch(() => wanted && setCases(NONE))
    return () => {
      wanted = false
    }
  }, [variants, ladder, failures, runCell, models])
  return cases
}
