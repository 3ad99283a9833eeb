import { IfcAPI, LogLevel } from 'web-ifc'

export interface TruthElement {
  readonly triangles: number
  /** Of all triangles [m²]. */
  readonly area: number
  /** [m], Z up, in the file's own axes. */
  readonly min: [number, number, number]
  readonly max: [number, number, number]
}

let engine: Promise<IfcAPI> | null = null

/** What web-ifc alone makes of a whole file: elements with a mesh by express id. */
export async function webIfcTruth(bytes: Uint8Array, segments: number): Promise<Map<number, TruthElement>> {
  engine ??= (async () => {
    const api = new IfcAPI()
    await api.Init(undefined, true)
    api.SetLogLevel(LogLevel.LOG_LEVEL_OFF)
    return api
  })()
  const api = await engine
  const model = api.OpenModel(bytes, { CIRCLE_SEGMENTS: segments, TAPE_SIZE: 1 << 20 })
  const out = new Map<number, TruthElement>()
  api.StreamAllMeshes(model, (mesh) => {
    const min: [number, number, number] = [Infinity, Infinity, Infinity]
    const max: [number, number, number] = [-Infinity, -Infinity, -Infinity]
    let triangles = 0
    let area = 0
    for (let g = 0; g < mesh.geometries.size(); g++) {
      const placed = mesh.geometries.get(g)
      const geometry = api.GetGeometry(model, placed.geometryExpressID)
      const v = api.GetVertexArray(geometry.GetVertexData(), geometry.GetVertexDataSize())
      const indices = api.GetIndexArray(geometry.GetIndexData(), geometry.GetIndexDataSize())
      geometry.delete()
      const m = placed.flatTransformation
      for (let t = 0; t + 2 < indices.length; t += 3) {
        const [a, b, c] = [indices[t] * 6, indices[t + 1] * 6, indices[t + 2] * 6]
        if (same(v, a, b) || same(v, b, c) || same(v, c, a)) continue
        triangles++
        const corners: number[][] = []
        for (const k of [a, b, c]) {
          const x = m[0] * v[k] + m[4] * v[k + 1] + m[8] * v[k + 2] + m[12]
          const y = m[1] * v[k] + m[5] * v[k + 1] + m[9] * v[k + 2] + m[13]
          const z = m[2] * v[k] + m[6] * v[k + 1] + m[10] * v[k + 2] + m[14]
          const p = [x, -z, y]
          corners.push(p)
          for (let i = 0; i < 3; i++) {
            if (p[i] < min[i]) min[i] = p[i]
            if (p[i] > max[i]) max[i] = p[i]
          }
        }
        area += areaOf(corners)
      }
    }
    if (triangles > 0) out.set(mesh.expressID, { triangles, area, min, max })
  })
  api.CloseModel(model)
  return out
}

function same(v: Float32Array, a: number, b: number): boolean {
  return v[a] === v[b] && v[a + 1] === v[b + 1] && v[a + 2] === v[b + 2]
}

/** Area of a triangle in space. */
export function areaOf([a, b, c]: readonly (readonly number[])[]): number {
  const u = [b[0] - a[0], b[1] - a[1], b[2] - a[2]]
  const v = [c[0] - a[0], c[1] - a[1], c[2] - a[2]]
  return Math.hypot(u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]) / 2
}
