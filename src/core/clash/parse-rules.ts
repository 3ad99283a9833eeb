import { z } from 'zod'
import type { Parsed } from '@/core/base/problem'
import { parseQuantity } from '@/core/base/quantity'
import { findProblems, issue, object, quantity } from '@/core/base/schema'
import { needsProperties, parseSelector } from '@/core/model'
import type { ClashRules } from './types.ts'

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
  models: words.optional(),
  surroundings: z.boolean().optional(),
})
const distance = quantity('length', { least: 0, most: 100 })

/** The rule file: distances are text with units ("2 mm"). */
export const rulesSchema = object({
  $schema: z.string().max(500).optional(),
  version: z.literal(1),
  tolerance: distance,
  hollow: z.enum(['filled', 'modelled']),
  rules: z
    .array(object({ id: z.string().min(1).max(64), a: selector, b: selector, find: z.array(z.enum(['hard', 'clearance', 'duplicate', 'touch'])).min(1) }))
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
})

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
      rules: written.rules as ClashRules['rules'],
      clearances: written.clearances.map((entry) => ({
        ...entry,
        among: entry.among ?? '',
        parallel: metres(entry.parallel),
        crossing: metres(entry.crossing),
      })),
    },
  }
}
