import { z } from 'zod'
import type { Parsed } from '@/core/base/problem'
import { parseQuantity } from '@/core/base/quantity'
import { findProblems, issue, object, quantity } from '@/core/base/schema'
import { needsProperties, parseSelector } from '@/core/model'
import { DEFAULT_RULES } from './default-rules.ts'
import type { Check, ClashRules } from './types.ts'

const words = z.array(z.string().min(1).max(128)).max(200)
const where = z
  .string()
  .max(4000)
  .superRefine((text, context) => {
    const parsed = parseSelector(text)
    if (!parsed.ok) for (const { key, facts } of parsed.problems) issue(context, key, facts)
    else if (needsProperties(parsed.value)) issue(context, 'selector.needsProperties', {})
  })
const selector = object({
  where: where.optional(),
  classes: words.optional(),
  notClasses: words.optional(),
  systems: words.optional(),
  types: words.optional(),
  notTypes: words.optional(),
  models: words.optional(),
  surroundings: z.boolean().optional(),
})
const distance = quantity('length', { least: 0, most: 100 })
const id = z.string().min(1).max(64)
const kinds = z.enum(['hard', 'touch', 'clearance', 'duplicate', 'surface'])

const check = z.discriminatedUnion('kind', [
  object({ kind: z.literal('slope'), id, of: selector }),
  object({ kind: z.literal('headroom'), id, of: selector, zones: selector }),
  object({ kind: z.literal('space-time'), id, zones: selector }),
  object({ kind: z.literal('edge-height'), id, of: selector, least: distance }),
  object({ kind: z.literal('spacing'), id, of: selector, most: quantity('length', { over: 0, most: 10_000 }) }),
  object({ kind: z.literal('opening'), id, of: selector, through: selector }),
])

/** The rule file: distances are text with units ("2 mm"). */
export const rulesSchema = object({
  $schema: z.string().max(500).optional(),
  version: z.literal(1),
  tolerance: distance,
  hollow: z.enum(['filled', 'modelled']),
  rules: z
    .array(
      object({
        id,
        a: selector,
        b: selector,
        find: z.array(z.enum(['hard', 'clearance', 'duplicate', 'touch'])).min(1),
        tolerance: distance.optional(),
        clearance: distance.optional(),
      }),
    )
    .min(1)
    .max(500),
  clearances: z
    .array(
      object({
        a: z.string().max(64),
        b: z.string().max(64),
        parallel: distance,
        crossing: distance,
        among: z.enum(['', 'utility']).optional(),
        source: z.string().max(300),
      }),
    )
    .max(2000),
  checks: z.array(check).max(200).optional(),
  accepted: z
    .array(object({ id, a: selector, b: selector, kinds: z.array(kinds).min(1).optional(), why: z.string().min(1).max(500) }))
    .max(500)
    .optional(),
  byDesign: z.array(z.enum(['same-run', 'own-opening', 'support', 'pump-set', 'terrain', 'aggregate'])).optional(),
})

/** Without `checks` nothing of the kind is tested; without `byDesign` all of it is set aside. */
export function parseRules(json: unknown): Parsed<ClashRules> {
  const problems = findProblems(rulesSchema, json)
  if (problems.length > 0) return { ok: false, problems }
  const written = json as z.infer<typeof rulesSchema>
  const metres = (text: string) => parseQuantity(text, 'length') ?? 0
  return {
    ok: true,
    problems: [],
    value: {
      version: 1,
      tolerance: metres(written.tolerance),
      hollow: written.hollow,
      rules: written.rules.map(({ tolerance, clearance, ...rule }) => ({
        ...rule,
        ...(tolerance === undefined ? {} : { tolerance: metres(tolerance) }),
        ...(clearance === undefined ? {} : { clearance: metres(clearance) }),
      })) as ClashRules['rules'],
      clearances: written.clearances.map((entry) => ({
        ...entry,
        among: entry.among ?? '',
        parallel: metres(entry.parallel),
        crossing: metres(entry.crossing),
      })),
      checks: (written.checks ?? []).map((entry) => {
        if (entry.kind === 'edge-height') return { ...entry, least: metres(entry.least) } as Check
        if (entry.kind === 'spacing') return { ...entry, most: metres(entry.most) } as Check
        return entry as Check
      }),
      accepted: (written.accepted ?? []) as ClashRules['accepted'],
      byDesign: written.byDesign ?? DEFAULT_RULES.byDesign,
    },
  }
}
