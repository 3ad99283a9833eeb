import { Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp, IconDeviceFloppy, IconFolderOpen, IconKeyboard, IconMoon, IconSun } from '@tabler/icons-react'
import { APP } from '@/messages/app'
import { useGet, useTwin } from '../store/use-twin.ts'
import type { Workspace } from '../store/view.ts'
import { useWords } from '../words.ts'
import { Choice } from './Choice.tsx'
import { CommandButton } from './CommandButton.tsx'

export function TopBar() {
  const t = useWords()
  const get = useGet()
  const workspace = useTwin((state) => state.workspace)
  const isDemo = useTwin((state) => state.isDemo)
  const count = useTwin((state) => state.models.length)
  const theme = useTwin((state) => state.theme)
  const language = useTwin((state) => state.language)
  const unsaved = useTwin((state) => state.document !== null && state.revision !== state.fileRevision)
  const toggleTheme = t(theme === 'light' ? APP.toDark : APP.toLight)
  return (
    <header className="topbar">
      <h1 className="brand">
        <img src="./icon.svg" alt="" />
        {t(APP.name)}
      </h1>
      <div className="project">
        <span>{isDemo ? t(APP.demoSite) : count ? t(APP.ownModels)(count) : t(APP.noModels)}</span>
        {unsaved ? (
          <span title={t(APP.unsaved)} aria-label={t(APP.unsaved)} role="img">
            ●
          </span>
        ) : null}
        {isDemo ? <span className="tag">{t(APP.fictional)}</span> : null}
      </div>
      <span className="grow" />
      <Choice<Workspace>
        label={t(APP.workspace)}
        value={workspace}
        onChange={(next) => get().showWorkspace(next)}
        options={[
          { value: 'review', label: t(APP.review) },
          { value: 'rehearse', label: t(APP.rehearse) },
        ]}
      />
      <span className="grow" />
      <CommandButton command="open" icon={<IconFolderOpen size={18} />} testId="open-file" />
      <CommandButton command="save" icon={<IconDeviceFloppy size={18} />} />
      <CommandButton command="undo" icon={<IconArrowBackUp size={18} />} testId="undo" />
      <CommandButton command="redo" icon={<IconArrowForwardUp size={18} />} testId="redo" />
      <Tooltip label={t(APP.languageLabel)}>
        <button
          type="button"
          className="iconbutton"
          data-testid="language"
          aria-label={t(APP.languageLabel)}
          onClick={() => get().setView({ language: language === 'en' ? 'zh-CN' : 'en' })}
        >
          {t(APP.language)}
        </button>
      </Tooltip>
      <Tooltip label={toggleTheme}>
        <button type="button" className="iconbutton" aria-label={toggleTheme} onClick={() => get().setView({ theme: theme === 'light' ? 'dark' : 'light' })}>
          {theme === 'light' ? <IconMoon size={18} /> : <IconSun size={18} />}
        </button>
      </Tooltip>
      <CommandButton command="keys" icon={<IconKeyboard size={18} />} />
    </header>
  )
}
