import type { Progress } from '@/core/base/job'
import type { Language } from '@/messages/language'
import { number } from './formats.ts'

/** Stages that jobs name in their progress. One that is not here is shown by its count alone. */
const STAGES: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  read: { zh: '读取', en: 'Reading' },
  unpack: { zh: '解压', en: 'Unpacking' },
  index: { zh: '建立索引', en: 'Indexing' },
  parse: { zh: '解析', en: 'Parsing' },
  mesh: { zh: '几何', en: 'Geometry' },
  geometry: { zh: '几何', en: 'Geometry' },
  products: { zh: '几何', en: 'Geometry' },
  elements: { zh: '构件', en: 'Elements' },
  tree: { zh: '空间结构', en: 'Tree' },
  bodies: { zh: '准备几何', en: 'Preparing bodies' },
  pairs: { zh: '检查成对构件', en: 'Checking pairs' },
  grid: { zh: '生成网格', en: 'Building the grid' },
}

export function sayStage({ what, done, total }: Progress, language: Language): string {
  const stage = STAGES[what]
  const words = stage ? (language === 'en' ? stage.en : stage.zh) : ''
  return `${words} ${number(done, language)} / ${number(total, language)}`.trim()
}
