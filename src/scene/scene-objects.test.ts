import { describe, expect, it } from 'vitest'
import type { Clash } from '@/core/clash'
import { CLASH_A, CLASH_B } from './palette.ts'
import { createObjectTable, FOCUS, GHOST, PAINTED, paintStates, SELECTED, VISIBLE } from './scene-objects.ts'
import type { SceneView } from './scene-props.ts'
import { at, CUBE, testModel } from './scene-test-site.ts'

const model = testModel(
  'm',
  Array.from({ length: 4 }, (_, k) => ({ shape: CUBE, matrices: [at(k * 2, 0, 0)] })),
)
const VIEW: SceneView = {
  selected: [],
  hidden: [],
  isolated: null,
  ghosted: [],
  colors: 'material',
  painted: null,
  soil: 1,
  section: null,
  sectionBox: null,
  quality: 'high',
  theme: 'light',
  motion: true,
}
const ref = (index: number) => ({ model: 'm', index })

function painted(view: Partial<SceneView>, clash: { a: number; b: number; mode: 'ghost' | 'highlight' | 'isolate' } | null = null) {
  const table = createObjectTable()
  table.sync([model])
  const out = new Uint8Array(256 * 4)
  const focus = clash && { clash: { a: ref(clash.a), b: ref(clash.b) } as unknown as Clash, mode: clash.mode }
  paintStates(table, [model], { ...VIEW, ...view }, focus, out)
  return { flags: [0, 1, 2, 3].map((id) => out[id * 4 + 3]), color: (id: number) => [...out.slice(id * 4, id * 4 + 3)] }
}

describe('how objects look', () => {
  it('shows all where nothing is asked for', () => {
    expect(painted({}).flags).toEqual([VISIBLE, VISIBLE, VISIBLE, VISIBLE])
  })
  it('hides, isolates, selects', () => {
    expect(painted({ hidden: [ref(1)] }).flags).toEqual([VISIBLE, 0, VISIBLE, VISIBLE])
    expect(painted({ isolated: [ref(2)], hidden: [ref(2)] }).flags).toEqual([0, 0, 0, 0])
    expect(painted({ isolated: [ref(2)], selected: [ref(2)] }).flags).toEqual([0, 0, VISIBLE | SELECTED, 0])
  })
  it('makes ghosts of all others, and of none without a selection', () => {
    expect(painted({ ghosted: 'others', selected: [ref(0)] }).flags).toEqual([VISIBLE | SELECTED, VISIBLE | GHOST, VISIBLE | GHOST, VISIBLE | GHOST])
    expect(painted({ ghosted: 'others' }).flags).toEqual([VISIBLE, VISIBLE, VISIBLE, VISIBLE])
  })
  it('shows a clash in its two colours though one of the pair is hidden, and the rest as the mode says', () => {
    const pair = VISIBLE | FOCUS | PAINTED
    const ghost = painted({ hidden: [ref(1)] }, { a: 0, b: 1, mode: 'ghost' })
    expect(ghost.flags).toEqual([pair, pair, VISIBLE | GHOST, VISIBLE | GHOST])
    expect([ghost.color(0), ghost.color(1)]).toEqual([[...CLASH_A], [...CLASH_B]])
    expect(painted({}, { a: 0, b: 1, mode: 'isolate' }).flags).toEqual([pair, pair, 0, 0])
    expect(painted({}, { a: 0, b: 1, mode: 'highlight' }).flags).toEqual([pair, pair, VISIBLE, VISIBLE])
  })
})

describe('ids', () => {
  it('stay while a model grows, and only new elements are fresh', () => {
    const table = createObjectTable()
    const young = { ...model, elements: model.elements.slice(0, 2) }
    expect(table.sync([young])).toEqual({ fresh: [0, 1], gone: [] })
    expect(table.sync([model])).toEqual({ fresh: [2, 3], gone: [] })
    expect(table.sync([model])).toEqual({ fresh: [], gone: [] })
    expect(table.idOf(ref(3))).toBe(3)
  })
  it('are free again when a model is taken away', () => {
    const table = createObjectTable()
    table.sync([model])
    expect(table.sync([]).gone).toEqual([0, 1, 2, 3])
    expect(table.objects.some((object) => table.alive(object))).toBe(false)
    expect(table.byGlobalId('m-0')).toBeUndefined()
    const other = { ...model, id: 'n' }
    expect(table.sync([other]).fresh.toSorted()).toEqual([0, 1, 2, 3])
    expect(table.idOf(ref(0))).toBeUndefined()
  })
  it('change when an element gets other parts, so that it is built again', () => {
    const table = createObjectTable()
    table.sync([model])
    const changed = { ...model, elements: model.elements.map((e) => (e.index === 1 ? { ...e, parts: [...e.parts] } : e)) }
    const { fresh, gone } = table.sync([changed])
    expect(gone).toEqual([1])
    expect(fresh.length).toBe(1)
  })
})
