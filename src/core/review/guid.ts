import { hashOf } from '@/core/base/hash'

/** The same GUID for the same thing on every machine and run (form of RFC 9562 version 8: a hash). */
export function guidOf(...about: readonly (string | number)[]): string {
  const h = hashOf(about)
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-8${h.slice(13, 16)}-${'89ab'[Number.parseInt(h[16], 16) & 3]}${h.slice(17, 20)}-${h.slice(20, 32)}`
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
/** In lower case, as BCF 3.0 wants it; null where it is none. */
export function asGuid(text: string): string | null {
  const guid = text
    .trim()
    .replace(/^\{(.*)\}$/, '$1')
    .toLowerCase()
  return GUID.test(guid) ? guid : null
}
const IFC_GUID = /^[0-9A-Za-z_$]{22}$/
export function isIfcGuid(text: string): boolean {
  return IFC_GUID.test(text)
}
