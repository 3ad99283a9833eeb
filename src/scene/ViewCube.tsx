import type { Ref } from 'react'
import type { NamedView, SceneWords } from './scene-props.ts'

interface Props {
  readonly words: SceneWords['cube']
  readonly theme: 'light' | 'dark'
  readonly onView: (view: NamedView) => void
  /** The turning part: the frame loop sets its transform, React does not. */
  readonly ref: Ref<HTMLDivElement>
}

const SIZE = 62
const FACES = [
  ['front', 'rotateX(-90deg)', ''],
  ['back', 'rotateX(90deg)', ' rotateZ(180deg)'],
  ['right', 'rotateY(90deg)', ' rotateZ(-90deg)'],
  ['left', 'rotateY(-90deg)', ' rotateZ(90deg)'],
  ['top', '', ''],
  ['bottom', 'rotateX(180deg)', ''],
] as const

/** A cube in the corner that turns with the camera; its faces are buttons. Plain DOM: crisp text in both languages, no draw calls, keyboard works. */
export function ViewCube({ words, theme, onView, ref }: Props) {
  const dark = theme === 'dark'
  return (
    <div
      style={{
        position: 'absolute',
        top: 14,
        right: 14,
        width: 96,
        height: 96,
        perspective: 420,
        display: 'grid',
        placeItems: 'center',
        pointerEvents: 'none',
      }}
    >
      <div ref={ref} style={{ width: SIZE, height: SIZE, position: 'relative', transformStyle: 'preserve-3d' }}>
        {FACES.map(([face, turn, upright]) => (
          <button
            key={face}
            type="button"
            title={words[face]}
            aria-label={words[face]}
            onClick={() => onView(face)}
            style={{
              position: 'absolute',
              inset: 0,
              transform: `${turn} translateZ(${SIZE / 2}px)${upright}`,
              backfaceVisibility: 'hidden',
              pointerEvents: 'auto',
              cursor: 'pointer',
              border: `1px solid ${dark ? '#55606d' : '#b4bcc5'}`,
              background: dark ? 'rgba(38, 45, 54, 0.94)' : 'rgba(250, 251, 252, 0.94)',
              color: dark ? '#d5dce4' : '#39434e',
              font: '600 15px/1 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif',
              padding: 0,
            }}
          >
            {words[face]}
          </button>
        ))}
      </div>
    </div>
  )
}

/** CSS turns the page's axes (y down); `right` and `up` are the camera's axes in the site's frame, the cube's faces lie as the site's. */
export function cubeTransform(right: readonly number[], up: readonly number[], forward: readonly number[]): string {
  // Column k = where the cube's CSS axis k (x east, y south, z up) points on screen.
  const column = (x: number, y: number, z: number) => [
    right[0] * x + right[1] * y + right[2] * z,
    -(up[0] * x + up[1] * y + up[2] * z),
    -(forward[0] * x + forward[1] * y + forward[2] * z),
  ]
  const e = column(1, 0, 0)
  const s = column(0, -1, 0)
  const t = column(0, 0, 1)
  return `matrix3d(${[...e, 0, ...s, 0, ...t, 0, 0, 0, 0, 1].map((n) => n.toFixed(5)).join(',')})`
}
