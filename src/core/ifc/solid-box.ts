import { type Box, transformPoint } from '@/core/base/geometry'
import type { Solid } from '@/core/model'

/** The exact box of a solid [m], in the frame of its matrix. */
export function solidBox(solid: Solid): Box {
  const min: [number, number, number] = [Infinity, Infinity, Infinity]
  const max: [number, number, number] = [-Infinity, -Infinity, -Infinity]
  const { matrix: m, length } = solid
  const take = (x: number, y: number, z: number, margin: readonly [number, number, number]): void => {
    const p = transformPoint(m, x, y, z)
    for (let c = 0; c < 3; c++) {
      min[c] = Math.min(min[c], p[c] - margin[c])
      max[c] = Math.max(max[c], p[c] + margin[c])
    }
  }
  const none = [0, 0, 0] as const
  for (const z of [0, length]) {
    // A disk across the axis a reaches r √(1 − a²) along each coordinate.
    if (solid.kind === 'circle') {
      const { radius } = solid
      take(0, 0, z, [reach(radius, m[8]), reach(radius, m[9]), reach(radius, m[10])])
    } else if (solid.kind === 'polygon') for (const [x, y] of solid.outline) take(x, y, z, none)
    else for (const x of [-0.5, 0.5]) for (const y of [-0.5, 0.5]) take(x * solid.width, y * solid.height, z, none)
  }
  return { min, max }
}

function reach(radius: number, along: number): number {
  return radius * Math.sqrt(Math.max(0, 1 - along * along))
}
