import { FLOOD } from '@/messages/app-flood'
import type { PumpType } from '../store/scenario.ts'
import { useWords } from '../words.ts'

const W = 260
const H = 120
const LEFT = 30
const BOTTOM = 22

/** H(Q) of a pump from its rated point, drawn as the run uses it. */
export function PumpCurveChart({ type }: { readonly type: PumpType | null }) {
  const t = useWords()
  if (!type) return null
  const most = 2 * type.flow
  const shut = (4 / 3) * type.head
  const x = (flow: number) => LEFT + ((W - LEFT - 8) * flow) / most
  const y = (head: number) => 8 + (H - BOTTOM - 8) * (1 - head / (shut * 1.05))
  const points = Array.from({ length: 41 }, (_, k) => {
    const q = (most * k) / 40
    return `${x(q).toFixed(1)},${y(shut - (type.head / 3) * (q / type.flow) ** 2).toFixed(1)}`
  })
  const perHour = (flow: number) => Math.round(flow * 3600)
  return (
    <figure className="block">
      <h3>{t(FLOOD.curve)}</h3>
      <svg viewBox={`0 0 ${W} ${H}`} className="curve" role="img" aria-label={`${t(FLOOD.curve)} ${type.id}: ${perHour(type.flow)} m³/h, ${type.head} m`}>
        <path d={`M${LEFT} 8V${H - BOTTOM}H${W - 8}`} fill="none" stroke="var(--line-strong)" />
        <polyline points={points.join(' ')} fill="none" stroke="var(--series-1)" strokeWidth="2" />
        <circle cx={x(type.flow)} cy={y(type.head)} r="4" fill="var(--series-1)" />
        <text x={x(type.flow) + 7} y={y(type.head) - 5}>
          {perHour(type.flow)} m³/h · {type.head} m
        </text>
        <text x={W - 8} y={H - 6} textAnchor="end">
          {t(FLOOD.flow)} m³/h
        </text>
        <text x={LEFT + 4} y={14}>
          {t(FLOOD.head)} m
        </text>
        <text x={LEFT} y={H - 6}>
          0
        </text>
      </svg>
      <figcaption className="quiet">{t(FLOOD.curveNote)}</figcaption>
    </figure>
  )
}
