import type { Twin } from '../store/state.ts'

/** The ladder of Esc: cancel the stroke, leave the tool, then the clash, then the equipment, then the selection. Never what is visible, never a panel. */
export function takeEscape({ store }: Twin): void {
  const state = store.getState()
  if (state.tool === 'measure' && state.stroke.length) state.setMeasureKind(state.measureKind)
  else if (state.tool !== 'select') state.setView({ tool: 'select' })
  else if (state.focus !== null) state.setFocus(null)
  else if (state.selectedEquipment !== null) state.selectEquipment(null)
  else if (state.selection.length) state.select([])
}
