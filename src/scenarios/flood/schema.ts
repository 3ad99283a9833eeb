import { z } from 'zod'
import { issue, object, quantity } from '@/core/base/schema'
import { STORM_FORMULAS } from '@/core/flood'
import { PUMP_CATALOGUE } from './pump-catalogue.ts'

const id = z.string().min(1).max(64)
const tag = z.string().min(1).max(128)
const place = z.tuple([quantity('length'), quantity('length')])
const two = object({ zh: z.string().max(4000), en: z.string().max(4000) })
const time = quantity('time', { least: 0, most: 30 * 86400 })
const flow = quantity('flow', { least: 0, most: 1000 })
const level = quantity('length', { least: -1000, most: 10000 })

const ground = object({ runoff: z.number().min(0).max(1), manning: z.number().min(0.005).max(0.5) }).optional()

const factor = z.number().min(0.05).max(20).optional()
const storm = z.discriminatedUnion('kind', [
  object({
    kind: z.literal('chicago'),
    formula: z.enum(Object.keys(STORM_FORMULAS) as [keyof typeof STORM_FORMULAS, ...(keyof typeof STORM_FORMULAS)[]]),
    returnPeriod: quantity('returnPeriod', { least: 1, most: 1000 }),
    duration: quantity('time', { least: 300, most: 86400 }),
    peakRatio: z.number().min(0.1).max(0.9),
    step: quantity('time', { least: 60, most: 3600 }),
    factor,
  }),
  object({
    kind: z.literal('table'),
    rows: z
      .array(object({ from: time, to: time, rate: quantity('rain', { least: 0, most: 1e-3 }) }))
      .min(1)
      .max(2000),
    source: z.string().max(500).optional(),
    factor,
  }),
])

const pump = object({
  id,
  element: tag.optional(),
  type: z.enum(PUMP_CATALOGUE.map((type) => type.id) as [string, ...string[]]),
  at: place.optional(),
  sump: id.optional(),
  start: quantity('depth', { over: 0, most: 20 }),
  stop: quantity('depth', { least: 0, most: 20 }),
  discharge: object({ node: id.optional(), at: place.optional() }).superRefine((value, context) => {
    if ((value.node === undefined) === (value.at === undefined)) issue(context, 'scenario.discharge', {})
  }),
  panel: id,
  ramp: quantity('time', { least: 0, most: 3600 }).optional(),
  submergence: quantity('depth', { least: 0, most: 5 }).optional(),
  standby: z.boolean().optional(),
  hose: z
    .union([z.literal('rated'), object({ diameter: quantity('length', { over: 0, most: 2 }), length: quantity('length', { over: 0, most: 5000 }) })])
    .optional(),
})

const event = z.discriminatedUnion('kind', [
  object({ kind: z.literal('pump-fails'), at: time, pump: id, until: time.optional() }),
  object({ kind: z.literal('power-cut'), at: time, panel: id, until: time.optional() }),
  object({ kind: z.literal('node-capacity'), at: time, node: id, capacity: flow }),
])

/** "While the level in SP3 stays above −17.3 m for 2 min, start P-07." */
const rule = object({
  id,
  sump: id.optional(),
  node: id.optional(),
  at: place.optional(),
  above: level.optional(),
  below: level.optional(),
  for: time.optional(),
  start: id.optional(),
  stop: id.optional(),
}).superRefine((value, context) => {
  const either = (...keys: ('sump' | 'node' | 'at' | 'above' | 'below' | 'start' | 'stop')[]) => {
    if (keys.filter((key) => value[key] !== undefined).length !== 1) issue(context, 'scenario.either', { keys: keys.join(', ') })
  }
  either('sump', 'node', 'at')
  either('above', 'below')
  either('start', 'stop')
})

/** The written form of a flood rehearsal. Quantities stay text; `resolve.ts` turns them into SI once the world is known. */
export const floodSchema = object({
  $schema: z.string().max(500).optional(),
  version: z.literal(1),
  kind: z.literal('flood'),
  title: two,
  note: two.optional(),
  models: z
    .array(
      object({
        path: z.string().min(1).max(500),
        sha256: z
          .string()
          .regex(/^[0-9a-f]{64}$/, { error: 'sha256' })
          .optional(),
      }),
    )
    .min(1)
    .max(100),
  /** A SWMM file of the pipes under the site: beside the scenario, or with its text in it. Inlets and pumps may name its nodes. */
  network: object({ path: z.string().min(1).max(500), text: z.string().max(5_000_000).optional() }).optional(),
  area: object({ x: place, y: place }).optional(),
  cell: quantity('length', { least: 0.1, most: 50 }),
  duration: quantity('time', { least: 60, most: 30 * 86400 }),
  frames: quantity('time', { least: 1, most: 86400 }).optional(),
  storm,
  surfaces: object({ pit: ground, yard: ground, building: ground, ground }),
  seepage: z
    .array(object({ id, surface: z.enum(['pit', 'yard', 'building', 'ground']), flow }))
    .max(100)
    .optional(),
  nodes: z.array(object({ id, element: tag.optional(), at: place.optional(), capacity: flow })).max(1000),
  inlets: z
    .array(
      object({ id, element: tag.optional(), at: place.optional(), node: id, capacity: flow, perimeter: quantity('length', { over: 0, most: 100 }).optional() }),
    )
    .max(5000),
  sumps: z
    .array(
      object({
        id,
        element: tag.optional(),
        at: place.optional(),
        area: quantity('area', { over: 0, most: 1e6 }).optional(),
        floor: level.optional(),
        rim: level.optional(),
      }),
    )
    .max(1000),
  panels: z.array(object({ id, element: tag.optional(), at: place.optional(), critical: level.optional(), generator: time.optional() })).max(1000),
  pumps: z.array(pump).max(1000),
  barriers: z
    .array(object({ id, opening: id, crest: level, at: time }))
    .max(1000)
    .optional(),
  events: z.array(event).max(5000).optional(),
  clogs: z
    .array(
      object({ pump: id.optional(), inlet: id.optional(), at: time, until: time.optional(), share: quantity('ratio', { over: 0, most: 1 }) }).superRefine(
        (value, context) => {
          if ((value.pump === undefined) === (value.inlet === undefined)) issue(context, 'scenario.either', { keys: 'pump, inlet' })
        },
      ),
    )
    .max(1000)
    .optional(),
  rules: z.array(rule).max(1000).optional(),
  probes: z
    .array(object({ id, at: place }))
    .max(1000)
    .optional(),
  assets: z
    .array(object({ id, element: tag.optional(), at: place.optional(), critical: level.optional() }))
    .max(1000)
    .optional(),
}).superRefine((scenario, context) => {
  for (const list of ['nodes', 'inlets', 'sumps', 'panels', 'pumps', 'barriers', 'rules', 'probes', 'assets'] as const) {
    const seen = new Set<string>()
    scenario[list]?.forEach((entry, k) => {
      if (seen.has(entry.id)) issue(context, 'scenario.twice', { id: entry.id }, [list, k, 'id'])
      seen.add(entry.id)
    })
  }
})
