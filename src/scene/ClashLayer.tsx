import { useThree } from '@react-three/fiber'
import { useEffect, useMemo } from 'react'
import { CanvasTexture, Group, Sprite, SpriteMaterial } from 'three'
import { LineMaterial } from 'three/addons/lines/LineMaterial.js'
import { LineSegments2 } from 'three/addons/lines/LineSegments2.js'
import { LineSegmentsGeometry } from 'three/addons/lines/LineSegmentsGeometry.js'
import type { Clash } from '@/core/clash'
import { ORDER } from './model-drawing.ts'
import { linear } from './object-material.ts'
import { CLASH_CURVE } from './palette.ts'

/** Where the two meet, over everything else: the curve of their surfaces, or the measure between them, and a mark that is seen from afar. */
export function ClashLayer({ clash }: { readonly clash: Clash }) {
  const invalidate = useThree((state) => state.invalidate)
  const drawing = useMemo(() => createClashDrawing(clash), [clash])
  useEffect(() => {
    invalidate()
    return () => {
      drawing.dispose()
      invalidate()
    }
  }, [drawing, invalidate])
  return <primitive object={drawing.group} />
}

function createClashDrawing({ curve, points, contact, kind }: Clash): { group: Group; dispose: () => void } {
  const group = new Group()
  const [p, q] = points
  const measured = kind === 'clearance' || curve.length === 0
  const segments = measured ? new Float32Array([...p, ...q]) : curve
  const geometry = new LineSegmentsGeometry()
  geometry.setPositions(segments)
  const material = new LineMaterial({ color: linear(CLASH_CURVE), linewidth: measured ? 2.5 : 3, depthTest: false, transparent: true, toneMapped: false })
  const lines = new LineSegments2(geometry, material)
  lines.renderOrder = ORDER.overlay
  lines.frustumCulled = false
  if (segments.length) group.add(lines)

  const texture = ring()
  const mark = new SpriteMaterial({ map: texture, depthTest: false, sizeAttenuation: false, toneMapped: false, transparent: true })
  const sprite = new Sprite(mark)
  sprite.renderOrder = ORDER.overlay + 1
  sprite.scale.setScalar(0.028)
  sprite.position.set(...middle(contact.min, contact.max))
  group.add(sprite)
  return {
    group,
    dispose() {
      geometry.dispose()
      material.dispose()
      texture.dispose()
      mark.dispose()
    },
  }
}

function middle(a: readonly [number, number, number], b: readonly [number, number, number]): [number, number, number] {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2]
}

function ring(): CanvasTexture {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = 64
  const pen = canvas.getContext('2d')!
  pen.lineWidth = 9
  pen.strokeStyle = 'rgba(255, 255, 255, 0.95)'
  pen.beginPath()
  pen.arc(32, 32, 24, 0, 7)
  pen.stroke()
  pen.lineWidth = 5
  pen.strokeStyle = `rgb(${CLASH_CURVE.join(',')})`
  pen.stroke()
  const texture = new CanvasTexture(canvas)
  texture.colorSpace = 'srgb'
  return texture
}
