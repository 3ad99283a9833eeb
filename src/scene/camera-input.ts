import type { Vec3 } from '@/core/base/geometry'

/** What the user's hands do, told apart from how the scene moves. Screen positions in CSS px of the canvas. */
export interface CameraInput {
  /** A press begins; true = somebody else (a tool, a dragged pump) takes this one. */
  press(x: number, y: number, event: PointerEvent): boolean
  drag(x: number, y: number): void
  release(x: number, y: number, moved: boolean): void
  orbitStart(x: number, y: number): void
  orbit(dx: number, dy: number): void
  panStart(x: number, y: number): void
  pan(dx: number, dy: number): void
  end(): void
  dolly(x: number, y: number, factor: number): void
  hover(x: number, y: number): void
  leave(): void
  click(x: number, y: number, event: PointerEvent): void
  doubleClick(x: number, y: number): void
  menu(x: number, y: number): void
}

/** Farther than this [px] a press is a drag. */
const SLIP = 4

/** Left drag orbits, right or middle drag pans, the wheel goes to the cursor; one finger orbits, two pan and pinch. Returns its undoing. */
export function listenToHands(canvas: HTMLElement, input: CameraInput): () => void {
  const pointers = new Map<number, { x: number; y: number }>()
  let mode: 'none' | 'orbit' | 'pan' | 'taken' = 'none'
  let start = { x: 0, y: 0 }
  let moved = false
  let button = 0
  const local = (event: { clientX: number; clientY: number }) => {
    const box = canvas.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }
  const pair = () => {
    const [a, b] = [...pointers.values()]
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, apart: Math.hypot(a.x - b.x, a.y - b.y) }
  }

  const down = (event: PointerEvent) => {
    canvas.setPointerCapture(event.pointerId)
    canvas.focus({ preventScroll: true })
    const at = local(event)
    pointers.set(event.pointerId, at)
    if (pointers.size === 2) {
      if (mode === 'orbit') input.end()
      mode = 'pan'
      moved = true
      const { x, y } = pair()
      input.panStart(x, y)
      return
    }
    if (pointers.size > 2) return
    start = at
    moved = false
    button = event.button
    if (event.button === 0 && input.press(at.x, at.y, event)) mode = 'taken'
    else mode = event.button === 0 ? 'orbit' : 'pan'
  }
  const move = (event: PointerEvent) => {
    const at = local(event)
    const last = pointers.get(event.pointerId)
    if (!last) {
      input.hover(at.x, at.y)
      return
    }
    if (pointers.size === 2) {
      const before = pair()
      pointers.set(event.pointerId, at)
      const after = pair()
      input.pan(after.x - before.x, after.y - before.y)
      if (before.apart > 0) input.dolly(after.x, after.y, after.apart / before.apart)
      return
    }
    pointers.set(event.pointerId, at)
    if (!moved) {
      if (Math.hypot(at.x - start.x, at.y - start.y) < SLIP) return
      moved = true
      if (mode === 'orbit') input.orbitStart(start.x, start.y)
      if (mode === 'pan') input.panStart(start.x, start.y)
    }
    if (mode === 'taken') input.drag(at.x, at.y)
    else if (mode === 'orbit') input.orbit(at.x - last.x, at.y - last.y)
    else if (mode === 'pan') input.pan(at.x - last.x, at.y - last.y)
  }
  const up = (event: PointerEvent) => {
    if (!pointers.delete(event.pointerId)) return
    if (pointers.size === 1) mode = 'none'
    if (pointers.size) return
    const at = local(event)
    if (mode === 'taken') input.release(at.x, at.y, moved)
    else if (!moved && event.type === 'pointerup') {
      if (button === 0) input.click(at.x, at.y, event)
      else if (button === 2) input.menu(at.x, at.y)
    }
    if (moved && mode !== 'taken') input.end()
    mode = 'none'
  }
  const wheel = (event: WheelEvent) => {
    event.preventDefault()
    const at = local(event)
    // Lines and pages to pixels; a trackpad's pinch arrives with ctrlKey and small steps.
    const step = event.deltaY * (event.deltaMode === 1 ? 33 : event.deltaMode === 2 ? 400 : 1) * (event.ctrlKey ? 4 : 1)
    input.dolly(at.x, at.y, Math.exp(-Math.max(-400, Math.min(400, step)) * 0.0016))
  }
  const twice = (event: MouseEvent) => {
    const at = local(event)
    input.doubleClick(at.x, at.y)
  }
  const noMenu = (event: Event) => event.preventDefault()
  const leave = () => input.leave()

  canvas.addEventListener('pointerdown', down)
  canvas.addEventListener('pointermove', move)
  canvas.addEventListener('pointerup', up)
  canvas.addEventListener('pointercancel', up)
  canvas.addEventListener('pointerleave', leave)
  canvas.addEventListener('wheel', wheel, { passive: false })
  canvas.addEventListener('dblclick', twice)
  canvas.addEventListener('contextmenu', noMenu)
  return () => {
    canvas.removeEventListener('pointerdown', down)
    canvas.removeEventListener('pointermove', move)
    canvas.removeEventListener('pointerup', up)
    canvas.removeEventListener('pointercancel', up)
    canvas.removeEventListener('pointerleave', leave)
    canvas.removeEventListener('wheel', wheel)
    canvas.removeEventListener('dblclick', twice)
    canvas.removeEventListener('contextmenu', noMenu)
  }
}

export type { Vec3 }
