/** Words of the comparison of two versions of a model. */
export const COMPARE = {
  added: { zh: '新增', en: 'added' },
  removed: { zh: '删除', en: 'removed' },
  moved: { zh: '移动', en: 'moved' },
  reshaped: { zh: '形状改变', en: 'reshaped' },
  properties: { zh: '属性改变', en: 'properties changed' },
  unchanged: { zh: '未变', en: 'unchanged' },
  matchedBy: { zh: '对应依据：', en: 'recognised by' },
  tag: { zh: '标签', en: 'tag' },
  geometry: { zh: '几何形状', en: 'geometry' },
} as const
