/** Longest stretch without a look at signals and pipes [ms]. */
const BREATH = 50

/**
 * Runs a job to its end. A job in this thread never waits for anything, so that Ctrl+C and pipes would get no turn: now and then the
 * process breathes.
 */
export async function pull<E, O>(work: AsyncGenerator<E, O, undefined>, onEvent: (event: E) => void): Promise<O> {
  for (let last = performance.now(); ; ) {
    const step = await work.next()
    if (step.done) return step.value
    onEvent(step.value)
    if (performance.now() - last < BREATH) continue
    await new Promise((resolve) => setImmediate(resolve))
    last = performance.now()
  }
}
