import type { ProblemTable } from '@/core/base/problem'
import type { Words } from './language.ts'

type IfcKey = Extract<keyof ProblemTable, `ifc.${string}`>

/** Words for what can be wrong with a model file. */
export const ifcProblems: { readonly [K in IfcKey]: Words<ProblemTable[K]> } = {
  'ifc.notIfc': {
    zh: ({ name, looksLike }) => `“${name}”不是 IFC 文件（看起来是${ZH_KINDS[looksLike] ?? looksLike}）。请选择以 ISO-10303-21 开头的 .ifc 文件`,
    en: ({ name, looksLike }) =>
      `“${name}” is not an IFC file (it looks like ${EN_KINDS[looksLike] ?? looksLike}). Choose an .ifc file, which begins with ISO-10303-21`,
  },
  'ifc.tooLarge': {
    zh: ({ megabytes, limit }) => `文件 ${megabytes} MB，超过可打开的 ${limit} MB。请按专业拆分后再打开`,
    en: ({ megabytes, limit }) => `The file has ${megabytes} MB; ${limit} MB can be opened. Split it by discipline and open the parts`,
  },
  'ifc.readerFailed': {
    zh: ({ detail }) => `读取文件时中断：${detail}`,
    en: ({ detail }) => `Reading the file broke off: ${detail}`,
  },
  'ifc.engineStart': {
    zh: ({ detail }) => `几何内核未能启动（${detail}）。请检查网络后重试`,
    en: ({ detail }) => `The geometry engine did not start (${detail}). Check the connection and try again`,
  },
  'ifc.noProducts': {
    zh: ({ entities }) => `文件中没有构件（共 ${entities} 条数据）`,
    en: ({ entities }) => `The file holds no elements (${entities} entities)`,
  },
  'ifc.truncated': {
    zh: ({ entities }) => `文件不完整：缺少结尾 END-ISO-10303-21，只读到 ${entities} 条数据，其后的内容已丢失。请重新获取文件`,
    en: ({ entities }) =>
      `The file is incomplete: its end (END-ISO-10303-21) is missing. ${entities} entities were readable, the rest is lost. Fetch the file again`,
  },
  'ifc.damaged': { zh: ({ count }) => `有 ${count} 条数据损坏，已跳过`, en: ({ count }) => `${count} damaged statements were skipped` },
  'ifc.duplicateIds': {
    zh: ({ count, first }) => `有 ${count} 个编号重复（首个 #${first}），各取第一次出现的内容`,
    en: ({ count, first }) => `${count} ids occur twice (the first is #${first}); the first occurrence counts`,
  },
  'ifc.oversizeIds': {
    zh: ({ count }) => `有 ${count} 个编号超过 4294967295，相应数据已跳过`,
    en: ({ count }) => `${count} ids exceed 4294967295; those entities were skipped`,
  },
  'ifc.dataSections': {
    zh: ({ count }) => `文件含 ${count} 个 DATA 段，可能由多个文件拼接而成`,
    en: ({ count }) => `The file has ${count} DATA sections; it may be several files joined together`,
  },
  'ifc.schema': {
    zh: ({ schema, readAs }) => `文件声明的标准版本“${schema || '（无）'}”不是正式版本，按 ${readAs} 读取，不保证完整`,
    en: ({ schema, readAs }) => `The declared schema “${schema || '(none)'}” is not a released one; read as ${readAs}, without guarantee`,
  },
  'ifc.encoding': {
    zh: ({ encoding }) => `文字不是标准编码，按 ${encoding} 读取`,
    en: ({ encoding }) => `The text is not in the standard's encoding; read as ${encoding}`,
  },
  'ifc.unknownClass': {
    zh: ({ class: name, count }) => `类别 ${name}（${count} 个）不在 IFC 标准中，按一般构件显示`,
    en: ({ class: name, count }) => `Class ${name} (${count}) is in no IFC schema; shown as general elements`,
  },
  'ifc.noProject': { zh: () => '文件中没有 IfcProject，单位和坐标系未知', en: () => 'The file has no IfcProject: units and frame are unknown' },
  'ifc.projects': {
    zh: ({ count, used }) => `文件含 ${count} 个 IfcProject（多个文件合并而成？），采用 #${used} 的单位`,
    en: ({ count, used }) => `The file has ${count} IfcProjects (merged files?); the units of #${used} are used`,
  },
  'ifc.lengthUnit': {
    zh: ({ unit }) => `长度单位未知或无法识别（${unit}），暂按米显示。确认单位之前，尺寸和推演结果不可信`,
    en: ({ unit }) => `The length unit is missing or not understood (${unit}); shown in metres. Until it is confirmed, sizes and simulations cannot be trusted`,
  },
  'ifc.georeference': {
    zh: () => '地图坐标（IfcMapConversion）不完整，未采用',
    en: () => 'The map conversion (IfcMapConversion) is incomplete and was not used',
  },
  'ifc.mapScale': {
    zh: ({ scale }) => `地图坐标的比例与单位不符（折算为 ${scale}），按 1 处理`,
    en: ({ scale }) => `The scale of the map conversion does not fit the units (it comes to ${scale}); 1 is used`,
  },
  'ifc.frameOrigin': {
    zh: ({ x, y, z }) => `模型远离原点，显示时减去了（${x}, ${y}, ${z}）m；坐标读数不受影响`,
    en: ({ x, y, z }) => `The model lies far from the origin; (${x}, ${y}, ${z}) m were taken off for display. Read-out coordinates are not affected`,
  },
  'ifc.duplicateGlobalIds': {
    zh: ({ count, first }) => `有 ${count} 个 GlobalId 重复（首个 ${first}）`,
    en: ({ count, first }) => `${count} GlobalIds occur more than once (the first is ${first})`,
  },
  'ifc.brokenVoids': {
    zh: ({ count, first }) => `有 ${count} 条开洞关系损坏（首个 #${first}），相应的洞口没有切割`,
    en: ({ count, first }) => `${count} opening relations are damaged (the first is #${first}); those openings are not cut`,
  },
  'ifc.damagedElement': {
    zh: ({ entity }) => `构件数据 ${entity} 损坏，无法读取其位置和形状`,
    en: ({ entity }) => `The line of the element, ${entity}, is damaged: its place and shape cannot be read`,
  },
  'ifc.placement': {
    zh: ({ placement }) => `位置 ${placement} 损坏或循环引用，无法确定构件在哪里`,
    en: ({ placement }) => `Placement ${placement} is damaged or circular: where the element stands is unknown`,
  },
  'ifc.circular': { zh: ({ entity }) => `形状循环引用自身：${entity}`, en: ({ entity }) => `The shape refers to itself: ${entity}` },
  'ifc.missingEntity': {
    zh: ({ entity, missing }) => `${entity} 引用了不存在的 ${missing}`,
    en: ({ entity, missing }) => `${entity} refers to ${missing}, which is not in the file`,
  },
  'ifc.badEntity': {
    zh: ({ entity, expected }) => `${entity} 的内容不合标准（应为：${expected}）`,
    en: ({ entity, expected }) => `${entity} is not as the standard wants it (expected: ${expected})`,
  },
  'ifc.tooMany': {
    zh: ({ what, count, limit }) => `形状展开过大（${ZH_COUNTS[what] ?? what} ${count}，上限 ${limit}），已停止`,
    en: ({ what, count, limit }) => `The shape unfolds too far (${EN_COUNTS[what] ?? what}: ${count}, limit ${limit}) and was stopped`,
  },
  'ifc.hang': {
    zh: ({ seconds }) => `几何内核 ${seconds} s 没有响应，已终止并跳过此构件`,
    en: ({ seconds }) => `The geometry engine gave no sign for ${seconds} s; it was stopped and the element skipped`,
  },
  'ifc.engine': { zh: ({ detail }) => `几何内核无法处理此形状（${detail}）`, en: ({ detail }) => `The geometry engine failed on this shape (${detail})` },
  'ifc.numbers': {
    zh: ({ what }) => `形状含无效数值（${ZH_COUNTS[what] ?? what}）`,
    en: ({ what }) => `The shape holds invalid numbers (${EN_COUNTS[what] ?? what})`,
  },
  'ifc.far': {
    zh: ({ kilometres }) => `坐标距原点 ${kilometres} km，不合理`,
    en: ({ kilometres }) => `Its coordinates are ${kilometres} km from the origin, which cannot be right`,
  },
  'ifc.empty': { zh: () => '几何内核没有从此形状得到任何面', en: () => 'The geometry engine made no face of this shape' },
  'ifc.voided': {
    zh: ({ openings }) => `被 ${openings} 个洞口完全挖除，没有剩余实体`,
    en: ({ openings }) => `Its ${openings} opening(s) take it away as a whole`,
  },
  'ifc.uncut': {
    zh: ({ openings }) => `洞口（${openings} 个）未能切割，显示为未开洞的形状`,
    en: ({ openings }) => `Its ${openings} opening(s) could not be cut; it is shown without them`,
  },
  'ifc.gap': {
    zh: ({ share }) => `开洞后表面不封闭（约 ${percent(share)} 没有相对的面），形状可能不完整`,
    en: ({ share }) => `Its surface is not closed after openings were cut (about ${percent(share)} has no opposite side); its shape may be incomplete`,
  },
  'ifc.badTriangles': {
    zh: ({ skipped, of }) => `${of} 个面中有 ${skipped} 个索引无效，已略去`,
    en: ({ skipped, of }) => `${skipped} of ${of} faces have invalid indices and were left out`,
  },
}

const ZH_KINDS: Readonly<Record<string, string>> = {
  zip: '压缩包',
  pdf: 'PDF',
  html: '网页',
  xml: 'XML',
  utf16: 'UTF-16 文本',
  binary: '二进制文件',
  text: '普通文本',
}
const EN_KINDS: Readonly<Record<string, string>> = {
  zip: 'a zip archive',
  pdf: 'a PDF',
  html: 'a web page',
  xml: 'XML',
  utf16: 'UTF-16 text',
  binary: 'a binary file',
  text: 'plain text',
}
const ZH_COUNTS: Readonly<Record<string, string>> = { entities: '数据条数', items: '放置次数', vertices: '顶点', placement: '位置' }
const EN_COUNTS: Readonly<Record<string, string>> = { entities: 'entities', items: 'placed items', vertices: 'vertices', placement: 'placement' }

function percent(share: number): string {
  return `${(share * 100).toPrecision(2)} %`
}
