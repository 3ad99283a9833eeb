import { IconCurrentLocation } from '@tabler/icons-react'
import type { Clash, ClashSide } from '@/core/clash'
import { CLASH } from '@/messages/app-clash'
import { sayClash } from '@/messages/clash'
import { metres, number } from '../formats.ts'
import { IssueBlock } from '../review/IssueBlock.tsx'
import { Choice } from '../shell/Choice.tsx'
import { useGet, useRuntime, useTwin } from '../store/use-twin.ts'
import { useWords } from '../words.ts'

/** One clash in words and figures. */
export function ClashInspector({ clash }: { readonly clash: Clash }) {
  const t = useWords()
  const get = useGet()
  const runtime = useRuntime()
  const language = useTwin((state) => state.language)
  const mode = useTwin((state) => state.focusMode)
  const key = useTwin((state) => state.keys.get(clash.id) ?? clash.id)
  const [x, y, z] = clash.points[0]
  return (
    <div className="panelbody">
      <div className="block stack">
        <span>
          <span className={`kind ${clash.kind}`}>{t(CLASH.what[clash.kind])}</span>
        </span>
        <p style={{ fontSize: 'var(--t14)' }}>{sayClash(clash, language)}</p>
        <Side clash={clash} which="a" />
        <Side clash={clash} which="b" />
      </div>
      <IssueBlock id={key} />
      <div className="block">
        <dl className="facts">
          {clash.depth !== null && clash.kind !== 'duplicate' ? (
            <>
              <dt>{t(CLASH.depth)}</dt>
              <dd>{metres(clash.depth, language, 4)}</dd>
            </>
          ) : null}
          {clash.gap !== null && clash.depth === null ? (
            <>
              <dt>{t(CLASH.gap)}</dt>
              <dd>{metres(clash.gap, language, 4)}</dd>
            </>
          ) : null}
          {clash.required !== null ? (
            <>
              <dt>{t(CLASH.required)}</dt>
              <dd>
                {metres(clash.required, language)} {clash.parallel === null ? '' : t(clash.parallel ? CLASH.parallel : CLASH.crossing)}
              </dd>
            </>
          ) : null}
          <dt>{t(CLASH.at)}</dt>
          <dd>{[x, y, z].map((value) => number(value, language, 2, true)).join(', ')}</dd>
          <dt>{t(CLASH.rule)}</dt>
          <dd>{clash.rule}</dd>
          <dt>{t(CLASH.id)}</dt>
          <dd>
            <code>{clash.id.slice(0, 12)}</code>
          </dd>
          {clash.marks.length ? (
            <>
              <dt>{t(CLASH.marks)}</dt>
              <dd>{clash.marks.map((mark) => t(CLASH.mark[mark])).join(language === 'en' ? '; ' : '；')}</dd>
            </>
          ) : null}
        </dl>
        {clash.required !== null ? <p className="quiet">{t(CLASH.reference)}</p> : null}
      </div>
      <div className="block stack">
        <span className="label">{t(CLASH.showAs)}</span>
        <Choice
          small
          label={t(CLASH.showAs)}
          value={mode}
          onChange={(next) => get().setFocusMode(next)}
          options={[
            { value: 'ghost', label: t(CLASH.modeGhost) },
            { value: 'highlight', label: t(CLASH.modeHighlight) },
            { value: 'isolate', label: t(CLASH.modeIsolate) },
          ]}
        />
        <button type="button" className="button small" onClick={() => runtime.scene.current?.flyTo(clash.contact)}>
          <IconCurrentLocation size={16} /> {t(CLASH.zoomTo)}
        </button>
      </div>
    </div>
  )
}

function Side({ clash, which }: { readonly clash: Clash; readonly which: 'a' | 'b' }) {
  const t = useWords()
  const get = useGet()
  const side: ClashSide = clash[which]
  return (
    <div className={`side ${which}`}>
      <i>{t(which === 'a' ? CLASH.sideA : CLASH.sideB)}</i>
      <span>
        <button type="button" className="linklike" onClick={() => get().select([{ model: side.model, index: side.index }])}>
          {side.name || side.tag || side.class}
        </button>
        <br />
        <span className="quiet">
          {side.class} · {side.model}
        </span>
      </span>
    </div>
  )
}
