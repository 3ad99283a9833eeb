import { Tooltip } from '@mantine/core'
import { IconBarrierBlock, IconBolt, IconBox, IconMapPin2, IconPointer, IconRulerMeasure, IconScissors, IconWalk, IconX } from '@tabler/icons-react'
import { APP } from '@/messages/app'
import { FIND } from '@/messages/app-find'
import type { SceneTool } from '@/scene/scene-props'
import { number } from '../formats.ts'
import { CommandButton } from '../shell/CommandButton.tsx'
import { useGet, useTwin } from '../store/use-twin.ts'
import { useWords } from '../words.ts'
import { PumpIcon } from './icons.tsx'

const TOOLS = [
  { tool: 'select', words: APP.select, Icon: IconPointer, key: 'V', rehearse: false },
  { tool: 'walk', words: FIND.walk, Icon: IconWalk, key: 'C', rehearse: false },
  { tool: 'measure', words: FIND.measure, Icon: IconRulerMeasure, key: 'M', rehearse: false },
  { tool: 'section', words: APP.section, Icon: IconScissors, key: 'X', rehearse: false },
  { tool: 'pump', words: APP.pump, Icon: PumpIcon, key: 'U', rehearse: true },
  { tool: 'board', words: APP.board, Icon: IconBarrierBlock, key: '', rehearse: true },
  { tool: 'panel', words: APP.panelTool, Icon: IconBolt, key: '', rehearse: true },
  { tool: 'probe', words: APP.probe, Icon: IconMapPin2, key: 'P', rehearse: true },
] as const satisfies readonly { tool: SceneTool; [key: string]: unknown }[]

export function ToolStrip() {
  const t = useWords()
  const get = useGet()
  const tool = useTwin((state) => state.tool)
  const rehearse = useTwin((state) => state.workspace === 'rehearse')
  const boxed = useTwin((state) => state.sectionBox !== null)
  const none = useTwin((state) => state.models.length === 0 || state.context === 'none')
  const button = ({ tool: mine, words, Icon, key }: (typeof TOOLS)[number]) => (
    <Tooltip key={mine} label={key ? `${t(words)}  ${key}` : t(words)} position="right">
      <button
        type="button"
        className="iconbutton"
        aria-label={t(words)}
        aria-pressed={tool === mine}
        disabled={none}
        data-testid={`tool-${mine}`}
        onClick={() => get().setView({ tool: tool === mine ? 'select' : mine })}
      >
        <Icon size={18} stroke={1.7} />
      </button>
    </Tooltip>
  )
  return (
    <div className="strip column" role="toolbar" aria-label={t(APP.tools)} aria-orientation="vertical">
      {TOOLS.filter((entry) => !entry.rehearse).map(button)}
      <CommandButton command="section-box" icon={<IconBox size={18} stroke={1.7} />} pressed={boxed} side="right" testId="section-box" />
      {rehearse ? <span className="sep" /> : null}
      {TOOLS.filter((entry) => rehearse && entry.rehearse).map(button)}
    </div>
  )
}

/** What the tool in hand waits for. */
export function ToolHint() {
  const t = useWords()
  const get = useGet()
  const tool = useTwin((state) => state.tool)
  const section = useTwin((state) => state.section)
  const boxed = useTwin((state) => state.sectionBox !== null)
  const open = useTwin((state) => state.openCuts)
  const language = useTwin((state) => state.language)
  const words = TOOLS.find((entry) => entry.tool === tool)?.words
  return (
    <>
      {tool !== 'select' && tool !== 'measure' && words ? (
        <div className="chip" role="status">
          <strong>{t(words)}</strong> {t(tool === 'section' ? APP.sectionHint : tool === 'walk' ? FIND.walkHint : APP.toolHint)}
        </div>
      ) : null}
      {section ? (
        <button type="button" className="chip" onClick={() => get().setView({ section: null, tool: 'select' })}>
          <IconX size={14} /> {t(APP.removeSection)}
        </button>
      ) : null}
      {boxed ? (
        <button type="button" className="chip" onClick={() => get().toggleSectionBox()}>
          <IconX size={14} /> {t(FIND.removeBox)}
        </button>
      ) : null}
      {open.length && (section || boxed) ? (
        <button type="button" className="chip tone-warn num" onClick={() => get().select(open)}>
          {t(FIND.openCuts)(number(open.length, language), open.length === 1)}
        </button>
      ) : null}
    </>
  )
}
