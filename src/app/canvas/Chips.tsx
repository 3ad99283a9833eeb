import { IconInfoCircle } from '@tabler/icons-react'
import { APP } from '@/messages/app'
import { FLOOD } from '@/messages/app-flood'
import { number } from '../formats.ts'
import { useGet, useTwin } from '../store/use-twin.ts'
import { useWords } from '../words.ts'

/** Trust at a glance: what kind of model this is, and how fine. Opens the list of assumptions. */
export function Chips() {
  const t = useWords()
  const get = useGet()
  const language = useTwin((state) => state.language)
  const rehearse = useTwin((state) => state.workspace === 'rehearse')
  const grid = useTwin((state) => (state.world.state === 'ready' ? state.world.value.grid : null))
  if (!rehearse) return null
  return (
    <div className="float" style={{ right: 12, bottom: 12 }}>
      {grid ? <span className="chip num">{t(FLOOD.cells)(number(grid.columns * grid.rows, language), `${grid.cell} m`)}</span> : null}
      <button type="button" className="chip" onClick={() => get().setView({ dialog: 'limits' })}>
        <IconInfoCircle size={14} /> {t(APP.screening)}
      </button>
    </div>
  )
}
