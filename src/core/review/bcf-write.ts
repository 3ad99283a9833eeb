import { dot, sub } from '@/core/base/geometry'
import { writeXml, type XmlElement, xml } from '@/core/base/xml'
import { isSafePath, writeZip, type ZipEntry } from '@/core/base/zip'
import { isPicture } from './bcf-read.ts'
import { viewpointXml } from './bcf-viewpoint.ts'
import { guidOf } from './guid.ts'
import { STATUSES, writtenStatus } from './status.ts'
import type { BcfArchive, BcfVersion, Comment, Topic, Viewpoint } from './topic.ts'

/**
 * Topics → a BCF archive that other tools open: elements in the order of the official schemas, the first view of a topic named
 * `viewpoint.bcfv` with `snapshot.png`, file names made here and never taken over, the same bytes for the same topics.
 */
export function writeBcf(archive: BcfArchive, version: BcfVersion = archive.version): Uint8Array {
  const entries: ZipEntry[] = [text('bcf.version', versionXml(version))]
  const project = archive.project ?? { id: guidOf('foresite', 'project'), name: '' }
  const schema = archive.files.find(({ name }) => /^[^/]*\.xsd$/i.test(name))?.name ?? ''
  entries.push(text('project.bcfp', projectXml(project, version, schema)))
  if (version === '3.0') {
    entries.push(text('extensions.xml', extensionsXml(archive.topics)))
    if (archive.documents.length > 0) entries.push(text('documents.xml', documentsXml(archive)))
  }
  const taken = new Set(entries.map(({ name }) => name))
  const folders = new Set<string>()
  for (const topic of archive.topics) {
    if (folders.has(topic.guid)) continue
    folders.add(topic.guid)
    for (const entry of topicFiles(topic, version)) place(entry)
  }
  for (const file of archive.files) if (isSafePath(file.name)) place(file)
  return writeZip(entries)

  /** What is only passed on makes way for what is written here. */
  function place({ name, bytes }: ZipEntry): void {
    let free = name
    for (let n = 1; taken.has(free.toLowerCase()); n++) free = name.replace(/([^/]*)$/, `kept-${n}-$1`)
    taken.add(free.toLowerCase())
    entries.push({ name: free, bytes })
  }
}

function topicFiles(topic: Topic, version: BcfVersion): ZipEntry[] {
  const files: ZipEntry[] = []
  const views = topic.viewpoints.map((view, k) => ({ view, ...namesOf(view, k) }))
  files.push(text(`${topic.guid}/markup.bcf`, markupXml(topic, views, version)))
  for (const { view, file, picture } of views) {
    if (file) files.push(text(`${topic.guid}/${file}`, viewpointXml(view, version, distanceOf(view))))
    if (picture && view.snapshot) files.push({ name: `${topic.guid}/${picture}`, bytes: view.snapshot.bytes })
  }
  for (const { name, bytes } of topic.files) if (isSafePath(name)) files.push({ name: `${topic.guid}/${name}`, bytes })
  return files
}

interface Named {
  readonly view: Viewpoint
  readonly file: string | null
  readonly picture: string | null
}
function namesOf(view: Viewpoint, k: number): { file: string | null; picture: string | null } {
  const bare =
    !view.camera && view.selection.length === 0 && !view.visibility && view.planes.length === 0 && view.lines.length === 0 && view.bitmaps.length === 0
  const png = view.snapshot && isPicture(view.snapshot.bytes) ? (view.snapshot.bytes[0] === 0x89 ? 'png' : 'jpg') : null
  return {
    file: bare ? null : k === 0 ? 'viewpoint.bcfv' : `viewpoint-${view.guid}.bcfv`,
    picture: png ? (k === 0 ? `snapshot.${png}` : `snapshot-${view.guid}.${png}`) : null,
  }
}
/** How far what a view looks at is: its marked place, else a distance of the trade [m]. */
export function distanceOf(view: Viewpoint, otherwise = 10): number {
  const { camera, lines } = view
  if (!camera || lines.length === 0) return otherwise
  const [from, to] = lines[0]
  const far = dot(sub([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2, (from[2] + to[2]) / 2], camera.position), camera.direction)
  return far > 0.05 ? far : otherwise
}

function markupXml(topic: Topic, views: readonly Named[], version: BcfVersion): XmlElement {
  const three = version === '3.0'
  const isExternal = three ? 'IsExternal' : 'isExternal'
  const files = topic.header.map((file) =>
    xml(
      'File',
      { IfcProject: file.project || null, IfcSpatialStructureElement: file.spatial || null, [isExternal]: file.external },
      some('Filename', file.name),
      some('Date', dateTime(file.at)),
      some('Reference', file.reference),
    ),
  )
  const viewNodes = views.map(({ view, file, picture }, k) =>
    xml(three ? 'ViewPoint' : 'Viewpoints', { Guid: view.guid }, some('Viewpoint', file), some('Snapshot', picture), xml('Index', {}, String(view.index ?? k))),
  )
  const known = new Set(topic.viewpoints.map(({ guid }) => guid))
  const commentNodes = topic.comments.map((comment) => commentXml(comment, known, topic, three))
  const unknownIn = (where: string) => topic.unknown.flatMap((part) => (part.in === where ? [part.element] : []))
  const listed = (list: string, nodes: readonly XmlElement[]) => (nodes.length === 0 ? [] : three ? [xml(list, {}, nodes)] : nodes)
  const header = files.length === 0 ? null : xml('Header', {}, three ? xml('Files', {}, files) : files)
  const topicNode = xml(
    'Topic',
    {
      Guid: topic.guid,
      ServerAssignedId: three ? topic.serverId || null : null,
      TopicType: topic.type || (three ? 'Issue' : null),
      TopicStatus: topic.status || (three ? writtenStatus('active') : null),
    },
    listed(
      'ReferenceLinks',
      topic.links.map((link) => xml('ReferenceLink', {}, link)),
    ),
    xml('Title', {}, topic.title || '–'),
    some('Priority', topic.priority),
    topic.index === null ? null : xml('Index', {}, String(topic.index)),
    topic.labels.length === 0
      ? null
      : three
        ? xml(
            'Labels',
            {},
            topic.labels.map((label) => xml('Label', {}, label)),
          )
        : topic.labels.map((label) => xml('Labels', {}, label)),
    xml('CreationDate', {}, dateTime(topic.createdAt) ?? UNDATED),
    xml('CreationAuthor', {}, topic.createdBy || '–'),
    some('ModifiedDate', dateTime(topic.modifiedAt)),
    some('ModifiedAuthor', topic.modifiedBy),
    some('DueDate', dateTime(topic.due)),
    some('AssignedTo', topic.assignee),
    some('Stage', topic.stage),
    some('Description', topic.description),
    topic.snippet
      ? xml(
          'BimSnippet',
          { SnippetType: topic.snippet.type || '–', [isExternal]: topic.snippet.external },
          xml('Reference', {}, topic.snippet.reference || '–'),
          xml('ReferenceSchema', {}, topic.snippet.schema || '–'),
        )
      : null,
    listed(
      'DocumentReferences',
      topic.documents.map((one) => documentXml(one, three)),
    ),
    listed(
      'RelatedTopics',
      topic.related.map((guid) => xml('RelatedTopic', { Guid: guid })),
    ),
    three ? listed('Comments', commentNodes) : null,
    three ? listed('Viewpoints', viewNodes) : null,
    unknownIn('Topic'),
  )
  return xml('Markup', {}, header, topicNode, three ? null : commentNodes, three ? null : viewNodes, unknownIn('Markup'))
}

function commentXml(
  { guid, at, by, text: said, viewpoint, modifiedAt, modifiedBy }: Comment,
  views: ReadonlySet<string>,
  topic: Topic,
  three: boolean,
): XmlElement {
  return xml(
    'Comment',
    { Guid: guid },
    xml('Date', {}, dateTime(at) ?? UNDATED),
    xml('Author', {}, by || '–'),
    three ? some('Comment', said) : xml('Comment', {}, said),
    viewpoint !== null && views.has(viewpoint) ? xml('Viewpoint', { Guid: viewpoint }) : null,
    some('ModifiedDate', dateTime(modifiedAt)),
    some('ModifiedAuthor', modifiedBy),
    topic.unknown.flatMap((part) => (part.in === `Comment:${guid}` ? [part.element] : [])),
  )
}

function documentXml({ guid, external, reference, description }: Topic['documents'][number], three: boolean): XmlElement {
  const inside = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(reference) && !external
  return three
    ? xml('DocumentReference', { Guid: guid }, inside ? xml('DocumentGuid', {}, reference) : some('Url', reference), some('Description', description))
    : xml('DocumentReference', { Guid: guid, isExternal: external }, some('ReferencedDocument', reference), some('Description', description))
}

function versionXml(version: BcfVersion): XmlElement {
  return xml('Version', { VersionId: version }, version === '2.1' ? xml('DetailedVersion', {}, '2.1') : null)
}
function projectXml({ id, name }: { readonly id: string; readonly name: string }, version: BcfVersion, schema: string): XmlElement {
  const project = xml('Project', { ProjectId: id || guidOf('foresite', 'project') }, some('Name', name))
  return version === '3.0' ? xml('ProjectInfo', {}, project) : xml('ProjectExtension', {}, project, xml('ExtensionSchema', {}, schema || null))
}
/** The words that the topics use, and our own states. */
function extensionsXml(topics: readonly Topic[]): XmlElement {
  const list = (name: string, one: string, words: readonly string[]) =>
    xml(
      name,
      {},
      [...new Set(words.map((word) => word.trim()).filter(Boolean))].map((word) => xml(one, {}, word)),
    )
  return xml(
    'Extensions',
    {},
    list('TopicTypes', 'TopicType', ['Clash', 'Issue', ...topics.map(({ type }) => type)]),
    list('TopicStatuses', 'TopicStatus', [...STATUSES.map(writtenStatus), ...topics.map(({ status }) => status)]),
    list(
      'Priorities',
      'Priority',
      topics.map(({ priority }) => priority),
    ),
    list(
      'TopicLabels',
      'TopicLabel',
      topics.flatMap(({ labels }) => labels),
    ),
    list(
      'Users',
      'User',
      topics.flatMap((topic) => [topic.createdBy, topic.assignee, topic.modifiedBy, ...topic.comments.map(({ by }) => by)]),
    ),
    list(
      'SnippetTypes',
      'SnippetType',
      topics.map(({ snippet }) => snippet?.type ?? ''),
    ),
    list(
      'Stages',
      'Stage',
      topics.map(({ stage }) => stage),
    ),
  )
}
function documentsXml({ documents }: BcfArchive): XmlElement {
  const nodes = documents.map(({ guid, name, description }) =>
    xml('Document', { Guid: guid }, xml('Filename', {}, name || guid), some('Description', description)),
  )
  return xml('DocumentInfo', {}, xml('Documents', {}, nodes))
}

/** A date that a file did not give: the schemas demand one. */
const UNDATED = '1970-01-01T00:00:00Z'
/** As xs:dateTime; a date alone begins its day. null where it is none. */
export function dateTime(written: string): string | null {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(written) ? `${written}T00:00:00Z` : written.replace(/^(\d{4}-\d{2}-\d{2}) (\d)/, '$1T$2')
  return /^-?\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-](0\d|1[0-4]):[0-5]\d)?$/.test(day) ? day : null
}
function some(name: string, value: string | null): XmlElement | null {
  return value !== null && value.trim() !== '' ? xml(name, {}, value) : null
}
function text(name: string, root: XmlElement): ZipEntry {
  return { name, bytes: new TextEncoder().encode(writeXml(root)) }
}
