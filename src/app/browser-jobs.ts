import { browserWorkers, type Workers } from '@/compute/pool'
import { finish, type Progress } from '@/core/base/job'
import { importModel } from '@/core/ifc'
import type { Element, PropertyReader, Shape, SiteModel } from '@/core/model'
import type { TwinJobs } from './store/jobs.ts'

/** The jobs of the store, in workers of the browser. Each long one has a thread of its own, so that stopping it stops it. */
export function browserJobs(): TwinJobs {
  const workers = browserWorkers()
  const readers = new WeakMap<object, PropertyReader>()
  const remember = (model: SiteModel, reader: PropertyReader) => readers.set(model.elements, reader)
  return {
    async *readCache({ bytes }, signal) {
      const thread = workers.start()
      try {
        const cached = await finish(thread.jobs.readCache({ bytes, name: 'station.fsc' }, signal))
        for (const { model, properties } of cached) remember(model, async (element) => properties[element] ?? [])
        return cached.map(({ model }) => model)
      } finally {
        thread.kill()
      }
    },
    async *importModel({ name, bytes, origin }, signal) {
      const growing = grow()
      const work = importModel({ name, bytes, ...(origin ? { origin } : {}) }, workers, signal)
      for (;;) {
        const step = await work.next()
        if (step.done) {
          remember(step.value.model, step.value.properties)
          return step.value.model
        }
        const event = step.value
        if (event.kind === 'progress') yield event satisfies Progress
        else {
          const model = event.kind === 'elements' ? growing.begin(event.model) : growing.add(event.elements, event.shapes)
          if (model) yield { kind: 'model', model }
        }
      }
    },
    properties: async (model, element) => (await readers.get(model.elements)?.(element)) ?? [],
    ...scenarioJobs(workers),
  }
}

/** A model as it comes in: a new object now and then, for the scene to draw what is there. */
function grow() {
  let model: SiteModel | null = null
  let elements: Element[] = []
  const shapes: Shape[] = []
  let shown = 0
  return {
    begin(first: SiteModel): SiteModel {
      model = first
      elements = [...first.elements]
      return first
    },
    add(batch: readonly Element[], fresh: readonly { readonly index: number; readonly shape: Shape }[]): SiteModel | null {
      for (const { index, shape } of fresh) shapes[index] = shape
      for (const element of batch) elements[element.index] = element
      if (!model || performance.now() - shown < SHOW_EVERY) return null
      shown = performance.now()
      return { ...model, elements: [...elements], shapes: [...shapes] }
    },
  }
}
/** [ms] */
const SHOW_EVERY = 500

/** No honest archive within the limits takes longer to read [ms]. */
const LONGEST_ARCHIVE = 60_000

/** Search and rehearsal, each on a fresh thread: stopping it frees its memory at once. */
function scenarioJobs(workers: Workers): Pick<TwinJobs, 'findClashes' | 'readBcf' | 'writeBcf' | 'prepareFlood' | 'simulateFlood' | 'reportFlood'> {
  return {
    async *findClashes(input, signal) {
      const thread = workers.start()
      try {
        return yield* thread.jobs.findClashes(input, signal)
      } finally {
        thread.kill()
      }
    },
    async *readBcf(input, signal) {
      const thread = workers.start()
      const late = setTimeout(() => thread.kill(), LONGEST_ARCHIVE)
      try {
        return yield* thread.jobs.readBcf(input, signal)
      } finally {
        clearTimeout(late)
        thread.kill()
      }
    },
    async *writeBcf(input, signal) {
      const thread = workers.start()
      try {
        return yield* thread.jobs.writeBcf(input, signal)
      } finally {
        thread.kill()
      }
    },
    async *prepareFlood(input, signal) {
      const thread = workers.start()
      try {
        return yield* thread.jobs.prepareFlood(input, signal)
      } finally {
        thread.kill()
      }
    },
    async *simulateFlood(input, signal) {
      const thread = workers.start()
      try {
        return yield* thread.jobs.simulateFlood(input, signal)
      } finally {
        thread.kill()
      }
    },
    async reportFlood(scenario, world, result) {
      const thread = workers.start()
      try {
        return await finish(thread.jobs.reportFlood({ scenario, world, result }, new AbortController().signal))
      } finally {
        thread.kill()
      }
    },
  }
}
