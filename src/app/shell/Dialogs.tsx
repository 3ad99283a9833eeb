import { Modal } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { APP } from '@/messages/app'
import { DECIDE } from '@/messages/app-decide'
import { COMMANDS, type Command, showKey } from '../commands/commands.ts'
import { useGet, useTwin } from '../store/use-twin.ts'
import { useWords } from '../words.ts'

const Matrix = lazy(() => import('../decide/Matrix.tsx').then((module) => ({ default: module.Matrix })))
const WetTable = lazy(() => import('../decide/Wet.tsx').then((module) => ({ default: module.WetTable })))
const LoadReport = lazy(() => import('../panels/LoadReport.tsx').then((module) => ({ default: module.LoadReport })))

export function Dialogs() {
  const t = useWords()
  const get = useGet()
  const dialog = useTwin((state) => state.dialog)
  const title =
    dialog === 'keys'
      ? APP.keysTitle
      : dialog === 'limits'
        ? APP.limitsTitle
        : dialog === 'matrix'
          ? DECIDE.table
          : dialog === 'wet'
            ? DECIDE.wet
            : APP.loadReport
  return (
    <Modal
      opened={dialog !== null}
      onClose={() => get().setView({ dialog: null })}
      title={t(title)}
      size={dialog === 'matrix' || dialog === 'wet' ? '92vw' : dialog === 'loadReport' ? 'xl' : 'lg'}
      classNames={{ content: 'dialogpane', header: 'dialogpane', title: 'dialogtitle', body: 'dialogbody' }}
      closeButtonProps={{ 'aria-label': t(APP.close) }}
    >
      {dialog === 'keys' ? <KeySheet /> : null}
      {dialog === 'limits' ? <Limits /> : null}
      {dialog === 'matrix' ? (
        <Suspense fallback={t(APP.reading)}>
          <Matrix />
        </Suspense>
      ) : null}
      {dialog === 'wet' ? (
        <Suspense fallback={t(APP.reading)}>
          <WetTable />
        </Suspense>
      ) : null}
      {dialog === 'loadReport' ? (
        <Suspense fallback={t(APP.reading)}>
          <LoadReport />
        </Suspense>
      ) : null}
    </Modal>
  )
}

const GROUPS = [
  { id: 'view', words: APP.groupView },
  { id: 'select', words: APP.groupSelect },
  { id: 'clash', words: APP.groupClash },
  { id: 'run', words: APP.groupRun },
  { id: 'file', words: APP.groupFile },
] as const

function KeySheet() {
  const t = useWords()
  return (
    <div className="stack">
      <p className="quiet">{t(APP.keysLead)}</p>
      <div className="keysheet">
        {GROUPS.map((group) => (
          <section key={group.id}>
            <h3>{t(group.words)}</h3>
            <ul>
              {(COMMANDS as readonly Command[])
                .filter((command) => command.group === group.id && command.keys.length)
                .map((command) => (
                  <li key={command.id}>
                    <span>{t(command.words)}</span>
                    <span className="row">
                      {command.keys.map((key) => (
                        <kbd key={showKey(key)}>{showKey(key)}</kbd>
                      ))}
                    </span>
                  </li>
                ))}
            </ul>
          </section>
        ))}
        <section>
          <h3>{t(APP.mouse)}</h3>
          <p>{t(APP.mouseHelp)}</p>
        </section>
      </div>
    </div>
  )
}

export function Limits() {
  const t = useWords()
  return (
    <ul className="limits">
      {t(APP.limits).map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
