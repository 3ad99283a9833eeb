import { Canvas } from '@react-three/fiber'
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { NeutralToneMapping } from 'three'
import { poseOf } from './camera-rig.ts'
import { createFrameMeter, detectDevice } from './device.ts'
import { MeasureLayer } from './MeasureLayer.tsx'
import { type Live, SceneContents } from './SceneContents.tsx'
import { SectionHandles } from './SectionHandle.tsx'
import type { Quality, SceneHandle, SiteSceneProps } from './scene-props.ts'
import { gripsOf, movedFace } from './section-outline.ts'
import { createStage, FOV } from './stage.ts'
import { ViewCube } from './ViewCube.tsx'

/** The canvas with everything in it, and the view cube over it. Fills its parent, which must be positioned. */
export function SiteScene({ ref, ...props }: SiteSceneProps & { readonly ref?: Ref<SceneHandle> }) {
  const { view, words } = props
  const [device] = useState(detectDevice)
  const [stage] = useState(createStage)
  const [meter] = useState(createFrameMeter)
  const [counter] = useState(() => ({ frames: 0 }))
  const [measured, setMeasured] = useState<Quality>(device === 'software' ? 'low' : 'high')
  const [generation, setGeneration] = useState(0)
  const live = useRef<Live | null>(null)
  const cube = useRef<HTMLDivElement>(null)
  const pivot = useRef<HTMLDivElement>(null)
  const handles = useRef<HTMLDivElement>(null)
  const measures = useRef<SVGSVGElement>(null)
  const level = view.quality === 'auto' ? measured : view.quality
  const { onContext, onQuality } = props

  useEffect(() => {
    if (device === 'none') onContext?.('none')
  }, [device, onContext])
  useEffect(() => {
    if (view.quality === 'auto') onQuality?.(measured)
  }, [view.quality, measured, onQuality])

  const [around] = useState(() => ({ cube, pivot, handles, measures }))
  const latest = useRef(props)
  latest.current = props
  useImperativeHandle(ref, (): SceneHandle => {
    const again = () => live.current?.invalidate()
    const fly = (pose: ReturnType<typeof poseOf>, animate = latest.current.view.motion) => {
      stage.motion.flyTo(pose, animate)
      again()
    }
    const target = () => poseOf(stage.motion.rig()).target
    return {
      fit(what) {
        if (what === 'all') return fly(stage.frame(stage.bounds(), undefined, 0.92))
        const box = what === 'selection' ? stage.boundsOf(latest.current.view.selected) : 'min' in what ? what : stage.boundsOf(what)
        if (box) fly(stage.frame(box, undefined, 0.7))
      },
      view: (name) => fly(stage.viewPose(name)),
      flyTo: (box) => fly(stage.frameVisible(box)),
      orbit(yaw, pitch) {
        stage.motion.orbit(target(), yaw, pitch)
        again()
      },
      pan(right, up) {
        stage.motion.pan(right, up)
        again()
      },
      zoom(factor) {
        stage.motion.dolly(target(), factor)
        again()
      },
      camera: () => poseOf(stage.motion.rig()),
      setCamera: (pose, animate = false) => fly(pose, animate && latest.current.view.motion),
      pick: (x, y) => stage.pickAll(x, y),
      groundAt: (x, y) => stage.groundAt(x, y),
      screenOf: (globalId) => stage.screenOf(globalId),
      project: (point) => stage.project(point),
      stats: () => live.current?.stats() ?? { frames: counter.frames, drawCalls: 0, triangles: 0, quality: level, frameTime: 0 },
      snapshot: () => live.current?.snapshot() ?? '',
      restart: () => setGeneration((n) => n + 1),
    }
  }, [stage, counter, level])

  if (device === 'none') return null
  return (
    <div data-scene style={{ position: 'absolute', inset: 0, overflow: 'hidden', background: view.theme === 'dark' ? '#232a33' : '#e9edf0' }}>
      <Canvas
        key={`${generation}-${level}`}
        frameloop="demand"
        dpr={level === 'low' ? 1 : level === 'medium' ? [1, 1.5] : [1, 2]}
        shadows={level === 'high' ? 'percentage' : false}
        gl={{ antialias: level !== 'low', powerPreference: 'high-performance', stencil: false, toneMapping: NeutralToneMapping }}
        camera={{ fov: (FOV * 180) / Math.PI, near: 0.5, far: 2000, up: [0, 0, 1] }}
        resize={{ debounce: 0, scroll: false }}
        style={{
          position: 'absolute',
          inset: 0,
          touchAction: 'none',
          cursor: props.tool === 'select' ? 'default' : props.tool === 'walk' ? 'move' : 'crosshair',
        }}
        onCreated={({ gl }) => {
          const canvas = gl.domElement
          canvas.tabIndex = 0
          canvas.setAttribute('role', 'application')
          canvas.setAttribute('aria-label', words.scene)
          canvas.setAttribute('aria-description', words.help)
          canvas.style.outlineOffset = '-2px'
          canvas.addEventListener('webglcontextlost', () => {
            // A canvas that was taken off the page loses its context too; that is no loss.
            if (canvas.isConnected) latest.current.onContext?.('lost')
          })
          canvas.addEventListener('webglcontextrestored', () => {
            latest.current.onContext?.('restored')
            live.current?.invalidate()
          })
          latest.current.onContext?.('ready')
        }}
      >
        <SceneContents {...props} stage={stage} around={around} level={level} meter={meter} live={live} counter={counter} onSlow={setMeasured} />
      </Canvas>
      <MeasureLayer ref={measures} measures={props.measures} theme={view.theme} />
      <div ref={pivot} style={PIVOT} aria-hidden />
      {(view.section || view.sectionBox) && (
        <SectionHandles
          ref={handles}
          grips={gripsOf(view, stage.bounds())}
          stage={stage}
          words={words}
          onMove={(grip, offset) => {
            if (grip.key === 'plane') props.onSection?.({ ...grip.plane, offset })
            else if (view.sectionBox) props.onSectionBox?.(movedFace(view.sectionBox, grip.plane, offset))
          }}
        />
      )}
      <ViewCube
        ref={cube}
        words={words.cube}
        theme={view.theme}
        onView={(name) => {
          stage.motion.flyTo(stage.viewPose(name), view.motion)
          live.current?.invalidate()
        }}
      />
    </div>
  )
}

const PIVOT = {
  position: 'absolute',
  left: -7,
  top: -7,
  width: 14,
  height: 14,
  display: 'none',
  borderRadius: '50%',
  border: '2px solid #fff',
  background: 'rgba(31, 111, 235, 0.85)',
  boxShadow: '0 0 0 1px rgba(0, 0, 0, 0.35)',
  pointerEvents: 'none',
} as const
