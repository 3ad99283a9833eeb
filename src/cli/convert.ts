import { type CachedModel, type PropertySet, packCache } from '@/core/model'
import { sayProblem } from '@/messages/problems.ts'
import type { CliIo } from './io.ts'
import { type LoadedModel, loadModels } from './load-models.ts'
import { problemDocument } from './problem-document.ts'
import { writeWhole } from './write-whole.ts'

export interface ConvertArgs {
  /** IFC files (or caches), and last the cache to write. */
  readonly files: readonly string[]
  readonly out: string
}

/** IFC files → one cache. Written beside its place first, so that a stop in the middle leaves nothing half-written. */
export async function convert({ files, out }: ConvertArgs, io: CliIo): Promise<number> {
  const loaded = await loadModels(files, io)
  try {
    if (loaded.problems.length > 0) {
      if (io.json) io.stdout(problemDocument(loaded.problems))
      for (const problem of loaded.problems) io.stderr(`${problem.path}: ${sayProblem(problem, io.lang)}\n`)
      return 2
    }
    const models: CachedModel[] = []
    for (const { model, properties } of loaded.models) models.push({ model, properties: await readAll({ model, properties }, io) })
    const bytes = await packCache(models)
    await writeWhole(out, bytes, io.signal)
    const elements = models.reduce((sum, m) => sum + m.model.census.products, 0)
    if (io.json) io.stdout(`${JSON.stringify({ version: 1, path: out, bytes: bytes.length, models: models.map((m) => m.model.id) })}\n`)
    else if (!io.quiet) io.stdout(`${out}: ${models.length} × IFC, ${elements} × IfcProduct, ${(bytes.length / 1e6).toFixed(2)} MB\n`)
    return 0
  } finally {
    loaded.close()
  }
}

async function readAll({ model, properties }: Pick<LoadedModel, 'model' | 'properties'>, io: CliIo): Promise<(readonly PropertySet[])[]> {
  const all: (readonly PropertySet[])[] = []
  const together = 256
  for (let k = 0; k < model.elements.length; k += together) {
    io.signal.throwIfAborted()
    all.push(...(await Promise.all(model.elements.slice(k, k + together).map((element) => properties(element.index)))))
  }
  return all
}
