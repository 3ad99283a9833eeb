import { BufferAttribute, BufferGeometry, Group, LineBasicMaterial, LineSegments, Mesh, type Plane } from 'three'
import type { Box } from '@/core/base/geometry'
import type { ElementRef } from '@/core/model'
import { partColor } from './model-batches.ts'
import { type ModelDrawing, ORDER } from './model-drawing.ts'
import { capMaterial, linear } from './object-material.ts'
import type { SceneObject } from './scene-objects.ts'
import type { SectionPlane } from './scene-props.ts'
import { cutShape } from './section-cut.ts'

/** Time given to cutting before the page may do something else [ms]. */
const SLICE = 8
/** Rest of the hand after which the cut is made anew [ms]; while it moves, the inner sides of bodies stand for the cut. */
const PAUSE = 120

/** The filled faces of what the section planes cut, made in slices beside the frames: cutting draws none. */
export interface SectionCaps {
  readonly group: Group
  /** Takes away what was cut and starts anew after a pause; `done` is told the elements that are open where they are cut. */
  cut(sections: readonly SectionPlane[], planes: readonly Plane[], done: (open: readonly ElementRef[]) => void): void
  dispose(): void
}

export function createSectionCaps({ table, uniforms, states }: ModelDrawing): SectionCaps {
  const group = new Group()
  let timer = 0
  const clear = () => {
    clearTimeout(timer)
    for (const child of [...group.children] as (Mesh | LineSegments)[]) {
      child.geometry.dispose()
      ;(child.material as LineBasicMaterial).dispose()
      group.remove(child)
    }
  }
  return {
    group,
    cut(sections, planes, done) {
      clear()
      if (!sections.length) return
      const work = cutAll(
        table.objects.filter((object) => table.alive(object)),
        sections,
      )
      const made = sections.map(() => emptyFace())
      const open = new Map<SceneObject, ElementRef>()
      const go = () => {
        const end = performance.now() + SLICE
        while (performance.now() < end) {
          const step = work.next()
          if (step.done) {
            made.forEach((face, k) => {
              // A face lies in its own plane: only the others may cut it.
              add(
                face,
                planes.filter((_, other) => other !== k),
              )
            })
            return done([...open.values()])
          }
          const { object, plane, color, cut } = step.value
          const face = made[plane]
          push(face.caps, cut.caps, object.id, color)
          face.outline.push(...cut.outline)
          // A sheet of ground is no body: its line is an outline like others.
          if (object.ground) face.outline.push(...cut.open)
          else if (cut.open.length) {
            face.open.push(...cut.open)
            if (states()[object.id * 4 + 3]) open.set(object, { model: object.model.id, index: object.element.index })
          }
        }
        timer = window.setTimeout(go, 0)
      }
      timer = window.setTimeout(go, PAUSE)
    },
    dispose: clear,
  }

  function add({ caps, outline, open }: Face, planes: Plane[]) {
    if (caps.positions.length) {
      const geometry = new BufferGeometry()
      geometry.setAttribute('position', new BufferAttribute(new Float32Array(caps.positions), 3))
      geometry.setAttribute('aId', new BufferAttribute(new Float32Array(caps.ids), 1))
      geometry.setAttribute('aColor', new BufferAttribute(new Uint8Array(caps.colors), 4, true))
      group.add(new Mesh(geometry, capMaterial(uniforms, planes)))
    }
    for (const [lines, color, opacity] of [
      [outline, [24, 28, 34], 0.9],
      [open, OPEN, 1],
    ] as const) {
      if (!lines.length) continue
      const geometry = new BufferGeometry()
      geometry.setAttribute('position', new BufferAttribute(new Float32Array(lines), 3))
      const material = new LineBasicMaterial({ color: linear(color), transparent: true, opacity, clippingPlanes: planes, toneMapped: false })
      const drawn = new LineSegments(geometry, material)
      drawn.renderOrder = ORDER.edges
      group.add(drawn)
    }
  }
}

/** What bounds nothing is marked in this colour: a body that is open where it is cut. */
const OPEN = [232, 62, 20] as const

interface Face {
  readonly caps: { readonly positions: number[]; readonly ids: number[]; readonly colors: number[] }
  readonly outline: number[]
  readonly open: number[]
}
function emptyFace(): Face {
  return { caps: { positions: [], ids: [], colors: [] }, outline: [], open: [] }
}
function push(to: Face['caps'], caps: readonly number[], id: number, color: readonly number[]) {
  for (let k = 0; k < caps.length; k += 3) {
    to.positions.push(caps[k], caps[k + 1], caps[k + 2])
    to.ids.push(id)
    to.colors.push(...color)
  }
}

function* cutAll(objects: readonly SceneObject[], sections: readonly SectionPlane[]) {
  for (let plane = 0; plane < sections.length; plane++)
    for (const object of objects) {
      const { bounds, parts } = object.element
      if (!bounds || !straddles(bounds, sections[plane]) || sections.some((other, k) => k !== plane && beyond(bounds, other))) continue
      for (const part of parts)
        yield { object, plane, color: partColor(object, part), cut: cutShape(object.model.shapes[part.shape], part.matrix, sections[plane]) }
    }
}

/** Least and greatest height of a box over a plane. */
function span({ min, max }: Box, { normal, offset }: SectionPlane): [number, number] {
  let [low, high] = [-offset, -offset]
  for (let a = 0; a < 3; a++) {
    const [p, q] = [normal[a] * min[a], normal[a] * max[a]]
    low += Math.min(p, q)
    high += Math.max(p, q)
  }
  return [low, high]
}
function straddles(box: Box, plane: SectionPlane): boolean {
  const [low, high] = span(box, plane)
  return low < 0 && high > 0
}
function beyond(box: Box, plane: SectionPlane): boolean {
  return span(box, plane)[0] > 0
}
