import type { ProblemTable } from '@/core/base/problem'
import type { Words } from './language.ts'

type CacheKey = Extract<keyof ProblemTable, `cache.${string}`>

/** Words for what can be wrong with a stored model. */
export const cacheProblems: { readonly [K in CacheKey]: Words<ProblemTable[K]> } = {
  'cache.notCache': {
    zh: ({ name }) => `“${name}”不是工地预演的模型缓存`,
    en: ({ name }) => `“${name}” is not a model cache of Foresite`,
  },
  'cache.version': {
    zh: ({ found, expected }) => `缓存版本为 ${found}，本程序需要 ${expected}。请用 convert 命令从 IFC 文件重新生成`,
    en: ({ found, expected }) => `The cache has version ${found}, this program needs ${expected}. Make it again from the IFC files with convert`,
  },
  'cache.full': {
    zh: ({ megabytes }) => `本机空间不足，未保存转换后的模型（${megabytes} MB）；下次打开需重新转换`,
    en: ({ megabytes }) => `No room on this device to keep the converted model (${megabytes} MB); it will be converted again next time`,
  },
  'cache.damaged': {
    zh: ({ name }) => `缓存“${name}”已损坏（校验值不符）。请重新获取，或从 IFC 文件重新生成`,
    en: ({ name }) => `The cache “${name}” is damaged (its checksum does not match). Fetch it again, or make it again from the IFC files`,
  },
}
