import type { ClashSide, Finding } from '@/core/clash'
import type { ElementRef, SiteModel } from '@/core/model'
import { CLASH } from '@/messages/app-clash'
import { sayFinding } from '@/messages/clash-rules'
import { useGet, useRuntime, useTwin } from '../store/use-twin.ts'
import { useWords } from '../words.ts'

const NONE: readonly Finding[] = []

/** What the checks beyond pairs found (slopes, headroom, openings …). A click selects what is meant and goes there. */
export function Findings() {
  const t = useWords()
  const get = useGet()
  const runtime = useRuntime()
  const findings = useTwin((state) => (state.clashes.state === 'ready' ? state.clashes.value.findings : NONE))
  const language = useTwin((state) => state.language)
  if (!findings.length) return null
  const show = ({ a, b }: Finding) => {
    const refs = [a, b].flatMap((side) => refOf(get().models, side))
    get().setFocus(null)
    get().select(refs)
    if (refs.length) runtime.scene.current?.fit(refs)
  }
  return (
    <details className="block footnote findings" data-testid="findings">
      <summary>
        {t(CLASH.checks)} <span className="num">{findings.length}</span>
      </summary>
      <ul>
        {findings.map((found) => (
          <li key={found.id}>
            <button type="button" onClick={() => show(found)}>
              <span className="tag">{t(CLASH.check[found.check])}</span> {sayFinding(found, language)}
            </button>
          </li>
        ))}
      </ul>
    </details>
  )
}

function refOf(models: readonly SiteModel[], side: ClashSide | null): ElementRef[] {
  const model = models.find(({ id }) => id === side?.model)
  const element = model?.elements.find(({ globalId }) => globalId === side?.globalId)
  return model && element ? [{ model: model.id, index: element.index }] : []
}
