import { createStore } from 'zustand/vanilla'
import { createFrameStore } from '@/scene/frame-store'
import { clashSlice } from './clash.ts'
import { createClock } from './clock.ts'
import { decideSlice } from './decide.ts'
import { findSlice } from './find.ts'
import type { TwinJobs } from './jobs.ts'
import { measureSlice } from './measure.ts'
import { modelsSlice } from './models.ts'
import { noticesSlice } from './notices.ts'
import { reviewSlice } from './review.ts'
import { watchLists } from './review-rows.ts'
import { runSlice } from './run.ts'
import { scenarioSlice } from './scenario.ts'
import { sessionSlice } from './session.ts'
import type { Runtime, Twin, TwinState } from './state.ts'
import { viewSlice } from './view.ts'

/** The one store of the page. Jobs come from outside: workers in the browser, inline in tests. */
export function createTwinStore(jobs: TwinJobs): Twin {
  const runtime: Runtime = {
    jobs,
    clock: createClock(),
    frames: createFrameStore(),
    series: { moments: [], logs: [] },
    other: { frames: createFrameStore(), series: { moments: [], logs: [] } },
    scene: { current: null },
  }
  const store = createStore<TwinState>()((set, get) => ({
    ...noticesSlice(set, get, runtime),
    ...viewSlice(set, get, runtime),
    ...modelsSlice(set, get, runtime),
    ...findSlice(set, get, runtime),
    ...measureSlice(set, get, runtime),
    ...clashSlice(set, get, runtime),
    ...reviewSlice(set, get, runtime),
    ...scenarioSlice(set, get, runtime),
    ...sessionSlice(set, get, runtime),
    ...runSlice(set, get, runtime),
    ...decideSlice(set, get, runtime),
  }))
  watchLists(() => store.setState({ lists: store.getState().lists + 1 }))
  autosaveOnChange({ store, runtime })
  return { store, runtime }
}

/** At most a second after a change of the document it is on disk. */
function autosaveOnChange({ store }: Twin) {
  let waiting = false
  store.subscribe((state, before) => {
    const history = state.document
    const edited = state.revision !== before.revision && history !== before.document && Boolean(history?.past.length || history?.future.length)
    if (!history || (!edited && state.variants === before.variants)) return
    store.setState({ saved: { state: 'unsaved', revision: state.saved.revision } })
    if (waiting) return
    waiting = true
    setTimeout(() => {
      waiting = false
      void store.getState().autosave()
    }, 600)
  })
}
