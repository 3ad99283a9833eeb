import { IconChevronLeft, IconChevronRight, IconPlayerPlay, IconRefresh } from '@tabler/icons-react'
import { useMemo } from 'react'
import { type ClashKind, DEFAULT_RULES } from '@/core/clash'
import { APP } from '@/messages/app'
import { CLASH } from '@/messages/app-clash'
import { sayProblem } from '@/messages/problems'
import { REVIEW } from '@/messages/review'
import { number } from '../formats.ts'
import { PanelFrame } from '../panels/PanelFrame.tsx'
import { ExportMenu } from '../review/ExportMenu.tsx'
import { ReviewBar } from '../review/ReviewBar.tsx'
import { ReviewList } from '../review/ReviewList.tsx'
import { CommandButton } from '../shell/CommandButton.tsx'
import { clashesOf } from '../store/clashes-of.ts'
import { reviewList } from '../store/review-rows.ts'
import { useGet, useTwin } from '../store/use-twin.ts'
import { useWords } from '../words.ts'
import { Findings } from './Findings.tsx'

export function ClashPanel() {
  const t = useWords()
  const get = useGet()
  const task = useTwin((state) => state.clashes)
  const position = useTwin((state) => {
    const shown = reviewList(state).clashes
    const at = state.focus === null ? -1 : shown.findIndex((clash) => clash.id === state.focus)
    return at < 0 ? '' : `${at + 1} ${shown.length}`
  })
  const [at, of] = position.split(' ')
  return (
    <PanelFrame
      title={position ? t(CLASH.position)(Number(at), Number(of)) : t(APP.clashes)}
      actions={
        task.state === 'ready' ? (
          <>
            <CommandButton command="clash-previous" icon={<IconChevronLeft size={18} />} small />
            <CommandButton command="clash-next" icon={<IconChevronRight size={18} />} small testId="clash-next" />
            <ExportMenu />
            <button type="button" className="iconbutton small" aria-label={t(CLASH.again)} title={t(CLASH.again)} onClick={() => void get().findClashes()}>
              <IconRefresh size={16} />
            </button>
          </>
        ) : (
          <ExportMenu />
        )
      }
    >
      <Body />
    </PanelFrame>
  )
}

function Body() {
  const t = useWords()
  const get = useGet()
  const task = useTwin((state) => state.clashes)
  const stale = useTwin((state) => state.clashesStale)
  const language = useTwin((state) => state.language)
  const models = useTwin((state) => state.models.length)
  const welcome = useTwin((state) => state.welcome)
  const found = useTwin((state) => state.found.length)
  const listed = useTwin((state) => state.review.present.issues.size + state.gone.length > 0)
  const runButton = (
    <button
      type="button"
      className="button primary"
      disabled={models === 0}
      data-testid={welcome ? undefined : 'find-clashes'}
      onClick={() => void get().findClashes()}
    >
      <IconPlayerPlay size={16} /> {t(CLASH.run)}
    </button>
  )
  if (task.state === 'idle')
    return (
      <>
        <div className="empty">
          <strong>{t(stale ? CLASH.stale : CLASH.notRun)}</strong>
          <span>{t(CLASH.notRunText)(DEFAULT_RULES.clearances.length)}</span>
          {runButton}
        </div>
        {listed ? (
          <>
            <NeedsModels />
            <ReviewBar />
            <ReviewList />
          </>
        ) : null}
      </>
    )
  if (task.state === 'failed')
    return (
      <div className="empty" role="alert">
        {task.problems.map((problem) => (
          <span key={problem.key + problem.path} className="tone-danger">
            {sayProblem(problem, language)}
          </span>
        ))}
        <span>{t(APP.othersSafe)}</span>
        {runButton}
      </div>
    )
  if (task.state === 'running') {
    const { progress } = task
    return (
      <>
        <div className="block stack" role="status">
          <div className="row">
            <span className="grow num">
              {t(CLASH.running)} {progress ? t(CLASH.pairs)(number(progress.done, language), number(progress.total, language)) : ''}
            </span>
            <button type="button" className="button small" data-testid="cancel" onClick={task.cancel}>
              {t(APP.cancel)}
            </button>
          </div>
          <div className="bar">
            <i style={{ width: progress && progress.total > 0 ? `${(100 * progress.done) / progress.total}%` : '3%' }} />
          </div>
          {found ? <span className="quiet num">{t(CLASH.foundSoFar)(found)}</span> : null}
        </div>
        <ReviewList />
      </>
    )
  }
  return (
    <>
      <Summary />
      <ReviewBar />
      {task.value.clashes.length || listed ? null : (
        <div className="empty">
          <strong>{t(CLASH.none)}</strong>
          <span>{t(CLASH.noneText)(number(task.value.counts.tested, language))}</span>
        </div>
      )}
      <ReviewList />
      <Findings />
      <Footer />
    </>
  )
}

/** Topics whose models are not open ask for them. */
function NeedsModels() {
  const t = useWords()
  const asked = useTwin((state) => {
    const open = new Set(state.models.map(({ file }) => file.name.toLowerCase()))
    const topics = [...state.review.present.issues.values()].flatMap(({ topic }) => topic ?? [])
    const names = new Set(topics.flatMap(({ header }) => header.map(({ name }) => name)).filter((name) => name && !open.has(name.toLowerCase())))
    return !topics.length ? '' : !state.models.length ? `${topics.length}` : [...names].slice(0, 6).join(', ')
  })
  const models = useTwin((state) => state.models.length)
  return asked ? (
    <div className="block">
      <p className="note warning">{models ? t(REVIEW.needsNamed)(asked) : t(REVIEW.needsModel)(Number(asked))}</p>
    </div>
  ) : null
}

const KINDS: readonly ClashKind[] = ['hard', 'clearance', 'duplicate', 'surface', 'touch']

/** Kinds with their counts; each switches its rows on and off. */
function Summary() {
  const t = useWords()
  const get = useGet()
  const all = useTwin(clashesOf)
  const kinds = useTwin((state) => state.kinds)
  const counts = useMemo(() => {
    const found = new Map<ClashKind, number>()
    for (const { kind } of all) found.set(kind, (found.get(kind) ?? 0) + 1)
    return found
  }, [all])
  return (
    <div className="block row wrap">
      {KINDS.map((kind) => {
        const count = counts.get(kind)
        return count ? (
          <button key={kind} type="button" className={`kind ${kind}`} aria-pressed={kinds.includes(kind)} onClick={() => get().toggleKind(kind)}>
            {t(CLASH.what[kind])} {count}
          </button>
        ) : null
      })}
    </div>
  )
}

/** What the list does not say: how much was checked, set aside, and could not be. */
function Footer() {
  const t = useWords()
  const task = useTwin((state) => state.clashes)
  const language = useTwin((state) => state.language)
  if (task.state !== 'ready') return null
  const { counts, ignored, skipped } = task.value
  const why = Object.entries(CLASH.why).map(([key, words]) => ({ key, words, n: ignored.filter((entry) => entry.why === key).length }))
  return (
    <details className="block footnote">
      <summary>
        {t(CLASH.tested)} {number(counts.tested, language)}
        {counts.notTested ? (
          <span className="tone-warn">
            {' '}
            · {t(CLASH.notTested)} {number(counts.notTested, language)}
          </span>
        ) : null}
      </summary>
      <dl className="facts">
        <dt>{t(CLASH.tested)}</dt>
        <dd>{number(counts.tested, language)}</dd>
        <dt>{t(CLASH.byRule)}</dt>
        <dd>
          {number(counts.ignored, language)}
          {ignored.length ? (
            <span className="quiet">
              {' '}
              (
              {why
                .filter(({ n }) => n > 0)
                .map(({ words, n }) => `${t(words)} ${n}`)
                .join(language === 'en' ? ', ' : '，')}
              )
            </span>
          ) : null}
        </dd>
        <dt>{t(CLASH.notTested)}</dt>
        <dd className={counts.notTested ? 'tone-warn' : ''}>{number(counts.notTested, language)}</dd>
      </dl>
      {skipped.length ? <p className="note warning">{t(CLASH.notTestedWarn)(skipped.length)}</p> : null}
      <p className="quiet">{t(CLASH.reference)}</p>
    </details>
  )
}
