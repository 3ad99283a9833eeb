import type { Vec3 } from '@/core/base/geometry'
import type { Progress } from '@/core/base/job'
import type { SiteModel } from '@/core/model'

/** Two elements in conflict. `id` is the same on every machine, worker count and run, and does not depend on the order of the two. */
export interface Clash {
  readonly id: string
  readonly kind: ClashKind
  /** Id of the rule that found it. */
  readonly rule: string
  readonly a: ClashSide
  readonly b: ClashSide
  /** Deepest point of the overlap below the other's surface [m] (`clash.md` 5.1); null where it does not overlap. */
  readonly depth: number | null
  /** Least distance [m]; 0 where they meet. */
  readonly gap: number | null
  /** The required gap of a clearance clash [m]. */
  readonly required: number | null
  readonly parallel: boolean | null
  /** Deepest point and its foot on the other's surface, or the two closest points; the first belongs to `a`. Project frame. */
  readonly points: readonly [Vec3, Vec3]
  /** Box round the place where they meet [m]. */
  readonly contact: { readonly min: Vec3; readonly max: Vec3 }
  /** Where the surfaces cross: line segments, 6 numbers each [m]. */
  readonly curve: Float32Array
  readonly group: string
  /** Absent while it streams: what surrounds it is told at the end. */
  readonly place?: Place
  readonly marks: readonly ('open' | 'simplified' | 'estimated' | 'contained' | 'no-opening')[]
}
/** Where on site. */
export interface Place {
  readonly storey: string | null
  /** Nearest grid lines, with the distance where it lies off them; null without a grid. */
  readonly grid: string | null
  /** Square of the plan, 10 m wide. */
  readonly cell: string
  /** [m] project frame. */
  readonly elevation: number
}
/** Clashes of one run with one host, the unit of work. */
export interface ClashGroup {
  /** In words, unique in a report: `W1 × CB-N-3`. */
  readonly id: string
  /** From the identities of run and host: the same over runs. */
  readonly key: string
  readonly host: string
  readonly clashes: readonly string[]
}
export type ClashKind = 'hard' | 'touch' | 'clearance' | 'duplicate' | 'surface'
export interface ClashSide {
  readonly model: string
  readonly index: number
  readonly globalId: string
  readonly class: string
  readonly name: string
  readonly tag: string
}

/** The rule file. Selectors name classes and systems, never single elements of one project. */
export interface ClashRules {
  readonly version: 1
  readonly tolerance: number /* m: a deeper overlap is hard */
  readonly hollow: 'filled' | 'modelled'
  readonly rules: readonly ClashRule[]
  readonly clearances: readonly Clearance[]
  /** What else must hold, beside distances of pairs. */
  readonly checks: readonly Check[]
  /** Pairs that people have accepted as a pattern: set aside, counted, never deleted. */
  readonly accepted: readonly AcceptedPattern[]
  /** What is set aside by design; all by default. */
  readonly byDesign: readonly DesignReason[]
}
/** A condition on single elements, zones or rows of them. `id` names it in what it finds. */
export type Check =
  /** Pipes that run by gravity must not rise in the direction they are drawn in. Runs with a pump are under pressure and do not count. */
  | { readonly kind: 'slope'; readonly id: string; readonly of: Selector }
  /** Nothing may hang into zones that people walk in. */
  | { readonly kind: 'headroom'; readonly id: string; readonly of: Selector; readonly zones: Selector }
  /** Zones of tasks at the same time must not share ground. */
  | { readonly kind: 'space-time'; readonly id: string; readonly zones: Selector }
  /** Walls with ground on one side only must stand this high over it [m]. */
  | { readonly kind: 'edge-height'; readonly id: string; readonly of: Selector; readonly least: number }
  /** Neighbours must not be farther apart [m]. */
  | { readonly kind: 'spacing'; readonly id: string; readonly of: Selector; readonly most: number }
  /** What runs right through a host needs an opening in it. */
  | { readonly kind: 'opening'; readonly id: string; readonly of: Selector; readonly through: Selector }
export interface AcceptedPattern {
  readonly id: string
  readonly a: Selector
  readonly b: Selector
  /** Which kinds it covers; all where absent. */
  readonly kinds?: readonly ClashKind[]
  readonly why: string
}
/** What a check found: `rule` where a condition does not hold, `soft` where a body enters a space that is to stay free. */
export interface Finding {
  readonly id: string
  readonly kind: 'rule' | 'soft'
  readonly check: Check['kind']
  /** Id of the check in the rules. */
  readonly rule: string
  readonly a: ClashSide
  readonly b: ClashSide | null
  /** Numbers behind the sentence; names carry the unit. */
  readonly figures: Readonly<Record<string, number>>
  readonly points: readonly [Vec3, Vec3]
  readonly group: string
}
export interface ClashRule {
  readonly id: string
  readonly a: Selector
  readonly b: Selector
  readonly find: readonly ('hard' | 'clearance' | 'duplicate' | 'touch')[]
  /** Of this rule alone [m]: instead of the file's tolerance, and of its table of clearances. */
  readonly tolerance?: number
  readonly clearance?: number
}
/** All given conditions hold; each is a list of which one must. Classes include their subclasses. Discipline = file or model id stem. */
export interface Selector {
  /** In the selector language of `core/model` (its README), without properties: `IfcPipeSegment and system=GAS`. */
  readonly where?: string
  readonly classes?: readonly string[]
  readonly notClasses?: readonly string[]
  readonly systems?: readonly string[]
  /** PredefinedTypes. */
  readonly types?: readonly string[]
  readonly notTypes?: readonly string[]
  readonly models?: readonly string[]
  /** `false` leaves out models that show the surroundings: they hold the terrain, and less than a tenth of them are services. */
  readonly surroundings?: boolean
}
/** Least clear distance by pair of system types [m], strict; a reference with its source, not a verified clause. */
export interface Clearance {
  readonly a: string
  readonly b: string
  readonly parallel: number
  readonly crossing: number
  /** `utility`: one of the two belongs to a model of buried utilities; '': any pair. `*` as a type stands for any. The first entry that fits counts. */
  readonly among: string
  readonly source: string
}

export interface ClashInput {
  readonly models: readonly SiteModel[]
  readonly rules: ClashRules
  /** `rules` (default): the rules. `all`: every pair of elements of different files, no rules. `self`: also pairs within a file. */
  readonly scope: 'rules' | 'all' | 'self'
  readonly tolerance: number | null
  readonly clearance: number | null
  /** Facets of a full circle of exact profiles; null takes the meshes as the import made them. */
  readonly segments: number | null
}
export type ClashEvent = Progress | { readonly kind: 'clash'; readonly clash: Clash }
export interface ClashReport {
  readonly rules: ClashRules
  /** Worst first. */
  readonly clashes: readonly Clash[]
  /** What the checks found. */
  readonly findings: readonly Finding[]
  /** Selectors of rules, checks and patterns that no element fits: what they stand for was not tested. */
  readonly empty: readonly { readonly rule: string; readonly side: 'a' | 'b' }[]
  readonly groups: readonly ClashGroup[]
  /** How many groups each way of sorting leaves. */
  readonly groupings: Readonly<Record<string, number>>
  readonly counts: {
    readonly tested: number
    readonly hard: number
    readonly touch: number
    readonly clearance: number
    readonly duplicate: number
    readonly surface: number
    readonly rule: number
    readonly soft: number
    readonly ignored: number
    readonly notTested: number
  }
  /** Pairs that a rule "by design" takes out, by that rule; never deleted. */
  readonly ignored: readonly {
    readonly a: ClashSide
    readonly b: ClashSide
    readonly why: IgnoreReason
    readonly pattern?: string
    readonly depth: number | null
  }[]
  readonly skipped: readonly { readonly side: ClashSide; readonly why: string }[]
  readonly hash: string
}
export type DesignReason = 'same-run' | 'own-opening' | 'support' | 'pump-set' | 'terrain' | 'aggregate'
export type IgnoreReason = DesignReason | 'accepted'
