import { applyChanges, type JsonObject, parsePlan, spreadCases } from '@/core/decide'
import { kinds } from '@/scenarios'
import type { FloodWritten } from '@/scenarios/flood/types'
import { runKey } from '@/scenarios/run-case'
import type { DecideSlice, KeyedCase, Variant } from './decide.ts'
import type { TwinState } from './state.ts'

/** All runs of the present choice: each variant under each storm, and with any one thing out. */
export function spread({
  variants,
  ladder,
  failures,
  runCell,
  models,
}: Pick<TwinState, 'variants' | 'ladder' | 'failures' | 'runCell' | 'models'>): KeyedCase[] {
  const [base] = variants
  if (!base) return []
  const all = kinds.flood.conditions(base.written)
  const conditions = ladder ? all : all.slice(0, 1)
  // Under the first condition a variant runs with its own storm only where it is that of the baseline: storms are alike for all.
  const common = [{ path: 'storm', to: base.written.storm as unknown as JsonObject }, ...(runCell ? [{ path: 'cell', to: runCell }] : [])]
  const failuresOf = ({ written }: { readonly written: unknown }) => (failures ? kinds.flood.failures(written as FloodWritten) : [])
  const cases = spreadCases({
    variants: variants.map(({ id, written }) => ({ id, written: written as unknown as JsonObject })),
    common,
    conditions,
    failures: failuresOf,
    sampling: null,
  })
  if (!cases.ok) throw { problems: cases.problems }
  const opened = models.map(({ file: { name, sha256 } }) => ({ path: name, sha256 }))
  const titles = new Map(variants.flatMap(({ written }) => kinds.flood.failures(written)).map(({ id, title }) => [id, title ?? null]))
  return cases.value.map((one): KeyedCase => {
    const written = one.written as unknown as FloodWritten
    return {
      ...one,
      written,
      key: runKey({ kind: 'flood', written, models: opened, kernel: 'cpu' }),
      conditionTitle: conditions.find(({ id }) => id === one.condition)?.title ?? null,
      failureTitle: one.failure === null ? null : (titles.get(one.failure) ?? null),
    }
  })
}

/** A plan with its base inside, as the page saves it; problems by path are thrown. */
export function readVariants(json: unknown): Pick<DecideSlice, 'variants' | 'ladder' | 'failures' | 'runCell'> {
  const parsed = parsePlan(json)
  if (!parsed.ok) throw { problems: parsed.problems }
  const { base, variants, fill, common } = parsed.value
  if (typeof base === 'string') throw { problems: [{ key: 'file.notFound', severity: 'error', path: 'base', facts: { name: base } }] }
  const made = variants.map(({ id, title, changes }, k): Variant => {
    const applied = applyChanges(base, changes ?? [])
    const scenario = applied.ok ? kinds.flood.parse(applied.value) : applied
    if (!scenario.ok) throw { problems: scenario.problems.map((found) => ({ ...found, path: `variants[${k}]: ${found.path}` })) }
    const { written } = scenario.value
    return { id, title: title ?? written.title, written }
  })
  const cell = common?.find(({ path }) => path === 'cell')
  return {
    variants: made,
    ladder: fill?.includes('conditions') === true,
    failures: fill?.includes('failures') === true,
    runCell: cell && 'to' in cell && typeof cell.to === 'string' ? cell.to : null,
  }
}
