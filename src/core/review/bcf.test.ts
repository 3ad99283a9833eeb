import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sha256Hex } from '@/core/base/hash'
import { readZip } from '@/core/base/zip'
import { type BcfArchive, type BcfVersion, type KeptFile, newViewpoint, readBcf, type Topic, writeBcf } from './index.ts'

const DATA = resolve(import.meta.dirname, '../../../../shared/data/bcf')
const CASES = existsSync(DATA)
  ? readdirSync(join(DATA, 'test-cases'), { recursive: true })
      .map(String)
      .filter((name) => /\.bcf(zip)?$/i.test(name) && !name.includes('unzipped'))
  : []
const xmllint = existsSync(DATA) && spawnSync('xmllint', ['--version']).status === 0
const read = (name: string) => readBcf(new Uint8Array(readFileSync(join(DATA, 'test-cases', name))), basename(name))

/** What is told of a topic, without the names that writing makes anew. */
function content(archive: BcfArchive): unknown {
  return archive.topics.map((topic) => ({
    ...topic,
    type: topic.type || 'Issue',
    files: hashed(topic.files),
    viewpoints: topic.viewpoints.map((view) => ({ ...view, file: '', index: null, snapshot: view.snapshot && sha256Hex(view.snapshot.bytes) })),
  }))
}

const hashed = (files: readonly KeptFile[]) => files.map(({ name, bytes }) => `${name} ${sha256Hex(bytes)}`)

/** libxml2's word on every document of the archive, against the official schemas. */
function faults(bytes: Uint8Array, version: BcfVersion): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'bcf-'))
  try {
    const schemas: Record<string, string> = {
      'bcf.version': 'version',
      'project.bcfp': 'project',
      'markup.bcf': 'markup',
      'extensions.xml': 'extensions',
      'documents.xml': 'documents',
    }
    return readZip(bytes).flatMap(({ name, bytes: document }) => {
      const schema = name.endsWith('.bcfv') ? 'visinfo' : schemas[basename(name)]
      if (!schema) return []
      const path = join(folder, name)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, document)
      const { status, stderr } = spawnSync(
        'xmllint',
        ['--noout', '--schema', join(DATA, 'xsd', `release_${version.replace('.', '_')}`, `${schema}.xsd`), path],
        { encoding: 'utf8' },
      )
      return status === 0 ? [] : [stderr]
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const TOPIC: Topic = {
  guid: '7b2c1bf5-5854-433d-8136-981c957ed910',
  title: '管线 <G1> & "风管" 相碰',
  type: 'Clash',
  status: 'Active',
  priority: 'High',
  index: 3,
  labels: ['硬碰撞', 'MEP'],
  links: ['https://example.org/a?b=1&c=2'],
  createdAt: '2026-11-25T08:00:00Z',
  createdBy: '王工',
  modifiedAt: '2026-11-25T09:00:00+08:00',
  modifiedBy: '李工',
  due: '2026-12-01T00:00:00Z',
  assignee: '张工',
  stage: '施工图',
  description: '第一行\n第二行 ]]>',
  serverId: '',
  snippet: null,
  documents: [{ guid: '11111111-2222-4333-8444-555555555555', external: true, reference: 'https://example.org/x.pdf', description: '' }],
  related: ['22222222-2222-4333-8444-555555555555'],
  header: [{ name: '02-UTL.ifc', at: '2026-11-20T00:00:00Z', reference: '', project: '0123456789abcdefghij_$', spatial: '', external: true }],
  comments: [
    {
      guid: '33333333-2222-4333-8444-555555555555',
      at: '2026-11-25T08:10:00Z',
      by: '王工',
      text: '请下移 41 mm',
      viewpoint: '44444444-2222-4333-8444-555555555555',
      modifiedAt: '',
      modifiedBy: '',
    },
  ],
  viewpoints: [
    {
      ...newViewpoint('44444444-2222-4333-8444-555555555555'),
      index: 0,
      camera: { kind: 'perspective', position: [500_123.25, 4_000_000.125, 45.5], direction: [0, 1, 0], up: [0, 0, 1], fieldOfView: 60, aspect: 1.5 },
      selection: [{ globalId: '0123456789abcdefghij_$', system: 'x', toolId: '42' }],
      visibility: {
        default: false,
        exceptions: [{ globalId: '1123456789abcdefghij_$', system: '', toolId: '' }],
        hints: { spaces: false, boundaries: true, openings: false },
      },
      coloring: [{ color: 'FF8C00', components: [{ globalId: '0123456789abcdefghij_$', system: '', toolId: '' }] }],
      planes: [{ location: [1, 2, 3], direction: [0, 0, 1] }],
      lines: [
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
      ],
      bitmaps: [{ format: 'png', reference: 'plan.png', location: [0, 0, 0], normal: [0, 0, 1], up: [0, 1, 0], height: 2 }],
      snapshot: { name: 'snapshot.png', bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]) },
    },
    {
      ...newViewpoint('55555555-2222-4333-8444-555555555555'),
      index: 1,
      camera: { kind: 'orthogonal', position: [1, 2, 3], direction: [0, 0, -1], up: [0, 1, 0], height: 12, aspect: 2 },
    },
  ],
  files: [{ name: 'plan.png', bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 9]) }],
  unknown: [],
}
const ARCHIVE: BcfArchive = { version: '2.1', project: { id: 'p-1', name: '西城某站' }, topics: [TOPIC], documents: [], files: [] }

describe('BCF', () => {
  it.each(['2.1', '3.0'] as const)('writes %s and reads the same again, in the same bytes every time', (version) => {
    const bytes = writeBcf(ARCHIVE, version)
    expect(writeBcf(ARCHIVE, version)).toEqual(bytes)
    const again = readBcf(bytes, 'x.bcf')
    expect(again.refused).toBe(0)
    expect(again.archive.version).toBe(version)
    const camera = (archive: BcfArchive) =>
      archive.topics[0].viewpoints.map((view) => (view.camera ? { ...view.camera, aspect: version === '2.1' ? null : view.camera.aspect } : null))
    expect(camera(again.archive)).toEqual(camera(ARCHIVE))
    const strip = (archive: BcfArchive) => JSON.parse(JSON.stringify(content(archive), (key, value) => (key === 'aspect' ? undefined : value)))
    expect(strip(again.archive)).toEqual(strip(ARCHIVE))
    expect(again.archive.project).toEqual(ARCHIVE.project)
    const names = readZip(bytes).map(({ name }) => name)
    expect(names).toContain(`${TOPIC.guid}/viewpoint.bcfv`)
    expect(names).toContain(`${TOPIC.guid}/snapshot.png`)
  })

  it('keeps what it does not know, and tells', () => {
    const bytes = writeBcf(ARCHIVE)
    const markup = readZip(bytes).find(({ name }) => name.endsWith('markup.bcf'))!
    expect(new TextDecoder().decode(markup.bytes)).toContain('第一行')
    const strange: BcfArchive = {
      ...ARCHIVE,
      files: [{ name: 'notes/readme.txt', bytes: new Uint8Array([1]) }],
      topics: [{ ...TOPIC, unknown: [{ in: 'Topic', element: { name: 'VendorField', attributes: new Map([['a', '1']]), children: ['x'] } }] }],
    }
    const once = readBcf(writeBcf(strange), 'a.bcf')
    expect(once.archive.topics[0].unknown).toEqual(strange.topics[0].unknown)
    expect(once.archive.files).toEqual(strange.files)
    expect(once.problems.map(({ key }) => key).sort()).toEqual(['bcf.kept', 'bcf.unknownParts'])
    expect(readBcf(writeBcf(once.archive), 'a.bcf').archive).toEqual(once.archive)
  })

  it('makes up for GUIDs that are none, never takes them as names', () => {
    const evil = { ...TOPIC, guid: '../../evil' as string }
    expect(() => writeBcf({ ...ARCHIVE, topics: [evil] })).toThrow('archive.path')
  })
})

describe.skipIf(CASES.length === 0)('the official test archives (absent here: shared/data)', () => {
  it.each(CASES)('%s: topics in = topics read + refused; written again in both versions it says the same', (name) => {
    const markups = readZip(new Uint8Array(readFileSync(join(DATA, 'test-cases', name)))).filter((entry) => /(^|\/)markup\.bcf$/i.test(entry.name)).length
    const { archive, refused, problems } = read(name)
    expect(markups).toBeGreaterThan(0)
    expect(archive.topics.length + refused).toBe(markups)
    expect(refused, JSON.stringify(problems)).toBe(0)
    expect(archive.version).toBe(name.startsWith('v3') ? '3.0' : '2.1')
    const again = readBcf(writeBcf(archive), name)
    expect(content(again.archive)).toEqual(content(archive))
    expect(hashed(again.archive.files)).toEqual(hashed(archive.files))
    for (const version of ['2.1', '3.0'] as const) {
      const bytes = writeBcf(archive, version)
      expect(readBcf(bytes, name).archive.topics.map(({ title }) => title)).toEqual(archive.topics.map(({ title }) => title || '–'))
      if (xmllint) expect(faults(bytes, version)).toEqual([])
    }
  })
  it.skipIf(!xmllint)('what we write ourselves is valid by the official schemas (needs xmllint)', () => {
    for (const version of ['2.1', '3.0'] as const) expect(faults(writeBcf(ARCHIVE, version), version)).toEqual([])
  })
})
