import { type PointerEvent, type Ref, useRef } from 'react'
import { dot, sub } from '@/core/base/geometry'
import type { SceneWords } from './scene-props.ts'
import type { Grip } from './section-outline.ts'
import type { Stage } from './stage.ts'

interface Props {
  readonly grips: readonly Grip[]
  readonly stage: Stage
  readonly words: SceneWords
  readonly onMove: (grip: Grip, offset: number) => void
  /** The frame loop puts each grip where its plane is. */
  readonly ref: Ref<HTMLDivElement>
}

/** Grips of the section plane and of the faces of the section box: dragged, or moved with the arrow keys (with Shift by 10 cm). */
export function SectionHandles({ grips, stage, words, onMove, ref }: Props) {
  return (
    <div ref={ref}>
      {grips.map((grip) => (
        <Handle key={grip.key} grip={grip} stage={stage} words={words} onMove={onMove} />
      ))}
    </div>
  )
}

/** Puts the grips where the camera of the moment shows them. */
export function placeHandles(handles: HTMLElement, grips: readonly Grip[], stage: Stage): void {
  for (const grip of grips) {
    const handle = handles.querySelector<HTMLElement>(`[data-grip="${grip.key}"]`)
    const at = stage.project(grip.at)
    if (!handle) continue
    handle.style.display = at ? 'block' : 'none'
    if (at) handle.style.transform = `translate(${at.x.toFixed(1)}px, ${at.y.toFixed(1)}px)`
  }
}

function Handle({ grip, stage, words, onMove }: Pick<Props, 'stage' | 'words' | 'onMove'> & { readonly grip: Grip }) {
  const grabbed = useRef<{ offset: number; along: number } | null>(null)
  const { plane, at } = grip
  const alongAxis = (event: PointerEvent<HTMLButtonElement>): number | null => {
    const canvas = event.currentTarget.closest('[data-scene]')?.getBoundingClientRect()
    if (!canvas) return null
    const { origin, direction } = stage.rayAt(event.clientX - canvas.left, event.clientY - canvas.top)
    // Nearest point of the axis (at + s · normal) to the pointer's ray.
    const w = sub(at, origin)
    const b = dot(plane.normal, direction)
    const apart = 1 - b * b
    return apart < 1e-3 ? null : plane.offset + (b * dot(direction, w) - dot(plane.normal, w)) / apart
  }
  return (
    <button
      type="button"
      data-grip={grip.key}
      aria-label={words.section}
      title={words.section}
      style={grip.key === 'plane' ? HANDLE : FACE}
      onPointerDown={(event) => {
        const along = alongAxis(event)
        if (along === null) return
        event.currentTarget.setPointerCapture(event.pointerId)
        grabbed.current = { offset: plane.offset, along }
      }}
      onPointerMove={(event) => {
        if (!grabbed.current) return
        const along = alongAxis(event)
        if (along !== null) onMove(grip, grabbed.current.offset + along - grabbed.current.along)
      }}
      onPointerUp={() => {
        grabbed.current = null
      }}
      onKeyDown={(event) => {
        const step =
          (event.shiftKey ? 0.1 : 0.5) *
          (event.key === 'ArrowUp' || event.key === 'ArrowRight' ? 1 : event.key === 'ArrowDown' || event.key === 'ArrowLeft' ? -1 : 0)
        if (!step) return
        event.preventDefault()
        event.stopPropagation()
        onMove(grip, plane.offset + step)
      }}
    >
      ⇕
    </button>
  )
}

const HANDLE = {
  position: 'absolute',
  left: -15,
  top: -15,
  width: 30,
  height: 30,
  display: 'none',
  padding: 0,
  borderRadius: '50%',
  border: '2px solid #fff',
  background: '#1f6feb',
  color: '#fff',
  fontSize: 16,
  lineHeight: '24px',
  cursor: 'grab',
  touchAction: 'none',
} as const
const FACE = { ...HANDLE, left: -12, top: -12, width: 24, height: 24, fontSize: 0 } as const
