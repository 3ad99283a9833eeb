import { IconCurrentLocation, IconTrash } from '@tabler/icons-react'
import { APP } from '@/messages/app'
import { FLOOD } from '@/messages/app-flood'
import type { FloodWritten, PumpWritten } from '@/scenarios/flood/types'
import { cubicMetres, metres, perHour } from '../formats.ts'
import { useGet, useRuntime, useTwin } from '../store/use-twin.ts'
import { useWords } from '../words.ts'
import { at, change, remove } from './edits.ts'
import { SelectField, TextField } from './Field.tsx'
import { Fact } from './Ledger.tsx'
import { PlaceFields } from './PlaceFields.tsx'
import { PumpCurveChart } from './PumpCurveChart.tsx'
import { spotOf } from './places.ts'
import { SeriesChart } from './SeriesChart.tsx'
import { useMoment } from './use-now.ts'

/** The form of whatever has this id; a change goes into the document at once, and into a run that is under way. */
export function EquipmentInspector({ id }: { readonly id: string }) {
  const written = useTwin((state) => state.document?.present)
  if (!written) return null
  const find = (list: readonly { readonly id: string }[] | undefined) => (list ?? []).findIndex((entry) => entry.id === id)
  const pump = find(written.pumps)
  const panel = find(written.panels)
  const node = find(written.nodes)
  const board = find(written.barriers)
  const probe = find(written.probes)
  return (
    <div className="panelbody" key={id}>
      {pump >= 0 ? <PumpForm written={written} index={pump} /> : null}
      {panel >= 0 ? <PanelForm written={written} index={panel} /> : null}
      {node >= 0 ? <NodeForm written={written} index={node} /> : null}
      {board >= 0 ? <BoardForm written={written} index={board} /> : null}
      {probe >= 0 ? <ProbeForm written={written} index={probe} /> : null}
    </div>
  )
}

interface FormProps {
  readonly written: FloodWritten
  readonly index: number
}

function PumpForm({ written, index }: FormProps) {
  const t = useWords()
  const get = useGet()
  const types = useTwin((state) => state.pumpTypes)
  const pump = written.pumps[index]
  const path = `pumps[${index}]`
  const set = (patch: { readonly [K in keyof PumpWritten]?: PumpWritten[K] | undefined }) => get().edit(change('pumps', index, patch))
  const toNode = 'node' in pump.discharge ? pump.discharge.node : ''
  const hose = typeof pump.hose === 'object' ? pump.hose : null
  return (
    <>
      <div className="block stack">
        <SelectField
          label={t(FLOOD.type)}
          path={`${path}.type`}
          value={pump.type}
          options={types.map((type) => ({ value: type.id, label: `${type.id} · ${Math.round(type.flow * 3600)} m³/h · ${type.head} m` }))}
          onChange={(type) => set({ type })}
        />
        <PlaceFields id={pump.id} path={path} entry={pump} onChange={(place) => set({ at: place, element: undefined })} />
        <SelectField
          label={t(FLOOD.sump)}
          path={`${path}.sump`}
          value={pump.sump ?? ''}
          options={[{ value: '', label: t(FLOOD.noSump) }, ...written.sumps.map((sump) => ({ value: sump.id, label: sump.id }))]}
          onChange={(sump) => set({ sump: sump || undefined })}
        />
        <TextField label={t(FLOOD.startLevel)} path={`${path}.start`} value={pump.start} onChange={(start) => set({ start })} />
        <TextField label={t(FLOOD.stopLevel)} path={`${path}.stop`} value={pump.stop} onChange={(stop) => set({ stop })} />
        <SelectField
          label={t(FLOOD.discharge)}
          path={`${path}.discharge`}
          value={toNode}
          options={[
            ...written.nodes.map((node) => ({ value: node.id, label: `${node.id} · ${node.capacity}` })),
            { value: '', label: t(FLOOD.dischargeGround) },
          ]}
          onChange={(node) => set({ discharge: node ? { node } : { at: pump.at ?? at(0, 0) } })}
        />
        {'at' in pump.discharge ? (
          <>
            <TextField
              label={t(FLOOD.x)}
              path={`${path}.discharge.at[0]`}
              value={pump.discharge.at[0]}
              onChange={(x) => 'at' in pump.discharge && set({ discharge: { at: [x, pump.discharge.at[1]] } })}
            />
            <TextField
              label={t(FLOOD.y)}
              path={`${path}.discharge.at[1]`}
              value={pump.discharge.at[1]}
              onChange={(y) => 'at' in pump.discharge && set({ discharge: { at: [pump.discharge.at[0], y] } })}
            />
          </>
        ) : null}
        <SelectField
          label={t(FLOOD.panel)}
          path={`${path}.panel`}
          value={pump.panel}
          options={written.panels.map((panel) => ({ value: panel.id, label: panel.id }))}
          onChange={(panel) => set({ panel })}
        />
        <SelectField
          label={t(FLOOD.hose)}
          path={`${path}.hose`}
          value={hose ? 'head' : 'rated'}
          options={[
            { value: 'rated', label: t(FLOOD.hoseRated) },
            { value: 'head', label: t(FLOOD.hoseHead) },
          ]}
          onChange={(kind) => set({ hose: kind === 'head' ? { diameter: '150 mm', length: '60 m' } : undefined })}
        />
        {hose ? (
          <>
            <TextField
              label={t(FLOOD.hoseDiameter)}
              path={`${path}.hose.diameter`}
              value={hose.diameter}
              onChange={(diameter) => set({ hose: { ...hose, diameter } })}
            />
            <TextField label={t(FLOOD.hoseLength)} path={`${path}.hose.length`} value={hose.length} onChange={(length) => set({ hose: { ...hose, length } })} />
          </>
        ) : null}
        <ItemActions id={pump.id} list="pumps" index={index} entry={pump} />
      </div>
      <PumpNow id={pump.id} />
      <PumpCurveChart type={types.find((type) => type.id === pump.type) ?? null} />
    </>
  )
}

/** What the pump does at the moment that is shown. */
function PumpNow({ id }: { readonly id: string }) {
  const t = useWords()
  const language = useTwin((state) => state.language)
  const done = useTwin((state) => state.report?.result.pumps.find((pump) => pump.id === id))
  const now = useMoment()?.pumps.find((pump) => pump.id === id)
  return (
    <div className="block">
      <h3>{t(FLOOD.now)}</h3>
      {now ? (
        <dl className="facts">
          <Fact name={t(FLOOD.thisPump)}>
            <span className={now.state === 'on' ? 'tone-good' : now.state === 'off' ? '' : 'tone-danger'}>{t(FLOOD.state[now.state])}</span>
          </Fact>
          <Fact name={t(FLOOD.flow)}>{perHour(now.flow, language)}</Fact>
          <Fact name={t(FLOOD.soFar)}>{cubicMetres(now.volume, language)}</Fact>
          <Fact name={t(FLOOD.drawsFrom)}>{metres(now.level, language)}</Fact>
          {done ? (
            <>
              <Fact name={t(FLOOD.returned)}>{cubicMetres(done.returned, language)}</Fact>
              <Fact name={t(FLOOD.displaced)}>{cubicMetres(done.displaced, language)}</Fact>
            </>
          ) : null}
        </dl>
      ) : (
        <p className="quiet">{t(FLOOD.runFirst)}</p>
      )}
    </div>
  )
}

function PanelForm({ written, index }: FormProps) {
  const t = useWords()
  const get = useGet()
  const panel = written.panels[index]
  const set = (patch: object) => get().edit(change('panels', index, patch))
  return (
    <div className="block stack">
      <PlaceFields id={panel.id} path={`panels[${index}]`} entry={panel} onChange={(place) => set({ at: place, element: undefined })} />
      <TextField
        label={t(FLOOD.critical)}
        path={`panels[${index}].critical`}
        value={panel.critical ?? ''}
        onChange={(critical) => set({ critical: critical || undefined })}
      />
      <ItemActions id={panel.id} list="panels" index={index} entry={panel} />
    </div>
  )
}

function NodeForm({ written, index }: FormProps) {
  const t = useWords()
  const get = useGet()
  const language = useTwin((state) => state.language)
  const node = written.nodes[index]
  const now = useMoment()?.nodes.find((candidate) => candidate.id === node.id)
  return (
    <>
      <div className="block stack">
        <TextField
          label={t(FLOOD.nodeCapacity)}
          path={`nodes[${index}].capacity`}
          value={node.capacity}
          onChange={(capacity) => get().edit(change('nodes', index, { capacity }))}
        />
        <ItemActions id={node.id} list={null} index={index} entry={node} />
      </div>
      <div className="block">
        <h3>{t(FLOOD.now)}</h3>
        {now ? (
          <dl className="facts">
            <Fact name={t(FLOOD.fromPumps)}>{perHour(now.fromPumps, language)}</Fact>
            <Fact name={t(FLOOD.fromInlets)}>{perHour(now.fromInlets, language)}</Fact>
            <Fact name={t(FLOOD.returned)}>{perHour(now.returned, language)}</Fact>
          </dl>
        ) : (
          <p className="quiet">{t(FLOOD.runFirst)}</p>
        )}
      </div>
    </>
  )
}

function BoardForm({ written, index }: FormProps) {
  const t = useWords()
  const get = useGet()
  const board = (written.barriers ?? [])[index]
  const openings = useTwin((state) => (state.world.state === 'ready' ? state.world.value.grid.openings : null))
  const set = (patch: object) => get().edit(change('barriers', index, patch))
  return (
    <div className="block stack">
      <SelectField
        label={t(FLOOD.opening)}
        path={`barriers[${index}].opening`}
        value={board.opening}
        options={(openings ?? []).map((opening) => ({ value: opening.id, label: opening.id }))}
        onChange={(opening) => set({ opening })}
      />
      <TextField label={t(FLOOD.crest)} path={`barriers[${index}].crest`} value={board.crest} onChange={(crest) => set({ crest })} />
      <TextField label={t(FLOOD.at)} path={`barriers[${index}].at`} value={board.at} onChange={(time) => set({ at: time })} />
      <ItemActions id={board.id} list="barriers" index={index} entry={{}} />
    </div>
  )
}

function ProbeForm({ written, index }: FormProps) {
  const t = useWords()
  const get = useGet()
  const language = useTwin((state) => state.language)
  const probe = (written.probes ?? [])[index]
  const now = useMoment()?.probes.find((candidate) => candidate.id === probe.id)
  return (
    <>
      <div className="block stack">
        <PlaceFields id={probe.id} path={`probes[${index}]`} entry={probe} onChange={(place) => get().edit(change('probes', index, { at: place }))} />
        <ItemActions id={probe.id} list="probes" index={index} entry={probe} />
      </div>
      <div className="block">
        <h3>
          {t(FLOOD.now)} <span className="tag">{t(APP.cellValue)}</span>
        </h3>
        {now ? (
          <dl className="facts">
            <Fact name={t(FLOOD.depthHere)}>{metres(now.depth, language)}</Fact>
            <Fact name={t(FLOOD.levelHere)}>{metres(now.level, language)}</Fact>
          </dl>
        ) : (
          <p className="quiet">{t(FLOOD.runFirst)}</p>
        )}
      </div>
      <SeriesChart
        title={t(FLOOD.depthHere)}
        unit="m"
        series={[{ label: probe.id, color: '--series-1', value: (moment) => moment.probes.find((candidate) => candidate.id === probe.id)?.depth ?? null }]}
      />
    </>
  )
}

function ItemActions({
  id,
  list,
  index,
  entry,
}: {
  readonly id: string
  readonly list: 'pumps' | 'panels' | 'barriers' | 'probes' | null
  readonly index: number
  readonly entry: { readonly at?: readonly [string, string]; readonly element?: string }
}) {
  const t = useWords()
  const get = useGet()
  const runtime = useRuntime()
  const models = useTwin((state) => state.models)
  const spot = spotOf(entry, models)
  return (
    <div className="row">
      {spot ? (
        <button
          type="button"
          className="button small"
          onClick={() => {
            const z = Number.isNaN(spot.z) ? (runtime.scene.current?.groundAt(spot.x, spot.y) ?? 0) : spot.z
            runtime.scene.current?.flyTo({ min: [spot.x - 4, spot.y - 4, z - 2], max: [spot.x + 4, spot.y + 4, z + 2] })
          }}
        >
          <IconCurrentLocation size={16} /> {t(FLOOD.goTo)}
        </button>
      ) : null}
      {list ? (
        <button
          type="button"
          className="button small danger"
          aria-label={`${t(FLOOD.remove)} ${id}`}
          onClick={() => {
            get().selectEquipment(null)
            get().edit(remove(list, index))
          }}
        >
          <IconTrash size={16} /> {t(FLOOD.remove)}
        </button>
      ) : null}
    </div>
  )
}
