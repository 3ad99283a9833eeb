import { sha256Hex } from '@/core/base/hash'
import { Failure, problem } from '@/core/base/problem'
import { makeDrainage } from './drainage.ts'
import type { DrainEvent, DrainLog, DrainNetwork, DrainResult } from './types.ts'
import './problems.ts'

/** Steps between looks at who waits: progress, and a place to cancel. */
const BREATH = 512
/** Below this a network would take for ever [s]. */
const SHORTEST = 1e-6

/** Runs a network alone: yields what happens, a row at every report time, and progress. */
export async function* simulateNetwork(
  { network }: { readonly network: DrainNetwork },
  signal: AbortSignal,
): AsyncGenerator<DrainEvent, DrainResult, undefined> {
  const events: DrainLog[] = []
  const fresh: DrainLog[] = []
  const drainage = makeDrainage(network, (entry) => {
    const full: DrainLog = { kind: 'log', ...entry }
    events.push(full)
    fresh.push(full)
  })
  const { nodes, links, duration, reportEvery } = network
  const most = nodes.map((node) => ({ depth: node.startDepth, at: 0, flooded: 0, first: null as number | null }))
  const carried = links.map(() => ({ volume: 0, peak: 0, at: 0, seconds: 0 }))
  let time = 0
  let steps = 0
  let report = network.reportFrom > 0 ? network.reportFrom : reportEvery

  while (time < duration - 1e-9) {
    signal.throwIfAborted()
    const stop = Math.min(duration, report)
    const wanted = Math.min(network.step, drainage.stableStep())
    if (!(wanted > SHORTEST)) throw new Failure(problem('network.unstable', { time, id: '' }))
    // Equal steps up to the next row: none is a splinter.
    const dt = (stop - time) / Math.ceil((stop - time) / wanted - 1e-9)
    drainage.step(dt)
    time = stop - time - dt < 1e-9 ? stop : time + dt
    steps++
    watch(dt)
    while (fresh.length > 0) yield fresh.shift() as DrainLog
    if (time >= report - 1e-9) {
      yield { ...drainage.row(), time: report }
      report += reportEvery
    }
    if (steps % BREATH === 0) yield { kind: 'progress', what: 'network', done: time, total: duration }
  }
  return {
    simulated: time,
    steps,
    balance: drainage.balance(),
    nodes: nodes.map((node, n) => ({
      id: node.id,
      kind: node.kind,
      maxDepth: most[n].depth,
      maxAt: most[n].at,
      maxLevel: node.invert + most[n].depth,
      flooded: most[n].flooded,
      firstFlood: most[n].first,
    })),
    links: links.map(({ id, kind }, l) => ({ id, kind, volume: carried[l].volume, peak: carried[l].peak, peakAt: carried[l].at })),
    pumps: links.flatMap(({ id, kind }, l) =>
      kind === 'pump'
        ? [
            {
              id,
              starts: events.filter((event) => event.what === 'pump-start' && event.subject === id).length,
              hours: carried[l].seconds / 3600,
              volume: carried[l].volume,
            },
          ]
        : [],
    ),
    events,
    hash: sha256Hex(new Uint8Array(drainage.state().buffer)),
  }

  function watch(dt: number): void {
    for (let n = 0; n < nodes.length; n++) {
      const depth = drainage.depthOf(n)
      if (!Number.isFinite(depth)) throw new Failure(problem('network.unstable', { time, id: nodes[n].id }))
      if (depth > most[n].depth) {
        most[n].depth = depth
        most[n].at = time
      }
      if (drainage.overflow[n] > 0) {
        most[n].flooded += drainage.overflow[n] * dt
        most[n].first ??= time
      }
    }
    for (let l = 0; l < links.length; l++) {
      const q = drainage.flow[l]
      carried[l].volume += q * dt
      if (drainage.setting[l] > 0 && q > 0) carried[l].seconds += dt
      if (Math.abs(q) > Math.abs(carried[l].peak)) {
        carried[l].peak = q
        carried[l].at = time
      }
    }
  }
}
