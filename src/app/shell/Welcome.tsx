import { IconCloudStorm, IconFolderOpen, IconTargetArrow, IconX } from '@tabler/icons-react'
import { type ReactNode, useContext } from 'react'
import { APP } from '@/messages/app'
import { type CommandId, commandOf } from '../commands/commands.ts'
import { TwinContext, useGet, useTwin } from '../store/use-twin.ts'
import { useWords } from '../words.ts'

/** The first card: verbs, not features, each one click from something to see. */
export function Welcome() {
  const t = useWords()
  const get = useGet()
  return (
    <section className="card welcome" aria-labelledby="welcome-title">
      <button type="button" className="iconbutton small away" aria-label={t(APP.close)} onClick={() => get().setView({ welcome: false })}>
        <IconX size={16} />
      </button>
      <h2 id="welcome-title">{t(APP.welcomeTitle)}</h2>
      <p>{t(APP.welcomeText)}</p>
      <Verb
        command="find-clashes"
        testId="find-clashes"
        icon={<IconTargetArrow size={22} stroke={1.6} />}
        title={t(APP.findClashes)}
        hint={t(APP.findClashesHint)}
      />
      <Verb command="run-storm" testId="run-storm" icon={<IconCloudStorm size={22} stroke={1.6} />} title={t(APP.runStorm)} hint={t(APP.runStormHint)} />
      <Verb command="open" icon={<IconFolderOpen size={22} stroke={1.6} />} title={t(APP.openOwn)} hint={t(APP.openOwnHint)} />
    </section>
  )
}

function Verb({ command, icon, title, hint, testId }: { command: CommandId; icon: ReactNode; title: string; hint: string; testId?: string }) {
  const twin = useContext(TwinContext)
  const enabled = useTwin((state) => commandOf(command).when?.(state) ?? true)
  return (
    <button type="button" className="verb" disabled={!enabled} data-testid={testId} onClick={() => twin && commandOf(command).run(twin)}>
      {icon}
      <span>
        <strong>{title}</strong>
        <span>{hint}</span>
      </span>
    </button>
  )
}

/** A session that ended with changes nobody saved to a file. */
export function RestoreOffer() {
  const t = useWords()
  const get = useGet()
  const offer = useTwin((state) => state.offer)
  const language = useTwin((state) => state.language)
  if (!offer) return null
  const when = new Date(offer.savedAt).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short', hour12: false })
  return (
    <section className="card restore" aria-label={t(APP.restoreTitle)}>
      <div>
        <strong>{t(APP.restoreTitle)}</strong>
        <p>{t(APP.restoreText)(when, t(offer.written.title))}</p>
        {offer.models.length ? <p>{t(APP.restoreModels)(offer.models.join(', '))}</p> : null}
      </div>
      <button type="button" className="button primary" onClick={() => void get().restore()}>
        {t(APP.restore)}
      </button>
      <button type="button" className="button" onClick={() => get().refuseRestore()}>
        {t(APP.dismiss)}
      </button>
    </section>
  )
}
