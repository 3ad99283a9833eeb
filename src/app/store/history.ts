/** Undo and redo over whole documents: they are small and immutable, so a step is a reference. */
export interface History<T> {
  readonly past: readonly T[]
  readonly present: T
  readonly future: readonly T[]
}

const LIMIT = 200

export function begin<T>(present: T): History<T> {
  return { past: [], present, future: [] }
}

/** `merge`: this change continues the last one (typing, dragging) and shares its step. */
export function record<T>(history: History<T>, present: T, merge = false): History<T> {
  if (present === history.present) return history
  if (merge && history.past.length) return { past: history.past, present, future: [] }
  return { past: [...history.past, history.present].slice(-LIMIT), present, future: [] }
}

export function undo<T>(history: History<T>): History<T> {
  const before = history.past.at(-1)
  return before === undefined ? history : { past: history.past.slice(0, -1), present: before, future: [history.present, ...history.future] }
}

export function redo<T>(history: History<T>): History<T> {
  const [next, ...future] = history.future
  return next === undefined ? history : { past: [...history.past, history.present], present: next, future }
}
