import type { ReactNode } from 'react'
import { APP } from '@/messages/app'
import { FLOOD } from '@/messages/app-flood'
import type { Language } from '@/messages/language'
import { sayProblem } from '@/messages/problems'
import { ReportButtons } from '../decide/ReportButtons.tsx'
import { Wet } from '../decide/Wet.tsx'
import { clockTime, cubicMetres, metres, number, perHour, scientific } from '../formats.ts'
import { AMBER, RED } from '../shell/StatusLine.tsx'
import type { Outcome } from '../store/run.ts'
import { useGet, useTwin } from '../store/use-twin.ts'
import { type Say, useWords } from '../words.ts'
import { EventList } from './EventList.tsx'
import { useMoment } from './use-now.ts'

/** Where every cubic metre came from and went, the verdict, and what has changed since the run before. */
export function Ledger() {
  const t = useWords()
  const get = useGet()
  const run = useTwin((state) => state.run)
  const revision = useTwin((state) => state.revision)
  const outcomes = useTwin((state) => state.outcomes)
  const language = useTwin((state) => state.language)
  const last = run.phase === 'done' ? outcomes.at(-1) : undefined
  const before = last ? outcomes.at(-2) : undefined
  if (run.phase === 'none')
    return (
      <div className="empty">
        <strong>{t(FLOOD.notRun)}</strong>
        <span>{t(APP.runStormHint)}</span>
        <button type="button" className="button primary" onClick={() => void get().startRun()}>
          {t(APP.runStorm)}
        </button>
      </div>
    )
  if (run.phase === 'failed')
    return (
      <div className="empty" role="alert">
        <strong>{t(FLOOD.failed)}</strong>
        {run.problems.map((problem) => (
          <span key={problem.key + problem.path} className="tone-danger">
            {problem.path ? <code>{problem.path} </code> : null}
            {sayProblem(problem, language)}
          </span>
        ))}
        <span>{t(FLOOD.failedSafe)}</span>
        <button type="button" className="button" onClick={() => void get().startRun()}>
          {t(APP.retry)}
        </button>
      </div>
    )
  return (
    <div className="panelbody">
      {run.phase === 'done' && run.revision !== revision ? (
        <div className="block stack">
          <p className="note warning">{t(FLOOD.stale)}</p>
          <button type="button" className="button primary" onClick={() => void get().startRun()}>
            {t(FLOOD.restart)}
          </button>
        </div>
      ) : null}
      {last ? <Verdict outcome={last} before={before} /> : null}
      <Balance />
      <NodeUse />
      {last ? <Explained outcome={last} /> : null}
      {last ? <Wet /> : null}
      {last ? (
        <div className="block">
          <ReportButtons disabled={false} />
        </div>
      ) : null}
      <div className="block">
        <h3>{t(FLOOD.eventsHappened)}</h3>
        <EventList />
      </div>
      <div className="block">
        <button type="button" className="button small" onClick={() => get().setView({ dialog: 'limits' })}>
          {t(APP.screening)}
        </button>
        {run.hash ? (
          <p className="quiet">
            {t(FLOOD.result)} <code>{run.hash.slice(0, 16)}</code>
          </p>
        ) : null}
      </div>
    </div>
  )
}

function Verdict({ outcome, before }: { readonly outcome: Outcome; readonly before: Outcome | undefined }) {
  const t = useWords()
  const get = useGet()
  const language = useTwin((state) => state.language)
  const volume = cubicMetres(outcome.volume, language)
  const tone = outcome.verdict.kind === 'dry' ? 'good' : outcome.verdict.kind === 'wet' ? 'warning' : 'error'
  return (
    <>
      <div className="block stack" data-testid="verdict">
        <p className={`note ${tone}`} style={{ fontSize: 'var(--t14)' }}>
          {sayVerdict(outcome, language, t)}
        </p>
        <dl className="facts">
          <Fact name={t(FLOOD.volumeOver)}>
            <strong>{volume}</strong> <span className="quiet">{t(FLOOD.window)(clockTime(outcome.duration))}</span>
          </Fact>
          <Fact name={t(FLOOD.firstWater)}>{outcome.first === null ? t(FLOOD.never) : `T+${clockTime(outcome.first, true)}`}</Fact>
          <Fact name={t(FLOOD.peakFlow)}>{`${number(outcome.peak, language, 2, true)} m³/s`}</Fact>
          <Fact name={t(FLOOD.toStreet)}>{cubicMetres(outcome.boundary, language)}</Fact>
          <Fact name={t(FLOOD.assetsOver)}>{outcome.assetsOver.length ? outcome.assetsOver.join(', ') : t(FLOOD.noneOver)}</Fact>
        </dl>
      </div>
      {before ? (
        <div className="block stack" data-testid="comparison">
          <h3>{t(FLOOD.compare)}</h3>
          <p>
            <strong>{t(FLOOD.fromTo)(cubicMetres(before.volume, language), volume)}</strong>
          </p>
          <table className="table">
            <thead>
              <tr>
                <th />
                <th className="right">{t(FLOOD.before)}</th>
                <th className="right">{t(FLOOD.after)}</th>
              </tr>
            </thead>
            <tbody>
              <tr>
                <td>{t(FLOOD.scenario2)}</td>
                <td className="right">{nameOf(before, t)}</td>
                <td className="right">{nameOf(outcome, t)}</td>
              </tr>
              {(
                [
                  [FLOOD.volumeOver, cubicMetres(before.volume, language), volume],
                  [FLOOD.firstWater, timeOr(before.first, t), timeOr(outcome.first, t)],
                  [FLOOD.pumped, cubicMetres(before.pumped, language), cubicMetres(outcome.pumped, language)],
                  [FLOOD.returned, cubicMetres(before.returned, language), cubicMetres(outcome.returned, language)],
                  [FLOOD.displaced, cubicMetres(before.displaced, language), cubicMetres(outcome.displaced, language)],
                  [FLOOD.toStreet, cubicMetres(before.boundary, language), cubicMetres(outcome.boundary, language)],
                ] as const
              ).map(([words, a, b]) => (
                <tr key={words.en}>
                  <td>{t(words)}</td>
                  <td className="right">{a}</td>
                  <td className="right">{b}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <button type="button" className="button small" onClick={() => get().forgetOutcomes()}>
            {t(FLOOD.forget)}
          </button>
        </div>
      ) : null}
    </>
  )
}

function nameOf(outcome: Outcome, t: Say): string {
  return t(outcome.written.title) + (outcome.changedWhileRunning ? ` (${t(FLOOD.changedLive)})` : '')
}
function timeOr(time: number | null, t: Say): string {
  return time === null ? t(FLOOD.never) : `T+${clockTime(time)}`
}

export function sayVerdict({ verdict, volume }: Outcome, language: Language, t: Say): string {
  const amount = cubicMetres(volume, language)
  if (verdict.kind === 'dry') return t(FLOOD.verdict.dry)
  if (verdict.kind === 'wet' || !verdict.worstAsset) return t(FLOOD.verdict.wet)(amount)
  return volume < 1 ? t(FLOOD.verdict.criticalDry)(verdict.worstAsset) : t(FLOOD.verdict.critical)(amount, verdict.worstAsset)
}

/** In, out, stored, error: at the moment that is shown, and never hidden. */
function Balance() {
  const t = useWords()
  const language = useTwin((state) => state.language)
  const latest = useTwin((state) => state.run.balance)
  const moment = useMoment()
  const balance = moment?.balance ?? latest
  if (!balance) return <p className="pad quiet">{t(FLOOD.preparing)}</p>
  const error = Math.abs(balance.errorRelative)
  const tone = error > RED ? 'tone-danger' : error > AMBER ? 'tone-warn' : 'tone-good'
  const m3 = (value: number) => cubicMetres(value, language)
  const total = (side: object) => Object.values(side).reduce((sum: number, value) => sum + (value as number), 0)
  return (
    <div className="block" data-testid="balance">
      <h3>
        {t(FLOOD.balance)} <span className="num">T+{clockTime(moment?.time ?? 0)}</span>
      </h3>
      <table className="table">
        <tbody>
          <Line name={t(FLOOD.in)} total={m3(total(balance.in))}>
            <Term name={t(FLOOD.inRain)} value={m3(balance.in.rain)} />
            <Term name={t(FLOOD.inSeepage)} value={m3(balance.in.seepage)} />
            <Term name={t(FLOOD.inReturned)} value={m3(balance.in.returned)} />
          </Line>
          <Line name={t(FLOOD.out)} total={m3(total(balance.out))}>
            <Term name={t(FLOOD.outInlets)} value={m3(balance.out.inlets)} />
            <Term name={t(FLOOD.outPumped)} value={m3(balance.out.pumped)} />
            <Term name={t(FLOOD.outBoundary)} value={m3(balance.out.boundary)} />
            <Term name={t(FLOOD.outLosses)} value={m3(balance.out.losses)} />
          </Line>
          <Line name={t(FLOOD.stored)} total={m3(balance.stored)} />
          <tr>
            <th scope="row">{t(FLOOD.error)}</th>
            <td className={`right ${tone}`}>{scientific(error)}</td>
          </tr>
        </tbody>
      </table>
    </div>
  )
}

function Line({ name, total, children }: { readonly name: string; readonly total: string; readonly children?: ReactNode }) {
  return (
    <>
      <tr>
        <th scope="row">{name}</th>
        <td className="right">
          <strong>{total}</strong>
        </td>
      </tr>
      {children}
    </>
  )
}
function Term({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <tr>
      <td style={{ paddingLeft: 20 }}>{name}</td>
      <td className="right">{value}</td>
    </tr>
  )
}
export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

/** What the discharge nodes take right now, against what they can. */
function NodeUse() {
  const t = useWords()
  const language = useTwin((state) => state.language)
  const scenario = useTwin((state) => state.document?.present)
  const moment = useMoment()
  if (!moment?.nodes.length || !scenario) return null
  return (
    <div className="block">
      <h3>
        {t(FLOOD.node)} <span className="num">T+{clockTime(moment.time)}</span>
      </h3>
      {moment.nodes.map((node) => (
        <dl className="facts" key={node.id}>
          <Fact name={node.id}>
            {t(FLOOD.capacity)} {scenario.nodes.find((candidate) => candidate.id === node.id)?.capacity ?? '–'}
          </Fact>
          <Fact name={t(FLOOD.fromPumps)}>{perHour(node.fromPumps, language)}</Fact>
          <Fact name={t(FLOOD.fromInlets)}>{perHour(node.fromInlets, language)}</Fact>
          <Fact name={t(FLOOD.returned)}>
            <span className={node.returned > 0 ? 'tone-danger' : ''}>{perHour(node.returned, language)}</span>
          </Fact>
        </dl>
      ))}
    </div>
  )
}

/** Why pumping harder can let more water in. */
function Explained({ outcome }: { readonly outcome: Outcome }) {
  const t = useWords()
  const language = useTwin((state) => state.language)
  const { result } = outcome
  return (
    <div className="block stack">
      <h3>{t(FLOOD.ledger)}</h3>
      <table className="table">
        <thead>
          <tr>
            <th>{t(FLOOD.pumps)}</th>
            <th className="right">{t(FLOOD.pumped)}</th>
            <th className="right">{t(FLOOD.returned)}</th>
            <th className="right">{t(FLOOD.displaced)}</th>
          </tr>
        </thead>
        <tbody>
          {result.pumps.map((pump) => (
            <tr key={pump.id}>
              <td>{pump.id}</td>
              <td className="right">{cubicMetres(pump.volume, language)}</td>
              <td className="right">{cubicMetres(pump.returned, language)}</td>
              <td className="right">{cubicMetres(pump.displaced, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="quiet">{t(FLOOD.returnedWhy)}</p>
      <p className="quiet">{t(FLOOD.displacedWhy)}</p>
      {result.assets.length ? (
        <>
          <h3>{t(FLOOD.assets)}</h3>
          <dl className="facts">
            {result.assets.map((asset) => (
              <Fact key={asset.id} name={asset.id}>
                {asset.max === null ? (
                  '–'
                ) : (
                  <span className={asset.max > asset.critical ? 'tone-danger' : ''}>
                    {t(FLOOD.freeboard)} {metres(asset.critical - asset.max, language, 2)}
                  </span>
                )}
              </Fact>
            ))}
          </dl>
        </>
      ) : null}
      <dl className="facts">
        {result.probes.map((probe) => (
          <Fact key={probe.id} name={`${t(FLOOD.maxDepth)} ${probe.id}`}>
            {metres(probe.maxDepth, language, 3)} <span className="quiet">T+{clockTime(probe.maxAt)}</span>
          </Fact>
        ))}
      </dl>
    </div>
  )
}
