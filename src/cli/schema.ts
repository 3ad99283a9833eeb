import { z } from 'zod'
import { rulesSchema } from '@/core/clash'
import { planSchema } from '@/core/decide'
import { kinds } from '@/scenarios'
import { networkRun } from './network-document.ts'

const text = z.object({ zh: z.string(), en: z.string() })
const number = z.number()
const maybe = z.number().nullable()
const problem = z.object({ key: z.string(), path: z.string(), facts: z.record(z.string(), z.unknown()), message: text }).loose()
const finding = z.object({ key: z.string(), severity: z.string(), message: text, expressId: maybe, globalId: z.string().nullable() }).loose()
const model = z.object({ path: z.string(), sha256: z.string() }).loose()
const side = z.object({ model: z.string(), globalId: z.string(), class: z.string(), name: z.string(), tag: z.string() }).loose()
const point = z.array(number).length(3)

const inspect = z
  .object({
    version: z.literal(1),
    files: z.array(
      z
        .object({
          path: z.string(),
          sha256: z.string(),
          bytes: number,
          schema: z.string(),
          encoding: z.string(),
          lengthUnit: z.object({ name: z.string().nullable(), toMetre: number, known: z.boolean() }),
          products: z.object({ inFile: number, withBody: number, shown: number, simplified: number, voided: number, refused: number }).loose(),
          triangles: number,
          bounds: z.object({ min: point, max: point }).nullable(),
          classes: z.record(z.string(), number),
          storeys: z.array(z.object({}).loose()),
          systems: z.array(z.object({}).loose()),
          georeference: z.object({}).loose().nullable(),
          findings: z.array(finding),
          where: z.string().optional(),
          matches: number.optional(),
          unclear: number.optional(),
          elements: z.array(z.object({ globalId: z.string(), expressId: number, class: z.string(), name: z.string(), state: z.string() }).loose()).optional(),
          timing_s: z.object({ index: number, firstMesh: maybe, total: number }),
          peakRss_bytes: number,
        })
        .loose(),
    ),
    problems: z.array(problem).optional(),
  })
  .loose()

const clash = z
  .object({
    version: z.literal(1),
    rules: z.array(z.object({}).loose()),
    models: z.array(model),
    counts: z
      .object({
        tested: number,
        hard: number,
        touch: number,
        clearance: number,
        duplicate: number,
        soft: number,
        surface: number,
        rule: number,
        ignored: number,
        notTested: number,
      })
      .loose(),
    clashes: z.array(
      z
        .object({
          id: z.string(),
          kind: z.enum(['hard', 'touch', 'clearance', 'duplicate', 'soft', 'surface', 'rule']),
          rule: z.string(),
          a: side,
          b: side.nullable(),
          depth_m: maybe,
          gap_m: maybe,
          figures: z.record(z.string(), z.unknown()),
          points: z.array(point).length(2),
          group: z.string(),
          status: z.string(),
          marks: z.array(z.string()),
          sentence: text,
        })
        .loose(),
    ),
    skipped: z.array(z.object({}).loose()),
    resultHash: z.string(),
    timing_s: z.object({}).loose(),
  })
  .loose()

const light = z.enum(['green', 'amber', 'red']).nullable()
const measure = z.object({ id: z.string(), subject: z.string(), value: maybe, unit: z.string(), light, better: z.enum(['less', 'more']).nullable() })
const event = z.object({ t_s: number, what: z.string(), subject: z.string(), cause: z.string(), value: maybe })
/** What every finished run has, whatever its kind. */
const record = z.object({
  version: z.literal(1),
  kind: z.string(),
  key: z.string(),
  title: text,
  scenarioHash: z.string(),
  models: z.array(model),
  kernel: z.string(),
  cell_m: number,
  cells: number,
  steps: number,
  simulated_s: number,
  resultHash: z.string(),
  measures: z.array(measure),
  times_s: z.array(number),
  lines: z.array(z.object({ id: z.string(), subject: z.string(), unit: z.string(), values: z.array(maybe) })),
  contacts: z.array(
    z.object({
      model: z.string(),
      globalId: z.string(),
      class: z.string(),
      name: z.string(),
      tag: z.string(),
      first_s: number,
      depth_m: number,
      depthAt_s: number,
      duration_s: number,
      level_m: number,
      critical_m: maybe,
      margin_m: maybe,
    }),
  ),
  events: z.array(event),
  scenario: z.record(z.string(), z.unknown()),
  basis: z.record(z.string(), z.unknown()),
})

/** A rehearsal on a site. */
export const floodRun = record
  .extend({
    kind: z.literal('flood'),
    workers: number,
    wall_s: number,
    balance: z.object({
      in: z.record(z.string(), number),
      out: z.record(z.string(), number),
      storedStart_m3: number,
      storedEnd_m3: number,
      error_m3: number,
      error_rel: number,
    }),
    openings: z.array(z.object({ id: z.string(), volume_m3: number, first_s: maybe, peak_m3s: number })),
    pumps: z.array(
      z.object({
        id: z.string(),
        volume_m3: number,
        returned_m3: number,
        displaced_m3: number,
        starts: number,
        hours: number,
        energy_kWh: number,
        stops: z.array(z.object({ t_s: number, cause: z.string() })),
      }),
    ),
    probes: z.array(z.object({ id: z.string(), maxDepth_m: number, maxAt_s: number })),
    assets: z.array(z.object({ id: z.string(), globalId: z.string(), name: z.string(), critical_m: number, max_m: maybe, firstOver_s: maybe })),
    network: z
      .object({
        balance: z.object({
          in: z.record(z.string(), number),
          out: z.record(z.string(), number),
          storedStart_m3: number,
          storedEnd_m3: number,
          error_m3: number,
          error_rel: number,
        }),
        nodes: z.array(z.object({ id: z.string(), maxLevel_m: number })),
      })
      .nullable()
      .optional(),
    levelPool: z.object({ volume_m3: number, maxDepth_m: number }).nullable(),
    verdict: z.object({ kind: z.enum(['dry', 'wet', 'critical']), worstAsset: z.string().nullable(), volume_m3: number, street_m3: number }),
    problems: z.array(problem),
  })
  .loose()

const report = z
  .object({
    version: z.literal(1),
    runs: z.array(
      z.object({
        path: z.string(),
        title: text,
        scenarioHash: z.string(),
        resultHash: z.string(),
        over_m3: number,
        first_s: maybe,
        street_m3: number,
        returned_m3: number,
        displaced_m3: number,
        assetsOver: z.array(z.string()),
        error_rel: number,
      }),
    ),
    best: z.string(),
    sentence: text,
    problems: z.array(problem),
  })
  .loose()

const band = z.object({
  variant: z.string(),
  id: z.string(),
  subject: z.string(),
  unit: z.string(),
  samples: number,
  absent: number,
  min: maybe,
  p05: maybe,
  p50: maybe,
  p95: maybe,
  max: maybe,
  red: maybe,
})
const sweep = z
  .object({
    version: z.literal(1),
    title: text,
    kind: z.string(),
    planHash: z.string(),
    resultHash: z.string(),
    variants: z.array(z.object({ id: z.string(), title: text, difference: z.object({ zh: z.array(z.string()), en: z.array(z.string()) }) })),
    cases: z.array(
      z.object({
        job: number,
        variant: z.string(),
        condition: z.string().nullable(),
        failure: z.string().nullable(),
        sample: maybe,
        key: z.string(),
        resultHash: z.string(),
        light,
        measures: z.array(measure),
      }),
    ),
    bands: z.array(band),
  })
  .loose()

const part = z.object({ globalId: z.string(), expressId: number, class: z.string(), name: z.string(), tag: z.string() }).loose()
const plainValue = z.union([z.string(), number, z.boolean(), z.null()])
const each = <T extends z.ZodType>(of: T) => z.object({ before: of, after: of })
const compare = z
  .object({
    version: z.literal(1),
    before: model,
    after: model,
    counts: z.object({ added: number, removed: number, moved: number, reshaped: number, properties: number, unchanged: number }),
    matchedBy: z.object({ globalId: number, tag: number, geometry: number }),
    added: z.array(part),
    removed: z.array(part),
    changed: z.array(
      z.object({
        before: part,
        after: part,
        matchedBy: z.enum(['globalId', 'tag', 'geometry']),
        moved_m: point.nullable(),
        reshaped: z.object({ size_m: each(point.nullable()), area_m2: each(number), volume_m3: each(number) }).nullable(),
        properties: z.array(z.object({ set: z.string(), name: z.string(), before: plainValue, after: plainValue })),
      }),
    ),
  })
  .loose()

/** The published documents; tests hold real output against them. */
export const DOCUMENTS = { inspect, clash, run: z.union([floodRun, networkRun]), record, report, sweep, compare } as const
/** What a person writes. */
const WRITTEN = { plan: planSchema, rules: rulesSchema } as const

export const SCHEMA_NAMES = ['scenario', 'plan', 'rules', 'inspect', 'clash', 'run', 'record', 'report', 'sweep', 'compare'] as const
export function schemaOf(name: (typeof SCHEMA_NAMES)[number]): object {
  if (name === 'scenario') return kinds.flood.schema()
  return name === 'plan' || name === 'rules' ? z.toJSONSchema(WRITTEN[name], { io: 'input' }) : z.toJSONSchema(DOCUMENTS[name])
}
