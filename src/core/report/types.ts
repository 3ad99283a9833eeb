import type { Chart } from './chart.ts'

/**
 * A report as data: what is said, in which order, in one language. It knows nothing of clashes or water; the same document becomes HTML
 * that prints, a Word file and sheets, so that a figure is the same in all of them.
 */
export interface Report {
  readonly title: string
  readonly language: 'zh-CN' | 'en'
  /** Under the title: project, time. */
  readonly lead: string
  readonly blocks: readonly Block[]
  /** On every page: what made it, from which inputs, what it does not say. */
  readonly footer: string
}
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string; readonly tone?: 'quiet' | 'warning' }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'facts'; readonly items: readonly (readonly [string, string])[] }
  | Table
  | Chart
  | { readonly kind: 'picture'; readonly bytes: Uint8Array; readonly alt: string }
  | { readonly kind: 'signatures'; readonly names: readonly string[] }
  | { readonly kind: 'pageBreak' }
export interface Table {
  readonly kind: 'table'
  /** Name of its sheet. */
  readonly name: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Cell[])[]
}
export interface Column {
  readonly name: string
  /** Share of the width; 1 by default. */
  readonly share?: number
  /** Digits after the point of its numbers. */
  readonly digits?: number
}
/** Numbers stay numbers; null is nothing to tell. */
export type Cell = string | number | null

export function cellText(cell: Cell, { digits = 0 }: Column): string {
  return cell === null ? '–' : typeof cell === 'string' ? cell : Number.isFinite(cell) ? cell.toFixed(digits) : '–'
}
export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff
}
/** Width and height of a PNG or JPEG [px]; null where it is neither. */
export function pictureSize(bytes: Uint8Array): { readonly width: number; readonly height: number } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length > 24 && view.getUint32(0) === 0x89504e47) return { width: view.getUint32(16), height: view.getUint32(20) }
  if (!isJpeg(bytes)) return null
  for (let at = 2; at + 9 < bytes.length; at += 2 + view.getUint16(at + 2)) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1]
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc)
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
  }
  return null
}
