import { hashOf } from '@/core/base/hash'
import type { Progress } from '@/core/base/job'
import { Failure } from '@/core/base/problem'
import type { RunRecord } from '@/core/decide'
import type { KindName, ScenarioKind, ScenarioTypes } from './contract.ts'
import { kinds } from './index.ts'

export interface CaseInput<K extends KindName = KindName> {
  readonly kind: K
  readonly written: ScenarioTypes[K]['written']
  readonly world: ScenarioTypes[K]['world']
  /** What was really opened. */
  readonly models: readonly { readonly path: string; readonly sha256: string }[]
  readonly kernel: string
}

/** Hash of all that decides a result. What a scenario is called, and where its models lie, does not. */
export function runKey<K extends KindName>({ kind, written, models, kernel }: Omit<CaseInput<K>, 'world'>): string {
  const { title: _title, note: _note, $schema: _schema, models: _models, ...deciding } = written as unknown as { readonly [key: string]: unknown }
  return hashOf({ kind, revision: kinds[kind].revision, kernel, models: models.map(({ sha256 }) => sha256).sort(), written: deciding })
}

/** A whole run without its pictures: progress on the way, the record at the end. Any kind. */
export async function* runCase<K extends KindName>(input: CaseInput<K>, signal: AbortSignal): AsyncGenerator<Progress, RunRecord> {
  const { world, written, kernel } = input
  const kind = kinds[input.kind] as ScenarioKind<K>
  const parsed = kind.parse(written)
  if (!parsed.ok) throw new Failure(...parsed.problems)
  const wrong = kind.check(parsed.value, world).filter(({ severity }) => severity === 'error')
  if (wrong.length > 0) throw new Failure(...wrong)
  const work = kind.simulate({ scenario: parsed.value, world, kernel }, signal)
  for (;;) {
    const step = await work.next(undefined)
    if (!step.done) {
      const event = step.value as Progress | { readonly kind: 'else' }
      if (event.kind === 'progress') yield event
      continue
    }
    return recordOf(input, kind.findings(parsed.value, world, kind.report(parsed.value, world, step.value)))
  }
}

/** The record of a finished run, from what its kind found. */
export function recordOf<K extends KindName>(input: Omit<CaseInput<K>, 'world'>, findings: ReturnType<ScenarioKind<K>['findings']>): RunRecord {
  return {
    version: 1,
    kind: input.kind,
    key: runKey(input),
    title: (input.written as { readonly title: RunRecord['title'] }).title,
    scenarioHash: hashOf(input.written),
    models: input.models,
    kernel: input.kernel,
    scenario: input.written as unknown as RunRecord['scenario'],
    ...findings,
  }
}
