import { describe, expect, it } from 'vitest'
import type { Vec3 } from '@/core/base/geometry'
import { dot, length, sub } from '@/core/base/geometry'
import { basisOf, type CameraRig, dolly, flight, framing, orbit, poseOf, rigOf } from './camera-rig.ts'

const RIG = rigOf({ position: [60, -80, 50], target: [0, 0, 0] })
/** Where a point lies for the camera: right, up, ahead. */
function seen(rig: CameraRig, point: Vec3): number[] {
  const { right, up, forward } = basisOf(rig)
  const to = sub(point, rig.position)
  return [dot(to, right), dot(to, up), dot(to, forward)]
}

describe('camera', () => {
  it('gives back the pose it was made from', () => {
    const { position, target } = poseOf(RIG)
    expect(length(sub(position, [60, -80, 50]))).toBeLessThan(1e-9)
    expect(length(target)).toBeLessThan(1e-9)
  })
  it('orbits around any point without that point moving in the picture', () => {
    const pivot: Vec3 = [12, 3, -7]
    const before = seen(RIG, pivot)
    const after = seen(orbit(RIG, pivot, 0.7, -0.3), pivot)
    for (let k = 0; k < 3; k++) expect(after[k]).toBeCloseTo(before[k], 9)
  })
  it('does not go over the top', () => {
    const { pitch } = orbit(RIG, [0, 0, 0], 0, -9)
    expect(pitch).toBeGreaterThan(-Math.PI / 2)
  })
  it('dollies to the cursor: the point under it stays under it', () => {
    const point: Vec3 = [5, 9, 2]
    const before = seen(RIG, point)
    const after = seen(dolly(RIG, point, 2), point)
    expect(after[0] / after[2]).toBeCloseTo(before[0] / before[2], 9)
    expect(after[2]).toBeCloseTo(before[2] / 2, 9)
  })
  it('frames a box: all its corners are in the picture, one near its border', () => {
    const box = { min: [-30, -5, -20] as Vec3, max: [40, 15, 3] as Vec3 }
    const fov = 0.63
    const rig = rigOf(framing(box, [-0.6, 0.6, -0.5], fov, 16 / 9, 1))
    let most = 0
    for (let c = 0; c < 8; c++) {
      const [x, y, ahead] = seen(rig, [c & 1 ? 40 : -30, c & 2 ? 15 : -5, c & 4 ? 3 : -20])
      const reach = ahead * Math.tan(fov / 2)
      most = Math.max(most, Math.abs(y) / reach, Math.abs(x) / (reach * (16 / 9)))
    }
    expect(most).toBeLessThanOrEqual(1 + 1e-9)
    expect(most).toBeGreaterThan(0.95)
  })
  it('flies from one pose to the other, the short way round', () => {
    const to = rigOf({ position: [-60, -80, 10], target: [5, 5, 5] })
    const start = flight(RIG, to, 0)
    const end = flight(RIG, to, 1)
    expect(length(sub(start.position, RIG.position))).toBeLessThan(1e-9)
    expect(length(sub(end.position, to.position))).toBeLessThan(1e-9)
    const middle = flight({ ...RIG, yaw: 3 }, { ...to, yaw: -3 }, 0.5)
    expect(Math.cos(middle.yaw)).toBeLessThan(-0.98)
  })
})
