import type { Progress } from '@/core/base/job'
import { Failure, type Problem, problem } from '@/core/base/problem'

/** Waiting, as one value. `cancel` ends the work quietly: the task falls back to idle. */
export type Task<T> =
  | { readonly state: 'idle' }
  | { readonly state: 'running'; readonly progress: Progress | null; readonly cancel: () => void }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'failed'; readonly problems: readonly Problem[] }

export const IDLE = { state: 'idle' } as const

/** Runs the work and tells `set` every state it goes through. Resolves to the value, or null where it failed or was cancelled. */
export async function runTask<T>(
  work: (signal: AbortSignal, report: (progress: Progress) => void) => Promise<T>,
  set: (task: Task<T>) => void,
): Promise<T | null> {
  const controller = new AbortController()
  const cancel = () => controller.abort()
  let told = 0
  set({ state: 'running', progress: null, cancel })
  const report = (progress: Progress) => {
    const now = performance.now()
    if (controller.signal.aborted || (now - told < 80 && progress.done < progress.total)) return
    told = now
    set({ state: 'running', progress, cancel })
  }
  try {
    const value = await work(controller.signal, report)
    if (controller.signal.aborted) {
      set(IDLE)
      return null
    }
    set({ state: 'ready', value })
    return value
  } catch (error) {
    set(controller.signal.aborted ? IDLE : { state: 'failed', problems: problemsOf(error) })
    return null
  }
}

/** What went wrong as problems: a bug of ours too, with its stack on the console. */
export function problemsOf(error: unknown): readonly Problem[] {
  if (error instanceof Failure) return error.problems
  if (isProblems(error)) return error.problems
  console.error(error)
  return [problem('app.bug', { detail: error instanceof Error ? error.message : String(error) })]
}

/** A Failure that crossed a thread may have lost its class but not its problems. */
function isProblems(error: unknown): error is { problems: readonly Problem[] } {
  return typeof error === 'object' && error !== null && Array.isArray((error as { problems?: unknown }).problems)
}
