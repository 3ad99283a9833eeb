import { Menu, Tooltip } from '@mantine/core'
import { IconEye, IconFocusCentered, IconGhost2, IconHome, IconPalette } from '@tabler/icons-react'
import { APP } from '@/messages/app'
import type { ColorMode } from '@/scene/scene-props'
import { CommandButton } from '../shell/CommandButton.tsx'
import { useGet, useTwin } from '../store/use-twin.ts'
import { useWords } from '../words.ts'

const COLORS = [
  ['material', APP.colorMaterial],
  ['system', APP.colorSystem],
  ['discipline', APP.colorDiscipline],
  ['storey', APP.colorStorey],
] as const satisfies readonly (readonly [ColorMode, object])[]

/** By the view cube: where to look from, what to see through. */
export function ViewBar() {
  const t = useWords()
  const get = useGet()
  const colors = useTwin((state) => state.colors)
  const soil = useTwin((state) => state.soil)
  const ghost = useTwin((state) => state.ghost)
  const concealed = useTwin((state) => state.hidden.length > 0 || state.isolated !== null)
  const none = useTwin((state) => state.context === 'none')
  if (none) return null
  return (
    <>
      <div className="strip" role="toolbar" aria-label={t(APP.views)}>
        <CommandButton command="home" icon={<IconHome size={18} stroke={1.7} />} small side="left" />
        <CommandButton command="fit" icon={<IconFocusCentered size={18} stroke={1.7} />} small side="left" />
        <CommandButton command="ghost" icon={<IconGhost2 size={18} stroke={1.7} />} pressed={ghost} small side="left" />
        <Menu position="bottom-end">
          <Menu.Target>
            <Tooltip label={t(APP.colors)} position="left">
              <button type="button" className="iconbutton small" aria-label={t(APP.colors)} aria-pressed={colors !== 'material'}>
                <IconPalette size={18} stroke={1.7} />
              </button>
            </Tooltip>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t(APP.colors)}</Menu.Label>
            {COLORS.map(([mode, words]) => (
              <Menu.Item key={mode} onClick={() => get().setView({ colors: mode })} rightSection={colors === mode ? '✓' : null}>
                {t(words)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
      {concealed ? (
        <div className="strip">
          <CommandButton command="show-all" icon={<IconEye size={18} stroke={1.7} />} small withWords side="left" />
        </div>
      ) : null}
      <label className="chip soil" title={t(APP.soil)}>
        {t(APP.soilHides)}
        <input
          type="range"
          min={0}
          max={1}
          step={0.05}
          value={soil}
          aria-label={t(APP.soil)}
          onChange={(event) => get().setView({ soil: Number(event.currentTarget.value) })}
        />
      </label>
    </>
  )
}
