import type { FloodLog } from '@/core/flood'
import { FLOOD } from '@/messages/app-flood'
import { clockTime } from '../formats.ts'
import { useGet, useRuntime, useTwin } from '../store/use-twin.ts'
import { type Say, useWords } from '../words.ts'

/** What happened and when; a click takes the clock there. */
export function EventList() {
  const t = useWords()
  const get = useGet()
  const { series } = useRuntime()
  useTwin((state) => state.seriesRevision)
  const logs = series.logs
  if (!logs.length) return <p className="quiet">{t(FLOOD.noEvents)}</p>
  return (
    <ul>
      {logs.slice(-60).map((log, k) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the log only grows
        <li key={k} className="row">
          <button type="button" className="linklike num" onClick={() => get().seek(log.time)}>
            T+{clockTime(log.time, true)}
          </button>
          <span className="grow">{sayLog(log, t)}</span>
        </li>
      ))}
    </ul>
  )
}

export function sayLog(log: FloodLog, t: Say): string {
  return t(FLOOD.log[log.what])(log.subject)
}
