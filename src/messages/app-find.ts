/** Words of finding, measuring and cutting. */
export const FIND = {
  find: { zh: '查找', en: 'Find' },
  query: { zh: '查询', en: 'Query' },
  placeholder: { zh: '如 IfcPipeSegment 且 系统=GAS', en: 'IfcPipeSegment and system=GAS' },
  lead: {
    zh: '按类别、名称、属性、系统、楼层、专业查找；与碰撞规则、命令行用同一种写法。',
    en: 'By class, name, property, system, storey, discipline: the same language as clash rules and the terminal.',
  },
  count: { zh: (n: string) => `${n} 个构件`, en: (n: string, one: boolean) => `${n} ${one ? 'element' : 'elements'}` },
  notDrawn: { zh: (n: string) => `其中 ${n} 个没有三维实体`, en: (n: string) => `${n} of them have no body in 3D` },
  none: { zh: '没有构件符合。请检查写法和拼写。', en: 'No element fits. Check the wording.' },
  unclear: {
    zh: (n: string) => `另有 ${n} 个无法判断：属性的单位不同或不是数，未计入。`,
    en: (n: string) => `${n} more cannot be told: their property has another unit or is no number. They are not counted.`,
  },
  searching: { zh: '正在读取属性…', en: 'Reading properties…' },
  results: { zh: '查找结果', en: 'What was found' },
  selectAll: { zh: '选择', en: 'Select' },
  isolate: { zh: '隔离', en: 'Isolate' },
  hide: { zh: '隐藏', en: 'Hide' },
  saveSet: { zh: '保存为集合', en: 'Save as set' },
  setName: { zh: '集合名称', en: 'Name of the set' },
  sets: { zh: '已存集合', en: 'Saved sets' },
  noSets: { zh: '尚无。查询后点“保存为集合”。', en: 'None yet. Save a query to find it here.' },
  removeSet: { zh: '删除集合', en: 'Delete set' },
  colorBy: { zh: '按属性着色', en: 'Colour by property' },
  noColor: { zh: '（不着色）', en: '(none)' },
  ofFound: { zh: '结果中的构件', en: 'elements found' },
  colorProperty: { zh: '属性', en: 'Property' },
  examples: { zh: '例子', en: 'Examples' },
  classes: { zh: '模型中的类别', en: 'Classes in the models' },
  own: { zh: '基本信息', en: 'The element itself' },
  anySet: { zh: '任一属性集', en: 'In any set' },
  byClass: { zh: '类别', en: 'Class' },
  byStorey: { zh: '楼层', en: 'Storey' },
  bySystem: { zh: '系统', en: 'System' },
  byType: { zh: '类型', en: 'Type' },
} as const

/** Queries to begin with; each works on any model. */
export const EXAMPLES = [
  { text: 'IfcPipeSegment', zh: '所有管段', en: 'all pipes' },
  { text: 'IfcDistributionElement and bottom < -10 m', zh: '低于 −10 m 的机电构件', en: 'services below −10 m' },
  { text: '*.NominalDiameter >= 600 mm', zh: '公称直径不小于 600 mm', en: 'nominal diameter of 600 mm and more' },
  { text: 'system=GAS or system=ELECTRICAL', zh: '燃气或电力系统', en: 'gas or power systems' },
  { text: '(IfcWall or IfcColumn) and not name~临时', zh: '墙或柱，名称不含“临时”', en: 'walls or columns whose name lacks 临时' },
  { text: 'state=refused or state=simplified', zh: '被拒绝或简化的构件', en: 'refused or simplified elements' },
] as const
