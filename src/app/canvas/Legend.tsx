import { useMemo } from 'react'
import { APP } from '@/messages/app'
import { FIND } from '@/messages/app-find'
import { legendOf, type WaterLook } from '@/scene/legend'
import { colorLegend } from '@/scene/palette'
import { Choice } from '../shell/Choice.tsx'
import { useGet, useTwin } from '../store/use-twin.ts'
import { type Say, useWords } from '../words.ts'

/** What the colours mean: of the water in Rehearse, of the elements otherwise. The swatches are the very colours of the picture. */
export function Legend() {
  const rehearse = useTwin((state) => state.workspace === 'rehearse')
  const colors = useTwin((state) => state.colors)
  const focused = useTwin((state) => state.focus !== null)
  if (!rehearse && (colors === 'material' || focused)) return null
  return (
    <div className="float" style={{ left: 12, bottom: 12, flexDirection: 'column', alignItems: 'flex-start', gap: 6 }}>
      {colors !== 'material' && !rehearse ? <ElementLegend /> : null}
      {rehearse ? <WaterLegend /> : null}
    </div>
  )
}

function WaterLegend() {
  const t = useWords()
  const get = useGet()
  const look = useTwin((state) => state.look)
  // The difference of two runs has a legend of its own.
  const differing = useTwin((state) => state.fork !== null && state.compare === 'difference')
  if (differing) return null
  const legend = legendOf(look)
  return (
    <>
      {legend ? (
        <div className="legend" role="img" aria-label={`${t(legend.name)} ${legend.unit}`}>
          <strong>
            {t(legend.name)} {legend.unit}
          </strong>
          <ul>
            {[...legend.classes].reverse().map((entry) => (
              <li key={entry.from}>
                <span className="swatch" style={{ background: `rgb(${entry.color.join(' ')})` }} />
                <span className="num">{Number.isFinite(entry.to) ? `${entry.from}–${entry.to}` : `≥ ${entry.from}`}</span>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <Choice<WaterLook>
        small
        label={t(APP.look)}
        value={look}
        onChange={(next) => get().setView({ look: next })}
        options={[
          { value: 'water', label: t(APP.lookWater) },
          { value: 'depth', label: t(APP.lookDepth) },
          { value: 'velocity', label: t(APP.lookVelocity) },
        ]}
      />
    </>
  )
}

function ElementLegend() {
  const t = useWords()
  const get = useGet()
  const colors = useTwin((state) => state.colors)
  const models = useTwin((state) => state.models)
  const painting = useTwin((state) => (state.colors === 'property' ? state.painting : null))
  const entries = useMemo(() => painting?.entries ?? colorLegend(colors, models), [colors, models, painting])
  return (
    <div className="legend" style={{ maxHeight: 280, maxWidth: 280, overflow: 'auto' }} data-testid="legend">
      {painting ? <strong>{sayBy(painting.by, t)}</strong> : null}
      <ul aria-label={t(APP.colors)}>
        {entries.map((entry) => (
          <li key={entry.key}>
            <button type="button" className="legendrow" title={t(APP.select)} onClick={() => get().select(entry.elements)}>
              <span className="swatch" style={{ background: `rgb(${entry.color.join(' ')})` }} />
              <span className="clip">{t(entry.name as { zh: string; en: string })}</span> <span className="quiet num">{entry.elements.length}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** What the colours of a painting stand for. */
function sayBy(by: string, t: Say): string {
  const own = { ':class': FIND.byClass, ':storey': FIND.byStorey, ':system': FIND.bySystem, ':type': FIND.byType }[by]
  return own ? t(own) : by.replace('\u0000', ' · ')
}
