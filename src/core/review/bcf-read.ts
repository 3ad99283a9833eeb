import { Failure, type Problem, problem } from '@/core/base/problem'
import { childOf, childrenOf, parseXml, textOf, type XmlElement } from '@/core/base/xml'
import { readZip, ZIP_LIMITS, type ZipEntry } from '@/core/base/zip'
import { readViewpoint } from './bcf-viewpoint.ts'
import { asGuid, guidOf, isIfcGuid } from './guid.ts'
import type { BcfArchive, BcfVersion, Comment, DocumentReference, HeaderFile, KeptFile, Topic, UnknownPart, Viewpoint } from './topic.ts'

declare module '@/core/base/problem' {
  interface ProblemTable {
    'bcf.notBcf': { name: string }
    'bcf.version': { version: string }
    'bcf.topicRefused': { topic: string }
    'bcf.repaired': { what: string; got: string }
    'bcf.missingFile': { file: string; topic: string }
    'bcf.notPicture': { file: string; topic: string }
    'bcf.kept': { files: number; first: string }
    'bcf.unknownParts': { parts: number; first: string }
    'bcf.unused': { file: string }
  }
}

export interface BcfRead {
  readonly archive: BcfArchive
  /** Topics in the archive = topics read + topics refused here. */
  readonly refused: number
  readonly problems: readonly Problem[]
}

/**
 * A BCF archive → topics. A topic is found by its `markup.bcf`, wherever it lies and however it is spelled; one that cannot be read is
 * named, and every file that is not understood is kept or named. Throws where the archive itself is not what it says.
 */
export function readBcf(bytes: Uint8Array, name: string): BcfRead {
  const problems: Problem[] = []
  const tell = (found: Problem) => problems.push(found)
  const entries = readZip(bytes, name, ZIP_LIMITS, tell)
  const used = new Set<ZipEntry>()
  const byPath = new Map(entries.map((entry) => [entry.name.toLowerCase(), entry]))
  const markups = entries.filter((entry) => baseOf(entry.name).toLowerCase() === 'markup.bcf')
  const version = versionOf(entries, used, problems)
  if (markups.length === 0 && !entries.some((entry) => baseOf(entry.name).toLowerCase() === 'bcf.version'))
    throw new Failure(problem('bcf.notBcf', { name }, name))

  const topics: Topic[] = []
  let refused = 0
  const guids = new Set<string>()
  const folders = new Set(markups.map((entry) => folderOf(entry.name)))
  for (const entry of markups) {
    used.add(entry)
    const before = problems.length
    try {
      const folder = folderOf(entry.name)
      const own = entries.filter((other) => other !== entry && other.name.startsWith(folder) && !deeper(other.name, folder, folders))
      const topic = readMarkup(parseXml(entry.bytes, entry.name), { folder, own, byPath, used, tell, path: entry.name })
      if (guids.has(topic.guid)) {
        const other = guidOf('again', topic.guid, entry.name)
        tell(problem('bcf.repaired', { what: 'Topic Guid', got: topic.guid }, entry.name, 'warning'))
        topics.push({ ...topic, guid: other })
      } else topics.push(topic)
      guids.add(topic.guid)
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      refused++
      problems.length = before
      problems.push(...error.problems, problem('bcf.topicRefused', { topic: folderOf(entry.name).replace(/\/$/, '') || entry.name }, entry.name))
    }
  }
  const project = readProject(entries, used, problems)
  const documents = readDocuments(entries, used, problems)
  const files: KeptFile[] = []
  for (const entry of entries) {
    if (used.has(entry) || KNOWN_ROOT.has(entry.name.toLowerCase())) continue
    files.push({ name: entry.name, bytes: entry.bytes })
  }
  if (files.length > 0) tell(problem('bcf.kept', { files: files.length, first: files[0].name }, name, 'info'))
  const unknown = topics.flatMap((topic) => [...topic.unknown, ...topic.viewpoints.flatMap((view) => view.unknown)])
  if (unknown.length > 0) tell(problem('bcf.unknownParts', { parts: unknown.length, first: unknown[0].element.name }, name, 'info'))
  topics.sort((a, b) => (a.index ?? Infinity) - (b.index ?? Infinity) || 0)
  return { archive: { version, project, topics, documents, files }, refused, problems }
}

/** Files of the archive's root that are read or made anew. */
const KNOWN_ROOT = new Set(['bcf.version', 'project.bcfp', 'extensions.xml', 'documents.xml'])

interface Folder {
  readonly folder: string
  readonly own: readonly ZipEntry[]
  readonly byPath: ReadonlyMap<string, ZipEntry>
  readonly used: Set<ZipEntry>
  readonly tell: (found: Problem) => void
  readonly path: string
}

const MARKUP_PARTS = new Set(['Header', 'Topic', 'Comment', 'Viewpoints'])
const TOPIC_PARTS = new Set(
  'ReferenceLink ReferenceLinks Title Priority Index Labels CreationDate CreationAuthor ModifiedDate ModifiedAuthor DueDate AssignedTo Stage Description BimSnippet DocumentReference DocumentReferences RelatedTopic RelatedTopics Comments Viewpoints'.split(
    ' ',
  ),
)
const COMMENT_PARTS = new Set(['Date', 'Author', 'Comment', 'Viewpoint', 'ModifiedDate', 'ModifiedAuthor', 'Status', 'VerbalStatus', 'Topic', 'ReplyToComment'])

function readMarkup(markup: XmlElement, at: Folder): Topic {
  const topic = childOf(markup, 'Topic')
  if (markup.name !== 'Markup' || !topic) throw new Failure(problem('parse.missing', { key: 'Markup/Topic' }, at.path))
  const folderName = at.folder.replace(/\/$/, '').split('/').at(-1) ?? ''
  const guid = guidIn(topic, 'Topic Guid', at, [asGuid(folderName) ?? '', at.path])
  const unknown: UnknownPart[] = []
  const notKnown = (parent: XmlElement, known: ReadonlySet<string>, where: string) => {
    for (const child of childrenOf(parent)) if (!known.has(child.name)) unknown.push({ in: where, element: child })
  }
  notKnown(markup, MARKUP_PARTS, 'Markup')
  notKnown(topic, TOPIC_PARTS, 'Topic')
  const listed = (list: string, one: string) => [...childrenOf(topic, one), ...childrenOf(topic, list).flatMap((group) => childrenOf(group, one))]
  const comments = [...childrenOf(markup, 'Comment'), ...childrenOf(topic, 'Comments').flatMap((group) => childrenOf(group, 'Comment'))].map(
    (node, k): Comment => {
      const id = guidIn(node, 'Comment Guid', at, ['', `${guid} comment ${k}`])
      notKnown(node, COMMENT_PARTS, `Comment:${id}`)
      const view = childOf(node, 'Viewpoint')?.attributes.get('Guid') ?? ''
      return {
        guid: id,
        at: textIn(node, 'Date'),
        by: textIn(node, 'Author'),
        text: textIn(node, 'Comment', true),
        viewpoint: asGuid(view),
        modifiedAt: textIn(node, 'ModifiedDate'),
        modifiedBy: textIn(node, 'ModifiedAuthor'),
      }
    },
  )
  const views = [...childrenOf(markup, 'Viewpoints'), ...childrenOf(topic, 'Viewpoints').flatMap((group) => childrenOf(group, 'ViewPoint'))]
  const viewpoints = views.map((node, k) => viewpointOf(node, k, guid, at)).sort((a, b) => (a.index ?? Infinity) - (b.index ?? Infinity) || 0)
  const bitmaps = new Set(viewpoints.flatMap((view) => view.bitmaps.map(({ reference }) => reference.toLowerCase())))
  const snippet = childOf(topic, 'BimSnippet')
  const files: KeptFile[] = []
  for (const entry of at.own) {
    if (at.used.has(entry)) continue
    const name = entry.name.slice(at.folder.length)
    // Viewpoints and pictures that no markup names are not lost, but they are told.
    if (/\.bcfv$/i.test(name)) at.tell(problem('bcf.unused', { file: entry.name }, at.path, 'warning'))
    else if (/\.(png|jpe?g)$/i.test(name) && !bitmaps.has(name.toLowerCase())) at.tell(problem('bcf.unused', { file: entry.name }, at.path, 'info'))
    at.used.add(entry)
    files.push({ name, bytes: entry.bytes })
  }
  const index = Number.parseInt(textIn(topic, 'Index'), 10)
  return {
    guid,
    title: textIn(topic, 'Title'),
    type: topic.attributes.get('TopicType') ?? '',
    status: topic.attributes.get('TopicStatus') ?? '',
    priority: textIn(topic, 'Priority'),
    index: Number.isFinite(index) ? index : null,
    // 2.1 repeats <Labels>, 3.0 has <Labels><Label>.
    labels: childrenOf(topic, 'Labels')
      .flatMap((node) => (childrenOf(node).length > 0 ? childrenOf(node, 'Label').map(textOf) : [textOf(node)]))
      .filter(Boolean),
    links: listed('ReferenceLinks', 'ReferenceLink').map(textOf).filter(Boolean),
    createdAt: textIn(topic, 'CreationDate'),
    createdBy: textIn(topic, 'CreationAuthor'),
    modifiedAt: textIn(topic, 'ModifiedDate'),
    modifiedBy: textIn(topic, 'ModifiedAuthor'),
    due: textIn(topic, 'DueDate'),
    assignee: textIn(topic, 'AssignedTo'),
    stage: textIn(topic, 'Stage'),
    description: textIn(topic, 'Description', true),
    serverId: topic.attributes.get('ServerAssignedId') ?? '',
    snippet: snippet
      ? {
          type: snippet.attributes.get('SnippetType') ?? '',
          external: isTrue(snippet.attributes.get('IsExternal') ?? snippet.attributes.get('isExternal')),
          reference: textIn(snippet, 'Reference'),
          schema: textIn(snippet, 'ReferenceSchema'),
        }
      : null,
    documents: listed('DocumentReferences', 'DocumentReference').map((node, k) => documentOf(node, `${guid} document ${k}`)),
    related: listed('RelatedTopics', 'RelatedTopic').flatMap((node) => asGuid(node.attributes.get('Guid') ?? '') ?? []),
    header: headerOf(markup),
    comments,
    viewpoints,
    files,
    unknown,
  }
}

function viewpointOf(node: XmlElement, k: number, topic: string, at: Folder): Viewpoint {
  const guid = guidIn(node, 'Viewpoint Guid', at, ['', `${topic} view ${k}`])
  const file = textIn(node, 'Viewpoint')
  const picture = textIn(node, 'Snapshot')
  const index = Number.parseInt(textIn(node, 'Index'), 10)
  const take = (name: string): ZipEntry | null => {
    const entry = at.byPath.get((at.folder + name.replaceAll('\\', '/')).toLowerCase()) ?? null
    if (entry) at.used.add(entry)
    else at.tell(problem('bcf.missingFile', { file: name, topic }, at.path, 'warning'))
    return entry
  }
  const entry = file ? take(file) : null
  const shot = picture ? take(picture) : null
  if (shot && !isPicture(shot.bytes)) at.tell(problem('bcf.notPicture', { file: picture, topic }, at.path, 'warning'))
  const view = entry ? readViewpoint(parseXml(entry.bytes, entry.name), guid, entry.name, at.tell) : null
  return {
    guid,
    index: Number.isFinite(index) ? index : null,
    file,
    snapshot: shot && isPicture(shot.bytes) ? { name: picture, bytes: shot.bytes } : null,
    camera: view?.camera ?? null,
    selection: view?.selection ?? [],
    visibility: view?.visibility ?? null,
    coloring: view?.coloring ?? [],
    planes: view?.planes ?? [],
    lines: view?.lines ?? [],
    bitmaps: view?.bitmaps ?? [],
    unknown: view?.unknown ?? [],
  }
}

/** PNG or JPEG by its first bytes, whatever its name says. */
export function isPicture(bytes: Uint8Array): boolean {
  const [a, b, c, d] = bytes
  return (a === 0x89 && b === 0x50 && c === 0x4e && d === 0x47) || (a === 0xff && b === 0xd8 && c === 0xff)
}

function documentOf(node: XmlElement, seed: string): DocumentReference {
  const inside = textIn(node, 'DocumentGuid')
  const url = textIn(node, 'Url')
  const old = textIn(node, 'ReferencedDocument')
  return {
    guid: asGuid(node.attributes.get('Guid') ?? '') ?? guidOf(seed),
    external: old ? isTrue(node.attributes.get('isExternal')) : url !== '',
    reference: old || url || inside,
    description: textIn(node, 'Description', true),
  }
}

function headerOf(markup: XmlElement): HeaderFile[] {
  const header = childOf(markup, 'Header')
  if (!header) return []
  return [...childrenOf(header, 'File'), ...childrenOf(header, 'Files').flatMap((group) => childrenOf(group, 'File'))].map((node) => ({
    name: textIn(node, 'Filename'),
    at: textIn(node, 'Date'),
    reference: textIn(node, 'Reference'),
    project: idIn(node, 'IfcProject'),
    spatial: idIn(node, 'IfcSpatialStructureElement'),
    external: isTrue(node.attributes.get('isExternal') ?? node.attributes.get('IsExternal') ?? 'true'),
  }))
}
function idIn(node: XmlElement, name: string): string {
  const id = node.attributes.get(name) ?? ''
  return isIfcGuid(id) ? id : ''
}

function versionOf(entries: readonly ZipEntry[], used: Set<ZipEntry>, problems: Problem[]): BcfVersion {
  const entry = entries.find((one) => baseOf(one.name).toLowerCase() === 'bcf.version')
  if (!entry) {
    problems.push(problem('bcf.missingFile', { file: 'bcf.version', topic: '' }, '', 'warning'))
    return '2.1'
  }
  used.add(entry)
  const written = parseXml(entry.bytes, entry.name).attributes.get('VersionId')?.trim() ?? ''
  if (/^3(\.|$)/.test(written)) return '3.0'
  if (!/^2(\.[01])?$/.test(written)) problems.push(problem('bcf.version', { version: written || '–' }, entry.name, 'warning'))
  return '2.1'
}

function readProject(entries: readonly ZipEntry[], used: Set<ZipEntry>, problems: Problem[]): BcfArchive['project'] {
  const node = rootOf(entries, 'project.bcfp', used, problems)
  const project = node && childOf(node, 'Project')
  return project ? { id: project.attributes.get('ProjectId') ?? '', name: textIn(project, 'Name') } : null
}
function readDocuments(entries: readonly ZipEntry[], used: Set<ZipEntry>, problems: Problem[]): BcfArchive['documents'] {
  const node = rootOf(entries, 'documents.xml', used, problems)
  if (!node) return []
  return childrenOf(node, 'Documents')
    .flatMap((group) => childrenOf(group, 'Document'))
    .flatMap((one) => {
      const guid = asGuid(one.attributes.get('Guid') ?? '')
      return guid ? [{ guid, name: textIn(one, 'Filename'), description: textIn(one, 'Description', true) }] : []
    })
}
function rootOf(entries: readonly ZipEntry[], name: string, used: Set<ZipEntry>, problems: Problem[]): XmlElement | null {
  const entry = entries.find((one) => baseOf(one.name).toLowerCase() === name)
  if (!entry) return null
  used.add(entry)
  try {
    return parseXml(entry.bytes, entry.name)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    problems.push(...error.problems.map((one) => ({ ...one, severity: 'warning' as const })))
    return null
  }
}

/** The GUID of a node; where it is none, what stands beside it, else one made from `seed`. Told either way. */
function guidIn(node: XmlElement, what: string, at: Folder, [instead, seed]: readonly [string, string]): string {
  const written = node.attributes.get('Guid') ?? ''
  const guid = asGuid(written)
  if (guid !== null) return guid
  at.tell(problem('bcf.repaired', { what, got: written.slice(0, 60) || '–' }, at.path, 'warning'))
  return instead || guidOf(seed)
}
function textIn(node: XmlElement, name: string, lines = false): string {
  const child = childOf(node, name)
  const text = child ? textOf(child) : ''
  return lines ? text.replace(/\r\n?/g, '\n').trim() : text.trim()
}
function isTrue(text: string | undefined): boolean {
  return text === 'true' || text === '1'
}
function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}
/** Belongs to a topic whose folder lies within this one. */
function deeper(path: string, folder: string, folders: ReadonlySet<string>): boolean {
  if (folder === '') return path.includes('/') || KNOWN_ROOT.has(path.toLowerCase())
  for (const other of folders) if (other.length > folder.length && other.startsWith(folder) && path.startsWith(other)) return true
  return false
}
