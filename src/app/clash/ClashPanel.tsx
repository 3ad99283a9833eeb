import { IconChevronLeft, IconChevronRight, IconPlayerPlay, IconRefresh } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { type Clash, type ClashKind, DEFAULT_RULES } from '@/core/clash'
import { APP } from '@/messages/app'
import { CLASH } from '@/messages/app-clash'
import { sayClash } from '@/messages/clash'
import { sayProblem } from '@/messages/problems'
import { millimetres, number } from '../formats.ts'
import { PanelFrame } from '../panels/PanelFrame.tsx'
import { CommandButton } from '../shell/CommandButton.tsx'
import { clashesOf, shownClashes } from '../store/clash.ts'
import { useGet, useTwin } from '../store/use-twin.ts'
import { useWords } from '../words.ts'

export function ClashPanel() {
  const t = useWords()
  const get = useGet()
  const task = useTwin((state) => state.clashes)
  const position = useTwin((state) => {
    const shown = shownClashes(state)
    const at = shown.findIndex((clash) => clash.id === state.focus)
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
            <button type="button" className="iconbutton small" aria-label={t(CLASH.again)} title={t(CLASH.again)} onClick={() => void get().findClashes()}>
              <IconRefresh size={16} />
            </button>
          </>
        ) : null
      }
    >
      <div className="panelbody">
        <Body />
      </div>
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
      <div className="empty">
        <strong>{t(stale ? CLASH.stale : CLASH.notRun)}</strong>
        <span>{t(CLASH.notRunText)(DEFAULT_RULES.clearances.length)}</span>
        {runButton}
      </div>
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
        <ClashList />
      </>
    )
  }
  return (
    <>
      <Summary />
      <ClashList />
      <Footer />
    </>
  )
}

const KINDS: readonly ClashKind[] = ['hard', 'clearance', 'duplicate', 'surface', 'touch']

/** Kinds with their counts; each switches its rows on and off. */
function Summary() {
  const t = useWords()
  const get = useGet()
  const all = useTwin(clashesOf)
  const kinds = useTwin((state) => state.kinds)
  return (
    <div className="block row wrap">
      {KINDS.map((kind) => {
        const count = all.filter((clash) => clash.kind === kind).length
        return count ? (
          <button key={kind} type="button" className={`kind ${kind}`} aria-pressed={kinds.includes(kind)} onClick={() => get().toggleKind(kind)}>
            {t(CLASH.what[kind])} {count}
          </button>
        ) : null
      })}
    </div>
  )
}

function ClashList() {
  const t = useWords()
  const task = useTwin((state) => state.clashes)
  const clashes = useTwin((state) =>
    state.found.length && state.clashes.state === 'running' ? state.found : state.clashes.state === 'ready' ? state.clashes.value.clashes : null,
  )
  const kinds = useTwin((state) => state.kinds)
  const language = useTwin((state) => state.language)
  if (!clashes) return null
  const shown = clashes.filter((clash) => kinds.includes(clash.kind))
  if (task.state === 'ready' && !clashes.length)
    return (
      <div className="empty">
        <strong>{t(CLASH.none)}</strong>
        <span>{t(CLASH.noneText)(number(task.value.counts.tested, language))}</span>
      </div>
    )
  if (!shown.length) return <p className="pad quiet">{task.state === 'ready' ? t(CLASH.filtered) : ''}</p>
  const groups = groupsOf(shown)
  return (
    <ol>
      {groups.map(([id, members]) => (
        <li key={id}>
          {members.length > 1 ? (
            <div className="clashgroup">
              <span className="clip">{commonSide(members)}</span>
              <span className="tag num">{t(CLASH.group)(members.length)}</span>
            </div>
          ) : null}
          {members.map((clash) => (
            <ClashRow key={clash.id} clash={clash} />
          ))}
        </li>
      ))}
    </ol>
  )
}

/** Groups in the order of their worst member; the list comes worst first. */
function groupsOf(clashes: readonly Clash[]): [string, Clash[]][] {
  const groups = new Map<string, Clash[]>()
  for (const clash of clashes) groups.set(clash.group, [...(groups.get(clash.group) ?? []), clash])
  return [...groups]
}

/** The element that all members share, which is why they are a group. */
function commonSide(members: readonly Clash[]): string {
  const [{ a, b }] = members
  const inAll = (globalId: string) => members.every((clash) => clash.a.globalId === globalId || clash.b.globalId === globalId)
  const side = inAll(a.globalId) ? a : inAll(b.globalId) ? b : null
  return side ? side.name || side.tag || side.class : `${a.name || a.tag} …`
}

function ClashRow({ clash }: { readonly clash: Clash }) {
  const t = useWords()
  const get = useGet()
  const row = useRef<HTMLButtonElement>(null)
  const language = useTwin((state) => state.language)
  const focused = useTwin((state) => state.focus === clash.id)
  useEffect(() => {
    if (focused) row.current?.scrollIntoView({ block: 'nearest' })
  }, [focused])
  return (
    <button
      ref={row}
      type="button"
      className="clashrow"
      aria-current={focused}
      data-testid="clash-row"
      data-clash={clash.id}
      onClick={() => get().setFocus(clash.id)}
    >
      <span className="what">
        <span className="pair clip">
          {clash.a.tag || clash.a.name} × {clash.b.tag || clash.b.name}
        </span>
        <br />
        <span className="quiet">{sayClash(clash, language)}</span>
      </span>
      <span className="figure">
        <span className={`kind ${clash.kind}`}>{t(CLASH.what[clash.kind])}</span>
        <br />
        {clash.kind === 'duplicate'
          ? null
          : clash.depth !== null
            ? millimetres(clash.depth, language)
            : clash.gap !== null
              ? millimetres(clash.gap, language)
              : null}
      </span>
    </button>
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
    <div className="block stack">
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
    </div>
  )
}
