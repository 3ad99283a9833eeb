import type { Vec3 } from '@/core/base/geometry'
import { finish, type Progress } from '@/core/base/job'
import { Failure, problem } from '@/core/base/problem'
import type { Element, PropertyReader, PropertySet, Shape, SiteModel } from '@/core/model'
import { assemble } from './assemble.ts'
import type { EnginePool, Killable } from './pool.ts'
import type { Outline, ReaderJobs } from './reader.ts'
import { meshProducts } from './watch.ts'

export interface ImportInput {
  readonly name: string
  readonly bytes: Uint8Array
  /** Id of the model in its project; the file's stem by default. */
  readonly id?: string
  /** Origin of the project frame [m], so that a second model stands right beside the first. */
  readonly origin?: Vec3
  /** Facets of a full circle in shown shapes. */
  readonly segments?: number
}
export type ImportEvent =
  | Progress
  /** Tree, storeys, systems and elements are known; no shape yet. */
  | { readonly kind: 'elements'; readonly model: SiteModel }
  /** Elements that now have their shapes. `shapes` are new; parts name shapes by their place in the model. */
  | { readonly kind: 'meshes'; readonly elements: readonly Element[]; readonly shapes: readonly { readonly index: number; readonly shape: Shape }[] }
export interface ImportedModel {
  readonly model: SiteModel
  readonly properties: PropertyReader
  /** Property sets of every element at once, as a cache holds them. */
  allProperties(): Promise<readonly (readonly PropertySet[])[]>
  /** Lets go of the file's bytes; properties can no longer be asked for. */
  close(): void
}

const SEGMENTS = 24

/**
 * Bytes of an IFC file → SiteModel. The reader tells the elements first; then engines mesh them in small shards, and whatever an engine
 * dies of costs only the element at fault. Throws Failure where nothing can be opened, and the signal's reason when aborted.
 */
export async function* importModel(input: ImportInput, workers: EnginePool, signal: AbortSignal): AsyncGenerator<ImportEvent, ImportedModel, undefined> {
  signal.throwIfAborted()
  const reader = workers.startReader()
  const stop = (): void => reader.kill()
  signal.addEventListener('abort', stop)
  let done = false
  try {
    const outline = yield* openOutline(reader, input, signal)
    if (outline.work.some((work) => !work.own)) workers.warm?.()
    yield { kind: 'elements', model: outline.model }
    const build = assemble(outline)
    const total = outline.work.length
    let settled = 0
    yield { kind: 'progress', what: 'products', done: 0, total }
    for await (const batch of meshProducts(outline, reader, workers, input.segments ?? SEGMENTS, signal)) {
      const shown = build.add(batch)
      settled += shown.elements.length
      if (shown.elements.length > 0) yield { kind: 'meshes', ...shown }
      yield { kind: 'progress', what: 'products', done: settled, total }
    }
    const model = build.finish()
    done = true
    const ids = model.elements.map((element) => element.expressId)
    return {
      model,
      properties: propertyReader(reader, model),
      allProperties: () => finish(reader.jobs.allProperties({ ids }, new AbortController().signal)),
      close: () => reader.kill(),
    }
  } finally {
    signal.removeEventListener('abort', stop)
    if (!done) reader.kill()
  }
}

async function* openOutline(reader: Killable<ReaderJobs>, input: ImportInput, signal: AbortSignal): AsyncGenerator<Progress, Outline, undefined> {
  const { name, bytes } = input
  const run = reader.jobs.open({ name, bytes, id: input.id ?? stem(name), origin: input.origin }, signal)
  try {
    for (;;) {
      const step = await run.next()
      signal.throwIfAborted()
      if (step.done) return step.value
      yield step.value
    }
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof Failure) throw error
    throw new Failure(problem('ifc.readerFailed', { detail: error instanceof Error ? error.message : String(error) }, name))
  }
}

/** Property sets are read when asked for; one element is asked for once. */
function propertyReader(reader: Killable<ReaderJobs>, model: SiteModel): PropertyReader {
  const asked = new Map<number, ReturnType<PropertyReader>>()
  return (index) => {
    const known = asked.get(index)
    if (known) return known
    const element = model.elements[index]
    const answer = element ? finish(reader.jobs.properties({ id: element.expressId }, new AbortController().signal)) : Promise.resolve([])
    asked.set(index, answer)
    answer.catch(() => asked.delete(index))
    return answer
  }
}

/** `a/b/02-UTL.ifc` → `02-UTL`. */
export function stem(name: string): string {
  const file = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
  const dot = file.lastIndexOf('.')
  return dot > 0 ? file.slice(0, dot) : file
}
