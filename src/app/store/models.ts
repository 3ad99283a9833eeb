import { problem } from '@/core/base/problem'
import type { ElementRef, PropertySet, SiteModel } from '@/core/model'
import { findAgain } from './find.ts'
import type { GetState, Runtime, SetState, Slice } from './state.ts'
import { IDLE, runTask, type Task } from './task.ts'

export interface ModelsSlice {
  readonly models: readonly SiteModel[]
  /** What is open is the demonstration site, not the user's own. */
  readonly isDemo: boolean
  readonly demo: Task<readonly SiteModel[]>
  /** A model on its way in, as far as it has come; it has no say yet. */
  readonly arriving: SiteModel | null
  /** Files being opened, and those that could not be. */
  readonly opening: readonly OpeningFile[]
  openDemo(): Promise<void>
  openFiles(files: readonly File[]): Promise<void>
  closeModel(id: string): void
  forgetOpening(key: number): void
  propertiesOf(model: SiteModel, element: number): Promise<readonly PropertySet[]>
}
export interface OpeningFile {
  readonly key: number
  readonly name: string
  readonly bytes: number
  readonly task: Task<SiteModel>
}

export const DEMO_CACHE = './demo/station.fsc'
const NOTHING: readonly ElementRef[] = []

export const modelsSlice: Slice<ModelsSlice> = (set, get, runtime) => ({
  models: [],
  isDemo: false,
  demo: IDLE,
  arriving: null,
  opening: [],
  async openDemo() {
    const models = await runTask<readonly SiteModel[]>(
      async (signal, report) => {
        const response = await fetch(DEMO_CACHE, { signal })
        if (!response.ok) throw { problems: [problem('app.offline', { name: DEMO_CACHE, status: response.status })] }
        const bytes = new Uint8Array(await response.arrayBuffer())
        const work = runtime.jobs.readCache({ bytes }, signal)
        for (;;) {
          const step = await work.next(undefined)
          if (step.done) return step.value
          report(step.value)
        }
      },
      (demo) => set({ demo }),
    )
    if (models) replaceModels(set, get, runtime, models, true)
  },
  async openFiles(files) {
    const networks = files.filter(isNetwork)
    const scenarios = files.filter(isScenario)
    for (const file of scenarios) await get().openScenarioFile(file, networks)
    if (scenarios.length === 0) for (const file of networks) await get().openNetworkFile(file)
    const models = files.filter((file) => ![isScenario, isNetwork, isBcf].some((is) => is(file)))
    for (const file of models) await openOne(file, set, get, runtime)
    for (const file of files.filter(isBcf)) await get().importBcf(file)
  },
  closeModel(id) {
    replaceModels(
      set,
      get,
      runtime,
      get().models.filter((model) => model.id !== id),
      get().isDemo,
    )
  },
  forgetOpening(key) {
    set({ opening: get().opening.filter((entry) => entry.key !== key) })
  },
  propertiesOf: (model, element) => runtime.jobs.properties(model, element),
})

let lastKey = 0

/** Opens one IFC file. What is open stays open, whatever becomes of this one; the demonstration site gives way to a file that did open. */
async function openOne(file: File, set: SetState, get: GetState, runtime: Runtime): Promise<void> {
  const { jobs } = runtime
  const key = ++lastKey
  set({ panel: 'models', welcome: false })
  const place = (task: Task<SiteModel>) => {
    const rest = get().opening.filter((entry) => entry.key !== key)
    set({ opening: task.state === 'ready' || task.state === 'idle' ? rest : [...rest, { key, name: file.name, bytes: file.size, task }] })
  }
  const model = await runTask<SiteModel>(async (signal, report) => {
    if (file.size === 0) throw { problems: [problem('file.empty', { name: file.name }, file.name)] }
    const bytes = new Uint8Array(await file.arrayBuffer())
    if (!looksLikeIfc(bytes)) throw { problems: [problem('app.notIfc', { name: file.name }, file.name)] }
    const mine = get().isDemo ? [] : get().models
    // A second file of the user's stands beside the first: in its frame.
    const work = jobs.importModel({ name: file.name, bytes, origin: mine[0]?.frame.origin ?? null }, signal)
    for (;;) {
      const step = await work.next(undefined)
      if (step.done) return step.value
      if (step.value.kind === 'progress') report(step.value)
      else if (step.value.model.shapes.length) set({ arriving: step.value.model })
    }
  }, place)
  set({ arriving: null })
  if (!model) return
  const others = get().isDemo ? [] : get().models
  replaceModels(set, get, runtime, [...others, uniqueId(model, others)], false)
  const { shown, simplified, refused, voided } = model.census
  get().tell({
    tone: refused > 0 ? 'warning' : 'good',
    note: { kind: 'opened', name: file.name, elements: shown + simplified, withheld: refused + voided },
  })
}

function replaceModels(set: SetState, get: GetState, { jobs }: Runtime, models: readonly SiteModel[], isDemo: boolean) {
  const kept = new Set(models.map((model) => model.elements))
  for (const model of get().models) if (!kept.has(model.elements)) jobs.letGo(model)
  const open = new Set(models.map((model) => model.id))
  const stays = (refs: readonly ElementRef[]) => (refs.every((ref) => open.has(ref.model)) ? refs : refs.filter((ref) => open.has(ref.model)))
  set({
    models,
    isDemo: isDemo && models.length > 0,
    selection: stays(get().selection),
    hidden: get().isDemo === isDemo ? stays(get().hidden) : NOTHING,
    isolated: null,
  })
  findAgain(set, get)
  get().modelsChanged()
}

function uniqueId(model: SiteModel, others: readonly SiteModel[]): SiteModel {
  let id = model.id
  for (let n = 2; others.some((other) => other.id === id); n++) id = `${model.id} (${n})`
  return id === model.id ? model : { ...model, id }
}

/** The first lines of a STEP file, before any engine is fetched for it. A byte order mark and blanks may come first. */
function looksLikeIfc(bytes: Uint8Array): boolean {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 4096))
  return /ISO-10303-21\s*;/.test(start)
}

function isBcf(file: File): boolean {
  return /\.(bcf|bcfzip)$/i.test(file.name)
}

function isNetwork(file: File): boolean {
  return /\.inp$/i.test(file.name)
}

function isScenario(file: File): boolean {
  return /\.json$/i.test(file.name)
}
