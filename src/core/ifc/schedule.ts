import type { Task } from '@/core/model'
import { refOf, refsOf, type StepFile, textOf } from './step-file.ts'

/** Tasks with both dates and the products assigned to them. Times are local, as written (`2026-06-29T08:00:00`). IFC4 on; older files have none. */
export function readTasks(step: StepFile, products: readonly { readonly id: number }[]): Task[] {
  const indexOf = new Map(products.map(({ id }, index) => [id, index]))
  const elementsOf = new Map<number, number[]>()
  for (const relation of step.idsOf('IFCRELASSIGNSTOPROCESS')) {
    const args = step.argsOf(relation)
    const task = refOf(args[6])
    const known = elementsOf.get(task) ?? []
    for (const id of refsOf(args[4])) {
      const index = indexOf.get(id)
      if (index !== undefined && !known.includes(index)) known.push(index)
    }
    elementsOf.set(task, known)
  }
  return step.idsOf('IFCTASK').flatMap((id): Task[] => {
    const args = step.argsOf(id)
    const time = refOf(args[11])
    if (!time || step.typeOf(time) !== 'IFCTASKTIME') return []
    const [start, finish] = [textOf(step.argsOf(time)[5]), textOf(step.argsOf(time)[6])]
    if (Number.isNaN(Date.parse(start)) || Number.isNaN(Date.parse(finish))) return []
    return [{ globalId: textOf(args[0]), name: textOf(args[2]), identification: textOf(args[5]), start, finish, elements: elementsOf.get(id) ?? [] }]
  })
}
