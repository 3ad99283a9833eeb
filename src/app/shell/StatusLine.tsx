import { APP } from '@/messages/app'
import { FLOOD } from '@/messages/app-flood'
import { number, scientific } from '../formats.ts'
import { useTwin } from '../store/use-twin.ts'
import { useWords } from '../words.ts'

/** Above these shares of the water handled the balance is amber, red: then no number of the run may be used. */
export const AMBER = 1e-6
export const RED = 1e-3

export function StatusLine() {
  const t = useWords()
  const language = useTwin((state) => state.language)
  const run = useTwin((state) => state.run)
  const georeference = useTwin((state) => state.models.find((model) => model.frame.georeference)?.frame.georeference ?? null)
  const elements = useTwin((state) => state.models.reduce((total, model) => total + model.census.shown + model.census.simplified, 0))
  const saved = useTwin((state) => state.saved.state)
  const unsaved = useTwin((state) => state.document !== null && state.revision !== state.fileRevision)
  const error = run.balance ? Math.abs(run.balance.errorRelative) : 0
  const tone = error > RED ? 'tone-danger' : error > AMBER ? 'tone-warn' : 'tone-good'
  const verdict = error > RED ? FLOOD.balanceRed : error > AMBER ? FLOOD.balanceAmber : FLOOD.balanceGood
  return (
    <footer className="status">
      <span>{t(APP.units)}</span>
      <span>{georeference ? `${georeference.epsg} · ±0.000 = ${number(georeference.height, language, 3, true)} m` : t(APP.frameLocal)}</span>
      {elements ? <span className="num">{t(APP.elements)(number(elements, language))}</span> : null}
      {run.balance ? (
        <span className={`num ${tone}`}>
          {t(FLOOD.balance)} {scientific(error)} · {t(verdict)}
        </span>
      ) : null}
      {run.phase === 'running' && run.pace > 0 ? <span className="num">{t(FLOOD.pace)(number(run.pace, language))}</span> : null}
      <span className="grow" />
      {unsaved || saved === 'failed' ? (
        <span className={saved === 'failed' ? 'tone-warn' : ''}>{t(saved === 'failed' ? APP.saveFailed : saved === 'saved' ? APP.unsaved : APP.saving)}</span>
      ) : null}
    </footer>
  )
}
