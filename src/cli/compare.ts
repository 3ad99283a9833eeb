import { finish } from '@/core/base/job'
import { compareModels, type ElementChange, type ModelComparison, type SiteModel } from '@/core/model'
import { COMPARE } from '@/messages/compare.ts'
import { sayProblem } from '@/messages/problems.ts'
import type { CliIo } from './io.ts'
import { type LoadedModel, loadModels } from './load-models.ts'
import { problemDocument } from './problem-document.ts'

export interface CompareArgs {
  readonly before: string
  readonly after: string
  readonly failOn: string | null
}

/** What became of every element from one version of a model to the next. Exit 10 where `--fail-on changes` holds. */
export async function compare({ before, after, failOn }: CompareArgs, io: CliIo): Promise<number> {
  const loaded = await loadModels([before, after], io, { apart: true })
  try {
    if (loaded.problems.length > 0) {
      if (io.json) io.stdout(problemDocument(loaded.problems))
      for (const problem of loaded.problems) io.stderr(`${problem.path}: ${sayProblem(problem, io.lang)}\n`)
      return 2
    }
    const [old, young] = loaded.models
    const result = await finish(compareModels(old, young, io.signal))
    if (io.json) io.stdout(`${JSON.stringify(documentOf(old, young, result))}\n`)
    else io.stdout(inWords(old, young, result, io))
    const changes = result.added.length + result.removed.length + result.changed.length
    return failOn === 'changes' && changes > 0 ? 10 : 0
  } finally {
    loaded.close()
  }
}

function documentOf(old: LoadedModel, young: LoadedModel, result: ModelComparison): object {
  return {
    version: 1,
    before: { path: old.path, sha256: old.model.file.sha256 },
    after: { path: young.path, sha256: young.model.file.sha256 },
    counts: countsOf(result),
    matchedBy: result.matchedBy,
    added: result.added.map((index) => named(young.model, index)),
    removed: result.removed.map((index) => named(old.model, index)),
    changed: result.changed.map((change) => ({
      before: named(old.model, change.before),
      after: named(young.model, change.after),
      matchedBy: change.matchedBy,
      moved_m: change.moved,
      reshaped: change.reshaped && {
        size_m: { before: change.reshaped.size[0], after: change.reshaped.size[1] },
        area_m2: { before: change.reshaped.area[0], after: change.reshaped.area[1] },
        volume_m3: { before: change.reshaped.volume[0], after: change.reshaped.volume[1] },
      },
      properties: change.properties,
    })),
  }
}

function countsOf({
  added,
  removed,
  changed,
  unchanged,
}: ModelComparison): Record<'added' | 'removed' | 'moved' | 'reshaped' | 'properties' | 'unchanged', number> {
  const having = (is: (change: ElementChange) => boolean): number => changed.filter(is).length
  return {
    added: added.length,
    removed: removed.length,
    moved: having((c) => c.moved !== null),
    reshaped: having((c) => c.reshaped !== null),
    properties: having((c) => c.properties.length > 0),
    unchanged,
  }
}

function named(model: SiteModel, index: number): object {
  const { globalId, expressId, class: name, name: label, tag, bounds } = model.elements[index]
  return { globalId, expressId, class: name, name: label, tag, bounds }
}

function inWords(old: LoadedModel, young: LoadedModel, result: ModelComparison, io: CliIo): string {
  const say = (key: keyof typeof COMPARE): string => COMPARE[key][io.lang === 'zh-CN' ? 'zh' : 'en']
  const counts = countsOf(result)
  const line = (sign: string, model: SiteModel, index: number, more = ''): string => {
    const { globalId, class: name, name: label } = model.elements[index]
    return `  ${sign} ${globalId} ${name} ${label}${more}`.replaceAll(/\p{Cc}/gu, ' ')
  }
  return `${[
    `${old.path} → ${young.path}`,
    `  ${(Object.keys(counts) as (keyof typeof counts)[]).map((key) => `${say(key)} ${counts[key]}`).join(' · ')}`,
    `  ${say('matchedBy')} GlobalId ${result.matchedBy.globalId} · ${say('tag')} ${result.matchedBy.tag} · ${say('geometry')} ${result.matchedBy.geometry}`,
    ...result.removed.map((index) => line('-', old.model, index)),
    ...result.added.map((index) => line('+', young.model, index)),
    ...result.changed.map((change) => {
      const what: string[] = []
      if (change.moved) what.push(`${say('moved')} ${change.moved.map((v) => v.toFixed(3)).join(' ')} m`)
      if (change.reshaped) what.push(`${say('reshaped')} ${change.reshaped.volume.map((v) => v.toFixed(4)).join(' → ')} m³`)
      for (const { set, name, before, after } of change.properties) what.push(`${set ? `${set}.` : ''}${name}: ${before ?? '–'} → ${after ?? '–'}`)
      return line('~', young.model, change.after, `: ${what.join('; ')}`)
    }),
  ].join('\n')}\n`
}
