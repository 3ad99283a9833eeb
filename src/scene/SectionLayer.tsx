import { useThree } from '@react-three/fiber'
import { useEffect, useMemo } from 'react'
import { BufferAttribute, BufferGeometry, DoubleSide, LineBasicMaterial, LineSegments, Mesh, MeshBasicMaterial } from 'three'
import type { Box, Vec3 } from '@/core/base/geometry'
import { ORDER } from './model-drawing.ts'
import { linear } from './object-material.ts'
import { ACCENT } from './palette.ts'
import type { SceneView, SiteSceneProps } from './scene-props.ts'
import { createSectionCaps } from './section-caps.ts'
import { cutOutline, planesOf } from './section-outline.ts'
import type { Stage } from './stage.ts'

interface Props {
  readonly view: SceneView
  readonly models: SiteSceneProps['models']
  readonly site: Box
  readonly stage: Stage
  readonly onCut: SiteSceneProps['onCut']
}

/** The section plane where it cuts the site's box, the edges of the section box, and the filled faces of what they cut. */
export function SectionLayer({ view, models, site, stage, onCut }: Props) {
  const { section, sectionBox, theme } = view
  const invalidate = useThree((state) => state.invalidate)
  const caps = useMemo(() => createSectionCaps(stage.drawing), [stage])
  // biome-ignore lint/correctness/useExhaustiveDependencies: other models are cut anew
  useEffect(() => {
    caps.cut(planesOf({ section, sectionBox }), stage.clippingPlanes, (open) => {
      onCut?.(open)
      invalidate()
    })
    invalidate()
  }, [caps, section, sectionBox, models, stage, onCut, invalidate])
  useEffect(() => () => caps.dispose(), [caps])
  const drawing = useMemo(() => {
    const color = linear(ACCENT[theme])
    const line = new LineSegments(new BufferGeometry(), new LineBasicMaterial({ color, transparent: true, opacity: 0.9, toneMapped: false }))
    const film = new Mesh(
      new BufferGeometry(),
      new MeshBasicMaterial({ color, transparent: true, opacity: 0.05, depthWrite: false, side: DoubleSide, toneMapped: false }),
    )
    const outline = section ? cutOutline(section, site) : []
    const ring = outline.flatMap((p, k) => [p, outline[(k + 1) % outline.length]])
    line.geometry.setAttribute('position', new BufferAttribute(new Float32Array([...ring, ...(sectionBox ? boxEdges(sectionBox) : [])].flat()), 3))
    film.geometry.setAttribute('position', new BufferAttribute(new Float32Array(outline.flat()), 3))
    film.geometry.setIndex(outline.slice(2).flatMap((_, k) => [0, k + 1, k + 2]))
    film.visible = outline.length > 2
    line.renderOrder = film.renderOrder = ORDER.overlay
    return { line, film }
  }, [section, sectionBox, site, theme])
  useEffect(() => {
    invalidate()
    return () => {
      for (const part of [drawing.line, drawing.film]) {
        part.geometry.dispose()
        part.material.dispose()
      }
    }
  }, [drawing, invalidate])
  return (
    <>
      <primitive object={drawing.line} />
      <primitive object={drawing.film} />
      <primitive object={caps.group} />
    </>
  )
}

function boxEdges({ min, max }: Box): Vec3[] {
  const corner = (k: number): Vec3 => [k & 1 ? max[0] : min[0], k & 2 ? max[1] : min[1], k & 4 ? max[2] : min[2]]
  return [0, 1, 2, 3, 4, 5, 6, 7].flatMap((k) => [1, 2, 4].filter((bit) => !(k & bit)).flatMap((bit) => [corner(k), corner(k | bit)]))
}
