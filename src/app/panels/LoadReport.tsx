import { APP } from '@/messages/app'
import { sayProblem } from '@/messages/problems'
import { number } from '../formats.ts'
import { useGet, useRuntime, useTwin } from '../store/use-twin.ts'
import { useWords } from '../words.ts'

const MOST = 200

/** What each file holds, what is shown, what is not and why, with ids. */
export function LoadReport() {
  const t = useWords()
  const get = useGet()
  const runtime = useRuntime()
  const language = useTwin((state) => state.language)
  const models = useTwin((state) => state.models)
  const n = (value: number) => number(value, language)
  const withheld = models.flatMap((model) => model.elements.filter((element) => element.reason !== null).map((element) => ({ model, element })))
  const findings = models.flatMap((model) => model.findings.map((finding) => ({ model, finding })))
  const severity = { error: t(APP.severityError), warning: t(APP.severityWarning), info: t(APP.severityInfo) }
  return (
    <div className="stack">
      <p className="quiet">{t(APP.loadReportLead)}</p>
      <div style={{ overflowX: 'auto' }}>
        <table className="table">
          <thead>
            <tr>
              <th>{t(APP.file)}</th>
              <th>{t(APP.schema)}</th>
              <th>{t(APP.unit)}</th>
              {[APP.products, APP.shown, APP.simplified, APP.refused, APP.voided, APP.bodyless, APP.triangles].map((words) => (
                <th key={words.en} className="right">
                  {t(words)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {models.map(({ id, file, census, lengthUnit }) => (
              <tr key={id}>
                <td title={`SHA-256 ${file.sha256}`}>
                  {file.name} <span className="quiet">{n(file.bytes / 1024)} kB</span>
                </td>
                <td>{file.schema}</td>
                <td>{lengthUnit.known ? lengthUnit.name : t(APP.unitUnknown)}</td>
                {[
                  census.products,
                  census.shown,
                  census.simplified,
                  census.refused,
                  census.voided,
                  census.products - census.shown - census.simplified - census.refused - census.voided,
                  census.triangles,
                ].map((value, k) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns stand still
                  <td key={k} className={`right${k === 3 && value > 0 ? ' tone-danger' : ''}`}>
                    {n(value)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <h3>{t(APP.findings)}</h3>
      {findings.length + withheld.length === 0 ? <p className="quiet">{t(APP.noFindings)}</p> : null}
      {findings.slice(0, MOST).map(({ model, finding }, k) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: findings have no other identity
        <div className="problem" key={k}>
          <span className={`tag ${finding.severity === 'error' ? 'tone-danger' : finding.severity === 'warning' ? 'tone-warn' : ''}`}>
            {severity[finding.severity]}
          </span>
          <code>
            {model.id} {finding.path}
          </code>
          <span>{sayProblem(finding, language)}</span>
        </div>
      ))}
      {withheld.slice(0, MOST).map(({ model, element }) => (
        <div className="problem" key={`${model.id} ${element.index}`}>
          <span className="tag">{element.state === 'simplified' ? t(APP.simplified) : element.state === 'voided' ? t(APP.voided) : t(APP.refused)}</span>
          <code>
            {model.id} #{element.expressId} {element.globalId}
          </code>
          <button
            type="button"
            className="linklike"
            onClick={() => {
              const ref = { model: model.id, index: element.index }
              get().setView({ dialog: null })
              get().select([ref])
              runtime.scene.current?.fit([ref])
            }}
          >
            {element.name || element.class}
          </button>
          <span>{element.reason ? sayProblem(element.reason, language) : ''}</span>
        </div>
      ))}
    </div>
  )
}
