/**
 * Long work: a generator that yields what happens and returns what comes of it. The reader pulls, which gives back-pressure, pause,
 * progress and a place to cancel. What a job yields it gives away (buffers may move to another thread). `C` is what the reader may
 * hand in with `next(command)`, for work that people change while it runs.
 */
export type Job<I, E, O, C = undefined> = (input: I, signal: AbortSignal) => AsyncGenerator<E, O, C | undefined>

/** Exact progress of a job: `done` of `total` units of `what`. */
export interface Progress {
  readonly kind: 'progress'
  readonly what: string
  readonly done: number
  readonly total: number
}

/** Runs a job to its end, handing each event to `onEvent`. */
export async function finish<E, O, C>(work: AsyncGenerator<E, O, C | undefined>, onEvent: (event: E) => void = () => {}): Promise<O> {
  for (;;) {
    const step = await work.next(undefined)
    if (step.done) return step.value
    onEvent(step.value)
  }
}
