import { useMemo } from 'react'
import type { Vec3 } from '@/core/base/geometry'
import type { Language } from '@/messages/language'
import { angleOf, areaOf, distanceOf, middleOf } from '@/scene/measures'
import type { MeasureDrawing } from '@/scene/scene-props'
import { metres, number } from '../formats.ts'
import type { Measure, MeasureKind } from '../store/measure.ts'
import { useTwin } from '../store/use-twin.ts'

/** Measures as the scene draws them, and the point that the next one goes on from. */
export function useMeasureDrawings(): { readonly drawings: readonly MeasureDrawing[]; readonly from: Vec3 | null } {
  const measures = useTwin((state) => state.measures)
  const stroke = useTwin((state) => state.stroke)
  const kind = useTwin((state) => state.measureKind)
  const language = useTwin((state) => state.language)
  return useMemo(() => {
    const points = stroke.map(({ point }) => point)
    const drawings = measures.flatMap((measure, k) => drawingOf(measure, language, k === measures.length - 1) ?? [])
    if (points.length) drawings.push({ id: 'stroke', lines: [points], points, labels: [], filled: false, active: true })
    return { drawings, from: kind === 'gap' ? null : (points.at(-1) ?? null) }
  }, [measures, stroke, kind, language])
}

function drawingOf(measure: Measure, language: Language, active: boolean): MeasureDrawing | null {
  if (measure.kind === 'gap') {
    if (measure.gap.kind === 'none') return null
    const { points } = measure.gap
    const label =
      measure.gap.kind === 'apart' ? metres(measure.gap.distance, language) : measure.gap.depth === null ? '0' : `−${metres(measure.gap.depth, language)}`
    return { id: measure.id, lines: [points], points, labels: [{ at: middleOf(points), text: label }], filled: false, active }
  }
  const { points, kind, id } = measure
  const closed = kind === 'area' ? [...points, points[0]] : points
  return { id, lines: [closed], points, labels: [{ at: placeOf(kind, points), text: textOf(kind, points, language) }], filled: kind === 'area', active }
}

function placeOf(kind: MeasureKind, points: readonly Vec3[]): Vec3 {
  return kind === 'angle' ? points[1] : middleOf(points)
}

function textOf(kind: MeasureKind, points: readonly Vec3[], language: Language): string {
  if (kind === 'distance') return metres(distanceOf(points[0], points[1]).length, language)
  if (kind === 'angle') return degrees(angleOf(points[0], points[1], points[2]), language)
  if (kind === 'area') return squareMetres(areaOf(points)?.area ?? 0, language)
  return points[0].map((value) => number(value, language, 3, true)).join('  ')
}

export function degrees(radians: number | null, language: Language): string {
  return radians === null ? '–' : `${number((radians * 180) / Math.PI, language, 2, true)}°`
}
export function squareMetres(value: number, language: Language): string {
  return `${number(value, language, 3, true)} m²`
}
