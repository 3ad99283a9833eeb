import type { Clash } from '@/core/clash'
import type { Element, ElementRef, SiteModel } from '@/core/model'
import { CLASH_A, CLASH_B, isDrawn, isGround, isTerrain, modeColor } from './palette.ts'
import { UNVALUED } from './property-colors.ts'
import type { ClashFocus, SceneView } from './scene-props.ts'

/** One element as the scene knows it. `id` counts through all models; it is what vertices carry and what the state texture is indexed by. */
export interface SceneObject {
  readonly id: number
  readonly model: SiteModel
  readonly element: Element
  readonly ground: boolean
  readonly terrain: boolean
}

/** Bits of the state's fourth byte. The first three are the colour that replaces its own where `PAINTED` is set. */
export const VISIBLE = 1
export const GHOST = 2
export const SELECTED = 4
export const PAINTED = 8
/** In the focus of a clash. */
export const FOCUS = 16
/** Its colour is data: drawn flat, so that the pixel is the swatch of the legend. */
export const DATA = 32

export const STATE_WIDTH = 256

export interface ObjectTable {
  readonly objects: readonly SceneObject[]
  idOf(ref: ElementRef): number | undefined
  byGlobalId(globalId: string): SceneObject | undefined
  /** False once its model was taken away or its element is no longer drawn. */
  alive(object: SceneObject): boolean
  /** Takes the models of the moment; returns ids that are new or changed their parts (to build) and ids that went. */
  sync(models: readonly SiteModel[]): { readonly fresh: readonly number[]; readonly gone: readonly number[] }
}

/** Ids of elements that are still there stay the same while models grow; ids of what went are used again. */
export function createObjectTable(): ObjectTable {
  const objects: SceneObject[] = []
  const ids = new Map<string, Map<number, number>>()
  const globalIds = new Map<string, number>()
  const free: number[] = []
  const idOf = (ref: ElementRef) => ids.get(ref.model)?.get(ref.index)
  return {
    objects,
    idOf,
    byGlobalId(globalId) {
      const id = globalIds.get(globalId)
      return id === undefined ? undefined : objects[id]
    },
    alive: (object) => idOf({ model: object.model.id, index: object.element.index }) === object.id,
    sync(models) {
      const fresh: number[] = []
      const gone: number[] = []
      const known = new Map(models.map((model) => [model.id, model]))
      for (const [name, own] of ids) {
        const model = known.get(name)
        for (const [index, id] of own) {
          const element = model?.elements[index]
          // An id stands for geometry that was built; when the parts are others, it must be built anew under a new id.
          if (element && isDrawn(element) && element.parts === objects[id].element.parts) continue
          own.delete(index)
          gone.push(id)
        }
        if (!model) ids.delete(name)
      }
      globalIds.clear()
      for (const model of models) {
        const own = ids.get(model.id) ?? new Map<number, number>()
        ids.set(model.id, own)
        for (const element of model.elements) {
          if (!isDrawn(element)) continue
          let id = own.get(element.index)
          if (id === undefined) {
            id = free.pop() ?? objects.length
            own.set(element.index, id)
            fresh.push(id)
          }
          globalIds.set(element.globalId, id)
          if (objects[id]?.element !== element || objects[id].model !== model)
            objects[id] = { id, model, element, ground: isGround(element), terrain: isTerrain(element) }
        }
      }
      free.push(...gone)
      return { fresh, gone }
    },
  }
}

/**
 * Writes what every object looks like: four bytes each. Pure, so that the picture is a function of the view.
 * A clash shows its pair whatever else is hidden.
 */
export function paintStates(table: ObjectTable, models: readonly SiteModel[], view: SceneView, focus: ClashFocus | null, out: Uint8Array): { ghosts: boolean } {
  const selected = idsOf(table, view.selected)
  const hidden = idsOf(table, view.hidden)
  const isolated = view.isolated ? idsOf(table, view.isolated) : null
  const ghosted = view.ghosted === 'others' ? null : idsOf(table, view.ghosted)
  const pair = focus ? pairOf(table, focus.clash) : null
  let ghosts = false
  out.fill(0)
  for (const object of table.objects) {
    if (!table.alive(object)) continue
    const { id, model, element } = object
    let flags = 0
    const data = view.colors === 'property' ? (view.painted?.get(model.id)?.get(element.index) ?? null) : null
    let color = data ?? (view.colors === 'property' && !object.ground ? UNVALUED : modeColor(view.colors, models, model, element))
    const side = pair ? (pair.a === id ? CLASH_A : pair.b === id ? CLASH_B : null) : null
    const visible = !hidden.has(id) && (!isolated || isolated.has(id))
    if (side) {
      flags = VISIBLE | FOCUS
      color = side
    } else if (visible && focus?.mode !== 'isolate') {
      flags = VISIBLE
      const others = !ghosted && selected.size > 0 && !selected.has(id)
      if (focus?.mode === 'ghost' || others || ghosted?.has(id)) flags |= GHOST
      if (selected.has(id)) flags |= SELECTED
      if (data) flags |= DATA
    }
    if (color) flags |= PAINTED
    if (flags & GHOST) ghosts = true
    const k = id * 4
    if (color) {
      out[k] = color[0]
      out[k + 1] = color[1]
      out[k + 2] = color[2]
    }
    out[k + 3] = flags
  }
  return { ghosts }
}

function idsOf(table: ObjectTable, refs: readonly ElementRef[]): Set<number> {
  const ids = new Set<number>()
  for (const ref of refs) {
    const id = table.idOf(ref)
    if (id !== undefined) ids.add(id)
  }
  return ids
}
function pairOf(table: ObjectTable, clash: Clash): { a: number | undefined; b: number | undefined } {
  return { a: table.idOf(clash.a), b: table.idOf(clash.b) }
}

/** Visible, and not a mere ghost. */
export function isSolid(states: Uint8Array, id: number): boolean {
  return (states[id * 4 + 3] & (VISIBLE | GHOST)) === VISIBLE
}
