import { Failure, problem } from './problem.ts'

/**
 * A strict reader of small XML documents of unknown origin: elements, attributes, text. A document type declaration is refused before
 * anything is read, so that no entity of the document's own exists; depth, size and number of nodes are bounded. And a writer.
 */
export interface XmlElement {
  /** Without its namespace prefix. */
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly (XmlElement | string)[]
}
export type XmlFault = 'doctype' | 'encoding' | 'depth' | 'nodes' | 'syntax' | 'entity' | 'attribute' | 'end'

declare module './problem.ts' {
  interface ProblemTable {
    'xml.bad': { what: XmlFault; line: number }
  }
}

const NAME = /[\p{L}_:][\p{L}\p{N}_:.\-\u00b7]*/uy
const DEEPEST = 64
const MOST_NODES = 200_000
const ENCODINGS = /^(utf-8|utf8|us-ascii|iso-8859-1|utf-16|utf-16le|utf-16be|gb2312|gbk|gb18030)$/i

/** The root element. Throws a Failure that names the fault and the line; `path` is the file it is of. */
export function parseXml(bytes: Uint8Array, path = ''): XmlElement {
  const text = decode(bytes, path)
  let at = 0
  const fail = (what: XmlFault): never => {
    let line = 1
    for (let k = 0; k < at && k < text.length; k++) if (text.charCodeAt(k) === 10) line++
    throw new Failure(problem('xml.bad', { what, line }, path))
  }
  if (/<!\s*(DOCTYPE|ENTITY)/i.test(text)) {
    at = text.search(/<!\s*(DOCTYPE|ENTITY)/i)
    fail('doctype')
  }
  interface Open {
    readonly name: string
    readonly full: string
    readonly attributes: Map<string, string>
    readonly children: (XmlElement | string)[]
  }
  const stack: Open[] = []
  let root: XmlElement | null = null
  let nodes = 0
  const add = (node: XmlElement | string): void => {
    if (++nodes > MOST_NODES) fail('nodes')
    const parent = stack.at(-1)
    if (parent) parent.children.push(node)
    else if (typeof node !== 'string') root = root === null ? node : fail('end')
    else if (node.trim() !== '') fail('syntax')
  }
  const blanks = (): void => {
    while (at < text.length && text.charCodeAt(at) <= 32) at++
  }
  const name = (): string => {
    const from = at
    NAME.lastIndex = at
    const word = NAME.exec(text)?.[0] ?? fail('syntax')
    at = from + word.length
    return word
  }
  const expanded = (raw: string): string =>
    raw.includes('&')
      ? raw.replace(/&([^;&]{0,12});?/g, (whole, code: string) => (whole.endsWith(';') ? (character(code) ?? fail('entity')) : fail('entity')))
      : raw
  const checked = (value: string): string => (hasBadCharacter(value) ? fail('syntax') : value)

  if (text.startsWith('\ufeff')) at = 1
  while (at < text.length) {
    const open = text.indexOf('<', at)
    const until = open < 0 ? text.length : open
    if (until > at) {
      const raw = text.slice(at, until)
      if (raw.includes(']]>')) fail('syntax')
      add(checked(expanded(raw)))
      at = until
      continue
    }
    if (text.startsWith('<!--', at)) at = after('-->', at + 4)
    else if (text.startsWith('<![CDATA[', at)) {
      const from = at + 9
      at = after(']]>', from)
      if (stack.length === 0) fail('syntax')
      add(checked(text.slice(from, at - 3)))
    } else if (text.startsWith('<?', at)) at = after('?>', at + 2)
    else if (text.startsWith('<!', at)) fail('doctype')
    else if (text.startsWith('</', at)) {
      at += 2
      const full = name()
      blanks()
      if (text[at] !== '>') fail('syntax')
      at++
      const top = stack.pop() ?? fail('end')
      if (top.full !== full) fail('end')
      add({ name: top.name, attributes: top.attributes, children: top.children })
    } else {
      at++
      const full = name()
      const attributes = new Map<string, string>()
      for (;;) {
        const before = at
        blanks()
        if (text[at] === '>' || text[at] === '/' || at >= text.length) break
        if (before === at) fail('syntax')
        const key = name()
        blanks()
        if (text[at] !== '=') fail('attribute')
        at++
        blanks()
        const quote = text[at]
        if (quote !== '"' && quote !== "'") fail('attribute')
        const close = text.indexOf(quote, at + 1)
        if (close < 0) fail('attribute')
        const raw = text.slice(at + 1, close)
        if (raw.includes('<') || attributes.has(key)) fail('attribute')
        attributes.set(key, checked(expanded(raw)))
        if (++nodes > MOST_NODES) fail('nodes')
        at = close + 1
      }
      const closed = text[at] === '/'
      if (closed) at++
      if (text[at] !== '>') fail('syntax')
      at++
      const local = full.slice(full.indexOf(':') + 1)
      if (closed) add({ name: local, attributes, children: [] })
      else {
        if (stack.length >= DEEPEST) fail('depth')
        stack.push({ name: local, full, attributes, children: [] })
      }
    }
  }
  if (stack.length > 0) fail('end')
  return root ?? fail('end')

  function after(mark: string, from: number): number {
    const found = text.indexOf(mark, from)
    return found < 0 ? fail('end') : found + mark.length
  }
}

function decode(bytes: Uint8Array, path: string): string {
  const refuse = (): never => {
    throw new Failure(problem('xml.bad', { what: 'encoding', line: 1 }, path))
  }
  const [a, b, c] = bytes
  let label = 'utf-8'
  if (a === 0xff && b === 0xfe) label = 'utf-16le'
  else if (a === 0xfe && b === 0xff) label = 'utf-16be'
  else if (a === 0x3c && b === 0) label = 'utf-16le'
  else if (a === 0 && b === 0x3c) label = 'utf-16be'
  else if (!(a === 0xef && b === 0xbb && c === 0xbf)) {
    const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200))
    const declared = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w-]{1,20})["']/.exec(head)?.[1]
    if (declared && !ENCODINGS.test(declared)) refuse()
    if (declared && !/^utf-16/i.test(declared)) label = declared
  }
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch {
    return refuse()
  }
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
function character(code: string): string | null {
  if (Object.hasOwn(NAMED, code)) return NAMED[code]
  const point = /^#\d{1,7}$/.test(code) ? Number(code.slice(1)) : /^#x[\da-f]{1,6}$/i.test(code) ? Number.parseInt(code.slice(2), 16) : Number.NaN
  if (!(point <= 0x10ffff) || (point >= 0xd800 && point <= 0xdfff)) return null
  const text = String.fromCodePoint(point)
  return hasBadCharacter(text) ? null : text
}
/** Characters that XML 1.0 does not have: controls but for tab and line ends, halves of pairs. */
const NO_XML = /(?![\t\n\r\x7f-\x9f])\p{Cc}|[\ufffe\uffff]|\p{Cs}/u
function hasBadCharacter(text: string): boolean {
  return NO_XML.test(text)
}

export function childrenOf(element: XmlElement, name?: string): XmlElement[] {
  return element.children.filter((child): child is XmlElement => typeof child !== 'string' && (name === undefined || child.name === name))
}
export function childOf(element: XmlElement, name: string): XmlElement | null {
  return (element.children.find((child) => typeof child !== 'string' && child.name === name) as XmlElement | undefined) ?? null
}
/** All text in it. */
export function textOf(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('')
}

/** An element to write. Attributes and children that are null are left out. */
export function xml(
  name: string,
  attributes: Readonly<Record<string, string | number | boolean | null | undefined>> = {},
  ...children: readonly (XmlElement | string | number | null | undefined | readonly (XmlElement | null)[])[]
): XmlElement {
  const given = Object.entries(attributes).filter((entry): entry is [string, string | number | boolean] => entry[1] !== null && entry[1] !== undefined)
  return {
    name,
    attributes: new Map(given.map(([key, value]) => [key, String(value)])),
    children: children.flat().flatMap((child) => (child === null || child === undefined ? [] : [typeof child === 'number' ? String(child) : child])),
  }
}

/** A whole document, indented; text stands as it is. */
export function writeXml(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${writeElement(root, '')}\n`
}
function writeElement({ name, attributes, children }: XmlElement, indent: string): string {
  const head = `<${name}${[...attributes].map(([key, value]) => ` ${key}="${escapeXml(value).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`).join('')}`
  if (children.length === 0) return `${indent}${head}/>`
  if (children.some((child) => typeof child === 'string'))
    return `${indent}${head}>${children.map((child) => (typeof child === 'string' ? escapeXml(child) : writeElement(child, ''))).join('')}</${name}>`
  return `${indent}${head}>\n${children.map((child) => writeElement(child as XmlElement, `${indent}  `)).join('\n')}\n${indent}</${name}>`
}
/** Text for XML and HTML. What XML cannot hold becomes a visible mark. */
export function escapeXml(text: string): string {
  return text
    .replace(new RegExp(NO_XML, 'gu'), '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;')
}
