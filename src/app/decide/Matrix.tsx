import { useState } from 'react'
import { deltaOf, type Measure, measureOf, type RunRecord, worstLight } from '@/core/decide'
import { DECIDE } from '@/messages/app-decide'
import { sayDelta, sayMeasure, sayValue } from '@/messages/decide'
import { Choice } from '../shell/Choice.tsx'
import type { KeyedCase, Variant } from '../store/decide.ts'
import { useTwin } from '../store/use-twin.ts'
import { useWords } from '../words.ts'
import './decide.css'
import { LightMark } from './LightMark.tsx'
import { useCases } from './use-cases.ts'

type View = 'figures' | 'overview'

/** The runs as tables: figures of one condition, a column a variant; or all conditions and failures at a glance. */
export function Matrix() {
  const t = useWords()
  const [view, setView] = useState<View>('figures')
  const [row, setRow] = useState('')
  const cases = useCases()
  const variants = useTwin((state) => state.variants)
  const records = useTwin((state) => state.records)
  const rows = rowsOf(cases)
  const shown = rows.find(({ id }) => id === row) ?? rows[0]
  if (!shown) return null
  const name = ({ titles, id }: Row) => titles.map((title) => (title ? t(title) : id)).join(' · ')
  return (
    <div className="stack" data-testid="matrix">
      <div className="row">
        <Choice<View>
          small
          label={t(DECIDE.table)}
          value={view}
          onChange={setView}
          options={[
            { value: 'figures', label: t(DECIDE.figures) },
            { value: 'overview', label: t(DECIDE.overview) },
          ]}
        />
        {view === 'figures' && rows.length > 1 ? (
          <label className="row">
            {t(DECIDE.under)}
            <select className="input" style={{ width: 220 }} value={shown.id} onChange={(event) => setRow(event.currentTarget.value)}>
              {rows.map((entry) => (
                <option key={entry.id} value={entry.id}>
                  {name(entry)}
                </option>
              ))}
            </select>
          </label>
        ) : null}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be in reach of the keyboard */}
      <section className="matrixbox" tabIndex={0} aria-label={t(DECIDE.table)}>
        {view === 'figures' ? (
          <Figures variants={variants} recordOf={(variant) => lookUp(cases, records, variant, shown)} />
        ) : (
          <table className="matrix">
            <Head variants={variants} first={t(DECIDE.under)} />
            <tbody>
              {rows.map((entry) => (
                <tr key={entry.id}>
                  <th scope="row">{name(entry)}</th>
                  {variants.map(({ id }) => (
                    <Glance key={id} found={lookUp(cases, records, id, entry)} exists={cases.some((one) => one.variant === id && rowId(one) === entry.id)} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
      <p className="quiet">{t(DECIDE.lightsNote)}</p>
    </div>
  )
}

function Figures({ variants, recordOf }: { readonly variants: readonly Variant[]; readonly recordOf: (variant: string) => RunRecord | null }) {
  const t = useWords()
  const language = useTwin((state) => state.language)
  const columns = variants.map(({ id }) => recordOf(id))
  const rows: Pick<Measure, 'id' | 'subject' | 'unit'>[] = []
  for (const record of columns) for (const measure of record?.measures ?? []) if (!measureOf(rows as Measure[], measure)) rows.push(measure)
  return (
    <table className="matrix">
      <Head variants={variants} first={t(DECIDE.figures)} />
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.id} ${row.subject}`}>
            <th scope="row">{sayMeasure(row, language)}</th>
            {columns.map((record, k) => {
              const measure = record ? measureOf(record.measures, row) : undefined
              const delta = measure && k > 0 ? deltaOf(measure, columns[0] ? measureOf(columns[0].measures, row) : undefined) : null
              return (
                <td key={variants[k].id}>
                  {measure ? (
                    <>
                      <LightMark light={measure.light} /> <span className="num">{sayValue(measure.value, measure.unit)}</span>
                      {delta && delta.sense !== 'same' && delta.by !== null ? (
                        <span
                          className={`delta ${delta.sense ?? ''}`}
                          title={delta.sense === 'better' ? t(DECIDE.better) : delta.sense === 'worse' ? t(DECIDE.worse) : ''}
                        >
                          {sayDelta(delta.by, measure.unit)}
                        </span>
                      ) : null}
                    </>
                  ) : (
                    <span className="quiet">{record ? '–' : t(DECIDE.notRun)}</span>
                  )}
                </td>
              )
            })}
          </tr>
        ))}
        <tr>
          <th scope="row">{sayMeasure({ id: 'hash', subject: '' }, language)}</th>
          {columns.map((record, k) => (
            <td key={variants[k].id}>
              {record ? (
                <code title={record.resultHash}>
                  {record.resultHash.slice(0, 10)} · {record.cell_m} m
                </code>
              ) : null}
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  )
}

function Head({ variants, first }: { readonly variants: readonly Variant[]; readonly first: string }) {
  const t = useWords()
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        {variants.map(({ id, title }, k) => (
          <th scope="col" key={id}>
            <strong className="badge">{id}</strong> {t(title)} {k === 0 ? <span className="tag">{t(DECIDE.baseline)}</span> : null}
          </th>
        ))}
      </tr>
    </thead>
  )
}

function Glance({ found, exists }: { readonly found: RunRecord | null; readonly exists: boolean }) {
  const t = useWords()
  const first = found?.measures[0]
  return (
    <td>
      {found && first ? (
        <>
          <LightMark light={worstLight(found.measures)} /> <span className="num">{sayValue(first.value, first.unit)}</span>
        </>
      ) : (
        <span className="quiet">{t(exists ? DECIDE.notRun : DECIDE.notHere)}</span>
      )}
    </td>
  )
}

interface Row {
  readonly id: string
  readonly titles: readonly (KeyedCase['conditionTitle'] | null)[]
}
function rowId({ condition, failure }: Pick<KeyedCase, 'condition' | 'failure'>): string {
  return failure === null ? (condition ?? '') : `${condition ?? ''} · ${failure}`
}
function rowsOf(cases: readonly KeyedCase[]): Row[] {
  const rows = new Map<string, Row>()
  const sorted = [...cases.filter(({ failure }) => failure === null), ...cases.filter(({ failure }) => failure !== null)]
  for (const one of sorted) {
    const id = rowId(one)
    if (!rows.has(id)) rows.set(id, { id, titles: one.failure === null ? [one.conditionTitle] : [one.conditionTitle, one.failureTitle] })
  }
  return [...rows.values()]
}
function lookUp(cases: readonly KeyedCase[], records: Readonly<Record<string, RunRecord>>, variant: string, { id }: Row): RunRecord | null {
  const found = cases.find((one) => one.variant === variant && rowId(one) === id)
  return found ? (records[found.key] ?? null) : null
}
