import { formatQuantity } from '@/core/base/quantity'
import { FLOOD } from '@/messages/app-flood'
import { useGet, useTwin } from '../store/use-twin.ts'
import { useWords } from '../words.ts'
import { moveTo } from './edits.ts'
import { TextField } from './Field.tsx'
import { lowestNear, spotOf, sumpAt } from './places.ts'

interface Props {
  readonly id: string
  readonly path: string
  readonly entry: { readonly at?: readonly [string, string]; readonly element?: string }
  readonly onChange: (at: readonly [string, string]) => void
}

/** A place by its coordinates, so that placing needs no mouse; or the lowest ground near by. */
export function PlaceFields({ id, path, entry, onChange }: Props) {
  const t = useWords()
  const get = useGet()
  const models = useTwin((state) => state.models)
  const world = useTwin((state) => (state.world.state === 'ready' ? state.world.value : null))
  const spot = spotOf(entry, models)
  const text = (value: number) => formatQuantity(Math.round(value * 1000) / 1000, 'length', 'm')
  const pair: readonly [string, string] = entry.at ?? (spot ? [text(spot.x), text(spot.y)] : ['', ''])
  const drop = async () => {
    const here = world ?? (await get().ensureWorld())
    if (!here || !spot) return
    const lowest = lowestNear(here, spot.x, spot.y, 5)
    const { document, edit } = get()
    if (lowest && document) edit(moveTo(id, lowest.x, lowest.y, sumpAt(document.present, models, lowest.x, lowest.y)))
  }
  return (
    <>
      {entry.element && !entry.at ? <p className="quiet">{t(FLOOD.fromModel)(entry.element)}</p> : null}
      <TextField label={t(FLOOD.x)} path={`${path}.at[0]`} value={pair[0]} onChange={(x) => onChange([x, pair[1]])} />
      <TextField label={t(FLOOD.y)} path={`${path}.at[1]`} value={pair[1]} onChange={(y) => onChange([pair[0], y])} />
      <button type="button" className="button small" disabled={!spot} onClick={() => void drop()}>
        {t(FLOOD.atLowest)}
      </button>
    </>
  )
}
