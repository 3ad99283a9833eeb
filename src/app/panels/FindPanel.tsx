import { IconDeviceFloppy, IconSearch, IconX } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import { EXAMPLES, FIND } from '@/messages/app-find'
import { sayProblem } from '@/messages/problems'
import { number } from '../formats.ts'
import { useGet, useRuntime, useTwin } from '../store/use-twin.ts'
import { lookUp, refKey } from '../store/view.ts'
import { useWords } from '../words.ts'
import { ColorBy } from './ColorBy.tsx'
import { PanelFrame } from './PanelFrame.tsx'

/** After so long without a key the query runs [ms]. */
const PAUSE = 200

export function FindPanel() {
  const t = useWords()
  const get = useGet()
  const query = useTwin((state) => state.query)
  const wrong = useTwin((state) => state.matched.state === 'wrong')
  const [text, setText] = useState(query)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  useEffect(() => {
    if (text === get().query) return
    const timer = setTimeout(() => void get().find(text), PAUSE)
    return () => clearTimeout(timer)
  }, [text, get])
  const take = (next: string) => {
    setText(next)
    void get().find(next)
    field.current?.focus()
  }
  return (
    <PanelFrame title={t(FIND.find)}>
      <div className="stack pad" style={{ paddingBottom: 8 }}>
        <label className="searchbox">
          <IconSearch size={15} aria-hidden="true" />
          <input
            ref={field}
            className="input"
            type="search"
            spellCheck={false}
            value={text}
            placeholder={t(FIND.placeholder)}
            aria-label={t(FIND.query)}
            aria-invalid={wrong}
            aria-describedby="find-outcome"
            data-testid="query"
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.nativeEvent.isComposing) void get().find(text)
            }}
          />
        </label>
        <Outcome />
      </div>
      {text.trim() === '' ? <Beginnings onTake={take} /> : <Results />}
      <Sets onTake={take} />
    </PanelFrame>
  )
}

/** How many there are, while one types; what is wrong with the query, and where. */
function Outcome() {
  const t = useWords()
  const get = useGet()
  const runtime = useRuntime()
  const language = useTwin((state) => state.language)
  const { state, problems, refs, unclear } = useTwin((twin) => twin.matched)
  const bodyless = useTwin((twin) => refs.reduce((n, ref) => n + (lookUp(twin.models, ref)?.element.parts.length ? 0 : 1), 0))
  const n = (value: number) => number(value, language)
  const [naming, setNaming] = useState<string | null>(null)
  if (state === 'empty') return null
  if (state === 'wrong')
    return (
      <p id="find-outcome" className="wrong" role="status">
        {problems.map((problem) => sayProblem(problem, language)).join(' ')}
      </p>
    )
  return (
    <div id="find-outcome" className="stack" role="status" data-testid="find-count">
      {state === 'done' && refs.length === 0 ? (
        <p className="note warning">{t(FIND.none)}</p>
      ) : (
        <p>
          <strong className="num">{t(FIND.count)(n(refs.length), refs.length === 1)}</strong>{' '}
          {bodyless ? <span className="quiet num">{t(FIND.notDrawn)(n(bodyless))}</span> : null}{' '}
          {state === 'searching' ? <span className="quiet">{t(FIND.searching)}</span> : null}
        </p>
      )}
      {unclear.length ? <p className="note warning num">{t(FIND.unclear)(n(unclear.length))}</p> : null}
      {refs.length ? (
        <div className="row" style={{ flexWrap: 'wrap' }}>
          <button type="button" className="button small primary" data-testid="find-select" onClick={() => get().select(refs)}>
            {t(FIND.selectAll)}
          </button>
          <button
            type="button"
            className="button small"
            data-testid="find-isolate"
            onClick={() => {
              get().isolate(refs)
              runtime.scene.current?.fit(refs)
            }}
          >
            {t(FIND.isolate)}
          </button>
          <button type="button" className="button small" data-testid="find-hide" onClick={() => get().setVisible(refs, false)}>
            {t(FIND.hide)}
          </button>
          {naming === null ? (
            <button type="button" className="button small" data-testid="find-save" onClick={() => setNaming(get().query)}>
              <IconDeviceFloppy size={14} /> {t(FIND.saveSet)}
            </button>
          ) : (
            <form
              className="row grow"
              onSubmit={(event) => {
                event.preventDefault()
                if (naming.trim()) get().saveSet(naming.trim())
                setNaming(null)
              }}
            >
              <input
                className="input"
                // biome-ignore lint/a11y/noAutofocus: the field stands where the button was that asked for it
                autoFocus
                value={naming}
                maxLength={80}
                aria-label={t(FIND.setName)}
                onChange={(event) => setNaming(event.currentTarget.value)}
                onKeyDown={(event) => {
                  if (event.key !== 'Escape') return
                  event.stopPropagation()
                  setNaming(null)
                }}
              />
              <button type="submit" className="button small">
                {t(FIND.saveSet)}
              </button>
            </form>
          )}
        </div>
      ) : null}
      {refs.length ? <ColorBy /> : null}
    </div>
  )
}

const ROW = 28

/** The elements found, as rows that the keyboard reaches. */
function Results() {
  const t = useWords()
  const get = useGet()
  const runtime = useRuntime()
  const models = useTwin((state) => state.models)
  const refs = useTwin((state) => state.matched.refs)
  const selection = useTwin((state) => state.selection)
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({ count: refs.length, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 12 })
  const selected = new Set(selection.length > 1000 ? [] : selection.map(refKey))
  if (!refs.length) return <div className="grow" />
  return (
    <div ref={scroller} className="panelbody">
      <ul style={{ height: virtual.getTotalSize(), position: 'relative' }} aria-label={t(FIND.results)}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const hit = lookUp(models, refs[index])
          if (!hit) return null
          return (
            <li key={refKey(refs[index])} className="foundrow" style={{ transform: `translateY(${start}px)` }}>
              <button
                type="button"
                aria-pressed={selected.has(refKey(refs[index]))}
                onClick={(event) => get().select([refs[index]], event.ctrlKey || event.metaKey || event.shiftKey)}
                onDoubleClick={() => runtime.scene.current?.fit([refs[index]])}
              >
                <span className="grow clip">{hit.element.name || hit.element.tag || hit.element.globalId}</span>
                <span className="quiet hint">{hit.element.class.replace(/^Ifc/, '')}</span>
              </button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** With an empty query: what one may ask, and what there is. */
function Beginnings({ onTake }: { readonly onTake: (query: string) => void }) {
  const t = useWords()
  const language = useTwin((state) => state.language)
  const models = useTwin((state) => state.models)
  const classes = new Map<string, number>()
  for (const model of models) for (const { class: name, parts } of model.elements) if (parts.length) classes.set(name, (classes.get(name) ?? 0) + 1)
  return (
    <div className="panelbody">
      <div className="block stack">
        <p className="quiet">{t(FIND.lead)}</p>
        <h3>{t(FIND.examples)}</h3>
        <ul className="stack" style={{ gap: 2 }}>
          {EXAMPLES.map((example) => (
            <li key={example.text}>
              <button type="button" className="example" onClick={() => onTake(example.text)}>
                <code>{example.text}</code>
                <span className="quiet">{t(example)}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
      <div className="block stack">
        <h3>{t(FIND.classes)}</h3>
        <div className="chips">
          {[...classes]
            .sort(([, a], [, b]) => b - a)
            .map(([name, count]) => (
              <button key={name} type="button" className="chip" onClick={() => onTake(name)}>
                {name} <span className="quiet num">{number(count, language)}</span>
              </button>
            ))}
        </div>
      </div>
    </div>
  )
}

function Sets({ onTake }: { readonly onTake: (query: string) => void }) {
  const t = useWords()
  const get = useGet()
  const sets = useTwin((state) => state.sets)
  if (!sets.length) return null
  return (
    <div className="block sets" data-testid="find-sets">
      <h3>{t(FIND.sets)}</h3>
      {sets.map(({ name, query }) => (
        <div className="item" key={name}>
          <button type="button" className="name" onClick={() => onTake(query)}>
            <span className="clip">{name}</span>
            {name === query ? null : <span className="sub">{query}</span>}
          </button>
          <button type="button" className="iconbutton small" aria-label={`${t(FIND.removeSet)} ${name}`} onClick={() => get().removeSet(name)}>
            <IconX size={14} />
          </button>
        </div>
      ))}
    </div>
  )
}
