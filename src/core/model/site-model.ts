import type { Box, Mat4, Vec3 } from '@/core/base/geometry'
import type { Problem } from '@/core/base/problem'

/**
 * What one IFC file said: elements, shapes, tree, systems, units and frame. Plain data that crosses threads and lies in caches.
 * Coordinates are metres, Z up, in the project frame: the file's own coordinates in metres minus `frame.origin`.
 */
export interface SiteModel {
  /** Stable within a project: the file's stem (`02-UTL`), made unique on a clash of names. */
  readonly id: string
  readonly file: FileInfo
  readonly lengthUnit: { readonly name: string | null; readonly toMetre: number; readonly known: boolean }
  readonly frame: Frame
  /** Every IfcProduct with its place in the tree, with or without a body; `index` is its place in this array. */
  readonly elements: readonly Element[]
  /** Unique shapes; elements place them. */
  readonly shapes: readonly Shape[]
  readonly storeys: readonly Storey[]
  readonly systems: readonly System[]
  /** The spatial tree from IfcProject down. */
  readonly tree: TreeNode
  /** Pairs of element indices joined by IfcRelConnectsPorts. */
  readonly joints: readonly (readonly [number, number])[]
  /** Lines of building grids; absent where the file has none. */
  readonly gridAxes?: readonly GridAxis[]
  /** Work planned, with what it uses or builds; absent where the file has no schedule. */
  readonly tasks?: readonly Task[]
  readonly census: Census
  readonly findings: readonly Problem[]
}

export interface FileInfo {
  readonly name: string
  readonly sha256: string
  readonly bytes: number
  /** As the header says it, e.g. `IFC4` or `IFC4X3_RC2`. */
  readonly schema: string
  readonly encoding: string
  readonly application: string
}

/** Where the model stands: `origin` (double precision, metres, file axes) was taken off all coordinates. */
export interface Frame {
  readonly origin: Vec3
  readonly georeference: Georeference | null
}
export interface Georeference {
  readonly epsg: string
  readonly eastings: number
  readonly northings: number
  readonly height: number
  /** Angle of the model's +X from grid east, counter-clockwise [rad]. */
  readonly rotation: number
  readonly scale: number
}

export interface Element {
  readonly index: number
  readonly expressId: number
  readonly globalId: string
  /** IFC entity in its usual spelling: `IfcPipeSegment`. */
  readonly class: string
  /** `PredefinedType` as written (`RIGIDSEGMENT`), or ''. */
  readonly type: string
  readonly name: string
  readonly tag: string
  /** Index of the storey that contains it, −1 where none does. */
  readonly storey: number
  /** Indices into `systems`. */
  readonly systems: readonly number[]
  /** Index of the element that it is a part of or an opening in (aggregation, nesting, voids), −1 for none. */
  readonly host: number
  /** Index of the opening that it fills (a door in its hole), −1 or absent for none. */
  readonly fills?: number
  readonly state: ElementState
  /** Why it is not simply `shown`. */
  readonly reason: Problem | null
  readonly parts: readonly Part[]
  /** Exact descriptions of its un-voided solids where its IFC bodies are simple; null where only the mesh tells. */
  readonly solids: readonly Solid[] | null
  /** Project frame; null without a body. */
  readonly bounds: Box | null
}
/** `bodyless`: the file gives it no body. `voided`: openings consume it whole. `opening`: a void, kept for rules, not drawn. */
export type ElementState = 'shown' | 'simplified' | 'voided' | 'refused' | 'bodyless' | 'opening'

/** One placed shape. `matrix` maps the shape to the project frame (column-major, double). */
export interface Part {
  readonly shape: number
  readonly matrix: Mat4
  /** Linear sRGB 0…1 and opacity, from the file's styles; null where the file gives none. */
  readonly color: readonly [number, number, number, number] | null
}

/** A triangle mesh in its own local frame: metres, Z up. */
export interface Shape {
  readonly positions: Float32Array
  readonly indices: Uint32Array
  /** The file's own body is closed (every edge has an even number of faces). */
  readonly closed: boolean
}

/** A solid described exactly, in the frame of `matrix`: profile in local XY, extruded along local +Z from 0 to `length` [m]. */
export type Solid =
  | { readonly kind: 'circle'; readonly matrix: Mat4; readonly length: number; readonly radius: number; readonly thickness: number | null }
  | {
      readonly kind: 'rectangle'
      readonly matrix: Mat4
      readonly length: number
      readonly width: number
      readonly height: number
      readonly thickness: number | null
    }
  | { readonly kind: 'polygon'; readonly matrix: Mat4; readonly length: number; readonly outline: readonly (readonly [number, number])[] }

export interface Storey {
  readonly expressId: number
  readonly globalId: string
  readonly name: string
  /** [m] project frame. */
  readonly elevation: number
}
/** A straight grid line [m], project frame. Lines of one family run alike. */
export interface GridAxis {
  readonly family: 'u' | 'v' | 'w'
  readonly tag: string
  readonly from: Vec3
  readonly to: Vec3
}
export interface Task {
  readonly globalId: string
  readonly name: string
  readonly identification: string
  /** ISO 8601 as written, local time of the site. */
  readonly start: string
  readonly finish: string
  /** Indices into `elements`. */
  readonly elements: readonly number[]
}
export interface System {
  readonly expressId: number
  readonly globalId: string
  readonly name: string
  /** PredefinedType of IfcDistributionSystem (`WATERSUPPLY`), or ''. */
  readonly type: string
}
export interface TreeNode {
  readonly expressId: number
  readonly class: string
  readonly name: string
  readonly globalId: string
  readonly children: readonly TreeNode[]
  /** Elements contained directly here. */
  readonly elements: readonly number[]
}
/** Products in the file = shown + simplified + voided + refused + those without a body. */
export interface Census {
  readonly entities: number
  readonly products: number
  readonly withBody: number
  readonly shown: number
  readonly simplified: number
  readonly voided: number
  readonly refused: number
  /** Openings are counted apart: they are holes, not things. */
  readonly openings?: number
  readonly triangles: number
}

export interface PropertySet {
  readonly name: string
  readonly kind: 'properties' | 'quantities'
  /** 'type' where it comes from the element's type object. */
  readonly from: 'occurrence' | 'type'
  readonly properties: readonly { readonly name: string; readonly value: string | number | boolean | null; readonly unit: string | null }[]
}
/** Property sets of one element by index, read when asked for. */
export type PropertyReader = (element: number) => Promise<readonly PropertySet[]>

/** Names one element across models. */
export interface ElementRef {
  readonly model: string
  readonly index: number
}
