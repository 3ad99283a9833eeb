import { sha256Hex } from '@/core/base/hash'
import { Failure, problem } from '@/core/base/problem'
import { locate } from '@/core/site'
import { rainAt } from './hyetograph.ts'
import { kernels } from './kernels/index.ts'
import { openLedger } from './ledger.ts'
import { makeNetwork } from './network.ts'
import type { FloodCheckpoint, FloodEvent, FloodEventSpec, FloodInput, FloodLog, FloodResult, FloodSetup, Moment } from './types.ts'
import './problems.ts'

/** Time between looks at the greatest depths [s]. */
const TRACK = 10
/** Pumps, gullies, sumps and panels see the water at least so often [s]. */
const EXCHANGE = 1

/**
 * Simulates a flood: yields logs, and every `frameEvery` a frame and progress. A setup handed in with `next(setup)` takes hold at once:
 * water, pumps and panels that persist by id keep their state.
 */
export async function* simulateFlood(
  { grid, setup: first, kernel: name, from, edit: changed, checkpointEvery = 0 }: FloodInput,
  signal: AbortSignal,
): AsyncGenerator<FloodEvent, FloodResult, FloodSetup | undefined> {
  let setup = first
  let time = 0
  const logs: FloodLog[] = []
  const fresh: FloodLog[] = []
  const log = (entry: Omit<FloodLog, 'kind' | 'time'>) => {
    const full: FloodLog = { kind: 'log', time, ...entry }
    logs.push(full)
    fresh.push(full)
  }
  const ledger = openLedger(grid, setup)
  const make = kernels[name] ?? kernels.cpu
  const kernel = make(grid)
  kernel.setSeepage(ledger.seepage)
  const network = makeNetwork(grid, kernel, setup, log)
  const series: Moment[] = []
  const cells = grid.columns * grid.rows
  const maxDepth = new Float32Array(cells)
  const arrival = new Float32Array(cells).fill(-1)
  const openings = grid.openings.map((opening) => ({ opening, volume: 0, first: null as number | null, peak: 0, flow: 0 }))
  const probes = new Map<string, { cell: number; maxDepth: number; maxAt: number }>()
  const assets = new Map<string, { cell: number; max: number | null; firstOver: number | null }>()
  let events: FloodEventSpec[] = []
  let placed = new Set<string>()
  let steps = 0
  let nextTrack = 0
  let frames = 0
  let owed = false
  take(setup)
  if (from) goOn(from)
  else placeBarriers()
  edit(changed)

  while (time < setup.duration - 1e-9) {
    const frameEnd = Math.min(setup.duration, (Math.floor(time / setup.frameEvery + 1e-9) + 1) * setup.frameEvery)
    while (time < frameEnd - 1e-9) {
      signal.throwIfAborted()
      if (owed) {
        owed = false
        edit(yield { kind: 'checkpoint', time, checkpoint: checkpoint() })
      }
      fireEvents()
      const longest = kernel.stableStep(EXCHANGE)
      if (!(longest > 0)) throw new Failure(problem('flood.unstable', { time }))
      const rest = nextStop(frameEnd) - time
      const dt = rest / Math.ceil(rest / longest - 1e-9)
      const rain = rainAt(setup.rain, time)
      const exchange = network.before(time, dt)
      kernel.step(dt, rain, exchange)
      network.after(dt)
      ledger.rained(rain, dt)
      time += dt
      steps++
      watch(dt)
      if ((steps & 31) === 0) edit(yield { kind: 'progress', what: 'flood', done: time, total: setup.duration })
    }
    time = frameEnd
    fireEvents()
    kernel.track(time, maxDepth, arrival)
    const now = moment()
    series.push(now)
    for (const entry of fresh.splice(0)) yield entry
    const frame = { kind: 'frame' as const, time, depth: new Float32Array(cells), u: new Float32Array(cells), v: new Float32Array(cells), moment: now }
    kernel.read(frame.depth, frame.u, frame.v)
    owed = checkpointEvery > 0 && ++frames % checkpointEvery === 0
    edit(yield frame)
  }
  const state = kernel.state()
  return {
    simulated: time,
    steps,
    balance: ledger.close(kernel, network),
    openings: openings.map(({ opening, volume, first: from, peak }) => ({ id: opening.id, volume, first: from, peak })),
    pumps: network.pumps().map(({ pump, volume, returned, displaced, starts, seconds, energy, stops }) => ({
      id: pump.id,
      volume,
      returned,
      displaced,
      starts,
      hours: seconds / 3600,
      energy,
      stops,
    })),
    probes: [...probes].map(([id, probe]) => ({ id, maxDepth: probe.maxDepth, maxAt: probe.maxAt })),
    assets: setup.assets.map(({ id, globalId, name: called, critical }) => ({
      id,
      globalId,
      name: called,
      critical,
      max: assets.get(id)?.max ?? null,
      firstOver: assets.get(id)?.firstOver ?? null,
    })),
    events: logs,
    series,
    maxDepth,
    arrival,
    findings: grid.findings,
    hash: sha256Hex(new Uint8Array(state.buffer)),
  }

  function edit(next: FloodSetup | undefined): void {
    if (!next) return
    setup = next
    network.apply(setup)
    ledger.reseep(setup)
    kernel.setSeepage(ledger.seepage)
    take(setup)
    placeBarriers()
    log({ what: 'edit', subject: '', cause: 'user', value: null })
    owed = checkpointEvery > 0
  }

  function checkpoint(): FloodCheckpoint {
    return {
      time,
      steps,
      nextTrack,
      kernel: kernel.checkpoint(),
      network: network.checkpoint(),
      ledger: ledger.checkpoint(),
      maxDepth: maxDepth.slice(),
      arrival: arrival.slice(),
      openings: openings.map(({ volume, first: since, peak, flow }) => ({ volume, first: since, peak, flow })),
      probes: [...probes].map(([id, probe]) => [id, { ...probe }]),
      assets: [...assets].map(([id, asset]) => [id, { ...asset }]),
      events: [...events],
      placed: [...placed],
    }
  }

  function goOn({ checkpoint: held, series: kept, logs: told }: NonNullable<FloodInput['from']>): void {
    time = held.time
    steps = held.steps
    nextTrack = held.nextTrack
    kernel.restore(held.kernel)
    network.restore(held.network)
    ledger.restore(held.ledger)
    maxDepth.set(held.maxDepth)
    arrival.set(held.arrival)
    held.openings.forEach((state, k) => {
      Object.assign(openings[k], state)
    })
    for (const [id, probe] of held.probes) probes.set(id, { ...probe })
    for (const [id, asset] of held.assets) assets.set(id, { ...asset })
    events = [...held.events]
    placed = new Set(held.placed)
    series.push(...kept)
    logs.push(...told)
    frames = kept.length
  }

  function take(next: FloodSetup): void {
    const known = new Set(events.map((event) => JSON.stringify(event)))
    events = next.events.filter((event) => event.at >= time || known.has(JSON.stringify(event)))
    for (const probe of next.probes) if (!probes.has(probe.id)) probes.set(probe.id, { cell: locate(grid, probe.x, probe.y), maxDepth: 0, maxAt: 0 })
    for (const probe of next.probes) Object.assign(probes.get(probe.id) as object, { cell: locate(grid, probe.x, probe.y) })
    for (const asset of next.assets) if (!assets.has(asset.id)) assets.set(asset.id, { cell: locate(grid, asset.x, asset.y), max: null, firstOver: null })
  }

  /** Boards and gates whose time has come stand; those taken away in an edit are down again. */
  function placeBarriers(): void {
    for (const { opening } of openings) {
      const standing = setup.barriers.filter((barrier) => barrier.opening === opening.id && barrier.at <= time)
      const crest = standing.reduce((top, barrier) => (barrier.crest > top ? barrier.crest : top), -Infinity)
      for (const face of opening.faces) kernel.setCrest(face.axis, face.face, crest)
      for (const barrier of standing) if (!placed.has(barrier.id)) log({ what: 'barrier-placed', subject: barrier.id, cause: opening.id, value: barrier.crest })
    }
    placed = new Set(setup.barriers.filter((barrier) => barrier.at <= time).map((barrier) => barrier.id))
  }

  function fireEvents(): void {
    if (setup.barriers.some((barrier) => barrier.at <= time && !placed.has(barrier.id))) placeBarriers()
    const due = events.filter((event) => event.at <= time)
    if (due.length === 0) return
    events = events.filter((event) => event.at > time)
    for (const event of due) {
      if (event.kind === 'node-capacity') {
        network.setCapacity(event.node, event.capacity)
        log({ what: 'node-capacity', subject: event.node, cause: 'event', value: event.capacity })
      } else if (event.kind === 'pump-fails') {
        const back = event.until !== null && event.until <= time
        network.setFailed(event.pump, !back)
        log({ what: back ? 'pump-restored' : 'pump-fails', subject: event.pump, cause: 'event', value: null })
        if (!back && event.until !== null) events.push({ ...event, at: event.until })
      } else {
        const back = event.until !== null && event.until <= time
        network.setPower(event.panel, back)
        log({ what: back ? 'power-back' : 'power-cut', subject: event.panel, cause: 'event', value: null })
        if (!back && event.until !== null) events.push({ ...event, at: event.until })
      }
    }
  }

  /** The next moment that a step must not cross: a frame, a change of rain, an event, a board. */
  function nextStop(frameEnd: number): number {
    let stop = frameEnd
    const consider = (at: number) => {
      if (at > time + 1e-9 && at < stop) stop = at
    }
    setup.rain.from.forEach(consider)
    for (const event of events) consider(event.at)
    for (const barrier of setup.barriers) consider(barrier.at)
    return stop
  }

  function watch(dt: number): void {
    for (const entry of openings) {
      let volume = 0
      for (const face of entry.opening.faces) volume += face.inward * kernel.passedAt(face.axis, face.face)
      entry.flow = (volume - entry.volume) / dt
      entry.volume = volume
      if (entry.flow > entry.peak) entry.peak = entry.flow
      if (entry.first === null && entry.volume > 1) {
        entry.first = time
        log({ what: 'first-water', subject: entry.opening.id, cause: 'overtopping', value: entry.volume })
      }
    }
    for (const { id, critical } of setup.assets) {
      const asset = assets.get(id)
      if (!asset || asset.cell < 0) continue
      const depth = kernel.depthAt(asset.cell)
      if (depth <= 1e-3) continue
      const level = grid.floor[asset.cell] + depth
      if (asset.max === null || level > asset.max) asset.max = level
      if (level >= critical && asset.firstOver === null) {
        asset.firstOver = time
        log({ what: 'asset-over', subject: id, cause: 'water', value: level })
      }
    }
    for (const probe of probes.values()) {
      if (probe.cell < 0) continue
      const depth = kernel.depthAt(probe.cell)
      if (depth > probe.maxDepth) {
        probe.maxDepth = depth
        probe.maxAt = time
      }
    }
    if (time >= nextTrack) {
      nextTrack = time + TRACK
      kernel.track(time, maxDepth, arrival)
    }
  }

  function moment(): Moment {
    return {
      time,
      rainRate: rainAt(setup.rain, time - 1e-6),
      balance: ledger.close(kernel, network),
      openings: openings.map(({ opening, flow, volume }) => ({ id: opening.id, flow, volume })),
      ...network.moment(),
      probes: setup.probes.map(({ id }) => {
        const cell = probes.get(id)?.cell ?? -1
        const depth = cell < 0 ? 0 : kernel.depthAt(cell)
        return { id, depth, level: cell < 0 ? 0 : grid.floor[cell] + depth }
      }),
      steps,
    }
  }
}
