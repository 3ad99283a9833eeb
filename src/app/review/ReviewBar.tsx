import { IconFilter, IconSearch } from '@tabler/icons-react'
import { type Outcome, STATUSES, type Status } from '@/core/review'
import { REVIEW } from '@/messages/review'
import { number } from '../formats.ts'
import { type GroupBy, NO_FILTER } from '../store/review.ts'
import { reviewList } from '../store/review-rows.ts'
import { useGet, useTwin } from '../store/use-twin.ts'
import { useWords } from '../words.ts'
import { AssignField } from './fields.tsx'

const OUTCOMES: readonly Outcome[] = ['new', 'worse', 'again', 'moved', 'still', 'resolved', 'notTested']
const GROUPS: readonly GroupBy[] = ['pair', 'status', 'assignee', 'model', 'none']

/** Search, filters, grouping; and, where rows are chosen, what can be done to all of them at once. */
export function ReviewBar() {
  const t = useWords()
  const get = useGet()
  const filter = useTwin((state) => state.filter)
  const counts = useTwin((state) => state.outcomeCounts)
  const language = useTwin((state) => state.language)
  return (
    <div className="block stack reviewbar">
      {counts ? (
        <fieldset className="row wrap plain" aria-label={t(REVIEW.againstLast)}>
          {OUTCOMES.filter((outcome) => counts[outcome] > 0).map((outcome) => (
            <button
              key={outcome}
              type="button"
              className={`outcome ${outcome}`}
              aria-pressed={filter.outcome === outcome}
              onClick={() => get().setFilter({ outcome: filter.outcome === outcome ? '' : outcome })}
            >
              {t(REVIEW.outcomes[outcome])} {number(counts[outcome], language)}
            </button>
          ))}
        </fieldset>
      ) : null}
      <label className="searchbox">
        <IconSearch size={14} />
        <input
          className="input"
          type="search"
          value={filter.text}
          placeholder={t(REVIEW.search)}
          aria-label={t(REVIEW.search)}
          onChange={(event) => get().setFilter({ text: event.target.value })}
        />
      </label>
      <div className="row">
        <select
          className="input grow"
          aria-label={t(REVIEW.status)}
          value={filter.status}
          onChange={(event) => get().setFilter({ status: event.target.value as Status | '' })}
        >
          <option value="">{t(REVIEW.allStatuses)}</option>
          {STATUSES.map((status) => (
            <option key={status} value={status}>
              {t(REVIEW.statuses[status])}
            </option>
          ))}
        </select>
        <select
          className="input grow"
          aria-label={t(REVIEW.groupBy)}
          value={filter.groupBy}
          onChange={(event) => get().setFilter({ groupBy: event.target.value as GroupBy })}
        >
          {GROUPS.map((by) => (
            <option key={by} value={by}>
              {t(REVIEW.groups[by])}
            </option>
          ))}
        </select>
        {filter.text || filter.status || filter.outcome ? (
          <button
            type="button"
            className="iconbutton small"
            aria-pressed
            aria-label={t(REVIEW.clearFilters)}
            title={t(REVIEW.clearFilters)}
            onClick={() => get().setFilter({ ...NO_FILTER, groupBy: filter.groupBy })}
          >
            <IconFilter size={16} />
          </button>
        ) : null}
      </div>
      <Bulk />
    </div>
  )
}

function Bulk() {
  const t = useWords()
  const get = useGet()
  const chosen = useTwin((state) => state.chosen)
  const all = useTwin((state) => reviewList(state).keys)
  const language = useTwin((state) => state.language)
  if (!chosen.size) return null
  const keys = [...chosen]
  return (
    <section className="bulk stack" aria-label={t(REVIEW.chosen)(String(chosen.size))}>
      <div className="row">
        <strong className="grow num">{t(REVIEW.chosen)(number(chosen.size, language))}</strong>
        <button type="button" className="button small" onClick={() => get().choose(all, true)}>
          {t(REVIEW.chooseAll)}
        </button>
        <button type="button" className="button small" onClick={() => get().choose(keys, false)}>
          {t(REVIEW.chooseNone)}
        </button>
      </div>
      <fieldset className="row wrap plain" aria-label={t(REVIEW.setStatus)}>
        {STATUSES.map((status) => (
          <button key={status} type="button" className={`state ${status}`} onClick={() => get().changeIssues(keys, { status })}>
            {t(REVIEW.statuses[status])}
          </button>
        ))}
      </fieldset>
      <div className="row">
        <AssignField value="" label={t(REVIEW.assign)} onSet={(assignee) => get().changeIssues(keys, { assignee })} />
        <input
          className="input"
          type="date"
          aria-label={t(REVIEW.due)}
          title={t(REVIEW.due)}
          onChange={(event) => (event.target.value ? get().changeIssues(keys, { due: event.target.value }) : undefined)}
        />
      </div>
    </section>
  )
}
