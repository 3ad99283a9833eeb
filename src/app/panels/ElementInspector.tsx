import { IconEyeOff, IconFocus2, IconFocusCentered, IconRulerMeasure } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { Element, PropertySet, SiteModel } from '@/core/model'
import { APP } from '@/messages/app'
import { FIND } from '@/messages/app-find'
import type { Language } from '@/messages/language'
import { sayProblem } from '@/messages/problems'
import { metres, number } from '../formats.ts'
import { CommandButton } from '../shell/CommandButton.tsx'
import { problemsOf } from '../store/task.ts'
import { useGet, useTwin } from '../store/use-twin.ts'
import { lookUp } from '../store/view.ts'
import { type Say, useWords } from '../words.ts'

export function ElementInspector() {
  const t = useWords()
  const get = useGet()
  const selection = useTwin((state) => state.selection)
  const models = useTwin((state) => state.models)
  const language = useTwin((state) => state.language)
  const only = selection.length === 1 ? lookUp(models, selection[0]) : null
  if (!selection.length)
    return (
      <div className="empty">
        <strong>{t(APP.nothingSelected)}</strong>
        <span>{t(APP.nothingSelectedText)}</span>
      </div>
    )
  return (
    <div className="panelbody">
      <div className="block stack">
        <strong style={{ fontSize: 'var(--t14)' }}>{only ? only.element.name || only.element.class : t(APP.selectedMany)(selection.length)}</strong>
        <div className="row">
          <CommandButton command="fit" icon={<IconFocusCentered size={16} />} small withWords />
          <CommandButton command="isolate" icon={<IconFocus2 size={16} />} small withWords />
          <CommandButton command="hide" icon={<IconEyeOff size={16} />} small withWords />
          {selection.length === 2 ? (
            <button type="button" className="iconbutton small" data-testid="gap" onClick={() => void get().measureGap(selection[0], selection[1])}>
              <IconRulerMeasure size={16} /> {t(FIND.gapOfTwo)}
            </button>
          ) : null}
        </div>
      </div>
      {only ? <Facts model={only.model} element={only.element} language={language} t={t} /> : null}
      {only ? <Properties key={`${only.model.id}:${only.element.index}`} model={only.model} element={only.element} /> : null}
    </div>
  )
}

function Facts({ model, element, language, t }: { model: SiteModel; element: Element; language: Language; t: Say }) {
  const size = element.bounds ? element.bounds.max.map((value, k) => value - (element.bounds?.min[k] ?? 0)) : null
  const rows: [string, string][] = [
    [t(APP.class), element.type ? `${element.class} · ${element.type}` : element.class],
    [t(APP.tag), element.tag],
    [t(APP.storey), element.storey < 0 ? '' : model.storeys[element.storey].name],
    [t(APP.system), element.systems.map((index) => model.systems[index]?.name).join(', ')],
    [t(APP.model), model.file.name],
    ['GlobalId', element.globalId],
    [t(APP.size), size ? `${size.map((value) => number(value, language, 2, true)).join(' × ')} m` : ''],
    [t(APP.level), element.bounds ? `${metres(element.bounds.min[2], language, 2)} … ${metres(element.bounds.max[2], language, 2)}` : ''],
  ]
  return (
    <div className="block">
      <dl className="facts">
        {rows
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {element.reason ? <p className="note warning">{sayProblem(element.reason, language)}</p> : null}
    </div>
  )
}

/** Read when asked for: most elements are never looked at. */
function Properties({ model, element }: { readonly model: SiteModel; readonly element: Element }) {
  const t = useWords()
  const get = useGet()
  const language = useTwin((state) => state.language)
  const [sets, setSets] = useState<readonly PropertySet[] | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  useEffect(() => {
    let gone = false
    get()
      .propertiesOf(model, element.index)
      .then((found) => !gone && setSets(found))
      .catch(
        (error) =>
          !gone &&
          setWrong(
            problemsOf(error)
              .map((problem) => sayProblem(problem, get().language))
              .join(' '),
          ),
      )
    return () => {
      gone = true
    }
  }, [get, model, element])
  if (wrong) return <p className="pad tone-danger">{wrong}</p>
  if (!sets) return <p className="pad quiet">{t(APP.reading)}</p>
  if (!sets.length) return <p className="pad quiet">{t(APP.noProperties)}</p>
  const show = (value: string | number | boolean | null) =>
    value === null ? '–' : typeof value === 'boolean' ? t(value ? APP.yes : APP.no) : typeof value === 'number' ? number(value, language, 4) : value
  return sets.map((set) => (
    <div className="block" key={`${set.kind} ${set.from} ${set.name}`}>
      <h3>
        {set.name} {set.kind === 'quantities' ? <span className="tag">{t(APP.quantities)}</span> : null}{' '}
        {set.from === 'type' ? <span className="tag">{t(APP.fromType)}</span> : null}
      </h3>
      <dl className="facts">
        {set.properties.map((property) => (
          <div key={property.name} style={{ display: 'contents' }}>
            <dt>{property.name}</dt>
            <dd>
              {show(property.value)} {property.unit ?? ''}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  ))
}
