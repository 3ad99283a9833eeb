import { expect, it } from 'vitest'
import { findClashesIn } from '@/compute/find-clashes'
import { finish } from '@/core/base/job'
import { type ClashEvent, DEFAULT_RULES, findClashes } from '@/core/clash'
import { builtWorkers } from '../support/node-workers.ts'
import { importStation } from '../support/station.ts'

const INPUT = { rules: DEFAULT_RULES, scope: 'rules' as const, tolerance: null, clearance: null, segments: 96 }

it('gives the same report from one thread and from three as inline, with exact progress', async () => {
  const models = await importStation(/02-UTL|03-STR/)
  const inline = await finish(findClashes({ models, ...INPUT }, new AbortController().signal))
  expect(inline.clashes.length).toBeGreaterThan(4)
  for (const engines of [1, 3]) {
    const events: ClashEvent[] = []
    const report = await finish(findClashesIn(await builtWorkers({ engines }), { models, ...INPUT }, new AbortController().signal), (event) =>
      events.push(event),
    )
    expect(report).toEqual(inline)
    const progress = events.filter((event) => event.kind === 'progress')
    expect(progress.at(-1)?.done).toBe(progress.at(-1)?.total)
    expect(new Set(progress.map(({ total }) => total)).size).toBe(1)
    expect(
      events
        .filter((event) => event.kind === 'clash')
        .map(({ clash }) => clash.id)
        .sort(),
    ).toEqual(inline.clashes.map(({ id }) => id).sort())
  }
})

it('stops at once when it is cancelled', async () => {
  const models = await importStation(/02-UTL|03-STR/)
  const stop = new AbortController()
  const work = findClashesIn(await builtWorkers({ engines: 2 }), { models, ...INPUT }, stop.signal)
  await work.next()
  stop.abort(new Error('enough'))
  await expect(finish(work)).rejects.toThrow('enough')
})
