import type { Quality } from './scene-props.ts'

/** What draws: none without WebGL2, software where the processor paints, which the quality starts from. */
export type Device = 'none' | 'software' | 'hardware'

let known: Device | null = null

export function detectDevice(): Device {
  if (known) return known
  const gl = document.createElement('canvas').getContext('webgl2')
  if (!gl) {
    known = 'none'
    return known
  }
  const info = gl.getExtension('WEBGL_debug_renderer_info')
  const name = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER))
  gl.getExtension('WEBGL_lose_context')?.loseContext()
  known = /swiftshader|llvmpipe|software|basic render/i.test(name) ? 'software' : 'hardware'
  return known
}

/** Middle of the last frame times; feeds the choice of the level. */
export interface FrameMeter {
  /** Time between two frames that followed each other without rest [ms]. */
  add(milliseconds: number): void
  middle(): number
  /** The level to go down to, or null. Never up again: a picture that swings between two levels is worse than either. */
  advice(quality: Quality): Quality | null
}

const WINDOW = 24

export function createFrameMeter(): FrameMeter {
  const times: number[] = []
  const middle = () => (times.length ? [...times].sort((a, b) => a - b)[times.length >> 1] : 0)
  return {
    add(milliseconds) {
      times.push(milliseconds)
      if (times.length > WINDOW) times.shift()
    },
    middle,
    advice(quality) {
      if (times.length < WINDOW) return null
      const slow = middle()
      const next = quality === 'high' && slow > 34 ? 'medium' : quality === 'medium' && slow > 50 ? 'low' : null
      if (next) times.length = 0
      return next
    },
  }
}
