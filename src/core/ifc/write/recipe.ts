import type { Vec3 } from '@/core/base/geometry'

/**
 * What shall stand in an IFC file, as plain data. Coordinates are world coordinates in metres; GlobalIds are derived from `key`
 * (by default the id), so the same recipe gives the same bytes.
 */
export interface FileRecipe {
  /** File stem, e.g. `02-UTL`; also the scope of the GlobalIds of project, site and relations. */
  readonly id: string
  readonly title: string
  readonly georeference: GeoreferenceRecipe
  /** ISO time that the header carries. */
  readonly time: string
  /** Parents before children; the first is the site. */
  readonly spatial: readonly SpatialRecipe[]
  readonly elements: readonly ElementRecipe[]
  readonly systems: readonly SystemRecipe[]
  /** Ports that meet at a point: one IfcRelConnectsPorts each, with a port on both elements. */
  readonly joints: readonly JointRecipe[]
  /** Elements that carry or touch each other (IfcRelConnectsElements): the first serves the second. */
  readonly links: readonly (readonly [string, string])[]
  readonly tasks: readonly TaskRecipe[]
  readonly resources: readonly ResourceRecipe[]
}
export interface GeoreferenceRecipe {
  readonly name: string
  readonly description: string
  readonly eastings: number
  readonly northings: number
  readonly height: number
}
export interface SpatialRecipe {
  readonly key: string
  readonly class: 'IfcSite' | 'IfcBuilding' | 'IfcBuildingStorey' | 'IfcSpace' | 'IfcSpatialZone'
  readonly type?: string
  /** Short name; the long name is `title`. */
  readonly name: string
  readonly title?: string
  readonly in: string | null
  readonly elevation?: number
  readonly bodies?: readonly BodyRecipe[]
  readonly color?: string
  readonly transparency?: number
  readonly sets?: PropertySets
}
export interface ElementRecipe {
  /** Tag; the name is id and title. */
  readonly id: string
  /** GlobalId source where two elements share an id. */
  readonly key?: string
  readonly title: string
  readonly class: ElementClass
  readonly type?: string
  readonly objectType?: string
  /** Key of the spatial element that contains it. */
  readonly in: string
  /** Key of the element it is a part of. */
  readonly partOf?: string
  /** Local origin; by default that of the first body. */
  readonly at?: Vec3
  readonly bodies: readonly BodyRecipe[]
  /** `#RRGGBB` */
  readonly color?: string
  readonly transparency?: number
  readonly material?: string
  readonly sets?: PropertySets
  readonly openings?: readonly OpeningRecipe[]
  /** Overall height and width of doors and windows [m]. */
  readonly size?: { readonly height: number; readonly width: number }
}
export interface OpeningRecipe {
  readonly id: string
  readonly title: string
  readonly bodies: readonly BodyRecipe[]
  /** Key of the door or gate in it. */
  readonly filledBy?: string
  readonly sets?: PropertySets
}
export type BodyRecipe = ExtrusionRecipe | MeshRecipe
/** A profile in the XY plane of `origin, axis (Z), ref (X)`, pushed along the axis. */
export interface ExtrusionRecipe {
  readonly kind: 'extrusion'
  readonly profile: ProfileRecipe
  readonly origin: Vec3
  readonly axis: Vec3
  readonly ref: Vec3
  readonly length: number
  readonly color?: string
}
export interface MeshRecipe {
  readonly kind: 'mesh'
  readonly points: readonly Vec3[]
  /** Corners of the triangles, counter-clockwise from outside, numbered from 0. */
  readonly faces: readonly (readonly [number, number, number])[]
  readonly closed: boolean
  readonly color?: string
}
export type ProfileRecipe =
  | { readonly kind: 'rectangle'; readonly width: number; readonly height: number }
  | { readonly kind: 'rectangle-hollow'; readonly width: number; readonly height: number; readonly thickness: number }
  | { readonly kind: 'circle'; readonly radius: number }
  | { readonly kind: 'circle-hollow'; readonly radius: number; readonly thickness: number }
  | { readonly kind: 'polygon'; readonly outline: readonly (readonly [number, number])[] }

export type PropertySets = Readonly<Record<string, Readonly<Record<string, PropertyValue>>>>
/** Text becomes IfcLabel, a number IfcReal; others name their measure. `list` is an enumerated value. */
export type PropertyValue = string | number | boolean | { readonly measure: Measure; readonly value: number } | { readonly list: readonly string[] }
export type Measure =
  | 'IfcLengthMeasure'
  | 'IfcPositiveLengthMeasure'
  | 'IfcPressureMeasure'
  | 'IfcVolumetricFlowRateMeasure'
  | 'IfcPositiveRatioMeasure'
  | 'IfcCountMeasure'
  | 'IfcRotationalFrequencyMeasure'

export interface SystemRecipe {
  readonly id: string
  readonly title: string
  /** IfcDistributionSystemEnum. */
  readonly type: string
  readonly members: readonly string[]
}
export interface JointRecipe {
  readonly from: string
  readonly to: string
  readonly at: Vec3
  readonly system: string
  readonly kind: 'PIPE' | 'DUCT' | 'CABLECARRIER'
}
export interface TaskRecipe {
  readonly key: string
  readonly name: string
  readonly start: string
  readonly finish: string
  readonly sets?: PropertySets
  /** Elements or zones that the task works on. */
  readonly on: readonly string[]
}
export interface ResourceRecipe {
  readonly key: string
  readonly name: string
  readonly type: string
  readonly members: readonly string[]
}

export type ElementClass =
  | 'IfcBeam'
  | 'IfcBuildingElementProxy'
  | 'IfcCableCarrierSegment'
  | 'IfcCivilElement'
  | 'IfcColumn'
  | 'IfcDistributionChamberElement'
  | 'IfcDoor'
  | 'IfcDuctSegment'
  | 'IfcElectricDistributionBoard'
  | 'IfcElectricGenerator'
  | 'IfcFooting'
  | 'IfcGeographicElement'
  | 'IfcMember'
  | 'IfcPile'
  | 'IfcPipeSegment'
  | 'IfcPlate'
  | 'IfcPump'
  | 'IfcRailing'
  | 'IfcRoof'
  | 'IfcSensor'
  | 'IfcSlab'
  | 'IfcStair'
  | 'IfcTransportElement'
  | 'IfcWall'
  | 'IfcWasteTerminal'
  | 'IfcWindow'
