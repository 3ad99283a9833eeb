import { IconCamera, IconCurrentLocation } from '@tabler/icons-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { type Change, freshIssue, guidOf, type Issue, STATUSES, type Status, type Viewpoint } from '@/core/review'
import { REVIEW } from '@/messages/review'
import { useGet, useRuntime, useTwin } from '../store/use-twin.ts'
import { type Say, useWords } from '../words.ts'
import { AssignField } from './fields.tsx'
import { captureView, showView } from './views.ts'

/** What people say of one clash or topic: state, person, day, comments with their views, and what happened to it. */
export function IssueBlock({ id }: { readonly id: string }) {
  const t = useWords()
  const get = useGet()
  const kept = useTwin((state) => state.review.present.issues.get(id))
  const issue = useMemo(() => kept ?? freshIssue(id), [kept, id])
  const keys = [id]
  return (
    <>
      <section className="block stack" aria-label={t(REVIEW.title)}>
        <div className="row wrap" role="radiogroup" aria-label={t(REVIEW.status)}>
          {STATUSES.map((status, k) => (
            // biome-ignore lint/a11y/useSemanticElements: a segmented radio group of buttons, as WAI-ARIA describes it
            <button
              key={status}
              type="button"
              role="radio"
              aria-checked={issue.status === status}
              data-testid={`status-${status}`}
              title={String(k + 1)}
              className={`state ${status}`}
              onClick={() => get().changeIssues(keys, { status })}
            >
              {t(REVIEW.statuses[status])}
            </button>
          ))}
        </div>
        <div className="row">
          <AssignField value={issue.assignee} label={t(REVIEW.assignee)} onSet={(assignee) => get().changeIssues(keys, { assignee })} />
          <input
            className="input"
            type="date"
            aria-label={t(REVIEW.due)}
            title={t(REVIEW.due)}
            value={issue.due}
            onChange={(event) => get().changeIssues(keys, { due: event.target.value })}
          />
        </div>
      </section>
      <Comments issue={issue} />
      <History issue={issue} />
    </>
  )
}

function Comments({ issue }: { readonly issue: Issue }) {
  const t = useWords()
  const language = useTwin((state) => state.language)
  return (
    <section className="block stack" aria-label={t(REVIEW.comments)}>
      <h3>{t(REVIEW.comments)}</h3>
      {issue.comments.map(({ guid, at, by, text, viewpoint }) => {
        const view = issue.viewpoints.find((candidate) => candidate.guid === viewpoint)
        return (
          <article key={guid} className="said" data-testid="comment">
            <span className="quiet num">
              {by || t(REVIEW.unsigned)} · {when(at, language)}
            </span>
            <p>{text}</p>
            {view ? <ViewCard view={view} /> : null}
          </article>
        )
      })}
      <WriteComment issue={issue} />
    </section>
  )
}

function WriteComment({ issue }: { readonly issue: Issue }) {
  const t = useWords()
  const get = useGet()
  const runtime = useRuntime()
  const reviewer = useTwin((state) => state.reviewer)
  const [text, setText] = useState('')
  const [withView, setWithView] = useState(true)
  const add = async () => {
    if (!text.trim()) return
    const said = text
    setText('')
    const guid = guidOf('view', issue.key, issue.viewpoints.length, said)
    const view = withView && runtime.scene.current ? await captureView(guid, get(), runtime) : null
    get().comment([issue.key], said, view)
  }
  return (
    <div className="stack">
      <textarea
        className="input"
        rows={2}
        maxLength={4000}
        value={text}
        placeholder={t(REVIEW.comment)}
        aria-label={t(REVIEW.comment)}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void add()
        }}
      />
      <div className="row">
        <label className="row check grow">
          <input type="checkbox" checked={withView} onChange={(event) => setWithView(event.target.checked)} />
          <IconCamera size={14} /> {t(REVIEW.withView)}
        </label>
        <button type="button" className="button small primary" disabled={!text.trim()} data-testid="add-comment" onClick={() => void add()}>
          {t(REVIEW.addComment)}
        </button>
      </div>
      {reviewer ? null : (
        <input
          className="input"
          placeholder={t(REVIEW.you)}
          aria-label={t(REVIEW.you)}
          maxLength={60}
          onBlur={(event) => (event.target.value.trim() ? get().setReviewer(event.target.value.trim()) : undefined)}
        />
      )}
    </div>
  )
}

/** A kept view, with its picture where it has one; a click goes back to it. */
export function ViewCard({ view }: { readonly view: Viewpoint }) {
  const t = useWords()
  const get = useGet()
  const runtime = useRuntime()
  const picture = usePicture(view)
  const [told, setTold] = useState('')
  const show = () => {
    const { missing, planes } = showView(view, get, runtime)
    const notes = [
      missing ? t(REVIEW.partlyShown)(missing) : '',
      planes > 1 ? t(REVIEW.morePlanes) : '',
      view.camera?.kind === 'orthogonal' ? t(REVIEW.orthogonal) : '',
    ].filter(Boolean)
    setTold(notes.join(' '))
  }
  return (
    <>
      <button type="button" className="viewcard" data-testid="show-view" title={t(REVIEW.showView)} onClick={show}>
        {picture ? <img src={picture} alt="" /> : null}
        <span>
          <IconCurrentLocation size={14} /> {t(REVIEW.showView)}
        </span>
      </button>
      {told ? <p className="note warning">{told}</p> : null}
    </>
  )
}

/** A picture from an archive is only ever shown as an image of the kind its bytes say. */
function usePicture({ snapshot }: Viewpoint): string | null {
  const [url, setUrl] = useState<string | null>(null)
  const bytes = snapshot?.bytes
  useEffect(() => {
    if (!bytes) return setUrl(null)
    const type = bytes[0] === 0x89 ? 'image/png' : 'image/jpeg'
    const made = URL.createObjectURL(new Blob([bytes.slice()], { type }))
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [bytes])
  return url
}

function History({ issue }: { readonly issue: Issue }) {
  const t = useWords()
  const language = useTwin((state) => state.language)
  const list = useRef<HTMLDetailsElement>(null)
  if (!issue.history.length) return null
  return (
    <details className="block" ref={list}>
      <summary>
        {t(REVIEW.history)} <span className="tag num">{issue.history.length}</span>
      </summary>
      <ol className="history">
        {issue.history.map((change, k) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a history only grows at its end
          <li key={k}>
            <span className="quiet num">{when(change.at, language)}</span> {change.what === 'run' ? t(REVIEW.byRun) : change.by || t(REVIEW.unsigned)}
            <br />
            {sayChange(change, t)}
          </li>
        ))}
      </ol>
    </details>
  )
}

export function sayChange({ what, from, to }: Change, t: Say): string {
  const word = (text: string) =>
    text === '' ? '' : what === 'status' ? t(REVIEW.statuses[text as Status]) : what === 'run' ? t(REVIEW.outcomes[text as keyof typeof REVIEW.outcomes]) : text
  return t(REVIEW.changed[what])(word(from), word(to))
}

function when(at: string, language: string): string {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? at : date.toLocaleString(language, { dateStyle: 'short', timeStyle: 'short', hour12: false })
}
