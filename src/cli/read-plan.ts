import { basename, dirname, resolve } from 'node:path'
import { Failure, type Problem } from '@/core/base/problem'
import { applyChanges, type Case, type JsonObject, type Named, type Plan, parsePlan, spreadCases } from '@/core/decide'
import { type FloodWritten, kinds } from '@/scenarios'
import { parsedOrThrow, readJson } from './run.ts'
import { withNetwork } from './with-network.ts'

export interface PlanRead {
  readonly plan: Plan
  readonly variants: readonly { readonly id: string; readonly title: Plan['title']; readonly written: FloodWritten }[]
  readonly conditions: readonly Named[]
  readonly cases: readonly PlanCase[]
}
export interface PlanCase extends Omit<Case, 'written'> {
  readonly written: FloodWritten
  /** Its models, found beside the scenario file that names them. */
  readonly models: readonly string[]
}

/** A plan file with every run that it means; each scenario is parsed, so that what is wrong is said before anything runs. */
export async function readPlan(file: string): Promise<PlanRead> {
  const plan = parsedOrThrow(parsePlan(await readJson(file)))
  const folder = dirname(file)
  const parsed = async (json: unknown, from: string) => parsedOrThrow(kinds.flood.parse(await withNetwork(json, from))).written
  const beside = async (path: string) => parsed(await readJson(resolve(folder, path)), dirname(resolve(folder, path)))
  const base = typeof plan.base === 'string' ? await beside(plan.base) : await parsed(plan.base, folder)
  const problems: Problem[] = []
  const variants: PlanRead['variants'][number][] = []
  const home = new Map<string, string>()
  for (const [k, { id, title, scenario, changes }] of plan.variants.entries()) {
    const written = scenario === undefined ? base : await beside(scenario)
    const made = applyChanges(written as unknown as JsonObject, changes ?? [])
    if (!made.ok) problems.push(...made.problems.map((found) => ({ ...found, path: `${basename(file)}: variants[${k}].${found.path}` })))
    else variants.push({ id, title: title ?? written.title, written: made.value as unknown as FloodWritten })
    const source = scenario ?? plan.base
    home.set(id, typeof source === 'string' ? dirname(resolve(folder, source)) : folder)
  }
  if (problems.length > 0) throw new Failure(...problems)
  const fills = (what: 'conditions' | 'failures') => plan.fill?.includes(what) === true
  const conditions = [...(plan.conditions ?? []), ...(fills('conditions') ? kinds.flood.conditions(base) : [])]
  const spread = spreadCases({
    variants: variants.map(({ id, written }) => ({ id, written: written as unknown as JsonObject })),
    common: plan.common ?? [],
    conditions,
    failures: ({ written }) => [...(plan.failures ?? []), ...(fills('failures') ? kinds.flood.failures(written as unknown as FloodWritten) : [])],
    sampling: plan.sampling ?? null,
  })
  const cases = parsedOrThrow(spread).map((one) => {
    const written = one.written as unknown as FloodWritten
    return { ...one, written, models: written.models.map(({ path }) => resolve(home.get(one.variant) ?? folder, path)) }
  })
  const wrong = cases.flatMap(({ written, variant, condition, failure, sample }) => {
    const parsed = kinds.flood.parse(written)
    const where = [variant, condition, failure, sample].filter((part) => part !== null).join(' / ')
    return parsed.ok ? [] : parsed.problems.map((found) => ({ ...found, path: `${where}: ${found.path}` }))
  })
  if (wrong.length > 0) throw new Failure(...wrong)
  return { plan, variants, conditions, cases }
}
