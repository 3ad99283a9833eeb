import { useContext, useEffect } from 'react'
import { CLASH } from '@/messages/app-clash'
import { sayClash } from '@/messages/clash'
import { clockTime } from './formats.ts'
import { sayLog } from './rehearse/EventList.tsx'
import { reviewList } from './store/review-rows.ts'
import { TwinContext } from './store/use-twin.ts'
import { wordsIn } from './words.ts'

/** Tells screen readers which clash is in focus and what happens in a run: events, never frames. */
export function useAnnouncements(): void {
  const twin = useContext(TwinContext)
  useEffect(() => {
    if (!twin) return
    let told = 0
    return twin.store.subscribe((state, before) => {
      const t = wordsIn(state.language)
      if (state.focus !== before.focus && state.focus !== null) {
        const shown = reviewList(state).clashes
        const at = shown.findIndex((clash) => clash.id === state.focus)
        if (at >= 0) state.announce(`${t(CLASH.position)(at + 1, shown.length)}. ${sayClash(shown[at], state.language)}`)
      }
      if (state.seriesRevision !== before.seriesRevision) {
        const { logs } = twin.runtime.series
        if (logs.length < told) told = 0
        const log = logs.slice(told).findLast((entry) => entry.what !== 'pump-stop' && entry.what !== 'edit')
        told = logs.length
        if (log && state.run.phase === 'running') state.announce(`T+${clockTime(log.time)} ${sayLog(log, t)}`)
      }
    })
  }, [twin])
}
