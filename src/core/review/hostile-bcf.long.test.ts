import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { Failure } from '@/core/base/problem'
import { writeZip } from '@/core/base/zip'
import { readBcf } from './index.ts'

const text = (words: string) => new TextEncoder().encode(words)
const GUID = '7b2c1bf5-5854-433d-8136-981c957ed910'
const VERSION = text('<Version VersionId="2.1"/>')
const MARKUP = `<Markup><Topic Guid="${GUID}"><Title>T</Title><CreationDate>2026-01-01T00:00:00Z</CreationDate><CreationAuthor>a</CreationAuthor></Topic></Markup>`
const bcf = (markup: Uint8Array, more: Record<string, Uint8Array> = {}) => zipSync({ 'bcf.version': VERSION, [`${GUID}/markup.bcf`]: markup, ...more })

/** Numbers in 0…1 that are the same on every run (a linear congruence, Numerical Recipes). */
function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
}
/** Refused: the archive as a whole, or its only topic. */
function reasonOf(bytes: Uint8Array): string | null {
  try {
    const { archive, problems } = readBcf(bytes, 'x.bcf')
    return archive.topics.length === 0 ? (problems[0]?.key ?? null) : null
  } catch (error) {
    if (error instanceof Failure) return error.problems[0].key
    throw error
  }
}
function altered(archive: Uint8Array, change: (view: DataView, local: number, central: number, end: number) => void): Uint8Array {
  const bytes = archive.slice()
  const view = new DataView(bytes.buffer)
  let end = bytes.length - 22
  while (view.getUint32(end, true) !== 0x06054b50) end--
  change(view, 0, view.getUint32(end + 16, true), end)
  return bytes
}

/** 100 archives that must not open: four of each kind. */
function hostile(): [string, Uint8Array][] {
  const random = sequence(5)
  const any = (most: number) => Math.floor(random() * most)
  const kinds: Record<string, (k: number) => Uint8Array> = {
    'honest bomb': (k) => bcf(new Uint8Array((9 + k) << 20)),
    'bomb in a picture': (k) => bcf(text(MARKUP), { [`${GUID}/snapshot.png`]: new Uint8Array((33 + k) << 20) }),
    'bomb of a ratio': (k) => bcf(text(MARKUP), { [`${GUID}/a.bin`]: new Uint8Array((3 + k) << 20) }),
    'lying size': (k) =>
      altered(zipSync({ [`${GUID}/markup.bcf`]: new Uint8Array(60 << 20) }), (view, local, central) => {
        for (const at of [local + 22, central + 24]) view.setUint32(at, 500 + k, true)
      }),
    'path upwards': (k) => bcf(text(MARKUP), { [`${'../'.repeat(k + 1)}evil.bcf`]: text('x') }),
    'path from the root': (k) => bcf(text(MARKUP), { [['/etc/passwd', 'C:/x', 'C:\\x', '\\\\host\\x'][k]]: text('x') }),
    'hidden characters in a name': (k) => bcf(text(MARKUP), { [`a${['\u202e', '\u0000', '\u200b', '\n'][k]}b`]: text('x') }),
    'document type': (k) => bcf(text(`${['', ' ', '\ufeff', '<!-- -->'][k]}<!DOCTYPE Markup [<!ENTITY a "b">]>${MARKUP}`)),
    'entity from outside': (k) => bcf(text(`<!DOCTYPE a ${['SYSTEM "file:///etc/passwd"', 'SYSTEM "http://x/"', 'PUBLIC "a" "b"', ''][k]}>${MARKUP}`)),
    'document type in UTF-16': (k) =>
      bcf(
        new Uint8Array(Uint16Array.from([0xfeff, ...`${' '.repeat(k)}<!DOCTYPE a>${MARKUP}`].map((c) => (typeof c === 'string' ? c.charCodeAt(0) : c))).buffer),
      ),
    'a million laughs': (k) =>
      bcf(text(`<!DOCTYPE a [${Array.from({ length: 10 + k }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`).join('')}]><a>&e9;</a>`)),
    'deep nesting': (k) => bcf(text('<a>'.repeat(100 * 10 ** k) + '</a>'.repeat(100 * 10 ** k))),
    'too many nodes': (k) => bcf(text(`<Markup>${'<a/>'.repeat(200_001 + k)}</Markup>`)),
    'cut off': (k) => bcf(text(MARKUP)).subarray(0, 40 + k * 60),
    'cut document': (k) => bcf(text(MARKUP.slice(0, 30 + 20 * k))),
    'no archive': (k) => [text('PK'), text('<html>'), new Uint8Array(1000), text('%PDF-1.7')][k],
    'wrong checksum': (k) => altered(bcf(text(MARKUP)), (view, local, central) => [local + 14, central + 16].forEach((at) => void view.setUint32(at, k, true))),
    encrypted: (k) =>
      altered(bcf(text(MARKUP)), (view, local, central) => [local + 6, central + 8].forEach((at) => void view.setUint16(at, 1 + 8 * (k & 1), true))),
    'other method': (k) =>
      altered(bcf(text(MARKUP)), (view, local, central) => [local + 8, central + 10].forEach((at) => void view.setUint16(at, [9, 12, 14, 99][k], true))),
    'offset elsewhere': () => altered(bcf(text(MARKUP)), (view, _, central) => view.setUint32(central + 42, any(4e9), true)),
    'count of entries': (k) =>
      altered(bcf(text(MARKUP)), (view, _, __, end) => [end + 8, end + 10].forEach((at) => void view.setUint16(at, 3 + k * 9000, true))),
    'names twice': (k) =>
      zipSync({
        'bcf.version': VERSION,
        [`${GUID}/markup.bcf`]: text(MARKUP),
        [`${GUID}/${['MARKUP.bcf', 'Markup.BCF', 'markup.BCF', 'mArkup.bcf'][k]}`]: text(MARKUP),
      }),
    'deflate of nonsense': (k) =>
      altered(bcf(text(MARKUP.repeat(4))), (view, local) => new Uint8Array(view.buffer).fill(any(256), local + 30 + 11 + 20 + k, local + 30 + 11 + 60)),
    'no topic': (k) => writeZip([{ name: ['a.txt', 'b/c.xml', 'markup.xml', 'x.bcfv'][k], bytes: text('x') }]),
    'bytes that are no text': (k) => bcf(new Uint8Array([0x3c, 0x61, 0x3e, 0xff, 0xfe, k])),
  }
  return Object.entries(kinds).flatMap(([what, make]) => [0, 1, 2, 3].map((k): [string, Uint8Array] => [`${what} ${k}`, make(k)]))
}

describe('archives that mean harm', () => {
  it('refuses a hundred of them with a reason, none of them slowly', () => {
    const all = hostile()
    expect(all).toHaveLength(100)
    const slow: [string, number][] = []
    for (const [what, bytes] of all) {
      const begun = performance.now()
      expect(reasonOf(bytes), what).not.toBeNull()
      slow.push([what, performance.now() - begun])
    }
    slow.sort((a, b) => b[1] - a[1])
    console.log(
      `slowest: ${slow
        .slice(0, 4)
        .map(([what, ms]) => `${what} ${ms.toFixed(0)} ms`)
        .join(', ')}`,
    )
  })

  const CASES = resolve(import.meta.dirname, '../../../../shared/data/bcf/test-cases')
  it.skipIf(!existsSync(CASES))('notices a flipped bit in the official archives (absent here: shared/data)', () => {
    const random = sequence(11)
    const files = readdirSync(CASES, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.bcf') && !name.includes('unzipped') && !name.includes('extensions'))
      .filter((name) => /^v[23]\.\d\/\w+\/[^/]+\/[^/]+\.bcf$/.test(name))
    let noticed = 0
    const missed: string[] = []
    for (let k = 0; k < 200; k++) {
      const name = files[k % files.length]
      const bytes = new Uint8Array(readFileSync(join(CASES, name)))
      const bit = Math.floor(random() * bytes.length * 8)
      bytes[bit >> 3] ^= 1 << (bit & 7)
      try {
        const { problems } = readBcf(bytes, name)
        if (problems.some(({ key }) => key === 'archive.odd')) noticed++
        else missed.push(`${name} byte ${bit >> 3} of ${bytes.length}`)
      } catch (error) {
        if (!(error instanceof Failure)) throw error
        noticed++
      }
    }
    console.log(`${noticed} of 200 noticed`, missed)
    expect(noticed).toBe(200)
  })
})
