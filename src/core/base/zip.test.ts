import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { Failure } from './problem.ts'
import { readZip, writeZip, ZIP_LIMITS } from './zip.ts'

const text = (words: string) => new TextEncoder().encode(words)
const ENTRIES = [
  { name: 'bcf.version', bytes: text('<Version VersionId="2.1"/>'.repeat(8)) },
  { name: '7b2c1bf5-5854-433d-8136-981c957ed910/markup.bcf', bytes: text('<Markup><Topic/></Markup>'.repeat(40)) },
  { name: '7b2c1bf5-5854-433d-8136-981c957ed910/snapshot.png', bytes: Uint8Array.from({ length: 900 }, (_, k) => (k * 37 + (k >> 3)) & 255) },
]
const PLAIN = writeZip(ENTRIES)

/** Why it is refused; null where it is read. */
function reasonOf(bytes: Uint8Array): string | null {
  try {
    readZip(bytes, 'x.bcf')
    return null
  } catch (error) {
    if (error instanceof Failure) return error.problems[0].key
    throw error
  }
}
/** The archive with a change to the bytes of its directory and headers. */
function altered(archive: Uint8Array, change: (view: DataView, at: { local: number; central: number; end: number }) => void): Uint8Array {
  const bytes = archive.slice()
  const view = new DataView(bytes.buffer)
  let end = bytes.length - 22
  while (view.getUint32(end, true) !== 0x06054b50) end--
  change(view, { local: 0, central: view.getUint32(end + 16, true), end })
  return bytes
}
/** Without our seal, as another tool would have written it. */
const FOREIGN = zipSync(Object.fromEntries(ENTRIES.map(({ name, bytes }) => [name, bytes])), { mtime: '2026-01-02T00:00:00' })

describe('zip archives', () => {
  it('gives back what was written, in the same bytes every time', () => {
    expect(readZip(PLAIN)).toEqual(ENTRIES)
    expect(writeZip(ENTRIES)).toEqual(PLAIN)
    expect(readZip(FOREIGN).map(({ name }) => name)).toEqual(ENTRIES.map(({ name }) => name))
  })

  it('refuses a lie about a size as soon as more comes out, and a bomb that is honest about its size before anything does', () => {
    const zeros = new Uint8Array(40 << 20)
    const bomb = zipSync({ 'a.xml': zeros })
    expect(reasonOf(bomb)).toBe('archive.tooLarge')
    const lying = altered(bomb, (view, { local, central }) => {
      view.setUint32(local + 22, 100, true)
      view.setUint32(central + 24, 100, true)
    })
    expect(reasonOf(lying)).toBe('archive.damaged')
  })

  it.each([
    '../../evil.bcf',
    '/etc/passwd',
    'C:\\evil.bcf',
    '..\\evil.bcf',
    'a/../../b',
    './a',
    'a//b',
    'a\u202egpj.exe',
    'a\u0000b',
    'con.txt',
    'a/nul',
    'a\nb',
  ])('refuses the name %j', (name) => {
    expect(['archive.path', 'archive.damaged']).toContain(reasonOf(zipSync({ [name]: text('x') })))
    expect(() => writeZip([{ name, bytes: text('x') }])).toThrow('archive.path')
  })

  it('an entry called __proto__ is a file like any other', () => {
    const archive = writeZip([{ name: '__proto__', bytes: text('x') }])
    expect(readZip(archive)).toHaveLength(1)
    expect(({} as Record<string, unknown>).length).toBeUndefined()
  })

  it('refuses what an archive may not be', () => {
    const cases: [string, Uint8Array][] = [
      ['empty', new Uint8Array(0)],
      ['text', text('PK is not enough to be an archive')],
      ['cut', FOREIGN.subarray(0, FOREIGN.length - 30)],
      [
        'encrypted',
        altered(FOREIGN, (view, { local, central }) => [local + 6, central + 8].forEach((at) => void view.setUint16(at, view.getUint16(at, true) | 1, true))),
      ],
      ['another method', altered(FOREIGN, (view, { local, central }) => [local + 8, central + 10].forEach((at) => void view.setUint16(at, 12, true)))],
      [
        'two entries on one place',
        altered(FOREIGN, (view, { central }) => view.setUint32(central + 46 + 'bcf.version'.length + view.getUint16(central + 30, true) + 42, 0, true)),
      ],
      ['more entries than there are', altered(FOREIGN, (view, { end }) => [end + 8, end + 10].forEach((at) => void view.setUint16(at, 9, true)))],
      ['a directory that begins elsewhere', altered(FOREIGN, (view, { end }) => view.setUint32(end + 16, 10, true))],
      ['a wrong checksum', altered(FOREIGN, (view, { local, central }) => [local + 14, central + 16].forEach((at) => void view.setUint32(at, 1, true)))],
      ['several disks', altered(FOREIGN, (view, { end }) => view.setUint16(end + 4, 1, true))],
      ['names twice', zipSync({ 'A.txt': text('a'), 'a.txt': text('b') })],
    ]
    for (const [what, bytes] of cases) expect(reasonOf(bytes), what).not.toBeNull()
    expect(() => readZip(PLAIN, 'x', { ...ZIP_LIMITS, entries: 2 })).toThrow('archive.tooLarge')
    expect(() => readZip(PLAIN, 'x', { ...ZIP_LIMITS, archive: 100 })).toThrow('archive.tooLarge')
  })

  it('notices every single flipped bit of an archive of its own, and of content in any', () => {
    for (let bit = 0; bit < PLAIN.length * 8; bit += 7) {
      const bytes = PLAIN.slice()
      bytes[bit >> 3] ^= 1 << (bit & 7)
      expect(reasonOf(bytes), `bit ${bit}`).not.toBeNull()
    }
  })
})
