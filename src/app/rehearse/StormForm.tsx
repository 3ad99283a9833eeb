import { IconPlus, IconTrash } from '@tabler/icons-react'
import { parseQuantity } from '@/core/base/quantity'
import { FLOOD } from '@/messages/app-flood'
import type { FloodWritten, StormWritten } from '@/scenarios/flood/types'
import { number } from '../formats.ts'
import { Choice } from '../shell/Choice.tsx'
import { useGet, useTwin } from '../store/use-twin.ts'
import { useWords } from '../words.ts'
import { setStorm } from './edits.ts'
import { SelectField, TextField } from './Field.tsx'
import { useRain } from './rain.ts'
import { warningLevel } from './warning.ts'

const CHICAGO: StormWritten = { kind: 'chicago', formula: 'beijing-II', returnPeriod: '100 a', duration: '120 min', peakRatio: 0.4, step: '5 min' }
const YEARS = ['5 a', '10 a', '20 a', '50 a', '100 a'] as const

/** The storm: by return period, or as a table. The bars show what will fall. */
export function StormForm({ written }: { readonly written: FloodWritten }) {
  const t = useWords()
  const get = useGet()
  const { storm } = written
  const set = (next: StormWritten, merge = false) => get().edit(setStorm(next), merge)
  return (
    <section className="block stack" aria-label={t(FLOOD.storm)}>
      <h3 className="label">{t(FLOOD.storm)}</h3>
      <Choice
        small
        label={t(FLOOD.stormKind)}
        value={storm.kind}
        onChange={(kind) => set(kind === 'chicago' ? CHICAGO : { kind: 'table', rows: [{ from: '0 min', to: '60 min', rate: '50 mm/h' }] })}
        options={[
          { value: 'chicago', label: t(FLOOD.chicago) },
          { value: 'table', label: t(FLOOD.table) },
        ]}
      />
      <Hyetograph />
      {storm.kind === 'chicago' ? (
        <>
          <Choice
            small
            label={t(FLOOD.returnPeriod)}
            value={storm.returnPeriod}
            onChange={(returnPeriod) => set({ ...storm, returnPeriod })}
            options={YEARS.map((years) => ({ value: years, label: t(FLOOD.years)(years.replace(' a', '')) }))}
          />
          <TextField
            label={t(FLOOD.returnPeriod)}
            path="storm.returnPeriod"
            value={storm.returnPeriod}
            onChange={(returnPeriod) => set({ ...storm, returnPeriod })}
          />
          <SelectField
            label={t(FLOOD.formula)}
            path="storm.formula"
            value={storm.formula}
            options={(['beijing-II', 'beijing-I', 'beijing-old'] as const).map((id) => ({ value: id, label: t(FLOOD.formulas[id]) }))}
            onChange={(formula) => set({ ...storm, formula: formula as typeof storm.formula })}
          />
          <TextField label={t(FLOOD.duration)} path="storm.duration" value={storm.duration} onChange={(duration) => set({ ...storm, duration })} />
          <TextField
            label={t(FLOOD.peakRatio)}
            path="storm.peakRatio"
            value={String(storm.peakRatio)}
            onChange={(text) => set({ ...storm, peakRatio: text.trim() === '' || Number.isNaN(Number(text)) ? (text as unknown as number) : Number(text) })}
          />
          <TextField label={t(FLOOD.step)} path="storm.step" value={storm.step} onChange={(step) => set({ ...storm, step })} />
        </>
      ) : (
        <StormTable storm={storm} onChange={set} />
      )}
    </section>
  )
}

function StormTable({ storm, onChange }: { readonly storm: Extract<StormWritten, { kind: 'table' }>; readonly onChange: (next: StormWritten) => void }) {
  const t = useWords()
  const setRow = (index: number, patch: object) => onChange({ ...storm, rows: storm.rows.map((row, k) => (k === index ? { ...row, ...patch } : row)) })
  const add = () => {
    const last = storm.rows.at(-1)
    const from = last?.to ?? '0 min'
    const start = parseQuantity(from, 'time') ?? 0
    onChange({ ...storm, rows: [...storm.rows, { from, to: `${start / 60 + 10} min`, rate: last?.rate ?? '30 mm/h' }] })
  }
  return (
    <>
      {storm.source ? (
        <p className="quiet">
          {t(FLOOD.source)}: {storm.source}
        </p>
      ) : null}
      {storm.rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are places in a table
        <div className="stormrow" key={index}>
          <TextField label={t(FLOOD.from)} path={`storm.rows[${index}].from`} value={row.from} onChange={(from) => setRow(index, { from })} />
          <TextField label={t(FLOOD.to)} path={`storm.rows[${index}].to`} value={row.to} onChange={(to) => setRow(index, { to })} />
          <TextField label={t(FLOOD.rate)} path={`storm.rows[${index}].rate`} value={row.rate} onChange={(rate) => setRow(index, { rate })} />
          <button
            type="button"
            className="iconbutton small"
            aria-label={`${t(FLOOD.removeRow)} ${index + 1}`}
            onClick={() => onChange({ ...storm, rows: storm.rows.filter((_, k) => k !== index) })}
          >
            <IconTrash size={15} />
          </button>
        </div>
      ))}
      <button type="button" className="button small" onClick={add}>
        <IconPlus size={14} /> {t(FLOOD.addRow)}
      </button>
    </>
  )
}

/** Bars of intensity, total, peak, and the warning that such rain would raise. */
function Hyetograph() {
  const t = useWords()
  const language = useTwin((state) => state.language)
  const rain = useRain()
  if (!rain?.rate.length) return null
  const start = rain.from[0]
  const end = rain.from[rain.from.length - 1]
  const peak = Math.max(...rain.rate)
  const total = rain.rate.reduce((sum, rate, k) => sum + rate * (rain.from[k + 1] - rain.from[k]), 0) * 1000
  const level = warningLevel(rain)
  return (
    <>
      <svg
        viewBox={`${start} 0 ${end - start} 100`}
        preserveAspectRatio="none"
        className="bars"
        role="img"
        aria-label={`${t(FLOOD.rain)}: ${t(FLOOD.total)} ${number(total, language, 1)} mm`}
      >
        {rain.rate.map((rate, k) => (
          <rect key={rain.from[k]} x={rain.from[k]} width={(rain.from[k + 1] - rain.from[k]) * 0.92} y={0} height={(96 * rate) / peak} fill="var(--rain)" />
        ))}
      </svg>
      <dl className="facts">
        <dt>{t(FLOOD.total)}</dt>
        <dd>{number(total, language, 1)} mm</dd>
        <dt>{t(FLOOD.peakRain)}</dt>
        <dd>{number(peak * 3.6e6, language, 1)} mm/h</dd>
        <dt>{t(FLOOD.warning)}</dt>
        <dd title={t(FLOOD.warningNote)}>
          <span className={`warning ${level}`} /> {t(FLOOD.warnings[level])}
        </dd>
      </dl>
    </>
  )
}
