import { hashOf } from '@/core/base/hash'
import { type Problem, problem } from '@/core/base/problem'
import { parseQuantity } from '@/core/base/quantity'
import type { Hyetograph } from '@/core/flood'
import type { SiteModel } from '@/core/model'
import type { FloodScenario, FloodWorld, FloodWritten } from '@/scenarios/flood/types'
import { begin, type History, record, redo, undo } from './history.ts'
import type { GetState, Runtime, SetState, Slice } from './state.ts'
import { IDLE, problemsOf, runTask, type Task } from './task.ts'

/** The scenario as it is written is the document; everything else here is derived from it. */
export interface ScenarioSlice {
  readonly document: History<FloodWritten> | null
  /** Counts every change of the document. */
  readonly revision: number
  /** Revision that a file holds. */
  readonly fileRevision: number
  /** Story that the document began as, or null for a file of the user's. */
  readonly story: string | null
  readonly storyTask: Task<string>
  readonly scenario: FloodScenario | null
  /** Of the document, by path: what parsing and placing found. */
  readonly problems: readonly Problem[]
  readonly world: Task<FloodWorld>
  /** The storm of the document as steps of intensity; null while it is not right. */
  readonly rain: Hyetograph | null
  /** How long the document's rehearsal lasts [s]; 0 while that is not right. */
  readonly duration: number
  readonly pumpTypes: readonly PumpType[]
  readonly selectedEquipment: string | null
  openStory(id: string): Promise<void>
  /** `networks`: SWMM files opened with it, one of which it may name. */
  openScenarioFile(file: File, networks?: readonly File[]): Promise<void>
  /** The pipes under the open scenario. */
  openNetworkFile(file: File): Promise<void>
  openWritten(written: FloodWritten, story: string | null): Promise<void>
  /** `merge` joins the change to the last step of undo (typing, dragging). */
  edit(change: (written: FloodWritten) => FloodWritten, merge?: boolean): void
  undo(): void
  redo(): void
  saveScenario(): void
  selectEquipment(id: string | null): void
  modelsChanged(): void
  /** The world of the document's scenario, prepared if it is not yet; null where it cannot be. */
  ensureWorld(): Promise<FloodWorld | null>
}

/** A pump of the catalogue. */
export interface PumpType {
  readonly id: string
  /** [m³/s] */
  readonly flow: number
  /** [m] */
  readonly head: number
}

/** The stories that come with the program, in the order they are told. */
export const STORIES = ['a-planned', 'b-more-pumps', 'c-moved-station', 'd-stop-logs', 'z-zhengzhou'] as const
const LARGEST_FILE = 4e6

export const scenarioSlice: Slice<ScenarioSlice> = (set, get, runtime) => {
  const memory: Memory = { prepared: null, pending: null }
  return {
    document: null,
    revision: 0,
    fileRevision: 0,
    story: null,
    storyTask: IDLE,
    scenario: null,
    problems: [],
    world: IDLE,
    rain: null,
    duration: 0,
    pumpTypes: [],
    selectedEquipment: null,
    async openStory(id) {
      const written = await runTask<FloodWritten>(
        async (signal) => {
          const response = await fetch(`./demo/${id}.json`, { signal })
          if (!response.ok) throw { problems: [problem('app.offline', { name: `${id}.json`, status: response.status })] }
          return parseJson(await response.text(), `${id}.json`) as FloodWritten
        },
        (task) => set({ storyTask: task.state === 'ready' ? { state: 'ready', value: id } : (task as Task<string>) }),
      )
      if (written) await get().openWritten(written, id)
    },
    async openScenarioFile(file, networks = []) {
      try {
        if (file.size === 0) throw { problems: [problem('file.empty', { name: file.name }, file.name)] }
        if (file.size > LARGEST_FILE) throw { problems: [problem('parse.tooLarge', { limit: '4 MB' }, file.name)] }
        const json = parseJson(await file.text(), file.name)
        if (typeof json === 'object' && json !== null && 'variants' in json) {
          await get().openPlan(json)
          return get().showWorkspace('rehearse')
        }
        const { kinds, putNetwork, wantedNetwork } = await import('@/scenarios')
        const wanted = wantedNetwork(json)?.split(/[\\/]/).at(-1)
        const network = networks.find(({ name }) => name === wanted)
        const parsed = kinds.flood.parse(network ? putNetwork(json, await network.text()) : json)
        if (!parsed.ok) throw { problems: parsed.problems }
        await get().openWritten(parsed.value.written, null)
        get().tell({ tone: 'good', note: { kind: 'opened', name: file.name, elements: 0, withheld: 0 } })
        get().showWorkspace('rehearse')
        set({ panel: 'scenario' })
      } catch (error) {
        get().tell({ tone: 'error', problems: problemsOf(error), subject: file.name })
      }
    },
    async openNetworkFile(file) {
      const { document } = get()
      try {
        if (file.size > LARGEST_FILE) throw { problems: [problem('parse.tooLarge', { limit: '4 MB' }, file.name)] }
        if (!document) throw { problems: [problem('scenario.none', { name: file.name }, file.name)] }
        const network = { path: file.name, text: await file.text() }
        const { kinds } = await import('@/scenarios')
        const parsed = kinds.flood.parse({ ...document.present, network })
        if (!parsed.ok) throw { problems: parsed.problems }
        get().edit((written) => ({ ...written, network }))
        get().tell({ tone: 'good', note: { kind: 'opened', name: file.name, elements: 0, withheld: 0 } })
      } catch (error) {
        get().tell({ tone: 'error', problems: problemsOf(error), subject: file.name })
      }
    },
    async openWritten(written, story) {
      get().stopRun()
      const revision = get().revision + 1
      set({ document: begin(written), revision, fileRevision: revision, story, selectedEquipment: null, world: IDLE })
      await derive(set, get)
    },
    edit(change, merge = false) {
      const { document } = get()
      if (document) apply(record(document, change(document.present), merge), set, get)
    },
    undo() {
      const { document } = get()
      if (document?.past.length) apply(undo(document), set, get)
    },
    redo() {
      const { document } = get()
      if (document?.future.length) apply(redo(document), set, get)
    },
    saveScenario() {
      const { document, story, revision } = get()
      if (!document) return
      const name = `${story ?? 'scenario'}.json`
      download(name, `${JSON.stringify(document.present, null, 2)}\n`)
      set({ fileRevision: revision })
      get().tell({ tone: 'good', note: { kind: 'saved', name } })
    },
    selectEquipment(id) {
      set({ selectedEquipment: id, ...(id ? { inspector: true, selection: [] } : {}) })
    },
    modelsChanged() {
      const { clashes } = get()
      get().stopRun()
      get().endCompare()
      set({ world: IDLE, clashesStale: clashes.state === 'ready', focus: null, found: [] })
      if (clashes.state === 'ready') set({ clashes: IDLE })
      void derive(set, get)
    },
    async ensureWorld() {
      const { scenario, models, world } = get()
      if (!scenario) return null
      const key = worldKey(scenario, models)
      if (world.state === 'ready' && memory.prepared === key) return world.value
      if (memory.pending?.key === key) return memory.pending.world
      const work = prepareWorld(scenario, models, set, get, runtime).then((value) => {
        if (value) memory.prepared = key
        if (memory.pending?.key === key) memory.pending = null
        return value
      })
      memory.pending = { key, world: work }
      return work
    },
  }
}

interface Memory {
  /** What the world in the store was prepared for. */
  prepared: string | null
  pending: { readonly key: string; readonly world: Promise<FloodWorld | null> } | null
}

/** What of a scenario the world depends on, beside the models. */
function worldKey(scenario: FloodScenario, models: readonly SiteModel[]): string {
  const { cell, area, surfaces, nodes, inlets, sumps, panels, pumps, assets } = scenario.written
  const tags = [nodes, inlets, sumps, panels, pumps, assets ?? []].flatMap((list) => list.map((entry) => entry.element ?? ''))
  return hashOf({ cell, area: area ?? null, surfaces, tags, models: models.map((model) => model.id + model.file.sha256) })
}

async function prepareWorld(scenario: FloodScenario, models: readonly SiteModel[], set: SetState, get: GetState, { jobs }: Runtime) {
  const world = await runTask<FloodWorld>(
    async (signal, report) => {
      if (!models.length) throw { problems: [problem('app.noModels', { kind: 'flood' }, 'models')] }
      const work = jobs.prepareFlood({ scenario, models }, signal)
      for (;;) {
        const step = await work.next(undefined)
        if (!step.done) {
          report(step.value)
          continue
        }
        if (!step.value.ok) throw { problems: step.value.problems }
        return step.value.value
      }
    },
    (task) => set({ world: task }),
  )
  if (world) await derive(set, get, world)
  return world
}

function apply(document: History<FloodWritten>, set: SetState, get: GetState) {
  if (document === get().document) return
  const { selectedEquipment: id, revision } = get()
  // What an edit or an undo took away is no longer in hand.
  const gone = id !== null && holds(get().document?.present, id) && !holds(document.present, id)
  set({ document, revision: revision + 1, ...(gone ? { selectedEquipment: null } : {}) })
  void derive(set, get).then(() => get().scenarioEdited())
}

function holds(written: FloodWritten | undefined, id: string): boolean {
  if (!written) return false
  const { pumps, panels, nodes, barriers, probes } = written
  return [pumps, panels, nodes, barriers, probes].some((list) => list?.some((entry) => entry.id === id))
}

/** The parsed scenario and its problems follow the document. The world, where there is one, has its say on ids and places. */
async function derive(set: SetState, get: GetState, fresh?: FloodWorld) {
  const { document, revision } = get()
  if (!document) return
  const { hyetographOf, kinds, PUMP_CATALOGUE } = await import('@/scenarios')
  if (get().revision !== revision) return
  const parsed = kinds.flood.parse(document.present)
  const { world, models } = get()
  const known = fresh ?? (world.state === 'ready' ? world.value : null)
  const placed = parsed.ok && known ? kinds.flood.check(parsed.value, known) : []
  set({
    scenario: parsed.ok ? parsed.value : null,
    rain: parsed.ok ? hyetographOf(parsed.value.written.storm) : get().rain,
    pumpTypes: PUMP_CATALOGUE,
    duration: parseQuantity(String(document.present.duration), 'time') ?? 0,
    problems: [...parsed.problems, ...placed, ...modelProblems(document.present, models)],
  })
}

/** Models that the scenario names and that are not open, or are others by that name. */
function modelProblems(written: FloodWritten, models: readonly SiteModel[]): Problem[] {
  if (!Array.isArray(written.models) || !models.length) return []
  return written.models.flatMap(({ path, sha256 }, k): Problem[] => {
    const name = path.split('/').at(-1) ?? path
    const open = models.find((model) => model.file.name === name)
    if (!open) return [problem('app.modelMissing', { name }, `models[${k}].path`, 'warning')]
    if (!sha256 || sha256 === open.file.sha256) return []
    return [problem('app.modelDiffers', { name, expected: sha256.slice(0, 12), got: open.file.sha256.slice(0, 12) }, `models[${k}].sha256`, 'warning')]
  })
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw { problems: [problem('parse.json', { detail: error instanceof Error ? error.message : String(error) }, name)] }
  }
}

export function download(name: string, content: string | Uint8Array, type = 'application/json') {
  const url = URL.createObjectURL(new Blob([content as BlobPart], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
