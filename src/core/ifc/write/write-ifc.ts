import type { Vec3 } from '@/core/base/geometry'
import { globalIdOf } from './global-id.ts'
import { createProjectFrame } from './project-frame.ts'
import { createPropertyWriter } from './property-sets.ts'
import type { ElementRecipe, FileRecipe, SpatialRecipe } from './recipe.ts'
import { createShapeWriter } from './shapes.ts'
import { keyword, list, NONE, type Ref, real, text } from './step-value.ts'
import { createStepWriter } from './step-writer.ts'

/** Writes a recipe as an IFC4 file. The same recipe gives the same bytes. */
export function writeIfc(recipe: FileRecipe): Uint8Array {
  const step = createStepWriter()
  const { project, context } = createProjectFrame(step, recipe)
  const shapes = createShapeWriter(step, context)
  const properties = createPropertyWriter(step, recipe.id)
  const refs = new Map<string, Ref>()
  const placements = new Map<string, { readonly ref: Ref; readonly at: Vec3 }>()
  const contained = new Map<string, Ref[]>()
  const parts = new Map<string, Ref[]>()
  const materials = new Map<string, Ref[]>()

  for (const spatial of recipe.spatial) addSpatial(spatial)
  for (const element of recipe.elements) addElement(element)
  for (const element of recipe.elements) addOpenings(element)
  relate('IfcRelAggregates', parts)
  for (const [key, members] of contained) relation('IfcRelContainedInSpatialStructure', key, [list(members), refOf(key)])
  for (const [name, members] of materials)
    relation('IfcRelAssociatesMaterial', `material/${name}`, [list(members), step.share('IfcMaterial', [text(name), NONE, NONE])])
  addSystems()
  addJoints()
  for (const [a, b] of recipe.links) relation('IfcRelConnectsElements', `link/${a}/${b}`, [NONE, refOf(a), refOf(b)])
  addTasks()
  properties.finish()
  return fileOf(recipe, step.lines())

  function addSpatial(spatial: SpatialRecipe): void {
    const parent = spatial.in === null ? null : placements.get(spatial.in)!
    const elevation = spatial.elevation ?? 0
    const at: Vec3 = spatial.class === 'IfcBuildingStorey' ? [0, 0, elevation] : (parent?.at ?? [0, 0, 0])
    const placement = place(spatial.key, spatial.in, at)
    const bodies = spatial.bodies ?? []
    const shape = bodies.length > 0 ? shapes.shape(bodies, at, spatial.color, spatial.transparency ?? 0) : NONE
    const head = [...root(`${recipe.id}/${spatial.key}`, spatial.name), NONE, placement, shape]
    const long = spatial.title ? text(spatial.title) : NONE
    const type = spatial.type ? keyword(spatial.type) : NONE
    const tail = {
      IfcSite: [long, keyword('ELEMENT'), NONE, NONE, real(recipe.georeference.height), NONE, NONE],
      IfcBuilding: [long, keyword('ELEMENT'), NONE, NONE, NONE],
      IfcBuildingStorey: [long, keyword('ELEMENT'), real(elevation)],
      IfcSpace: [long, keyword('ELEMENT'), type, NONE],
      IfcSpatialZone: [long, type],
    }[spatial.class]
    const ref = step.add(spatial.class, [...head, ...tail])
    refs.set(spatial.key, ref)
    properties.assign(ref, spatial.sets)
    if (spatial.in === null) relation('IfcRelAggregates', 'project', [project, list([ref])])
    else if (spatial.class === 'IfcSpatialZone') relation('IfcRelReferencedInSpatialStructure', `zone/${spatial.key}`, [list([ref]), refOf(spatial.in)])
    else push(parts, spatial.in, ref)
  }

  function addElement(element: ElementRecipe): void {
    const key = element.key ?? element.id
    if (refs.has(key)) throw new Error(`two elements have the key ${key}`)
    const at = element.at ?? originOf(element)
    const placement = place(key, element.in, at)
    const shape = element.bodies.length > 0 ? shapes.shape(element.bodies, at, element.color, element.transparency ?? 0) : NONE
    const name = `${element.id} ${element.title}`
    const type = element.objectType ? text(element.objectType) : NONE
    const ref = step.add(element.class, [...root(key, name), type, placement, shape, text(element.id), ...tailOf(element)])
    refs.set(key, ref)
    if (element.partOf) push(parts, element.partOf, ref)
    else push(contained, element.in, ref)
    if (element.material) push(materials, element.material, ref)
    properties.assign(ref, element.sets)
  }

  function addOpenings(element: ElementRecipe): void {
    const host = element.key ?? element.id
    for (const opening of element.openings ?? []) {
      const first = opening.bodies[0]
      const at = first.kind === 'mesh' ? first.points[0] : first.origin
      const placement = place(opening.id, host, at)
      const shape = shapes.shape(opening.bodies, at, undefined, 0)
      const head = [...root(opening.id, `${opening.id} ${opening.title}`), NONE, placement, shape]
      const ref = step.add('IfcOpeningElement', [...head, text(opening.id), keyword('OPENING')])
      refs.set(opening.id, ref)
      properties.assign(ref, opening.sets)
      relation('IfcRelVoidsElement', `voids/${opening.id}`, [refOf(host), ref])
      if (opening.filledBy) relation('IfcRelFillsElement', `fills/${opening.id}`, [ref, refOf(opening.filledBy)])
    }
  }

  function addSystems(): void {
    for (const { id, title, type, members } of recipe.systems) {
      const name = `${id} ${title}`
      const ref = step.add('IfcDistributionSystem', [...root(`system/${id}`, name), NONE, text(title), keyword(type)])
      relation('IfcRelAssignsToGroup', `members/${id}`, [list(members.map(refOf)), NONE, ref])
    }
  }

  function addJoints(): void {
    const nests = new Map<string, Ref[]>()
    const port = ({ at, kind, system }: FileRecipe['joints'][number], element: string, flow: string): Ref => {
      const number = (nests.get(element)?.length ?? 0) + 1
      const host = placements.get(element)
      if (!host) throw new Error(`a joint names ${element}, which is not in ${recipe.id}`)
      const placement = shapes.placement(host.ref, minus(at, host.at))
      const name = `${element}:${number}`
      const ref = step.add('IfcDistributionPort', [...root(`port/${name}`, name), NONE, placement, NONE, keyword(flow), keyword(kind), keyword(system)])
      push(nests, element, ref)
      return ref
    }
    for (const [k, joint] of recipe.joints.entries()) {
      const from = port(joint, joint.from, 'SOURCE')
      const to = port(joint, joint.to, 'SINK')
      relation('IfcRelConnectsPorts', `joint/${joint.from}/${joint.to}/${k}`, [from, to, NONE])
    }
    relate('IfcRelNests', nests)
  }

  function addTasks(): void {
    for (const task of recipe.tasks) {
      const times = [NONE, NONE, NONE, keyword('WORKTIME'), NONE, text(task.start), text(task.finish)]
      const time = step.add('IfcTaskTime', [...times, ...Array.from({ length: 13 }, () => NONE)])
      const tail = [text(task.key), NONE, NONE, NONE, '.F.', NONE, time, keyword('CONSTRUCTION')]
      const ref = step.add('IfcTask', [...root(`task/${task.key}`, task.name), NONE, ...tail])
      properties.assign(ref, task.sets)
      if (task.on.length > 0) relation('IfcRelAssignsToProcess', `works/${task.key}`, [list(task.on.map(refOf)), NONE, ref, NONE])
    }
    for (const { key, name, type, members } of recipe.resources) {
      const tail = [text(key), NONE, NONE, NONE, NONE, keyword(type)]
      const ref = step.add('IfcConstructionEquipmentResource', [...root(`resource/${key}`, name), NONE, ...tail])
      relation('IfcRelAssignsToResource', `uses/${key}`, [list(members.map(refOf)), NONE, ref])
    }
  }

  function place(key: string, parent: string | null, at: Vec3): Ref {
    const above = parent === null ? null : placements.get(parent)
    if (above === undefined) throw new Error(`${key} stands in ${parent}, which is not in ${recipe.id}`)
    const ref = shapes.placement(above?.ref ?? null, above ? minus(at, above.at) : at)
    placements.set(key, { ref, at })
    return ref
  }
  function refOf(key: string): Ref {
    const ref = refs.get(key)
    if (!ref) throw new Error(`${key} is not in ${recipe.id}`)
    return ref
  }
  function relate(entity: string, groups: ReadonlyMap<string, readonly Ref[]>): void {
    for (const [key, members] of groups) relation(entity, key, [refOf(key), list(members)])
  }
  function relation(entity: string, key: string, args: readonly string[]): void {
    step.add(entity, [text(globalIdOf(`${recipe.id}/${entity}/${key}`)), NONE, NONE, NONE, ...args])
  }
}

function root(key: string, name: string): string[] {
  return [text(globalIdOf(key)), NONE, text(name), NONE]
}

/** The attributes of a class after Tag. */
function tailOf({ class: name, type, size }: ElementRecipe): string[] {
  const predefined = keyword(type)
  switch (name) {
    case 'IfcCivilElement':
      return []
    case 'IfcPile':
      return [predefined, NONE]
    case 'IfcDoor':
    case 'IfcWindow':
      return [size ? real(size.height) : NONE, size ? real(size.width) : NONE, predefined, NONE, NONE]
    default:
      return [predefined]
  }
}

function originOf({ bodies }: ElementRecipe): Vec3 {
  const first = bodies[0]
  if (!first) return [0, 0, 0]
  return first.kind === 'mesh' ? first.points[0] : first.origin
}

function fileOf(recipe: FileRecipe, lines: readonly string[]): Uint8Array {
  const body = lines.map((line, k) => `#${k + 1}=${line};`).join('\n')
  const name = [text(`${recipe.id}.ifc`), text(recipe.time), list([text('Foresite')]), list([text('Foresite')]), text('Foresite'), text('Foresite'), text('')]
  return new TextEncoder().encode(`ISO-10303-21;
HEADER;
FILE_DESCRIPTION(('ViewDefinition [DesignTransferView]'),'2;1');
FILE_NAME(${name.join(',')});
FILE_SCHEMA(('IFC4'));
ENDSEC;
DATA;
${body}
ENDSEC;
END-ISO-10303-21;
`)
}

function minus(a: Vec3, b: Vec3): Vec3 {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}
function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const found = map.get(key)
  if (found) found.push(value)
  else map.set(key, [value])
}
