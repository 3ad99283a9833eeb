import { expect, it } from 'vitest'
import type { Vec3 } from '@/core/base/geometry'
import type { CameraRig } from './camera-rig.ts'
import { createPicker } from './picking.ts'
import { createObjectTable } from './scene-objects.ts'
import { at, CUBE, testModel } from './scene-test-site.ts'
import { type Feel, walk } from './walk.ts'

/** A floor at 0, a wall across x = 5, and a step 0.3 m high from x = 2 on. */
function room(): Feel {
  const table = createObjectTable()
  table.sync([
    testModel('m', [
      { shape: CUBE, matrices: [at(-50, -50, -100, 100)] },
      { shape: CUBE, matrices: [[3, 0, 0, 0, 0, 20, 0, 0, 0, 0, 0.3, 0, 2, -10, 0, 1]] },
      { shape: CUBE, matrices: [[1, 0, 0, 0, 0, 20, 0, 0, 0, 0, 3, 0, 5, -10, 0, 1]] },
    ]),
  ])
  const picker = createPicker(table)
  return (origin, direction, far) => picker.cast(origin, direction, { accept: () => true, sections: [], far })?.distance ?? null
}
const STEP = { forward: 1, right: 0, up: 0, fast: false, pace: 1 }
const looking = (yaw: number, position: Vec3): CameraRig => ({ position, yaw, pitch: 0, distance: 5 })
function go(rig: CameraRig, seconds: number, step = STEP, flies = false): CameraRig {
  const feel = room()
  for (let k = 0; k < Math.round(seconds / 0.05); k++) rig = walk(rig, step, 0.05, flies, feel)
  return rig
}

it('walks at the height of the eyes, up a step, and stops before a wall', () => {
  expect(go(looking(0, [0, 0, 1.65]), 0.5).position[0]).toBeCloseTo(0.8, 6)
  const { position } = go(looking(0, [0, 0, 1.65]), 10)
  expect(position[0]).toBeGreaterThan(4.4)
  expect(position[0]).toBeLessThan(5 - 0.3)
  expect(position[2]).toBeCloseTo(0.3 + 1.65, 2)
})

it('slides along a wall that it meets at a slant', () => {
  const { position } = go(looking(Math.PI / 4, [0, 0, 1.65]), 6)
  expect(position[0]).toBeLessThan(5 - 0.2)
  expect(position[1]).toBeGreaterThan(5)
})

it('falls to the floor, and flies through it only when asked to', () => {
  expect(go(looking(Math.PI, [0, 0, 8]), 3).position[2]).toBeCloseTo(1.65, 2)
  expect(go(looking(Math.PI, [0, 0, 1.65]), 2, { ...STEP, forward: 0, up: -1 }, true).position[2]).toBeLessThan(-1)
})
