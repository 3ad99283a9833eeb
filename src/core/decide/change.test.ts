import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyChanges, differences, type JsonObject } from './index.ts'

const base = {
  cell: '1 m',
  storm: { kind: 'chicago', returnPeriod: '100 a' },
  pumps: [
    { id: 'P-01', start: '0.60 m', discharge: { node: 'J3' } },
    { id: 'P-02', start: '0.60 m', discharge: { node: 'J3' } },
  ],
  events: [],
} as const satisfies JsonObject
const applied = (changes: Parameters<typeof applyChanges>[1]) => {
  const made = applyChanges(base as JsonObject, changes)
  if (!made.ok) throw new Error(JSON.stringify(made.problems))
  return made.value
}

describe('changes', () => {
  it('set, scale in the unit that is written, add, remove', () => {
    const made = applied([
      { path: 'storm.returnPeriod', to: '20 a' },
      { path: 'pumps[*].start', times: 0.5 },
      { path: 'pumps[P-02].discharge', to: { node: 'RM5' } },
      { path: 'pumps[P-05]', to: { id: 'P-05', start: '0.15 m', discharge: { node: 'RM5' } } },
      { path: 'pumps[P-01]', remove: true },
      { path: 'events[+]', to: { kind: 'pump-fails', pump: 'P-02' } },
      { path: 'barriers[SL]', to: { id: 'SL', crest: '0.06 m' } },
    ])
    expect(made).toEqual({
      cell: '1 m',
      storm: { kind: 'chicago', returnPeriod: '20 a' },
      pumps: [
        { id: 'P-02', start: '0.3 m', discharge: { node: 'RM5' } },
        { id: 'P-05', start: '0.15 m', discharge: { node: 'RM5' } },
      ],
      events: [{ kind: 'pump-fails', pump: 'P-02' }],
      barriers: [{ id: 'SL', crest: '0.06 m' }],
    })
    expect(base.pumps).toHaveLength(2)
  })

  it.each([
    [{ path: 'pumps[P-09].start', to: '1 m' }, 'decide.path'],
    [{ path: 'storm.step', times: 2 }, 'decide.path'],
    [{ path: 'storm.kind', times: 2 }, 'decide.scale'],
    [{ path: '__proto__.polluted', to: true }, 'decide.path'],
    [{ path: 'pumps[', to: 1 }, 'decide.path'],
    [{ path: '', to: 1 }, 'decide.path'],
  ])('says what cannot be done: %j', (change, key) => {
    const made = applyChanges(base as JsonObject, [change])
    expect(made.ok).toBe(false)
    expect(made.problems[0].key).toBe(key)
  })

  it('differences lead from any document to any other, entries in their order', () => {
    const leaf = fc.oneof(fc.string({ maxLength: 3 }), fc.integer(), fc.boolean(), fc.constant(null))
    const name = fc.constantFrom('a', 'b', 'c', 'node')
    const plain = fc.dictionary(name, leaf, { maxKeys: 3, noNullPrototype: true })
    const item = fc.tuple(fc.constantFrom('P-01', 'P-02', 'x]y', '*', ''), plain).map(([id, rest]) => ({ ...rest, id }))
    const list = fc.oneof(fc.uniqueArray(item, { selector: ({ id }) => id, maxLength: 4 }), fc.array(fc.oneof(leaf, plain), { maxLength: 3 }))
    const document = fc.dictionary(name, fc.oneof(leaf, plain, list), { maxKeys: 4, noNullPrototype: true })
    fc.assert(
      fc.property(document, document, (a, b) => {
        const made = applyChanges(a as JsonObject, differences(a as JsonObject, b as JsonObject))
        expect(made.ok && made.value).toEqual(b)
      }),
      { numRuns: 400, seed: 7 },
    )
  })
})
