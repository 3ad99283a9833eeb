import { describe, expect, it } from 'vitest'
import { Failure } from './problem.ts'
import { childOf, parseXml, textOf, writeXml, xml } from './xml.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
function faultOf(input: string | Uint8Array): string | null {
  try {
    parseXml(typeof input === 'string' ? bytes(input) : input)
    return null
  } catch (error) {
    if (error instanceof Failure) return String((error.problems[0].facts as { what: string }).what)
    throw error
  }
}
const utf16 = (text: string) => new Uint8Array(Uint16Array.from([0xfeff, ...text].map((c) => (typeof c === 'string' ? c.charCodeAt(0) : c))).buffer)

describe('xml', () => {
  it('reads elements, attributes, text, CDATA and references', () => {
    const root = parseXml(bytes('\ufeff<?xml version="1.0"?><!-- x --><n:a k="1 &lt; 2" v=\'"\'>x &amp; <b/><![CDATA[<y>]]>&#x4E2D;</n:a>'))
    expect(root.name).toBe('a')
    expect(root.attributes.get('k')).toBe('1 < 2')
    expect(textOf(root)).toBe('x & <y>中')
    expect(childOf(root, 'b')).not.toBeNull()
    expect(textOf(parseXml(utf16('<a>中文</a>')))).toBe('中文')
  })

  it('writes what it reads, whatever the text', () => {
    const text = ' <&>"\' ]]> \n\t 中\u{1F600} '
    const root = xml('a', { k: text, none: null }, xml('b', {}, text), null)
    expect(parseXml(bytes(writeXml(root)))).toMatchObject({ name: 'a', attributes: new Map([['k', text]]) })
    expect(textOf(childOf(parseXml(bytes(writeXml(root))), 'b')!)).toBe(text)
    expect(writeXml(xml('a', {}, '\u0000\ud800'))).toContain('\ufffd\ufffd')
  })

  const bomb = `<!DOCTYPE a [${Array.from({ length: 9 }, (_, k) => `<!ENTITY e${k + 1} "${`&e${k};`.repeat(10)}">`).join('')}]><a>&e9;</a>`
  const wrong: readonly (readonly [string, string | Uint8Array, string])[] = [
    ['a document type', '<!DOCTYPE a><a/>', 'doctype'],
    ['a billion laughs', bomb, 'doctype'],
    ['a document type in UTF-16', utf16(bomb), 'doctype'],
    ['an entity from outside', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', 'doctype'],
    ['an entity nobody named', '<a>&nbsp;</a>', 'entity'],
    ['a null character', '<a>&#0;</a>', 'entity'],
    ['a surrogate', '<a>&#xD800;</a>', 'entity'],
    ['an ampersand alone', '<a>a & b</a>', 'entity'],
    ['too deep', '<a>'.repeat(65) + '</a>'.repeat(65), 'depth'],
    ['too many', `<a>${'<b/>'.repeat(200_001)}</a>`, 'nodes'],
    ['not closed', '<a><b></a>', 'end'],
    ['not ended', '<a>', 'end'],
    ['two roots', '<a/><b/>', 'end'],
    ['an attribute twice', '<a k="1" k="2"/>', 'attribute'],
    ['an attribute without quotes', '<a k=1/>', 'attribute'],
    ['a name that is none', '<1a/>', 'syntax'],
    ['text outside', 'x<a/>', 'syntax'],
    ['bytes that are no UTF-8', new Uint8Array([0x3c, 0x61, 0x3e, 0xff, 0xfe]), 'encoding'],
    ['an encoding nobody has', '<?xml version="1.0" encoding="ebcdic"?><a/>', 'encoding'],
    ['nothing', '', 'end'],
  ]
  it.each(wrong)('refuses %s', (_, input, what) => {
    expect(faultOf(input)).toBe(what)
  })
})
