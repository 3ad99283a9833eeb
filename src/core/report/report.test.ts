import { describe, expect, it } from 'vitest'
import { parseXml, textOf, type XmlElement } from '@/core/base/xml'
import { readZip } from '@/core/base/zip'
import { type Report, type Table, toCsv, toDocx, toHtml, toXlsx } from './index.ts'

const TRAPS = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  ' =1',
  '\u0000=1',
  '＝1',
  '=cmd|"/c calc"!A0',
  'a,"b"\nc',
  '<script>alert(1)</script>',
  '中文 & <b>',
]
const PICTURE = Uint8Array.from(atob('iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAYAAAD0In+KAAAADklEQVR4nGP4z8DwHwQBEPgD/U6VwW8AAAAASUVORK5CYII='), (c) =>
  c.charCodeAt(0),
)
const TABLE: Table = {
  kind: 'table',
  name: 'Liste: [1]/2',
  columns: [
    { name: '=A', share: 3 },
    { name: '深度 (m)', digits: 3 },
  ],
  rows: TRAPS.map((text) => [text, -1.25]),
}
const REPORT: Report = {
  title: '报告 <1>',
  language: 'zh-CN',
  lead: 'x',
  footer: 'run 42',
  blocks: [
    { kind: 'heading', level: 1, text: 'A' },
    { kind: 'paragraph', text: '<img src=x onerror=alert(1)>\nb', tone: 'warning' },
    { kind: 'list', items: ['a', 'b'] },
    { kind: 'facts', items: [['k', '</dd><script>']] },
    TABLE,
    { kind: 'picture', bytes: PICTURE, alt: '"><script>' },
    { kind: 'signatures', names: ['编制'] },
    { kind: 'pageBreak' },
  ],
}
const opened = (bytes: Uint8Array) => new Map(readZip(bytes).map(({ name, bytes: content }) => [name, content]))
const all = (root: XmlElement, name: string): XmlElement[] =>
  root.children.flatMap((child) => (typeof child === 'string' ? [] : [...(child.name === name ? [child] : []), ...all(child, name)]))

describe('reports', () => {
  it('HTML carries everything, runs nothing and fetches nothing', () => {
    const html = toHtml(REPORT)
    expect(html).not.toMatch(/<script|<[^>]*\son[a-z]+=|src="(?!data:)|href=/i)
    expect(html).toContain('data:image/png;base64,')
    expect(html).toContain('&lt;script&gt;')
    expect(html).toContain('-1.250')
  })

  it('Word parts are well-formed, name each other and hold text and picture', () => {
    const parts = opened(toDocx(REPORT))
    const document = parseXml(parts.get('word/document.xml')!)
    expect(textOf(document)).toContain('<img src=x onerror=alert(1)>')
    expect(all(document, 'tblHeader')).toHaveLength(1)
    const relations = parseXml(parts.get('word/_rels/document.xml.rels')!)
    for (const relation of all(relations, 'Relationship')) expect(parts.has(`word/${relation.attributes.get('Target')}`)).toBe(true)
    expect(all(document, 'blip')[0].attributes.get('r:embed')).toBe('rPicture0')
    for (const [name, bytes] of parts) if (name.endsWith('.xml')) parseXml(bytes, name)
  })

  it('sheets hold no formula; numbers stay numbers', () => {
    const parts = opened(toXlsx(REPORT))
    const sheet = parseXml(parts.get('xl/worksheets/sheet1.xml')!)
    expect(all(sheet, 'f')).toEqual([])
    const cells = all(sheet, 'c')
    expect(cells.filter((cell) => cell.attributes.get('t') === 'inlineStr')).toHaveLength(2 + TRAPS.length)
    expect(all(sheet, 'v').map(textOf)).toEqual(TRAPS.map(() => '-1.25'))
    expect(all(parseXml(parts.get('xl/workbook.xml')!), 'sheet')[0].attributes.get('name')).not.toMatch(/[[\]:*?/\\]/)
  })

  it('CSV has no cell that a sheet would take for a formula', () => {
    const csv = toCsv(TABLE)
    expect(csv.charCodeAt(0)).toBe(0xfeff)
    const rows = csv.slice(1).split('\r\n').slice(0, -1)
    expect(rows.length).toBeGreaterThan(TRAPS.length)
    for (const row of rows) expect(row.replace(/^"/, '')).not.toMatch(/^[\s\p{Cc}]*[=+\-@＝]/u)
    expect(csv).toContain(',-1.25\r\n')
  })
})
