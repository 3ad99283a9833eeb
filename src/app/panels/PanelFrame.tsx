import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { APP } from '@/messages/app'
import { useGet } from '../store/use-twin.ts'
import { useWords } from '../words.ts'

interface Props {
  readonly title: string
  readonly actions?: ReactNode
  readonly children: ReactNode
  readonly onClose?: () => void
}

export function PanelFrame({ title, actions, children, onClose }: Props) {
  const t = useWords()
  const get = useGet()
  return (
    <>
      <div className="panelhead">
        <h2>{title}</h2>
        {actions}
        <button type="button" className="iconbutton small" aria-label={t(APP.close)} onClick={onClose ?? (() => get().setView({ panel: null }))}>
          <IconX size={16} />
        </button>
      </div>
      {children}
    </>
  )
}
