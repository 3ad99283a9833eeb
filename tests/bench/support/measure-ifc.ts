/**
 * Opens one IFC file in a fresh process and tells what it cost: `node measure-ifc.js <how> <file> [segments]`. Times are of the process's own CPU
 * (all threads) and of the clock; `ready` is what was spent before the file's bytes were looked at (starting Node and compiling the engine).
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { nodeWorkers } from '../../../src/cli/node-workers.ts'
import { importModel, inlinePool } from '../../../src/core/ifc/index.ts'

export interface Measured {
  readonly cpu: number /* s, whole process */
  readonly ready: number /* s of CPU */
  readonly wall: number /* s, file only */
  readonly first: number | null /* s of CPU from the file's bytes to the first mesh */
  readonly firstWall: number | null
  readonly outline: number | null /* s of CPU until tree, boxes and frame are known */
  readonly elements: number
  readonly triangles: number
  readonly peak: number /* MB */
}

const [how, path, segments] = process.argv.slice(2)
const cpu = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}
const mb = (): number => process.resourceUsage().maxRSS / 1024
const read = (): Uint8Array => {
  const buffer = readFileSync(path)
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}

const measured = how === 'web-ifc' ? await peer() : await ours(how === 'workers')
process.stdout.write(`${JSON.stringify(measured)}\n`)
process.exit(0)

async function peer(): Promise<Measured> {
  const { IfcAPI, LogLevel } = await import('web-ifc')
  const api = new IfcAPI()
  await api.Init(undefined, true)
  api.SetLogLevel(LogLevel.LOG_LEVEL_OFF)
  const ready = cpu()
  const bytes = read()
  const began = performance.now()
  let first: number | null = null
  let firstWall: number | null = null
  let elements = 0
  let triangles = 0
  const kept = new Map<number, { vertices: Float32Array; indices: Uint32Array }>()
  const model = api.OpenModel(bytes, segments ? { CIRCLE_SEGMENTS: Number(segments) } : {})
  api.StreamAllMeshes(model, (mesh) => {
    first ??= cpu() - ready
    firstWall ??= performance.now() - began
    elements++
    for (let k = 0; k < mesh.geometries.size(); k++) {
      const id = mesh.geometries.get(k).geometryExpressID
      let shape = kept.get(id)
      if (!shape) {
        const geometry = api.GetGeometry(model, id)
        shape = {
          vertices: api.GetVertexArray(geometry.GetVertexData(), geometry.GetVertexDataSize()),
          indices: api.GetIndexArray(geometry.GetIndexData(), geometry.GetIndexDataSize()),
        }
        geometry.delete()
        kept.set(id, shape)
      }
      triangles += shape.indices.length / 3
    }
  })
  return { cpu: cpu(), ready, wall: (performance.now() - began) / 1000, first, firstWall: seconds(firstWall), outline: null, elements, triangles, peak: mb() }
}

async function ours(threads: boolean): Promise<Measured> {
  const pool = threads
    ? nodeWorkers({ engines: 2, entry: new URL('./worker.js', import.meta.url) })
    : inlinePool(undefined, async (bytes) => createHash('sha256').update(bytes).digest('hex'))
  if (threads) {
    const warm = [pool.startEngine(), pool.startEngine()]
    for (const { jobs } of warm) await jobs.wakeEngine(null, new AbortController().signal).next()
    for (const engine of warm) pool.release?.(engine)
  }
  const ready = cpu()
  const bytes = read()
  const began = performance.now()
  let first: number | null = null
  let firstWall: number | null = null
  let outline: number | null = null
  const run = importModel({ name: basename(path), bytes, ...(segments ? { segments: Number(segments) } : {}) }, pool, new AbortController().signal)
  for (;;) {
    const step = await run.next()
    if (step.done) {
      const { model } = step.value
      const wall = (performance.now() - began) / 1000
      const shown = model.elements.filter((e) => e.state !== 'opening' && e.parts.length > 0).length
      return { cpu: cpu(), ready, wall, first, firstWall: seconds(firstWall), outline, elements: shown, triangles: model.census.triangles, peak: mb() }
    }
    if (step.value.kind === 'elements') outline = cpu() - ready
    if (step.value.kind === 'meshes') {
      first ??= cpu() - ready
      firstWall ??= performance.now() - began
    }
  }
}

function seconds(ms: number | null): number | null {
  return ms === null ? null : ms / 1000
}
