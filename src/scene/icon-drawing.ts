import {
  BufferAttribute,
  BufferGeometry,
  CanvasTexture,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  LinearFilter,
  LineBasicMaterial,
  LineSegments,
  Mesh,
  ShaderMaterial,
  Vector2,
} from 'three'
import { CELL, drawIcon, type IconLook, lookOf } from './icons.ts'
import { ORDER } from './model-drawing.ts'
import type { Equipment, ScreenPoint } from './scene-props.ts'

/** All icons of the equipment in one draw call, over everything, as big on screen near as far. */
export interface IconDrawing {
  readonly mesh: Mesh
  /** From what stands deep in a pit up to its icon over the rim. */
  readonly leaders: LineSegments
  /** `rim`: nothing stands higher that icons should be seen over [m]. */
  set(items: readonly Equipment[], rim: number): void
  /** Once a frame: looks, places, and which of them have room for their word. */
  update(state: {
    now: number
    selected: string | null
    dark: boolean
    width: number
    height: number
    project: (at: readonly [number, number, number]) => ScreenPoint | null
    depth: (at: readonly [number, number, number]) => number
  }): void
  /** The item under a point of the screen, and where the tip of its pin is. */
  hit(x: number, y: number): { readonly id: string; readonly tip: ScreenPoint } | null
  dispose(): void
}

const SCALE = 2
const COLUMNS = 4
/** Deeper than this under the rim a thing counts as down in the pit [m]. */
const DEEP = 3

interface Place {
  readonly id: string
  readonly at: readonly [number, number, number]
  x: number
  y: number
  depth: number
  full: boolean
}

export function createIconDrawing(): IconDrawing {
  const canvas = document.createElement('canvas')
  const pen = canvas.getContext('2d')!
  let texture = atlas(canvas)
  const geometry = new InstancedBufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(new Float32Array([0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0]), 3))
  geometry.setIndex([0, 1, 2, 0, 2, 3])
  const material = new ShaderMaterial({
    uniforms: { uAtlas: { value: texture }, uScreen: { value: new Vector2(1, 1) } },
    transparent: true,
    depthTest: false,
    depthWrite: false,
    toneMapped: false,
    vertexShader: `
      attribute vec4 aPlace; // screen x, y of the tip in px, width, 0
      attribute vec4 aPicture; // left, top, width, height in the atlas, 0…1
      uniform vec2 uScreen;
      varying vec2 vUv;
      void main() {
        vUv = aPicture.xy + vec2(position.x, 1.0 - position.y) * aPicture.zw;
        vec2 px = floor(aPlace.xy) + vec2((position.x - 0.5) * aPlace.z, -position.y * ${CELL.height}.0 + 4.0);
        gl_Position = vec4(px / uScreen * vec2(2.0, -2.0) + vec2(-1.0, 1.0), 0.0, 1.0);
      }`,
    fragmentShader: `
      uniform sampler2D uAtlas;
      varying vec2 vUv;
      void main() {
        gl_FragColor = texture2D(uAtlas, vUv);
        #include <colorspace_fragment>
      }`,
  })
  const mesh = new Mesh(geometry, material)
  mesh.frustumCulled = false
  mesh.renderOrder = ORDER.overlay + 5
  const leaders = new LineSegments(
    new BufferGeometry(),
    new LineBasicMaterial({ color: '#5d6a78', transparent: true, opacity: 0.85, depthWrite: false, toneMapped: false }),
  )
  leaders.frustumCulled = false
  leaders.renderOrder = ORDER.overlay + 4
  let items: readonly Equipment[] = []
  let looks: (string | null)[] = []
  let places: Place[] = []
  let shown: Place[] = []

  return {
    mesh,
    leaders,
    set(next, rim) {
      items = next
      looks = next.map(() => null)
      places = next.map((item) => ({ id: item.id, at: tipOf(item, rim), x: 0, y: 0, depth: 0, full: true }))
      const lines = next.flatMap((item, k) => (item.kind === 'board' || item.at[2] >= places[k].at[2] ? [] : [...item.at, ...places[k].at]))
      leaders.geometry.setAttribute('position', new BufferAttribute(new Float32Array(lines), 3))
      leaders.visible = lines.length > 0
      const rows = Math.max(1, Math.ceil(next.length / COLUMNS))
      const height = 2 ** Math.ceil(Math.log2(rows * CELL.height * SCALE))
      if (canvas.height !== height || canvas.width !== 2048) {
        canvas.width = 2048
        canvas.height = height
        texture.dispose()
        texture = atlas(canvas)
        material.uniforms.uAtlas.value = texture
      }
      geometry.setAttribute('aPlace', new InstancedBufferAttribute(new Float32Array(next.length * 4), 4))
      geometry.setAttribute('aPicture', new InstancedBufferAttribute(new Float32Array(next.length * 4), 4))
    },
    update({ now, selected, dark, width, height, project, depth }) {
      material.uniforms.uScreen.value.set(width, height)
      items.forEach((item, k) => {
        const look = lookOf(item, now, item.id === selected, dark)
        const key = keyOf(look)
        if (looks[k] === key) return
        looks[k] = key
        pen.setTransform(SCALE, 0, 0, SCALE, 0, 0)
        drawIcon(pen, (k % COLUMNS) * CELL.width, Math.floor(k / COLUMNS) * CELL.height, look)
        texture.needsUpdate = true
      })
      shown = []
      for (const place of places) {
        const at = project(place.at)
        if (!at || at.x < -80 || at.y < -10 || at.x > width + 80 || at.y > height + 60) continue
        place.x = at.x
        place.y = at.y
        place.depth = depth(place.at)
        shown.push(place)
      }
      giveRoom(shown, selected)
      // Far ones first, so that the near ones lie on top.
      shown.sort((a, b) => b.depth - a.depth)
      const where = geometry.getAttribute('aPlace') as InstancedBufferAttribute
      const what = geometry.getAttribute('aPicture') as InstancedBufferAttribute
      shown.forEach((place, n) => {
        const k = places.indexOf(place)
        const left = (k % COLUMNS) * CELL.width + (place.full ? 0 : CELL.pill)
        const wide = place.full ? CELL.pill : CELL.disc
        where.setXYZW(n, place.x, place.y, wide, 0)
        what.setXYZW(
          n,
          (left * SCALE) / canvas.width,
          (Math.floor(k / COLUMNS) * CELL.height * SCALE) / canvas.height,
          (wide * SCALE) / canvas.width,
          (CELL.height * SCALE) / canvas.height,
        )
      })
      if (where) where.needsUpdate = what.needsUpdate = true
      geometry.instanceCount = shown.length
      mesh.visible = shown.length > 0
    },
    hit(x, y) {
      for (let n = shown.length - 1; n >= 0; n--) {
        const place = shown[n]
        const half = place.full ? 46 : 17
        if (Math.abs(x - place.x) <= half && y <= place.y + 2 && y >= place.y - CELL.height + 4) return { id: place.id, tip: { x: place.x, y: place.y } }
      }
      return null
    },
    dispose() {
      geometry.dispose()
      material.dispose()
      texture.dispose()
      leaders.geometry.dispose()
      leaders.material.dispose()
    },
  }
}

/** The nearest keep their word; one whose pill would lie on another's is shown as a disc. The selected one always keeps it. */
function giveRoom(shown: Place[], selected: string | null): void {
  const order = [...shown].sort((a, b) => Number(b.id === selected) - Number(a.id === selected) || a.depth - b.depth)
  const taken: Place[] = []
  for (const place of order) {
    place.full = taken.every((other) => Math.abs(other.x - place.x) > (other.full ? 96 : 64) || Math.abs(other.y - place.y) > 34)
    taken.push(place)
  }
}

/** Icons of what stands deep in a pit are raised over its rim: where they seem to be is then where they are. */
function tipOf(item: Equipment, rim: number): readonly [number, number, number] {
  if (item.kind !== 'board') return item.at[2] < rim - DEEP ? [item.at[0], item.at[1], rim + 0.6] : item.at
  return [(item.from[0] + item.to[0]) / 2, (item.from[1] + item.to[1]) / 2, item.crest]
}
function keyOf(look: IconLook): string {
  return `${look.kind}|${look.text}|${look.tone}|${look.selected}|${look.dark}`
}
function atlas(canvas: HTMLCanvasElement): CanvasTexture {
  const texture = new CanvasTexture(canvas)
  texture.colorSpace = 'srgb'
  texture.flipY = false
  texture.generateMipmaps = false
  texture.minFilter = texture.magFilter = LinearFilter
  return texture
}
