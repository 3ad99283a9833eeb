import { lazy, Suspense } from 'react'
import { APP } from '@/messages/app'
import { FLOOD } from '@/messages/app-flood'
import { REVIEW } from '@/messages/review'
import { ClashInspector } from '../clash/ClashInspector.tsx'
import { TopicInspector } from '../review/TopicInspector.tsx'
import { clashesOf } from '../store/clashes-of.ts'
import { useGet, useTwin } from '../store/use-twin.ts'
import { useWords } from '../words.ts'
import { ElementInspector } from './ElementInspector.tsx'
import { PanelFrame } from './PanelFrame.tsx'

const Ledger = lazy(() => import('../rehearse/Ledger.tsx').then((module) => ({ default: module.Ledger })))
const EquipmentInspector = lazy(() => import('../rehearse/EquipmentInspector.tsx').then((module) => ({ default: module.EquipmentInspector })))

/** What is in hand: a clash, a piece of equipment, an element; in a rehearsal with empty hands, the ledger. */
export function Inspector() {
  const t = useWords()
  const get = useGet()
  const clash = useTwin((state) => (state.focus === null ? null : (clashesOf(state).find((candidate) => candidate.id === state.focus) ?? null)))
  const topic = useTwin((state) => state.topic)
  const equipment = useTwin((state) => state.selectedEquipment)
  const selection = useTwin((state) => state.selection)
  const rehearse = useTwin((state) => state.workspace === 'rehearse')
  const close = () => get().setView({ inspector: false })
  if (clash && !selection.length)
    return (
      <PanelFrame title={t(APP.clashes)} onClose={close}>
        <ClashInspector clash={clash} />
      </PanelFrame>
    )
  if (topic !== null && !rehearse && !clash)
    return (
      <PanelFrame title={t(REVIEW.topic)} onClose={() => get().setTopic(null)}>
        <TopicInspector id={topic} />
      </PanelFrame>
    )
  if (equipment && rehearse)
    return (
      <PanelFrame title={equipment} onClose={() => get().selectEquipment(null)}>
        <Suspense fallback={<p className="pad quiet">{t(APP.reading)}</p>}>
          <EquipmentInspector id={equipment} />
        </Suspense>
      </PanelFrame>
    )
  if (rehearse && !selection.length)
    return (
      <PanelFrame title={t(FLOOD.outcome)} onClose={close}>
        <Suspense fallback={null}>
          <Ledger />
        </Suspense>
      </PanelFrame>
    )
  return (
    <PanelFrame title={t(APP.inspector)} onClose={close}>
      <ElementInspector />
    </PanelFrame>
  )
}
