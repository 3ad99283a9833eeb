import { APP } from '@/messages/app'
import { CLASH } from '@/messages/app-clash'
import { FIND } from '@/messages/app-find'
import { FLOOD } from '@/messages/app-flood'
import { isRemovable, removeById } from '../rehearse/edits.ts'
import type { Twin, TwinState } from '../store/state.ts'
import { takeEscape } from './escape.ts'
import { pickFiles } from './pick-files.ts'

/** One list feeds the keys, the tooltips, the menus and the key sheet. */
export interface Command {
  readonly id: string
  readonly words: { readonly zh: string; readonly en: string }
  readonly group: 'view' | 'select' | 'clash' | 'run' | 'file'
  readonly keys: readonly Key[]
  readonly when?: (state: TwinState) => boolean
  readonly run: (twin: Twin) => void
}
/** By `event.code`, the place of the key, which no input method changes; `show` is what is printed on it. */
export interface Key {
  readonly code: string
  readonly show: string
  readonly shift?: true
  readonly alt?: true
  readonly ctrl?: true
}

const key = (code: string, show = code.replace(/^Key|^Digit/, '')): Key => ({ code, show })
const shift = (code: string, show?: string): Key => ({ ...key(code, show), shift: true })
const alt = (code: string, show?: string): Key => ({ ...key(code, show), alt: true })
const ctrl = (code: string, show?: string): Key => ({ ...key(code, show), ctrl: true })

const hasModels = (state: TwinState) => state.models.length > 0
const hasSelection = (state: TwinState) => state.selection.length > 0
const hasClashes = (state: TwinState) => state.clashes.state === 'ready' && state.clashes.value.clashes.length > 0
const inRehearsal = (state: TwinState) => state.workspace === 'rehearse'
const view = (id: string, words: Command['words'], name: Parameters<NonNullable<Twin['runtime']['scene']['current']>['view']>[0], keys: Key[]): Command => ({
  id,
  words,
  group: 'view',
  keys,
  when: hasModels,
  run: ({ runtime }) => runtime.scene.current?.view(name),
})

/** In the review what people said of clashes goes first. */
const inReview = (state: TwinState, where: 'past' | 'future') => state.workspace === 'review' && state.review[where].length > 0

/** A frame of the clock: what `,` and `.` step by [s]. */
const STEP = 60

export const COMMANDS = [
  {
    id: 'fit',
    words: APP.fit,
    group: 'view',
    keys: [key('KeyF')],
    when: hasModels,
    run: ({ store, runtime }) => runtime.scene.current?.fit(store.getState().selection.length ? 'selection' : 'all'),
  },
  { id: 'fit-all', words: APP.fitAll, group: 'view', keys: [shift('KeyF')], when: hasModels, run: ({ runtime }) => runtime.scene.current?.fit('all') },
  view('home', APP.home, 'home', [key('Home', 'Home'), key('Digit0')]),
  view('top', APP.top, 'top', [key('Digit1')]),
  view('bottom', APP.bottom, 'bottom', [key('Digit2')]),
  view('front', APP.front, 'front', [key('Digit3')]),
  view('back', APP.back, 'back', [key('Digit4')]),
  view('left', APP.left, 'left', [key('Digit5')]),
  view('right', APP.right, 'right', [key('Digit6')]),
  {
    id: 'ghost',
    words: APP.ghost,
    group: 'select',
    keys: [key('KeyG')],
    when: hasModels,
    run: ({ store }) => store.getState().setView({ ghost: !store.getState().ghost }),
  },
  { id: 'hide', words: APP.hide, group: 'select', keys: [key('KeyH')], when: hasSelection, run: ({ store }) => store.getState().hideSelection() },
  { id: 'isolate', words: APP.isolate, group: 'select', keys: [shift('KeyH')], when: hasSelection, run: ({ store }) => store.getState().isolateSelection() },
  { id: 'show-all', words: APP.showAll, group: 'select', keys: [alt('KeyH')], when: hasModels, run: ({ store }) => store.getState().showAll() },
  { id: 'section', words: APP.section, group: 'view', keys: [key('KeyX')], when: hasModels, run: toggleTool('section') },
  { id: 'walk', words: FIND.walk, group: 'view', keys: [key('KeyC')], when: hasModels, run: toggleTool('walk') },
  { id: 'section-box', words: FIND.sectionBox, group: 'view', keys: [key('KeyB')], when: hasModels, run: ({ store }) => store.getState().toggleSectionBox() },
  { id: 'measure', words: FIND.measure, group: 'view', keys: [key('KeyM')], when: hasModels, run: toggleTool('measure') },
  {
    id: 'measure-close',
    words: FIND.closeArea,
    group: 'view',
    keys: [key('Enter', 'Enter')],
    when: (state) => state.tool === 'measure' && state.measureKind === 'area' && state.stroke.length > 2,
    run: ({ store }) => store.getState().finishMeasure(),
  },
  {
    id: 'measure-back',
    words: FIND.dropPoint,
    group: 'view',
    keys: [key('Backspace', '⌫')],
    when: (state) => state.tool === 'measure' && state.stroke.length > 0,
    run: ({ store }) => store.getState().dropPoint(),
  },
  { id: 'select', words: APP.select, group: 'view', keys: [key('KeyV')], when: hasModels, run: ({ store }) => store.getState().setView({ tool: 'select' }) },
  {
    id: 'find-clashes',
    words: APP.findClashes,
    group: 'clash',
    keys: [],
    when: (state) => hasModels(state) && state.clashes.state !== 'running',
    run: ({ store }) => {
      store.getState().showWorkspace('review')
      store.getState().setView({ panel: 'clashes', welcome: false })
      void store.getState().findClashes()
    },
  },
  { id: 'clash-next', words: CLASH.next, group: 'clash', keys: [key('KeyN')], when: hasClashes, run: ({ store }) => store.getState().nextClash(1) },
  { id: 'clash-previous', words: CLASH.previous, group: 'clash', keys: [shift('KeyN')], when: hasClashes, run: ({ store }) => store.getState().nextClash(-1) },
  {
    id: 'run-storm',
    words: APP.runStorm,
    group: 'run',
    keys: [],
    when: (state) => hasModels(state) && state.document !== null,
    run: ({ store }) => {
      store.getState().showWorkspace('rehearse')
      store.getState().setView({ welcome: false, inspector: true })
      void store.getState().startRun()
    },
  },
  {
    id: 'play',
    words: FLOOD.playPause,
    group: 'run',
    keys: [key('Space', 'Space')],
    when: (state) => inRehearsal(state) && state.document !== null,
    run: ({ store }) => store.getState().togglePlay(),
  },
  {
    id: 'step-back',
    words: FLOOD.stepBack,
    group: 'run',
    keys: [key('Comma', ',')],
    when: inRehearsal,
    run: ({ runtime }) => runtime.clock.seek(runtime.clock.now() - STEP),
  },
  {
    id: 'step-forward',
    words: FLOOD.stepForward,
    group: 'run',
    keys: [key('Period', '.')],
    when: inRehearsal,
    run: ({ runtime }) => runtime.clock.seek(runtime.clock.now() + STEP),
  },
  { id: 'slower', words: FLOOD.slower, group: 'run', keys: [shift('Comma', ',')], when: inRehearsal, run: changeSpeed(-1) },
  { id: 'faster', words: FLOOD.faster, group: 'run', keys: [shift('Period', '.')], when: inRehearsal, run: changeSpeed(1) },
  { id: 'probe', words: APP.probe, group: 'run', keys: [key('KeyP')], when: inRehearsal, run: toggleTool('probe') },
  { id: 'pump', words: APP.pump, group: 'run', keys: [key('KeyU')], when: inRehearsal, run: toggleTool('pump') },
  {
    id: 'remove',
    words: FLOOD.removeEquipment,
    group: 'run',
    keys: [key('Delete', 'Del'), key('Backspace', '⌫')],
    when: ({ workspace, document, selectedEquipment }) =>
      workspace === 'rehearse' && document !== null && selectedEquipment !== null && isRemovable(document.present, selectedEquipment),
    run: ({ store }) => {
      const { selectedEquipment, edit } = store.getState()
      if (selectedEquipment) edit(removeById(selectedEquipment))
    },
  },
  {
    id: 'undo',
    words: APP.undo,
    group: 'file',
    keys: [ctrl('KeyZ')],
    when: (state) => inReview(state, 'past') || Boolean(state.document?.past.length),
    run: ({ store }) => (inReview(store.getState(), 'past') ? store.getState().undoReview() : store.getState().undo()),
  },
  {
    id: 'redo',
    words: APP.redo,
    group: 'file',
    keys: [ctrl('KeyY'), { ...ctrl('KeyZ'), shift: true }],
    when: (state) => inReview(state, 'future') || Boolean(state.document?.future.length),
    run: ({ store }) => (inReview(store.getState(), 'future') ? store.getState().redoReview() : store.getState().redo()),
  },
  {
    id: 'save',
    words: APP.save,
    group: 'file',
    keys: [ctrl('KeyS')],
    when: (state) => state.document !== null,
    run: ({ store }) => store.getState().saveScenario(),
  },
  { id: 'open', words: APP.open, group: 'file', keys: [ctrl('KeyO')], run: ({ store }) => pickFiles(store.getState().openFiles) },
  { id: 'panel-models', words: APP.models, group: 'file', keys: [alt('Digit1')], run: ({ store }) => store.getState().togglePanel('models') },
  {
    id: 'panel-find',
    words: FIND.find,
    group: 'file',
    keys: [alt('Digit4'), ctrl('KeyF')],
    run: ({ store }) => store.getState().togglePanel('find'),
  },
  { id: 'panel-clashes', words: APP.clashes, group: 'file', keys: [alt('Digit2')], run: ({ store }) => store.getState().togglePanel('clashes') },
  { id: 'panel-scenario', words: APP.scenario, group: 'file', keys: [alt('Digit3')], run: ({ store }) => store.getState().togglePanel('scenario') },
  {
    id: 'panel-variants',
    words: APP.variants,
    group: 'file',
    keys: [alt('Digit4')],
    run: ({ store }) => {
      store.getState().showWorkspace('rehearse')
      store.getState().togglePanel('variants')
    },
  },
  {
    id: 'load-report',
    words: APP.loadReport,
    group: 'file',
    keys: [],
    when: hasModels,
    run: ({ store }) => store.getState().setView({ dialog: 'loadReport' }),
  },
  { id: 'limits', words: APP.screening, group: 'file', keys: [], run: ({ store }) => store.getState().setView({ dialog: 'limits' }) },
  {
    id: 'keys',
    words: APP.help,
    group: 'file',
    keys: [shift('Slash', '?')],
    run: ({ store }) => store.getState().setView({ dialog: 'keys' }),
  },
  { id: 'escape', words: APP.back2, group: 'select', keys: [key('Escape', 'Esc')], run: takeEscape },
] as const satisfies readonly Command[]

export type CommandId = (typeof COMMANDS)[number]['id']
const BY_ID = new Map<string, Command>(COMMANDS.map((command) => [command.id, command]))

export function commandOf(id: CommandId): Command {
  return BY_ID.get(id) as Command
}

export function showKeys(command: Command): string {
  return command.keys.map(showKey).join(' / ')
}
export function showKey({ ctrl, alt, shift, show }: Key): string {
  return [ctrl && 'Ctrl', alt && 'Alt', shift && show !== '?' && 'Shift', show].filter(Boolean).join('+')
}

function toggleTool(tool: TwinState['tool']) {
  return ({ store }: Twin) => store.getState().setView({ tool: store.getState().tool === tool ? 'select' : tool })
}

export const SPEEDS = [30, 60, 120, 300, 600] as const

function changeSpeed(by: 1 | -1) {
  return ({ runtime: { clock } }: Twin) => {
    const now = SPEEDS.findIndex((speed) => speed >= clock.speed())
    clock.setSpeed(SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, (now < 0 ? SPEEDS.length - 1 : now) + by))])
  }
}
