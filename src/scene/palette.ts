import type { Element, ElementRef, SiteModel } from '@/core/model'
import type { Words } from '@/messages/language'
import type { ColorMode } from './scene-props.ts'

/** sRGB 0…255. */
export type Rgb = readonly [number, number, number]

/** What one colour of a colour mode stands for. */
export interface ColorEntry {
  readonly key: string
  readonly name: Words
  readonly color: Rgb
  readonly elements: readonly ElementRef[]
}

export const CLASH_A: Rgb = [242, 140, 40]
export const CLASH_B: Rgb = [30, 178, 214]
export const CLASH_CURVE: Rgb = [226, 30, 160]
export const ACCENT = { light: [31, 111, 235] as Rgb, dark: [91, 157, 255] as Rgb }

/** Classes that say something about space, not about matter: never drawn. */
const UNDRAWN = new Set([
  'IfcSpace',
  'IfcSpatialZone',
  'IfcOpeningElement',
  'IfcOpeningStandardCase',
  'IfcVirtualElement',
  'IfcAnnotation',
  'IfcGrid',
  'IfcPort',
  'IfcDistributionPort',
])
/** What the soil slider takes away: the ground and what lies on it as a skin. */
const GROUND = new Set([
  'IfcSite',
  'IfcGeographicElement',
  'IfcGeotechnicalStratum',
  'IfcSolidStratum',
  'IfcCourse',
  'IfcPavement',
  'IfcRoad',
  'IfcRoadPart',
  'IfcEarthworksFill',
  'IfcEarthworksElement',
])

export function isDrawn(element: Element): boolean {
  return element.parts.length > 0 && element.state !== 'opening' && element.state !== 'refused' && !UNDRAWN.has(element.class)
}
export function isGround(element: Element): boolean {
  return GROUND.has(element.class) && !/VEGETATION/i.test(element.type) && !/^TREE/i.test(element.tag || element.name)
}
/** The ground surface itself (it gets soil sides), not the paving on it. */
export function isTerrain(element: Element): boolean {
  return (element.class === 'IfcGeographicElement' || element.class === 'IfcSite') && isGround(element)
}

/** Flat things that one stands on. */
export function isPlate(element: Element): boolean {
  return element.class === 'IfcSlab' || element.class === 'IfcSlabStandardCase'
}

const CONCRETE: Rgb = [184, 180, 172]
const STEEL: Rgb = [124, 135, 148]
const SOIL: Rgb = [160, 140, 110]
const BRICK: Rgb = [154, 122, 107]
const PAVING: Rgb = [142, 142, 140]
const TIMBER: Rgb = [178, 150, 112]
const LEAF: Rgb = [122, 146, 104]
const GLASS: Rgb = [176, 200, 214]
const EQUIPMENT: Rgb = [108, 128, 150]
const PALE: Rgb = [206, 205, 201]

const BY_CLASS: Readonly<Record<string, Rgb>> = {
  IfcWall: CONCRETE,
  IfcWallStandardCase: CONCRETE,
  IfcSlab: [176, 173, 166],
  IfcRoof: [120, 112, 106],
  IfcColumn: CONCRETE,
  IfcBeam: CONCRETE,
  IfcMember: STEEL,
  IfcPlate: STEEL,
  IfcPile: [168, 164, 156],
  IfcFooting: CONCRETE,
  IfcStair: STEEL,
  IfcStairFlight: STEEL,
  IfcRailing: STEEL,
  IfcDoor: TIMBER,
  IfcWindow: GLASS,
  IfcCurtainWall: GLASS,
  IfcCovering: PALE,
  IfcBuildingElementProxy: [160, 160, 158],
  IfcTransportElement: [214, 176, 74],
  IfcGeographicElement: SOIL,
  IfcSite: SOIL,
  IfcCivilElement: PAVING,
  IfcPavement: PAVING,
  IfcCourse: PAVING,
  IfcRoad: PAVING,
  IfcRoadPart: PAVING,
  IfcKerb: CONCRETE,
  IfcFurniture: TIMBER,
  IfcFurnishingElement: TIMBER,
  IfcDistributionChamberElement: [150, 148, 142],
  IfcPump: EQUIPMENT,
  IfcTank: EQUIPMENT,
  IfcElectricGenerator: EQUIPMENT,
  IfcElectricDistributionBoard: [196, 186, 150],
  IfcSensor: [90, 140, 120],
  IfcDiscreteAccessory: STEEL,
  IfcMechanicalFastener: STEEL,
}

/** Chinese practice for buried pipes and their kin in a building; the first pattern that fits the type or the name. */
const SYSTEMS: readonly { readonly key: string; readonly name: Words; readonly color: Rgb; readonly type: RegExp; readonly word: RegExp }[] = [
  { key: 'fire', name: { zh: '消防', en: 'Fire protection' }, color: [196, 44, 44], type: /^FIREPROTECTION$/, word: /消防|喷淋|sprinkler|\bfire\b/i },
  { key: 'gas', name: { zh: '燃气', en: 'Gas' }, color: [226, 104, 164], type: /^(GAS|FUEL)$/, word: /燃气|煤气|\bgas\b/i },
  { key: 'heat', name: { zh: '热力', en: 'Heating' }, color: [232, 126, 44], type: /^(HEATING|DISTRICTHEATING)$/, word: /热力|供热|采暖|heating/i },
  {
    key: 'power',
    name: { zh: '电力', en: 'Power' },
    color: [206, 66, 58],
    type: /^(ELECTRICAL|LIGHTING|POWERGENERATION|EARTHING|LIGHTNINGPROTECTION)$/,
    word: /电力|电缆|桥架|electric|power/i,
  },
  {
    key: 'telecom',
    name: { zh: '通信', en: 'Telecom' },
    color: [58, 158, 88],
    type: /^(COMMUNICATION|TELEPHONE|DATA|SIGNAL|TV|SECURITY|AUDIOVISUAL|ELECTROACOUSTIC|CONTROL)$/,
    word: /通信|电信|telecom|\bdata\b/i,
  },
  { key: 'storm', name: { zh: '雨水', en: 'Storm water' }, color: [26, 152, 150], type: /^(STORMWATER|DRAINAGE|RAINWATER)$/, word: /雨水|storm|rain/i },
  { key: 'sewage', name: { zh: '污水', en: 'Sewage' }, color: [140, 92, 48], type: /^(SEWAGE|WASTEWATER)$/, word: /污水|废水|sewage|waste|soil pipe/i },
  {
    key: 'chilled',
    name: { zh: '空调水', en: 'Chilled water' },
    color: [64, 158, 212],
    type: /^(CHILLEDWATER|CONDENSERWATER|REFRIGERATION)$/,
    word: /冷冻|冷却|chilled|condenser/i,
  },
  {
    key: 'air',
    name: { zh: '通风空调', en: 'Air' },
    color: [128, 142, 204],
    type: /^(AIRCONDITIONING|VENTILATION|EXHAUST|AIR)$/,
    word: /风管|通风|空调|duct|ventil|supply air|exhaust/i,
  },
  {
    key: 'water',
    name: { zh: '给水', en: 'Water supply' },
    color: [44, 118, 206],
    type: /^(WATERSUPPLY|DOMESTICCOLDWATER|DOMESTICHOTWATER|DRINKINGWATER)$/,
    word: /给水|自来水|cold water|hot water|water/i,
  },
]
const OTHER_SYSTEM: ColorEntry['name'] = { zh: '其他系统', en: 'Other systems' }
const NO_SYSTEM: ColorEntry['name'] = { zh: '无系统', en: 'No system' }

/** Eight hues that stay apart without colour vision (after Okabe and Ito, softened for large surfaces). */
const CATEGORIES: readonly Rgb[] = [
  [168, 158, 140],
  [52, 128, 196],
  [150, 156, 164],
  [226, 166, 66],
  [74, 160, 128],
  [206, 110, 72],
  [176, 122, 178],
  [112, 184, 218],
]

/** Quiet colour of an element whose file gives none. */
export function materialColor(model: SiteModel, element: Element): Rgb {
  const system = element.systems.length ? systemOf(model, element) : undefined
  if (system && !/ChamberElement|Sensor|Board|Generator|IfcPump/.test(element.class)) return system.color
  const word = `${element.name} ${element.type}`
  if (/VEGETATION|^TREE|树/i.test(word)) return LEAF
  if (/钢|steel/i.test(word)) return STEEL
  if (/砖|brick/i.test(word)) return BRICK
  return BY_CLASS[element.class] ?? PALE
}

/** The override colour of an element in a colour mode; null = its own colour. */
export function modeColor(mode: ColorMode, models: readonly SiteModel[], model: SiteModel, element: Element): Rgb | null {
  if (mode === 'material' || mode === 'property') return null
  if (mode === 'discipline') return CATEGORIES[Math.max(0, models.indexOf(model)) % CATEGORIES.length]
  if (mode === 'storey') return element.storey < 0 ? PALE : storeyColor(model.storeys[element.storey].elevation, elevationsOf(models))
  return element.systems.length ? (systemOf(model, element)?.color ?? [150, 130, 170]) : isGround(element) ? null : PALE
}

/** What the colours of a mode mean, with the elements that carry them, for a legend that can hide and isolate. Empty for 'material', and for 'property', which brings its own. */
export function colorLegend(mode: ColorMode, models: readonly SiteModel[]): readonly ColorEntry[] {
  if (mode === 'material' || mode === 'property') return []
  const entries = new Map<string, { key: string; name: Words; color: Rgb; elements: ElementRef[] }>()
  for (const model of models)
    for (const element of model.elements) {
      if (!isDrawn(element)) continue
      const color = modeColor(mode, models, model, element)
      if (!color) continue
      const { key, name } = meaningOf(mode, model, element)
      const entry = entries.get(key) ?? { key, name, color, elements: [] }
      entry.elements.push({ model: model.id, index: element.index })
      entries.set(key, entry)
    }
  return [...entries.values()]
}

function meaningOf(mode: ColorMode, model: SiteModel, element: Element): { key: string; name: Words } {
  if (mode === 'discipline') return { key: model.id, name: { zh: model.id, en: model.id } }
  if (mode === 'storey') {
    const storey = model.storeys[element.storey]
    return storey ? { key: storey.name, name: { zh: storey.name, en: storey.name } } : { key: '', name: { zh: '无楼层', en: 'No storey' } }
  }
  if (!element.systems.length) return { key: 'none', name: NO_SYSTEM }
  const system = systemOf(model, element)
  return system ? { key: system.key, name: system.name } : { key: 'other', name: OTHER_SYSTEM }
}

function systemOf(model: SiteModel, element: Element) {
  for (const index of element.systems) {
    const system = model.systems[index]
    if (!system) continue
    const found = SYSTEMS.find((s) => s.type.test(system.type)) ?? SYSTEMS.find((s) => s.word.test(system.name))
    if (found) return found
  }
  return undefined
}

const elevations = new WeakMap<readonly SiteModel[], readonly number[]>()
function elevationsOf(models: readonly SiteModel[]): readonly number[] {
  let list = elevations.get(models)
  if (!list) {
    list = [...new Set(models.flatMap((model) => model.storeys.map((s) => Math.round(s.elevation * 10) / 10)))].sort((a, b) => a - b)
    elevations.set(models, list)
  }
  return list
}
/** Deep levels blue, high ones warm: order can be read from the colour. */
function storeyColor(elevation: number, all: readonly number[]): Rgb {
  const rank = all.length < 2 ? 0.5 : all.indexOf(Math.round(elevation * 10) / 10) / (all.length - 1)
  const stops: readonly Rgb[] = [
    [58, 82, 139],
    [46, 134, 150],
    [126, 168, 108],
    [226, 188, 92],
    [214, 118, 74],
  ]
  const at = rank * (stops.length - 1)
  const k = Math.min(stops.length - 2, Math.floor(at))
  const mix = at - k
  return [0, 1, 2].map((c) => Math.round(stops[k][c] * (1 - mix) + stops[k + 1][c] * mix)) as unknown as Rgb
}
