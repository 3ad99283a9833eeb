import { useContext, useEffect } from 'react'
import { TwinContext } from '../store/use-twin.ts'
import { COMMANDS, type Command, type Key } from './commands.ts'

/** Listens for the keys of the registry. An input method that is composing, a field, a menu and a dialog keep their keys to themselves. */
export function useKeys(): void {
  const twin = useContext(TwinContext)
  useEffect(() => {
    if (!twin) return
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented) return
      const state = twin.store.getState()
      // A key may mean one thing while a tool is in hand and another at other times.
      const meant = (COMMANDS as readonly Command[]).filter((candidate) => candidate.keys.some((key) => matches(key, event)))
      const command = meant.find((candidate) => candidate.when?.(state) ?? true) ?? meant[0]
      if (!command) return
      const plain = !(event.ctrlKey || event.metaKey || event.altKey)
      if (plain && keepsKeys(event.target, event.code)) return
      if (!plain && inDialog(event.target)) return
      if (command.when && !command.when(state)) {
        // The browser's own "save page" would only confuse.
        if (!plain) event.preventDefault()
        return
      }
      event.preventDefault()
      command.run(twin)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [twin])
}

function matches(key: Key, event: KeyboardEvent): boolean {
  return (
    event.code === key.code &&
    Boolean(key.shift) === event.shiftKey &&
    Boolean(key.alt) === event.altKey &&
    Boolean(key.ctrl) === (event.ctrlKey || event.metaKey)
  )
}

function keepsKeys(target: EventTarget | null, code: string): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (inDialog(target)) return true
  const field = target.closest('input, textarea, select, [contenteditable="true"], [role="menu"], [role="listbox"]')
  if (field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'range'))
    return code === 'Space' || code === 'Home' || code === 'Escape'
  if (field) return true
  // Space, Enter and Home mean something to what has the focus.
  if (code === 'Space' || code === 'Enter') return target.closest('button, a, summary, [role="treeitem"]') !== null
  if (code === 'Home') return target.closest('[role="tree"], [role="separator"], [role="slider"], [role="radiogroup"]') !== null
  return false
}

function inDialog(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('[role="dialog"]') !== null
}
