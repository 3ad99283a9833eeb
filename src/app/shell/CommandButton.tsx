import { Tooltip } from '@mantine/core'
import { type ReactNode, useContext } from 'react'
import { type CommandId, commandOf, showKeys } from '../commands/commands.ts'
import { TwinContext, useTwin } from '../store/use-twin.ts'
import { useWords } from '../words.ts'

interface Props {
  readonly command: CommandId
  readonly icon: ReactNode
  readonly pressed?: boolean
  readonly testId?: string
  readonly small?: boolean
  readonly withWords?: boolean
  readonly side?: 'bottom' | 'top' | 'left' | 'right'
}

/** A button for a command of the registry; its tooltip tells the key. */
export function CommandButton({ command: id, icon, pressed, testId, small, withWords, side = 'bottom' }: Props) {
  const twin = useContext(TwinContext)
  const t = useWords()
  const command = commandOf(id)
  const enabled = useTwin((state) => command.when?.(state) ?? true)
  const label = t(command.words)
  const keys = showKeys(command)
  return (
    <Tooltip label={keys ? `${label}  ${keys}` : label} position={side}>
      <button
        type="button"
        className={`iconbutton${small ? ' small' : ''}`}
        aria-label={label}
        aria-pressed={pressed}
        disabled={!enabled}
        data-testid={testId}
        onClick={() => twin && command.run(twin)}
      >
        {icon}
        {withWords ? label : null}
      </button>
    </Tooltip>
  )
}
