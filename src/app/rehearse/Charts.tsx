import { useState } from 'react'
import { parseQuantity } from '@/core/base/quantity'
import { FLOOD } from '@/messages/app-flood'
import type { FloodWritten } from '@/scenarios/flood/types'
import { Choice } from '../shell/Choice.tsx'
import { useTwin } from '../store/use-twin.ts'
import { useWords } from '../words.ts'
import { type Line, SeriesChart } from './SeriesChart.tsx'

type Which = 'gap' | 'level' | 'pumps' | 'node'
const COLORS = ['--series-1', '--series-2', '--series-3', '--series-4']

/** Why it happens, in four pictures; each also as a table. */
export function Charts() {
  const t = useWords()
  const [which, setWhich] = useState<Which>('gap')
  const written = useTwin((state) => state.document?.present)
  if (!written) return null
  return (
    <div className="charts">
      <Choice<Which>
        small
        label={t(FLOOD.charts)}
        value={which}
        onChange={setWhich}
        options={[
          { value: 'gap', label: t(FLOOD.overGap) },
          { value: 'level', label: t(FLOOD.pitLevel) },
          { value: 'pumps', label: t(FLOOD.pumpsOn) },
          { value: 'node', label: t(FLOOD.node) },
        ]}
      />
      <Chart which={which} written={written} />
    </div>
  )
}

function Chart({ which, written }: { readonly which: Which; readonly written: FloodWritten }) {
  const t = useWords()
  const openings = useTwin((state) => (state.world.state === 'ready' ? state.world.value.grid.openings : null)) ?? []
  if (which === 'gap') {
    const lines: Line[] = openings.map((opening, k) => ({
      label: opening.id,
      color: COLORS[k % COLORS.length],
      value: (moment) => moment.openings.find((candidate) => candidate.id === opening.id)?.flow ?? null,
    }))
    return <SeriesChart key="gap" title={t(FLOOD.overGap)} unit="m³/s" series={lines} />
  }
  if (which === 'level') {
    const probes = written.probes ?? []
    const lines: Line[] = probes.slice(0, 4).map((probe, k) => ({
      label: probe.id,
      color: COLORS[k % COLORS.length],
      value: (moment) => moment.probes.find((candidate) => candidate.id === probe.id)?.depth ?? null,
    }))
    return (
      <SeriesChart
        key="level"
        title={t(FLOOD.depthHere)}
        unit="m"
        series={lines}
        thresholds={[
          { label: '0.15', value: 0.15 },
          { label: '0.50', value: 0.5 },
        ]}
      />
    )
  }
  if (which === 'pumps') {
    const lines: Line[] = written.pumps.slice(0, 8).map((pump, k) => ({
      label: pump.id,
      color: COLORS[k % COLORS.length],
      dash: k >= 4,
      value: (moment) => (moment.pumps.find((candidate) => candidate.id === pump.id)?.flow ?? 0) * 3600,
    }))
    return <SeriesChart key="pumps" title={t(FLOOD.pumpsOn)} unit="m³/h" series={lines} />
  }
  const node =
    written.nodes.find((candidate) => written.pumps.some((pump) => 'node' in pump.discharge && pump.discharge.node === candidate.id)) ?? written.nodes[0]
  const capacity = node ? parseQuantity(node.capacity, 'flow') : null
  const lines: Line[] = node
    ? [
        { label: t(FLOOD.fromPumps), color: COLORS[0], value: (moment) => (moment.nodes.find(({ id }) => id === node.id)?.fromPumps ?? 0) * 3600 },
        { label: t(FLOOD.fromInlets), color: COLORS[2], value: (moment) => (moment.nodes.find(({ id }) => id === node.id)?.fromInlets ?? 0) * 3600 },
        { label: t(FLOOD.returned), color: COLORS[1], value: (moment) => (moment.nodes.find(({ id }) => id === node.id)?.returned ?? 0) * 3600 },
      ]
    : []
  return (
    <SeriesChart
      key="node"
      title={`${t(FLOOD.node)} ${node?.id ?? ''}`}
      unit="m³/h"
      series={lines}
      thresholds={capacity === null ? [] : [{ label: `${t(FLOOD.capacity)} ${node.id}`, value: capacity * 3600 }]}
    />
  )
}
