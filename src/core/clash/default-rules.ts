import type { ClashRules, Clearance } from './types.ts'

/** Least clear distances of buried utilities, parallel / crossing [m]: references after the kind of table in GB 50289 (`domain.md` 7.3), to be verified by the user. */
const SOURCE = 'GB 50289 (reference, verify)'
const TABLE: readonly (readonly [string, string, number, number])[] = [
  ['WATERSUPPLY', 'GAS', 0.5, 0.15],
  ['WATERSUPPLY', 'ELECTRICAL', 0.5, 0.5],
  ['WATERSUPPLY', 'COMMUNICATION', 1.0, 0.15],
  ['WATERSUPPLY', 'HEATING', 1.5, 0.15],
  ['WATERSUPPLY', 'STORMWATER', 1.5, 0.4],
  ['WATERSUPPLY', 'SEWAGE', 1.5, 0.4],
  ['GAS', 'ELECTRICAL', 0.5, 0.5],
  ['GAS', 'COMMUNICATION', 0.5, 0.15],
  ['GAS', 'HEATING', 1.0, 0.15],
  ['GAS', 'STORMWATER', 1.2, 0.15],
  ['GAS', 'SEWAGE', 1.2, 0.15],
  ['ELECTRICAL', 'COMMUNICATION', 0.5, 0.5],
  ['ELECTRICAL', 'HEATING', 2.0, 0.5],
  ['ELECTRICAL', 'STORMWATER', 0.5, 0.5],
  ['ELECTRICAL', 'SEWAGE', 0.5, 0.5],
  ['COMMUNICATION', 'HEATING', 1.0, 0.15],
  ['COMMUNICATION', 'STORMWATER', 1.0, 0.15],
  ['COMMUNICATION', 'SEWAGE', 1.0, 0.15],
  ['HEATING', 'STORMWATER', 1.5, 0.15],
  ['HEATING', 'SEWAGE', 1.5, 0.15],
  ['STORMWATER', 'SEWAGE', 0.1, 0.15],
]
const UTILITY = 'utility'
const clearances: Clearance[] = [
  ...TABLE.map(([a, b, parallel, crossing]) => ({ a, b, parallel, crossing, among: UTILITY, source: SOURCE })),
  { a: '*', b: '*', parallel: 0.1, crossing: 0.1, among: UTILITY, source: 'default of this rule set' },
  { a: '*', b: '*', parallel: 0.025, crossing: 0.025, among: '', source: 'default of this rule set' },
]

/** Systems whose pipes run by gravity. */
const GRAVITY = ['WASTEWATER', 'SEWAGE', 'STORMWATER', 'DRAINAGE', 'RAINWATER', 'CONDENSATE']

/** What is built: everything that a pipe must not run through. Terrain, zones, spaces and openings are not among it. */
const BUILT = ['IfcBuildingElement', 'IfcBuiltElement', 'IfcElementComponent', 'IfcElementAssembly', 'IfcTransportElement', 'IfcTransportationDevice']

/**
 * The default rules: services and utilities against each other (hard, clearance, duplicate) and against what is built (hard). Built things
 * are not tested against each other. By design and not a finding: see `by-design.ts`.
 */
export const DEFAULT_RULES: ClashRules = {
  version: 1,
  tolerance: 0.002,
  hollow: 'filled',
  rules: [
    { id: 'services', a: { classes: ['IfcDistributionElement'] }, b: { classes: ['IfcDistributionElement'] }, find: ['hard', 'clearance', 'duplicate'] },
    { id: 'services-built', a: { classes: ['IfcDistributionElement'] }, b: { classes: BUILT, surroundings: false }, find: ['hard'] },
  ],
  clearances,
  checks: [
    {
      kind: 'opening',
      id: 'missing-opening',
      of: { classes: ['IfcFlowSegment'], notTypes: ['CULVERT'] },
      through: { classes: ['IfcWall', 'IfcSlab', 'IfcBeam'] },
    },
    { kind: 'slope', id: 'gravity-fall', of: { classes: ['IfcPipeSegment'], systems: GRAVITY } },
    { kind: 'headroom', id: 'headroom', of: { classes: ['IfcDistributionElement'] }, zones: { classes: ['IfcSpatialZone'], types: ['OCCUPANCY'] } },
    { kind: 'space-time', id: 'space-time', zones: { classes: ['IfcSpatialZone'] } },
    { kind: 'edge-height', id: 'edge-height', of: { classes: ['IfcWall'], types: ['PARAPET'] }, least: 0.5 },
    { kind: 'spacing', id: 'sump-spacing', of: { classes: ['IfcDistributionChamberElement'], types: ['SUMP'] }, most: 30 },
  ],
  accepted: [],
  byDesign: ['same-run', 'own-opening', 'support', 'pump-set', 'terrain', 'aggregate'],
}
