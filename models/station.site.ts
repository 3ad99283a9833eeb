import { type FileRecipe, type SpatialRecipe, writeIfc } from '@/core/ifc/write/index.ts'
import { drainage } from './station/drainage.ts'
import { existingStation } from './station/existing-station.ts'
import { facilities } from './station/facilities.ts'
import { mep } from './station/mep.ts'
import { neighbourhood } from './station/neighbourhood.ts'
import { AS_DESIGNED, GEOREFERENCE, type Site, TIME } from './station/site.ts'
import { structure } from './station/structure.ts'
import { temporary } from './station/temporary.ts'
import { terrain } from './station/terrain.ts'
import { utilities } from './station/utilities.ts'
import { yard } from './station/yard.ts'

/**
 * The demonstration site, fictional: extension of a metro station in a Beijing hutong quarter, in six files by discipline that share one
 * frame. X runs east along the station, Y north, Z up, metres; ±0.000 is 46.500 m.
 */
export async function buildStation(site: Site = AS_DESIGNED): Promise<{ name: string; bytes: Uint8Array }[]> {
  return stationFiles(site).map((recipe) => ({ name: `${recipe.id}.ifc`, bytes: writeIfc(recipe) }))
}

export function stationFiles(site: Site = AS_DESIGNED): FileRecipe[] {
  const existing = existingStation()
  const around = neighbourhood()
  const inside = facilities(site)
  return [
    file('01-SITE', '示例·西城某站改扩建工程 场地 Site', {
      spatial: [...around.spatial, ...inside.spatial],
      elements: [terrain(), ...yard(site), ...around.elements, ...inside.elements],
      tasks: inside.tasks,
    }),
    file('02-UTL', '示例·西城某站改扩建工程 既有管线 Existing utilities', utilities()),
    file('03-STR', '示例·西城某站改扩建工程 结构 Structure', { spatial: existing.spatial, elements: [...structure(site), ...existing.elements] }),
    file('04-TMP', '示例·西城某站改扩建工程 临时设施 Temporary works', temporary(site)),
    file('05-MEP', '示例·西城某站改扩建工程 机电 MEP', mep()),
    file('06-DRN', '示例·西城某站改扩建工程 基坑排水 Pit drainage', drainage()),
  ]
}

type Content = Partial<Omit<FileRecipe, 'id' | 'title' | 'georeference' | 'time'>>
function file(id: string, title: string, content: Content): FileRecipe {
  const { spatial = [], elements = [], systems = [], joints = [], links = [], tasks = [], resources = [] } = content
  return { id, title, georeference: GEOREFERENCE, time: TIME, spatial: [...FRAME, ...spatial], elements, systems, joints, links, tasks, resources }
}

/** The spatial tree of every file: site, station, its levels. */
const FRAME: readonly SpatialRecipe[] = [
  { key: 'site', class: 'IfcSite', name: '示例场地', title: '示例·西城某站 (虚构) Demo site, fictional', in: null },
  { key: 'station', class: 'IfcBuilding', name: '车站主体', title: '车站主体 Station', in: 'site' },
  { key: 'ground', class: 'IfcBuildingStorey', name: '地面层', title: '地面层 Ground ±0.000', in: 'station', elevation: 0 },
  { key: 'concourse', class: 'IfcBuildingStorey', name: '站厅层', title: '站厅层 Concourse −10.900', in: 'station', elevation: -10.9 },
  { key: 'platform', class: 'IfcBuildingStorey', name: '站台层', title: '站台层 Platform −17.600', in: 'station', elevation: -17.6 },
]
