import { findClashesIn } from '@/compute/find-clashes'
import type { Jobs } from '@/compute/jobs'
import { browserWorkers, type Workers } from '@/compute/pool'
import { hashBytes } from '@/core/base/hash'
import { finish, type Progress } from '@/core/base/job'
import { type ImportedModel, INGEST_VERSION, importModel, stem } from '@/core/ifc'
import type { Element, PropertyReader, Shape, SiteModel, StoreKey } from '@/core/model'
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
      const key: StoreKey = { sha256: await hashBytes(bytes), engine: INGEST_VERSION, settings: origin ? origin.join('_') : 'own' }
      const kept = await onThread(workers, (jobs) => jobs.recallModel(key, signal))
      if (kept) {
        const model = { ...kept.model, id: stem(name), file: { ...kept.model.file, name } }
        sources.set(model.elements, { properties: async (element) => kept.properties[element] ?? [], close() {} })
        return model
      }
      const growing = grow()
      const work = importModel({ name, bytes, ...(origin ? { origin } : {}) }, workers, signal)
      for (;;) {
        const step = await work.next()
        if (step.done) {
          const imported = step.value
          sources.set(imported.model.elements, imported)
          if (bytes.length > WORTH_KEEPING) keepInBackground(workers, key, imported)
          return imported.model
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

/** Smaller files open as quickly from their own bytes [bytes]. */
const WORTH_KEEPING = 1e6

async function onThread<T>(workers: Workers, work: (jobs: Jobs) => AsyncGenerator<unknown, T, undefined>): Promise<T> {
  const thread = workers.start()
  try {
    return await finish(work(thread.jobs))
  } finally {
    thread.kill()
  }
}

/** For the next time this file is opened. Whether it can be kept changes nothing for the model that is open. */
function keepInBackground(workers: Workers, key: StoreKey, { model, allProperties }: ImportedModel): void {
  allProperties()
    .then((properties) => onThread(workers, (jobs) => jobs.keepModel({ key, cached: { model, properties } }, new AbortController().signal)))
    .catch(() => {})
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
function scenarioJobs(workers: Workers): Pick<TwinJobs, 'findClashes' | 'readBcf' | 'writeBcf' | 'prepareFlood' | 'simulateFlood' | 'reportFlood' | 'runCase'> {
  return {
    findClashes: (input, signal) => findClashesIn(workers, input, signal),
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
