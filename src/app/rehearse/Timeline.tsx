import {
  IconChartLine,
  IconGitFork,
  IconPinned,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerSkipBack,
  IconPlayerTrackNext,
  IconRefresh,
} from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import type { FloodLog } from '@/core/flood'
import { APP } from '@/messages/app'
import { DECIDE } from '@/messages/app-decide'
import { FLOOD } from '@/messages/app-flood'
import { SPEEDS } from '../commands/commands.ts'
import { clockTime, number } from '../formats.ts'
import { CommandButton } from '../shell/CommandButton.tsx'
import { useGet, useRuntime, useTwin } from '../store/use-twin.ts'
import { useWords } from '../words.ts'
import { sayLog } from './EventList.tsx'
import { useRain } from './rain.ts'
import { useClock } from './use-now.ts'

const Charts = lazy(() => import('./Charts.tsx').then((module) => ({ default: module.Charts })))

export function Timeline() {
  const t = useWords()
  const get = useGet()
  const open = useTwin((state) => state.charts)
  return (
    <section className="timeline" aria-label={t(APP.timeline)} data-testid="timeline">
      {open ? (
        <Suspense fallback={<div className="charts" />}>
          <Charts />
        </Suspense>
      ) : null}
      <div className="transport">
        <Controls />
        <Track />
        <ForkButtons />
        <button
          type="button"
          className="iconbutton"
          aria-pressed={open}
          aria-label={t(FLOOD.showCharts)}
          title={t(FLOOD.showCharts)}
          onClick={() => get().setView({ charts: !open })}
        >
          <IconChartLine size={18} stroke={1.7} />
        </button>
      </div>
    </section>
  )
}

function Controls() {
  const t = useWords()
  const get = useGet()
  const { clock } = useRuntime()
  const playing = useTwin((state) => state.run.playing)
  const phase = useTwin((state) => state.run.phase)
  const welcome = useTwin((state) => state.welcome)
  const ready = useTwin((state) => state.document !== null && state.models.length > 0)
  const [speed, setSpeed] = useState(clock.speed())
  useEffect(() => clock.subscribe(() => setSpeed(clock.speed())), [clock])
  const stale = useTwin((state) => state.run.phase !== 'none' && state.run.revision !== state.revision)
  return (
    <>
      <button
        type="button"
        className="playbutton"
        data-testid={playing ? 'pause' : 'play'}
        aria-label={t(playing ? FLOOD.pause : FLOOD.play)}
        title={`${t(FLOOD.playPause)}  Space`}
        disabled={!ready || phase === 'preparing'}
        onClick={() => get().togglePlay()}
      >
        {playing ? <IconPlayerPauseFilled size={18} /> : <IconPlayerPlayFilled size={18} />}
      </button>
      <button
        type="button"
        className={`iconbutton${stale && phase === 'done' ? ' tone-warn' : ''}`}
        aria-label={t(FLOOD.restart)}
        title={t(FLOOD.restart)}
        data-testid={welcome ? undefined : 'run-storm'}
        disabled={!ready}
        onClick={() => void get().startRun()}
      >
        <IconRefresh size={18} stroke={1.7} />
      </button>
      <CommandButton command="step-back" icon={<IconPlayerSkipBack size={16} />} small side="top" />
      <button type="button" className="iconbutton small" aria-label={t(FLOOD.toLatest)} title={t(FLOOD.toLatest)} onClick={() => get().seek(clock.end())}>
        <IconPlayerTrackNext size={16} />
      </button>
      <select className="input speed" aria-label={t(FLOOD.speed)} value={speed} onChange={(event) => clock.setSpeed(Number(event.currentTarget.value))}>
        {SPEEDS.map((factor) => (
          <option key={factor} value={factor}>
            ×{factor}
          </option>
        ))}
      </select>
      <Readout />
    </>
  )
}

function ForkButtons() {
  const t = useWords()
  const get = useGet()
  const ready = useTwin((state) => state.run.head > 0 && (state.run.phase === 'running' || state.run.phase === 'done'))
  return (
    <>
      <button
        type="button"
        className="iconbutton"
        aria-label={t(DECIDE.forkHere)}
        title={`${t(DECIDE.forkHere)}: ${t(DECIDE.forkHint)}`}
        data-testid="fork"
        disabled={!ready}
        onClick={() => get().forkHere()}
      >
        <IconGitFork size={18} stroke={1.7} />
      </button>
      <button
        type="button"
        className="iconbutton"
        aria-label={t(DECIDE.pin)}
        title={`${t(DECIDE.pin)}: ${t(DECIDE.pinHint)}`}
        data-testid="pin"
        disabled={!ready}
        onClick={() => get().pinLane()}
      >
        <IconPinned size={18} stroke={1.7} />
      </button>
    </>
  )
}

/** Hours and minutes of the scenario; written to the DOM by the clock, not by React. */
function Readout() {
  const t = useWords()
  const text = useRef<HTMLSpanElement>(null)
  const phase = useTwin((state) => state.run.phase)
  const playing = useTwin((state) => state.run.playing)
  useClock((time) => {
    if (text.current) text.current.textContent = `T+${clockTime(time, true)}`
  })
  const words =
    phase === 'none'
      ? FLOOD.notRun
      : phase === 'preparing'
        ? FLOOD.preparing
        : phase === 'failed'
          ? FLOOD.failed
          : phase === 'done'
            ? FLOOD.done
            : playing
              ? FLOOD.running
              : FLOOD.paused
  return (
    <span className="readout">
      <span ref={text} className="num" aria-hidden="true">
        T+00:00:00
      </span>
      <span className={phase === 'failed' ? 'tone-danger' : 'quiet'}>{t(words)}</span>
    </span>
  )
}

/** Rain bars, what is computed, what happened, the water over the gap, and the moment that is shown: a slider. */
function Track() {
  const t = useWords()
  const get = useGet()
  const { clock, series } = useRuntime()
  const language = useTwin((state) => state.language)
  const rain = useRain()
  const revision = useTwin((state) => state.seriesRevision)
  const run = useTwin((state) => state.run)
  const fork = useTwin((state) => state.fork)
  const planned = useTwin((state) => state.duration)
  const duration = run.duration || planned || 1
  const slider = useRef<HTMLInputElement>(null)
  const cursor = useRef<HTMLDivElement>(null)
  useClock((time) => {
    if (cursor.current) cursor.current.style.left = `${(100 * time) / duration}%`
    const input = slider.current
    if (!input) return
    if (document.activeElement !== input || clock.playing()) input.value = String(time)
    input.setAttribute('aria-valuetext', t(FLOOD.timeOf)(`T+${clockTime(time, true)}`, clockTime(duration)))
  })
  const peak = rain ? Math.max(...rain.rate, 1e-12) : 1
  void revision
  return (
    <div className="track">
      <svg viewBox={`0 0 ${duration} 100`} preserveAspectRatio="none" aria-hidden="true">
        {rain?.rate.map((rate, k) => (
          <rect
            key={rain.from[k]}
            x={rain.from[k]}
            width={(rain.from[k + 1] - rain.from[k]) * 0.9}
            y={0}
            height={(46 * rate) / peak}
            fill="var(--rain)"
            opacity="0.65"
          />
        ))}
        <Spark moments={series.moments} />
      </svg>
      <div className="computed" style={{ width: `${(100 * run.head) / duration}%` }} title={`${t(FLOOD.computed)} T+${clockTime(run.head)}`} />
      {flagsOf(series.logs).map((log) => (
        <button
          key={`${log.time} ${log.what} ${log.subject}`}
          type="button"
          className={`flag ${toneOf(log)}`}
          style={{ left: `${(100 * log.time) / duration}%` }}
          title={`T+${clockTime(log.time, true)} ${sayLog(log, t)}`}
          aria-label={`T+${clockTime(log.time, true)} ${sayLog(log, t)}`}
          tabIndex={-1}
          onClick={() => get().seek(log.time)}
        />
      ))}
      {run.edits.map((time) => (
        <span key={time} className="flag edit" style={{ left: `${(100 * time) / duration}%` }} title={t(FLOOD.editedAt)(clockTime(time, true))} />
      ))}
      {fork && fork.at > 0 ? (
        <div className="forkline" style={{ left: `${(100 * fork.at) / duration}%` }} title={t(DECIDE.forkedAt)(clockTime(fork.at))} />
      ) : null}
      {fork && fork.firstDifference !== null ? (
        <button
          type="button"
          className="flag parted"
          style={{ left: `${(100 * fork.firstDifference) / duration}%` }}
          title={t(DECIDE.firstDifference)(clockTime(fork.firstDifference))}
          aria-label={t(DECIDE.firstDifference)(clockTime(fork.firstDifference))}
          onClick={() => get().seek(fork.firstDifference ?? 0)}
        />
      ) : null}
      <div ref={cursor} className="cursor" />
      <input
        ref={slider}
        type="range"
        min={0}
        max={duration}
        step={10}
        defaultValue={0}
        aria-label={t(FLOOD.time)}
        onInput={(event) => {
          clock.pause()
          clock.seek(Number(event.currentTarget.value))
        }}
      />
      <span className="ends num" aria-hidden="true">
        <span>00:00</span>
        <span>
          {rain ? `${number(peak * 3.6e6, language)} mm/h` : ''} · {clockTime(duration)}
        </span>
      </span>
    </div>
  )
}

/** Flow over the openings, in the lower half of the track. */
function Spark({ moments }: { readonly moments: readonly { readonly time: number; readonly openings: readonly { readonly flow: number }[] }[] }) {
  if (moments.length < 2) return null
  const flows = moments.map((moment) => moment.openings.reduce((sum, opening) => sum + Math.max(0, opening.flow), 0))
  const most = Math.max(...flows)
  if (most <= 0) return null
  const path = moments.map((moment, k) => `${k ? 'L' : 'M'}${moment.time} ${(100 - (48 * flows[k]) / most).toFixed(1)}`).join('')
  return <path d={`${path}L${moments[moments.length - 1].time} 100L${moments[0].time} 100Z`} fill="var(--water)" opacity="0.55" />
}

/** Starts and stops of pumps come by the dozen: the first of each pump stands for them. */
function flagsOf(logs: readonly FloodLog[]): FloodLog[] {
  const seen = new Set<string>()
  return logs.filter((log) => {
    if (log.what === 'pump-stop' || log.what === 'edit') return false
    const key = `${log.what} ${log.subject}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
function toneOf(log: FloodLog): string {
  return log.what === 'first-water' || log.what === 'asset-over' || log.what === 'panel-trips' || log.what === 'node-surcharges'
    ? 'bad'
    : log.what === 'pump-start' || log.what === 'barrier-placed'
      ? 'good'
      : 'plain'
}
