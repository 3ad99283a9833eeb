import { IconX } from '@tabler/icons-react'
import type { Vec3 } from '@/core/base/geometry'
import { toMap } from '@/core/model'
import { FIND } from '@/messages/app-find'
import type { Language } from '@/messages/language'
import { sayProblem } from '@/messages/problems'
import { angleOf, areaOf, distanceOf } from '@/scene/measures'
import { metres, millimetres, number } from '../formats.ts'
import { Choice } from '../shell/Choice.tsx'
import type { Gap, Measure, MeasureKind } from '../store/measure.ts'
import { useGet, useTwin } from '../store/use-twin.ts'
import { lookUp } from '../store/view.ts'
import { type Say, useWords } from '../words.ts'
import { degrees, squareMetres } from './measure-drawings.ts'

const KINDS = ['distance', 'gap', 'angle', 'area', 'point'] as const satisfies readonly MeasureKind[]

/** What the measuring tool waits for, and every figure of what was measured. */
export function MeasureCard() {
  const t = useWords()
  const get = useGet()
  const kind = useTwin((state) => state.measureKind)
  const stroke = useTwin((state) => state.stroke)
  const measuring = useTwin((state) => state.tool === 'measure')
  const measures = useTwin((state) => state.measures)
  const gap = useTwin((state) => state.gap)
  const language = useTwin((state) => state.language)
  return (
    <section className="card measurecard" aria-label={t(FIND.measured)} data-testid="measures">
      {measuring ? (
        <div className="stack">
          <Choice<MeasureKind>
            small
            label={t(FIND.measure)}
            value={kind}
            onChange={(next) => get().setMeasureKind(next)}
            options={KINDS.map((value) => ({ value, label: t(FIND.kinds[value]) }))}
          />
          <p className="quiet">{t(FIND.hints[kind])}</p>
          {kind === 'area' && stroke.length > 2 ? (
            <button type="button" className="button small" onClick={() => get().finishMeasure()}>
              {t(FIND.closeArea)}
            </button>
          ) : null}
        </div>
      ) : null}
      {gap.state === 'running' ? <p className="quiet">{t(FIND.measuring)}</p> : null}
      {gap.state === 'failed' ? <p className="wrong">{gap.problems.map((problem) => sayProblem(problem, language)).join(' ')}</p> : null}
      {[...measures].reverse().map((measure) => (
        <Row key={measure.id} measure={measure} language={language} />
      ))}
      {measures.length > 1 ? (
        <button type="button" className="button small" onClick={() => get().forgetMeasures()}>
          {t(FIND.forgetAll)}
        </button>
      ) : null}
    </section>
  )
}

function Row({ measure, language }: { readonly measure: Measure; readonly language: Language }) {
  const t = useWords()
  const get = useGet()
  return (
    <div className="measure">
      <div className="row">
        <strong className="grow">{t(FIND.kinds[measure.kind])}</strong>
        <button type="button" className="iconbutton small" aria-label={t(FIND.forget)} onClick={() => get().forgetMeasure(measure.id)}>
          <IconX size={14} />
        </button>
      </div>
      {measure.kind === 'gap' ? <GapRow measure={measure} language={language} /> : <Figures measure={measure} language={language} />}
    </div>
  )
}

type Rows = readonly (readonly [name: string, value: string])[]

function Facts({ rows }: { readonly rows: Rows }) {
  return (
    <dl className="facts">
      {rows.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Figures({ measure, language }: { readonly measure: Exclude<Measure, { kind: 'gap' }>; readonly language: Language }) {
  const t = useWords()
  const models = useTwin((state) => state.models)
  const { kind, points } = measure
  // Files of one project stand in one frame; a file without a map conversion borrows that of another.
  const frame = (models.find(({ id, frame: own }) => id === measure.model && own.georeference) ?? models.find(({ frame: own }) => own.georeference))?.frame
  const m = (value: number) => metres(value, language)
  if (kind === 'distance') {
    const { length, delta, horizontal, slope } = distanceOf(points[0], points[1])
    return (
      <Facts
        rows={[
          [t(FIND.length), m(length)],
          ['ΔX', m(delta[0])],
          ['ΔY', m(delta[1])],
          ['ΔZ', m(delta[2])],
          [t(FIND.horizontal), m(horizontal)],
          [t(FIND.slope), saySlope(slope, language, t)],
        ]}
      />
    )
  }
  if (kind === 'angle') return <Facts rows={[[t(FIND.angle), degrees(angleOf(points[0], points[1], points[2]), language)]]} />
  if (kind === 'area') {
    const area = areaOf(points)
    if (!area) return null
    return (
      <>
        <Facts
          rows={[
            [t(FIND.area), squareMetres(area.area, language)],
            [t(FIND.plan), squareMetres(area.plan, language)],
            [t(FIND.perimeter), m(area.perimeter)],
          ]}
        />
        {area.off > 5e-4 ? <p className="note warning">{t(FIND.off)(number(area.off * 1000, language, 1))}</p> : null}
      </>
    )
  }
  return <Place point={points[0]} frame={frame ?? null} language={language} />
}

function Place({ point, frame, language }: { readonly point: Vec3; readonly frame: Parameters<typeof toMap>[0] | null; readonly language: Language }) {
  const t = useWords()
  const map = frame && toMap(frame, point)
  const n = (value: number) => number(value, language, 3, true)
  return (
    <>
      <Facts
        rows={[
          ['X', `${n(point[0])} m`],
          ['Y', `${n(point[1])} m`],
          ['Z', `${n(point[2])} m`],
          ...(map
            ? ([
                [`E (${map.epsg})`, `${n(map.easting)} m`],
                ['N', `${n(map.northing)} m`],
                ['H', `${n(map.height)} m`],
              ] as const)
            : []),
        ]}
      />
      {map ? null : <p className="quiet">{t(FIND.noMap)}</p>}
    </>
  )
}

function GapRow({ measure, language }: { readonly measure: Extract<Measure, { kind: 'gap' }>; readonly language: Language }) {
  const models = useTwin((state) => state.models)
  const name = (side: 'a' | 'b') => {
    const element = lookUp(models, measure[side])?.element
    return element?.name || element?.tag || element?.class || ''
  }
  return (
    <>
      <p className="quiet clip">{name('a')}</p>
      <p className="quiet clip">{name('b')}</p>
      <GapFigures gap={measure.gap} language={language} />
    </>
  )
}

function GapFigures({ gap, language }: { readonly gap: Gap; readonly language: Language }) {
  const t = useWords()
  if (gap.kind === 'none') return <p className="note warning">{t(FIND.noGap)}</p>
  if (gap.kind === 'meet')
    return (
      <p>
        {gap.depth ? `${t(FIND.overlaps)} ${millimetres(gap.depth, language)}` : t(FIND.meets)}{' '}
        {gap.estimated ? <span className="tag">{t(FIND.gapSearch)}</span> : null}
      </p>
    )
  const { delta } = distanceOf(gap.points[0], gap.points[1])
  return (
    <>
      <Facts
        rows={[
          [t(FIND.gapIs), metres(gap.distance, language)],
          ['ΔX', metres(delta[0], language)],
          ['ΔY', metres(delta[1], language)],
          ['ΔZ', metres(delta[2], language)],
        ]}
      />
      <p className="quiet">{t(FIND.gapNote)}</p>
    </>
  )
}

/** Degrees, percent and one-in-n: each trade reads its own. */
function saySlope(slope: number | null, language: Language, t: Say): string {
  if (slope === null) return t(FIND.plumb)
  const percent = `${number(slope * 100, language, 2)} %`
  const ratio = Math.abs(slope) > 1e-6 ? ` · 1:${number(Math.abs(1 / slope), language, 1)}` : ''
  return `${degrees(Math.atan(slope), language)} · ${percent}${ratio}`
}
