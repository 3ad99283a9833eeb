import type { ProblemKey, ProblemTable } from '@/core/base/problem'
import type { Words } from './language.ts'

const metres = (value: number, digits = 2) => `${Number(value.toFixed(digits))} m`
const area = (value: number) => `${Number(value.toFixed(value < 100 ? 1 : 0))} m²`

export const siteProblems: { readonly [K in Extract<ProblemKey, `site.${string}`>]: Words<ProblemTable[K]> } = {
  'site.noGround': {
    zh: ({ models }) => `${models} 个模型中没有可作地面的构件（地形、场地或土方）`,
    en: ({ models }) => `None of the ${models} models has an element that can serve as ground (terrain, site or earthworks)`,
  },
  'site.groundGuessed': {
    zh: ({ name, class: type }) => `没有地形构件，以最大的开放曲面“${name}”（${type}）为地面`,
    en: ({ name, class: type }) => `No terrain element: the largest open surface, “${name}” (${type}), serves as ground`,
  },
  'site.unknownUnit': {
    zh: ({ model }) => `模型“${model}”的长度单位不明，不能用于水的计算`,
    en: ({ model }) => `The length unit of model “${model}” is not known, so it cannot be used for water`,
  },
  'site.framesDiffer': {
    zh: ({ model, distance_m }) => `模型“${model}”的原点不同，已移动 ${metres(distance_m, 3)} 到同一坐标系`,
    en: ({ model, distance_m }) => `Model “${model}” has another origin; it was moved by ${metres(distance_m, 3)} into the common frame`,
  },
  'site.tooManyCells': {
    zh: ({ cells, limit }) => `网格有 ${cells} 个单元，超过上限 ${limit}；请加大单元边长`,
    en: ({ cells, limit }) => `The grid would have ${cells} cells, more than the limit of ${limit}; use larger cells`,
  },
  'site.badCell': {
    zh: ({ cell_m }) => `单元边长 ${cell_m} m 无效，应大于 0`,
    en: ({ cell_m }) => `A cell of ${cell_m} m is not possible; it must be larger than 0`,
  },
  'site.areaOutside': {
    zh: ({ x, y }) => `计算范围不在地面之内。地面范围：x ${x} m，y ${y} m`,
    en: ({ x, y }) => `The area lies outside the ground, which spans x ${x} m, y ${y} m`,
  },
  'site.hole': {
    zh: ({ area_m2, x_m, y_m }) => `(${metres(x_m, 1)}, ${metres(y_m, 1)}) 附近有 ${area(area_m2)} 没有地面也没有底板，水不能停留在那里`,
    en: ({ area_m2, x_m, y_m }) => `Near (${metres(x_m, 1)}, ${metres(y_m, 1)}) there is neither ground nor slab on ${area(area_m2)}; water cannot stand there`,
  },
  'site.unusable': {
    zh: ({ name, class: type }) => `“${name}”（${type}）没有可用的形体，未计入地形`,
    en: ({ name, class: type }) => `“${name}” (${type}) has no usable body and does not shape the site`,
  },
  'site.surfaceMissing': {
    zh: ({ kind, area_m2, runoff, manning }) => `方案没有给出下垫面“${kind}”（${area(area_m2)}）的参数，采用径流系数 ${runoff}、糙率 ${manning}`,
    en: ({ kind, area_m2, runoff, manning }) =>
      `The scenario gives no figures for the surface type “${kind}” (${area(area_m2)}); runoff coefficient ${runoff} and Manning n ${manning} are used`,
  },
  'site.roofs': {
    zh: ({ area_m2 }) => `屋面 ${area(area_m2)} 上的雨水由落水管排走，不计入地面`,
    en: ({ area_m2 }) => `Rain on ${area(area_m2)} of roofs leaves by down pipes and does not reach the ground`,
  },
  'site.pitArea': {
    zh: ({ raster_m2, slab_m2 }) => `基坑底面积不能由底板校正：网格 ${area(raster_m2)}，底板 ${area(slab_m2)}`,
    en: ({ raster_m2, slab_m2 }) => `The pit's area could not be set right by its base slab: ${area(raster_m2)} of cells, ${area(slab_m2)} of slab`,
  },
  'site.openingUnused': {
    zh: ({ name }) => `“${name}”不在地面的挡水线上，不作为过水口`,
    en: ({ name }) => `“${name}” does not stand in a barrier on the ground and is no way for water`,
  },
  'site.tagTwice': {
    zh: ({ tag, count }) => `标记“${tag}”出现 ${count} 次，采用第一个`,
    en: ({ tag, count }) => `Tag “${tag}” stands ${count} times; the first one is used`,
  },
}
