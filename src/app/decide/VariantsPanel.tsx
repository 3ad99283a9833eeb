import { IconDownload, IconPlayerPlay, IconPlus, IconTable, IconTrash } from '@tabler/icons-react'
import { type JsonObject, worstLight } from '@/core/decide'
import { APP } from '@/messages/app'
import { DECIDE } from '@/messages/app-decide'
import { sayDifference } from '@/messages/decide-difference'
import { sayProblem } from '@/messages/problems'
import { PanelFrame } from '../panels/PanelFrame.tsx'
import { Choice } from '../shell/Choice.tsx'
import type { KeyedCase, Variant } from '../store/decide.ts'
import { useGet, useTwin } from '../store/use-twin.ts'
import { useWords } from '../words.ts'
import './decide.css'
import { LightMark } from './LightMark.tsx'
import { ReportButtons } from './ReportButtons.tsx'
import { useCases } from './use-cases.ts'

/** Variants of the rehearsal, what is run of them, and how far that is. */
export function VariantsPanel() {
  const t = useWords()
  const get = useGet()
  const variants = useTwin((state) => state.variants)
  const ready = useTwin((state) => state.document !== null)
  const isDemo = useTwin((state) => state.isDemo)
  const cases = useCases()
  return (
    <PanelFrame
      title={t(APP.variants)}
      actions={
        <button
          type="button"
          className="iconbutton small"
          aria-label={t(DECIDE.savePlan)}
          title={t(DECIDE.savePlan)}
          disabled={variants.length === 0}
          onClick={() => get().savePlan()}
        >
          <IconDownload size={18} stroke={1.7} />
        </button>
      }
    >
      <div className="panelbody">
        <div className="block stack">
          {variants.length < 2 ? <p className="quiet">{t(DECIDE.lead)}</p> : null}
          <div className="storyrow">
            <button type="button" className="button small" data-testid="keep-variant" disabled={!ready} onClick={() => get().keepVariant()}>
              <IconPlus size={14} /> {t(DECIDE.keep)}
            </button>
            {isDemo && variants.length === 0 ? (
              <button type="button" className="button small" data-testid="add-stories" onClick={() => void get().addStories()}>
                <IconPlus size={14} /> {t(DECIDE.addStories)}
              </button>
            ) : null}
          </div>
        </div>
        {variants.length > 0 ? (
          <>
            <ul className="variantlist" aria-label={t(DECIDE.variants)}>
              {variants.map((variant, k) => (
                <VariantItem key={variant.id} variant={variant} base={variants[0]} isBase={k === 0} cases={cases} />
              ))}
            </ul>
            <RunForm cases={cases} />
          </>
        ) : null}
      </div>
    </PanelFrame>
  )
}

interface ItemProps {
  readonly variant: Variant
  readonly base: Variant
  readonly isBase: boolean
  readonly cases: readonly KeyedCase[]
}
function VariantItem({ variant, base, isBase, cases }: ItemProps) {
  const t = useWords()
  const get = useGet()
  const language = useTwin((state) => state.language)
  const records = useTwin((state) => state.records)
  const words = isBase ? [] : sayDifference(base.written as unknown as JsonObject, variant.written as unknown as JsonObject, language)
  const done = cases.filter((one) => one.variant === variant.id).flatMap(({ key }) => (records[key] ? [records[key]] : []))
  return (
    <li className="variant" data-testid="variant">
      <div className="row">
        <strong className="badge">{variant.id}</strong>
        <span className="grow clip" title={t(variant.title)}>
          {t(variant.title)}
        </span>
        <LightMark light={worstLight(done.flatMap(({ measures }) => measures))} />
        {isBase ? <span className="tag">{t(DECIDE.baseline)}</span> : null}
        <button type="button" className="iconbutton small" aria-label={`${t(DECIDE.remove)} ${variant.id}`} onClick={() => get().removeVariant(variant.id)}>
          <IconTrash size={15} />
        </button>
      </div>
      {isBase ? null : (
        <ul className="differences">
          {words.length > 0 ? words.slice(0, 8).map((line) => <li key={line}>{line}</li>) : <li className="quiet">{t(DECIDE.sameAsBaseline)}</li>}
        </ul>
      )}
      <div className="row">
        <button type="button" className="button small" onClick={() => void get().openVariant(variant.id)}>
          {t(DECIDE.open)}
        </button>
        {isBase ? null : (
          <button type="button" className="button small" onClick={() => get().makeBaseline(variant.id)}>
            {t(DECIDE.makeBaseline)}
          </button>
        )}
      </div>
    </li>
  )
}

function RunForm({ cases }: { readonly cases: readonly KeyedCase[] }) {
  const t = useWords()
  const get = useGet()
  const ladder = useTwin((state) => state.ladder)
  const failures = useTwin((state) => state.failures)
  const runCell = useTwin((state) => state.runCell)
  const queue = useTwin((state) => state.queue)
  const records = useTwin((state) => state.records)
  const language = useTwin((state) => state.language)
  const keys = new Set(cases.map(({ key }) => key))
  const kept = [...keys].filter((key) => records[key]).length
  return (
    <section className="block stack" aria-label={t(DECIDE.what)}>
      <h3 className="label">{t(DECIDE.what)}</h3>
      <label className="check" title={t(DECIDE.ladderHint)}>
        <input type="checkbox" checked={ladder} data-testid="ladder" onChange={(event) => get().setDecide({ ladder: event.currentTarget.checked })} />
        <span>
          {t(DECIDE.ladder)} <span className="quiet">{t(DECIDE.ladderHint)}</span>
        </span>
      </label>
      <label className="check" title={t(DECIDE.failuresHint)}>
        <input type="checkbox" checked={failures} data-testid="n-minus-1" onChange={(event) => get().setDecide({ failures: event.currentTarget.checked })} />
        <span>
          {t(DECIDE.failures)} <span className="quiet">{t(DECIDE.failuresHint)}</span>
        </span>
      </label>
      <Choice
        small
        label={t(DECIDE.cell)}
        value={runCell ?? ''}
        onChange={(cell) => get().setDecide({ runCell: cell || null })}
        options={[
          { value: '', label: t(DECIDE.cellAsWritten) },
          { value: '2 m', label: '2 m' },
          { value: '4 m', label: '4 m' },
        ]}
      />
      {runCell ? <p className="quiet">{t(DECIDE.coarse)}</p> : null}
      {queue.running ? (
        <div className="stack" role="status" data-testid="queue">
          <progress value={queue.share} max={1} aria-label={t(DECIDE.done)(queue.done, queue.total)} />
          <div className="row">
            <span className="grow num">
              {t(DECIDE.done)(queue.done, queue.total)} · {Math.floor(queue.share * 100)} %
            </span>
            <button type="button" className="button small" onClick={() => get().cancelRuns()}>
              {t(APP.cancel)}
            </button>
          </div>
        </div>
      ) : (
        <button type="button" className="button primary" data-testid="run-cases" disabled={keys.size === kept} onClick={() => void get().runCases()}>
          <IconPlayerPlay size={16} /> {t(DECIDE.run)(keys.size - kept, kept)}
        </button>
      )}
      {kept > 0 && !queue.running ? <p className="quiet">{t(DECIDE.kept)(kept)}</p> : null}
      {queue.problems.map(({ name, problems }) => (
        <p key={name} className="tone-danger" role="alert">
          {t(DECIDE.failed)(name)}: {problems.map((problem) => sayProblem(problem, language)).join(' ')}
        </p>
      ))}
      <button type="button" className="button" data-testid="show-matrix" disabled={kept === 0} onClick={() => get().setView({ dialog: 'matrix' })}>
        <IconTable size={16} /> {t(DECIDE.table)}
      </button>
      <ReportButtons disabled={kept === 0} />
    </section>
  )
}
