import { IconX } from '@tabler/icons-react'
import { APP } from '@/messages/app'
import { FLOOD } from '@/messages/app-flood'
import { sayProblem } from '@/messages/problems'
import { REVIEW } from '@/messages/review'
import { clockTime } from '../formats.ts'
import type { Notice } from '../store/notices.ts'
import { useGet, useTwin } from '../store/use-twin.ts'
import { type Say, useWords } from '../words.ts'

/** What happened + what is safe; details folded. */
export function Notices() {
  const t = useWords()
  const get = useGet()
  const notices = useTwin((state) => state.notices)
  const language = useTwin((state) => state.language)
  return (
    <div className="notices">
      {notices.map((notice) => (
        <div key={notice.id} className={`card notice ${notice.tone}`} role={notice.tone === 'error' ? 'alert' : 'status'}>
          <div className="stack">
            {notice.tone === 'error' && notice.subject ? <strong>{t(APP.openFailed)(notice.subject)}</strong> : null}
            {notice.note ? <span>{sayNote(notice.note, t)}</span> : null}
            {notice.problems.slice(0, 3).map((problem) => (
              <span key={problem.key + problem.path}>
                {problem.path && problem.path !== notice.subject ? <code>{problem.path} </code> : null}
                {sayProblem(problem, language)}
              </span>
            ))}
            {notice.problems.length > 3 ? (
              <details>
                <summary>
                  {t(APP.more)} ({notice.problems.length - 3})
                </summary>
                {notice.problems.slice(3, 60).map((problem) => (
                  <p key={problem.key + problem.path}>
                    <code>{problem.path}</code> {sayProblem(problem, language)}
                  </p>
                ))}
              </details>
            ) : null}
            {notice.tone === 'error' ? <span className="quiet">{t(APP.othersSafe)}</span> : null}
          </div>
          <button type="button" className="iconbutton small" aria-label={t(APP.close)} onClick={() => get().dismiss(notice.id)}>
            <IconX size={16} />
          </button>
        </div>
      ))}
    </div>
  )
}

function sayNote(note: NonNullable<Notice['note']>, t: Say): string {
  switch (note.kind) {
    case 'opened':
      return t(APP.opened)(note.name, note.elements, note.withheld)
    case 'saved':
      return t(APP.savedAs)(note.name)
    case 'edited-live':
      return t(FLOOD.editedAt)(clockTime(note.time, true))
    case 'restored':
      return t(APP.restored)
    case 'topics':
      return t(REVIEW.imported)(note.topics, note.name)
    case 'review-restored':
      return t(REVIEW.restored)(note.issues)
    case 'placed':
      return t(APP.placed)(note.id, note.x, note.y)
  }
}
