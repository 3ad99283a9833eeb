import { type XmlElement, xml } from '@/core/base/xml'
import { writeZip } from '@/core/base/zip'
import { part, relation } from './docx.ts'
import type { Cell, Report, Table } from './types.ts'

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

/** The tables of a report as sheets. Text is written as text, never as a formula; numbers stay numbers. */
export function toXlsx(report: Report): Uint8Array {
  const tables = report.blocks.filter((block): block is Table => block.kind === 'table')
  const names = namesOf(tables)
  return writeZip([
    part(
      '[Content_Types].xml',
      xml(
        'Types',
        { xmlns: `${PACKAGE}/content-types` },
        xml('Default', { Extension: 'rels', ContentType: 'application/vnd.openxmlformats-package.relationships+xml' }),
        xml('Default', { Extension: 'xml', ContentType: 'application/xml' }),
        xml('Override', { PartName: '/xl/workbook.xml', ContentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml' }),
        xml('Override', { PartName: '/xl/styles.xml', ContentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml' }),
        tables.map((_, k) =>
          xml('Override', {
            PartName: `/xl/worksheets/sheet${k + 1}.xml`,
            ContentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml',
          }),
        ),
      ),
    ),
    part('_rels/.rels', xml('Relationships', { xmlns: `${PACKAGE}/relationships` }, relation('r1', `${REL}/officeDocument`, 'xl/workbook.xml'))),
    part(
      'xl/workbook.xml',
      xml(
        'workbook',
        { xmlns: MAIN, 'xmlns:r': REL },
        xml(
          'sheets',
          {},
          names.map((name, k) => xml('sheet', { name, sheetId: k + 1, 'r:id': `r${k + 1}` })),
        ),
      ),
    ),
    part(
      'xl/_rels/workbook.xml.rels',
      xml(
        'Relationships',
        { xmlns: `${PACKAGE}/relationships` },
        tables.map((_, k) => relation(`r${k + 1}`, `${REL}/worksheet`, `worksheets/sheet${k + 1}.xml`)),
        relation('rStyles', `${REL}/styles`, 'styles.xml'),
      ),
    ),
    part('xl/styles.xml', styles(tables)),
    ...tables.map((table, k) => part(`xl/worksheets/sheet${k + 1}.xml`, sheet(table, formats(tables)))),
  ])
}

function sheet({ columns, rows }: Table, digits: readonly number[]): XmlElement {
  const row = (cells: readonly Cell[], k: number) =>
    xml(
      'row',
      { r: k },
      cells.flatMap((cell, c): XmlElement[] => {
        const r = `${letters(c)}${k}`
        if (cell === null) return []
        if (typeof cell === 'number')
          return Number.isFinite(cell) ? [xml('c', { r, s: 2 + digits.indexOf(columns[c].digits ?? 0) }, xml('v', {}, String(cell)))] : []
        return [xml('c', { r, t: 'inlineStr', ...(k === 1 ? { s: 1 } : {}) }, xml('is', {}, xml('t', { 'xml:space': 'preserve' }, cell.slice(0, 32_000))))]
      }),
    )
  const last = `${letters(columns.length - 1)}${rows.length + 1}`
  return xml(
    'worksheet',
    { xmlns: MAIN },
    xml('dimension', { ref: `A1:${last}` }),
    xml('sheetViews', {}, xml('sheetView', { workbookViewId: 0 }, xml('pane', { ySplit: 1, topLeftCell: 'A2', activePane: 'bottomLeft', state: 'frozen' }))),
    xml(
      'cols',
      {},
      columns.map(({ share = 1 }, c) => xml('col', { min: c + 1, max: c + 1, width: Math.round(8 + 8 * share), customWidth: 1 })),
    ),
    xml(
      'sheetData',
      {},
      row(
        columns.map(({ name }) => name),
        1,
      ),
      rows.map((cells, k) => row(cells, k + 2)),
    ),
    xml('autoFilter', { ref: `A1:${last}` }),
  )
}

/** Every number of digits that the tables use, each a format of its own. */
function formats(tables: readonly Table[]): number[] {
  return [...new Set(tables.flatMap(({ columns }) => columns.map(({ digits = 0 }) => digits)))]
}
function styles(tables: readonly Table[]): XmlElement {
  const digits = formats(tables)
  const cell = (attributes: Record<string, number>) => xml('xf', { xfId: 0, numFmtId: 0, fontId: 0, fillId: 0, borderId: 0, ...attributes })
  return xml(
    'styleSheet',
    { xmlns: MAIN },
    xml(
      'numFmts',
      { count: digits.length },
      digits.map((n, k) => xml('numFmt', { numFmtId: 164 + k, formatCode: n > 0 ? `0.${'0'.repeat(n)}` : '0' })),
    ),
    xml(
      'fonts',
      { count: 2 },
      xml('font', {}, xml('sz', { val: 11 }), xml('name', { val: 'Calibri' })),
      xml('font', {}, xml('b'), xml('sz', { val: 11 }), xml('name', { val: 'Calibri' })),
    ),
    xml('fills', { count: 2 }, xml('fill', {}, xml('patternFill', { patternType: 'none' })), xml('fill', {}, xml('patternFill', { patternType: 'gray125' }))),
    xml(
      'borders',
      { count: 1 },
      xml(
        'border',
        {},
        ['left', 'right', 'top', 'bottom', 'diagonal'].map((side) => xml(side)),
      ),
    ),
    xml('cellStyleXfs', { count: 1 }, xml('xf', { numFmtId: 0, fontId: 0, fillId: 0, borderId: 0 })),
    xml(
      'cellXfs',
      { count: 2 + digits.length },
      cell({}),
      cell({ fontId: 1, applyFont: 1 }),
      digits.map((_, k) => cell({ numFmtId: 164 + k, applyNumberFormat: 1 })),
    ),
  )
}

function namesOf(tables: readonly Table[]): string[] {
  const taken = new Set<string>()
  return tables.map(({ name }) => {
    const base =
      name
        .replace(/[[\]:*?/\\']/g, ' ')
        .trim()
        .slice(0, 28) || 'Sheet'
    let free = base
    for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${base} ${n}`
    taken.add(free.toLowerCase())
    return free
  })
}
function letters(column: number): string {
  return column < 26 ? String.fromCharCode(65 + column) : letters(Math.floor(column / 26) - 1) + letters(column % 26)
}

/** One table as CSV with a byte order mark, so that Excel reads it as UTF-8. What would be a formula is made text. */
export function toCsv({ columns, rows }: Table): string {
  const lines = [
    columns.map(({ name }) => quoted(name)),
    ...rows.map((row) =>
      row.map((cell, k) =>
        typeof cell === 'number' && Number.isFinite(cell) ? String(Number(cell.toFixed(columns[k].digits ?? 0))) : typeof cell === 'string' ? quoted(cell) : '',
      ),
    ),
  ]
  return `\ufeff${lines.map((line) => line.join(',')).join('\r\n')}\r\n`
}
function quoted(text: string): string {
  const safe = /^[\s\p{Cc}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^\p{Cc}/u.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}
