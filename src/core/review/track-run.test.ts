import { describe, expect, it } from 'vitest'
import { applyOp, type ClashTrace, type ElementTrace, EMPTY_REVIEW, matchElements, type RunTrace, runOp, type Status, trackRun } from './index.ts'

const element = (globalId: string, x: number, more: Partial<ElementTrace> = {}): ElementTrace => ({
  model: 'M',
  globalId,
  class: 'IfcPipeSegment',
  name: '',
  tag: '',
  center: [x, 0, 0],
  size: [1, 0.2, 0.2],
  ...more,
})
const clash = (id: string, a: ElementTrace, b: ElementTrace, more: Partial<ClashTrace> = {}): ClashTrace => ({
  id,
  key: id,
  kind: 'hard',
  rule: 'r',
  a,
  b,
  depth: 0.05,
  gap: 0,
  required: null,
  at: a.center ?? [0, 0, 0],
  group: 'g',
  ...more,
})
const run = (clashes: ClashTrace[], more: Partial<RunTrace> = {}): RunTrace => ({
  at: '2026-11-25T08:00:00Z',
  hash: '',
  models: [{ id: 'M', sha256: '' }],
  rules: ['r'],
  clashes,
  gone: [],
  elements: clashes.flatMap(({ a, b }) => [a, b]),
  skipped: [],
  ignored: [],
  ...more,
})
const WALL = { class: 'IfcWall', size: [5, 0.3, 3] as const }

describe('elements over revisions', () => {
  it('a row of equals that moved keeps its order, though each lies nearer to its neighbour', () => {
    const row = (offset: number, ids: string) => [0, 1, 2, 3].map((k) => element(`${ids}${k}`, k * 0.4 + offset))
    expect(matchElements(row(0, 'a'), row(0.3, 'b')).map((match) => match?.now)).toEqual([0, 1, 2, 3])
  })
  it('goes by GlobalId first, then size and place; never to another size', () => {
    const before = [element('same', 0), element('x1', 10), element('x2', 20)]
    const now = [element('n1', 10.2), element('same', 50, { size: [9, 9, 9] }), element('n2', 20, { size: [1, 0.2, 0.25] })]
    expect(matchElements(before, now).map((match) => match && `${match.now} ${match.by}`)).toEqual(['1 globalId', '0 geometry', null])
  })
  it('settles thousands of equals on one place', () => {
    const pile = (ids: string, n: number) => Array.from({ length: n }, (_, k) => element(`${ids}${k}`, (k % 40) * 0.01))
    const matched = matchElements(pile('a', 600), pile('b', 590)).filter(Boolean)
    expect(matched).toHaveLength(590)
  })
})

describe('clashes over runs', () => {
  const [p1, w1] = [element('p1', 0), element('w1', 0, WALL)]
  const first = trackRun(null, run([clash('c1', p1, w1), clash('c2', element('p2', 10), element('w2', 10, WALL))])).run

  it('tells new from still there, moved and worse, with ids or without', () => {
    const [q1, v1] = [element('q1', 0.1), element('v1', 0, WALL)]
    const now = run([
      clash('d1', q1, v1, { depth: 0.08, at: [0, 0, 0] }),
      clash('d2', element('q2', 10), element('v2', 10, WALL)),
      clash('d3', element('z', 99), element('v3', 99, WALL)),
    ])
    const tracked = trackRun(first, now)
    expect(Object.fromEntries(tracked.outcomes)).toEqual({ c1: 'worse', c2: 'still', d3: 'new' })
    expect(tracked.run.clashes.map(({ key }) => key)).toEqual(['c1', 'c2', 'd3'])
    expect(tracked.by.get('c1')).toBe('geometry')
    const moved = trackRun(first, run([clash('c1', p1, w1, { at: [0.2, 0, 0] })]))
    expect(moved.outcomes.get('c1')).toBe('moved')
  })

  it('says resolved only of what was tested', () => {
    const there = [p1, w1, element('p2', 10), element('w2', 10, WALL)]
    const outcome = (more: Partial<RunTrace>) =>
      trackRun(first, run([], { elements: there, ...more })).run.gone.map(({ outcome: what, why }) => `${what} ${why}`)
    expect(outcome({})).toEqual(['resolved apart', 'resolved apart'])
    expect(outcome({ elements: [p1, w1, element('w2', 10, WALL)] })).toEqual(['resolved apart', 'resolved removed'])
    expect(outcome({ rules: ['other'] })).toEqual(['notTested ruleMissing', 'notTested ruleMissing'])
    expect(outcome({ skipped: ['M w1'] })).toEqual(['notTested skipped', 'resolved apart'])
    expect(outcome({ ignored: ['M p1|M w1'] })).toEqual(['notTested setAside', 'resolved apart'])
    expect(outcome({ models: [{ id: 'N', sha256: '' }], elements: [] })).toEqual(['notTested modelMissing', 'notTested modelMissing'])
    // The same model under another name is no missing model.
    expect(outcome({ models: [{ id: 'N', sha256: '' }], elements: there.map((one) => ({ ...one, model: 'N' })) })).toEqual(['resolved apart', 'resolved apart'])
  })

  it('remembers what was not tested, and knows a resolved one that comes back', () => {
    const without = trackRun(first, run([], { models: [], elements: [] })).run
    expect(trackRun(without, run([clash('e1', p1, w1)])).outcomes.get('c1')).toBe('still')
    const fixed = trackRun(first, run([], { elements: first.elements })).run
    const back = trackRun(fixed, run([clash('f1', p1, w1)], { elements: first.elements }))
    expect(back.outcomes.get('c1')).toBe('again')
    expect(back.run.gone.map(({ clash: one }) => one.key)).toEqual(['c2'])
  })

  it('finds a clash by its place where an element was made anew in another size', () => {
    const now = run([clash('g1', element('n', 0, { size: [1, 0.3, 0.3] }), w1)], { elements: [element('n', 0, { size: [1, 0.3, 0.3] }), w1] })
    expect(trackRun(first, now).by.get('c1')).toBe('place')
  })
})

describe('what people said', () => {
  const at = '2026-11-25T08:00:00Z'
  const by = '王工'
  const [p1, w1] = [element('p1', 0), element('w1', 0, WALL)]
  const first = trackRun(null, run([clash('c1', p1, w1)])).run
  const said = (status: Status) =>
    [
      { op: 'change', keys: ['c1'], patch: { status, assignee: '李工', due: '2026-12-01' }, at, by } as const,
      { op: 'comment', keys: ['c1'], text: '请下移', viewpoint: null, at, by } as const,
    ].reduce(applyOp, EMPTY_REVIEW)

  it('survives every run: comments, assignee and day stay whatever the run says', () => {
    const runs = [run([clash('x', element('new', 0.1), w1, { depth: 0.2 })]), run([], { elements: [p1, w1] }), run([], { models: [], elements: [] })]
    for (const next of runs) {
      const tracked = trackRun(first, next)
      const issue = applyOp(said('approved'), runOp(tracked)).issues.get('c1')
      expect(issue).toMatchObject({ assignee: '李工', due: '2026-12-01' })
      expect(issue?.comments.map(({ text }) => text)).toEqual(['请下移'])
      expect(issue?.history.filter(({ what }) => what === 'status')[0]).toMatchObject({ from: 'new', to: 'approved', by })
    }
  })

  it('opens again what was settled and got worse; resolves what is gone; says nothing of what was not tested', () => {
    const statusAfter = (status: Status, next: RunTrace) => applyOp(said(status), runOp(trackRun(first, next))).issues.get('c1')?.status
    const worse = run([clash('x', p1, w1, { depth: 0.2 })])
    expect(statusAfter('approved', worse)).toBe('active')
    expect(statusAfter('new', worse)).toBe('new')
    expect(statusAfter('approved', run([clash('x', p1, w1)]))).toBe('approved')
    expect(statusAfter('active', run([], { elements: [p1, w1] }))).toBe('resolved')
    expect(statusAfter('active', run([], { models: [], elements: [] }))).toBe('active')
  })

  it('does nothing where nothing changes', () => {
    const review = said('active')
    const again = applyOp(review, { op: 'change', keys: ['c1'], patch: { status: 'active' }, at, by })
    expect(again.issues.get('c1')).toBe(review.issues.get('c1'))
  })
})
