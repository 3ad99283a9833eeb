import { useMemo, useState } from 'react'
import type { Contact } from '@/core/decide'
import type { ElementRef, SiteModel } from '@/core/model'
import { DECIDE } from '@/messages/app-decide'
import type { FloodReport } from '@/scenarios/flood/types'
import { clockTime, metres } from '../formats.ts'
import { useGet, useRuntime, useTwin } from '../store/use-twin.ts'
import { useWords } from '../words.ts'
import './decide.css'

/** Rows that a list in the inspector shows. */
const FEW = 8
/** Rows that a table shows; a filter brings the others. */
const MANY = 400
/** What is worth a look first: not slabs and walls, which are there to get wet. */
const EQUIPMENT = /Pump|Board|Generator|Electric|Transport|Flow|Distribution|Pipe|Duct|Cable|Sensor|Tank|Door|Stair|Ramp|Valve|Furnish|Proxy/

/** The elements that water stood at, with what is left to their critical level; the tightest first. */
export function contactsOf({ result, setup }: FloodReport): Contact[] {
  const critical = new Map(setup.assets.map((asset) => [asset.globalId, asset.critical]))
  const rows = result.wet.map((wet): Contact => {
    const limit = critical.get(wet.globalId) ?? null
    return { ...wet, critical_m: limit, margin_m: limit === null ? null : limit - wet.level_m }
  })
  return rows.sort(
    (a, b) => (a.margin_m ?? 1e9) - (b.margin_m ?? 1e9) || Number(EQUIPMENT.test(b.class)) - Number(EQUIPMENT.test(a.class)) || b.depth_m - a.depth_m,
  )
}

export function Wet() {
  const t = useWords()
  const get = useGet()
  const report = useTwin((state) => state.report)
  const rows = useMemo(() => (report ? contactsOf(report) : null), [report])
  if (!rows) return null
  return (
    <div className="block stack" data-testid="wet">
      <h3>{t(DECIDE.wet)}</h3>
      {rows.length === 0 ? (
        <p className="quiet">{t(DECIDE.wetNone)}</p>
      ) : (
        <>
          <p>{t(DECIDE.wetCount)(rows.length)}</p>
          <Rows rows={rows.slice(0, FEW)} narrow />
          <div className="row">
            <button type="button" className="button small" data-testid="wet-all" onClick={() => get().setView({ dialog: 'wet' })}>
              {t(DECIDE.wetAll)}
            </button>
            <ShowAll rows={rows} />
          </div>
        </>
      )}
    </div>
  )
}

export function WetTable() {
  const t = useWords()
  const report = useTwin((state) => state.report)
  const [filter, setFilter] = useState('')
  const [equipment, setEquipment] = useState(false)
  const all = useMemo(() => (report ? contactsOf(report) : []), [report])
  const wanted = filter.trim().toLowerCase()
  const rows = all.filter(
    (row) =>
      (!equipment || EQUIPMENT.test(row.class)) && (wanted === '' || `${row.name} ${row.class} ${row.tag} ${row.globalId}`.toLowerCase().includes(wanted)),
  )
  return (
    <div className="stack">
      <div className="row">
        <input
          className="input grow"
          value={filter}
          placeholder={t(DECIDE.wetFilter)}
          aria-label={t(DECIDE.wetFilter)}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
        <label className="check">
          <input type="checkbox" checked={equipment} onChange={(event) => setEquipment(event.currentTarget.checked)} /> {t(DECIDE.wetEquipment)}
        </label>
        <ShowAll rows={rows} />
      </div>
      <p className="quiet">
        {t(DECIDE.wetCount)(rows.length)} · {t(DECIDE.wetNote)}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be in reach of the keyboard */}
      <section className="matrixbox" tabIndex={0} aria-label={t(DECIDE.wet)}>
        <Rows rows={rows.slice(0, MANY)} />
      </section>
    </div>
  )
}

function Rows({ rows, narrow }: { readonly rows: readonly Contact[]; readonly narrow?: boolean }) {
  const t = useWords()
  const get = useGet()
  const language = useTwin((state) => state.language)
  const models = useTwin((state) => state.models)
  const { scene } = useRuntime()
  const goTo = (row: Contact) => {
    const [ref] = refsOf(models, [row])
    if (!ref) return
    get().setView({ dialog: null })
    get().seek(row.first_s)
    get().select([ref])
    scene.current?.fit('selection')
  }
  return (
    <table className="matrix wettable">
      <thead>
        <tr>
          <th scope="col">{t(DECIDE.element)}</th>
          <th scope="col">{t(DECIDE.first)}</th>
          <th scope="col">{t(DECIDE.deepest)}</th>
          {narrow ? null : (
            <>
              <th scope="col">{t(DECIDE.lasts)}</th>
              <th scope="col">{t(DECIDE.margin)}</th>
              <th scope="col">GlobalId</th>
            </>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.globalId}>
            <td className="wetname">
              <button type="button" className="linklike" title={`${row.class} ${row.globalId}`} onClick={() => goTo(row)}>
                {row.tag || row.name || row.class}
              </button>
              {narrow ? null : <span className="quiet"> {row.name === row.tag ? row.class : `${row.name} · ${row.class}`}</span>}
            </td>
            <td className="num">T+{clockTime(row.first_s)}</td>
            <td className="num">{metres(row.depth_m, language, 2)}</td>
            {narrow ? null : (
              <>
                <td className="num">{clockTime(row.duration_s)}</td>
                <td className={`num ${row.margin_m !== null && row.margin_m <= 0 ? 'tone-danger' : ''}`}>
                  {row.margin_m === null ? '–' : metres(row.margin_m, language, 2)}
                </td>
                <td>
                  <code>{row.globalId}</code>
                </td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function ShowAll({ rows }: { readonly rows: readonly Contact[] }) {
  const t = useWords()
  const get = useGet()
  const models = useTwin((state) => state.models)
  return (
    <button
      type="button"
      className="button small"
      data-testid="wet-show"
      onClick={() => {
        get().select(refsOf(models, rows))
        get().setView({ ghost: true, dialog: null })
      }}
    >
      {t(DECIDE.wetShow)}
    </button>
  )
}

function refsOf(models: readonly SiteModel[], rows: readonly Contact[]): ElementRef[] {
  const wanted = new Map(rows.map((row) => [`${row.model} ${row.globalId}`, row]))
  return models.flatMap((model) => model.elements.flatMap(({ globalId, index }) => (wanted.has(`${model.id} ${globalId}`) ? [{ model: model.id, index }] : [])))
}
