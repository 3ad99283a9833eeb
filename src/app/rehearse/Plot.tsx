import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Moment } from '@/core/flood'
import { clockTime } from '../formats.ts'
import { useRuntime, useTwin } from '../store/use-twin.ts'
import type { Line, Threshold } from './SeriesChart.tsx'

interface Props {
  readonly title: string
  readonly unit: string
  readonly series: readonly Line[]
  readonly thresholds: readonly Threshold[]
  readonly moments: readonly Moment[]
}

/** Lines labelled at their ends, thresholds by name, the clock's time as a line that a click moves. */
export function Plot({ title, unit, series, thresholds, moments }: Props) {
  const { clock } = useRuntime()
  const theme = useTwin((state) => state.theme)
  const revision = useTwin((state) => state.seriesRevision)
  const duration = useTwin((state) => state.run.duration)
  const box = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const key = series.map((line) => line.label).join('|') + thresholds.map((one) => one.label + one.value).join('|') + theme + unit + duration
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chart is made anew only when its lines or colours change
  useEffect(() => {
    const host = box.current
    if (!host) return
    const token = (name: string) => getComputedStyle(host).getPropertyValue(name).trim()
    const axis = { stroke: token('--ink-3'), grid: { stroke: token('--line'), width: 1 }, ticks: { stroke: token('--line'), width: 1 }, font: '12px system-ui' }
    const chart = new uPlot(
      {
        width: host.clientWidth,
        height: Math.max(90, host.clientHeight),
        padding: [10, 64, 0, 0],
        legend: { show: false },
        cursor: { drag: { x: false, y: false }, points: { size: 6 } },
        scales: {
          x: { time: false, range: [0, duration || 1] },
          y: { range: (_, low, high) => [Math.min(0, low), Math.max(high, ...thresholds.map((one) => one.value), 1e-3) * 1.08] },
        },
        axes: [
          { ...axis, size: 24, values: (_, splits) => splits.map((time) => clockTime(time)), incrs: [600, 1200, 1800, 3600, 7200] },
          { ...axis, size: 46 },
        ],
        series: [
          {},
          ...series.map((line) => ({
            label: line.label,
            stroke: token(line.color),
            width: 2,
            points: { show: false },
            ...(line.dash ? { dash: [5, 4] } : {}),
          })),
        ],
        hooks: { draw: [(self) => decorate(self, series, thresholds, token, clock.now())] },
      },
      columns(moments, series) as uPlot.AlignedData,
      host,
    )
    plot.current = chart
    const onClick = () => {
      const left = chart.cursor.left
      if (left !== undefined && left >= 0) clock.seek(chart.posToVal(left, 'x'))
    }
    chart.over.addEventListener('click', onClick)
    const observer = new ResizeObserver(() => chart.setSize({ width: host.clientWidth, height: Math.max(90, host.clientHeight) }))
    observer.observe(host)
    let drawn = 0
    const off = clock.onTick(() => {
      if (performance.now() - drawn < 100 && clock.playing()) return
      drawn = performance.now()
      chart.redraw(false)
    })
    return () => {
      off()
      observer.disconnect()
      chart.destroy()
      plot.current = null
    }
  }, [key])
  // biome-ignore lint/correctness/useExhaustiveDependencies: `moments` grows in place; the revision tells
  useEffect(() => {
    plot.current?.setData(columns(moments, series) as uPlot.AlignedData)
  }, [revision, key])
  return <div ref={box} className="plot" role="img" aria-label={title} />
}

function columns(moments: readonly Moment[], series: readonly Line[]): (number | null)[][] {
  return [moments.map((moment) => moment.time), ...series.map((line) => moments.map(line.value))]
}

/** Names at the ends of the lines, thresholds, and the moment that is shown. */
function decorate(chart: uPlot, series: readonly Line[], thresholds: readonly Threshold[], token: (name: string) => string, now: number) {
  const { ctx, bbox } = chart
  const ratio = devicePixelRatio
  ctx.save()
  ctx.font = `${12 * ratio}px system-ui, sans-serif`
  ctx.textBaseline = 'middle'
  for (const { label, value } of thresholds) {
    const y = chart.valToPos(value, 'y', true)
    ctx.strokeStyle = token('--warn')
    ctx.fillStyle = token('--warn')
    ctx.setLineDash([4 * ratio, 4 * ratio])
    ctx.beginPath()
    ctx.moveTo(bbox.left, y)
    ctx.lineTo(bbox.left + bbox.width, y)
    ctx.stroke()
    ctx.fillText(label, bbox.left + 4 * ratio, y - 8 * ratio)
  }
  ctx.setLineDash([])
  const taken: number[] = []
  series.forEach((line, k) => {
    const values = chart.data[k + 1]
    let last = values.length - 1
    while (last >= 0 && values[last] === null) last--
    if (last < 0) return
    let y = chart.valToPos(values[last] as number, 'y', true)
    while (taken.some((other) => Math.abs(other - y) < 13 * ratio)) y -= 13 * ratio
    taken.push(y)
    ctx.fillStyle = token(line.color)
    ctx.fillText(line.label, bbox.left + bbox.width + 6 * ratio, y)
  })
  const x = chart.valToPos(now, 'x', true)
  ctx.strokeStyle = token('--accent')
  ctx.lineWidth = 1.5 * ratio
  ctx.beginPath()
  ctx.moveTo(x, bbox.top)
  ctx.lineTo(x, bbox.top + bbox.height)
  ctx.stroke()
  ctx.restore()
}
