import { describe, expect, it } from 'vitest'
import type { Clash } from '@/core/clash'
import { applyOp, EMPTY_REVIEW } from '@/core/review'
import { begin } from './history.ts'
import { NO_FILTER, type ReviewFilter } from './review.ts'
import { reviewList, watchLists } from './review-rows.ts'

const side = (tag: string, model: string) => ({ model, index: 0, globalId: tag, class: 'IfcPipeSegment', name: tag, tag })
const clash = (k: number): Clash => ({
  id: `c${k}`,
  kind: k % 10 === 9 ? 'clearance' : 'hard',
  rule: 'r',
  a: side(`P${k}`, 'M'),
  b: side(`W${k % 7}`, k % 2 ? 'S' : 'T'),
  depth: 0.1,
  gap: 0,
  required: null,
  parallel: null,
  points: [
    [0, 0, 0],
    [0, 0, 1],
  ],
  contact: { min: [0, 0, 0], max: [1, 1, 1] },
  curve: new Float32Array(0),
  group: `g${Math.floor(k / 5)}`,
  marks: [],
})
function stateOf(clashes: readonly Clash[], filter: Partial<ReviewFilter> = {}, collapsed: readonly string[] = []) {
  const at = '2026-11-25T08:00:00Z'
  const review = [
    { op: 'change', keys: ['c3', 'c4'], patch: { status: 'active', assignee: '李工' }, at, by: '王' } as const,
    { op: 'comment', keys: ['c7'], text: '下移', viewpoint: null, at, by: '王' } as const,
  ].reduce(applyOp, EMPTY_REVIEW)
  return {
    clashes: { state: 'ready', value: { clashes } },
    found: [],
    kinds: ['hard', 'clearance'],
    review: begin(review),
    keys: new Map(),
    clashOutcomes: new Map([['c3', 'worse']]),
    gone: [],
    filter: { ...NO_FILTER, ...filter },
    collapsed: new Set(collapsed),
  } as unknown as Parameters<typeof reviewList>[0]
}
const ten = Array.from({ length: 10 }, (_, k) => clash(k))
const ids = (state: Parameters<typeof reviewList>[0]) => reviewList(state).clashes.map(({ id }) => id)

describe('the list of the review', () => {
  it('filters by state, outcome, words and what people said', () => {
    expect(ids(stateOf(ten, { status: 'active' }))).toEqual(['c3', 'c4'])
    expect(ids(stateOf(ten, { outcome: 'worse' }))).toEqual(['c3'])
    expect(ids(stateOf(ten, { text: 'p8' }))).toEqual(['c8'])
    expect(ids(stateOf(ten, { text: '下移' }))).toEqual(['c7'])
    expect(ids(stateOf(ten, { text: '李工', status: 'new' }))).toEqual([])
  })
  it('groups, folds, and keeps every clash in the order of the list', () => {
    const list = reviewList(stateOf(ten, { groupBy: 'status' }, ['new']))
    expect(list.rows.map((row) => (row.kind === 'group' ? `${row.id} ${row.count}` : row.kind))).toEqual(['new 8', 'active 2', 'clash', 'clash'])
    expect(list.clashes).toHaveLength(10)
    expect(reviewList(stateOf(ten, { groupBy: 'model' })).rows.filter(({ kind }) => kind === 'group')).toHaveLength(2)
  })
  it('makes a list of fifty thousand in slices, and once for one state', async () => {
    const clashes = Array.from({ length: 50_000 }, (_, k) => clash(k))
    const ready = (state: Parameters<typeof reviewList>[0]) =>
      new Promise<ReturnType<typeof reviewList>>((done) => {
        watchLists(() => done(reviewList(state)))
        reviewList(state)
      })
    const first = stateOf(clashes)
    const list = await ready(first)
    expect(list.clashes).toHaveLength(50_000)
    expect(reviewList({ ...first })).toBe(list)
    const waiting = stateOf(clashes, { text: 'p4' })
    expect(reviewList(waiting)).toBe(list)
    expect((await ready(stateOf(clashes, { text: 'p49' }))).clashes).toHaveLength(1111)
    expect((await ready(stateOf(clashes, { status: 'active' }))).clashes).toHaveLength(2)
  })
})
