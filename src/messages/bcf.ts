import type { ProblemTable } from '@/core/base/problem'
import type { XmlFault } from '@/core/base/xml'
import type { ArchiveFault } from '@/core/base/zip'
import type { Words } from './language.ts'

const ARCHIVE: { readonly [F in ArchiveFault]: { readonly zh: string; readonly en: string } } = {
  directory: { zh: '目录与内容不符', en: 'its directory does not fit its content' },
  header: { zh: '文件头与目录不符', en: 'a header says otherwise than the directory' },
  size: { zh: '大小与声明不符', en: 'a size is not what it says' },
  checksum: { zh: '校验和不对', en: 'a checksum is wrong' },
  stream: { zh: '压缩数据损坏，或解出的比声明的多', en: 'compressed data are broken, or hold more than they say' },
  duplicate: { zh: '同名文件出现两次', en: 'a name stands in it twice' },
  overlap: { zh: '文件互相重叠', en: 'files overlap in it' },
  seal: { zh: '保存后被改动或损坏', en: 'it was changed or damaged after it was saved' },
}
const XML: { readonly [F in XmlFault]: { readonly zh: string; readonly en: string } } = {
  doctype: { zh: '含有 DOCTYPE 或实体声明，出于安全拒绝读取', en: 'has a DOCTYPE or entity declaration, refused for safety' },
  encoding: { zh: '字符编码无法识别', en: 'is in an encoding that cannot be read' },
  depth: { zh: '嵌套过深', en: 'is nested too deeply' },
  nodes: { zh: '节点过多', en: 'has too many nodes' },
  syntax: { zh: '语法有误', en: 'is not well-formed' },
  entity: { zh: '含有未知的字符引用', en: 'has a character reference that is not known' },
  attribute: { zh: '属性有误', en: 'has a wrong attribute' },
  end: { zh: '不完整', en: 'is incomplete' },
}

type BcfKeys =
  | 'archive.notZip'
  | 'archive.damaged'
  | 'archive.tooLarge'
  | 'archive.unsupported'
  | 'archive.path'
  | 'archive.odd'
  | 'xml.bad'
  | 'bcf.notBcf'
  | 'bcf.version'
  | 'bcf.topicRefused'
  | 'bcf.repaired'
  | 'bcf.missingFile'
  | 'bcf.notPicture'
  | 'bcf.kept'
  | 'bcf.unknownParts'
  | 'bcf.unused'

export const bcfProblems: { readonly [K in BcfKeys]: Words<ProblemTable[K]> } = {
  'archive.notZip': { zh: ({ name }) => `“${name}”不是 BCF 压缩包`, en: ({ name }) => `“${name}” is not a BCF archive` },
  'archive.damaged': {
    zh: ({ entry, what }) => `压缩包${entry ? `中的“${entry}”` : ''}损坏：${ARCHIVE[what].zh}`,
    en: ({ entry, what }) => `The archive is damaged${entry ? ` at “${entry}”` : ''}: ${ARCHIVE[what].en}`,
  },
  'archive.tooLarge': {
    zh: ({ entry, limit }) => `“${entry}”超过上限 ${limit}，没有打开`,
    en: ({ entry, limit }) => `“${entry}” is beyond the limit of ${limit} and was not opened`,
  },
  'archive.unsupported': {
    zh: ({ entry, what }) => `“${entry}”用了不支持的格式：${what}`,
    en: ({ entry, what }) => `“${entry}” uses what is not supported: ${what}`,
  },
  'archive.path': { zh: ({ entry }) => `压缩包里有不安全的路径“${entry}”`, en: ({ entry }) => `The archive has an unsafe path, “${entry}”` },
  'archive.odd': {
    zh: ({ entry }) => `“${entry}”的属性与其他文件差一位，压缩包可能被改动过；内容校验无误`,
    en: ({ entry }) => `The attributes of “${entry}” are one bit off those of the other files; the archive may have been altered. Its content is intact`,
  },
  'xml.bad': { zh: ({ what, line }) => `第 ${line} 行：${XML[what].zh}`, en: ({ what, line }) => `Line ${line}: the document ${XML[what].en}` },
  'bcf.notBcf': { zh: ({ name }) => `“${name}”里没有 BCF 问题`, en: ({ name }) => `“${name}” holds no BCF topics` },
  'bcf.version': {
    zh: ({ version }) => `BCF 版本“${version}”，按 2.1 读取，不保证完整`,
    en: ({ version }) => `BCF version “${version}”, read as 2.1 without a guarantee`,
  },
  'bcf.topicRefused': {
    zh: ({ topic }) => `问题“${topic}”无法读取，其余照常打开`,
    en: ({ topic }) => `Topic “${topic}” could not be read; the others were opened`,
  },
  'bcf.repaired': {
    zh: ({ what, got }) => `${what} 有误（“${got}”），已修正或略去`,
    en: ({ what, got }) => `${what} was wrong (“${got}”) and was mended or left out`,
  },
  'bcf.missingFile': { zh: ({ file }) => `缺少文件“${file}”`, en: ({ file }) => `File “${file}” is missing` },
  'bcf.notPicture': { zh: ({ file }) => `“${file}”不是 PNG 或 JPEG 图片，没有显示`, en: ({ file }) => `“${file}” is no PNG or JPEG picture and is not shown` },
  'bcf.kept': {
    zh: ({ files, first }) => `另有 ${files} 个文件未使用（如“${first}”），导出时原样保留`,
    en: ({ files, first }) => `${files} more files are not used (such as “${first}”); an export keeps them as they are`,
  },
  'bcf.unknownParts': {
    zh: ({ parts, first }) => `${parts} 处标准之外的内容（如 <${first}>）未使用，导出时保留`,
    en: ({ parts, first }) => `${parts} parts beyond the standard (such as <${first}>) are not used; an export keeps them`,
  },
  'bcf.unused': { zh: ({ file }) => `“${file}”没有被任何问题引用，已保留`, en: ({ file }) => `“${file}” is not named by any topic; it is kept` },
}
