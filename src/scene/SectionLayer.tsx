import { useThree } from '@react-three/fiber'
import { useEffect, useMemo } from 'react'
import { BufferAttribute, BufferGeometry, DoubleSide, LineBasicMaterial, LineLoop, Mesh, MeshBasicMaterial } from 'three'
import type { Box } from '@/core/base/geometry'
import { ORDER } from './model-drawing.ts'
import { linear } from './object-material.ts'
import { ACCENT } from './palette.ts'
import type { SectionPlane } from './scene-props.ts'
import { cutOutline } from './section-outline.ts'

/** The frame of the section plane where it cuts the site's box. */
export function SectionLayer({ section, site, theme }: { readonly section: SectionPlane; readonly site: Box; readonly theme: 'light' | 'dark' }) {
  const invalidate = useThree((state) => state.invalidate)
  const drawing = useMemo(() => {
    const outline = cutOutline(section, site)
    const geometry = new BufferGeometry()
    geometry.setAttribute('position', new BufferAttribute(new Float32Array(outline.flat()), 3))
    const fan = new BufferGeometry()
    fan.setAttribute('position', geometry.getAttribute('position'))
    fan.setIndex(outline.slice(2).flatMap((_, k) => [0, k + 1, k + 2]))
    const color = linear(ACCENT[theme])
    const line = new LineLoop(geometry, new LineBasicMaterial({ color, transparent: true, opacity: 0.9, toneMapped: false }))
    const film = new Mesh(fan, new MeshBasicMaterial({ color, transparent: true, opacity: 0.05, depthWrite: false, side: DoubleSide, toneMapped: false }))
    line.renderOrder = film.renderOrder = ORDER.overlay
    return { line, film, outline }
  }, [section, site, theme])
  useEffect(() => {
    invalidate()
    return () => {
      for (const part of [drawing.line, drawing.film]) {
        part.geometry.dispose()
        part.material.dispose()
      }
    }
  }, [drawing, invalidate])
  if (drawing.outline.length < 3) return null
  return (
    <>
      <primitive object={drawing.line} />
      <primitive object={drawing.film} />
    </>
  )
}
