import { type PointerEvent, type Ref, useRef } from 'react'
import type { Box } from '@/core/base/geometry'
import { dot, sub } from '@/core/base/geometry'
import type { SceneWords, SectionPlane } from './scene-props.ts'
import { cutMiddle } from './section-outline.ts'
import type { Stage } from './stage.ts'

interface Props {
  readonly section: SectionPlane
  readonly site: Box
  readonly stage: Stage
  readonly words: SceneWords
  readonly onSection: ((section: SectionPlane) => void) | undefined
  /** The frame loop puts it where the plane is. */
  readonly ref: Ref<HTMLButtonElement>
}

/** A grip in the middle of the section plane: drag it, or move it with the arrow keys (with Shift by 10 cm). */
export function SectionHandle({ section, site, stage, words, onSection, ref }: Props) {
  const grabbed = useRef<{ offset: number; along: number } | null>(null)
  const alongAxis = (event: PointerEvent<HTMLButtonElement>): number | null => {
    const middle = cutMiddle(section, site)
    const canvas = event.currentTarget.parentElement?.getBoundingClientRect()
    if (!middle || !canvas) return null
    const { origin, direction } = stage.rayAt(event.clientX - canvas.left, event.clientY - canvas.top)
    // Nearest point of the axis (middle + s · normal) to the pointer's ray.
    const w = sub(middle, origin)
    const b = dot(section.normal, direction)
    const apart = 1 - b * b
    return apart < 1e-3 ? null : section.offset + (b * dot(direction, w) - dot(section.normal, w)) / apart
  }
  return (
    <button
      ref={ref}
      type="button"
      aria-label={words.section}
      title={words.section}
      style={HANDLE}
      onPointerDown={(event) => {
        const along = alongAxis(event)
        if (along === null) return
        event.currentTarget.setPointerCapture(event.pointerId)
        grabbed.current = { offset: section.offset, along }
      }}
      onPointerMove={(event) => {
        if (!grabbed.current) return
        const along = alongAxis(event)
        if (along !== null) onSection?.({ normal: section.normal, offset: grabbed.current.offset + along - grabbed.current.along })
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
        onSection?.({ normal: section.normal, offset: section.offset + step })
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
