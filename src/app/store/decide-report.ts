import { hashOf } from '@/core/base/hash'
import type { RunRecord } from '@/core/decide'
import type { Report } from '@/core/report'
import { APP } from '@/messages/app'
import { DECIDE } from '@/messages/app-decide'
import { FLOOD } from '@/messages/app-flood'
import { rehearsalReport } from '@/messages/decide-report'
import { kinds } from '@/scenarios'
import { recordOf } from '@/scenarios/run-case'
import { DIFFERENCE_CLASSES, type LegendClass, legendOf } from '@/scene/legend'
import type { GetState, Runtime } from './state.ts'

/** The report of what has been run, with the picture of the moment; null where nothing has. */
export async function makeReport(get: GetState, { scene, clock }: Runtime): Promise<Report | null> {
  const records = await variantRecords(get)
  const told = records.length > 0 ? records : shownRun(get)
  if (told.length === 0) return null
  const snapshot = scene.current?.snapshot() ?? ''
  const bytes = snapshot.startsWith('data:image/') ? Uint8Array.from(atob(snapshot.slice(snapshot.indexOf(',') + 1)), (letter) => letter.charCodeAt(0)) : null
  const minute = Math.round(clock.now() / 60)
  const { zh, en } = lookOf(get)
  const caption = { zh: DECIDE.pictureAt.zh(minute, zh), en: DECIDE.pictureAt.en(minute, en) }
  return rehearsalReport(told, { at: new Date().toISOString(), pictures: bytes && bytes.length > 0 ? [{ caption, bytes }] : [] }, get().language)
}

/** What the colours of the picture stand for, with the classes that they have. */
function lookOf(get: GetState): { zh: string; en: string } {
  const { look, fork, compare } = get()
  const classes = (list: readonly LegendClass[], unit: string) =>
    `${list
      .slice(1)
      .map(({ from }) => from)
      .join(' / ')} ${unit}`
  if (fork !== null && compare === 'difference') {
    const ends = classes(DIFFERENCE_CLASSES, 'm')
    return { zh: `${DECIDE.differenceLegend.zh}（${ends}）`, en: `${DECIDE.differenceLegend.en} (${ends})` }
  }
  const words = { water: APP.lookWater, depth: APP.lookDepth, velocity: APP.lookVelocity }[look]
  const legend = legendOf(look)
  const ends = legend ? classes(legend.classes, legend.unit) : ''
  const sides = fork !== null && compare === 'swipe' ? { zh: `，${DECIDE.pictureSwipe.zh}`, en: `, ${DECIDE.pictureSwipe.en}` } : { zh: '', en: '' }
  return { zh: `${words.zh}${ends && `（${ends}）`}${sides.zh}`, en: `${words.en}${ends && ` (${ends})`}${sides.en}` }
}

/** One run a variant: under the first condition, with nothing out. */
async function variantRecords(get: GetState): Promise<RunRecord[]> {
  const { variants, records } = get()
  const cases = await get().cases()
  return variants.flatMap(({ id, title }) => {
    const one = cases.find(({ variant, failure }) => variant === id && failure === null)
    const record = one && records[one.key]
    return record ? [{ ...record, title }] : []
  })
}

function shownRun(get: GetState): RunRecord[] {
  const { report, outcomes, world, models } = get()
  const last = outcomes.at(-1)
  if (!report || !last || world.state !== 'ready') return []
  const parsed = kinds.flood.parse(last.written)
  if (!parsed.ok) return []
  const opened = models.map(({ file: { name, sha256 } }) => ({ path: name, sha256 }))
  const record = recordOf({ kind: 'flood', written: last.written, models: opened, kernel: 'cpu' }, kinds.flood.findings(parsed.value, world.value, report))
  if (!last.changedWhileRunning) return [record]
  // What was changed on the way is not what its scenario alone would give: it has an id of its own and says so.
  const { zh, en } = record.title
  return [{ ...record, key: hashOf({ live: record.resultHash }), title: { zh: `${zh}（${FLOOD.changedLive.zh}）`, en: `${en} (${FLOOD.changedLive.en})` } }]
}
