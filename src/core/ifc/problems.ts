/** What can be wrong with a model file. Words: `messages/ifc.ts`. */
declare module '@/core/base/problem' {
  interface ProblemTable {
    'ifc.notIfc': { name: string; looksLike: string }
    'ifc.tooLarge': { megabytes: number; limit: number }
    'ifc.readerFailed': { detail: string }
    'ifc.engineStart': { detail: string }
    'ifc.noProducts': { entities: number }
    'ifc.truncated': { entities: number }
    'ifc.damaged': { count: number }
    'ifc.duplicateIds': { count: number; first: number }
    'ifc.oversizeIds': { count: number }
    'ifc.dataSections': { count: number }
    'ifc.schema': { schema: string; readAs: string }
    'ifc.encoding': { encoding: string }
    'ifc.unknownClass': { class: string; count: number }
    'ifc.noProject': Record<never, never>
    'ifc.projects': { count: number; used: number }
    'ifc.lengthUnit': { unit: string }
    'ifc.georeference': Record<never, never>
    'ifc.mapScale': { scale: number }
    'ifc.frameOrigin': { x: number; y: number; z: number }
    'ifc.duplicateGlobalIds': { count: number; first: string }
    'ifc.brokenVoids': { count: number; first: number }
    'ifc.damagedElement': { entity: string }
    'ifc.placement': { placement: string }
    'ifc.circular': { entity: string }
    'ifc.missingEntity': { entity: string; missing: string }
    'ifc.badEntity': { entity: string; expected: string }
    'ifc.tooMany': { what: string; count: number; limit: number }
    'ifc.hang': { seconds: number }
    'ifc.engine': { detail: string }
    'ifc.numbers': { what: string }
    'ifc.far': { kilometres: number }
    'ifc.empty': Record<never, never>
    'ifc.voided': { openings: number }
    'ifc.uncut': { openings: number }
    'ifc.gap': { share: number }
    'ifc.badTriangles': { skipped: number; of: number }
  }
}

export {}
