import { useThree } from '@react-three/fiber'
import { useEffect, useMemo } from 'react'
import { BufferAttribute, BufferGeometry, DoubleSide, LineBasicMaterial, LineLoop, Mesh, MeshBasicMaterial } from 'three'
import type { Box, Vec3 } from '@/core/base/geometry'
import { cross, dot, normalize, sub } from '@/core/base/geometry'
import { ORDER } from './model-drawing.ts'
import { linear } from './object-material.ts'
import { ACCENT } from './palette.ts'
import type { SectionPlane } from './scene-props.ts'

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

/** Corners, in turn, of the polygon in which a plane cuts a box. */
export function cutOutline({ normal, offset }: SectionPlane, { min, max }: Box): [number, number, number][] {
  const corner = (k: number): [number, number, number] => [k & 1 ? max[0] : min[0], k & 2 ? max[1] : min[1], k & 4 ? max[2] : min[2]]
  const points: [number, number, number][] = []
  for (let a = 0; a < 8; a++)
    for (const bit of [1, 2, 4]) {
      if (a & bit) continue
      const p = corner(a)
      const q = corner(a | bit)
      const da = dot(normal, p) - offset
      const db = dot(normal, q) - offset
      if (da * db > 0 || da === db) continue
      const t = da / (da - db)
      points.push([p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t, p[2] + (q[2] - p[2]) * t])
    }
  if (!points.length) return points
  const u = normalize(cross(normal, Math.abs(normal[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0]))
  const v = cross(normal, u)
  const middle: Vec3 = [0, 1, 2].map((a) => points.reduce((sum, p) => sum + p[a], 0) / points.length) as unknown as Vec3
  const angle = (p: Vec3) => Math.atan2(dot(sub(p, middle), v), dot(sub(p, middle), u))
  return points.sort((p, q) => angle(p) - angle(q))
}

/** Where the handle stands: the middle of the cut. */
export function cutMiddle(section: SectionPlane, site: Box): Vec3 | null {
  const outline = cutOutline(section, site)
  if (!outline.length) return null
  return [0, 1, 2].map((a) => outline.reduce((sum, p) => sum + p[a], 0) / outline.length) as unknown as Vec3
}
