import { type Problem, problem } from '@/core/base/problem'
import type { Georeference } from '@/core/model'
import { numberOf, refOf, type StepFile, textOf } from './step-file.ts'
import { lengthFactor } from './units.ts'

/** IfcMapConversion with its IfcProjectedCRS, in metres. IFC2X3 files carry the same as property set `ePSet_MapConversion`. */
export function readGeoreference(step: StepFile, toMetre: number): { georeference: Georeference | null; findings: Problem[] } {
  const findings: Problem[] = []
  const id = step.idsOf('IFCMAPCONVERSION', 'IFCMAPCONVERSIONSCALED')[0]
  if (id === undefined) return { georeference: fromPropertySet(step, toMetre), findings }
  const args = step.argsOf(id)
  const crs = step.argsOf(refOf(args[1]))
  const mapUnit = refOf(crs[6])
  const map = mapUnit ? lengthFactor(step, mapUnit) : toMetre
  const made = make(textOf(crs[0]), args.slice(2, 8).map(numberOf), map)
  if (!made) {
    findings.push(problem('ifc.georeference', {}, `#${id}`, 'warning'))
    return { georeference: null, findings }
  }
  const written = numberOf(args[7])
  const scale = ((Number.isFinite(written) && written > 0 ? written : 1) * map) / toMetre
  // Scale turns file units into map units; many writers leave it at 1 though the units differ. A true grid scale is 1 within a percent.
  if (Math.abs(scale - 1) > 0.01) findings.push(problem('ifc.mapScale', { scale }, `#${id}`, 'warning'))
  return { georeference: { ...made, scale: Math.abs(scale - 1) > 0.01 ? 1 : scale }, findings }
}

function make(epsg: string, [eastings, northings, height, abscissa, ordinate]: number[], map: number): Georeference | null {
  if (!Number.isFinite(eastings) || !Number.isFinite(northings)) return null
  const hasAxis = Number.isFinite(abscissa) && Number.isFinite(ordinate) && (abscissa !== 0 || ordinate !== 0)
  return {
    epsg,
    eastings: eastings * map,
    northings: northings * map,
    height: Number.isFinite(height) ? height * map : 0,
    rotation: hasAxis ? Math.atan2(ordinate, abscissa) : 0,
    scale: 1,
  }
}

function fromPropertySet(step: StepFile, toMetre: number): Georeference | null {
  for (const set of step.idsOf('IFCPROPERTYSET')) {
    const args = step.argsOf(set)
    if (!/^epset_mapconversion$/i.test(textOf(args[2]))) continue
    const values = new Map<string, number>()
    for (const value of Array.isArray(args[4]) ? args[4] : []) {
      const property = step.argsOf(refOf(value))
      values.set(textOf(property[0]).toLowerCase(), numberOf(property[2]))
    }
    const keys = ['eastings', 'northings', 'orthogonalheight', 'xaxisabscissa', 'xaxisordinate']
    const made = make(
      projectedName(step),
      keys.map((key) => values.get(key) ?? Number.NaN),
      toMetre,
    )
    if (made) return made
  }
  return null
}

function projectedName(step: StepFile): string {
  for (const set of step.idsOf('IFCPROPERTYSET')) {
    const args = step.argsOf(set)
    if (!/^epset_projectedcrs$/i.test(textOf(args[2]))) continue
    for (const value of Array.isArray(args[4]) ? args[4] : []) {
      const property = step.argsOf(refOf(value))
      if (textOf(property[0]).toLowerCase() === 'name') return textOf(property[2])
    }
  }
  return ''
}
