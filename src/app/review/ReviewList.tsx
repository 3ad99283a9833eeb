import { IconChevronDown, IconChevronRight, IconMessage, IconUser } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import type { Issue, Outcome } from '@/core/review'
import { CLASH } from '@/messages/app-clash'
import { sayClash } from '@/messages/clash'
import { REVIEW } from '@/messages/review'
import { millimetres, number } from '../formats.ts'
import { type ReviewRow, reviewList } from '../store/review-rows.ts'
import { useGet, useTwin } from '../store/use-twin.ts'
import { useWords } from '../words.ts'

const HEIGHT = { group: 30, clash: 100, topic: 62, gone: 62 } as const

/** All rows, of which only those in sight are drawn. */
export function ReviewList() {
  const t = useWords()
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useTwin((state) => reviewList(state).rows)
  const focus = useTwin((state) => state.focus)
  const topic = useTwin((state) => state.topic)
  const ready = useTwin((state) => state.clashes.state === 'ready')
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (k) => HEIGHT[rows[k].kind],
    getItemKey: (k) => {
      const row = rows[k]
      return row.kind === 'group' ? `group ${row.id}` : row.kind === 'clash' ? row.clash.id : row.key
    },
    overscan: 6,
  })
  const at =
    focus === null && topic === null ? -1 : rows.findIndex((row) => (row.kind === 'clash' ? row.clash.id === focus : row.kind !== 'group' && row.key === topic))
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at)
  }, [at, virtual])
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows have other heights
  useEffect(() => virtual.measure(), [rows, virtual])
  if (!rows.length) return ready ? <p className="pad quiet">{t(REVIEW.nothingLeft)}</p> : null
  return (
    <div className="panelbody reviewlist" ref={scroller}>
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => (
          <div key={key} className="reviewrow" style={{ transform: `translateY(${start}px)`, height: HEIGHT[rows[index].kind] }}>
            <Row row={rows[index]} active={index === at} />
          </div>
        ))}
      </div>
    </div>
  )
}

function Row({ row, active }: { readonly row: ReviewRow; readonly active: boolean }) {
  const t = useWords()
  const get = useGet()
  const language = useTwin((state) => state.language)
  if (row.kind === 'group') return <GroupHead row={row} />
  if (row.kind === 'clash') {
    const { clash } = row
    const pair = `${clash.a.tag || clash.a.name} × ${clash.b ? clash.b.tag || clash.b.name : ''}`
    const figure = clash.kind === 'duplicate' ? null : (clash.depth ?? clash.gap)
    return (
      <div className="clashrow" data-active={active}>
        <Chooser id={row.key} name={pair} />
        <button type="button" className="what" aria-current={active} data-testid="clash-row" data-clash={clash.id} onClick={() => get().setFocus(clash.id)}>
          <span className="line">
            <span className="pair clip">{pair}</span>
            <span className={`kind ${clash.kind}`}>{t(CLASH.what[clash.kind])}</span>
          </span>
          <span className="said quiet">{sayClash(clash, language)}</span>
          <Marks issue={row.issue} outcome={row.outcome} figure={figure === null ? '' : millimetres(figure, language)} />
        </button>
      </div>
    )
  }
  const title = row.kind === 'topic' ? row.issue.title || row.issue.topic?.title || t(REVIEW.untitled) : pairOf(row.gone.clash)
  return (
    <div className="clashrow" data-active={active}>
      <Chooser id={row.key} name={title} />
      <button type="button" className="what" aria-current={active} data-testid={`${row.kind}-row`} data-key={row.key} onClick={() => get().setTopic(row.key)}>
        <span className="line">
          <span className="pair clip">{title}</span>
          {row.kind === 'gone' ? <span className={`outcome ${row.gone.outcome}`}>{t(REVIEW.outcomes[row.gone.outcome])}</span> : null}
        </span>
        <Marks issue={row.issue} outcome={null} figure={row.kind === 'topic' ? (row.issue.topic?.type ?? '') : ''} />
      </button>
    </div>
  )
}
function pairOf({
  a,
  b,
}: {
  readonly a: { readonly tag: string; readonly name: string }
  readonly b: { readonly tag: string; readonly name: string }
}): string {
  return `${a.tag || a.name} × ${b.tag || b.name}`
}

function GroupHead({ row }: { readonly row: Extract<ReviewRow, { kind: 'group' }> }) {
  const t = useWords()
  const get = useGet()
  const language = useTwin((state) => state.language)
  const folded = useTwin((state) => state.collapsed.has(row.id))
  const label =
    row.by === 'status'
      ? t(REVIEW.statuses[row.label as Issue['status']])
      : row.by === 'assignee'
        ? row.label || t(REVIEW.nobody)
        : row.by === 'topics'
          ? t(REVIEW.topics)
          : row.by === 'gone'
            ? t(REVIEW.gone)
            : row.label
  return (
    <div className="clashgroup">
      <Chooser id={row.keys} name={label} />
      <button type="button" className="fold" aria-expanded={!folded} onClick={() => get().toggleGroup(row.id)}>
        {folded ? <IconChevronRight size={14} /> : <IconChevronDown size={14} />}
        <span className="clip">{label}</span>
        <span className="tag num">{number(row.count, language)}</span>
      </button>
    </div>
  )
}

/** A row or a whole group is taken into what the bar changes at once. */
function Chooser({ id, name }: { readonly id: string | readonly string[]; readonly name: string }) {
  const t = useWords()
  const get = useGet()
  const keys = typeof id === 'string' ? [id] : id
  const chosen = useTwin((state) => (typeof id === 'string' ? state.chosen.has(id) : state.chosen.size > 0 && id.every((key) => state.chosen.has(key))))
  return (
    <input
      type="checkbox"
      className="choose"
      checked={chosen}
      aria-label={t(REVIEW.choose)(name)}
      onChange={(event) => get().choose(keys, event.target.checked)}
    />
  )
}

function Marks({ issue, outcome, figure }: { readonly issue: Issue | null; readonly outcome: Outcome | null; readonly figure: string }) {
  const t = useWords()
  const compared = useTwin((state) => state.outcomeCounts !== null)
  const status = issue?.status ?? 'new'
  return (
    <span className="marks num">
      <span className={`state ${status}`}>{t(REVIEW.statuses[status])}</span>
      {compared && outcome ? <span className={`outcome ${outcome}`}>{t(REVIEW.outcomes[outcome])}</span> : null}
      {issue?.assignee ? (
        <span className="who clip">
          <IconUser size={12} />
          {issue.assignee}
        </span>
      ) : null}
      {issue?.due ? <span className={isOverdue(issue) ? 'tone-danger' : ''}>{issue.due.slice(5)}</span> : null}
      {issue?.comments.length ? (
        <span className="who">
          <IconMessage size={12} />
          {issue.comments.length}
        </span>
      ) : null}
      <span className="grow" />
      {figure ? <span className="figure">{figure}</span> : null}
    </span>
  )
}

export function isOverdue({ due, status }: Pick<Issue, 'due' | 'status'>): boolean {
  return due !== '' && status !== 'resolved' && status !== 'approved' && due < new Date().toISOString().slice(0, 10)
}
