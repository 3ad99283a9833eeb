import type { ElementRef, SiteModel, TreeNode } from '@/core/model'
import { isDrawn } from '@/scene/palette'
import { refKey } from '../store/view.ts'

export type Grouping = 'tree' | 'storeys' | 'systems'
/** A line of the element tree, flat, so that only what is in sight is drawn. */
export interface TreeRow {
  readonly key: string
  readonly level: number
  readonly label: string
  readonly hint: string
  /** Elements under it; one for a leaf. */
  readonly refs: readonly ElementRef[]
  readonly leaf: boolean
  readonly model: string | null
}
interface Branch {
  readonly key: string
  readonly label: string
  readonly hint: string
  readonly refs: ElementRef[]
  readonly branches: readonly Branch[]
  readonly leaves: readonly ElementRef[]
  readonly model: string | null
}

/** The forest of a grouping: models at the top; under them the spatial tree, the storeys or the systems. */
export function forestOf(models: readonly SiteModel[], grouping: Grouping, words: { noStorey: string; noSystem: string }): readonly Branch[] {
  return models.map((model) => {
    const branches =
      grouping === 'tree' ? [spatial(model, model.tree)] : grouping === 'storeys' ? byStorey(model, words.noStorey) : bySystem(model, words.noSystem)
    const full = branches.filter((branch) => branch.refs.length > 0)
    const refs = unique(full.flatMap((branch) => branch.refs))
    return { key: model.id, label: model.id, hint: String(refs.length), refs, branches: full, leaves: [], model: model.id }
  })
}

/** Rows in order: open branches with what is in them. */
export function rowsOf(forest: readonly Branch[], models: readonly SiteModel[], open: ReadonlySet<string>): TreeRow[] {
  const rows: TreeRow[] = []
  const byId = new Map(models.map((model) => [model.id, model]))
  const visit = (branch: Branch, level: number) => {
    const { key, label, hint, refs, model } = branch
    rows.push({ key, level, label, hint, refs, leaf: false, model })
    if (!open.has(key)) return
    for (const child of branch.branches) visit(child, level + 1)
    for (const ref of branch.leaves) rows.push(leafRow(byId.get(ref.model), ref, level + 1, key))
  }
  for (const branch of forest) visit(branch, 0)
  return rows
}

/** Elements whose name, tag, class or GlobalId holds every word of the query. */
export function searchRows(models: readonly SiteModel[], query: string): TreeRow[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const rows: TreeRow[] = []
  for (const model of models)
    for (const element of model.elements) {
      if (!isDrawn(element)) continue
      const text = `${element.name} ${element.tag} ${element.class} ${element.globalId}`.toLowerCase()
      if (words.every((word) => text.includes(word))) rows.push(leafRow(model, { model: model.id, index: element.index }, 0, 'search'))
    }
  return rows
}

function leafRow(model: SiteModel | undefined, ref: ElementRef, level: number, parent: string): TreeRow {
  const element = model?.elements[ref.index]
  return {
    key: `${parent}/${refKey(ref)}`,
    level,
    label: element?.name || element?.tag || element?.class || '',
    hint: element?.class.replace(/^Ifc/, '') ?? '',
    refs: [ref],
    leaf: true,
    model: null,
  }
}

function spatial(model: SiteModel, node: TreeNode): Branch {
  const branches = node.children.map((child) => spatial(model, child)).filter((branch) => branch.refs.length > 0)
  const leaves = node.elements.filter((index) => isDrawn(model.elements[index])).map((index) => ({ model: model.id, index }))
  const refs = [...branches.flatMap((branch) => branch.refs), ...leaves]
  return {
    key: `${model.id}#${node.expressId}`,
    label: node.name || node.class.replace(/^Ifc/, ''),
    hint: String(refs.length),
    refs,
    branches,
    leaves,
    model: null,
  }
}

function byStorey(model: SiteModel, none: string): Branch[] {
  return bucket(model, [...model.storeys.map((storey) => storey.name), none], (element) => [element.storey < 0 ? model.storeys.length : element.storey])
}
function bySystem(model: SiteModel, none: string): Branch[] {
  return bucket(model, [...model.systems.map((system) => system.name), none], (element) => (element.systems.length ? element.systems : [model.systems.length]))
}
function bucket(model: SiteModel, names: readonly string[], of: (element: SiteModel['elements'][number]) => readonly number[]): Branch[] {
  const lists: ElementRef[][] = names.map(() => [])
  for (const element of model.elements) if (isDrawn(element)) for (const k of of(element)) lists[k]?.push({ model: model.id, index: element.index })
  return names.map((label, k) => ({
    key: `${model.id}@${k}`,
    label,
    hint: String(lists[k].length),
    refs: lists[k],
    branches: [],
    leaves: lists[k],
    model: null,
  }))
}

function unique(refs: readonly ElementRef[]): ElementRef[] {
  const seen = new Map(refs.map((ref) => [refKey(ref), ref]))
  return [...seen.values()]
}
