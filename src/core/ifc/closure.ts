import { type Problem, problem } from '@/core/base/problem'
import { checkEntity } from './entity-check.ts'
import { refOf, refsOf, type StepFile } from './step-file.ts'

/** Everything a body needs, found before the engine sees it, so that what would make the engine hang is refused here with a reason. */
export interface Closure {
  /** Express ids, each once. */
  readonly ids: readonly number[]
  readonly fault: Problem | null
}

/** More entities than any one body has; a file that needs more is refused for that body. */
const MOST_ENTITIES = 8_000_000

export interface Closures {
  of(roots: readonly number[]): Closure
  /** How many placed items a representation unfolds to through mapped items; Infinity where it is circular. */
  placedItems(representation: number): number
}

export function readClosures(step: StepFile): Closures {
  const healthy = new Set<number>()
  const sick = new Map<number, Problem>()
  const counts = new Map<number, number>()

  /** Depth-first with its own stack: a reference back to an entity that is still open is a cycle. */
  function of(roots: readonly number[]): Closure {
    const ids: number[] = []
    const visited = new Set<number>()
    for (const root of roots) {
      const fault = walk(root, ids, visited)
      if (fault) return { ids, fault }
    }
    return { ids, fault: null }
  }

  function walk(root: number, ids: number[], visited: Set<number>): Problem | null {
    if (visited.has(root)) return null
    const stack: { id: number; refs: number[]; next: number }[] = []
    const open = new Set<number>()
    const fault = enter(root)
    if (fault) return fault
    while (stack.length > 0) {
      const top = stack[stack.length - 1]
      if (top.next >= top.refs.length) {
        stack.pop()
        open.delete(top.id)
        healthy.add(top.id)
        continue
      }
      const ref = top.refs[top.next++]
      if (open.has(ref)) return problem('ifc.circular', { entity: `#${ref} ${step.typeOf(ref)}` }, `#${ref}`)
      if (visited.has(ref)) continue
      if (!step.has(ref)) return problem('ifc.missingEntity', { entity: `#${top.id} ${step.typeOf(top.id)}`, missing: `#${ref}` }, `#${top.id}`)
      const bad = enter(ref)
      if (bad) return bad
    }
    return null

    function enter(id: number): Problem | null {
      visited.add(id)
      if (ids.length >= MOST_ENTITIES) return problem('ifc.tooMany', { what: 'entities', count: ids.length, limit: MOST_ENTITIES }, `#${id}`)
      if (!healthy.has(id)) {
        const known = sick.get(id) ?? checkEntity(step, id)
        if (known) {
          sick.set(id, known)
          return known
        }
      }
      ids.push(id)
      open.add(id)
      // Contexts carry no geometry of a body; every body hangs on them, so a fault there must not cost them all.
      stack.push({ id, refs: step.refsOf(id).filter((ref) => !step.typeOf(ref).endsWith('CONTEXT')), next: 0 })
      return null
    }
  }

  function placedItems(representation: number): number {
    return count(representation, new Set())
  }
  function count(representation: number, path: Set<number>): number {
    const known = counts.get(representation)
    if (known !== undefined) return known
    if (path.has(representation) || path.size > 64) return Number.POSITIVE_INFINITY
    path.add(representation)
    let total = 0
    for (const item of refsOf(step.argsOf(representation)[3]))
      total += step.typeOf(item) === 'IFCMAPPEDITEM' ? count(refOf(step.argsOf(refOf(step.argsOf(item)[0]))[1]), path) : 1
    path.delete(representation)
    counts.set(representation, total)
    return total
  }
  return { of, placedItems }
}
