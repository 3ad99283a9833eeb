import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { Runtime, Twin, TwinState } from './state.ts'

export const TwinContext = createContext<Twin | null>(null)

function useContextTwin(): Twin {
  const twin = useContext(TwinContext)
  if (!twin) throw new Error('No twin around this component')
  return twin
}

/** Part of the store's state; the component draws again when it changes. */
export function useTwin<T>(select: (state: TwinState) => T): T {
  return useStore(useContextTwin().store, select)
}

/** The verbs and the state of the moment, for event handlers; never draws again. */
export function useGet(): () => TwinState {
  return useContextTwin().store.getState
}

export function useRuntime(): Runtime {
  return useContextTwin().runtime
}
