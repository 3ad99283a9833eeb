import { expect, it } from 'vitest'
import { begin, record, redo, undo } from './history.ts'

it('goes back and forth over whole documents', () => {
  const history = record(record(begin('a'), 'b'), 'c')
  expect(undo(history).present).toBe('b')
  expect(undo(undo(history)).present).toBe('a')
  expect(redo(undo(history)).present).toBe('c')
  expect(undo(undo(undo(history))).present).toBe('a')
})

it('forgets the future when something new is done', () => {
  const history = record(undo(record(begin('a'), 'b')), 'c')
  expect(history.future).toEqual([])
  expect(undo(history).present).toBe('a')
})

it('joins a change that continues the last one', () => {
  const typed = record(record(begin('1'), '12'), '123', true)
  expect(undo(typed).present).toBe('1')
})
