import { IconX } from '@tabler/icons-react'
import { useRef } from 'react'
import type { JsonObject } from '@/core/decide'
import { DECIDE } from '@/messages/app-decide'
import { sayDifference } from '@/messages/decide-difference'
import { DIFFERENCE_CLASSES } from '@/scene/legend'
import { clockTime, number } from '../formats.ts'
import { Choice } from '../shell/Choice.tsx'
import type { RunSlice } from '../store/run.ts'
import { useGet, useTwin } from '../store/use-twin.ts'
import { useWords } from '../words.ts'
import './lanes.css'

/** Two runs in step: how they are seen, where they part, and the divider between them. */
export function Lanes() {
  const shown = useTwin((state) => state.fork !== null && state.workspace === 'rehearse')
  const mode = useTwin((state) => state.compare)
  if (!shown) return null
  return (
    <>
      <LaneCard />
      {mode === 'swipe' ? <Divider /> : null}
      {mode === 'difference' ? <DifferenceLegend /> : null}
    </>
  )
}

function LaneCard() {
  const t = useWords()
  const get = useGet()
  const language = useTwin((state) => state.language)
  const mode = useTwin((state) => state.compare)
  const fork = useTwin((state) => state.fork)
  const present = useTwin((state) => state.document?.present)
  const untouched = useTwin((state) => state.run.edits.length === 0 && state.run.phase === 'running' && !state.run.playing)
  if (!fork || !present) return null
  const words = sayDifference(fork.written as unknown as JsonObject, present as unknown as JsonObject, language)
  const { at, from, steps, hash, parentHash, firstDifference } = fork
  return (
    <section className="lanecard" aria-label={t(DECIDE.lanes)} data-testid="lanes">
      <div className="row">
        <span className="clip">
          <strong className="badge">{t(DECIDE.laneA)}</strong> {t(fork.written.title)}
        </span>
        <span className="clip" title={words.join('\n')}>
          <strong className="badge b">{t(DECIDE.laneB)}</strong> {words.length === 0 ? t(present.title) : `${words[0]}${words.length > 1 ? ' …' : ''}`}{' '}
        </span>
        <button type="button" className="iconbutton small" aria-label={t(DECIDE.endCompare)} title={t(DECIDE.endCompare)} onClick={() => get().endCompare()}>
          <IconX size={16} />
        </button>
      </div>
      <div className="row">
        <Choice<RunSlice['compare']>
          small
          label={t(DECIDE.lanes)}
          value={mode}
          onChange={(compare) => get().setCompare({ compare })}
          options={[
            { value: 'one', label: t(DECIDE.onlyB) },
            { value: 'swipe', label: t(DECIDE.swipe) },
            { value: 'difference', label: t(DECIDE.difference) },
          ]}
        />
        <span className="quiet num" data-testid="first-difference">
          {at > 0 ? `${t(DECIDE.forkedAt)(clockTime(at))} · ` : ''}
          {firstDifference !== null
            ? t(DECIDE.firstDifference)(clockTime(firstDifference))
            : hash !== null && hash === parentHash
              ? t(DECIDE.sameResult)
              : at > 0 && untouched
                ? t(DECIDE.changeNow)
                : t(DECIDE.noDifference)}
        </span>
      </div>
      {steps !== null ? <p className="quiet num">{t(DECIDE.computedSince)(number(steps, language), clockTime(from))}</p> : null}
    </section>
  )
}

/** Dragged, or moved with the arrows. */
function Divider() {
  const t = useWords()
  const get = useGet()
  const split = useTwin((state) => state.split)
  const line = useRef<HTMLDivElement>(null)
  const move = (clientX: number) => {
    const box = line.current?.parentElement?.getBoundingClientRect()
    if (box) get().setCompare({ split: Math.min(0.98, Math.max(0.02, (clientX - box.left) / box.width)) })
  }
  return (
    <div
      ref={line}
      className="divider"
      style={{ left: `${split * 100}%` }}
      role="slider"
      tabIndex={0}
      aria-label={t(DECIDE.swipeHandle)}
      aria-valuemin={2}
      aria-valuemax={98}
      aria-valuenow={Math.round(split * 100)}
      data-testid="swipe"
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) move(event.clientX)
      }}
      onKeyDown={(event) => {
        const by = event.key === 'ArrowLeft' ? -0.02 : event.key === 'ArrowRight' ? 0.02 : 0
        if (by === 0) return
        event.preventDefault()
        event.stopPropagation()
        get().setCompare({ split: Math.min(0.98, Math.max(0.02, split + by)) })
      }}
    >
      <span className="end left">{t(DECIDE.laneA)}</span>
      <span className="grip" />
      <span className="end right">{t(DECIDE.laneB)}</span>
    </div>
  )
}

function DifferenceLegend() {
  const t = useWords()
  return (
    <div className="float" style={{ left: 12, bottom: 12 }}>
      <div className="legend" role="img" aria-label={`${t(DECIDE.differenceLegend)} m`}>
        <strong>{t(DECIDE.differenceLegend)} m</strong>
        <ul>
          {[...DIFFERENCE_CLASSES].reverse().map(({ from, to, color }) => (
            <li key={from}>
              <span className="swatch" style={{ background: `rgb(${color.join(' ')})` }} />
              <span className="num">{Number.isFinite(from) ? (Number.isFinite(to) ? `${say(from)} … ${say(to)}` : `≥ ${say(from)}`) : `< ${say(to)}`}</span>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
function say(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value)}`
}
