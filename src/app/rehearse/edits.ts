import { formatQuantity } from '@/core/base/quantity'
import type { EventWritten, FloodWritten, PumpWritten, StormWritten } from '@/scenarios/flood/types'

/** Changes of a scenario as it is written: each takes the document and gives the next one. */
export type Edit = (written: FloodWritten) => FloodWritten
type Lists = 'pumps' | 'panels' | 'nodes' | 'barriers' | 'probes' | 'events' | 'sumps' | 'inlets'

export function at(x: number, y: number): readonly [string, string] {
  const text = (value: number) => formatQuantity(Math.round(value * 100) / 100, 'length', 'm')
  return [text(x), text(y)]
}

/** The first of `P-05`, `P-06` … that is not in use. */
export function freshId(written: FloodWritten, list: 'pumps' | 'panels' | 'barriers' | 'probes', prefix: string): string {
  const used = new Set((written[list] ?? []).map((entry) => entry.id))
  for (let n = 1; ; n++) {
    const id = `${prefix}-${String(n).padStart(2, '0')}`
    if (!used.has(id)) return id
  }
}

export function change<K extends Lists>(list: K, index: number, patch: object): Edit {
  return (written) => ({ ...written, [list]: (written[list] ?? []).map((entry, k) => (k === index ? clean({ ...entry, ...patch }) : entry)) })
}

export function remove(list: Lists, index: number): Edit {
  return (written) => ({ ...written, [list]: (written[list] ?? []).filter((_, k) => k !== index) })
}

/** What can be taken away by its id: a pump, a board, a panel, a probe; the sewer is there. */
const REMOVABLE = ['pumps', 'barriers', 'panels', 'probes'] as const

export function isRemovable(written: FloodWritten, id: string): boolean {
  return REMOVABLE.some((list) => (written[list] ?? []).some((entry) => entry.id === id))
}
export function removeById(id: string): Edit {
  return (written) => {
    const list = REMOVABLE.find((candidate) => (written[candidate] ?? []).some((entry) => entry.id === id))
    return list ? { ...written, [list]: (written[list] ?? []).filter((entry) => entry.id !== id) } : written
  }
}

/** Takes a pump to a place: no longer where the model has it, and in a sump only where there is one. */
export function movePump(id: string, x: number, y: number, sump: string | null): Edit {
  return (written) => ({
    ...written,
    pumps: written.pumps.map((pump) => {
      if (pump.id !== id) return pump
      const { element: _element, sump: _sump, ...rest } = pump
      return { ...rest, at: at(x, y), ...(sump ? { sump } : {}), ...levels(sump, pump) }
    }),
  })
}

/** Levels that make sense where a pump stands: in a sump half a metre of water is nothing, on the ground it is a flood. */
function levels(sump: string | null, pump: PumpWritten): { start: string; stop: string } {
  const wasInSump = pump.sump !== undefined
  if ((sump !== null) === wasInSump) return { start: pump.start, stop: pump.stop }
  return sump ? { start: '0.60 m', stop: '0.25 m' } : { start: '0.15 m', stop: '0.06 m' }
}

export function addPump(id: string, x: number, y: number, sump: string | null): Edit {
  return (written) => {
    const like = written.pumps.at(-1)
    const node = written.nodes[0]
    const panel = like?.panel ?? written.panels[0]?.id ?? ''
    const pump: PumpWritten = {
      id,
      type: like?.type ?? 'P100',
      at: at(x, y),
      ...(sump ? { sump, start: '0.60 m', stop: '0.25 m' } : { start: '0.15 m', stop: '0.06 m' }),
      discharge: like?.discharge ?? (node ? { node: node.id } : { at: at(x, y) }),
      panel,
    }
    return { ...written, pumps: [...written.pumps, pump] }
  }
}

export function addPanel(id: string, x: number, y: number, ground: number): Edit {
  const critical = formatQuantity(Math.round((ground + 0.4) * 1000) / 1000, 'length', 'm')
  return (written) => ({ ...written, panels: [...written.panels, { id, at: at(x, y), critical }] })
}

export function addBoard(id: string, opening: string, crest: string): Edit {
  return (written) => ({ ...written, barriers: [...(written.barriers ?? []), { id, opening, crest, at: '0 min' }] })
}

export function addProbe(id: string, x: number, y: number): Edit {
  return (written) => ({ ...written, probes: [...(written.probes ?? []), { id, at: at(x, y) }] })
}

export function addEvent(event: EventWritten): Edit {
  return (written) => ({ ...written, events: [...(written.events ?? []), event] })
}

export function setStorm(storm: StormWritten): Edit {
  return (written) => ({ ...written, storm })
}

/** Moves whatever has this id. */
export function moveTo(id: string, x: number, y: number, sump: string | null): Edit {
  return (written) => {
    if (written.pumps.some((pump) => pump.id === id)) return movePump(id, x, y, sump)(written)
    for (const list of ['panels', 'probes', 'nodes'] as const) {
      const index = (written[list] ?? []).findIndex((entry) => entry.id === id)
      if (index < 0) continue
      const entry = (written[list] ?? [])[index] as { element?: string }
      const { element: _element, ...rest } = entry
      return { ...written, [list]: (written[list] ?? []).map((other, k) => (k === index ? { ...rest, at: at(x, y) } : other)) }
    }
    return written
  }
}

/** A key set to undefined is a key left out. */
function clean<T extends object>(entry: T): T {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined)) as T
}
