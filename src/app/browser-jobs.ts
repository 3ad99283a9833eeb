import { browserWorkers, type Workers } from '@/compute/pool'
import { finish, type Progress } from '@/core/base/job'
import { importModel } from '@/core/ifc'
import type { Element, PropertyReader, Shape, SiteModel } from '@/core/model'
import type { TwinJobs } from './store/jobs.ts'

/** The jobs of the store, in workers of the browser. Each long one has a thread of its own, so that stopping it stops it. */
export function browserJobs(): TwinJobs {
  const workers = browserWorkers()
  const sources = new WeakMap<object, { readonly properties: PropertyReader; close(): void }>()
  return {
    async *readCache({ bytes }, signal) {
      const thread = workers.start()
      try {
        const cached = await finish(thread.jobs.readCache({ bytes, name: 'station.fsc' }, signal))
        for (const { model, properties } of cached) sources.set(model.elements, { properties: async (element) => properties[element] ?? [], close() {} })
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
          sources.set(step.value.model.elements, step.value)
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
    properties: async (model, element) => (await sources.get(model.elements)?.properties(element)) ?? [],
    letGo(model) {
      sources.get(model.elements)?.close()
      sources.delete(model.elements)
    },
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

/** Search and rehearsal, each on a fresh thread: stopping it frees its memory at once. */
function scenarioJobs(workers: Workers): Pick<TwinJobs, 'findClashes' | 'prepareFlood' | 'simulateFlood' | 'reportFlood' | 'runCase'> {
  return {
    async *findClashes(input, signal) {
      const thread = workers.start()
      try {
        return yield* thread.jobs.findClashes(input, signal)
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
    async *runCase(input, signal) {
      const thread = workers.start()
      try {
        return yield* thread.jobs.runCase(input, signal)
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
