import { guidOf } from './guid.ts'
import { type Status, statusOf, writtenStatus } from './status.ts'
import type { Comment, Topic, Viewpoint } from './topic.ts'
import type { Outcome, TrackedRun } from './track-run.ts'

/**
 * What people have said of clashes and topics, by the key of the clash or the GUID of the topic. It only grows by operations, which are
 * small and can be kept as a log: the state is what the operations make of an empty one. A run adds to the history, and takes nothing away.
 */
export interface Review {
  readonly issues: ReadonlyMap<string, Issue>
}
export interface Issue {
  readonly key: string
  readonly status: Status
  readonly assignee: string
  /** A day, `2026-12-01`, or ''. */
  readonly due: string
  readonly title: string
  readonly comments: readonly Comment[]
  readonly viewpoints: readonly Viewpoint[]
  readonly history: readonly Change[]
  /** As it came from a BCF archive; null for a clash of our own. */
  readonly topic: Topic | null
  /** What is not yet in the topic it came from. */
  readonly changed: boolean
}
export interface Change {
  readonly at: string
  readonly by: string
  readonly what: 'status' | 'assignee' | 'due' | 'title' | 'comment' | 'run' | 'imported'
  readonly from: string
  readonly to: string
}

export type ReviewOp =
  | {
      readonly op: 'change'
      readonly keys: readonly string[]
      readonly patch: { readonly status?: Status; readonly assignee?: string; readonly due?: string; readonly title?: string }
      readonly at: string
      readonly by: string
    }
  | {
      readonly op: 'comment'
      readonly keys: readonly string[]
      readonly text: string
      readonly viewpoint: Viewpoint | null
      readonly at: string
      readonly by: string
    }
  | { readonly op: 'view'; readonly key: string; readonly viewpoint: Viewpoint; readonly at: string; readonly by: string }
  | { readonly op: 'run'; readonly outcomes: readonly (readonly [string, Outcome])[]; readonly at: string }
  | { readonly op: 'topics'; readonly topics: readonly { readonly key: string; readonly topic: Topic }[]; readonly at: string; readonly by: string }

export const EMPTY_REVIEW: Review = { issues: new Map() }

export function applyOp(review: Review, op: ReviewOp): Review {
  const issues = new Map(review.issues)
  const edit = (key: string, change: (issue: Issue) => Issue) => {
    const before = issues.get(key) ?? freshIssue(key)
    const after = change(before)
    if (after !== before) issues.set(key, after)
  }
  switch (op.op) {
    case 'change':
      for (const key of op.keys) edit(key, (issue) => patched(issue, op.patch, op.at, op.by))
      break
    case 'comment':
      for (const key of op.keys) edit(key, (issue) => commented(issue, op))
      break
    case 'view':
      edit(op.key, (issue) => ({ ...issue, viewpoints: [...issue.viewpoints.filter(({ guid }) => guid !== op.viewpoint.guid), op.viewpoint], changed: true }))
      break
    case 'run':
      for (const [key, outcome] of op.outcomes) if (issues.has(key)) edit(key, (issue) => afterRun(issue, outcome, op.at))
      break
    case 'topics':
      for (const { key, topic } of op.topics) edit(key, (issue) => merged(issue, topic, op.at, op.by))
      break
  }
  return { issues }
}

export function freshIssue(key: string): Issue {
  return { key, status: 'new', assignee: '', due: '', title: '', comments: [], viewpoints: [], history: [], topic: null, changed: false }
}

function patched(issue: Issue, patch: Extract<ReviewOp, { op: 'change' }>['patch'], at: string, by: string): Issue {
  const history = [...issue.history]
  for (const what of ['status', 'assignee', 'due', 'title'] as const) {
    const to = patch[what]
    if (to !== undefined && to !== issue[what]) history.push({ at, by, what, from: issue[what], to })
  }
  return history.length === issue.history.length ? issue : { ...issue, ...patch, history, changed: true }
}

function commented(issue: Issue, { text, viewpoint, at, by }: Extract<ReviewOp, { op: 'comment' }>): Issue {
  const comment: Comment = {
    guid: guidOf('comment', issue.key, at, by, text, issue.comments.length),
    at,
    by,
    text,
    viewpoint: viewpoint?.guid ?? null,
    modifiedAt: '',
    modifiedBy: '',
  }
  return {
    ...issue,
    comments: [...issue.comments, comment],
    viewpoints: viewpoint ? [...issue.viewpoints, viewpoint] : issue.viewpoints,
    history: [...issue.history, { at, by, what: 'comment', from: '', to: text }],
    changed: true,
  }
}

/**
 * What was settled and got worse, or came back, is open again. What is not found any more is resolved, except that an approved one stays
 * approved. Nothing is said of what was not tested.
 */
function afterRun(issue: Issue, outcome: Outcome, at: string): Issue {
  const settled = issue.status === 'approved' || issue.status === 'reviewed' || issue.status === 'resolved'
  const status: Status =
    (outcome === 'worse' && settled) || (outcome === 'again' && issue.status === 'resolved')
      ? 'active'
      : outcome === 'resolved' && issue.status !== 'approved'
        ? 'resolved'
        : issue.status
  const history: Change[] = [{ at, by: '', what: 'run', from: '', to: outcome }]
  if (status !== issue.status) history.push({ at, by: '', what: 'status', from: issue.status, to: status })
  const last = issue.history.findLast(({ what }) => what === 'run')
  if (status === issue.status && last?.to === outcome) return issue
  return { ...issue, status, history: [...issue.history, ...history], changed: issue.changed || status !== issue.status }
}

/** A topic that comes in joins what is known of it: comments by GUID, the later word on status, assignee and day. */
function merged(issue: Issue, topic: Topic, at: string, by: string): Issue {
  const said = new Set(issue.comments.map(({ guid }) => guid))
  const shown = new Set(topic.viewpoints.map(({ guid }) => guid))
  const status = statusOf(topic.status) ?? issue.status
  const due = topic.due.slice(0, 10)
  const history: Change[] = [{ at, by, what: 'imported', from: '', to: topic.title }]
  if (status !== issue.status) history.push({ at: topic.modifiedAt || at, by: topic.modifiedBy || by, what: 'status', from: issue.status, to: status })
  if (topic.assignee && topic.assignee !== issue.assignee)
    history.push({ at: topic.modifiedAt || at, by: topic.modifiedBy || by, what: 'assignee', from: issue.assignee, to: topic.assignee })
  return {
    ...issue,
    status,
    assignee: topic.assignee || issue.assignee,
    due: due || issue.due,
    title: topic.title,
    comments: [...issue.comments, ...topic.comments.filter(({ guid }) => !said.has(guid))],
    viewpoints: [...issue.viewpoints.filter(({ guid }) => !shown.has(guid)), ...topic.viewpoints],
    history: [...issue.history, ...history],
    topic,
  }
}

/** What a tracked run has to say to the review. */
export function runOp({ outcomes, run }: TrackedRun): ReviewOp {
  return { op: 'run', outcomes: [...outcomes].filter(([, outcome]) => outcome !== 'new'), at: run.at }
}

/** An issue as a topic of BCF; `about` says what the issue itself does not know. */
export function topicOf(
  issue: Issue,
  about: Pick<Topic, 'title' | 'description' | 'header' | 'labels' | 'createdAt' | 'createdBy'> & { readonly type: string },
): Topic {
  const last = issue.history.findLast(({ by, what }) => by !== '' && what !== 'imported')
  const base: Topic = issue.topic ?? {
    guid: guidOf('topic', issue.key),
    type: about.type,
    priority: '',
    index: null,
    links: [],
    stage: '',
    serverId: '',
    snippet: null,
    documents: [],
    related: [],
    files: [],
    unknown: [],
    modifiedAt: '',
    modifiedBy: '',
    status: '',
    due: '',
    assignee: '',
    comments: [],
    viewpoints: [],
    title: about.title,
    description: about.description,
    header: about.header,
    labels: about.labels,
    createdAt: about.createdAt,
    createdBy: about.createdBy,
  }
  return {
    ...base,
    title: issue.title || base.title,
    // A status of another tool that means the same stays as it is written.
    status: base.status !== '' && (statusOf(base.status) ?? issue.status) === issue.status ? base.status : writtenStatus(issue.status),
    due: issue.due !== base.due.slice(0, 10) ? issue.due : base.due,
    assignee: issue.assignee,
    modifiedAt: issue.changed && last ? last.at : base.modifiedAt,
    modifiedBy: issue.changed && last ? last.by : base.modifiedBy,
    comments: issue.comments,
    viewpoints: issue.viewpoints,
  }
}
