import { IconDownload, IconFolderOpen, IconPlus, IconTrash } from '@tabler/icons-react'
import { APP } from '@/messages/app'
import { FLOOD } from '@/messages/app-flood'
import { sayProblem } from '@/messages/problems'
import type { EventWritten, FloodWritten } from '@/scenarios/flood/types'
import { pickFiles } from '../commands/pick-files.ts'
import { PanelFrame } from '../panels/PanelFrame.tsx'
import { STORIES } from '../store/scenario.ts'
import { useGet, useTwin } from '../store/use-twin.ts'
import { useWords } from '../words.ts'
import { addBoard, addEvent, addPanel, addProbe, addPump, change, freshId, remove } from './edits.ts'
import { SelectField, TextField } from './Field.tsx'
import { lowestNear, mainOpening } from './places.ts'
import { StormForm } from './StormForm.tsx'

/** The scenario as it is written: story, storm, and everything that can be put on the site. */
export function ScenarioPanel() {
  const t = useWords()
  const get = useGet()
  const written = useTwin((state) => state.document?.present)
  const task = useTwin((state) => state.storyTask)
  const language = useTwin((state) => state.language)
  return (
    <PanelFrame
      title={t(APP.scenario)}
      actions={
        <>
          <button
            type="button"
            className="iconbutton small"
            aria-label={t(FLOOD.openFile)}
            title={t(FLOOD.openFile)}
            onClick={() => pickFiles(get().openFiles)}
          >
            <IconFolderOpen size={18} stroke={1.7} />
          </button>
          <button
            type="button"
            className="iconbutton small"
            aria-label={t(FLOOD.saveFile)}
            title={t(FLOOD.saveFile)}
            disabled={!written}
            onClick={() => get().saveScenario()}
          >
            <IconDownload size={18} stroke={1.7} />
          </button>
        </>
      }
    >
      <div className="panelbody">
        <Stories />
        {task.state === 'failed' ? (
          <div className="block" role="alert">
            {task.problems.map((problem) => (
              <p key={problem.key} className="tone-danger">
                {sayProblem(problem, language)}
              </p>
            ))}
          </div>
        ) : null}
        {written ? (
          <>
            <Problems />
            <StormForm written={written} />
            <Equipment written={written} />
            <Events written={written} />
          </>
        ) : null}
      </div>
    </PanelFrame>
  )
}

function Stories() {
  const t = useWords()
  const get = useGet()
  const story = useTwin((state) => state.story)
  const written = useTwin((state) => state.document?.present)
  const changed = useTwin((state) => Boolean(state.document?.past.length))
  return (
    <div className="block stack">
      <h3 style={{ marginBottom: 0 }}>{t(FLOOD.stories)}</h3>
      <div className="storyrow">
        {STORIES.map((id) => (
          <button
            key={id}
            type="button"
            className="button small"
            aria-pressed={story === id}
            data-testid={`story-${id}`}
            onClick={() => void get().openStory(id)}
          >
            {t(FLOOD.story[id])}
          </button>
        ))}
      </div>
      {written ? (
        <p>
          <strong>{t(written.title)}</strong> {changed ? <span className="tag">{t(FLOOD.modified)}</span> : null}
        </p>
      ) : null}
      {written?.note ? <p className="quiet">{t(written.note)}</p> : null}
    </div>
  )
}

/** Everything that is wrong or worth a look, each with its path; a click goes there where there is a there. */
function Problems() {
  const t = useWords()
  const language = useTwin((state) => state.language)
  const problems = useTwin((state) => state.problems)
  if (!problems.length) return null
  const errors = problems.filter((problem) => problem.severity === 'error').length
  return (
    <div className="block" role="status">
      <h3 className={errors ? 'tone-danger' : 'tone-warn'}>{errors ? t(FLOOD.problemsHere)(errors) : t(FLOOD.warningsHere)(problems.length)}</h3>
      {problems.slice(0, 30).map((problem) => (
        <p className="problem" key={problem.key + problem.path + JSON.stringify(problem.facts)}>
          <code>{problem.path}</code>
          <span className={problem.severity === 'error' ? 'tone-danger' : 'tone-warn'}>{sayProblem(problem, language)}</span>
        </p>
      ))}
    </div>
  )
}

function Equipment({ written }: { readonly written: FloodWritten }) {
  const t = useWords()
  const get = useGet()
  const world = useTwin((state) => (state.world.state === 'ready' ? state.world.value : null))
  /** From the keyboard a new thing goes to the lowest ground, where the water will be; the form moves it on. */
  const place = async (list: 'pumps' | 'panels' | 'probes') => {
    const known = world ?? (await get().ensureWorld())
    const { document, edit, selectEquipment } = get()
    if (!known || !document) return
    const { grid } = known
    const opening = grid.openings[0]?.faces[0]
    const from = opening
      ? { x: grid.x0 + (opening.face % grid.columns) * grid.cell, y: grid.y0 + Math.floor(opening.face / grid.columns) * grid.cell }
      : { x: grid.x0 + (grid.columns * grid.cell) / 2, y: grid.y0 + (grid.rows * grid.cell) / 2 }
    const spot = lowestNear(known, from.x, from.y - grid.cell * 4, 25) ?? from
    const id = freshId(document.present, list, list === 'pumps' ? 'P' : list === 'panels' ? 'DB' : 'G')
    edit(list === 'pumps' ? addPump(id, spot.x, spot.y, null) : list === 'panels' ? addPanel(id, spot.x, spot.y, 0) : addProbe(id, spot.x, spot.y))
    selectEquipment(id)
  }
  const board = async () => {
    const known = world ?? (await get().ensureWorld())
    const { document, edit, selectEquipment } = get()
    const opening = known && mainOpening(known)
    if (!opening || !document) return
    const id = freshId(document.present, 'barriers', 'SL')
    edit(addBoard(id, opening.id, `${Math.round((opening.sill + 0.344) * 1000) / 1000} m`))
    selectEquipment(id)
  }
  return (
    <>
      <List
        title={t(FLOOD.pumps)}
        entries={written.pumps.map((pump) => ({
          id: pump.id,
          sub: `${pump.type} · ${pump.sump ?? '–'} → ${'node' in pump.discharge ? pump.discharge.node : pump.discharge.at.join(', ')} · ${pump.panel}`,
        }))}
        list="pumps"
        onAdd={() => void place('pumps')}
      />
      <List
        title={t(FLOOD.boards)}
        entries={(written.barriers ?? []).map((entry) => ({ id: entry.id, sub: `${entry.opening} · ${entry.crest} · T+${entry.at}` }))}
        list="barriers"
        onAdd={() => void board()}
      />
      <List
        title={t(FLOOD.panels)}
        entries={written.panels.map((panel) => ({ id: panel.id, sub: panel.critical ?? panel.element ?? '' }))}
        list="panels"
        onAdd={() => void place('panels')}
      />
      <List title={t(FLOOD.nodes)} entries={written.nodes.map((node) => ({ id: node.id, sub: `${t(FLOOD.nodeCapacity)} ${node.capacity}` }))} list={null} />
      <List
        title={t(FLOOD.probes)}
        entries={(written.probes ?? []).map((probe) => ({ id: probe.id, sub: probe.at.join(', ') }))}
        list="probes"
        onAdd={() => void place('probes')}
      />
    </>
  )
}

interface ListProps {
  readonly title: string
  readonly entries: readonly { readonly id: string; readonly sub: string }[]
  readonly list: 'pumps' | 'barriers' | 'panels' | 'probes' | null
  readonly onAdd?: () => void
}

function List({ title, entries, list, onAdd }: ListProps) {
  const t = useWords()
  const get = useGet()
  const selected = useTwin((state) => state.selectedEquipment)
  return (
    <section className="block" aria-label={title}>
      <div className="row">
        <h3 className="grow label">
          {title} <span className="num">{entries.length}</span>
        </h3>
        {onAdd ? (
          <button type="button" className="button small" onClick={onAdd} aria-label={`${t(FLOOD.add)} ${title}`}>
            <IconPlus size={14} /> {t(FLOOD.add)}
          </button>
        ) : null}
      </div>
      <ul>
        {entries.map(({ id, sub }, index) => (
          <li key={id} className="item">
            <button type="button" className="name" aria-current={selected === id} onClick={() => get().selectEquipment(id)}>
              <span>{id}</span>
              <span className="sub">{sub}</span>
            </button>
            {list ? (
              <button
                type="button"
                className="iconbutton small"
                aria-label={`${t(FLOOD.remove)} ${id}`}
                onClick={() => {
                  if (selected === id) get().selectEquipment(null)
                  get().edit(remove(list, index))
                }}
              >
                <IconTrash size={15} />
              </button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Pumps that fail, power that goes: what a rehearsal is for. */
function Events({ written }: { readonly written: FloodWritten }) {
  const t = useWords()
  const get = useGet()
  const events = written.events ?? []
  const add = (kind: EventWritten['kind']) => {
    const event: EventWritten | null =
      kind === 'pump-fails' && written.pumps[0]
        ? { kind, at: '45 min', pump: written.pumps[0].id }
        : kind === 'power-cut' && written.panels[0]
          ? { kind, at: '45 min', panel: written.panels[0].id, until: '55 min' }
          : kind === 'node-capacity' && written.nodes[0]
            ? { kind, at: '30 min', node: written.nodes[0].id, capacity: '0.02 m³/s' }
            : null
    if (event) get().edit(addEvent(event))
  }
  const kinds = Object.keys(FLOOD.eventKinds) as EventWritten['kind'][]
  return (
    <section className="block stack" aria-label={t(FLOOD.events)}>
      <h3 className="label">
        {t(FLOOD.events)} <span className="num">{events.length}</span>
      </h3>
      {events.map((event, index) => {
        const path = `events[${index}]`
        const set = (patch: object) => get().edit(change('events', index, patch))
        const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => ({ value: id, label: id }))
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: events have no other identity, and forms keep their place
          <div className="stack" key={index}>
            <div className="row">
              <strong className="grow">{t(FLOOD.eventKinds[event.kind])}</strong>
              <button
                type="button"
                className="iconbutton small"
                aria-label={`${t(FLOOD.remove)} ${t(FLOOD.eventKinds[event.kind])}`}
                onClick={() => get().edit(remove('events', index))}
              >
                <IconTrash size={15} />
              </button>
            </div>
            {event.kind === 'pump-fails' ? (
              <SelectField label={t(FLOOD.pumps)} path={`${path}.pump`} value={event.pump} options={ids(written.pumps)} onChange={(pump) => set({ pump })} />
            ) : event.kind === 'power-cut' ? (
              <SelectField
                label={t(FLOOD.panel)}
                path={`${path}.panel`}
                value={event.panel}
                options={ids(written.panels)}
                onChange={(panel) => set({ panel })}
              />
            ) : (
              <>
                <SelectField label={t(FLOOD.nodes)} path={`${path}.node`} value={event.node} options={ids(written.nodes)} onChange={(node) => set({ node })} />
                <TextField label={t(FLOOD.nodeCapacity)} path={`${path}.capacity`} value={event.capacity} onChange={(capacity) => set({ capacity })} />
              </>
            )}
            <TextField label={t(FLOOD.at)} path={`${path}.at`} value={event.at} onChange={(at) => set({ at })} />
            {event.kind === 'node-capacity' ? null : (
              <TextField label={t(FLOOD.until)} path={`${path}.until`} value={event.until ?? ''} onChange={(until) => set({ until: until || undefined })} />
            )}
          </div>
        )
      })}
      <div className="storyrow">
        {kinds.map((kind) => (
          <button key={kind} type="button" className="button small" onClick={() => add(kind)}>
            <IconPlus size={14} /> {t(FLOOD.eventKinds[kind])}
          </button>
        ))}
      </div>
    </section>
  )
}
