import { lazy, Suspense, useState } from 'react'
import type { Moment } from '@/core/flood'
import { FLOOD } from '@/messages/app-flood'
import { clockTime, number } from '../formats.ts'
import { useRuntime, useTwin } from '../store/use-twin.ts'
import { useWords } from '../words.ts'

const Plot = lazy(() => import('./Plot.tsx').then((module) => ({ default: module.Plot })))

export interface Line {
  readonly label: string
  /** Name of a colour token. */
  readonly color: string
  readonly dash?: boolean
  readonly value: (moment: Moment) => number | null
}
export interface Threshold {
  readonly label: string
  readonly value: number
}
interface Props {
  readonly title: string
  readonly unit: string
  readonly series: readonly Line[]
  readonly thresholds?: readonly Threshold[]
}

/** Some figures of a run over time: as a chart linked with the clock, or as a table. */
export function SeriesChart({ title, unit, series, thresholds = [] }: Props) {
  const t = useWords()
  const [asTable, setAsTable] = useState(false)
  const { series: kept } = useRuntime()
  useTwin((state) => state.seriesRevision)
  const moments = kept.moments
  return (
    <figure className="chartbox">
      <figcaption className="row">
        <span className="grow clip">
          <strong>{title}</strong> <span className="quiet">{unit}</span>
        </span>
        <button type="button" className="button small" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {t(asTable ? FLOOD.asChart : FLOOD.asTable)}
        </button>
      </figcaption>
      {moments.length < 2 ? (
        <p className="quiet">{t(FLOOD.runFirst)}</p>
      ) : asTable ? (
        <DataTable moments={moments} series={series} unit={unit} />
      ) : (
        <Suspense fallback={null}>
          <Plot title={title} unit={unit} series={series} thresholds={thresholds} moments={moments} />
        </Suspense>
      )}
    </figure>
  )
}

function DataTable({ moments, series, unit }: { readonly moments: readonly Moment[]; readonly series: readonly Line[]; readonly unit: string }) {
  const t = useWords()
  const language = useTwin((state) => state.language)
  const step = Math.max(1, Math.floor(moments.length / 120))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be in reach of the keyboard
    <section className="datatable" tabIndex={0} aria-label={t(FLOOD.asTable)}>
      <table className="table">
        <thead>
          <tr>
            <th>{t(FLOOD.tableTime)}</th>
            {series.map((line) => (
              <th key={line.label} className="right">
                {line.label} {unit}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {moments
            .filter((_, k) => k % step === 0)
            .map((moment) => (
              <tr key={moment.time}>
                <td>T+{clockTime(moment.time, true)}</td>
                {series.map((line) => {
                  const value = line.value(moment)
                  return (
                    <td key={line.label} className="right">
                      {value === null ? '–' : number(value, language, 3)}
                    </td>
                  )
                })}
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  )
}
