import { describe, expect, it } from 'vitest'
import { openStep } from './step-file.ts'
import { sniffEncoding, unescapeStep } from './step-text.ts'

const utf8 = new TextEncoder()
function file(data: string): ReturnType<typeof openStep> {
  return openStep(utf8.encode(`ISO-10303-21;\nHEADER;\nFILE_SCHEMA(('IFC4'));\nENDSEC;\nDATA;\n${data}\nENDSEC;\nEND-ISO-10303-21;\n`))
}

describe('text', () => {
  it.each([
    ['\\X2\\96E86C347BA1\\X0\\', '雨水管'],
    ['\\X2\\96e86c347ba1\\X0\\', '雨水管'],
    ['\\x2\\96e8\\x0\\', '雨'],
    ['\\X4\\0001F600\\X0\\', '😀'],
    ['\\X2\\D83DDE00\\X0\\', '😀'],
    ['\\X\\E9t\\X\\E9', 'été'],
    ['caf\\S\\i', 'café'],
    ["don''t", "don't"],
    ['a\\\\b', 'a\\b'],
    ['\\X2\\96E8', '雨'],
    ['C:\\Temp', 'C:\\Temp'],
  ])('%s is %s', (written, meant) => {
    expect(unescapeStep(written)).toBe(meant)
  })

  it('sees UTF-8, GBK and neither', () => {
    expect(sniffEncoding(utf8.encode('plain'))).toBe('ascii')
    expect(sniffEncoding(utf8.encode('雨水管'))).toBe('utf-8')
    expect(sniffEncoding(new Uint8Array([0xd3, 0xea, 0xcb, 0xae, 0xb9, 0xdc]))).toBe('gb18030')
    expect(sniffEncoding(new Uint8Array([0x63, 0x61, 0x66, 0xe9]))).toBe('latin1')
  })

  it('reads GBK bytes in names', () => {
    const head = utf8.encode("ISO-10303-21;\nHEADER;\nENDSEC;\nDATA;\n#1=IFCWALL('")
    const bytes = new Uint8Array([...head, 0xd3, 0xea, 0xcb, 0xae, ...utf8.encode("');\nENDSEC;\nEND-ISO-10303-21;\n")])
    expect(openStep(bytes).argsOf(1)).toEqual(['雨水'])
  })
})

describe('statements', () => {
  it('parses every kind of value', () => {
    expect(file("#1=IFCX($,*,-1.5E2,7,.ENUM.,'s',#12,IFCLABEL('v'),(1.,(2.)),());").argsOf(1)).toEqual([
      null,
      undefined,
      -150,
      7,
      { enum: 'ENUM' },
      's',
      { ref: 12 },
      { type: 'IFCLABEL', value: 'v' },
      [1, [2]],
      [],
    ])
  })

  it('reads lower case, comments, many statements a line and one over many', () => {
    const step = file("#1=ifcwall( /* here; 'not' a string */ 'a' ) ; #2 = IFCWALL\n(\n'b;'\n)\n;")
    expect(step.typeOf(1)).toBe('IFCWALL')
    expect(step.argsOf(1)).toEqual(['a'])
    expect(step.argsOf(2)).toEqual(['b;'])
  })

  it('finds the way back after an unclosed string and a missing semicolon', () => {
    const step = file("#1=IFCWALL('open,$);\n#2=IFCWALL('b');\n#3=IFCWALL('c')\n#4=IFCWALL('d');")
    expect([1, 2, 3, 4].map((id) => step.has(id))).toEqual([false, true, false, true])
    expect(step.faults.damagedCount).toBe(2)
  })

  it.each(["('a' 'b')", "('a',,'b')", "('a'", '(#8$)'])('gives no values for %s', (args) => {
    expect(file(`#1=IFCX${args};`).argsOf(1)).toEqual([])
  })

  it('keeps ids over 2³² − 1 from standing in for others', () => {
    const step = file('#2=IFCWALL(1);\n#4294967298=IFCWALL(2);')
    expect(step.argsOf(2)).toEqual([1])
    expect(step.faults.oversizeIds).toBe(1)
  })

  it('does not mind a million brackets', () => {
    expect(file(`#1=IFCX(${'('.repeat(1e6)}${')'.repeat(1e6)});`).argsOf(1)).toEqual([])
  })
})
