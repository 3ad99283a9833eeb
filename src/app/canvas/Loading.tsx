import { APP } from '@/messages/app'
import { sayProblem } from '@/messages/problems'
import { pickFiles } from '../commands/pick-files.ts'
import { useGet, useTwin } from '../store/use-twin.ts'
import { useWords } from '../words.ts'

/** The canvas while the demonstration site comes, when it cannot, and when nothing is open. */
export function LoadingDemo() {
  const t = useWords()
  const demo = useTwin((state) => state.demo)
  const language = useTwin((state) => state.language)
  const welcome = useTwin((state) => state.welcome)
  if (demo.state === 'running') {
    const share = demo.progress && demo.progress.total > 0 ? demo.progress.done / demo.progress.total : null
    return (
      <div className="centre" role="status">
        <span>{t(APP.loadingDemo)}</span>
        <div className="bar" style={{ width: 220 }}>
          <i style={{ width: `${Math.round((share ?? 0.08) * 100)}%` }} />
        </div>
      </div>
    )
  }
  if (demo.state === 'ready' && !welcome) {
    return (
      <div className="centre">
        <strong>{t(APP.emptyTitle)}</strong>
        <span>{t(APP.emptyText)}</span>
        <Ways />
      </div>
    )
  }
  if (demo.state !== 'failed') return null
  return (
    <div className="centre" role="alert">
      <strong>{t(APP.demoFailed)}</strong>
      {demo.problems.map((problem) => (
        <span key={problem.key}>{sayProblem(problem, language)}</span>
      ))}
      <span className="quiet">{t(APP.demoFailedSafe)}</span>
      <Ways />
    </div>
  )
}

function Ways() {
  const t = useWords()
  const get = useGet()
  const failed = useTwin((state) => state.demo.state === 'failed')
  return (
    <span className="row">
      <button type="button" className="button primary" onClick={() => void get().openDemo()}>
        {t(failed ? APP.retry : APP.openDemo)}
      </button>
      <button type="button" className="button" onClick={() => pickFiles(get().openFiles)}>
        {t(APP.openIfc)}
      </button>
    </span>
  )
}
