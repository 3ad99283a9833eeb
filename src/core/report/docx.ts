import { writeXml, type XmlElement, xml } from '@/core/base/xml'
import { writeZip, type ZipEntry } from '@/core/base/zip'
import { chartTable } from './chart.ts'
import { type Block, cellText, isJpeg, pictureSize, type Report, type Table } from './types.ts'

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
/** Width of the text of an A4 page with these margins [twentieths of a point]; a picture's in English metric units is 635 times that. */
const TEXT_WIDTH = 10_032
const EMU = 635

/** A Word file: headings, tables that repeat their head on each page, pictures, page numbers; fonts of the system. */
export function toDocx(report: Report): Uint8Array {
  const pictures: ZipEntry[] = []
  const body = [
    paragraph(report.title, { style: 'Title' }),
    paragraph(report.lead, { color: '626D79' }),
    ...report.blocks.flatMap((block) => blockXml(block, pictures)),
    xml(
      'w:sectPr',
      {},
      xml('w:footerReference', { 'w:type': 'default', 'r:id': 'rFooter' }),
      xml('w:pgSz', { 'w:w': 11_906, 'w:h': 16_838 }),
      xml('w:pgMar', { 'w:top': 1020, 'w:right': 937, 'w:bottom': 1020, 'w:left': 937, 'w:header': 567, 'w:footer': 567, 'w:gutter': 0 }),
    ),
  ]
  const document = xml('w:document', { ...NAMESPACES }, xml('w:body', {}, body))
  const relations = [
    relation('rStyles', `${REL}/styles`, 'styles.xml'),
    relation('rFooter', `${REL}/footer`, 'footer.xml'),
    ...pictures.map(({ name }, k) => relation(`rPicture${k}`, `${REL}/image`, name.replace('word/', ''))),
  ]
  return writeZip([
    part('[Content_Types].xml', contentTypes()),
    part('_rels/.rels', xml('Relationships', { xmlns: `${PACKAGE}/relationships` }, relation('r1', `${REL}/officeDocument`, 'word/document.xml'))),
    part('word/document.xml', document),
    part('word/_rels/document.xml.rels', xml('Relationships', { xmlns: `${PACKAGE}/relationships` }, relations)),
    part('word/styles.xml', styles(report.language)),
    part('word/footer.xml', footer(report.footer)),
    ...pictures,
  ])
}

const NAMESPACES = {
  'xmlns:w': W,
  'xmlns:r': REL,
  'xmlns:wp': 'http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing',
  'xmlns:a': 'http://schemas.openxmlformats.org/drawingml/2006/main',
  'xmlns:pic': 'http://schemas.openxmlformats.org/drawingml/2006/picture',
}

function blockXml(block: Block, pictures: ZipEntry[]): XmlElement[] {
  switch (block.kind) {
    case 'heading':
      return [paragraph(block.text, { style: `Heading${block.level}` })]
    case 'paragraph':
      return block.text
        .split('\n')
        .map((line) => paragraph(line, block.tone === 'quiet' ? { color: '626D79' } : block.tone === 'warning' ? { fill: 'FDF1D8' } : {}))
    case 'list':
      return block.items.map((item) => paragraph(`•  ${item}`, { indent: 280 }))
    case 'facts':
      return [
        table(
          [30, 70],
          block.items.map(([name, value]) => [{ text: name, color: '626D79' }, { text: value }]),
          false,
        ),
        paragraph(''),
      ]
    case 'table':
      return [tableOf(block), paragraph('')]
    case 'chart':
      return [paragraph(`${block.title} (${block.unit})`, { bold: true }), tableOf(chartTable(block)), paragraph('')]
    case 'picture':
      return pictureXml(block.bytes, block.alt, pictures)
    case 'signatures':
      return [
        paragraph(''),
        paragraph(''),
        table(
          block.names.map(() => 1),
          [block.names.map((name) => ({ text: `${name}：______________` }))],
          false,
        ),
      ]
    case 'pageBreak':
      return [xml('w:p', {}, xml('w:r', {}, xml('w:br', { 'w:type': 'page' })))]
  }
}

interface Look {
  readonly style?: string
  readonly color?: string
  readonly fill?: string
  readonly indent?: number
  readonly right?: boolean
  readonly bold?: boolean
}
function paragraph(text: string, { style, color, fill, indent, right, bold }: Look = {}): XmlElement {
  return xml(
    'w:p',
    {},
    xml(
      'w:pPr',
      {},
      style ? xml('w:pStyle', { 'w:val': style }) : null,
      fill ? xml('w:shd', { 'w:val': 'clear', 'w:color': 'auto', 'w:fill': fill }) : null,
      indent ? xml('w:ind', { 'w:left': indent }) : null,
      right ? xml('w:jc', { 'w:val': 'right' }) : null,
    ),
    text === ''
      ? null
      : xml(
          'w:r',
          {},
          xml('w:rPr', {}, bold ? xml('w:b') : null, color ? xml('w:color', { 'w:val': color }) : null),
          xml('w:t', { 'xml:space': 'preserve' }, text),
        ),
  )
}

interface Told extends Look {
  readonly text: string
}
function tableOf({ columns, rows }: Table): XmlElement {
  return table(
    columns.map(({ share = 1 }) => share),
    [
      columns.map(({ name }) => ({ text: name, bold: true, fill: 'F3F5F7' })),
      ...rows.map((row) => row.map((cell, k) => ({ text: cellText(cell, columns[k]), right: typeof cell === 'number' }))),
    ],
    true,
  )
}
function table(shares: readonly number[], rows: readonly (readonly Told[])[], framed: boolean): XmlElement {
  const total = shares.reduce((sum, share) => sum + share, 0)
  const widths = shares.map((share) => Math.floor((TEXT_WIDTH * share) / total))
  const line = (side: string) => xml(`w:${side}`, { 'w:val': framed ? 'single' : 'nil', 'w:sz': 4, 'w:space': 0, 'w:color': 'DCE0E5' })
  return xml(
    'w:tbl',
    {},
    xml(
      'w:tblPr',
      {},
      xml('w:tblW', { 'w:w': TEXT_WIDTH, 'w:type': 'dxa' }),
      xml('w:tblBorders', {}, ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map(line)),
      xml('w:tblLayout', { 'w:type': 'fixed' }),
    ),
    xml(
      'w:tblGrid',
      {},
      widths.map((width) => xml('w:gridCol', { 'w:w': width })),
    ),
    rows.map((row, k) =>
      xml(
        'w:tr',
        {},
        xml('w:trPr', {}, xml('w:cantSplit'), framed && k === 0 ? xml('w:tblHeader') : null),
        row.map(({ text, fill, ...look }, c) =>
          xml(
            'w:tc',
            {},
            xml(
              'w:tcPr',
              {},
              xml('w:tcW', { 'w:w': widths[c], 'w:type': 'dxa' }),
              fill ? xml('w:shd', { 'w:val': 'clear', 'w:color': 'auto', 'w:fill': fill }) : null,
            ),
            paragraph(text, look),
          ),
        ),
      ),
    ),
  )
}

function pictureXml(bytes: Uint8Array, alt: string, pictures: ZipEntry[]): XmlElement[] {
  const size = pictureSize(bytes)
  if (!size) return []
  const id = pictures.length
  pictures.push({ name: `word/media/picture${id}.${isJpeg(bytes) ? 'jpeg' : 'png'}`, bytes })
  const width = Math.min(TEXT_WIDTH, size.width * 15) * EMU
  const height = Math.round((width * size.height) / size.width)
  const extent = { cx: width, cy: height }
  const drawing = xml(
    'w:drawing',
    {},
    xml(
      'wp:inline',
      { distT: 0, distB: 0, distL: 0, distR: 0 },
      xml('wp:extent', extent),
      xml('wp:docPr', { id: id + 1, name: `Picture ${id + 1}`, descr: alt }),
      xml(
        'a:graphic',
        {},
        xml(
          'a:graphicData',
          { uri: NAMESPACES['xmlns:pic'] },
          xml(
            'pic:pic',
            {},
            xml('pic:nvPicPr', {}, xml('pic:cNvPr', { id: id + 1, name: `picture${id}` }), xml('pic:cNvPicPr')),
            xml('pic:blipFill', {}, xml('a:blip', { 'r:embed': `rPicture${id}` }), xml('a:stretch', {}, xml('a:fillRect'))),
            xml('pic:spPr', {}, xml('a:xfrm', {}, xml('a:off', { x: 0, y: 0 }), xml('a:ext', extent)), xml('a:prstGeom', { prst: 'rect' }, xml('a:avLst'))),
          ),
        ),
      ),
    ),
  )
  return [xml('w:p', {}, xml('w:r', {}, drawing))]
}

function styles(language: string): XmlElement {
  const fonts = xml('w:rFonts', { 'w:ascii': 'Arial', 'w:hAnsi': 'Arial', 'w:eastAsia': 'Microsoft YaHei', 'w:cs': 'Arial' })
  const style = (id: string, name: string, size: number, before: number, level: number | null) =>
    xml(
      'w:style',
      { 'w:type': 'paragraph', 'w:styleId': id },
      xml('w:name', { 'w:val': name }),
      xml('w:basedOn', { 'w:val': 'Normal' }),
      xml(
        'w:pPr',
        {},
        xml('w:keepNext'),
        xml('w:spacing', { 'w:before': before, 'w:after': 80 }),
        level === null ? null : xml('w:outlineLvl', { 'w:val': level }),
      ),
      xml('w:rPr', {}, xml('w:b'), xml('w:sz', { 'w:val': size })),
    )
  return xml(
    'w:styles',
    { 'xmlns:w': W },
    xml(
      'w:docDefaults',
      {},
      xml(
        'w:rPrDefault',
        {},
        xml('w:rPr', {}, fonts, xml('w:sz', { 'w:val': 20 }), xml('w:lang', { 'w:val': 'en-US', 'w:eastAsia': language === 'en' ? 'en-US' : 'zh-CN' })),
      ),
      xml('w:pPrDefault', {}, xml('w:pPr', {}, xml('w:spacing', { 'w:after': 60, 'w:line': 276, 'w:lineRule': 'auto' }))),
    ),
    xml('w:style', { 'w:type': 'paragraph', 'w:default': '1', 'w:styleId': 'Normal' }, xml('w:name', { 'w:val': 'Normal' })),
    style('Title', 'Title', 40, 0, null),
    style('Heading1', 'heading 1', 30, 360, 0),
    style('Heading2', 'heading 2', 24, 280, 1),
    style('Heading3', 'heading 3', 21, 200, 2),
  )
}
function footer(text: string): XmlElement {
  const small = xml('w:rPr', {}, xml('w:color', { 'w:val': '626D79' }), xml('w:sz', { 'w:val': 16 }))
  const field = (type: string) => xml('w:r', {}, small, xml('w:fldChar', { 'w:fldCharType': type }))
  return xml(
    'w:ftr',
    { 'xmlns:w': W },
    xml(
      'w:p',
      {},
      xml('w:r', {}, small, xml('w:t', { 'xml:space': 'preserve' }, `${text}  `)),
      field('begin'),
      xml('w:r', {}, small, xml('w:instrText', { 'xml:space': 'preserve' }, 'PAGE')),
      field('end'),
    ),
  )
}
function contentTypes(): XmlElement {
  const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml'
  const override = (name: string, type: string) => xml('Override', { PartName: name, ContentType: type })
  return xml(
    'Types',
    { xmlns: `${PACKAGE}/content-types` },
    xml('Default', { Extension: 'rels', ContentType: 'application/vnd.openxmlformats-package.relationships+xml' }),
    xml('Default', { Extension: 'png', ContentType: 'image/png' }),
    xml('Default', { Extension: 'jpeg', ContentType: 'image/jpeg' }),
    override('/word/document.xml', `${word}.document.main+xml`),
    override('/word/styles.xml', `${word}.styles+xml`),
    override('/word/footer.xml', `${word}.footer+xml`),
  )
}
export function relation(id: string, type: string, target: string): XmlElement {
  return xml('Relationship', { Id: id, Type: type, Target: target })
}
export function part(name: string, root: XmlElement): ZipEntry {
  return { name, bytes: new TextEncoder().encode(writeXml(root)) }
}
