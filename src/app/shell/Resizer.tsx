import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { APP } from '@/messages/app'
import { useWords } from '../words.ts'

interface Props {
  readonly width: number
  /** +1 where dragging to the right widens. */
  readonly sign: 1 | -1
  readonly onChange: (width: number) => void
}
export const NARROWEST = 240
export const WIDEST = 560

/** The edge of a panel: dragged, or moved with the arrows. */
export function Resizer({ width, sign, onChange }: Props) {
  const t = useWords()
  const start = useRef<{ x: number; width: number } | null>(null)
  const set = (next: number) => onChange(Math.round(Math.min(WIDEST, Math.max(NARROWEST, next))))
  const down = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    start.current = { x: event.clientX, width }
  }
  const move = (event: PointerEvent) => {
    if (start.current) set(start.current.width + sign * (event.clientX - start.current.x))
  }
  const keys = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 16 : event.key === 'ArrowLeft' ? -16 : 0
    if (!by) return
    event.preventDefault()
    set(width + sign * by)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a movable separator is a widget, which <hr> is not
    <div
      className="resizer"
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t(APP.resizePanel)}
      aria-valuenow={width}
      aria-valuemin={NARROWEST}
      aria-valuemax={WIDEST}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={() => {
        start.current = null
      }}
      onKeyDown={keys}
    />
  )
}
