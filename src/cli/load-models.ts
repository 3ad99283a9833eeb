import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import type { Vec3 } from '@/core/base/geometry'
import { Failure, type Problem, problem } from '@/core/base/problem'
import { importModel, stem } from '@/core/ifc'
import { isCache, isGzip, openCache, type PropertyReader, type SiteModel } from '@/core/model'
import type { CliIo } from './io.ts'
import { nodeWorkers } from './node-workers.ts'

/** A model of the command line: from an IFC file, or one of those in a cache. */
export interface LoadedModel {
  readonly path: string
  readonly model: SiteModel
  readonly properties: PropertyReader
  readonly timing: { readonly index: number; readonly firstMesh: number | null; readonly total: number } /* s */
}
export interface Loaded {
  readonly models: readonly LoadedModel[]
  /** Of files that could not be opened; `path` is the file. */
  readonly problems: readonly Problem[]
  /** Lets go of files and threads. Property sets can then no longer be read. */
  close(): void
}
export interface LoadOptions {
  readonly engines?: number
  /** Seconds without a heartbeat. */
  readonly patience?: number
  /** Every file in its own frame. By default the first file's origin holds for all, so that they stand beside each other. */
  readonly apart?: boolean
  /** Facets of a full circle in meshes. */
  readonly segments?: number
}

/** Opens IFC files and caches one after the other; a file that fails is named and the others still open. */
export async function loadModels(paths: readonly string[], io: CliIo, options: LoadOptions = {}): Promise<Loaded> {
  const workers = nodeWorkers({ engines: options.engines ?? Math.min(6, availableParallelism()), ...(options.patience ? { patience: options.patience } : {}) })
  const models: LoadedModel[] = []
  const problems: Problem[] = []
  const closers: (() => void)[] = [() => workers.close()]
  const close = (): void => {
    for (const end of closers) end()
  }
  try {
    for (const path of paths) {
      io.signal.throwIfAborted()
      const bytes = await readBytes(path)
      if (!bytes) {
        problems.push(problem('file.notFound', { name: path }, path))
        continue
      }
      try {
        if (isGzip(bytes) || isCache(bytes)) models.push(...(await loadCache(path, bytes)))
        else models.push(await loadIfc(path, bytes))
      } catch (error) {
        if (!(error instanceof Failure)) throw error
        problems.push(...error.problems.map((p) => ({ ...p, path })))
      }
    }
  } catch (error) {
    close()
    throw error
  }
  return { models, problems, close }

  async function loadCache(path: string, bytes: Uint8Array): Promise<LoadedModel[]> {
    const begun = performance.now()
    const cached = await openCache(bytes, path)
    const total = seconds(begun)
    return cached.map(({ model, properties }) => ({
      path,
      model: named(model),
      properties: async (element) => properties[element] ?? [],
      timing: { index: total, firstMesh: total, total },
    }))
  }

  async function loadIfc(path: string, bytes: Uint8Array): Promise<LoadedModel> {
    const begun = performance.now()
    let index = 0
    let firstMesh: number | null = null
    const origin: Vec3 | undefined = options.apart ? undefined : models[0]?.model.frame.origin
    const report = reporter(io, stem(path))
    const name = path.replaceAll('\\', '/').split('/').pop() ?? path
    const run = importModel({ name, bytes, ...(origin ? { origin } : {}), ...(options.segments ? { segments: options.segments } : {}) }, workers, io.signal)
    for (;;) {
      const step = await run.next()
      if (step.done) {
        closers.push(step.value.close)
        return { path, model: named(step.value.model), properties: step.value.properties, timing: { index, firstMesh, total: seconds(begun) } }
      }
      if (step.value.kind === 'elements') index = seconds(begun)
      else if (step.value.kind === 'meshes') firstMesh ??= seconds(begun)
      else if (step.value.what === 'products') report(step.value.done, step.value.total)
    }
  }

  /** Ids are unique in a project: a second `A` becomes `A (2)`. */
  function named(model: SiteModel): SiteModel {
    let id = model.id
    for (let n = 2; models.some((other) => other.model.id === id); n++) id = `${model.id} (${n})`
    return id === model.id ? model : { ...model, id }
  }
}

async function readBytes(path: string): Promise<Uint8Array | null> {
  try {
    const buffer = await readFile(path)
    return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
  } catch {
    return null
  }
}

function seconds(since: number): number {
  return Math.round(performance.now() - since) / 1000
}

/** A line on stderr now and then. */
function reporter(io: CliIo, name: string): (done: number, total: number) => void {
  let last = performance.now()
  return (done, total) => {
    if (io.quiet || performance.now() - last < 1000) return
    last = performance.now()
    io.stderr(`${name}: ${done} / ${total}\n`)
  }
}
