import type { Ref } from 'react'
import type { Vec3 } from '@/core/base/geometry'
import { length, sub } from '@/core/base/geometry'
import type { MeasureDrawing, SceneWords, SnapPoint } from './scene-props.ts'
import type { Stage } from './stage.ts'

interface Props {
  readonly measures: readonly MeasureDrawing[]
  readonly theme: 'light' | 'dark'
  /** The frame loop lays it out with `layOutMeasures`. */
  readonly ref: Ref<SVGSVGElement>
}

/** Measures over the picture: lines, corners and figures. SVG in the page: crisp in both languages, and no draw calls. */
export function MeasureLayer({ measures, theme, ref }: Props) {
  const ink = theme === 'dark' ? '#ffd166' : '#7a3b00'
  const halo = theme === 'dark' ? '#10141a' : '#ffffff'
  return (
    <svg ref={ref} className={`measures ${theme}`} style={{ position: 'absolute', inset: 0, width: '100%', height: '100%', pointerEvents: 'none' }} aria-hidden>
      {measures.map((drawing) => (
        <g key={drawing.id} data-measure={drawing.id} opacity={drawing.active ? 1 : 0.75}>
          <path fill={drawing.filled ? `${ink}22` : 'none'} stroke={halo} strokeWidth={5} strokeOpacity={0.7} strokeLinejoin="round" />
          <path fill="none" stroke={ink} strokeWidth={2} strokeLinejoin="round" />
          {drawing.points.map((_, k) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: corners have no name but their place
            <circle key={k} r={3.5} fill={halo} stroke={ink} strokeWidth={2} />
          ))}
          {drawing.labels.map(({ text }, k) => (
            <text
              // biome-ignore lint/suspicious/noArrayIndexKey: labels have no name but their place
              key={k}
              textAnchor="middle"
              fontSize={13}
              fontWeight={600}
              fill={ink}
              stroke={halo}
              strokeWidth={4}
              paintOrder="stroke"
              style={{ fontVariantNumeric: 'tabular-nums' }}
            >
              {text}
            </text>
          ))}
        </g>
      ))}
      <g data-rubber>
        <path fill="none" stroke={ink} strokeWidth={1.5} strokeDasharray="4 4" />
        <text textAnchor="middle" fontSize={13} fontWeight={600} fill={ink} stroke={halo} strokeWidth={4} paintOrder="stroke" />
        <path data-snap fill="none" stroke={ink} strokeWidth={2} />
      </g>
    </svg>
  )
}

/** Puts everything where the camera of the moment shows it. */
export function layOutMeasures(
  svg: SVGSVGElement,
  measures: readonly MeasureDrawing[],
  from: Vec3 | null,
  snap: SnapPoint | null,
  words: SceneWords,
  stage: Stage,
) {
  for (const drawing of measures) {
    const group = svg.querySelector(`[data-measure="${drawing.id}"]`)
    if (!group) continue
    const d = pathOf(drawing.lines, stage)
    for (const path of group.querySelectorAll('path')) path.setAttribute('d', d)
    group.querySelectorAll('circle').forEach((mark, k) => {
      place(mark, drawing.points[k], stage, 0)
    })
    group.querySelectorAll('text').forEach((text, k) => {
      place(text, drawing.labels[k].at, stage, -8)
    })
  }
  const rubber = svg.querySelector('[data-rubber]')
  if (!rubber) return
  const [line, mark] = rubber.querySelectorAll('path')
  const text = rubber.querySelector('text')
  line.setAttribute('d', from && snap ? pathOf([[from, snap.point]], stage) : '')
  if (text) {
    text.textContent = from && snap ? words.distance(length(sub(snap.point, from))) : ''
    if (from && snap) place(text, [0, 1, 2].map((a) => (from[a] + snap.point[a]) / 2) as unknown as Vec3, stage, -8)
  }
  const at = snap && stage.project(snap.point)
  mark.setAttribute('d', at && snap ? MARKS[snap.kind](at.x, at.y) : '')
}

/** Corner, edge and face are told apart by shape: a square, a triangle, a cross. */
const MARKS: Readonly<Record<SnapPoint['kind'], (x: number, y: number) => string>> = {
  vertex: (x, y) => `M${x - 6} ${y - 6}h12v12h-12z`,
  edge: (x, y) => `M${x - 7} ${y + 5}h14l-7 -12z`,
  face: (x, y) => `M${x - 6} ${y}h12M${x} ${y - 6}v12`,
}

function place(node: Element, point: Vec3, stage: Stage, up: number): void {
  const at = stage.project(point)
  node.setAttribute('visibility', at ? 'visible' : 'hidden')
  if (at) node.setAttribute('transform', `translate(${at.x.toFixed(1)} ${(at.y + up).toFixed(1)})`)
}

/** Lines in pixels; what lies behind the camera is cut off at it. */
function pathOf(lines: readonly (readonly Vec3[])[], stage: Stage): string {
  let d = ''
  for (const line of lines)
    for (let k = 1; k < line.length; k++) {
      const ends = stage.projectSegment(line[k - 1], line[k])
      if (ends) d += `${k === 1 || !d ? 'M' : 'L'}${ends[0].x.toFixed(1)} ${ends[0].y.toFixed(1)}L${ends[1].x.toFixed(1)} ${ends[1].y.toFixed(1)}`
    }
  return d
}
