import type { Topic } from '@/core/review'
import { REVIEW } from '@/messages/review'
import { useTwin } from '../store/use-twin.ts'
import { useWords } from '../words.ts'
import { IssueBlock, ViewCard } from './IssueBlock.tsx'

/** A topic that no clash of the report stands for: one that came in, or a clash that is no more. */
export function TopicInspector({ id }: { readonly id: string }) {
  const t = useWords()
  const issue = useTwin((state) => state.review.present.issues.get(id))
  const gone = useTwin((state) => state.gone.find(({ clash }) => clash.key === id))
  const topic = issue?.topic ?? null
  const title =
    issue?.title || topic?.title || (gone ? `${gone.clash.a.tag || gone.clash.a.name} × ${gone.clash.b.tag || gone.clash.b.name}` : t(REVIEW.untitled))
  const free = issue?.viewpoints.filter(({ guid }) => !issue.comments.some(({ viewpoint }) => viewpoint === guid)) ?? []
  return (
    <div className="panelbody">
      <div className="block stack">
        <p style={{ fontSize: 'var(--t14)', fontWeight: 600 }}>{title}</p>
        {gone ? (
          <p>
            <span className={`outcome ${gone.outcome}`}>{t(REVIEW.outcomes[gone.outcome])}</span> {t(REVIEW.why[gone.why])}
          </p>
        ) : null}
        {topic?.description ? <p className="quiet prose">{topic.description}</p> : null}
        {free.map((view) => (
          <ViewCard key={view.guid} view={view} />
        ))}
      </div>
      <IssueBlock id={id} />
      {topic ? <Facts topic={topic} /> : null}
    </div>
  )
}

function Facts({ topic }: { readonly topic: Topic }) {
  const t = useWords()
  const facts: readonly (readonly [string, string])[] = [
    [t(REVIEW.type), topic.type],
    [t(REVIEW.writtenStatus), topic.status],
    [t(REVIEW.priority), topic.priority],
    [t(REVIEW.labels), topic.labels.join(', ')],
    [t(REVIEW.author), [topic.createdBy, topic.createdAt.slice(0, 10)].filter(Boolean).join(' · ')],
    [
      t(REVIEW.models),
      topic.header
        .map(({ name }) => name)
        .filter(Boolean)
        .join(', '),
    ],
    [t(REVIEW.documents), topic.documents.map(({ description, reference }) => description || reference).join(', ')],
    [t(REVIEW.links), topic.links.join(' ')],
  ]
  return (
    <div className="block">
      <dl className="facts">
        {facts.map(([name, value]) =>
          value ? (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </div>
  )
}
