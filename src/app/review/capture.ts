import type { Clash } from '@/core/clash'
import { guidOf, type Viewpoint } from '@/core/review'
import type { Runtime, TwinState } from '../store/state.ts'
import { captureView } from './views.ts'

/** Views and pictures are made for at most so many at once: each has to be drawn. */
export const MOST_PICTURES = 60

/** Draws each clash in turn and takes its picture; the camera, the focus and the section come back to where they were. */
export async function captureClashes(
  clashes: readonly { readonly key: string; readonly clash: Clash }[],
  get: () => TwinState,
  runtime: Runtime,
  tell: (done: number) => void,
): Promise<ReadonlyMap<string, Viewpoint>> {
  const views = new Map<string, Viewpoint>()
  const scene = runtime.scene.current
  if (!scene || !clashes.length) return views
  const { focus, focusMode, section } = get()
  const before = scene.camera()
  get().setFocusMode('ghost')
  get().setView({ section: null })
  for (const { key, clash } of clashes.slice(0, MOST_PICTURES)) {
    get().setFocus(clash.id, false)
    scene.flyTo(clash.contact)
    // The end of the flight at once; then a frame for the page and one for the scene.
    await frames(2)
    scene.setCamera(await settled(scene.camera), false)
    await frames(2)
    const view = await captureView(guidOf('view', key), get(), runtime)
    views.set(key, { ...view, index: 0 })
    tell(views.size)
  }
  get().setFocusMode(focusMode)
  get().setView({ section })
  get().setFocus(focus, false)
  scene.setCamera(before, false)
  return views
}

/** Waits until the camera stands still. */
async function settled(camera: () => ReturnType<NonNullable<Runtime['scene']['current']>['camera']>) {
  let last = camera()
  for (let k = 0; k < 120; k++) {
    await frames(1)
    const now = camera()
    if (k > 1 && now.position.every((at, axis) => Math.abs(at - last.position[axis]) < 1e-6)) return now
    last = now
  }
  return last
}
function frames(n: number): Promise<void> {
  return new Promise((done) => requestAnimationFrame(() => (n > 1 ? void frames(n - 1).then(done) : done())))
}
