import type { Clash } from '@/core/clash'
import type { GoneClash, Issue, Outcome } from '@/core/review'
import { clashesOf } from './clashes-of.ts'
import type { GroupBy } from './review.ts'
import type { TwinState } from './state.ts'

/** What the list of the review shows, from top to bottom. */
export type ReviewRow =
  | {
      readonly kind: 'group'
      readonly id: string
      readonly by: GroupBy | 'topics' | 'gone'
      readonly label: string
      readonly count: number
      readonly keys: readonly string[]
    }
  | { readonly kind: 'clash'; readonly key: string; readonly clash: Clash; readonly issue: Issue | null; readonly outcome: Outcome | null }
  | { readonly kind: 'topic'; readonly key: string; readonly issue: Issue }
  | { readonly kind: 'gone'; readonly key: string; readonly gone: GoneClash; readonly issue: Issue | null }
export interface ReviewList {
  readonly rows: readonly ReviewRow[]
  /** In the order of the list, also of groups that are folded. */
  readonly clashes: readonly Clash[]
  readonly keys: readonly string[]
}
type Sources = Pick<TwinState, 'clashes' | 'found' | 'kinds' | 'review' | 'keys' | 'clashOutcomes' | 'gone' | 'filter' | 'collapsed'>

/** Lists up to this long are made at once; longer ones in slices, so that the page stays quick. */
const AT_ONCE = 3000
/** [ms] */
const SLICE = 12

const EMPTY: ReviewList = { rows: [], clashes: [], keys: [] }
let last: { readonly of: readonly unknown[]; readonly list: ReviewList } | null = null
let working: readonly unknown[] | null = null
let onReady: () => void = () => {}

/** Whom to tell when a long list is ready. */
export function watchLists(ready: () => void): void {
  onReady = ready
}

/** The list for this state, made anew only when something in it changed. While a long one is made the one before stands. */
export function reviewList(state: Sources): ReviewList {
  const all = clashesOf(state)
  const of = [all, state.kinds, state.review.present, state.keys, state.clashOutcomes, state.gone, state.filter, state.collapsed]
  if (last && same(last.of, of)) return last.list
  const steps = makeList(state, all)
  if (all.length <= AT_ONCE) {
    last = { of, list: toEnd(steps) }
    working = null
    return last.list
  }
  if (!working || !same(working, of)) {
    working = of
    void inSlices(of, steps)
  }
  return last?.list ?? EMPTY
}

async function inSlices(of: readonly unknown[], steps: Generator<undefined, ReviewList>): Promise<void> {
  let begun = performance.now()
  for (let step = steps.next(); ; step = steps.next()) {
    if (working !== of) return
    if (step.done) {
      last = { of, list: step.value }
      working = null
      onReady()
      return
    }
    if (performance.now() - begun < SLICE) continue
    await new Promise((done) => setTimeout(done))
    begun = performance.now()
  }
}
function toEnd(steps: Generator<undefined, ReviewList>): ReviewList {
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value
}
function same(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.every((one, k) => one === b[k])
}

/** Clashes between two looks at the clock. */
const STEP = 500

function* makeList(
  { kinds, review, keys, clashOutcomes: outcomes, gone, filter, collapsed }: Sources,
  all: readonly Clash[],
): Generator<undefined, ReviewList> {
  const { issues } = review.present
  const words = filter.text.trim().toLowerCase()
  const shown = new Set(kinds)
  const fits = (issue: Issue | null | undefined, outcome: Outcome | null, texts: () => string) =>
    (filter.status === '' || (issue?.status ?? 'new') === filter.status) &&
    (filter.outcome === '' || outcome === filter.outcome) &&
    (words === '' || texts().includes(words) || (issue ? textsOf(issue).toLowerCase().includes(words) : false))

  const groups = new Map<string, Extract<ReviewRow, { kind: 'clash' }>[]>()
  const known = new Set<string>()
  let done = 0
  for (const clash of all) {
    if (++done % STEP === 0) yield
    const key = keys.get(clash.id) ?? clash.id
    known.add(key)
    if (!shown.has(clash.kind)) continue
    const issue = issues.get(key) ?? null
    const outcome = outcomes.get(key) ?? null
    if (!fits(issue, outcome, () => textOf(clash))) continue
    const id = groupOf(filter.groupBy, clash, issue)
    const row = { kind: 'clash', key, clash, issue, outcome } as const
    const group = groups.get(id)
    if (group) group.push(row)
    else groups.set(id, [row])
  }
  const rows: ReviewRow[] = []
  const clashes: Clash[] = []
  const listed: string[] = []
  for (const [id, members] of groups) {
    done += members.length
    if (done > STEP) {
      done = 0
      yield
    }
    for (const { clash, key } of members) {
      clashes.push(clash)
      listed.push(key)
    }
    // A group of one needs no head of its own where groups are pairs.
    const head = filter.groupBy !== 'none' && (filter.groupBy !== 'pair' || members.length > 1)
    if (head)
      rows.push({
        kind: 'group',
        id,
        by: filter.groupBy,
        label: filter.groupBy === 'pair' ? commonSide(members.map(({ clash }) => clash)) : id,
        count: members.length,
        keys: members.map(({ key }) => key),
      })
    if (!head || !collapsed.has(id)) for (const row of members) rows.push(row)
  }
  const topics: Extract<ReviewRow, { kind: 'topic' }>[] = []
  const goneKeys = new Set(gone.map(({ clash }) => clash.key))
  for (const issue of issues.values()) {
    if (issue.topic === null || known.has(issue.key) || goneKeys.has(issue.key)) continue
    if (fits(issue, null, () => `${issue.topic?.title} ${issue.topic?.description} ${issue.topic?.labels.join(' ')}`.toLowerCase()))
      topics.push({ kind: 'topic', key: issue.key, issue })
  }
  section('topics', topics)
  section(
    'gone',
    gone.flatMap((one) => {
      const issue = issues.get(one.clash.key) ?? null
      return fits(issue, one.outcome, () => `${sideText(one.clash.a)} ${sideText(one.clash.b)}`.toLowerCase())
        ? [{ kind: 'gone', key: one.clash.key, gone: one, issue } as const]
        : []
    }),
  )
  return { rows, clashes, keys: listed }

  function section(by: 'topics' | 'gone', members: readonly Exclude<ReviewRow, { kind: 'group' }>[]): void {
    if (!members.length) return
    for (const { key } of members) listed.push(key)
    rows.push({ kind: 'group', id: ` ${by}`, by, label: '', count: members.length, keys: members.map(({ key }) => key) })
    if (!collapsed.has(` ${by}`)) rows.push(...members)
  }
}

const searched = new WeakMap<Clash, string>()
/** What a clash is found by, in lower case; made once. */
function textOf(clash: Clash): string {
  let text = searched.get(clash)
  if (text === undefined) {
    text = `${sideText(clash.a)} ${clash.b ? sideText(clash.b) : ''} ${clash.group}`.toLowerCase()
    searched.set(clash, text)
  }
  return text
}

function groupOf(by: GroupBy, { group, a, b }: Clash, issue: Issue | null): string {
  if (by === 'pair') return group
  if (by === 'status') return issue?.status ?? 'new'
  if (by === 'assignee') return issue?.assignee ?? ''
  return by === 'model' ? [a.model, b?.model ?? a.model].sort().join(' × ') : ''
}
/** The element that all members share, which is why they are a group. */
function commonSide(members: readonly Clash[]): string {
  const [{ a, b }] = members
  const inAll = (globalId: string) => members.every((clash) => clash.a.globalId === globalId || clash.b?.globalId === globalId)
  const side = inAll(a.globalId) ? a : b && inAll(b.globalId) ? b : null
  return side ? side.name || side.tag || side.class : `${a.name || a.tag} …`
}
function sideText({ name, tag, class: kind, globalId, model }: Pick<Clash['a'], 'name' | 'tag' | 'class' | 'globalId' | 'model'>): string {
  return `${name} ${tag} ${kind} ${globalId} ${model}`
}
function textsOf({ title, assignee, comments }: Issue): string {
  return `${title} ${assignee} ${comments.map(({ text, by }) => `${by} ${text}`).join(' ')}`
}
