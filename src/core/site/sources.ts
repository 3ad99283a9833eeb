import type { Vec3 } from '@/core/base/geometry'
import { type Problem, problem } from '@/core/base/problem'
import type { Element, SiteModel } from '@/core/model'
import { type Body, bodyOf, trianglesOf } from './body.ts'
import { makeSheet, type Sheet } from './sheet.ts'

/** What of the models shapes the way of water, by IFC class and place. */
export interface Sources {
  readonly ground: Sheet
  /** Tops of base slabs, and the bodies that own its triangles. */
  readonly baseSlabs: Sheet | null
  readonly baseSlabBodies: readonly Body[]
  /** Voids made in the base slabs (sumps, ditches): they belong to the pit's plan area. */
  readonly slabVoids: readonly Body[]
  /** Those of them too narrow to be a floor of their own. */
  readonly recesses: Sheet | null
  /** Where no base slab is: any slab or footing below ground may be the floor of a pit. */
  readonly slabs: readonly Body[]
  readonly excavations: Sheet | null
  /** Walls and kerbs that may reach the ground. */
  readonly barriers: readonly Body[]
  /** Slabs, footings and beams in the ground, on which walls may stand. */
  readonly supports: readonly Body[]
  /** Doors, gates and openings in walls that may reach the ground. */
  readonly gates: readonly Body[]
  readonly roofs: Sheet | null
  readonly findings: readonly Problem[]
}

const GROUND = new Set(['IfcSite', 'IfcEarthworksFill', 'IfcGeotechnicalStratum', 'IfcSolidStratum', 'IfcReinforcedSoil'])
const BARRIER = new Set(['IfcWall', 'IfcWallStandardCase', 'IfcWallElementedCase', 'IfcKerb'])
const DOOR = new Set(['IfcDoor', 'IfcDoorStandardCase'])
/** `crossing`: stands on or in the ground. `standing`: may begin above it, on a slab or sill. `below`: begins under its highest point; `above`: ends over its lowest. */
type Reach = 'crossing' | 'standing' | 'below' | 'above'
/** How far over the highest ground an element may begin [m]. */
const FOOT = 0.05
const STANDING = 0.5
/** A ditch or sump in a slab up to this width is no floor of its own: it is smaller than a cell, or a store of the scenario [m]. */
const NARROW = 2
const SLAB = new Set(['IfcSlab', 'IfcSlabStandardCase', 'IfcSlabElementedCase', 'IfcFooting'])

/** All elements that shape the ground, in an order that does not depend on that of the models; null where there is no ground. */
export function gatherSources(models: readonly SiteModel[]): Sources | null {
  const findings: Problem[] = []
  const pieces = allPieces(models, findings)
  const ground = groundOf(pieces, findings)
  if (!ground) return null
  const [low, high] = [ground.min[2], ground.max[2]]
  const bodies = (wanted: (element: Element, model: SiteModel) => boolean, near: Reach) =>
    pieces
      .filter(({ model, element, offset }) => wanted(element, model) && usable(element, findings) && reaches(element, offset, near, low, high))
      .map(({ model, element, offset }) => bodyOf(model, element, offset))
      .filter((body) => body !== null)

  const baseSlabBodies = bodies((e) => SLAB.has(e.class) && e.type === 'BASESLAB' && e.state !== 'opening', 'below')
  const isBaseSlab = new Set(baseSlabBodies.map((body) => body.element))
  const slabVoids = bodies((e, model) => e.state === 'opening' && isBaseSlab.has(model.elements[e.host]), 'below')
  return {
    ground,
    baseSlabs: sheetOf(baseSlabBodies),
    baseSlabBodies,
    slabVoids,
    recesses: sheetOf(slabVoids.filter(({ min, max }) => max[0] - min[0] <= NARROW || max[1] - min[1] <= NARROW)),
    slabs: baseSlabBodies.length > 0 ? [] : bodies((e) => SLAB.has(e.class) && e.type !== 'ROOF' && e.state !== 'opening', 'below'),
    excavations: sheetOf(bodies((e) => e.class === 'IfcEarthworksCut', 'below')),
    barriers: bodies((e, model) => e.state !== 'opening' && isBarrier(e, model), 'standing'),
    supports: bodies((e) => e.class.startsWith('IfcBeam') || (SLAB.has(e.class) && e.type !== 'ROOF'), 'crossing'),
    gates: bodies((e, model) => DOOR.has(e.class) || (e.state === 'opening' && isBarrier(model.elements[e.host], model)), 'standing'),
    roofs: sheetOf(bodies((e) => e.class === 'IfcRoof' || (SLAB.has(e.class) && e.type === 'ROOF'), 'above')),
    findings,
  }
}

interface Piece {
  readonly model: SiteModel
  readonly element: Element
  /** From the model's own frame to that of the grid [m]. */
  readonly offset: Vec3
}

/** Elements with a place, sorted by model id and GlobalId. The frame is that of the first model by id; others are moved into it. */
function allPieces(models: readonly SiteModel[], findings: Problem[]): Piece[] {
  const sorted = [...models].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  const origin = sorted[0]?.frame.origin ?? [0, 0, 0]
  return sorted.flatMap((model) => {
    const offset: Vec3 = [model.frame.origin[0] - origin[0], model.frame.origin[1] - origin[1], model.frame.origin[2] - origin[2]]
    const distance = Math.sqrt(offset[0] * offset[0] + offset[1] * offset[1] + offset[2] * offset[2])
    if (distance > 0) findings.push(problem('site.framesDiffer', { model: model.id, distance_m: distance }, model.file.name, 'info'))
    const elements = [...model.elements].sort((a, b) => (a.globalId < b.globalId ? -1 : a.globalId > b.globalId ? 1 : a.index - b.index))
    return elements.map((element) => ({ model, element, offset }))
  })
}

function groundOf(pieces: readonly Piece[], findings: Problem[]): Sheet | null {
  const byClass = pieces.filter(({ element }) => isGround(element) && usable(element, findings))
  const chosen = byClass.length > 0 ? byClass : guessGround(pieces, findings)
  const sheets = chosen.map(({ model, element, offset }) => trianglesOf(model, element, offset))
  const ground = makeSheet(concat(sheets))
  return ground.flat.length > 0 ? ground : null
}

/** Without a terrain by class: the open surface with the largest plan area among proxies and slabs without a solid body. */
function guessGround(pieces: readonly Piece[], findings: Problem[]): Piece[] {
  let best: Piece | null = null
  let largest = 0
  for (const piece of pieces) {
    const { element, model } = piece
    if (element.class !== 'IfcBuildingElementProxy' && element.class !== 'IfcCivilElement' && element.class !== 'IfcGeographicElement') continue
    if (!element.bounds || element.parts.length === 0 || element.parts.some((part) => model.shapes[part.shape].closed)) continue
    const area = (element.bounds.max[0] - element.bounds.min[0]) * (element.bounds.max[1] - element.bounds.min[1])
    if (area > largest) {
      largest = area
      best = piece
    }
  }
  if (!best) return []
  findings.push(problem('site.groundGuessed', { name: best.element.name, class: best.element.class }, best.model.file.name, 'warning'))
  return [best]
}

function isGround(element: Element): boolean {
  if (element.state === 'opening') return false
  if (element.class === 'IfcGeographicElement') return element.type === 'TERRAIN' || element.type === '' || element.type === 'NOTDEFINED'
  return GROUND.has(element.class) && element.parts.length > 0
}
function isBarrier(element: Element | undefined, model: SiteModel): boolean {
  if (!element) return false
  if (BARRIER.has(element.class)) return true
  return element.class === 'IfcBuildingElementPart' && element.host >= 0 && isBarrier(model.elements[element.host], model)
}

/** An element without a usable body cannot shape the ground; where it should have one, that is said. */
function usable(element: Element, findings: Problem[]): boolean {
  if (element.parts.length > 0 && element.bounds) return true
  if (element.state === 'refused')
    findings.push(problem('site.unusable', { name: element.name, class: element.class, globalId: element.globalId }, `#${element.expressId}`, 'warning'))
  return false
}

function reaches(element: Element, offset: Vec3, near: Reach, low: number, high: number): boolean {
  const { min, max } = element.bounds!
  const foot = near === 'standing' ? STANDING : FOOT
  return (near === 'above' || min[2] + offset[2] <= high + foot) && (near === 'below' || max[2] + offset[2] > low)
}

function sheetOf(bodies: readonly Body[]): Sheet | null {
  if (bodies.length === 0) return null
  const triangles: Float64Array[] = []
  const owners: number[] = []
  bodies.forEach((body, owner) => {
    for (const { sheet } of body.sheets) {
      triangles.push(sheet.flat)
      for (let k = 0; k < sheet.flat.length; k += 9) owners.push(owner)
    }
  })
  return makeSheet(concat(triangles), Int32Array.from(owners))
}

function concat(arrays: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(arrays.reduce((sum, a) => sum + a.length, 0))
  let at = 0
  for (const array of arrays) {
    out.set(array, at)
    at += array.length
  }
  return out
}
