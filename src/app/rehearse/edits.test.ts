import { expect, it } from 'vitest'
import type { FloodWritten } from '@/scenarios/flood/types'
import { addPump, change, freshId, isRemovable, moveTo, remove, removeById } from './edits.ts'

const written: FloodWritten = {
  version: 1,
  kind: 'flood',
  title: { zh: '甲', en: 'A' },
  models: [],
  cell: '1 m',
  duration: '2 h',
  storm: { kind: 'table', rows: [] },
  surfaces: {},
  nodes: [{ id: 'J3', element: 'J3', capacity: '0.10 m³/s' }],
  inlets: [],
  sumps: [{ id: 'SP1', element: 'SP1' }],
  panels: [{ id: 'DB1', element: 'DB1' }],
  pumps: [{ id: 'P-01', element: 'P-01', type: 'P100', sump: 'SP1', start: '0.60 m', stop: '0.25 m', discharge: { node: 'J3' }, panel: 'DB1' }],
}

it('takes a moved pump off its place in the model and out of its sump, with levels for open ground', () => {
  const [pump] = moveTo('P-01', 91, -26, null)(written).pumps
  expect(pump).toEqual({ id: 'P-01', type: 'P100', at: ['91 m', '-26 m'], start: '0.15 m', stop: '0.06 m', discharge: { node: 'J3' }, panel: 'DB1' })
})

it('keeps the levels of a pump that moves from sump to sump', () => {
  const [pump] = moveTo('P-01', 98, 9.3, 'SP6')(written).pumps
  expect(pump).toMatchObject({ sump: 'SP6', start: '0.60 m', stop: '0.25 m' })
})

it('gives a new pump the first free name and what it needs to run', () => {
  const id = freshId(written, 'pumps', 'P')
  expect(id).toBe('P-02')
  const pump = addPump(id, 1, 2, null)(written).pumps[1]
  expect(pump).toMatchObject({ type: 'P100', at: ['1 m', '2 m'], discharge: { node: 'J3' }, panel: 'DB1' })
})

it('leaves a key out when it is set to nothing', () => {
  const [panel] = change('panels', 0, { element: undefined, at: ['1 m', '2 m'] })(written).panels
  expect(Object.keys(panel)).toEqual(['id', 'at'])
})

it('changes nothing of the document it was given', () => {
  const before = JSON.stringify(written)
  remove('pumps', 0)(written)
  moveTo('DB1', 1, 1, null)(written)
  expect(JSON.stringify(written)).toBe(before)
})

it('takes away by its id what was placed, and not the sewer', () => {
  expect(removeById('P-01')(written).pumps).toEqual([])
  expect(removeById('DB1')(written).panels).toEqual([])
  expect(isRemovable(written, 'P-01')).toBe(true)
  expect(isRemovable(written, 'J3')).toBe(false)
  expect(removeById('J3')(written)).toBe(written)
})
