import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { finish } from '../../../src/core/base/job.ts'
import { importModel, inlinePool } from '../../../src/core/ifc/index.ts'
import type { Element, SiteModel } from '../../../src/core/model/index.ts'
import { WORK } from './ifc-process.ts'

/** How bodies are written: breps with a line for every point, loop and face, or one face set of indexed triangles. */
export type BodyKind = 'brep' | 'faceset'

/**
 * A real federation (its IFC files) re-serialised with every body as triangles, and laid side by side until the file has this size. Made once
 * and kept beside other scratch files, never committed.
 */
export async function largeIfc(files: readonly string[], kind: BodyKind, megabytes: number): Promise<string> {
  const path = join(WORK, `${kind}-${megabytes}.ifc`)
  if (existsSync(path) && statSync(path).size > megabytes * 0.95e6) return path
  const pool = inlinePool()
  const models: SiteModel[] = []
  for (const name of files) {
    const bytes = new Uint8Array(readFileSync(name))
    models.push((await finish(importModel({ name, bytes, origin: [0, 0, 0] }, pool, new AbortController().signal))).model)
  }
  const draft = `${path}.part`
  const file = openSync(draft, 'w')
  let size = 0
  let pending: string[] = []
  let id = 0
  const line = (text: string): number => {
    id++
    pending.push(`#${id}=${text};\n`)
    if (pending.length >= 4096) flush()
    return id
  }
  const flush = (): void => {
    const bytes = Buffer.from(pending.join(''), 'latin1')
    writeSync(file, bytes)
    size += bytes.length
    pending = []
  }
  pending.push(
    `ISO-10303-21;\nHEADER;\nFILE_DESCRIPTION((''),'2;1');\nFILE_NAME('large.ifc','2026-01-01T00:00:00',(''),(''),'','','');\nFILE_SCHEMA(('IFC4'));\nENDSEC;\nDATA;\n`,
  )
  const origin = line('IFCCARTESIANPOINT((0.,0.,0.))')
  const axis = line(`IFCAXIS2PLACEMENT3D(#${origin},$,$)`)
  const metre = line('IFCSIUNIT(*,.LENGTHUNIT.,$,.METRE.)')
  const units = line(`IFCUNITASSIGNMENT((#${metre}))`)
  const context = line(`IFCGEOMETRICREPRESENTATIONCONTEXT($,'Model',3,1.E-05,#${axis},$)`)
  const project = line(`IFCPROJECT('${guid(0, 0)}',$,'Large',$,$,$,$,(#${context}),#${units})`)
  const root = line(`IFCLOCALPLACEMENT($,#${axis})`)
  const site = line(`IFCSITE('${guid(0, 1)}',$,'Site',$,$,#${root},$,$,.ELEMENT.,$,$,$,$,$)`)
  line(`IFCRELAGGREGATES('${guid(0, 2)}',$,$,$,#${project},(#${site}))`)
  const contained: number[] = []
  let made = 3
  for (let tile = 0; size < megabytes * 1e6; tile++)
    for (const model of models) {
      const point = line(`IFCCARTESIANPOINT((${(tile % 8) * 60}.,${Math.floor(tile / 8) * 60}.,0.))`)
      const placement = line(`IFCLOCALPLACEMENT(#${root},#${line(`IFCAXIS2PLACEMENT3D(#${point},$,$)`)})`)
      for (const element of model.elements) {
        if (size >= megabytes * 1e6 || (element.state !== 'shown' && element.state !== 'simplified')) continue
        const items = kind === 'brep' ? brep(element, model, line) : faceSet(element, model, line)
        const shape = line(`IFCSHAPEREPRESENTATION(#${context},'Body','${kind === 'brep' ? 'Brep' : 'Tessellation'}',(${items.map((i) => `#${i}`).join()}))`)
        const definition = line(`IFCPRODUCTDEFINITIONSHAPE($,$,(#${shape}))`)
        const class_ = element.class.startsWith('IfcSpa') ? 'IfcBuildingElementProxy' : element.class
        contained.push(line(`IFCBUILDINGELEMENTPROXY('${guid(1, made++)}',$,'${class_} ${made}',$,$,#${placement},#${definition},$,$)`))
      }
    }
  line(`IFCRELCONTAINEDINSPATIALSTRUCTURE('${guid(2, 0)}',$,$,$,(${contained.map((i) => `#${i}`).join()}),#${site})`)
  pending.push('ENDSEC;\nEND-ISO-10303-21;\n')
  flush()
  closeSync(file)
  renameSync(draft, path)
  return path
}

function brep(element: Element, model: SiteModel, line: (text: string) => number): number[] {
  return element.parts.map((part) => {
    const { positions, indices } = model.shapes[part.shape]
    const points = placed(part.matrix, positions).map((p) => line(`IFCCARTESIANPOINT((${p.map(real).join()}))`))
    const faces: number[] = []
    for (let t = 0; t < indices.length; t += 3) {
      const loop = line(`IFCPOLYLOOP((#${points[indices[t]]},#${points[indices[t + 1]]},#${points[indices[t + 2]]}))`)
      faces.push(line(`IFCFACE((#${line(`IFCFACEOUTERBOUND(#${loop},.T.)`)}))`))
    }
    return line(`IFCFACETEDBREP(#${line(`IFCCLOSEDSHELL((${faces.map((f) => `#${f}`).join()}))`)})`)
  })
}

function faceSet(element: Element, model: SiteModel, line: (text: string) => number): number[] {
  return element.parts.map((part) => {
    const { positions, indices } = model.shapes[part.shape]
    const list = line(
      `IFCCARTESIANPOINTLIST3D((${placed(part.matrix, positions)
        .map((p) => `(${p.map(real).join()})`)
        .join()}))`,
    )
    const faces: string[] = []
    for (let t = 0; t < indices.length; t += 3) faces.push(`(${indices[t] + 1},${indices[t + 1] + 1},${indices[t + 2] + 1})`)
    return line(`IFCTRIANGULATEDFACESET(#${list},$,.T.,(${faces.join()}),$)`)
  })
}

function placed(m: ArrayLike<number>, positions: Float32Array): number[][] {
  const out: number[][] = []
  for (let k = 0; k < positions.length; k += 3) {
    const [x, y, z] = [positions[k], positions[k + 1], positions[k + 2]]
    out.push([0, 1, 2].map((r) => m[r] * x + m[4 + r] * y + m[8 + r] * z + m[12 + r]))
  }
  return out
}

function real(value: number): string {
  return value.toFixed(6)
}

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_$'
function guid(kind: number, n: number): string {
  let text = ''
  for (let rest = n, k = 0; k < 20; k++, rest = Math.floor(rest / 64)) text = DIGITS[rest % 64] + text
  return `0${DIGITS[kind]}${text}`
}

/** One file several times over in one project, each copy with its own numbers and GlobalIds: a larger parametric file of the same kind. */
export function tiledIfc(source: string, name: string, megabytes: number): string {
  const path = join(WORK, `${name}-${megabytes}.ifc`)
  if (existsSync(path)) return path
  const text = readFileSync(source, 'latin1')
  const data = text.indexOf('DATA;') + 5
  const end = text.lastIndexOf('ENDSEC;')
  const lines = text
    .slice(data, end)
    .split(/;\s*\r?\n/)
    .filter((l) => /^\s*#\d+/.test(l))
  const most = Math.max(...lines.map((l) => Number(/#(\d+)/.exec(l)?.[1])))
  const project = Number(/#(\d+)\s*=\s*IFCPROJECT\b/.exec(text)?.[1])
  const file = openSync(`${path}.part`, 'w')
  writeSync(file, text.slice(0, data), null, 'latin1')
  writeSync(file, '\n')
  for (let copy = 0, size = 0; size < megabytes * 1e6; copy++) {
    const shift = copy * most
    const out = lines
      .filter((l) => copy === 0 || !l.includes('IFCPROJECT('))
      .map((l) =>
        copy === 0
          ? l
          : l
              .replace(/#(\d+)/g, (ref, id: string) => (Number(id) === project ? ref : `#${Number(id) + shift}`))
              .replace(/^(#\d+\s*=\s*IFC\w+\(')(.)(.)(?=[0-9A-Za-z_$]{20}',#)/, (_, head: string, first: string) => `${head}${first}${DIGITS[copy % 64]}`),
      )
    const bytes = Buffer.from(`${out.join(';\n')};\n`, 'latin1')
    writeSync(file, bytes)
    size += bytes.length
  }
  writeSync(file, text.slice(end), null, 'latin1')
  closeSync(file)
  renameSync(`${path}.part`, path)
  return path
}
