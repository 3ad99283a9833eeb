import { MantineProvider } from '@mantine/core'
import { type ComponentType, lazy, Suspense, useEffect, useState } from 'react'
import { APP } from '@/messages/app'
import { Stage } from './canvas/Stage.tsx'
import { useKeys } from './commands/use-keys.ts'
import { Inspector } from './panels/Inspector.tsx'
import { ModelsPanel } from './panels/ModelsPanel.tsx'
import { DropZone } from './shell/DropZone.tsx'
import { PANEL_WORDS, Rail } from './shell/Rail.tsx'
import { Resizer } from './shell/Resizer.tsx'
import { StatusLine } from './shell/StatusLine.tsx'
import { TopBar } from './shell/TopBar.tsx'
import type { Twin } from './store/state.ts'
import { TwinContext, useTwin } from './store/use-twin.ts'
import type { Panel } from './store/view.ts'
import { theme } from './theme.ts'
import { useAnnouncements } from './use-announcements.ts'
import { useWords } from './words.ts'

const FindPanel = lazy(() => import('./panels/FindPanel.tsx').then((module) => ({ default: module.FindPanel })))
const ClashPanel = lazy(() => import('./clash/ClashPanel.tsx').then((module) => ({ default: module.ClashPanel })))
const ScenarioPanel = lazy(() => import('./rehearse/ScenarioPanel.tsx').then((module) => ({ default: module.ScenarioPanel })))
const VariantsPanel = lazy(() => import('./decide/VariantsPanel.tsx').then((module) => ({ default: module.VariantsPanel })))
/** What stands on the left, by the rail. */
const PANELS: { readonly [P in Panel]: ComponentType } = {
  models: ModelsPanel,
  find: FindPanel,
  clashes: ClashPanel,
  scenario: ScenarioPanel,
  variants: VariantsPanel,
}
const Timeline = lazy(() => import('./rehearse/Timeline.tsx').then((module) => ({ default: module.Timeline })))
const Dialogs = lazy(() => import('./shell/Dialogs.tsx').then((module) => ({ default: module.Dialogs })))

export function App({ twin }: { readonly twin: Twin }) {
  return (
    <TwinContext value={twin}>
      <Themed />
    </TwinContext>
  )
}

function Themed() {
  const scheme = useTwin((state) => state.theme)
  const language = useTwin((state) => state.language)
  const t = useWords()
  useEffect(() => {
    document.documentElement.lang = language
    document.title = `${t(APP.name)} · ${t(APP.demoSite)}`
  }, [language, t])
  return (
    <MantineProvider theme={theme} forceColorScheme={scheme}>
      <Shell />
    </MantineProvider>
  )
}

function Shell() {
  useKeys()
  const t = useWords()
  const panel = useTwin((state) => state.panel)
  const inspector = useTwin((state) => state.inspector)
  const rehearse = useTwin((state) => state.workspace === 'rehearse')
  const dialog = useTwin((state) => state.dialog !== null)
  const announcement = useTwin((state) => state.announcement)
  const Content = panel ? PANELS[panel] : null
  const [left, setLeft] = useState(304)
  const [right, setRight] = useState(308)
  useAnnouncements()
  return (
    <div className="shell">
      <TopBar />
      <Rail />
      {panel && Content ? (
        <aside className="panel" style={{ width: left }} aria-label={t(PANEL_WORDS[panel])}>
          <Suspense fallback={null}>
            <Content />
          </Suspense>
          <Resizer width={left} sign={1} onChange={setLeft} />
        </aside>
      ) : null}
      <Stage />
      {rehearse ? (
        <Suspense fallback={null}>
          <Timeline />
        </Suspense>
      ) : null}
      {inspector ? (
        <aside className="inspector" style={{ width: right }} aria-label={t(APP.inspector)} data-testid="inspector">
          <Inspector />
          <Resizer width={right} sign={-1} onChange={setRight} />
        </aside>
      ) : null}
      <StatusLine />
      <DropZone />
      {dialog ? (
        <Suspense fallback={null}>
          <Dialogs />
        </Suspense>
      ) : null}
      <div className="sr" role="status" aria-live="polite">
        {announcement}
      </div>
    </div>
  )
}
