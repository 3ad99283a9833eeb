import { z } from 'zod'
import type { Parsed, Problem } from '@/core/base/problem'
import { findProblems, issue, object } from '@/core/base/schema'
import { applyChanges, type Change, type JsonObject } from './change.ts'
import { drawSamples, type Range } from './sample.ts'
import './problems.ts'

const id = z.string().min(1).max(64)
const two = object({ zh: z.string().max(4000), en: z.string().max(4000) })
const path = z.string().min(1).max(300)
const change = z.union([object({ path, to: z.json() }), object({ path, times: z.number().min(0.001).max(1000) }), object({ path, remove: z.literal(true) })])
const changes = z.array(change).max(1000)
const named = object({ id, title: two.optional(), changes })

/** The written form of a plan of many runs. */
export const planSchema = object({
  $schema: z.string().max(500).optional(),
  version: z.literal(1),
  title: two,
  /** What every run starts from: a scenario file beside the plan, or the scenario itself. */
  base: z.union([z.string().min(1).max(500), z.looseObject({ kind: z.string() })]),
  /** Made to every run. */
  common: changes.optional(),
  /** `changes` to the base, or a `scenario` file of its own. The first is what the others are compared with. */
  variants: z
    .array(
      object({ id, title: two.optional(), scenario: z.string().min(1).max(500).optional(), changes: changes.optional() }).superRefine((variant, context) => {
        if (variant.scenario !== undefined && variant.changes !== undefined) issue(context, 'decide.variantSource', { id: variant.id })
      }),
    )
    .min(1)
    .max(1000),
  /** What nature does. The first is the reference: failures and samples are run under it. */
  conditions: z.array(named).max(200).optional(),
  failures: z.array(named).max(1000).optional(),
  /** Lists that the kind fills in: `failures` any one thing out, `conditions` the ladder of severities. */
  fill: z
    .array(z.enum(['conditions', 'failures']))
    .max(2)
    .optional(),
  /** Uncertainty: every variant is run with the same seeded samples. */
  sampling: object({
    samples: z.number().int().min(1).max(10_000),
    seed: z.number().int().min(0).max(4294967295),
    ranges: z
      .array(
        object({ path, times: z.tuple([z.number().positive(), z.number().positive()]) }).superRefine(({ times: [from, to] }, context) => {
          if (from > to) issue(context, 'decide.range', { from, to })
        }),
      )
      .min(1)
      .max(50),
  }).optional(),
}).superRefine((plan, context) => {
  for (const list of ['variants', 'conditions', 'failures'] as const) {
    const seen = new Set<string>()
    plan[list]?.forEach((entry, k) => {
      if (seen.has(entry.id)) issue(context, 'decide.twice', { id: entry.id }, [list, k, 'id'])
      seen.add(entry.id)
    })
  }
})

type Text = { readonly zh: string; readonly en: string }
export interface Named {
  readonly id: string
  readonly title?: Text
  readonly changes: readonly Change[]
}
export interface Plan {
  readonly version: 1
  readonly title: Text
  readonly base: string | JsonObject
  readonly common?: readonly Change[]
  readonly variants: readonly { readonly id: string; readonly title?: Text; readonly scenario?: string; readonly changes?: readonly Change[] }[]
  readonly conditions?: readonly Named[]
  readonly failures?: readonly Named[]
  readonly fill?: readonly ('conditions' | 'failures')[]
  readonly sampling?: { readonly samples: number; readonly seed: number; readonly ranges: readonly Range[] }
}

export function parsePlan(json: unknown): Parsed<Plan> {
  const problems = findProblems(planSchema, json)
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: json as Plan, problems: [] }
}

/** One run of a plan: which variant, under which condition, with which failure or sample, and the whole scenario that is run. */
export interface Case<T extends JsonObject = JsonObject> {
  readonly variant: string
  readonly condition: string | null
  readonly failure: string | null
  readonly sample: number | null
  readonly written: T
}
export interface Spread<T extends JsonObject> {
  readonly variants: readonly { readonly id: string; readonly written: T }[]
  readonly common: readonly Change[]
  readonly conditions: readonly Named[]
  /** The failures of a variant: what it has that can be out. */
  readonly failures: (variant: { readonly id: string; readonly written: T }) => readonly Named[]
  readonly sampling: Plan['sampling'] | null
}

/**
 * All runs, in an order that never changes: for each variant every condition, then every failure and every sample under the first
 * condition. What cannot be applied is said with the run it belongs to.
 */
export function spreadCases<T extends JsonObject>({ variants, common, conditions, failures, sampling }: Spread<T>): Parsed<readonly Case<T>[]> {
  const cases: Case<T>[] = []
  const problems: Problem[] = []
  const samples = sampling ? drawSamples(sampling.seed, sampling.samples, sampling.ranges) : []
  const wrong = (where: string, found: readonly Problem[]) => problems.push(...found.map((one) => ({ ...one, path: `${where}: ${one.path}` })))
  const add = (variant: Spread<T>['variants'][number], parts: Omit<Case, 'variant' | 'written'>, changes: readonly Change[]) => {
    const made = applyChanges(variant.written, changes)
    if (made.ok) cases.push({ variant: variant.id, ...parts, written: made.value })
    else wrong([variant.id, parts.condition, parts.failure].filter(Boolean).join(' / '), made.problems)
  }
  for (const { id: name, written } of variants) {
    const base = applyChanges(written, common)
    if (!base.ok) {
      wrong(`${name} / common`, base.problems)
      continue
    }
    const variant = { id: name, written: base.value }
    const reference = conditions[0] ?? null
    const under = { condition: reference?.id ?? null, failure: null, sample: null }
    const weather = reference?.changes ?? []
    for (const condition of conditions.length > 0 ? conditions : [null]) add(variant, { ...under, condition: condition?.id ?? null }, condition?.changes ?? [])
    for (const failure of failures(variant)) add(variant, { ...under, failure: failure.id }, [...weather, ...failure.changes])
    for (const [k, changes] of samples.entries()) add(variant, { ...under, sample: k + 1 }, [...weather, ...changes])
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: cases, problems: [] }
}
