import { finish } from '@/core/base/job'
import type { ClashEvent, ClashInput, ClashReport, ClashShare } from '@/core/clash'
import type { Workers } from './pool.ts'

/** Fewer elements than this are searched by one thread: sending models to more would take longer. */
const SMALL = 400

/** The search for clashes in threads of its own: each takes a share of the pairs, and the report is the same for any number of them. */
export async function* findClashesIn(workers: Workers, input: ClashInput, signal: AbortSignal): AsyncGenerator<ClashEvent, ClashReport, undefined> {
  const elements = input.models.reduce((sum, { elements: all }) => sum + all.length, 0)
  const count = elements < SMALL ? 1 : Math.max(1, workers.engines)
  const threads = Array.from({ length: count }, () => workers.start())
  try {
    const runs = threads.map(({ jobs }, index) => jobs.searchClashes({ input, index, of: count }, signal))
    const shares: ClashShare[] = []
    const progress: ({ readonly done: number; readonly total: number } | null)[] = runs.map(() => null)
    const pull = async (k: number) => ({ k, step: await runs[k].next() })
    const pending = new Map(runs.map((_, k) => [k, pull(k)]))
    while (pending.size > 0) {
      const { k, step } = await Promise.race(pending.values())
      if (step.done) {
        pending.delete(k)
        shares[k] = step.value
        continue
      }
      pending.set(k, pull(k))
      const event = step.value
      if (event.kind === 'progress') {
        progress[k] = event
        progress[k] = event
        // The total is exact once every thread has told its share.
        const told = progress.filter((one) => one !== null)
        if (told.length < count) continue
        const sum = (key: 'done' | 'total') => told.reduce((all, one) => all + one[key], 0)
        yield { kind: 'progress', what: event.what, done: sum('done'), total: sum('total') }
      } else yield event
    }
    return await finish(threads[0].jobs.concludeClashes({ input, shares }, signal))
  } finally {
    for (const thread of threads) thread.kill()
  }
}
