import { Tooltip } from '@mantine/core'
import { IconAlertTriangle, IconColumns3, IconDropletBolt, IconListTree, IconSearch } from '@tabler/icons-react'
import { APP } from '@/messages/app'
import { FIND } from '@/messages/app-find'
import { commandOf, showKeys } from '../commands/commands.ts'
import { clashesOf } from '../store/clashes-of.ts'
import { useGet, useTwin } from '../store/use-twin.ts'
import type { Panel } from '../store/view.ts'
import { useWords } from '../words.ts'

const ENTRIES = [
  { panel: 'models', words: APP.models, Icon: IconListTree, command: 'panel-models' },
  { panel: 'find', words: FIND.find, Icon: IconSearch, command: 'panel-find' },
  { panel: 'clashes', words: APP.clashes, Icon: IconAlertTriangle, command: 'panel-clashes' },
  { panel: 'scenario', words: APP.scenario, Icon: IconDropletBolt, command: 'panel-scenario' },
  { panel: 'variants', words: APP.variants, Icon: IconColumns3, command: 'panel-variants' },
] as const satisfies readonly { panel: Panel; [key: string]: unknown }[]

export const PANEL_WORDS = Object.fromEntries(ENTRIES.map(({ panel, words }) => [panel, words])) as { readonly [P in Panel]: (typeof ENTRIES)[number]['words'] }

/** Never covered by anything: the way back to every panel. */
export function Rail() {
  const t = useWords()
  const get = useGet()
  const open = useTwin((state) => state.panel)
  const clashes = useTwin((state) => clashesOf(state).length)
  const wrong = useTwin((state) => state.problems.filter((found) => found.severity === 'error').length)
  return (
    <nav className="rail" aria-label={t(APP.panels)}>
      {ENTRIES.map(({ panel, words, Icon, command }) => {
        const count = panel === 'clashes' ? clashes : panel === 'scenario' ? wrong : 0
        return (
          <Tooltip key={panel} label={`${t(words)}  ${showKeys(commandOf(command))}`} position="right">
            <button type="button" aria-pressed={open === panel} onClick={() => get().togglePanel(panel)}>
              <Icon size={20} stroke={1.6} />
              {t(words)}
              {count ? <span className="count num">{count}</span> : null}
            </button>
          </Tooltip>
        )
      })}
    </nav>
  )
}
