import type { Vec3 } from '@/core/base/geometry'
import type { XmlElement } from '@/core/base/xml'

/**
 * Something people must discuss, as BCF 2.1 and 3.0 have it. Places are world coordinates [m]: those of the IFC files, Z up. Dates are
 * ISO 8601 as written. What BCF has and this program does not use is kept as it came, so that it can be written again.
 */
export interface Topic {
  readonly guid: string
  readonly title: string
  readonly type: string
  /** As the file says it; `statusOf` gives it a meaning. */
  readonly status: string
  readonly priority: string
  readonly index: number | null
  readonly labels: readonly string[]
  readonly links: readonly string[]
  readonly createdAt: string
  readonly createdBy: string
  readonly modifiedAt: string
  readonly modifiedBy: string
  readonly due: string
  readonly assignee: string
  readonly stage: string
  readonly description: string
  readonly serverId: string
  readonly snippet: Snippet | null
  readonly documents: readonly DocumentReference[]
  readonly related: readonly string[]
  /** The models it speaks of. */
  readonly header: readonly HeaderFile[]
  readonly comments: readonly Comment[]
  readonly viewpoints: readonly Viewpoint[]
  /** Other files of its folder. */
  readonly files: readonly KeptFile[]
  /** Elements of the markup that the standard does not know, by their parent. */
  readonly unknown: readonly UnknownPart[]
}
export interface Comment {
  readonly guid: string
  readonly at: string
  readonly by: string
  readonly text: string
  /** The view it speaks of. */
  readonly viewpoint: string | null
  readonly modifiedAt: string
  readonly modifiedBy: string
}
export interface Viewpoint {
  readonly guid: string
  readonly index: number | null
  /** Name of its file in the archive it came from, '' for one of our own. */
  readonly file: string
  readonly snapshot: Snapshot | null
  readonly camera: Camera | null
  readonly selection: readonly Component[]
  /** null where the file says nothing of what is visible. */
  readonly visibility: Visibility | null
  readonly coloring: readonly { readonly color: string; readonly components: readonly Component[] }[]
  readonly planes: readonly ClippingPlane[]
  readonly lines: readonly (readonly [Vec3, Vec3])[]
  readonly bitmaps: readonly Bitmap[]
  readonly unknown: readonly UnknownPart[]
}
export interface Snapshot {
  readonly name: string
  readonly bytes: Uint8Array
}
export type Camera =
  | {
      readonly kind: 'perspective'
      readonly position: Vec3
      readonly direction: Vec3
      readonly up: Vec3
      /** Vertical [degrees]. */
      readonly fieldOfView: number
      readonly aspect: number | null
    }
  | {
      readonly kind: 'orthogonal'
      readonly position: Vec3
      readonly direction: Vec3
      readonly up: Vec3
      /** What the view shows from top to bottom [m]. */
      readonly height: number
      readonly aspect: number | null
    }
export interface Component {
  readonly globalId: string
  readonly system: string
  readonly toolId: string
}
export interface Visibility {
  readonly default: boolean
  readonly exceptions: readonly Component[]
  readonly hints: { readonly spaces: boolean; readonly boundaries: boolean; readonly openings: boolean } | null
}
/** The side that `direction` points to is cut off. */
export interface ClippingPlane {
  readonly location: Vec3
  readonly direction: Vec3
}
export interface Bitmap {
  readonly format: string
  readonly reference: string
  readonly location: Vec3
  readonly normal: Vec3
  readonly up: Vec3
  readonly height: number
}
export interface Snippet {
  readonly type: string
  readonly external: boolean
  readonly reference: string
  readonly schema: string
}
export interface DocumentReference {
  readonly guid: string
  readonly external: boolean
  /** A URL, a path in the archive (2.1), or the GUID of a document of the archive (3.0). */
  readonly reference: string
  readonly description: string
}
export interface HeaderFile {
  readonly name: string
  readonly at: string
  readonly reference: string
  readonly project: string
  readonly spatial: string
  readonly external: boolean
}
/** A file that is only passed on. `name` is relative to its topic's folder, or to the archive. */
export interface KeptFile {
  readonly name: string
  readonly bytes: Uint8Array
}
export interface UnknownPart {
  /** Element that it stands in: `Topic`, `Comment:<guid>`. */
  readonly in: string
  readonly element: XmlElement
}

/** What one archive holds: its topics, and what is passed on. */
export interface BcfArchive {
  readonly version: BcfVersion
  readonly project: { readonly id: string; readonly name: string } | null
  readonly topics: readonly Topic[]
  readonly documents: readonly { readonly guid: string; readonly name: string; readonly description: string }[]
  /** Files outside of topics, except those that this program writes itself. */
  readonly files: readonly KeptFile[]
}
export type BcfVersion = '2.1' | '3.0'
/** A view without a file of its own has nothing to restore. */
export function newViewpoint(guid: string): Viewpoint {
  return {
    guid,
    index: null,
    file: '',
    snapshot: null,
    camera: null,
    selection: [],
    visibility: null,
    coloring: [],
    planes: [],
    lines: [],
    bitmaps: [],
    unknown: [],
  }
}
